//! What types and fields are called, whatever the page calls them.

use insta::assert_snapshot;
use serde_json::json;

use crate::testing::{component, components, run};

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
        pub page: Option<Page>,
    }
    pub struct B {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub page: Option<Page>,
    }
    pub struct C {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub page: Option<PageInfo>,
    }
    pub struct Page {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    pub struct PageInfo {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub last: Option<String>,
    }
    "#);
}

#[test]
fn a_component_that_nobody_uses_takes_no_name_away() {
    let mut document = components(json!({
        "Team": {"type": "object", "properties": {"role": {"type": "string", "enum": ["a", "b"]}}},
    }));
    document["components"]["schemas"]["TeamRole"] = json!({"type": "object"});
    document["components"]["schemas"]["team"] = json!({"type": "object"});
    assert_snapshot!(run(document).types(), @r#"
    pub struct Team {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<TeamRole>,
    }
    pub enum TeamRole {
        A,
        B,
        Unknown(String),
    }
    "#);
}
