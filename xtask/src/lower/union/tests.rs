//! Unions on minimal fragments.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::{component, components, run};

fn reference(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// An object that says its kind, if it has one, and has one required property.
fn object(kind: Option<&str>, property: &str) -> Json {
    let mut properties = json!({property: {"type": "string"}});
    if let Some(kind) = kind {
        properties["kind"] = json!({"const": kind});
    }
    json!({"type": "object", "required": [property], "properties": properties})
}

#[test]
fn a_mapping_names_the_tags() {
    let document = components(json!({
        "Cat": {"type": "object", "properties": {"pet": {"type": "string"}, "lives": {"type": "integer"}}},
        "Dog": {"type": "object", "properties": {"pet": {"type": "string"}}},
        "Pet": {
            "oneOf": [reference("Cat"), reference("Dog")],
            "discriminator": {"propertyName": "pet", "mapping": {
                "cat": "#/components/schemas/Cat", "dog": "Dog", "wolf": "#/components/schemas/Dog",
            }},
        },
    }));
    assert_snapshot!(run(document).code_of("Pet"), @r#"
    /// `Pet`
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    #[non_exhaustive]
    pub enum Pet {
        /// `cat`
        Cat(Cat),
        /// `dog`
        Dog(Dog),
        /// `wolf`
        Wolf(Dog),
        /// A kind that the vendor's page does not name, with its JSON.
        Unknown(serde_json::Value),
    }
    impl<'de> Deserialize<'de> for Pet {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let tagged = runtime::Tagged::read(deserializer, "pet")?;
            match tagged.tag() {
                Some("cat") => tagged.decode().map(Self::Cat),
                Some("dog") => tagged.decode().map(Self::Dog),
                Some("wolf") => tagged.decode().map(Self::Wolf),
                _ => Ok(Self::Unknown(tagged.into_json())),
            }
        }
    }
    "#);
}

#[test]
fn a_tag_without_mapping_is_the_component() {
    let document = components(json!({
        "Cat": {"type": "object", "required": ["pet"], "properties": {"pet": {"type": "string"}}},
        "dog-like": {"type": "object", "properties": {"barks": {"type": "boolean"}}},
        "Pet": {
            "oneOf": [reference("Cat"), reference("dog-like")],
            "discriminator": {"propertyName": "pet"},
        },
    }));
    assert_snapshot!(run(document).code_of("Pet"), @r#"
    /// `Pet`
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    #[non_exhaustive]
    pub enum Pet {
        /// `Cat`
        Cat(Cat),
        /// `dog-like`
        DogLike(PetDogLike),
        /// A kind that the vendor's page does not name, with its JSON.
        Unknown(serde_json::Value),
    }
    impl<'de> Deserialize<'de> for Pet {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let tagged = runtime::Tagged::read(deserializer, "pet")?;
            match tagged.tag() {
                Some("Cat") => tagged.decode().map(Self::Cat),
                Some("dog-like") => tagged.decode().map(Self::DogLike),
                _ => Ok(Self::Unknown(tagged.into_json())),
            }
        }
    }
    "#);
}

#[test]
fn a_tag_that_an_alternative_does_not_declare_is_sent_all_the_same() {
    let document = components(json!({
        "Cat": object(None, "name"),
        "Dog": object(None, "name"),
        "Pet": {
            "oneOf": [reference("Cat"), reference("Dog")],
            "discriminator": {"propertyName": "pet"},
        },
    }));
    assert_snapshot!(run(document).types(), @"
    pub struct Cat {
        pub name: String,
    }
    pub struct Dog {
        pub name: String,
    }
    pub enum Pet {
        Cat(PetCat),
        Dog(PetDog),
        Unknown(serde_json::Value),
    }
    pub struct PetCat {
        pub name: String,
        pub pet: String,
    }
    pub struct PetDog {
        pub name: String,
        pub pet: String,
    }
    ");
}

#[test]
fn constants_of_one_property_tell_alternatives_apart() {
    let document = component(
        "Event",
        json!({"anyOf": [object(Some("made"), "by"), object(Some("gone"), "to")]}),
    );
    assert_snapshot!(run(document).types(), @r#"
    pub enum Event {
        Made(EventMade),
        Gone(EventGone),
        Unknown(serde_json::Value),
    }
    pub struct EventGone {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub kind: Option<String>,
        pub to: String,
    }
    pub struct EventMade {
        pub by: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub kind: Option<String>,
    }
    "#);
}

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
      gives 200: ::serde_json::Value
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
    assert_snapshot!(run(document).code_of("Value"), @"
    /// `Value`
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    #[non_exhaustive]
    pub enum Value {
        /// One of the vendor's alternatives.
        Object(ValueObject),
        /// One of the vendor's alternatives.
        Object2(ValueObject2),
        /// One of the vendor's alternatives.
        Array(Vec<String>),
        /// One of the vendor's alternatives.
        Integer(i64),
        /// One of the vendor's alternatives.
        String(String),
        /// One of the vendor's alternatives.
        Number(f64),
        /// A value of a JSON type that the vendor's page does not name.
        Unknown(serde_json::Value),
    }
    impl<'de> Deserialize<'de> for Value {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            runtime::Untagged::read(deserializer)?
                .alternative(runtime::JsonType::Object, Self::Object)
                .alternative(runtime::JsonType::Object, Self::Object2)
                .alternative(runtime::JsonType::Array, Self::Array)
                .alternative(runtime::JsonType::Integer, Self::Integer)
                .alternative(runtime::JsonType::String, Self::String)
                .alternative(runtime::JsonType::Number, Self::Number)
                .finish(Self::Unknown)
        }
    }
    ");
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
      gives 200: f64
    call_3: GET /3
      gives 200: i64
    call_4: GET /4
      gives 200: Listed
    ");
}

#[test]
fn null_is_no_alternative() {
    let document = component(
        "Thing",
        json!({"type": "object", "required": ["a", "b", "c"], "properties": {
            "a": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "b": {"oneOf": [{"type": "string"}, {"type": "integer"}, {"enum": [null]}]},
            "c": {"oneOf": [{"type": "null"}]},
        }}),
    );
    assert_snapshot!(run(document).types(), @"
    pub struct Thing {
        pub a: Option<String>,
        pub b: Option<ThingB>,
        pub c: serde_json::Value,
    }
    pub enum ThingB {
        Integer(i64),
        String(String),
        Unknown(serde_json::Value),
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
fn what_stands_beside_one_of_holds_for_every_alternative() {
    let document = component(
        "Event",
        json!({
            "type": "object",
            "required": ["at"],
            "properties": {"at": {"type": "string", "format": "date-time"}},
            "oneOf": [object(Some("made"), "by"), object(Some("gone"), "to")],
        }),
    );
    assert_snapshot!(run(document).types(), @r#"
    pub enum Event {
        Made(EventMade),
        Gone(EventGone),
        Unknown(serde_json::Value),
    }
    pub struct EventGone {
        pub at: chrono::DateTime<chrono::Utc>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub kind: Option<String>,
        pub to: String,
    }
    pub struct EventMade {
        pub at: chrono::DateTime<chrono::Utc>,
        pub by: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub kind: Option<String>,
    }
    "#);
}

#[test]
fn a_parent_that_lists_its_children_is_their_union() {
    let child = |name: &str| json!({"allOf": [reference("Pet"), {"type": "object", "properties": {name: {"type": "string"}}}]});
    let document = components(json!({
        "Pet": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string"}},
            "oneOf": [reference("Cat"), reference("Dog")],
            "discriminator": {"propertyName": "kind"},
        },
        "Cat": child("purrs"),
        "Dog": child("barks"),
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Cat {
        pub kind: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub purrs: Option<String>,
    }
    pub struct Dog {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub barks: Option<String>,
        pub kind: String,
    }
    pub enum Pet {
        Cat(Cat),
        Dog(Dog),
        Unknown(serde_json::Value),
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
        pub size: Option<f64>,
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

#[test]
fn exactly_one_of_several_properties_is_a_choice() {
    let one = |name: &str| json!({"required": [name]});
    let document = component(
        "Invite",
        json!({
            "type": "object",
            "required": ["roles"],
            "properties": {
                "roles": {"type": "string"},
                "userId": {"type": "string"},
                "user_id": {"type": "integer"},
                "email": {"type": "string"},
            },
            "oneOf": [one("email"), one("userId"), one("user_id")],
        }),
    );
    assert_snapshot!(run(document).types(), @r#"
    pub struct Invite {
        #[serde(flatten)]
        pub email_or_user_id_or_user_id: InviteEmailOrUserIdOrUserId,
        pub roles: String,
    }
    pub enum InviteEmailOrUserIdOrUserId {
        #[serde(rename = "email")]
        Email(String),
        #[serde(rename = "userId")]
        UserId(String),
        #[serde(rename = "user_id")]
        UserId2(i64),
    }
    "#);
}

#[test]
fn one_of_and_any_of_side_by_side_are_told() {
    let document = component(
        "Thing",
        json!({"oneOf": [{"type": "string"}, {"type": "integer"}], "anyOf": [{"maxLength": 3}, {"minimum": 3}]}),
    );
    assert_snapshot!(run(document).types(), @"
    pub enum Thing {
        Integer(i64),
        String(String),
        Unknown(serde_json::Value),
    }
    note[any-of]: of `oneOf` and `anyOf` side by side, `Thing` is made of the first
    ");
}
