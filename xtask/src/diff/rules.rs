//! The rules of a comparison, for people who ask what one means.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::change::Change;
use super::wire::examples::{Example, examples};
use super::{Rust, Verdict};

/// What there is to say of a rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What it says in the examples.
    pub verdicts: BTreeSet<Verdict>,
    /// What is the case. Of a rule about pages, this is what is said of its example.
    pub what: String,
    /// What was there and what is there now, in something small.
    pub example: Option<(Json, Json)>,
}

/// Rules about the crates and the APIs as a whole, which no fragment of a document shows.
const ABOUT_CRATES: [(&str, Rust, &str); 4] = [
    ("api-added", Rust::Additive, "There is an API that was not there."),
    ("api-removed", Rust::Breaking, "There is an API no more."),
    (
        "rust-surface-changed",
        Rust::Breaking,
        "An item of the crate is another one, and no change of a page explains it.",
    ),
    ("rust-undetermined", Rust::Unknown, "The crate, then or now, cannot be read or generated."),
];

/// Returns all rules by name. Those about pages are found by comparing the examples.
pub fn rules() -> BTreeMap<String, Rule> {
    let mut rules = BTreeMap::new();
    let mut examples = examples();
    examples.extend(examples.iter().map(Example::taken_back).collect::<Vec<_>>());
    // Where a fragment stands by itself, it says most clearly what it is about.
    for example in &examples {
        example.there().into_iter().for_each(|change| add(&mut rules, change, example));
    }
    for example in &examples {
        example.everywhere().into_iter().for_each(|change| add(&mut rules, change, example));
    }
    for (name, rust, what) in ABOUT_CRATES {
        let verdicts = BTreeSet::from([rust.into()]);
        rules.insert(name.to_owned(), Rule { verdicts, what: what.to_owned(), example: None });
    }
    rules
}

fn add(rules: &mut BTreeMap<String, Rule>, change: Change, example: &Example) {
    let rule = rules.entry(change.rule).or_insert_with(|| Rule {
        verdicts: BTreeSet::new(),
        what: format!("{}.", change.message),
        example: Some((example.before.clone(), example.now.clone())),
    });
    rule.verdicts.insert(change.wire.into());
}
