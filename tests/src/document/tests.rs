//! The independent opinion: what JSON Schema says of values, in the dialect that the document's version has.

use serde_json::json;

use super::*;

fn document(version: &str, schemas: Value) -> Document {
    Document::new(json!({
        "openapi": version,
        "info": { "title": "An API", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    }))
}

#[test]
fn formats_are_asserted_in_both_versions() {
    for version in ["3.0.3", "3.1.0"] {
        let document = document(
            version,
            json!({
                "Id": { "type": "string", "format": "uuid" },
                "Email": { "type": "string", "format": "email" },
                "Time": { "type": "string", "format": "date-time" },
            }),
        );
        let accepts = |name, text: &str| document.component(name).accepts(&json!(text));
        assert!(accepts("Id", "6f2e1b9a-3d4c-4e5f-8a7b-9c0d1e2f3a4b"));
        assert!(!accepts("Id", "17"));
        assert!(accepts("Email", "a@example.com"));
        assert!(!accepts("Email", "a"));
        assert!(accepts("Time", "2024-10-30T23:58:27.427722Z"));
        assert!(!accepts("Time", "yesterday"));
    }
}

#[test]
fn nullable_is_a_word_of_3_0_only() {
    let nullable = json!({ "Name": { "type": "string", "nullable": true } });
    let three = document("3.0.0", nullable.clone());
    assert!(three.component("Name").accepts(&json!(null)));
    assert!(three.component("Name").accepts(&json!("a")));
    assert!(!three.component("Name").accepts(&json!(1)));
    assert!(!document("3.1.0", nullable).component("Name").accepts(&json!(null)));
}

#[test]
fn nullable_is_also_a_name_for_a_property_and_a_key_of_an_example() {
    let example = json!({ "type": "string", "nullable": true });
    let document = document(
        "3.0.0",
        json!({
            "Column": {
                "type": "object",
                "properties": { "type": { "type": "string" }, "nullable": { "type": "boolean" } },
                "example": example,
                "enum": [example],
            },
        }),
    );
    assert!(document.component("Column").accepts(&example));
    assert!(!document.component("Column").accepts(&json!({ "nullable": 1 })));
    assert_eq!(document.component("Column").keyword("example"), &example);
}

#[test]
fn what_stands_beside_a_reference_counts_in_3_1_only() {
    let schemas = json!({
        "Text": { "type": "string" },
        "Short": { "$ref": "#/components/schemas/Text", "maxLength": 1 },
    });
    assert!(document("3.0.0", schemas.clone()).component("Short").accepts(&json!("ab")));
    let one = document("3.1.0", schemas);
    assert!(!one.component("Short").accepts(&json!("ab")));
    assert!(one.component("Short").accepts(&json!("a")));
    assert!(!one.component("Short").accepts(&json!(1)));
}

#[test]
fn of_a_union_the_alternatives_count_that_accept_the_value_and_each_once() {
    let document = document(
        "3.1.0",
        json!({
            "Text": { "type": "string" },
            "Either": { "anyOf": [
                { "allOf": [{ "$ref": "#/components/schemas/Text" }] },
                { "$ref": "#/components/schemas/Text" },
                { "type": "integer" },
            ] },
        }),
    );
    let types = |value: Value| -> Vec<_> {
        let schemas = document.component("Either").applicable(&value);
        schemas.iter().filter_map(|it| it.keyword("type").as_str()).collect()
    };
    assert_eq!(types(json!("a")), ["string"]);
    assert_eq!(types(json!(1)), ["integer"]);
    assert_eq!(types(json!(true)), Vec::<&str>::new());
}

#[test]
#[should_panic(expected = "at `/a`")]
fn what_does_not_fit_is_told_with_its_place() {
    let schemas = json!({ "S": { "properties": { "a": { "type": "string" } } } });
    document("3.1.0", schemas).component("S").assert_valid(&json!({ "a": 1 }));
}

#[test]
#[should_panic(expected = "`2.0`")]
fn an_older_version_is_not_guessed_at() {
    let _ = document("2.0", json!({}));
}
