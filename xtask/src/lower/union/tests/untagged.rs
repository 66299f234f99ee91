//! Alternatives that their values tell apart, and alternatives that are none.

use insta::assert_snapshot;
use serde_json::json;

use super::{object, reference};
use crate::testing::{component, components, run};

#[test]
fn without_a_tag_the_most_particular_alternative_is_tried_first() {
    let document = component(
        "Value",
        json!({"anyOf": [
            {},
            {"type": "string"},
        ]}),
    );
    assert_snapshot!(run(document).calls(), @"
    call_0: GET /0
      gives 200: serde_json::Value
    untyped[open-union]: an alternative of `Value` is any JSON, and so are all
    ");
    let document = component(
        "Value",
        json!({"oneOf": [
            {"type": "string"},
            {"type": "number"},
            {"type": "integer"},
            object(None, "a"),
            {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "string"}, "b": {"type": "string"}}},
            {"type": "array", "items": {"type": "string"}},
        ]}),
    );
    assert_snapshot!(run(document).code_of("Value"), @r#"
    /// What [`call_0`](crate::Client::call_0) gives.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    #[non_exhaustive]
    pub enum Value {
        /// One of the vendor's alternatives.
        B(ValueB),
        /// One of the vendor's alternatives.
        Object(ValueObject),
        /// One of the vendor's alternatives.
        Array(Vec<String>),
        /// One of the vendor's alternatives.
        Integer(i64),
        /// One of the vendor's alternatives.
        String(String),
        /// One of the vendor's alternatives.
        Number(runtime::Number),
        /// A value of a JSON type that the vendor's page does not name.
        Unknown(serde_json::Value),
    }
    impl<'de> Deserialize<'de> for Value {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            runtime::Untagged::read(deserializer)?
                .alternative(runtime::JsonType::Object, Self::B)
                .declares(&["/b"])
                .alternative(runtime::JsonType::Object, Self::Object)
                .alternative(runtime::JsonType::Array, Self::Array)
                .alternative(runtime::JsonType::Integer, Self::Integer)
                .alternative(runtime::JsonType::String, Self::String)
                .alternative(runtime::JsonType::Number, Self::Number)
                .finish(Self::Unknown)
        }
    }
    "#);
}

#[test]
fn plain_values_of_one_type_need_no_union() {
    let document = components(json!({
        "Text": {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "string"}]},
        "Named": {"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "string"}]},
        "Number": {"oneOf": [{"type": "integer"}, {"type": "number"}]},
        "Whole": {"oneOf": [{"type": "integer"}, {"type": "integer", "format": "int32"}]},
        "Listed": {"oneOf": [{"const": "on"}, {"const": "off"}]},
    }));
    let outcome = run(document);
    assert_snapshot!(outcome.types(), @"
    pub enum Listed {
        On,
        Off,
        Unknown(String),
    }
    pub enum Named {
        A,
        B,
        Unknown(String),
    }
    ");
    assert_snapshot!(outcome.calls(), @"
    call_0: GET /0
      gives 200: String
    call_1: GET /1
      gives 200: Named
    call_2: GET /2
      gives 200: runtime::Number
    call_3: GET /3
      gives 200: i64
    call_4: GET /4
      gives 200: Listed
    ");
}

#[test]
fn null_is_no_alternative() {
    let mut document = component(
        "Thing",
        json!({"type": "object", "required": ["a", "b", "c", "d"], "properties": {
            "a": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "b": {"oneOf": [{"type": "string"}, {"type": "integer"}, {"enum": [null]}]},
            "c": {"oneOf": [{"type": "null"}]},
            "d": {"oneOf": [{"type": "string", "enum": ["x", "y"]}, reference("Blank"), reference("None")]},
        }}),
    );
    document["components"]["schemas"]["Blank"] = json!({"enum": [""]});
    document["components"]["schemas"]["None"] = json!({"enum": [null]});
    assert_snapshot!(run(document).types(), @"
    pub struct Thing {
        pub a: Option<String>,
        pub b: Option<ThingB>,
        pub c: serde_json::Value,
        pub d: Option<ThingD>,
    }
    pub enum ThingB {
        Integer(i64),
        String(String),
        Unknown(serde_json::Value),
    }
    pub enum ThingD {
        X,
        Y,
        Empty,
        Unknown(String),
    }
    ");
}

#[test]
fn one_alternative_is_what_it_is() {
    let document = components(json!({
        "Cat": object(None, "name"),
        "Thing": {"type": "object", "properties": {
            "a": {"oneOf": [reference("Cat")]},
            "b": {"anyOf": [reference("Cat"), reference("Cat")]},
        }},
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Cat {
        pub name: String,
    }
    pub struct Thing {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<Cat>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub b: Option<Cat>,
    }
    "#);
}

#[test]
fn a_list_of_types_is_a_union_of_them() {
    let document = component(
        "Thing",
        json!({"type": "object", "required": ["id"], "properties": {
            "id": {"title": "ThingId", "description": "Either.", "type": ["string", "integer", "null"]},
            "size": {"type": ["number", "integer"]},
        }}),
    );
    assert_snapshot!(run(document).types(), @r#"
    pub struct Thing {
        pub id: Option<ThingId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub size: Option<runtime::Number>,
    }
    pub enum ThingId {
        Integer(i64),
        String(String),
        Unknown(serde_json::Value),
    }
    "#);
}

#[test]
fn a_union_may_hold_itself() {
    let document = component(
        "Json",
        json!({"oneOf": [
            {"type": "string"},
            {"type": "array", "items": reference("Json")},
            {"type": "object", "additionalProperties": reference("Json")},
        ]}),
    );
    assert_snapshot!(run(document).types(), @"
    pub enum Json {
        Array(Vec<Json>),
        Object(std::collections::BTreeMap<String, Json>),
        String(String),
        Unknown(serde_json::Value),
    }
    ");
}
