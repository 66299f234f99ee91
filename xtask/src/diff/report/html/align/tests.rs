//! Which lines of the two pages stand beside each other.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::diff::change::{ApiSummary, Bump, Rust, Verdict, Wire};
use crate::diff::report::sample::{Harmless, change};

fn at(source: &Arc<Source>, part: &str) -> Option<Span> {
    let start = source.text().find(part)?;
    Some(source.span(start..start + part.len()))
}

/// The excerpt in lines: old, new, with a sign where they differ.
fn shown(
    old: &str,
    new: &str,
    was: Option<&str>,
    now: Option<&str>,
    after: Option<&str>,
) -> String {
    let (old, new) = (Source::new("a.md", old), Source::new("a.md", new));
    let change = Change {
        was: was.and_then(|it| at(&old, it)),
        now: now.and_then(|it| at(&new, it)),
        after: after.map(str::to_owned),
        ..change(&Harmless, Wire::Breaking, Rust::None)
    };
    let api = ApiSummary {
        api: change.api.clone(),
        verdict: Verdict::Breaking,
        bump: Bump::Minor,
        old_pages: vec![old],
        new_pages: vec![new],
    };
    let comparison = Comparison { changes: Vec::new(), apis: vec![api] };
    let excerpt = Aligner::new(&comparison).excerpt(&change).expect("an excerpt");
    let (olds, news) = (excerpt.old.unwrap().lines, excerpt.new.unwrap().lines);
    let row = |row: &Option<Row>| match row {
        Some(Row { old: Some(old), same: true, .. }) => format!(" {}", olds[*old]),
        Some(row) => {
            let side = |sign, lines: &[&str], at: Option<usize>| {
                at.map(|at| format!("{sign}{}", lines[at]))
            };
            [side("-", &olds, row.old), side("+", &news, row.new)].into_iter().flatten().collect()
        }
        None => "…".to_owned(),
    };
    excerpt.rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_changed_stands_beside_what_it_was() {
    let text = shown(
        "a\nb\nc\nd\ne\nx: 1\nf",
        "a\nb\nc\nd\ne\nx: 2\nf",
        Some("x: 1"),
        Some("x: 2"),
        Some("2"),
    );
    assert_eq!(text, " c\n d\n e\n-x: 1+x: 2\n f");
}

#[test]
fn what_is_gone_stands_where_it_was_and_not_where_it_might_be() {
    let text =
        shown("a\nb\nx: 1\n y\nc\nd\ne\nf", "a\nb\nc\nd\ne\nf", Some("x: 1"), Some("a"), None);
    assert_eq!(text, " a\n b\n-x: 1\n- y\n c\n d\n e");
}

#[test]
fn what_is_new_shows_where_in_the_old_page_it_is_not() {
    let text = shown("a\nb\nc", "a\nb\nx: 1\nc", None, Some("x: 1"), Some("1"));
    assert_eq!(text, " a\n b\n+x: 1\n c");
}

#[test]
fn what_moved_is_shown_in_both_places() {
    let filler: String = (0..20).map(|it| format!("{it}.\n")).collect();
    let (old, new) = (format!("x: 1\n{filler}end"), format!("{filler}end\nx: 2"));
    let text = shown(&old, &new, Some("x: 1"), Some("x: 2"), Some("2"));
    assert_eq!(text, "-x: 1\n 0.\n 1.\n 2.\n…\n 18.\n 19.\n end\n+x: 2");
}

#[test]
fn pages_that_have_nothing_in_common_are_shown_around_the_change() {
    let page =
        |sign: &str| (0..MAX_DIFFERING).map(|it| format!("{sign}{it}.\n")).collect::<String>();
    let (old, new) = (format!("{}x: 1\n", page("a")), format!("{}x: 2\n", page("b")));
    let text = shown(&old, &new, Some("x: 1"), Some("x: 2"), Some("2"));
    assert_eq!(text, "-a5997.+b5997.\n-a5998.+b5998.\n-a5999.+b5999.\n-x: 1+x: 2");
}

proptest! {
    #[test]
    fn no_line_is_lost(old in "[ab\n]{0,12}", new in "[ab\n]{0,12}") {
        let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
        let rows = align(&old, &new, 5, 7).expect("few lines");
        let olds: Vec<_> = rows.iter().filter_map(|row| row.old).collect();
        let news: Vec<_> = rows.iter().filter_map(|row| row.new).collect();
        prop_assert_eq!(olds, (5..5 + old.len()).collect::<Vec<_>>());
        prop_assert_eq!(news, (7..7 + new.len()).collect::<Vec<_>>());
        for row in rows.iter().filter(|row| row.same) {
            prop_assert_eq!(old[row.old.unwrap() - 5], new[row.new.unwrap() - 7]);
        }
    }
}
