//! What a single value becomes: formats, enums, constants, and what is said without a type.

use insta::assert_snapshot;
use serde_json::json;

use crate::testing::{component, run};

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
        pub a: runtime::DateTime,
        pub b: runtime::Date,
        pub c: uuid::Uuid,
        pub d: String,
        pub e: i32,
        pub f: i64,
        pub g: f64,
    }
    ");
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
        AdminUppercase,
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
    /// What [`call_0`](crate::Client::call_0) gives.
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
    #[cfg(feature = "mock")]
    impl Thing {
        /// Makes one from the required fields; setters add the others.
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
    /// What [`call_0`](crate::Client::call_0) gives.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[cfg_attr(feature = "mock", derive(Default))]
    #[non_exhaustive]
    pub struct Thing {
        /// `count`
        ///
        /// Default: `2`.
        ///
        /// One of `1`, `2`, `3`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub count: Option<i64>,
        /// `name`
        ///
        /// Default: `x`.
        ///
        /// At most 9 characters.
        ///
        /// Pattern: `^a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
    }
    #[cfg(feature = "mock")]
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
        pub c: Option<runtime::DateTime>,
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
