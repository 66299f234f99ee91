//! Null beside absence, where it is sent.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::run;

/// A document that sends a schema in a media type, and receives another.
fn exchanging(media_type: &str, sent: Json, received: Json) -> Json {
    json!({"openapi": "3.0.3", "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://a.example.com"}],
        "paths": {"/notes": {"patch": {"operationId": "change",
            "requestBody": {"required": true, "content": {media_type: {"schema": sent}}},
            "responses": {"200": {"description": "d", "content": {"application/json": {"schema": received}}}}}}}})
}

fn note() -> Json {
    json!({"type": "object", "required": ["owner"], "properties": {
        "due": {"type": "string", "nullable": true},
        "title": {"type": "string"},
        "owner": {"type": "string", "nullable": true},
    }})
}

#[test]
fn what_is_sent_in_json_is_left_out_or_null_or_a_value() {
    let document = exchanging("application/merge-patch+json", note(), json!({}));
    assert_snapshot!(run(document).code_of("ChangeBody"), @r#"
    /// The body of [`change`](crate::Client::change).
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub struct ChangeBody {
        /// `due`
        #[serde(
            default,
            deserialize_with = "bindery_runtime::nullable",
            skip_serializing_if = "Option::is_none"
        )]
        pub due: Option<Option<String>>,
        /// `owner`
        pub owner: Option<String>,
        /// `title`
        #[serde(skip_serializing_if = "Option::is_none")]
        pub title: Option<String>,
    }
    impl ChangeBody {
        /// Makes one from the required fields; setters add the others.
        pub fn new(owner: Option<String>) -> Self {
            Self {
                due: None,
                owner,
                title: None,
            }
        }
        /// Sets `due`.
        #[must_use]
        pub fn due(mut self, due: impl Into<String>) -> Self {
            self.due = Some(Some(due.into()));
            self
        }
        /// Sets `due` to null.
        #[must_use]
        pub fn due_null(mut self) -> Self {
            self.due = Some(None);
            self
        }
        /// Sets `title`.
        #[must_use]
        pub fn title(mut self, title: impl Into<String>) -> Self {
            self.title = Some(title.into());
            self
        }
    }
    "#);
}

#[test]
fn what_is_only_received_and_what_is_sent_in_a_form_has_no_null_of_its_own() {
    let received = run(exchanging("application/json", json!({}), note())).types();
    let form = run(exchanging("application/x-www-form-urlencoded", note(), json!({}))).types();
    for types in [received, form] {
        assert!(types.contains("pub due: Option<String>,"), "{types}");
    }
}

#[test]
fn what_stands_inside_of_what_is_sent_is_sent() {
    let held = json!({"type": "array", "items": {"oneOf": [note(), {"type": "string"}]}});
    let types = run(exchanging("application/json", held, json!({}))).types();
    assert!(types.contains("pub due: Option<Option<String>>,"), "{types}");
}

#[test]
fn an_object_with_other_members_reads_null_as_such() {
    let mut note = note();
    note["additionalProperties"] = json!(true);
    let code = run(exchanging("application/json", note, json!({}))).code_of("ChangeBody");
    assert!(code.contains("due: object.nullable(\"due\")?"), "{code}");
    assert!(code.contains("additional_properties: object.others("), "{code}");
}

#[test]
fn the_setter_of_null_is_called_as_the_property_is_on_the_wire() {
    let mut note = note();
    note["properties"]["default"] = note["properties"]["due"].clone();
    let code = run(exchanging("application/json", note, json!({}))).code_of("ChangeBody");
    assert!(code.contains("pub fn default_null(mut self)"), "{code}");
}
