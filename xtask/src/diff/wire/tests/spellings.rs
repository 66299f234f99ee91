//! What is said in another spelling, or to nobody, is no change.

use serde_json::{Value as Json, json};

use super::{both_ways, changes, lines, node, schema_changes};
use crate::diff::wire::compare;
use crate::read::to_3_1::to_3_1;

/// Asserts that two schemas say the same, as components and as properties, whichever comes first.
fn assert_same(one: &Json, other: &Json) {
    let property = |schema: &Json| json!({"properties": {"p": schema}});
    for (old, new) in [(one, other), (other, one)] {
        assert_eq!(schema_changes(old.clone(), new.clone()), [""; 0], "{old} and {new}");
        let (old, new) = (property(old), property(new));
        assert_eq!(schema_changes(old.clone(), new.clone()), [""; 0], "{old} and {new}");
    }
}

#[test]
fn comments_are_for_who_maintains_a_document() {
    let commented = json!({"type": "string", "$comment": "why"});
    assert_same(&json!({"type": "string"}), &commented);
    assert_same(&json!({"type": "string", "$comment": "how"}), &commented);
    let items = json!({"type": "array", "items": {"$comment": "any"}});
    assert_same(&json!({"type": "array", "items": {}}), &items);
    let property = |properties: Json| both_ways(json!({"properties": properties}));
    let added = changes(property(json!({})), property(json!({"$comment": {"type": "string"}})));
    assert_eq!(added.len(), 2, "a property may be called `$comment`");
}

#[test]
fn anchors_are_for_references_that_name_them() {
    assert_same(&json!({"type": "string"}), &json!({"type": "string", "$anchor": "a"}));
    let schema = |anchor: &str| json!({"properties": {"p": {"type": "string", "$anchor": anchor}, "q": {"$ref": "#a"}}});
    let changed = schema_changes(schema("a"), schema("b"));
    assert!(changed.contains(&"review unclassified".to_owned()), "{changed:?}");
}

#[test]
fn null_beside_any_value_is_a_value_already() {
    let nullable = json!({"nullable": true, "description": "d"});
    for respelled in [
        json!({"description": "d"}),
        json!({"description": "d", "anyOf": [{}, {"type": "null"}]}),
        json!({"anyOf": [{"description": "d"}, {"type": "null"}]}),
        json!({"description": "d", "anyOf": [true, {"const": null}]}),
        json!({"description": "d", "oneOf": [{"enum": [null]}, {}]}),
        json!({"description": "d", "type": ["array", "boolean", "null", "number", "object", "string"]}),
        json!({"description": "d", "type": ["array", "boolean", "integer", "null", "number", "object", "string"]}),
    ] {
        assert_same(&nullable, &respelled);
    }
}

#[test]
fn what_is_beside_null_and_describes_it_is_reported_when_it_changes() {
    let branch =
        |text: &str| json!({"anyOf": [{"type": "string"}, {"type": "null", "description": text}]});
    assert!(!schema_changes(branch("a"), branch("b")).is_empty());
    let type_or_null = json!({"type": "string", "nullable": true});
    assert!(!schema_changes(type_or_null, json!({"type": "string"})).is_empty());
}

#[test]
fn a_constant_is_a_list_of_one_value() {
    for (constant, list) in [
        (json!({"const": "a"}), json!({"enum": ["a"]})),
        (json!({"type": "integer", "const": 1}), json!({"type": "integer", "enum": [1.0]})),
    ] {
        assert_same(&constant, &list);
    }
    let both = json!({"const": "a", "enum": ["a", "b"]});
    assert!(!schema_changes(both, json!({"enum": ["a", "b"]})).is_empty());
}

#[test]
fn a_document_in_3_0_says_the_same_in_3_1() {
    let thing = json!({"$ref": "#/components/schemas/Thing"});
    for schema in [
        json!({"nullable": true}),
        json!({"nullable": true, "description": "d", "example": 1, "externalDocs": {"url": "https://a"}}),
        json!({"nullable": true, "properties": {"a": {"nullable": true}}}),
        json!({"nullable": true, "additionalProperties": {"nullable": true}}),
        json!({"nullable": false, "type": "string"}),
        json!({"nullable": true, "type": "string", "enum": ["b", "a"], "default": "a"}),
        json!({"nullable": true, "type": "string", "enum": ["a", null]}),
        json!({"nullable": true, "enum": ["a", "b"]}),
        json!({"nullable": true, "allOf": [thing], "title": "T", "readOnly": true}),
        json!({"nullable": true, "allOf": [thing, {"properties": {"a": {"type": "string"}}}]}),
        json!({"nullable": true, "oneOf": [thing, {"type": "string"}]}),
        json!({"nullable": true, "anyOf": [{"type": "integer"}, {"type": "string"}]}),
        json!({"nullable": true, "oneOf": [thing], "discriminator": {"propertyName": "t"}}),
        json!({"nullable": true, "type": "array", "items": {"nullable": true}, "minItems": 0}),
        json!({"nullable": true, "not": {"type": "string"}}),
        json!({"type": "number", "minimum": 0, "exclusiveMinimum": true, "exclusiveMaximum": false}),
        json!({"type": "number", "maximum": 0, "exclusiveMaximum": true, "example": 1}),
    ] {
        let old = node(both_ways(json!({"properties": {"p": schema}})));
        let mut new = old.clone();
        to_3_1(&mut new);
        let version = |it: &String| *it != "none openapi-version-changed";
        for said in [lines(&compare(&old, &new)), lines(&compare(&new, &old))] {
            let said: Vec<String> = said.into_iter().filter(version).collect();
            assert_eq!(said, [""; 0], "{old:?}\n{new:?}");
        }
    }
}

#[test]
fn a_whole_number_is_a_number() {
    let number = json!({"type": "number"});
    assert_same(&number, &json!({"type": ["integer", "number"]}));
    assert_same(&number, &json!({"anyOf": [{"type": "number"}, {"type": "integer"}]}));
    let nullable = json!({"type": "number", "nullable": true});
    assert_same(&nullable, &json!({"type": ["integer", "null", "number"]}));
}
