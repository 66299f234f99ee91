//! Operations on minimal fragments.

use insta::assert_snapshot;
use serde_json::json;

use crate::openapi::OperationKey;
use crate::testing::{component, operation, run};

#[test]
fn placeholders_are_found_once_and_in_order() {
    let key = OperationKey { path: "/a/{b}{c}/{b}/{}/{d", method: "get" };
    assert_eq!(key.path_parameters(), ["b", "c"]);
}

#[test]
fn arguments_stand_in_an_order_that_a_page_cannot_change() {
    let parameter = |name: &str, place: &str, required: bool| json!({"name": name, "in": place, "required": required});
    let document = json!({"paths": {"/a/{z}/{b}": {
        "parameters": [parameter("b", "path", true), parameter("limit", "query", false)],
        "get": {"parameters": [
            parameter("zone", "query", true),
            parameter("X-Trace", "header", false),
            parameter("X-Account", "header", true),
            parameter("limit", "query", true),
            parameter("after", "query", false),
            parameter("client", "query", false),
            parameter("gone", "path", true),
        ]},
    }}});
    assert_snapshot!(run(document).calls(), @r#"
    get_a_z_b: GET /a/{z}/{b}
      path "z" as z: String
      path "b" as b: String
      query "limit" as limit: String
      query "zone" as zone: String
      header "X-Account" as x_account: String
      query "after" as after: Option<String>
      query "client" as client: Option<String>
      header "X-Trace" as x_trace: Option<String>
    note[parameter-not-in-path]: the path `/a/{z}/{b}` has no place for the parameter `gone`
    "#);
}

#[test]
fn parameters_may_be_references_and_have_types() {
    let mut document = operation(json!({"parameters": [
        {"$ref": "#/components/parameters/Limit"},
        {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "string", "format": "uuid"}}},
        {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["asc", "desc"]}},
        {"name": "on", "in": "query", "schema": {"type": ["boolean", "null"]}},
    ]}));
    document["components"]["parameters"]["Limit"] =
        json!({"name": "limit", "in": "query", "schema": {"type": "integer", "default": 10}});
    let outcome = run(document);
    assert_snapshot!(outcome.calls(), @r#"
    get_things: GET /things
      query "ids" as ids: Option<Vec<uuid::Uuid>>
      query "limit" as limit: Option<i64>
      query "on" as on: Option<bool>
      query "sort" as sort: Option<GetThingsSort>
    "#);
    assert_snapshot!(outcome.types(), @"
    pub enum GetThingsSort {
        Asc,
        Desc,
        Unknown(String),
    }
    ");
}

#[test]
fn headers_of_http_and_of_the_client_are_no_parameters() {
    let header = |name: &str| json!({"name": name, "in": "header", "required": true});
    let mut credential = header("x-api-key");
    credential["x-bindery"] = json!({"role": "credential"});
    let parameters =
        [header("Accept"), header("Content-Type"), header("authorization"), credential];
    assert_snapshot!(run(operation(json!({"parameters": parameters}))).calls(), @r"
    get_things: GET /things
    note[ignored-header]: the parameter `Accept` is not asked for
    note[ignored-header]: the parameter `Content-Type` is not asked for
    note[ignored-header]: the parameter `authorization` is not asked for
    loss[authorization-parameter]: calls need an `Authorization` header, and the document has no security scheme for it
    ");
}

#[test]
fn parameters_that_cannot_be_sent_are_told() {
    let document = operation(json!({"parameters": [
        {"name": "session", "in": "cookie"},
        {"name": "payload", "in": "body"},
        {"name": "not a header", "in": "header"},
        {"$ref": "#/components/parameters/None"},
        {"in": "query"},
    ]}));
    assert_snapshot!(run(document).calls(), @r#"
    get_things: GET /things
      cookie "session" as session: Option<String>
    loss[parameter-place]: the parameter `payload` in body is not supported
    loss[parameter-place]: `not a header` as a header is not supported
    loss[unresolved-part]: a parameter, `#/components/parameters/None`, is not there
    loss[parameter-place]: a parameter without a name is not supported
    "#);
}

#[test]
fn a_body_is_json_and_may_be_left_out() {
    let body = |media_type: &str, required: bool| {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        operation(
            json!({"requestBody": {"required": required, "content": {media_type: {"schema": schema}}}}),
        )
    };
    assert_snapshot!(run(body("application/json; charset=utf-8", true)).calls(), @"
    get_things: GET /things
      body application/json; charset=utf-8: GetThingsBody
    ");
    assert_snapshot!(run(body("application/merge-patch+json", false)).calls(), @"
    get_things: GET /things
      body application/merge-patch+json: Option<GetThingsBody>
    ");
    assert_snapshot!(run(body("text/csv", true)).calls(), @"
    get_things: GET /things
      body text/csv: String
    untyped[unparsed-media-type]: a body in text/csv arrives as it is, not as its schema
    ");
    assert_snapshot!(run(operation(json!({"requestBody": {"content": {}}}))).calls(), @"get_things: GET /things");
    assert_snapshot!(run(operation(json!({"requestBody": {"content": {"application/json": {}}}}))).calls(), @"
    get_things: GET /things
      body application/json: Option<serde_json::Value>
    ");
}

#[test]
fn a_body_may_be_a_reference_and_null() {
    let mut document =
        operation(json!({"requestBody": {"$ref": "#/components/requestBodies/Thing"}}));
    document["components"]["requestBodies"]["Thing"] = json!({
        "required": true,
        "content": {"application/json": {"schema": {"type": "string", "nullable": true}}},
    });
    assert_snapshot!(run(document).calls(), @"
    get_things: GET /things
      body application/json: Option<String>
    ");
}

#[test]
fn tags_become_modules() {
    let tagged = |tag: &str| json!({"get": {"tags": [tag, "more"]}});
    let document = json!({"paths": {
        "/a": tagged("Team Members"), "/b": tagged("types"), "/c": tagged("mod"), "/d": tagged(""),
    }});
    assert_snapshot!(run(document).calls(), @"
    get_a: GET /a [team_members]
    get_b: GET /b [types_]
    get_c: GET /c [mod_]
    get_d: GET /d
    ");
}

#[test]
fn types_are_named_as_if_the_parts_of_operations_had_no_names() {
    let mut document = component(
        "Thing",
        json!({"type": "object", "properties": {
            "call_0_request": {"type": "object", "properties": {"a": {"type": "string"}}},
        }}),
    );
    document["components"]["schemas"]["Call0Request"] =
        json!({"type": "object", "properties": {"b": {"type": "string"}}});
    let mut body = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Call0Request"}}}});
    body["required"] = json!(true);
    document["paths"]["/0"]["get"]["requestBody"] = body;
    assert_snapshot!(run(document).calls(), @"
    call_0: GET /0
      body application/json: Call0Request
      gives 200: Thing
    ");
}

#[test]
fn the_code_of_an_operation() {
    let document = json!({"paths": {"/things/{id}": {"post": {
        "operationId": "makeThing",
        "summary": "Make a thing",
        "description": "Makes one.",
        "parameters": [
            {"name": "id", "in": "path", "required": true, "description": "Which.", "schema": {"type": "string"}},
            {"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["a", "b"]}},
        ],
        "requestBody": {"content": {"application/json": {"schema": {"type": "array", "items": {"type": "integer"}}}}},
        "responses": {"204": {"description": "Made."}, "default": {"description": "Not made."}},
    }}}});
    assert_snapshot!(run(document).operations_code(), @r#"
    impl Client {
        /// Make a thing
        ///
        /// `POST /things/{id}`
        ///
        /// Makes one.
        ///
        /// # Arguments
        ///
        /// - `id`: Which.
        ///
        /// # Responses
        ///
        /// - `204`: Made.
        /// - any other status (`ApiError::Empty`): Not made.
        ///
        /// # Example
        ///
        /// ```no_run
        /// # async fn example(
        /// #     client: bindery_test::Client,
        /// # ) -> Result<(), Box<dyn std::error::Error>> {
        /// client.make_thing("id").await?;
        /// # Ok(())
        /// # }
        /// ```
        pub fn make_thing(&self, id: impl Into<String>) -> MakeThing {
            MakeThing {
                caller: self.inner.caller(),
                id: id.into(),
                kind: None,
                body: None,
            }
        }
    }
    /// The request of [`make_thing`](crate::Client::make_thing).
    #[derive(Clone, Debug)]
    #[must_use = "nothing is sent until it is awaited"]
    pub struct MakeThing {
        caller: runtime::Caller,
        id: String,
        kind: Option<types::MakeThingKind>,
        body: Option<Vec<i64>>,
    }
    impl MakeThing {
        /// Sets `kind`.
        pub fn kind(mut self, kind: impl Into<types::MakeThingKind>) -> Self {
            self.kind = Some(kind.into());
            self
        }
        /// Sets `body`.
        pub fn body(mut self, body: impl IntoIterator<Item = i64>) -> Self {
            self.body = Some(body.into_iter().collect());
            self
        }
    }
    impl runtime::Call for MakeThing {
        type Output = ();
        type Error = ApiError;
        const OPERATION: &'static runtime::Operation = &runtime::Operation::new(
            "make_thing",
            runtime::Method::POST,
            "/things/{id}",
        );
        fn caller(&mut self) -> &mut runtime::Caller {
            &mut self.caller
        }
        fn write(&self, request: &mut runtime::Request) {
            request.path("id", &self.id);
            request.query("kind", &self.kind);
            if let Some(body) = &self.body {
                request.json(body);
            }
        }
        fn read(response: runtime::Response) -> runtime::Outcome<Self> {
            match response.status().as_u16() {
                _ if response.status().is_success() => response.empty(),
                _ => Err(response.error_of(ApiError::Empty)),
            }
        }
    }
    impl IntoFuture for MakeThing {
        type Output = runtime::Outcome<Self>;
        type IntoFuture = runtime::CallFuture<Self>;
        fn into_future(self) -> Self::IntoFuture {
            runtime::Call::send(self)
        }
    }
    "#);
}

#[test]
fn a_part_that_is_not_there_is_lost_and_the_operation_is_not() {
    let to = |reference: &str| json!({"$ref": reference});
    let document = operation(json!({
        "parameters": [to("#/components/parameters/None"), {"name": "q", "in": "query"}],
        "requestBody": to("#/components/requestBodies/None"),
        "responses": {"200": to("#/components/responses/None")},
    }));
    assert_snapshot!(run(document).calls(), @r#"
    get_things: GET /things
      query "q" as q: Option<String>
    loss[unresolved-part]: a parameter, `#/components/parameters/None`, is not there
    loss[unresolved-part]: the body, `#/components/requestBodies/None`, is not there
    loss[response-status]: `200` is a reference that leads nowhere
    "#);
}

#[test]
fn an_idempotency_key_is_made_up_unless_it_is_given() {
    let parameter = |name: &str, place: &str, ty: &str| json!({"name": name, "in": place, "required": true, "schema": {"type": ty}});
    let outcome = run(operation(json!({"parameters": [
        parameter("X-Idempotency-Key", "header", "string"),
        parameter("idempotency-key", "query", "string"),
        parameter("Idempotency_Key", "header", "integer"),
        parameter("Idempotency-Key-Hint", "header", "string"),
    ]})));
    assert_snapshot!(outcome.calls(), @r#"
    get_things: GET /things
      query "idempotency-key" as idempotency_key: String
      header "Idempotency-Key-Hint" as idempotency_key_hint: String
      header "Idempotency_Key" as idempotency_key2: i64
      header "X-Idempotency-Key" as x_idempotency_key: Option<String>
    "#);
    let code = outcome.operations_code();
    assert_eq!(code.matches("request.idempotency(\"X-Idempotency-Key\");").count(), 1);
    assert_eq!(code.matches("request.idempotency(").count(), 1, "{code}");
}
