//! What can be expected of an operation, on minimal fragments.

use insta::assert_snapshot;
use serde_json::json;

use crate::testing::run;

#[test]
fn an_expectation_has_a_method_for_each_part_and_for_each_type_of_reply() {
    let body = |schema: &str| json!({"content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}}});
    let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let document = json!({
        "paths": {"/things/{id}": {"put": {
            "operationId": "keep",
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "limit", "in": "query", "schema": {"type": "integer"}},
            ],
            "requestBody": {"required": true, "content": {"text/plain": {"schema": {"type": "string"}}}},
            "responses": {"200": body("A"), "201": body("B"), "204": {"description": "Nothing."}, "404": body("A"), "409": body("A")},
        }}},
        "components": {"schemas": {"A": object, "B": object}},
    });
    assert_snapshot!(run(document).expectations_code(), @r#"
    impl<'s> Expect<'s> {
        /// Expects a call of [`Client::keep`](crate::Client::keep).
        pub fn keep(self) -> Keep<'s> {
            let expected = self.server.expect(crate::operations::Keep::OPERATION);
            Keep {
                expected: expected.times(self.times),
            }
        }
    }
    /// What is expected of a call of [`Client::keep`](crate::Client::keep), and what is replied. What is not said may be anything.
    ///
    /// The methods that reply panic if no such call could be made.
    #[derive(Debug)]
    #[must_use = "nothing is expected until a reply is given"]
    pub struct Keep<'s> {
        expected: runtime::mock::Expect<'s>,
    }
    impl Keep<'_> {
        /// Expects this for the path: `id`. Any will do unless set.
        pub fn with_path(mut self, id: impl Into<String>) -> Self {
            let id: String = id.into();
            let request = self.expected.request();
            request.path("id", &id);
            self
        }
        /// Expects this for `limit`. Anything will do unless set.
        pub fn limit(mut self, limit: i64) -> Self {
            let request = self.expected.request();
            request.query("limit", &limit);
            self
        }
        /// Expects this for the body. Anything will do unless set.
        pub fn body(mut self, body: impl Into<String>) -> Self {
            let body: String = body.into();
            let request = self.expected.request();
            request.text("text/plain", &body);
            self
        }
        /// Expects a header. There may be others.
        pub fn with_header(mut self, name: &str, value: &str) -> Self {
            self.expected = self.expected.header(name, value);
            self
        }
        /// Replies with a status and a body as documented for `200`.
        #[track_caller]
        pub fn reply_ok(self, status: u16, body: types::A) {
            self.expected.reply(runtime::mock::Reply::json(status, &body));
        }
        /// Replies with a status and a body as documented for `201`.
        #[track_caller]
        pub fn reply_created(self, status: u16, body: types::B) {
            self.expected.reply(runtime::mock::Reply::json(status, &body));
        }
        /// Replies with a status and no body, as documented for `204`.
        #[track_caller]
        pub fn reply_no_content(self, status: u16) {
            self.expected.reply(runtime::mock::Reply::empty(status));
        }
        /// Replies with a status and a body as documented for `404`, `409`.
        #[track_caller]
        pub fn reply_error(self, status: u16, body: types::A) {
            self.expected.reply(runtime::mock::Reply::json(status, &body));
        }
        /// Replies with anything, documented or not: another body, more headers, a delay.
        #[track_caller]
        pub fn reply_with(self, reply: runtime::mock::Reply) {
            self.expected.reply(reply);
        }
    }
    "#);
}

#[test]
fn names_that_a_mock_needs_itself_are_free_for_parameters() {
    let names = ["request", "reply_error", "reply_with", "expected", "self", "value", "status"];
    let parameters: Vec<_> =
        names.map(|name| json!({"name": name, "in": "query", "schema": {"type": "string"}})).into();
    let document = json!({"paths": {"/": {"get": {
        "operationId": "expect", "parameters": parameters, "responses": {"400": {"description": "No."}},
    }}}});
    let code = run(document).expectations_code();
    let methods: Vec<&str> = code
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub fn "))
        .filter_map(|line| line.split_once('(').map(|(name, _)| name))
        .collect();
    let expected = [
        "expect",
        "expected",
        "reply_error",
        "reply_with2",
        "request",
        "self_",
        "status",
        "value",
        "with_header",
        "reply_error_",
        "reply_with",
    ];
    assert_eq!(methods, expected, "{code}");
}

#[test]
fn the_documentation_of_a_mock_is_a_test_of_the_first_operation() {
    let document = json!({"paths": {"/things": {"get": {
        "operationId": "listThings", "responses": {"200": {"content": {"application/json": {"schema": {"type": "string"}}}}},
    }}}});
    let mock = run(document).refined.map(|it| it.mock).unwrap_or_default();
    let text =
        mock.iter().map(|it| quote::ToTokens::to_token_stream(it).to_string()).collect::<String>();
    assert!(text.contains(r#"server.expect().list_things().reply_success(200"#), "{text}");
    assert!(text.contains(r#"client.list_things().send().await?"#), "{text}");
}
