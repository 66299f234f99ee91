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
        let mut object = object(json!({"state": {"enum": values}, other: {"type": "string"}}));
        object["required"] = json!(["state"]);
        object
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

#[test]
fn a_union_among_the_alternatives_has_the_constants_of_all_its_own() {
    let of = |kind: Json| object(json!({"kind": {"const": kind}, "n": {"type": "integer"}}));
    let several = json!({"anyOf": [of(json!("a")), of(json!(2)), {"type": "string"}]});
    let list = json!({"type": "array", "items": {"type": "string"}});
    assert_snapshot!(told(json!({"oneOf": [several, of(json!(true)), list]})), @r#"
    .alternative(runtime::JsonType::Object, Self::Object)
    .constant("/kind", &[true])
    .alternative(runtime::JsonType::Array, Self::Array)
    .alternative(runtime::JsonType::Any, Self::Value)
    .constant("/kind", runtime::Constants::json(&["\"a\"", "2"]))
    "#);
}

#[test]
fn a_constant_may_be_any_json() {
    let of = |kind: Json| object(json!({"kind": {"const": kind}}));
    assert_snapshot!(told(json!({"oneOf": [of(json!([1])), of(json!({"a": 1.5}))]})), @r#"
    .alternative(runtime::JsonType::Object, Self::Object)
    .constant("/kind", runtime::Constants::json(&["[1]"]))
    .alternative(runtime::JsonType::Object, Self::Object2)
    .constant("/kind", runtime::Constants::json(&["{\"a\":1.5}"]))
    "#);
}

#[test]
fn the_value_itself_counts_where_others_have_values_of_its_type() {
    let date = json!({"type": "string", "format": "date"});
    let alternatives = json!([{"const": "none"}, date, {"enum": [1, 2]}, {"type": "boolean"}]);
    assert_snapshot!(told(json!({"oneOf": alternatives})), @r#"
    .alternative(runtime::JsonType::String, Self::String)
    .constant("", &["none"])
    .alternative(runtime::JsonType::Integer, Self::Integer)
    .alternative(runtime::JsonType::Boolean, Self::Boolean)
    .alternative(runtime::JsonType::String, Self::Date)
    "#);
}

#[test]
fn a_member_that_is_there_though_null_counts() {
    let mut due = object(json!({"due": {"type": ["string", "null"]}, "at": {"type": "string"}}));
    due["required"] = json!(["due", "at"]);
    assert_snapshot!(told(json!({"oneOf": [due, object(json!({"n": {"type": "integer"}}))]})), @r#"
    .alternative(runtime::JsonType::Object, Self::DueAndAt)
    .declares(&["/at", "/due"])
    .requires(&["due"])
    .alternative(runtime::JsonType::Object, Self::N)
    .declares(&["/n"])
    "#);
}

#[test]
fn constants_that_may_be_missing_are_no_tag_but_tell() {
    let of = |kind: Json| object(json!({"kind": {"enum": kind}, "n": {"type": "integer"}}));
    let alternatives = json!([of(json!(["a", "b"])), of(json!(["c"]))]);
    assert_snapshot!(told(json!({"oneOf": alternatives})), @r#"
    .alternative(runtime::JsonType::Object, Self::A)
    .constant("/kind", &["a"])
    .alternative(runtime::JsonType::Object, Self::B)
    .constant("/kind", &["b"])
    .alternative(runtime::JsonType::Object, Self::C)
    .constant("/kind", &["c"])
    "#);
}
