//! Alternatives that a property tells apart.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::{object, reference};
use crate::testing::{component, components, run};

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
    /// What [`call_2`](crate::Client::call_2) gives.
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
    /// What [`call_2`](crate::Client::call_2) gives.
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
fn a_tag_that_the_alternatives_do_not_allow_is_told_of() {
    let findings = |discriminator: serde_json::Value| {
        let document = components(json!({
            "Cat": object(Some("cat"), "lives"),
            "Dog": object(Some("dog"), "tricks"),
            "Pet": {"oneOf": [reference("Cat"), reference("Dog")], "discriminator": discriminator},
        }));
        run(document).findings.join("\n")
    };
    let mapping = json!({"cat": "Cat", "hound": "Dog"});
    assert_snapshot!(findings(json!({"propertyName": "kind", "mapping": mapping})), @"note[tag-values]: `hound` is no value of `kind` where it stands for it");
    assert_snapshot!(findings(json!({"propertyName": "kind"})), @"note[tag-values]: `Cat` is no value of `kind` where it stands for it");
    assert_eq!(
        findings(json!({"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "Dog"}})),
        ""
    );
}

#[test]
fn the_only_alternative_has_the_tag_that_is_asked_for() {
    let document = components(json!({
        "Cat": object(None, "lives"),
        "Pet": {"oneOf": [reference("Cat")],
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat"}}},
    }));
    assert!(run(document).code_of("Pet").contains("pub kind: String"));
}

#[test]
fn a_tag_that_is_a_number_has_the_values_of_the_mapping_and_no_name() {
    let kind = |property: &str| json!({"type": "object", "properties": {"status": {"type": "integer"}, property: {"type": "string"}}});
    let union = |mapping: Json| {
        let mut union = json!({
            "oneOf": [reference("Done"), reference("Failed")],
            "discriminator": {"propertyName": "status"},
        });
        if !mapping.is_null() {
            union["discriminator"]["mapping"] = mapping;
        }
        let schemas = json!({"Done": kind("data"), "Failed": kind("error"), "Answer": union});
        run(components(schemas)).code_of("Answer")
    };
    let mapped = union(json!({"200": "Done", "404": "Failed"}));
    assert!(mapped.contains("Some(\"404\") => tagged.decode().map(Self::_404)"), "{mapped}");
    let unmapped = union(Json::Null);
    assert!(unmapped.contains(".declares(&[\"/error\"])"), "{unmapped}");
}
