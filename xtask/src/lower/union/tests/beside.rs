//! What stands beside the alternatives.

use insta::assert_snapshot;
use serde_json::json;

use super::object;
use crate::testing::{component, run};

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
        pub at: runtime::DateTime,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub kind: Option<String>,
        pub to: String,
    }
    pub struct EventMade {
        pub at: runtime::DateTime,
        pub by: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub kind: Option<String>,
    }
    "#);
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
    deviation[any-of]: of `oneOf` and `anyOf` side by side, `Thing` is made of the first
    ");
}

#[test]
fn what_goes_together_otherwise_is_left_to_the_caller() {
    let requires = |names: [&str; 2]| json!({"required": names});
    let schema = json!({"type": "object", "properties": {"a": {}, "b": {}, "c": {}},
        "oneOf": [requires(["a", "b"]), requires(["a", "c"])]});
    let expected =
        ["note[unenforced]: `oneOf`: which properties go together is left to the caller"];
    assert_eq!(run(component("Value", schema)).findings, expected);
}

#[test]
fn a_choice_of_names_that_escape_keywords_is_called_without_the_escape() {
    let schema = json!({"type": "object",
        "properties": {"type": {"type": "string"}, "url": {"type": "string"}},
        "oneOf": [{"required": ["type"]}, {"required": ["url"]}]});
    let types = run(component("Link", schema)).types();
    assert!(types.contains("pub type_or_url: LinkTypeOrUrl,"), "{types}");
}
