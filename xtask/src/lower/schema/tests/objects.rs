//! Which properties an object has, those that have no name included.

use insta::assert_snapshot;
use serde_json::json;

use crate::testing::{component, components, run};

#[test]
fn presence_says_what_may_be_missing_and_what_may_be_null() {
    let document = component(
        "Thing",
        json!({
            "type": "object",
            "required": ["id", "note"],
            "properties": {
                "id": {"type": "string"},
                "note": {"type": "string", "nullable": true},
                "tags": {"type": "array", "items": {"type": "string"}},
                "extra": {"type": "object"},
                "any": {},
                "count": {"type": ["integer", "null"], "default": 3},
            },
        }),
    );
    assert_snapshot!(run(document).types(), @r#"
    pub struct Thing {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub any: Option<serde_json::Value>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub count: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub extra: Option<serde_json::Map<String, serde_json::Value>>,
        pub id: String,
        pub note: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub tags: Option<Vec<String>>,
    }
    "#);
}

#[test]
fn all_of_is_merged() {
    let document = components(json!({
        "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
        "Alone": {"allOf": [{"$ref": "#/components/schemas/Base"}], "description": "The base."},
        "More": {"allOf": [
            {"$ref": "#/components/schemas/Base"},
            {"type": "object", "properties": {"name": {"type": "string"}, "id": {"format": "uuid"}}},
        ]},
        "Never": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "string"}]},
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Base {
        pub id: String,
    }
    pub struct More {
        pub id: uuid::Uuid,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
    }
    untyped[contradiction]: `Never` is taken as any JSON: a value cannot be object and string at once
    "#);
}

#[test]
fn objects_without_named_properties_are_maps() {
    let document = component(
        "Thing",
        json!({
            "type": "object",
            "required": ["free", "counts", "rows"],
            "properties": {
                "free": {"type": "object"},
                "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
                "rows": {"additionalProperties": {"type": "object", "properties": {"a": {"type": "string"}}}},
                "by_code": {"type": "object", "patternProperties": {"^[A-Z]+$": {"type": "string"}}},
            },
        }),
    );
    assert_snapshot!(run(document).types(), @r#"
    pub struct Thing {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub by_code: Option<std::collections::BTreeMap<String, String>>,
        pub counts: std::collections::BTreeMap<String, i64>,
        pub free: serde_json::Map<String, serde_json::Value>,
        pub rows: std::collections::BTreeMap<String, ThingRowsValue>,
    }
    pub struct ThingRowsValue {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }
    "#);
}

#[test]
fn described_properties_stand_beside_named_ones() {
    let document = components(json!({
        "Typed": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}},
            "additionalProperties": {"type": "integer"}},
        "Free": {"type": "object", "required": ["a", "gone"], "properties": {"a": {"type": "string"}},
            "additionalProperties": {}},
        "Closed": {"type": "object", "properties": {"a": {"type": "string"}},
            "additionalProperties": false},
        "Open": {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": true},
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Closed {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }
    pub struct Free {
        pub a: String,
        #[serde(flatten)]
        pub additional_properties: serde_json::Map<String, serde_json::Value>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub gone: Option<serde_json::Value>,
    }
    pub struct Open {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
        #[serde(flatten)]
        pub additional_properties: serde_json::Map<String, serde_json::Value>,
    }
    pub struct Typed {
        pub a: String,
        #[serde(flatten)]
        pub additional_properties: std::collections::BTreeMap<String, i64>,
    }
    note[required-property]: `Free` requires `gone` and does not describe it: it may be any JSON
    "#);
}
