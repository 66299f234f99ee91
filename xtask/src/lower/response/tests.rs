//! Responses on minimal fragments.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::*;
use crate::testing::{operation, run};

#[test]
fn statuses_are_codes_ranges_or_the_default() {
    assert_eq!(statuses("404"), Some(StatusPattern::Code(404)));
    assert_eq!(statuses("4xx"), Some(StatusPattern::Range(4)));
    assert_eq!(statuses("default"), Some(StatusPattern::Default));
    assert_eq!(statuses("999"), None);
    let status = |on| Status { on, description: String::new() };
    let both = [status(StatusPattern::Code(403)), status(StatusPattern::Range(5))];
    assert_eq!(variant(&both), "ForbiddenOrServerError");
}

fn calls(responses: Json) -> String {
    run(operation(json!({"operationId": "get", "responses": responses}))).calls()
}

/// A response whose body is an object of one property.
fn body(property: &str) -> Json {
    let schema = json!({"type": "object", "properties": {property: {"type": "string"}}});
    json!({"description": property, "content": {"application/json": {"schema": schema}}})
}

/// A response whose body is text.
fn text() -> Json {
    json!({"content": {"application/json": {"schema": {"type": "string"}}}})
}

#[test]
fn statuses_of_one_body_are_one_response() {
    let mut described = body("message");
    described["content"]["application/json"]["schema"]["description"] = json!("Said otherwise.");
    let responses = json!({"201": body("id"), "400": body("message"), "404": described, "5XX": body("message")});
    assert_snapshot!(calls(responses), @"
    get: GET /things
      gives 201: GetResponse
      fails 400|404|5XX: GetError
    ");
}

#[test]
fn different_bodies_become_a_sum_by_status() {
    let responses = json!({
        "200": body("id"), "202": body("job"), "204": {"description": "Nothing."},
        "404": body("message"), "418": body("pot"), "4xx": text(), "default": {"description": "?"},
    });
    let outcome = run(operation(json!({"operationId": "get", "responses": responses})));
    assert_snapshot!(outcome.calls(), @"
    get: GET /things
      gives 200: GetResponse::Ok of GetOk
      gives 202: GetResponse::Accepted of GetAccepted
      gives 204: GetResponse::NoContent of ()
      fails 404: GetNotFound
      fails 418: GetImaTeapot
      fails 4XX: String
      fails default: ()
    ");
    assert_snapshot!(outcome.types(), @r#"
    pub struct GetAccepted {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub job: Option<String>,
    }
    pub struct GetImaTeapot {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub pot: Option<String>,
    }
    pub struct GetNotFound {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub message: Option<String>,
    }
    pub struct GetOk {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub id: Option<String>,
    }
    pub enum GetResponse {
        Ok(GetOk),
        Accepted(GetAccepted),
        NoContent,
    }
    "#);
}

#[test]
fn the_default_stands_for_success_only_where_no_other_response_does() {
    assert_snapshot!(calls(json!({"default": body("a")})), @"
    get: GET /things
      gives default: GetResponse
      fails default: GetResponse
    ");
    assert_snapshot!(calls(json!({"200": body("a"), "default": body("b")})), @"
    get: GET /things
      gives 200: GetResponse
      fails default: GetError
    ");
}

#[test]
fn the_arms_of_a_match_go_from_particular_to_general() {
    let responses = json!({"default": text(), "404": body("a"), "4XX": body("b"), "500": body("a"), "2XX": text()});
    let code =
        run(operation(json!({"operationId": "get", "responses": responses}))).operations_code();
    let arms = code.split("as_u16() {").nth(1).and_then(|it| it.split("        }\n    }").next());
    assert_snapshot!(arms.unwrap_or_default(), @"

    404 | 500 => {
        Err(response.error_with(ApiError::GetNotFoundOrInternalServerError))
    }
    _ if response.status().is_success() => response.json(),
    _ if response.status().is_client_error() => {
        Err(response.error_with(ApiError::GetClientError))
    }
    _ => Err(response.error_with(ApiError::Text)),
    ");
    let code = run(operation(json!({"responses": {"default": text()}}))).operations_code();
    let arms = code.split("as_u16() {").nth(1).and_then(|it| it.split("        }\n    }").next());
    assert_snapshot!(arms.unwrap_or_default(), @"

    _ if response.status().is_success() => response.json(),
    _ => Err(response.error_with(ApiError::Text)),
    ");
}

#[test]
fn nothing_documented_is_nothing_given() {
    assert_snapshot!(calls(json!({})), @"get: GET /things");
    assert_snapshot!(calls(json!({"200": {"description": "", "content": {}}})), @"
    get: GET /things
      gives 200: ()
    ");
    assert_snapshot!(calls(json!({"200": {"content": {"application/json": {}}}})), @"
    get: GET /things
      gives 200: serde_json::Value
    ");
}

#[test]
fn what_does_not_arrive_is_told() {
    let responses = json!({
        "200": {"content": {"text/csv": {}}},
        "2000": body("a"), "abc": body("b"), "x-note": "c",
        "4XX": body("d"), "4xx": body("e"),
        "500": {"$ref": "#/components/responses/None"},
    });
    assert_snapshot!(calls(responses), @"
    get: GET /things
      gives 200: String
      fails 4XX: GetError
    loss[response-status]: `2000` is no status
    loss[response-status]: `abc` is no status
    loss[response-status]: `4xx` is another way to write the same status
    loss[response-status]: `500` is a reference that leads nowhere
    ");
}

#[test]
fn responses_may_be_references() {
    let mut document = operation(json!({"operationId": "get", "responses": {
        "400": {"$ref": "#/components/responses/Bad"}, "404": {"$ref": "#/components/responses/Bad"},
    }}));
    document["components"]["responses"]["Bad"] = body("message");
    assert_snapshot!(run(document).calls(), @"
    get: GET /things
      fails 400|404: GetError
    deviation[no-success]: the page documents no success of the operation
    ");
}

#[test]
fn a_component_keeps_its_words_whatever_answers_with_it() {
    let wrapped = json!({"allOf": [{"$ref": "#/components/schemas/Problem"}]});
    let response = json!({"content": {"application/json": {"schema": wrapped}}});
    let mut document = operation(
        json!({"operationId": "get", "responses": {"400": response, "404": response, "500": body("message")}}),
    );
    document["components"]["schemas"]["Problem"] =
        json!({"type": "string", "enum": ["a", "b"], "description": "What is wrong."});
    let outcome = run(document);
    assert!(
        outcome.code_of("Problem").starts_with("/// What is wrong."),
        "{}",
        outcome.code_of("Problem")
    );
}

/// The arms of the match over the status.
fn arms(responses: Json) -> String {
    let code =
        run(operation(json!({"operationId": "get", "responses": responses}))).operations_code();
    let decoding = code.split("fn read(").nth(1).unwrap_or_default();
    let arms =
        decoding.split("as_u16() {").nth(1).and_then(|it| it.split("        }\n    }").next());
    let lines = arms.unwrap_or_default().lines().map(str::trim);
    lines.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_answer_that_ends_with_its_headers_has_no_body() {
    let responses = json!({
        "204": body("id"), "205": {"description": "Nothing."}, "304": body("id"), "404": body("message"),
    });
    assert_snapshot!(calls(responses), @"
    get: GET /things
      gives 204|205: ()
      fails 304: ()
      fails 404: GetNotFound
    note[no-content]: the content of `204` cannot arrive
    note[no-content]: the content of `304` cannot arrive
    ");
    assert_snapshot!(calls(json!({"200": body("id"), "204": body("id")})), @"
    get: GET /things
      gives 200: GetResponse::Ok of GetOk
      gives 204: GetResponse::NoContent of ()
    note[no-content]: the content of `204` cannot arrive
    ");
    let mut document = operation(json!({}));
    document["paths"]["/things"] = json!({"head": {"operationId": "probe", "responses": {
        "200": body("id"), "404": body("message"), "default": text(),
    }}});
    assert_snapshot!(run(document).calls(), @"
    probe: HEAD /things
      gives 200: ()
      fails 404|default: ()
    note[no-content]: the content of `200` cannot arrive
    note[no-content]: the content of `404` cannot arrive
    note[no-content]: the content of `default` cannot arrive
    ");
}

#[test]
fn a_success_that_is_not_listed_is_no_documented_error() {
    let csv = json!({"content": {"text/csv": {"schema": {"type": "string"}}}});
    let png = json!({"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}});
    let json = "200 => response.json(),";
    let problem = "_ => Err(response.error_with(ApiError::GetError)),";
    let unlisted = "_ if response.status().is_success() => response.unlisted_json(),";
    let undocumented = "_ => Err(response.undocumented()),";
    let empty = "_ if response.status().is_success() => response.empty(),";
    let two = "200 => response.json().map(types::GetResponse::Ok),\n\
               202 => response.json().map(types::GetResponse::Accepted),";
    for (responses, expected) in [
        (json!({"200": body("a"), "default": body("b")}), vec![json, unlisted, problem]),
        (
            json!({"200": body("a"), "404": body("b")}),
            vec![
                json,
                "404 => Err(response.error_with(ApiError::GetError)),",
                "_ => response.unlisted_json(),",
            ],
        ),
        (json!({"201": {"description": "Made."}, "default": body("b")}), vec![empty, problem]),
        (
            json!({"200": csv, "default": body("b")}),
            vec![
                "200 => response.text(),",
                "_ if response.status().is_success() => response.unlisted_text(),",
                problem,
            ],
        ),
        (
            json!({"200": png, "default": body("b")}),
            vec![
                "200 => response.bytes(),",
                "_ if response.status().is_success() => Err(response.undocumented()),",
                problem,
            ],
        ),
        // Which of the two it would be, nobody says.
        (
            json!({"200": body("a"), "202": body("c"), "default": body("b")}),
            vec![
                two,
                "_ if response.status().is_success() => Err(response.undocumented()),",
                problem,
            ],
        ),
        (json!({"200": body("a"), "202": body("c")}), vec![two, undocumented]),
        // All of them are documented.
        (
            json!({"2XX": body("c"), "default": body("b")}),
            vec!["_ if response.status().is_success() => response.json(),", problem],
        ),
        (
            json!({"default": body("b")}),
            vec![
                "_ if response.status().is_success() => response.json(),",
                "_ => Err(response.error_with(ApiError::GetResponse)),",
            ],
        ),
        // No success is, so that there is none to miss.
        (
            json!({"404": body("b")}),
            vec![
                "404 => Err(response.error_with(ApiError::GetError)),",
                "_ => response.unlisted_empty(),",
            ],
        ),
    ] {
        assert_eq!(arms(responses), expected.join("\n"));
    }
    let code = run(operation(json!({"operationId": "get", "responses": {}}))).operations_code();
    assert!(code.contains("response.unlisted_empty()\n"), "{code}");
}
