//! References, what stands beside them, and schemas that hold themselves.

use insta::assert_snapshot;
use serde_json::json;

use crate::testing::{component, components, run};

#[test]
fn an_enum_beside_a_reference_narrows_it() {
    let document = components(json!({
        "Role": {"type": "string", "enum": ["user", "admin", "owner"]},
        "Member": {"type": "object", "properties": {
            "role": {"$ref": "#/components/schemas/Role"},
            "given": {"allOf": [{"$ref": "#/components/schemas/Role"}], "enum": ["user", "owner"]},
        }},
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Member {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub given: Option<MemberGiven>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<Role>,
    }
    pub enum MemberGiven {
        User,
        Owner,
        Unknown(String),
    }
    pub enum Role {
        User,
        Admin,
        Owner,
        Unknown(String),
    }
    "#);
}

#[test]
fn a_reference_is_the_component_whatever_stands_beside_it_that_changes_nothing() {
    let base = "#/components/schemas/Base";
    let document = components(json!({
        "Base": {"type": "object", "properties": {"id": {"type": "string"}}},
        "User": {"type": "object", "properties": {
            "a": {"$ref": base, "description": "said again"},
            "b": {"$ref": base, "nullable": true},
            "c": {"type": "object", "allOf": [{"$ref": base}]},
            "d": {"allOf": [{"$ref": base}, {"description": "said again"}]},
            "e": {"$ref": base, "$anchor": "here", "$comment": "c", "$defs": {"X": {}}},
        }},
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Base {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub id: Option<String>,
    }
    pub struct User {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<Base>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub b: Option<Base>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub c: Option<Base>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub d: Option<Base>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub e: Option<Base>,
    }
    "#);
}

#[test]
fn references_to_plain_types_and_to_references_are_followed() {
    let document = components(json!({
        "Id": {"type": "string", "format": "uuid"},
        "Ids": {"type": "array", "items": {"$ref": "#/components/schemas/Id"}},
        "Same": {"$ref": "#/components/schemas/Ids"},
        "Part": {"type": "object", "properties": {
            "ids": {"$ref": "#/components/schemas/Same"},
            "id": {"$ref": "#/components/schemas/Part/properties/other"},
            "other": {"type": "integer"},
        }},
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Part {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub id: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub ids: Option<Vec<uuid::Uuid>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub other: Option<i64>,
    }
    "#);
}

#[test]
fn types_may_hold_themselves() {
    let document = components(json!({
        "Node": {"type": "object", "required": ["next"], "properties": {
            "next": {"$ref": "#/components/schemas/Node"},
            "children": {"$ref": "#/components/schemas/Children"},
            "up": {"$ref": "#/components/schemas/Node"},
        }},
        "Children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
        "Egg": {"type": "object", "properties": {"hen": {"$ref": "#/components/schemas/Hen"}}},
        "Hen": {"type": "object", "properties": {"egg": {"$ref": "#/components/schemas/Egg"}}},
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Egg {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub hen: Option<Hen>,
    }
    pub struct Hen {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub egg: Option<Box<Egg>>,
    }
    pub struct Node {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub children: Option<Vec<Node>>,
        pub next: Box<Node>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub up: Option<Box<Node>>,
    }
    "#);
}

#[test]
fn a_list_is_reached_the_same_way_from_itself_and_from_its_items() {
    let document = components(json!({
        "A": {"type": "array", "items": {"$ref": "#/components/schemas/B"}},
        "B": {"type": "object", "properties": {"more": {"$ref": "#/components/schemas/A"}}},
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct B {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub more: Option<Vec<B>>,
    }
    "#);
}

#[test]
fn an_alias_of_itself_is_any_json() {
    let document = components(json!({
        "Loop": {"$ref": "#/components/schemas/Loop"},
        "Deep": {"type": "array", "items": {"$ref": "#/components/schemas/Deep"}},
    }));
    assert_snapshot!(run(document).calls(), @"
    call_0: GET /0
      gives 200: serde_json::Value
    call_1: GET /1
      gives 200: Vec<serde_json::Value>
    untyped[recursive-alias]: `#/components/schemas/Loop` is an alias of itself, and taken as any JSON
    untyped[recursive-alias]: `#/components/schemas/Deep` is an alias of itself, and taken as any JSON
    ");
}

#[test]
fn a_schema_that_extends_what_it_stands_in_ends() {
    let document = component(
        "Thing",
        json!({"type": "object", "properties": {
            "name": {"type": "string"},
            "parent": {"allOf": [
                {"$ref": "#/components/schemas/Thing"},
                {"properties": {"since": {"type": "string"}}},
            ]},
        }}),
    );
    assert_snapshot!(run(document).types(), @r#"
    pub struct Thing {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub parent: Option<ThingParent>,
    }
    pub struct ThingParent {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub parent: Option<Box<ThingParent>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub since: Option<String>,
    }
    "#);
}
