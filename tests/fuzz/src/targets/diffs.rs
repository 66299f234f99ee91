//! Two documents: `{"old": …, "new": …}`. A document by itself is compared with itself.

use fastrand::Rng;
use serde_json::{Value, json};
use xtask::catalog::Api;
use xtask::diff::state::State;
use xtask::diff::{Comparison, Verdict, compare, report, wire};
use xtask::finding::Findings;
use xtask::surface;

use crate::{check, mutate};

use super::pages::api;

/// Compares the two with each other, and each with itself.
pub(super) fn check(input: &[u8]) {
    let Ok(tree) = serde_json::from_slice::<Value>(input) else { return };
    let (old, new) = pair(&tree);
    let apis = [api("old.json", &old.to_string()), api("new.json", &new.to_string())];
    check::with_room(|| {
        let states = apis.clone().map(|it| State::of(it).map_err(|it| no_defect(&it)).ok());
        states.iter().flatten().for_each(equals_itself);
        if let [Some(old), Some(new)] = &states {
            // Only what is said of the two can differ.
            let there = wire::compare(&old.document, &new.document);
            let back = wire::compare(&new.document, &old.document);
            assert_eq!(there.is_empty(), back.is_empty(), "a change is one in one direction only");
        }
        let [old, new] = apis;
        compared(old, new);
    });
}

/// Mutates one of the two, or both in different ways.
pub(super) fn mutate(input: &[u8], other: &[u8], random: &mut Rng) -> Vec<u8> {
    let parse = |text: &[u8]| serde_json::from_slice::<Value>(text).unwrap_or_else(|_| json!({}));
    let (tree, other) = (parse(input), parse(other));
    let ((mut old, mut new), (theirs, _)) = (pair(&tree), pair(&other));
    if random.u8(..4) == 0 {
        mutate::json::edits(&mut old, &theirs, random);
        new = old.clone();
    }
    mutate::json::edits(&mut new, &theirs, random);
    json!({ "old": old, "new": new }).to_string().into_bytes()
}

fn pair(tree: &Value) -> (Value, Value) {
    let member = |name| tree.get(name).cloned();
    member("old").zip(member("new")).unwrap_or_else(|| (tree.clone(), tree.clone()))
}

fn equals_itself(state: &State) {
    let changes = wire::compare(&state.document, &state.document);
    let rules: Vec<_> = changes.iter().map(|it| (&it.rule, &it.pointer)).collect();
    assert!(rules.is_empty(), "a document differs from itself: {rules:?}");
    match &state.surface {
        Ok(surface) => {
            let effects = surface::compare(surface, surface);
            assert!(effects.is_empty(), "a surface differs from itself: {effects:?}");
        }
        Err(why) => assert!(!why.contains("[defect]"), "{why}"),
    }
}

/// The comparison catches what panics, and says so.
fn no_defect(findings: &Findings) {
    let defect = findings.iter().find(|it| it.kind.name() == "defect");
    assert!(defect.is_none(), "{defect:?}");
}

fn compared(old: Api, new: Api) {
    let same = old.pages.iter().map(|it| it.text()).eq(new.pages.iter().map(|it| it.text()));
    let comparison = match compare::apis("a", old, new) {
        Ok(comparison) => comparison,
        Err(findings) => return no_defect(&findings),
    };
    if same {
        // A document of which no crate can be made says that, and nothing else.
        let told = comparison.changes.iter().filter(|it| it.rule != "rust-undetermined");
        let verdict = told.map(|it| it.verdict()).max().unwrap_or_default();
        assert_eq!(verdict, Verdict::None, "the same text differs from itself");
    }
    let made = reports(&comparison);
    assert_eq!(made, reports(&comparison), "a report differs from itself");
    made.iter().for_each(|(format, text)| check::shows_all(format, text));
    let json: Result<Value, _> = serde_json::from_str(&report::json(&comparison));
    assert!(json.is_ok(), "the report in JSON is none: {json:?}");
}

fn reports(comparison: &Comparison) -> [(&'static str, String); 5] {
    let markdown = report::markdown(comparison, report::COMMENT_LIMIT);
    assert!(markdown.len() <= report::COMMENT_LIMIT, "the comment is too long to be posted");
    [
        ("text", report::text(comparison, false, 100)),
        ("markdown", markdown),
        ("html", report::html(comparison)),
        ("json", report::json(comparison)),
        ("github", report::github(comparison)),
    ]
}
