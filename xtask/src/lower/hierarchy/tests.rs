//! Bases with a discriminator, and their kinds.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::{components, run};

fn reference(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn base(mapping: Json) -> Json {
    let mut base = json!({
        "type": "object",
        "required": ["class"],
        "discriminator": {"propertyName": "class"},
        "properties": {"class": {"type": "string"}, "plate": {"type": "string"}},
    });
    if !mapping.is_null() {
        base["discriminator"]["mapping"] = mapping;
    }
    base
}

fn kind(of: &str, property: &str) -> Json {
    json!({"allOf": [reference(of), {"type": "object", "properties": {property: {"type": "number"}}}]})
}

#[test]
fn a_base_with_a_discriminator_is_a_union_of_itself_and_its_kinds() {
    let outcome = run(components(json!({
        "Vehicle": base(Json::Null),
        "Truck": kind("Vehicle", "load"),
        "Tanker": kind("Truck", "volume"),
        "Plain": {"allOf": [reference("Vehicle")]},
    })));
    assert_snapshot!(outcome.types(), @r#"
    pub struct Tanker {
        pub class: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub load: Option<runtime::Number>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub plate: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub volume: Option<runtime::Number>,
    }
    pub enum Truck {
        Tanker(Tanker),
        Truck(TruckBase),
        Unknown(serde_json::Value),
    }
    pub struct TruckBase {
        pub class: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub load: Option<runtime::Number>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub plate: Option<String>,
    }
    pub enum Vehicle {
        Plain(VehiclePlain),
        Tanker(Tanker),
        Truck(Truck),
        Vehicle(VehicleBase),
        Unknown(serde_json::Value),
    }
    pub struct VehicleBase {
        pub class: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub plate: Option<String>,
    }
    pub struct VehiclePlain {
        pub class: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub plate: Option<String>,
    }
    "#);
    assert_snapshot!(outcome.code_of("Truck"), @r#"
    /// What [`call_1`](crate::Client::call_1) gives.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    #[non_exhaustive]
    pub enum Truck {
        /// `Tanker`
        Tanker(Tanker),
        /// `Truck`
        Truck(TruckBase),
        /// A kind that the vendor's page does not name, with its JSON.
        Unknown(serde_json::Value),
    }
    impl<'de> Deserialize<'de> for Truck {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let tagged = runtime::Tagged::read(deserializer, "class")?;
            match tagged.tag() {
                Some("Tanker") => tagged.decode().map(Self::Tanker),
                Some("Truck") => tagged.decode().map(Self::Truck),
                _ => Ok(Self::Unknown(tagged.into_json())),
            }
        }
    }
    "#);
}

#[test]
fn the_mapping_names_the_kinds_and_says_whether_the_base_is_one() {
    let mapping = json!({"t-1": "#/components/schemas/Truck", "c": "Coach"});
    let outcome = run(components(json!({
        "Vehicle": base(mapping),
        "Truck": kind("Vehicle", "load"),
        "Coach": {"type": "object", "properties": {"seats": {"type": "integer"}}},
    })));
    assert_snapshot!(outcome.code_of("Vehicle"), @r#"
    /// What [`call_0`](crate::Client::call_0) gives.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    #[non_exhaustive]
    pub enum Vehicle {
        /// `c`
        C(VehicleC),
        /// `t-1`
        T1(Truck),
        /// A kind that the vendor's page does not name, with its JSON.
        Unknown(serde_json::Value),
    }
    impl<'de> Deserialize<'de> for Vehicle {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let tagged = runtime::Tagged::read(deserializer, "class")?;
            match tagged.tag() {
                Some("c") => tagged.decode().map(Self::C),
                Some("t-1") => tagged.decode().map(Self::T1),
                _ => Ok(Self::Unknown(tagged.into_json())),
            }
        }
    }
    "#);
}

#[test]
fn a_struct_writes_the_tag_that_it_is_known_by() {
    let text = json!({"type": "string"});
    let tagged = |tag: Json| json!({"type": "object", "required": ["kind"], "properties": {"kind": tag, "a": text}});
    let outcome = run(components(json!({
        "Shape": {
            "oneOf": [reference("Circle"), reference("Square")],
            "discriminator": {"propertyName": "kind", "mapping": {
                "circle": "#/components/schemas/Circle",
                "square_1": "#/components/schemas/Square",
                "square_2": "#/components/schemas/Square",
            }},
        },
        "Circle": tagged(json!({"type": "string", "enum": ["circle", "square_1", "square_2"]})),
        // Known by two tags, so the caller says which.
        "Square": tagged(text.clone()),
    })));
    assert_snapshot!(outcome.code_of("Circle"), @r#"
    /// What [`call_1`](crate::Client::call_1) gives.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub struct Circle {
        /// `a`
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
        /// `kind`
        pub kind: CircleKind,
    }
    #[cfg(feature = "mock")]
    impl Circle {
        /// Makes one from the required fields; setters add the others.
        pub fn new() -> Self {
            Self {
                a: None,
                kind: "circle".into(),
            }
        }
        /// Sets `a`.
        #[must_use]
        pub fn a(mut self, a: impl Into<String>) -> Self {
            self.a = Some(a.into());
            self
        }
    }
    #[cfg(feature = "mock")]
    impl Default for Circle {
        fn default() -> Self {
            Self::new()
        }
    }
    "#);
    assert!(outcome.code_of("Square").contains("pub fn new(kind: impl Into<String>) -> Self"));
}

#[test]
fn a_kind_is_no_union_of_its_siblings() {
    let mapping = json!({"t": "#/components/schemas/Truck", "c": "#/components/schemas/Coach"});
    let outcome = run(components(json!({
        "Vehicle": base(mapping),
        "Truck": kind("Vehicle", "load"),
        "Coach": kind("Vehicle", "seats"),
        "Either": {"allOf": [reference("Vehicle")], "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
    })));
    let types = outcome.types();
    for expected in ["pub struct Truck {", "pub struct Coach {", "T(Truck),", "C(Coach),"] {
        assert!(types.contains(expected), "{types}");
    }
    // What is a union itself takes nothing from the others.
    assert!(types.contains("pub enum Vehicle {"), "{types}");
}

#[test]
fn a_kind_that_is_not_there_leaves_the_others() {
    let mapping = json!({"t": "#/components/schemas/Truck", "gone": "#/components/schemas/Gone"});
    let schemas = json!({"Vehicle": base(mapping), "Truck": kind("Vehicle", "load")});
    let types = run(components(schemas)).types();
    assert!(types.contains("pub enum Vehicle {\n    T(Truck),\n"), "{types}");
}

#[test]
fn a_discriminator_that_nothing_is_chosen_by_is_told() {
    let told = |schemas: Json| -> Vec<String> {
        let findings = run(components(schemas)).findings;
        findings.into_iter().filter(|it| it.contains("lone-discriminator")).collect()
    };
    let inside = |it: Json| json!({"Garage": {"type": "object", "properties": {"vehicle": it}}});
    assert_eq!(told(inside(base(Json::Null))).len(), 1, "in place");
    assert_eq!(told(json!({"Vehicle": base(Json::Null)})).len(), 1, "nobody extends it");
    let children = json!({"Vehicle": base(Json::Null), "Truck": kind("Vehicle", "load")});
    assert_eq!(told(children), [""; 0]);
    let mapped = base(json!({"truck": "#/components/schemas/Truck"}));
    let truck = json!({"type": "object", "properties": {"load": {"type": "number"}}});
    assert_eq!(told(json!({"Vehicle": mapped, "Truck": truck})), [""; 0]);
}
