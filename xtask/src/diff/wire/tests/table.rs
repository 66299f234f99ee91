//! The rules, one fragment each: what was there, what is there now, what is said about it.

use serde_json::json;

use super::super::examples::examples;
use super::{changes, lines};

#[test]
fn what_the_rules_say() {
    let mut wrong = Vec::new();
    let examples = examples();
    for example in &examples {
        let mut expected = example.changes.clone();
        expected.sort_unstable();
        let said = example.there();
        let mut said = lines(&said);
        said.sort_unstable();
        if said != expected {
            wrong.push(format!("{}\n{}\n  {}", example.before, example.now, said.join("\n  ")));
        }
    }
    let fragments = |line: &&str| line.starts_with(['{', '[', '"']);
    let written = include_str!("../rules.txt").lines().filter(fragments).count();
    assert_eq!(examples.len() * 2, written, "some are no JSON");
    assert!(examples.len() > 70, "{}", examples.len());
    assert!(wrong.is_empty(), "these say something else:\n\n{}", wrong.join("\n\n"));
}

#[test]
fn who_is_called_back_reads_the_request() {
    let document = |ty: &str| {
        let content = json!({"application/json": {"schema": {"type": ty}}});
        json!({"webhooks": {"w": {"post": {"requestBody": {"content": content}}}}})
    };
    let changes = changes(document("integer"), document("number"));
    assert_eq!(lines(&changes), ["breaking response-body-type-generalized"]);
    assert_eq!(changes[0].operations, ["webhook POST w"]);
}
