//! `allOf` on minimal fragments.

use serde_json::{Value as Json, json};

use super::*;
use crate::source::Source;

fn merge(document: Json) -> Result<Json, String> {
    let node = Node::from_json(document, &Source::new("page.md", "").start());
    let schema = node.get("schema").ok_or("no schema")?;
    merged(Document::of(&node), Schema::of(schema)).map(|it| it.to_json()).map_err(|it| it.what)
}

#[test]
fn properties_and_required_add_up() {
    let document = json!({
        "schema": {"allOf": [{"$ref": "#/base"}, {"properties": {"b": {}}, "required": ["b"]}]},
        "base": {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
    });
    let expected = json!({
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {}},
        "required": ["a", "b"],
    });
    assert_eq!(merge(document), Ok(expected));
}

#[test]
fn an_enum_beside_a_reference_narrows_it() {
    let document = json!({
        "schema": {"allOf": [{"$ref": "#/role"}], "enum": ["user", "owner"], "title": "Narrow"},
        "role": {"type": "string", "enum": ["user", "admin"], "title": "Role"},
    });
    let expected = json!({"enum": ["user"], "title": "Narrow", "type": "string"});
    assert_eq!(merge(document), Ok(expected));
}

#[test]
fn a_property_of_two_parts_is_valid_for_both() {
    let part = |ty: &str| json!({"properties": {"a": {"type": ty}}});
    let document = json!({"schema": {"allOf": [part("integer"), part("number")]}});
    let both = json!({"allOf": [{"type": "integer"}, {"type": "number"}]});
    assert_eq!(merge(document), Ok(json!({"properties": {"a": both}})));
    let document =
        json!({"schema": {"allOf": [{"type": "number"}, {"type": ["integer", "null"]}]}});
    assert_eq!(merge(document), Ok(json!({"type": "integer"})));
}

#[test]
fn what_is_deep_or_large_is_no_circle() {
    let leads = |to: fn(String) -> Json, levels: usize| {
        let level = |at: usize| (format!("s{at}"), to(format!("#/s{}", at + 1)));
        let mut document: serde_json::Map<_, _> = (0..levels).map(level).collect();
        document.insert(format!("s{levels}"), json!({"type": "string"}));
        document.insert("schema".to_owned(), json!({"$ref": "#/s0"}));
        merge(json!(document))
    };
    assert_eq!(leads(|to| json!({"$ref": to}), 500), Ok(json!({"type": "string"})));
    let twice = |to: String| json!({"allOf": [{"$ref": to}, {"$ref": to}]});
    assert_eq!(leads(twice, 39), Err("the schema has too many parts".into()));
    let deep = |to: String| json!({"allOf": [{"$ref": to}]});
    assert_eq!(leads(deep, 64), Ok(json!({"type": "string"})));
    assert_eq!(leads(deep, 65), Err("its parts have parts more than 64 levels deep".into()));
    let document = json!({"schema": {"allOf": [{"$ref": "#/a"}, {"$ref": "#/a"}]}, "a": {}});
    assert_eq!(merge(document), Ok(json!({})));
}

/// What was put together once counts as if it were put together anew.
#[test]
fn a_part_that_comes_again_is_the_same_and_counts_again() {
    let part = |to: &str| json!({"$ref": format!("#/{to}")});
    let layer =
        |of: &Json, own: &str| json!({"allOf": [of, of, {"required": [own]}], "title": own});
    let mut document = json!({"b0": {"allOf": [{"required": ["x"]}], "oneOf": [{}, {}]}});
    // The same without references, of which nothing is known when it comes again.
    let mut inline = vec![document["b0"].clone()];
    for at in 1..=4 {
        let own = format!("x{at}");
        document[format!("b{at}")] = layer(&part(&format!("b{}", at - 1)), &own);
        inline.push(layer(&inline[at - 1], &own));
    }
    // The first way to what comes again is the deepest.
    let schema = |parts: [&Json; 3]| json!({"allOf": parts, "title": "T"});
    document["schema"] = schema([&part("b4"), &part("b2"), &part("b4")]);
    let inline = json!({"schema": schema([&inline[4], &inline[2], &inline[4]])});
    let merged = merge(document);
    assert!(merged.is_ok());
    assert_eq!(merged, merge(inline));
    // Nor does one that is known stand less deep where it comes again.
    let mut deep = json!({"s61": {"allOf": [{"required": ["x"]}]}});
    for at in 0..61 {
        deep[format!("s{at}")] = json!({"allOf": [part(&format!("s{}", at + 1))]});
    }
    deep["schema"] = json!({"allOf": [part("s0"), part("s0"), {"allOf": [part("s0")]}]});
    assert!(merge(deep.clone()).is_ok());
    deep["schema"] =
        json!({"allOf": [part("s0"), part("s0"), {"allOf": [{"allOf": [part("s0")]}]}]});
    assert_eq!(merge(deep), Err("its parts have parts more than 64 levels deep".into()));
}

#[test]
fn contradictions_are_told() {
    let document = json!({"schema": {"allOf": [{"type": "string"}, {"type": "object"}]}});
    assert_eq!(merge(document), Err("a value cannot be string and object at once".into()));
    let document = json!({"schema": {"$ref": "#/schema"}});
    assert_eq!(merge(document), Err("the schema is defined through itself".into()));
    let document = json!({"schema": {"allOf": [{}, {"$ref": "#/a"}]}, "a": {"$ref": "#/schema"}});
    assert_eq!(merge(document), Err("the schema is defined through itself".into()));
    let document = json!({"schema": {"allOf": [{"$ref": "#/none"}]}});
    assert_eq!(merge(document), Err("`#/none` is not in the document".into()));
}

#[test]
fn a_part_that_allows_no_other_members_decides() {
    let merged = |one: Json, other: Json| {
        let part = |it: Json| json!({"additionalProperties": it});
        merge(json!({"schema": {"allOf": [part(one), part(other)]}})).unwrap()["additionalProperties"].clone()
    };
    let text = json!({"type": "string"});
    for (one, other, both) in [
        (json!(true), json!(false), json!(false)),
        (json!(true), text.clone(), text.clone()),
        (text.clone(), json!(false), json!(false)),
    ] {
        assert_eq!(merged(one.clone(), other.clone()), both);
        assert_eq!(merged(other, one), both);
    }
    let short = json!({"maxLength": 3});
    assert_eq!(merged(text.clone(), short.clone()), json!({"allOf": [text, short]}));
}
