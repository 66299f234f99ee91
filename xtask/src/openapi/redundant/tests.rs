//! That what follows from the rest goes, and nothing else.

use serde_json::{Value as Json, json};

use super::*;
use crate::source::Source;

fn without(document: &Json) -> Json {
    let node = Node::from_json(document.clone(), &Source::new("page", "").start());
    without_redundancy(&node).to_json()
}

fn discriminator(value: Json) -> Json {
    let kind = |it: &str| json!({"properties": {"kind": {"const": it}}});
    let reference = |it: &str| json!({"$ref": format!("#/components/schemas/{it}")});
    json!({"components": {"schemas": {"cat": kind("cat"), "Dog": {"allOf": [kind("dog")]}, "Pet": {
        "oneOf": [reference("cat"), reference("Dog")], "discriminator": value}}}})
}

#[test]
fn a_discriminator_that_says_what_constants_say_is_redundant() {
    let dog = "#/components/schemas/Dog";
    let is_kept = |value: Json| {
        without(&discriminator(value)).pointer("/components/schemas/Pet/discriminator").is_some()
    };
    assert!(!is_kept(json!({"propertyName": "kind", "mapping": {"dog": dog}})));
    assert!(!is_kept(json!({"propertyName": "kind", "mapping": {"dog": "Dog"}})));
    assert!(is_kept(json!({"propertyName": "kind", "mapping": {"hound": dog}})));
    assert!(is_kept(json!({"propertyName": "kind", "mapping": {"dog": dog, "hound": dog}})));
    assert!(is_kept(json!({"propertyName": "kind"})), "the name of the schema is another value");
    assert!(is_kept(json!({"propertyName": "type", "mapping": {"dog": dog}})));
}

#[test]
fn whether_a_scalar_explodes_says_nothing() {
    let is_kept = |schema: Json| {
        let parameter = json!({"name": "p", "in": "query", "explode": false, "schema": schema});
        let document = json!({"components": {
            "parameters": {"p": parameter},
            "schemas": {"Id": {"type": "string"}, "Ids": {"type": ["array", "null"]}}}});
        without(&document).pointer("/components/parameters/p/explode").is_some()
    };
    assert!(!is_kept(json!({"type": "integer"})));
    assert!(!is_kept(json!({"$ref": "#/components/schemas/Id"})));
    assert!(!is_kept(json!({"anyOf": [{"$ref": "#/components/schemas/Id"}, {"type": "null"}]})));
    assert!(is_kept(json!({"$ref": "#/components/schemas/Ids"})));
    assert!(is_kept(json!({})));
}

#[test]
fn a_part_that_says_nothing_beyond_another_is_none() {
    let parts = |part: Json| {
        let schemas = json!({"Base": {"type": "object", "minProperties": 1}, "Thing": {
            "allOf": [{"$ref": "#/components/schemas/Base"}, part]}});
        let document = without(&json!({"components": {"schemas": schemas}}));
        document["components"]["schemas"]["Thing"]["allOf"].as_array().unwrap().len()
    };
    assert_eq!(parts(json!({"type": "object", "properties": {}, "additionalProperties": true})), 1);
    assert_eq!(parts(json!({"type": "object", "description": "It."})), 2);
    assert_eq!(parts(json!({"minProperties": 2})), 2);
}

#[test]
fn what_two_parts_say_is_said_once() {
    let part =
        json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}});
    let more =
        json!({"required": ["id", "name"], "properties": {"id": {"type": "string"}, "name": {}}});
    let thing = json!({"allOf": [{"allOf": [part, {"type": "object"}]}, more, part]});
    let document = without(&json!({"components": {"schemas": {"Thing": thing}}}));
    let rest = json!({"required": ["name"], "properties": {"name": {}}});
    assert_eq!(document["components"]["schemas"]["Thing"]["allOf"], json!([part, rest]));
}

#[test]
fn servers_that_every_operation_overrides_are_nobodys() {
    let servers = json!([{"url": "https://a.example.com"}]);
    let is_kept = |post: Json| {
        let item = json!({"servers": servers, "get": {"servers": servers}, "post": post});
        without(&json!({"paths": {"/a": item}}))["paths"]["/a"].get("servers").is_some()
    };
    assert!(!is_kept(json!({"servers": servers})));
    assert!(is_kept(json!({"servers": []})));
}

#[test]
fn an_alternative_counts_once() {
    let schema = json!({"oneOf": [{"type": "string"}, {"type": "array"}, {"type": "string"}]});
    let document = without(&json!({"components": {"schemas": {"Thing": schema}}}));
    let expected = json!([{"type": "string"}, {"type": "array"}]);
    assert_eq!(document["components"]["schemas"]["Thing"]["oneOf"], expected);
}

#[test]
fn a_schema_that_says_nothing_is_none() {
    let is_kept = |schema: Json| {
        let body = json!({"content": {"application/json": {"schema": schema}}});
        let document = json!({"components": {
            "responses": {"r": body}, "schemas": {"Any": {}, "Told": {"description": "It."}}}});
        without(&document)
            .pointer("/components/responses/r/content/application~1json/schema")
            .is_some()
    };
    assert!(!is_kept(json!({})));
    assert!(!is_kept(json!({"$ref": "#/components/schemas/Any"})));
    assert!(is_kept(json!({"$ref": "#/components/schemas/Told"})));
}

#[test]
fn parts_that_many_references_lead_to_are_looked_at_once() {
    let mut schemas = serde_json::Map::new();
    for level in 0..12 {
        let next = json!({"$ref": format!("#/components/schemas/L{}", level + 1)});
        schemas.insert(format!("L{level}"), json!({"allOf": vec![next; 30]}));
    }
    let first = json!({"$ref": "#/components/schemas/L0"});
    let union = json!({"oneOf": [first], "discriminator": {"propertyName": "kind"}});
    schemas.insert("Pet".to_owned(), union);
    let parameter = json!({"name": "p", "in": "query", "explode": false, "schema": first});
    // Each would be looked at 30^12 times.
    let document = json!({"components": {"schemas": schemas, "parameters": {"p": parameter}}});
    assert!(without(&document).pointer("/components/parameters/p/explode").is_some());
}
