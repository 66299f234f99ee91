//! The comment: what comes first, what is left out, and what a page cannot say in it.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::*;
use crate::diff::change::Wire;
use crate::diff::report::sample::{Everywhere, Harmless, Texts, change, hostile, sample};

fn report(texts: &dyn Texts) -> String {
    markdown(&sample(texts), COMMENT_LIMIT)
}

/// What a reader of Markdown makes of the report, without the texts.
fn structure(markdown: &str) -> Vec<String> {
    let events = Parser::new_ext(markdown, Options::all());
    let texts = |event: &Event<'_>| matches!(event, Event::Text(_) | Event::Code(_));
    events.filter(|event| !texts(event)).map(|event| format!("{event:?}")).collect()
}

#[test]
fn a_report_says_the_verdict_then_the_gravest() {
    insta::assert_snapshot!(report(&Harmless), @r#"
    **Breaking:** 2 breaking, 1 to review, 1 addition, 1 without effect, in 2 APIs. The version needs a minor bump.

    | API | Verdict | Bump |
    | --- | --- | --- |
    | `basic` | Breaking | minor |
    | `basic` | Additive | patch |

    ### Breaking

    | Where | Change | Calls | Rust | Rule |
    | --- | --- | --- | --- | --- |
    | `POST /teams/{id}/invites`, `specs/basic/invites.md:3` | the type of the response property `role` changed (`string` → `integer`) | breaking | **breaking:** `types::Invite::role`: the type changed (`role: Role` → `role: Option<Role>`) | `response-property-type-changed` |
    | `basic` | the type of the response property `role` changed (`string` → `integer`), caused by the generator | — | **breaking:** `types::Invite::role`: the type changed (`role: Role` → `role: Option<Role>`) | `response-property-type-changed` |

    ### To review

    | Where | Change | Calls | Rust | Rule |
    | --- | --- | --- | --- | --- |
    | `POST /teams/{id}/invites`, `specs/basic/invites.md:2` | the type of the response property `role` changed (was `string`) | to review | could not be determined | `response-property-type-changed` |

    <details>
    <summary>Additive: 1 change</summary>

    - `Invite` in 3 operations
      - the type of the response property `role` changed (now `integer`); `types::Invite::role`: the type changed (`role: Role` → `role: Option<Role>`); `response-property-type-changed`; `specs/basic/invites.md:5`

    </details>

    <details>
    <summary>Without effect: 1 change</summary>

    - `POST /teams/{id}/invites`
      - the type of the response property `role` changed (`string` → `integer`); `response-property-type-changed`

    </details>

    <!-- bindery-review -->
    "#);
}

#[test]
fn a_message_that_says_the_values_is_enough() {
    let mut change = change(&Harmless, Wire::Breaking, Rust::None);
    assert!(what(&change).ends_with(" (`string` → `integer`)"), "{}", what(&change));
    change.message = "the type became `integer`, it was `string`".to_owned();
    assert_eq!(what(&change), change.message);
}

#[test]
fn nothing_changed_is_said() {
    let text = markdown(&Comparison::default(), COMMENT_LIMIT);
    assert_eq!(text, format!("**No change.** The version may stay as it is.\n\n{MARKER}\n"));
    let apis = sample(&Harmless).apis;
    let text = markdown(&Comparison { apis, ..Comparison::default() }, COMMENT_LIMIT);
    assert!(text.starts_with("**No change** in 2 APIs. The version "), "{text}");
}

#[test]
fn what_does_not_fit_is_counted() {
    let mut changes = vec![change(&Harmless, Wire::Breaking, Rust::Breaking); 30];
    changes.extend(vec![change(&Harmless, Wire::Additive, Rust::Additive); 30]);
    let comparison = Comparison { changes, apis: Vec::new() };
    let text = markdown(&comparison, 4_000);
    assert!(text.len() <= 4_000);
    let rows = text.lines().filter(|line| line.starts_with("| `POST")).count();
    assert!((5..30).contains(&rows), "{text}");
    let left = format!(
        "**Left out here for length: {} changes ({} breaking, 30 additions).** All are in the full report",
        60 - rows,
        30 - rows
    );
    assert!(text.contains(&left), "{text}");
    assert!(text.ends_with(&format!("{MARKER}\n")));
    assert!(!text.contains("<details>"));
}

#[test]
fn a_folded_part_that_does_not_fit_is_closed() {
    let changes = vec![change(&Harmless, Wire::Additive, Rust::Additive); 30];
    let text = markdown(&Comparison { changes, apis: Vec::new() }, 3_000);
    assert_eq!(text.matches("<details>").count(), 1);
    assert_eq!(text.matches("</details>").count(), 1);
    assert!(text.contains("Left out here"));
}

proptest! {
    #[test]
    fn hostile_text_changes_nothing_but_texts(text in hostile()) {
        let hostile = report(&Everywhere(text));
        let harmless = report(&Everywhere("word".to_owned()));
        prop_assert_eq!(structure(&hostile), structure(&harmless), "{}", hostile);
    }

    /// GitHub looks for names, numbers and addresses in all that is not code.
    #[test]
    fn outside_of_code_stand_words_alone(text in hostile()) {
        let hostile = report(&Everywhere(text));
        for event in Parser::new_ext(&hostile, Options::all()) {
            match event {
                Event::Text(text) => {
                    prop_assert!(!text.contains(['@', '#', '/', '_', '$', '[', '<', '`', '\\']), "{text}");
                    let hash = |word: &str| word.len() >= 7 && word.bytes().all(|it| it.is_ascii_hexdigit());
                    prop_assert!(!text.split(|c: char| !c.is_ascii_alphanumeric()).any(hash), "{text}");
                    prop_assert!(!text.contains("GH-") && !text.contains("www."), "{text}");
                    prop_assert!(!text.contains(":smile:"), "{text}");
                }
                Event::Code(code) => prop_assert!(!code.chars().any(crate::sanitize::is_hidden)),
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => prop_assert!(false, "{hostile}"),
                _ => {}
            }
        }
    }

    #[test]
    fn it_is_never_longer_than_the_limit(
        text in hostile(),
        counts in proptest::collection::vec(0..60_usize, 4),
        limit in 0..20_000_usize,
    ) {
        let texts = Everywhere(text.repeat(3));
        let kinds = [
            (Wire::Breaking, Rust::Breaking),
            (Wire::Review, Rust::Unknown),
            (Wire::Additive, Rust::Additive),
            (Wire::None, Rust::None),
        ];
        let changes = kinds.into_iter().zip(&counts);
        let changes = changes.flat_map(|((wire, rust), count)| vec![change(&texts, wire, rust); *count]);
        let comparison = Comparison { changes: changes.collect(), apis: sample(&texts).apis };
        prop_assert!(markdown(&comparison, limit).len() <= limit);
    }
}
