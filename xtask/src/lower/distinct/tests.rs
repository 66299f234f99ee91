//! What tells alternatives without a tag apart.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::{component, run};

/// What is said of the alternatives when a value is read.
fn told(union: Json) -> String {
    let code = run(component("Value", union)).code_of("Value");
    let lines = code.lines().map(str::trim);
    let lines = lines.skip_while(|it| !it.contains("Untagged::read")).skip(1);
    lines.take_while(|it| !it.starts_with(".finish")).collect::<Vec<_>>().join("\n")
}

fn object(properties: Json) -> Json {
    json!({"type": "object", "properties": properties})
}

#[test]
fn members_that_not_all_have_tell_objects_apart() {
    let alternatives = json!([
        object(json!({"id": {"type": "string"}, "a/b": {"type": "string"}})),
        object(json!({"id": {"type": "string"}})),
        {"type": "string"},
    ]);
    assert_snapshot!(told(json!({"oneOf": alternatives})), @r#"
    .alternative(runtime::JsonType::Object, Self::Ab)
    .declares(&["/a~1b"])
    .alternative(runtime::JsonType::Object, Self::Object)
    .alternative(runtime::JsonType::String, Self::String)
    "#);
}

#[test]
fn where_the_members_are_the_same_those_inside_of_them_count() {
    let data = |name: &str| object(json!({"data": object(json!({name: {"type": "string"}}))}));
    assert_snapshot!(told(json!({"oneOf": [data("x"), data("y")]})), @r#"
    .alternative(runtime::JsonType::Object, Self::Object)
    .declares(&["/data/x"])
    .alternative(runtime::JsonType::Object, Self::Object2)
    .declares(&["/data/y"])
    "#);
}

#[test]
fn lists_are_told_apart_by_their_items() {
    let list =
        |name: &str| json!({"type": "array", "items": object(json!({name: {"type": "string"}}))});
    assert_snapshot!(told(json!({"oneOf": [list("x"), list("y")]})), @r#"
    .alternative(runtime::JsonType::Array, Self::Array)
    .declares(&["/0/x"])
    .alternative(runtime::JsonType::Array, Self::Array2)
    .declares(&["/0/y"])
    "#);
}

#[test]
fn a_constant_counts_whatever_its_type_and_in_one_alternative_alone() {
    let alternatives = json!([
        object(json!({"found": {"const": true}, "n": {"enum": [1]}, "name": {"type": "string"}})),
        object(json!({"found": {"const": false}, "n": {"enum": [2]}, "name": {"type": "string"}})),
        object(json!({"found": {"type": "boolean"}, "name": {"const": "none"}})),
    ]);
    assert_snapshot!(told(json!({"oneOf": alternatives})), @r#"
    .alternative(runtime::JsonType::Object, Self::Object)
    .constant("/found", &[true])
    .constant("/n", &[1])
    .declares(&["/n"])
    .alternative(runtime::JsonType::Object, Self::Object2)
    .constant("/found", &[false])
    .constant("/n", &[2])
    .declares(&["/n"])
    .alternative(runtime::JsonType::Object, Self::Object3)
    .constant("/name", &["none"])
    "#);
}

#[test]
fn a_list_of_values_counts_only_against_the_lists_of_all_others() {
    let of = |values: Json, other: &str| {
        object(json!({"state": {"enum": values}, other: {"type": "string"}}))
    };
    let apart = json!([of(json!(["a", "b"]), "x"), of(json!(["c", "d"]), "y")]);
    // Each lists a value of the other, so the property is no tag.
    let overlapping = json!([of(json!(["a", "b"]), "x"), of(json!(["b", "c"]), "y")]);
    assert!(run(component("Value", json!({"oneOf": apart}))).code_of("Value").contains("Tagged"));
    assert_snapshot!(told(json!({"oneOf": overlapping})), @r#"
    .alternative(runtime::JsonType::Object, Self::X)
    .declares(&["/x"])
    .alternative(runtime::JsonType::Object, Self::Y)
    .declares(&["/y"])
    "#);
}

#[test]
fn an_object_that_is_closed_says_so() {
    let mut tight = object(json!({"a": {"type": "string"}}));
    tight["additionalProperties"] = json!(false);
    let wide = object(json!({"a": {"type": "string"}, "b": {"type": "string"}}));
    assert_snapshot!(told(json!({"oneOf": [tight, wide]})), @r#"
    .alternative(runtime::JsonType::Object, Self::Object)
    .closed(&["a"])
    .alternative(runtime::JsonType::Object, Self::B)
    .declares(&["/b"])
    "#);
}

#[test]
fn a_union_that_holds_itself_has_an_end() {
    let union = json!({"oneOf": [
        object(json!({"x": {"$ref": "#/components/schemas/Value"}})),
        object(json!({"x": {"$ref": "#/components/schemas/Value"}, "y": {"type": "string"}})),
    ]});
    assert_snapshot!(told(union), @r#"
    .alternative(runtime::JsonType::Object, Self::Object)
    .alternative(runtime::JsonType::Object, Self::Y)
    .declares(&["/y"])
    "#);
}
