//! Agreement with oasdiff: its cases, where a folder holds them.
//!
//! `BINDERY_DIFF_CASES` names a folder with `cases.json` (pairs of documents and the rules expected of them)
//! and `rules.json` (the rules, their levels, and the checks that they belong to). Without it, the test says
//! that it was skipped.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use xtask::catalog::Api;
use xtask::config::ApiConfig;
use xtask::diff::change::Change;
use xtask::diff::change::Wire;
use xtask::diff::wire::compare;
use xtask::finding::Findings;
use xtask::node::Node;
use xtask::read;
use xtask::source::Source;

/// What we call breaking where oasdiff informs, and why.
const DEFENDED: [(&str, &str); 3] = [
    ("api-security-added", "a call without the credential that is asked for now is refused"),
    ("api-global-security-added", "a call without the credential that is asked for now is refused"),
    (
        "request-parameter-max-items-decreased",
        "the case assumes that parameters of a path are not those of its operations; they are",
    ),
];

/// Cases that cannot be compared, and why.
const UNREADABLE: [(&str, &str); 1] = [(
    "data/ref-chain-example/base/openapi.yaml",
    "the file that it refers to is not in the folder",
)];

/// What the cases come to.
#[derive(Default, Debug)]
struct Score {
    cases: usize,
    unreadable: Vec<String>,
    silent: Vec<String>,
    missed: Vec<String>,
    expected: usize,
    found: usize,
    lacking: Vec<String>,
    harmless: usize,
    false_breaking: Vec<String>,
    defended: BTreeSet<&'static str>,
}

#[test]
fn agrees_with_oasdiff() {
    let Ok(folder) = std::env::var("BINDERY_DIFF_CASES") else {
        println!("skipped: BINDERY_DIFF_CASES does not name a folder with cases");
        return;
    };
    let folder = Path::new(&folder);
    let json = |name: &str| -> Json {
        let text = fs::read_to_string(folder.join(name)).expect("the folder has it");
        serde_json::from_str(&text).expect("it is JSON")
    };
    let (cases, rules) = (json("cases.json"), json("rules.json"));
    let mut score = Score::default();
    for (number, case) in cases.as_array().into_iter().flatten().enumerate() {
        judge(folder, number, case, &rules, &mut score);
    }
    println!("{score:#?}");
    assert!(score.cases > 0, "the folder has no case");
    assert_eq!(score.silent, Vec::<String>::new());
    assert_eq!(score.missed, Vec::<String>::new());
    assert!(score.found * 100 >= score.expected * 90, "{} of {}", score.found, score.expected);
    assert!(score.false_breaking.len() * 100 <= score.harmless * 5);
    assert_eq!(score.unreadable, Vec::<String>::new());
}

fn judge(folder: &Path, number: usize, case: &Json, rules: &Json, score: &mut Score) {
    let text = |name: &str| case[name].as_str().unwrap_or_default();
    let title = format!("{number} {} -> {}", text("base"), text("revision"));
    if UNREADABLE.iter().any(|(base, _)| *base == text("base")) {
        return;
    }
    score.cases += 1;
    let read = |name: &str| document(folder, text(name));
    let (old, new) = match (read("base"), read("revision")) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let why = [old.err(), new.err()].into_iter().flatten().collect::<Vec<_>>().join("; ");
            score.unreadable.push(format!("{title}: {why}"));
            return;
        }
    };
    let changes = compare(&old, &new);
    let ours = counts(&changes);
    let expected: Vec<(&str, &str)> = case["expected"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| (it["id"].as_str().unwrap_or_default(), it["level"].as_str().unwrap_or_default()))
        .collect();
    let gravest = changes.iter().map(|it| it.wire).max().unwrap_or(Wire::None);
    if changes.is_empty() && old != new {
        score.silent.push(title.clone());
    }
    let grave = expected.iter().any(|(_, level)| *level != "INFO");
    if grave && gravest < Wire::Review {
        score.missed.push(title.clone());
    }
    let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
    expected.iter().for_each(|(id, _)| *wanted.entry(id).or_default() += 1);
    for (id, count) in wanted {
        let have = ours.get(id).copied().unwrap_or_default();
        score.expected += count;
        score.found += count.min(have);
        if have < count {
            let all: Vec<_> = ours.keys().collect();
            score.lacking.push(format!("{title}: {id} ({have} of {count}) in {all:?}"));
        }
    }
    if !grave {
        score.harmless += 1;
        let undefended: Vec<String> = changes
            .iter()
            .filter(|it| it.wire == Wire::Breaking && !defended(it, case, rules, score))
            .map(|it| format!("{}: {}", it.rule, it.message))
            .collect();
        if !undefended.is_empty() {
            score.false_breaking.push(format!("{title}: {undefended:?}"));
        }
    }
}

/// Whether we can say why it breaks: the reason is listed, or oasdiff calls it an error as well, in a check
/// that the case did not run, or in a case that says that it lists but some of what its check finds.
fn defended(change: &Change, case: &Json, rules: &Json, score: &mut Score) -> bool {
    if let Some((rule, _)) = DEFENDED.iter().find(|(rule, _)| *rule == change.rule) {
        score.defended.insert(rule);
        return true;
    }
    let check = case["scope"].as_str().and_then(|it| it.strip_prefix("single:"));
    let other = |rule: &Json| check.is_some_and(|it| rule["handler"] != it);
    let partial = case["exact"] == false;
    rules.as_array().into_iter().flatten().any(|rule| {
        rule["id"] == change.rule.as_str() && rule["level"] != "INFO" && (partial || other(rule))
    })
}

/// How often each rule applies: a shared schema is reported once, and counts for each operation.
fn counts(changes: &[Change]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for change in changes {
        *counts.entry(change.rule.as_str()).or_default() += change.operations.len().max(1);
    }
    counts
}

fn document(folder: &Path, name: &str) -> Result<Node, String> {
    let text = fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
    let source = Source::new(name, text);
    let config = ApiConfig::bare("Case", "bindery-case", &source);
    let api = Api { config, pages: vec![source] };
    let mut findings = Findings::default();
    let bound = read::read(&api, &mut findings);
    bound
        .map(|it| it.document)
        .ok_or_else(|| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}
