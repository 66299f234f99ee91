//! The rules, one fragment each: what was there, what is there now, what is said about it.
//!
//! The fragments stand in `rules.txt`, where a person can read them one after the other.

use serde_json::{Value as Json, json};

use super::{both_ways, changes, document, lines};

/// The document that a fragment is in.
fn around(kind: &str, fragment: Json) -> Json {
    let schemes = || json!({"securitySchemes": {"k": {"type": "http"}, "o": {"type": "oauth2"}}});
    match kind {
        "property" => both_ways(json!({"properties": {"p": fragment}})),
        "schema" => both_ways(fragment),
        "operation" => document(fragment, schemes()),
        "paths" => json!({"openapi": "3.1.0", "paths": fragment}),
        "schemas" => document(json!({}), json!({ "schemas": fragment })),
        "document" => fragment,
        other => panic!("`{other}` is no kind of fragment"),
    }
}

#[test]
fn what_the_rules_say() {
    let text = include_str!("rules.txt");
    let (mut kind, mut checked, mut wrong) = ("", 0, Vec::new());
    for block in text.split("\n\n") {
        let mut rows = block.lines().filter(|line| !line.starts_with('#'));
        let Some(first) = rows.next() else { continue };
        if let Some(heading) = first.strip_prefix("== ") {
            kind = heading.split(':').next().unwrap_or_default();
            continue;
        }
        let json = |text: &str| -> Json { serde_json::from_str(text).expect(text) };
        let second = rows.next().expect("a fragment before and one now");
        let mut expected: Vec<&str> = rows.map(str::trim).collect();
        expected.sort_unstable();
        let said = changes(around(kind, json(first)), around(kind, json(second)));
        let mut said = lines(&said);
        said.sort_unstable();
        if said != expected {
            wrong.push(format!("{first}\n{second}\n  {}", said.join("\n  ")));
        }
        checked += 1;
    }
    assert!(checked > 70, "{checked}");
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
