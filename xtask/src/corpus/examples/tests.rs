//! A small document, whose examples are gathered, and tried as the command does.

use std::path::Path;

use serde_json::json;

use super::*;
use crate::corpus::input::Document;
use crate::corpus::outcome::{Making, Outcome, make_all};
use crate::output::OutputFolder;

fn outcome() -> Outcome {
    let thing = json!({"type": "object", "required": ["id"], "example": {"id": "x"}, "properties": {
        "id": {"type": "integer", "example": 1}, "at": {"type": "string", "format": "date-time"},
        "more": {"example": [1]}}});
    let examples = json!({
        "whole": {"value": {"id": 1, "at": "2024-01-01T01:00:00+01:00", "other": 2}},
        "wrong": {"value": {}}});
    let parameter = json!({"name": "p", "in": "query", "example": "a",
        "schema": {"type": "string", "pattern": "("}});
    let media = json!({"schema": {"$ref": "#/components/schemas/Thing"}, "examples": examples});
    let ok = json!({"description": "", "content": {"application/json": media}});
    let other = json!({"type": "string", "example": "no operation reaches it"});
    let text = json!({"openapi": "3.0.0", "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "a", "parameters": [parameter], "responses": {"200": ok}}}},
        "components": {"schemas": {"Thing": thing, "Other": other}}})
    .to_string();
    let [name, folder, package] = ["a", "a", "corpus-a"].map(str::to_owned);
    make_all(&Document { name, folder, package, text }, Making::Examples)
}

#[test]
fn valid_examples_are_gathered_with_their_types() {
    let examples = outcome().examples.expect("they are asked for");
    let expected = Results {
        tried: 7,
        without_type: 1,
        unjudged: 1,
        valid: 3,
        untyped: 1,
        ..Results::default()
    };
    let cases: Vec<String> = examples
        .cases
        .iter()
        .map(|it| format!("{} {} {}", it.pointer, examples.types[it.ty].text, it.value))
        .collect();
    let whole = "/paths/~1a/get/responses/200/content/application~1json/examples/whole/value";
    let whole = format!(r#"{whole} Thing {{"id":1,"at":"2024-01-01T01:00:00+01:00","other":2}}"#);
    assert_eq!(cases, [whole, "/components/schemas/Thing/properties/id/example i64 1".to_owned()]);
    assert_eq!(examples.results, expected);
    assert!(examples.code.contains("pub struct Thing"), "{}", examples.code);
}

#[test]
#[ignore = "compiles the runtime"]
fn examples_are_read_and_written_again() {
    let (folder, workspace) = (tempfile::tempdir().unwrap(), Path::new(env!("CARGO_MANIFEST_DIR")));
    let workspace = workspace.parent().unwrap();
    OutputFolder::claim(folder.path(), workspace).unwrap();
    let mut outcomes = [outcome()];
    run::run(folder.path(), workspace, &mut outcomes, 1, &|_| {}).unwrap();
    let first = outcomes[0].examples.clone().unwrap().results;
    assert_eq!((first.passed, first.byte_equal, first.failures.len()), (2, 1, 0), "{first:?}");
    // What is known is not compiled again.
    std::fs::remove_dir_all(folder.path().join(".examples/target")).unwrap();
    let mut outcomes = [outcome()];
    run::run(folder.path(), workspace, &mut outcomes, 1, &|_| {}).unwrap();
    assert_eq!(outcomes[0].examples.clone().unwrap().results, first);
    assert!(!folder.path().join(".examples/target").exists());
}
