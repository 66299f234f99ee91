//! When two JSON values count as the same.

use serde_json::json;

use super::*;
use crate::document::Document;

fn normal(schema: Value, value: Value) -> Value {
    let document = Document::new(json!({
        "openapi": "3.1.0",
        "components": { "schemas": { "Here": schema, "Named": { "properties": { "n": {} } } } },
    }));
    normal_form(&document.component("Here"), &value)
}

#[test]
fn undeclared_properties_are_removed_at_any_depth() {
    let schema = json!({ "properties": {
        "list": { "items": { "properties": { "a": {} } } },
        "named": { "$ref": "#/components/schemas/Named" },
    } });
    let value = json!({ "list": [{ "a": 1, "b": 2 }], "named": { "n": 1, "m": 2 }, "other": 3 });
    assert_eq!(normal(schema, value), json!({ "list": [{ "a": 1 }], "named": { "n": 1 } }));
}

#[test]
fn what_declares_nothing_is_kept_whole() {
    let value = json!({ "a": { "b": null } });
    assert_eq!(normal(json!({}), value.clone()), value);
    assert_eq!(normal(json!({ "type": "object" }), value.clone()), value);
    let map = json!({ "properties": { "c": {} }, "additionalProperties": true });
    assert_eq!(normal(map, value.clone()), value);
}

#[test]
fn the_members_of_a_map_have_a_form_and_are_not_removed() {
    let map = json!({
        "properties": { "own": { "type": ["string", "null"] } },
        "additionalProperties": { "properties": { "a": {} } },
    });
    let value = json!({ "own": null, "x": { "a": 1, "b": 2 }, "y": null });
    assert_eq!(normal(map, value), json!({ "x": { "a": 1 }, "y": null }));
    let closed = json!({ "properties": { "own": {} }, "additionalProperties": false });
    assert_eq!(normal(closed, json!({ "own": 1, "x": 2 })), json!({ "own": 1 }));
}

#[test]
fn null_and_absent_are_the_same_where_optional_and_nullable() {
    let schema = json!({
        "required": ["required"],
        "properties": {
            "optional": { "type": ["string", "null"] },
            "union": { "anyOf": [{ "type": "string" }, { "type": "null" }] },
            "required": { "type": ["string", "null"] },
            "strict": { "type": "string" },
        },
    });
    let value = json!({ "optional": null, "union": null, "required": null, "strict": null });
    assert_eq!(normal(schema.clone(), value), json!({ "required": null, "strict": null }));
    let given = json!({ "optional": "", "required": "" });
    assert_eq!(normal(schema, given.clone()), given);
}

#[test]
fn all_parts_of_an_object_declare_its_properties() {
    let parts = json!({ "allOf": [
        { "properties": { "a": {} } },
        { "oneOf": [
            { "required": ["kind"], "properties": { "kind": { "const": 1 }, "b": {} } },
            { "required": ["kind"], "properties": { "kind": { "const": 2 }, "c": {} } },
        ] },
    ] });
    let value = json!({ "a": 1, "b": 1, "c": 1, "kind": 2 });
    assert_eq!(normal(parts, value), json!({ "a": 1, "c": 1, "kind": 2 }));
}

#[test]
fn of_a_kind_that_no_alternative_knows_everything_is_kept() {
    let union = json!({ "oneOf": [{ "required": ["a"], "properties": { "a": {} } }] });
    assert_eq!(normal(union, json!({ "b": 1 })), json!({ "b": 1 }));
}

#[test]
fn instants_are_compared_as_instants() {
    let time = |text: &str| normal(json!({ "format": "date-time" }), json!(text));
    assert_eq!(time("2023-10-29T14:00:00.000Z"), "2023-10-29T14:00:00Z");
    assert_eq!(time("2023-10-29T16:00:00+02:00"), "2023-10-29T14:00:00Z");
    assert_eq!(time("2024-10-30T23:58:27.427722Z"), "2024-10-30T23:58:27.427722Z");
    assert_eq!(time("2024-10-30T23:58:27.400Z"), time("2024-10-30T23:58:27.4Z"));
    assert_ne!(time("2024-10-30T23:58:27.4Z"), time("2024-10-30T23:58:27.5Z"));
    assert_eq!(time("yesterday"), "yesterday");
    let plain = "2023-10-29T16:00:00+02:00";
    assert_eq!(normal(json!({}), json!(plain)), plain);
}

#[test]
fn numbers_are_compared_by_value() {
    let number = |value| normal(json!({}), value);
    assert_eq!(number(json!(1.0)), number(json!(1)));
    assert_eq!(number(json!(-0.0)), number(json!(0)));
    assert_eq!(number(json!(1e3)), json!(1000));
    assert_ne!(number(json!(1.5)), number(json!(1)));
    assert_eq!(number(json!(u64::MAX)), json!(u64::MAX));
    assert_eq!(number(json!(1e300)), json!(1e300));
    assert_eq!(number(json!([1.0, "1.0"])), json!([1, "1.0"]));
}

#[test]
#[should_panic(expected = "comes back as another")]
fn a_property_that_is_lost_is_told() {
    let document = Document::new(json!({
        "openapi": "3.1.0",
        "components": { "schemas": { "Here": { "properties": { "a": {} } } } },
    }));
    assert_round_trip(&document.component("Here"), &json!({ "a": 1 }), &json!({}));
}
