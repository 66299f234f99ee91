//! Schemas on minimal fragments.

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
fn formats_become_types_where_a_type_holds_every_value() {
    let document = component(
        "Thing",
        json!({
            "type": "object",
            "required": ["a", "b", "c", "d", "e", "f", "g"],
            "properties": {
                "a": {"type": "string", "format": "date-time"},
                "b": {"type": "string", "format": "date"},
                "c": {"type": "string", "format": "uuid"},
                "d": {"type": "string", "format": "email", "minLength": 3},
                "e": {"type": "integer", "format": "int32"},
                "f": {"type": "integer", "minimum": 0},
                "g": {"type": "number", "format": "float"},
            },
        }),
    );
    assert_snapshot!(run(document).types(), @"
    pub struct Thing {
        pub a: chrono::DateTime<chrono::Utc>,
        pub b: chrono::NaiveDate,
        pub c: uuid::Uuid,
        pub d: String,
        pub e: i32,
        pub f: i64,
        pub g: f64,
    }
    ");
}

#[test]
fn names_that_rust_cannot_have_or_that_clash_are_made_to_fit() {
    let document = component(
        "Thing",
        json!({
            "type": "object",
            "properties": {
                "type": {"type": "string"},
                "self": {"type": "string"},
                "default": {"type": "string"},
                "userId": {"type": "string"},
                "user_id": {"type": "string"},
                "2fa": {"type": "string"},
                "+1": {"type": "string"},
                "-1": {"type": "string"},
                "@id": {"type": "string"},
                "日本": {"type": "string"},
                "": {"type": "string"},
            },
        }),
    );
    assert_snapshot!(run(document).types(), @r#"
    pub struct Thing {
        #[serde(rename = "2fa", skip_serializing_if = "Option::is_none")]
        pub _2fa: Option<String>,
        #[serde(rename = "default", skip_serializing_if = "Option::is_none")]
        pub default_: Option<String>,
        #[serde(rename = "", skip_serializing_if = "Option::is_none")]
        pub field: Option<String>,
        #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
        pub id: Option<String>,
        #[serde(rename = "-1", skip_serializing_if = "Option::is_none")]
        pub minus_1: Option<String>,
        #[serde(rename = "+1", skip_serializing_if = "Option::is_none")]
        pub plus_1: Option<String>,
        #[serde(rename = "日本", skip_serializing_if = "Option::is_none")]
        pub ri_ben: Option<String>,
        #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
        pub self_: Option<String>,
        #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
        pub type_: Option<String>,
        #[serde(rename = "userId", skip_serializing_if = "Option::is_none")]
        pub user_id: Option<String>,
        #[serde(rename = "user_id", skip_serializing_if = "Option::is_none")]
        pub user_id2: Option<String>,
    }
    "#);
}

#[test]
fn components_with_odd_names_are_found_and_shadow_nothing() {
    let thing = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    let document = components(json!({
        "Option": thing("a"),
        "a/b~c": thing("b"),
        "thing": thing("c"),
        "Thing": thing("d"),
        "日本": thing("e"),
        "ABC": thing("f"),
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Abc {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub f: Option<String>,
    }
    pub struct Abc2 {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub b: Option<String>,
    }
    pub struct OptionModel {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }
    pub struct RiBen {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub e: Option<String>,
    }
    pub struct Thing {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub d: Option<String>,
    }
    pub struct Thing2 {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub c: Option<String>,
    }
    "#);
}

#[test]
fn an_enum_is_open_and_null_makes_it_nullable() {
    let document = component(
        "Thing",
        json!({
            "type": "object",
            "required": ["role", "only"],
            "properties": {
                "role": {"type": "string", "enum": ["team_lead", "admin", "unknown", "<=", null, "admin", "ADMIN", ""]},
                "only": {"enum": ["one"]},
            },
        }),
    );
    assert_snapshot!(run(document).types(), @"
    pub struct Thing {
        pub only: String,
        pub role: Option<ThingRole>,
    }
    pub enum ThingRole {
        TeamLead,
        Admin,
        UnknownValue,
        LessThanOrEqual,
        Admin2,
        Empty,
        Unknown(String),
    }
    ");
}

#[test]
fn constants_need_no_argument() {
    let document = component(
        "Thing",
        json!({
            "type": "object",
            "required": ["kind", "flag", "nothing", "id"],
            "properties": {
                "kind": {"const": "thing"},
                "flag": {"const": true},
                "nothing": {"const": null},
                "id": {"type": "string"},
                "version": {"enum": ["v1"]},
            },
        }),
    );
    assert_snapshot!(run(document).code_of("Thing"), @r#"
    /// `Thing`
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub struct Thing {
        /// `flag`
        ///
        /// Always `true`.
        pub flag: bool,
        /// `id`
        pub id: String,
        /// `kind`
        ///
        /// Always `thing`.
        pub kind: String,
        /// `nothing`
        ///
        /// Always `null`.
        pub nothing: serde_json::Value,
        /// `version`
        ///
        /// Always `v1`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub version: Option<String>,
    }
    impl Thing {
        /// Makes one of what the vendor requires; the rest is set afterwards.
        pub fn new(flag: bool, id: impl Into<String>, nothing: serde_json::Value) -> Self {
            Self {
                flag,
                id: id.into(),
                kind: "thing".to_owned(),
                nothing,
                version: Some("v1".to_owned()),
            }
        }
    }
    "#);
}

#[test]
fn what_the_vendor_enforces_is_documented() {
    let document = component(
        "Thing",
        json!({
            "type": "object",
            "properties": {
                "count": {"type": "integer", "enum": [1, 2, 3], "default": 2},
                "name": {"type": "string", "default": "x", "maxLength": 9, "pattern": "^a"},
            },
        }),
    );
    assert_snapshot!(run(document).code_of("Thing"), @r#"
    /// `Thing`
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub struct Thing {
        /// `count`
        ///
        /// Left out, the vendor takes `2`.
        ///
        /// One of `1`, `2`, `3`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub count: Option<i64>,
        /// `name`
        ///
        /// Left out, the vendor takes `x`.
        ///
        /// At most 9 characters.
        ///
        /// Pattern: `^a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
    }
    impl Thing {
        /// An empty one; everything in it is optional.
        pub fn new() -> Self {
            Self::default()
        }
        /// Sets `count`.
        #[must_use]
        pub fn count(mut self, count: i64) -> Self {
            self.count = Some(count);
            self
        }
        /// Sets `name`.
        #[must_use]
        pub fn name(mut self, name: impl Into<String>) -> Self {
            self.name = Some(name.into());
            self
        }
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
      gives 200: ::serde_json::Value
    call_1: GET /1
      gives 200: Vec<::serde_json::Value>
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

#[test]
fn schemas_that_multiply_or_never_end_are_given_up() {
    let both = |name: &str| {
        let name = format!("#/components/schemas/{name}");
        json!({"allOf": [{"$ref": name}, {"$ref": name}]})
    };
    let mut doubling: serde_json::Map<_, _> =
        (0..20).map(|at| (format!("S{at}"), both(&format!("S{}", at + 1)))).collect();
    doubling.insert("S20".to_owned(), json!({"maxLength": 3}));
    let outcome = run(component_of(doubling, "S0"));
    assert_snapshot!(outcome.findings.join("\n"), @"untyped[contradiction]: `S0` is taken as any JSON: the schema has too many parts");

    let mut growing: serde_json::Map<_, _> = (0..40)
        .map(|at| {
            let inner = format!("#/components/schemas/S{}", at + 1);
            let own = |name: &str| json!({"allOf": [{"$ref": inner}, {"properties": {name: {"type": "string"}}}]});
            (format!("S{at}"), json!({"properties": {"x": own("a"), "y": own("b")}}))
        })
        .collect();
    growing.insert("S40".to_owned(), json!({"properties": {"x": {"type": "string"}}}));
    let outcome = run(component_of(growing, "S0"));
    assert_snapshot!(outcome.findings.join("\n"), @"error[schema-size]: the schemas stand for too many types");
}

#[test]
fn deep_schemas_are_told_and_many_components_are_not_deep() {
    let deep =
        (0..200).fold(json!({"type": "string"}), |inner, _| json!({"properties": {"a": inner}}));
    let outcome = run(component("Deep", deep));
    assert!(outcome.refined.is_some());
    assert_eq!(outcome.findings.len(), 1, "{:?}", outcome.findings);
    assert!(outcome.findings.iter().all(|it| it.starts_with("loss[schema-depth]")));

    let chain = (0..500).map(|at| {
        let next = json!({"$ref": format!("#/components/schemas/S{}", at + 1)});
        (format!("S{at}"), json!({"properties": {"next": next}}))
    });
    let mut chain: serde_json::Map<_, _> = chain.collect();
    chain.insert("S500".to_owned(), json!({"type": "string"}));
    assert_eq!(run(component_of(chain, "S0")).findings, [""; 0]);
}

/// A document with these components, of which one is in use.
fn component_of(
    schemas: serde_json::Map<String, serde_json::Value>,
    used: &str,
) -> serde_json::Value {
    let reference = json!({"$ref": format!("#/components/schemas/{used}")});
    let mut document = component("Used", reference);
    for (name, schema) in schemas {
        document["components"]["schemas"][name] = schema;
    }
    document
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
    }
    pub struct Typed {
        pub a: String,
        #[serde(flatten)]
        pub additional_properties: std::collections::BTreeMap<String, i64>,
    }
    note[required-property]: `Free` requires `gone`, but does not describe it
    "#);
}

#[test]
fn a_type_that_is_not_said_is_told_from_what_is() {
    let document = component(
        "Thing",
        json!({"properties": {
            "a": {"properties": {"x": {"type": "string"}}},
            "b": {"items": {"type": "string"}},
            "c": {"format": "date-time"},
            "d": {"maxLength": 3},
            "e": {"const": 5},
            "f": {"enum": [true, false]},
            "g": {"format": "int64"},
            "h": {"description": "anything"},
        }}),
    );
    assert_snapshot!(run(document).types(), @r#"
    pub struct Thing {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<ThingA>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub b: Option<Vec<String>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub c: Option<chrono::DateTime<chrono::Utc>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub d: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub e: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub f: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub g: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub h: Option<serde_json::Value>,
    }
    pub struct ThingA {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub x: Option<String>,
    }
    "#);
}

#[test]
fn what_cannot_be_typed_is_told() {
    let document = component(
        "Thing",
        json!({"type": "object", "properties": {
            "a": {"type": "file"},
            "b": {"$ref": "#/components/schemas/None"},
            "c": {"type": "array", "prefixItems": [{"type": "string"}]},
        }}),
    );
    assert_snapshot!(run(document).types(), @r#"
    pub struct Thing {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<serde_json::Value>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub b: Option<serde_json::Value>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub c: Option<Vec<serde_json::Value>>,
    }
    untyped[unknown-type]: `ThingA` is of the unknown type `file`, and taken as any JSON
    untyped[unresolved-reference]: `#/components/schemas/None` is not in the document, and taken as any JSON
    untyped[tuple]: the items of `ThingC` differ by place, and are taken as any JSON
    "#);
}

#[test]
fn equal_schemas_of_one_title_are_one_type() {
    let titled =
        json!({"title": "PageInfo", "type": "object", "properties": {"next": {"type": "string"}}});
    let other =
        json!({"title": "PageInfo", "type": "object", "properties": {"last": {"type": "string"}}});
    let document = components(json!({
        "A": {"type": "object", "properties": {"page": titled}},
        "B": {"type": "object", "properties": {"page": titled}},
        "C": {"type": "object", "properties": {"page": other}},
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct A {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub page: Option<APage>,
    }
    pub struct APage {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    pub struct B {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub page: Option<BPage>,
    }
    pub struct BPage {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    pub struct C {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub page: Option<PageInfo>,
    }
    pub struct PageInfo {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub last: Option<String>,
    }
    "#);
}
