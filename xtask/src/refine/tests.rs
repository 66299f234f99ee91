//! The code that comes out, on minimal fragments.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::{component, components, operation, run};

#[test]
fn a_choice_has_a_variant_for_each_property() {
    let one = |name: &str| json!({"required": [name]});
    let document = component(
        "Invite",
        json!({
            "type": "object",
            "required": ["roles"],
            "properties": {
                "roles": {"type": "array", "items": {"type": "string"}},
                "email": {"type": "string", "description": "By mail."},
                "username": {"type": "string"},
            },
            "oneOf": [one("email"), one("username")],
        }),
    );
    let outcome = run(document);
    assert_snapshot!(outcome.code_of("InviteEmailOrUsername"), @r#"
    /// Exactly one of `email` and `username`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub enum InviteEmailOrUsername {
        /// By mail.
        #[serde(rename = "email")]
        Email(String),
        /// `username`
        #[serde(rename = "username")]
        Username(String),
    }
    "#);
    assert_snapshot!(outcome.code_of("Invite"), @r#"
    /// What [`call_0`](crate::Client::call_0) gives.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[non_exhaustive]
    pub struct Invite {
        /// Exactly one of `email` and `username`.
        #[serde(flatten)]
        pub email_or_username: InviteEmailOrUsername,
        /// `roles`
        pub roles: Vec<String>,
    }
    #[cfg(feature = "mock")]
    impl Invite {
        /// Makes one from the required fields; setters add the others.
        pub fn new(
            email_or_username: InviteEmailOrUsername,
            roles: impl IntoIterator<Item = impl Into<String>>,
        ) -> Self {
            Self {
                email_or_username,
                roles: roles.into_iter().map(Into::into).collect(),
            }
        }
    }
    impl<'de> Deserialize<'de> for Invite {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let object = runtime::Object::read(deserializer)?;
            Ok(Self {
                email_or_username: object.choice(&["email", "username"])?,
                roles: object.member("roles")?,
            })
        }
    }
    "#);
}

#[test]
fn members_that_the_page_does_not_name_are_read_after_those_that_it_names() {
    let document = component(
        "Labels",
        json!({
            "type": "object",
            "required": ["owner"],
            "properties": {"owner": {"type": "string"}, "count-of": {"type": "integer"}},
            "additionalProperties": {"type": "boolean"},
        }),
    );
    let outcome = run(document);
    let code = outcome.code_of("Labels");
    let decode = code.split_once("impl<'de> ").unwrap().1;
    assert_snapshot!(decode, @r#"
    Deserialize<'de> for Labels {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let object = runtime::Object::read(deserializer)?;
            Ok(Self {
                additional_properties: object.others(&["count-of", "owner"])?,
                count_of: object.member("count-of")?,
                owner: object.member("owner")?,
            })
        }
    }
    "#);
}

#[test]
fn what_is_all_constant_has_a_default_and_what_is_much_is_allowed() {
    let many: serde_json::Map<String, Json> =
        ('a'..='i').map(|it| (it.to_string(), json!({"type": "integer"}))).collect();
    let required: Vec<&String> = many.keys().collect();
    let document = components(json!({
        "Ping": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "ping"}}},
        "Many": {"type": "object", "required": required, "properties": many},
    }));
    let outcome = run(document);
    assert_snapshot!(outcome.code_of("Ping"), @r#"
    /// What [`call_0`](crate::Client::call_0) gives.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub struct Ping {
        /// `kind`
        ///
        /// Always `ping`.
        pub kind: String,
    }
    #[cfg(feature = "mock")]
    impl Ping {
        /// Makes one from the required fields; setters add the others.
        pub fn new() -> Self {
            Self { kind: "ping".to_owned() }
        }
    }
    #[cfg(feature = "mock")]
    impl Default for Ping {
        fn default() -> Self {
            Self::new()
        }
    }
    "#);
    assert!(outcome.code_of("Many").contains("#[allow(clippy::too_many_arguments"));
}

#[test]
fn arguments_take_text_for_strings_and_enums_and_what_is_in_a_box() {
    let document = components(json!({
        "Role": {"type": "string", "enum": ["a", "b"]},
        "Node": {"type": "object", "required": ["name", "role", "next"], "properties": {
            "name": {"type": "string"},
            "role": {"$ref": "#/components/schemas/Role"},
            "next": {"$ref": "#/components/schemas/Node"},
            "last": {"$ref": "#/components/schemas/Node"},
        }},
    }));
    let code = run(document).code_of("Node");
    let methods = code.split("impl Node").nth(1).unwrap_or_default();
    assert_snapshot!(methods, @"
     {
        /// Makes one from the required fields; setters add the others.
        pub fn new(name: impl Into<String>, next: Node, role: impl Into<Role>) -> Self {
            Self {
                last: None,
                name: name.into(),
                next: Box::new(next),
                role: role.into(),
            }
        }
        /// Sets `last`.
        #[must_use]
        pub fn last(mut self, last: Node) -> Self {
            self.last = Some(Box::new(last));
            self
        }
    }
    ");
}

#[test]
fn an_enum_of_strings_is_its_variants_and_a_macro_of_the_runtime() {
    let values = json!({"type": "string", "enum": ["team_lead", "a`\"b"], "description": "What one may do."});
    assert_snapshot!(run(component("Role", values)).code_of("Role"), @r#"
    /// What one may do.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Role {
        /// `team_lead`
        TeamLead,
        /// `` a`"b ``
        Ab,
        /// A value that the vendor's page does not name.
        Unknown(String),
    }
    runtime::open_enum!(Role { TeamLead = "team_lead", Ab = "a`\"b" });
    "#);
}

#[test]
fn a_sum_says_what_each_status_means() {
    let text = json!({"application/json": {"schema": {"type": "string"}}});
    let number = json!({"application/json": {"schema": {"type": "integer"}}});
    let document = operation(json!({"operationId": "fetch", "responses": {
        "200": {"description": "There it is.\n\n```json\n{}\n```", "content": text},
        "202": {"description": "Not yet.", "content": number},
        "204": {"description": ""},
    }}));
    assert_snapshot!(run(document).code_of("FetchResponse"), @"
    /// What [`fetch`](crate::Client::fetch) gives, by status.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum FetchResponse {
        /// `200`:
        ///
        /// There it is.
        ///
        /// ```text
        /// {}
        /// ```
        Ok(String),
        /// `202`: Not yet.
        Accepted(i64),
        /// `204`
        NoContent,
    }
    ");
}
