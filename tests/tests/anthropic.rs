//! Anthropic: every status of its page, the nine kinds of its errors, and its constant header.

use bindery_anthropic::types::{
    CreateInviteParams, ErrorDetail, ErrorResponse, Invite, InviteStatus, NoAdminRole, Role,
};
use bindery_anthropic::{ApiError, Client, Error};
use bindery_tests::document::{Document, Operation};
use bindery_tests::normal_form::assert_round_trip;
use bindery_tests::server::Server;
use bindery_tests::subject::{Anthropic, SECRET, Subject as _, undecodable};
use serde_json::{Value, json};

/// The kinds that the page names, as the client names them.
const KINDS: [&str; 9] = [
    "invalid_request_error",
    "authentication_error",
    "billing_error",
    "permission_error",
    "not_found_error",
    "rate_limit_error",
    "timeout_error",
    "api_error",
    "overloaded_error",
];

async fn call(server: &Server) -> Result<Invite, Error> {
    let client = Anthropic::client(&server.url());
    client.create_invite(CreateInviteParams::new("a@example.com", NoAdminRole::User)).await
}

fn operation(document: &Document) -> Operation<'_> {
    document.operation("post", "/v1/organizations/invites")
}

/// The vendor's own invite.
fn example() -> Value {
    operation(&Document::of("bindery-anthropic")).response_examples("200")[0].clone()
}

/// The one error that the page documents.
fn documented(error: &Error) -> &ErrorResponse {
    match error.api() {
        Some(ApiError::ErrorResponse(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_page_documents_what_is_tested_here() {
    let document = Document::of("bindery-anthropic");
    let operation = operation(&document);
    assert_eq!(operation.statuses(), ["200", "4XX"]);
    assert_eq!(operation.request_examples().len(), 1);
    operation.request().assert_valid(operation.request_examples()[0]);
    for status in operation.statuses() {
        assert_eq!(operation.response_examples(status).len(), 1);
        operation.response(status).assert_valid(operation.response_examples(status)[0]);
    }
}

#[tokio::test]
async fn the_request_is_what_the_vendor_asks_for_and_no_more() {
    let server = Server::json(200, &example()).await;
    let client = Anthropic::client(&server.url());
    let body = CreateInviteParams::new("user@emaildomain.com", NoAdminRole::User);
    client.create_invite(body).await.unwrap();

    let received = server.received().await;
    assert_eq!(received.line, "POST /v1/organizations/invites");
    let expected = [
        ("accept", "application/json"),
        ("anthropic-version", "2023-06-01"),
        ("content-type", "application/json"),
        ("user-agent", "bindery-anthropic/0.1.0"),
        ("x-api-key", SECRET),
    ];
    assert_eq!(received.headers(), expected);
    let document = Document::of("bindery-anthropic");
    assert_eq!(&received.body, operation(&document).request_examples()[0]);
    operation(&document).request().assert_valid(&received.body);
}

#[tokio::test]
async fn the_invite_comes_back_typed_and_is_the_same_json() {
    let server = Server::json(200, &example()).await;
    let invite = call(&server).await.unwrap();
    assert_eq!(invite.id, "invite_015gWxCN9Hfg2QhZwTK7Mdeu");
    assert_eq!(invite.type_, "invite");
    assert_eq!(invite.email, "user@emaildomain.com");
    assert_eq!(invite.role, Role::User);
    assert_eq!(invite.status, InviteStatus::Pending);
    let (invited, expires) = (invite.invited_at.to_utc(), invite.expires_at.to_utc());
    let (invited, expires) = (invited.unwrap(), expires.unwrap());
    assert_eq!(invited.timestamp_micros(), 1_730_332_707_427_722);
    assert_eq!((expires - invited).num_days(), 21);
    let document = Document::of("bindery-anthropic");
    assert_round_trip(&operation(&document).response("200"), &example(), &invite);
}

#[tokio::test]
async fn what_the_page_does_not_declare_is_ignored_and_an_offset_is_the_same_instant() {
    let mut answer = example();
    answer["workspace"] = json!({ "id": 1 });
    answer["invited_at"] = json!("2024-10-31T00:58:27.427722+01:00");
    let invite = call(&Server::json(200, &answer).await).await.unwrap();
    assert_eq!(invite, call(&Server::json(200, &example()).await).await.unwrap());
    let document = Document::of("bindery-anthropic");
    assert_round_trip(&operation(&document).response("200"), &answer, &invite);
}

#[tokio::test]
async fn the_version_of_the_api_can_be_another() {
    let server = Server::json(200, &example()).await;
    let builder = Anthropic::builder(&server.url()).header("Anthropic-Version", "2030-01-01");
    let client: Client = builder.build().unwrap();
    Anthropic::call(&client).await.unwrap();
    let received = server.received().await;
    assert_eq!(received.header("anthropic-version"), Some("2030-01-01"));
    assert_eq!(received.headers.len(), 5, "one takes the place of the other");
}

#[tokio::test]
async fn every_kind_of_error_is_told_apart_by_its_type() {
    let document = Document::of("bindery-anthropic");
    let schema = operation(&document).response("4XX");
    for (index, kind) in KINDS.into_iter().enumerate() {
        let answer = json!({ "type": "error", "error": { "type": kind, "message": "No." } });
        schema.assert_valid(&answer);
        let status = [400, 401, 402, 403, 404, 429, 408, 418, 499][index];
        let error = call(&Server::json(status, &answer).await).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        let typed = documented(&error);
        assert_eq!(typed.type_, "error");
        assert_eq!(told(&typed.error), (index, kind, "No."));
        assert_round_trip(&schema, &answer, typed);
    }
}

/// The place of the kind in [`KINDS`], and what it holds.
fn told(error: &ErrorDetail) -> (usize, &str, &str) {
    use ErrorDetail as Kind;
    match error {
        Kind::InvalidRequestError(it) => (0, &it.type_, &it.message),
        Kind::AuthenticationError(it) => (1, &it.type_, &it.message),
        Kind::BillingError(it) => (2, &it.type_, &it.message),
        Kind::PermissionError(it) => (3, &it.type_, &it.message),
        Kind::NotFoundError(it) => (4, &it.type_, &it.message),
        Kind::RateLimitError(it) => (5, &it.type_, &it.message),
        Kind::TimeoutError(it) => (6, &it.type_, &it.message),
        Kind::ApiError(it) => (7, &it.type_, &it.message),
        Kind::OverloadedError(it) => (8, &it.type_, &it.message),
        other => panic!("no kind of the page: {other:?}"),
    }
}

#[tokio::test]
async fn the_vendors_own_error_comes_back_typed() {
    let document = Document::of("bindery-anthropic");
    let example = operation(&document).response_examples("4XX")[0].clone();
    let error = call(&Server::json(400, &example).await).await.unwrap_err();
    assert_eq!(error.operation(), "create_invite");
    let typed = documented(&error);
    assert_eq!(told(&typed.error), (0, "invalid_request_error", "Invalid request"));
    assert_round_trip(&operation(&document).response("4XX"), &example, typed);
}

#[tokio::test]
async fn an_unknown_kind_keeps_its_json() {
    let unknown = [
        json!({ "type": "teapot_error", "message": "Short.", "spout": [1, null, { "a": 0.5 }] }),
        json!({ "message": "Of no type." }),
        json!({ "type": 7 }),
    ];
    for detail in unknown {
        let answer = json!({ "type": "error", "error": detail });
        let error = call(&Server::json(418, &answer).await).await.unwrap_err();
        let typed = documented(&error);
        assert_eq!(typed.error, ErrorDetail::Unknown(detail));
        assert_eq!(serde_json::to_value(typed).unwrap(), answer);
    }
}

#[tokio::test]
async fn a_missing_property_is_named_with_its_path() {
    let detail = |detail: Value| json!({ "type": "error", "error": detail });
    let cases = [
        (detail(json!({ "type": "api_error" })), "error.message: missing field `message`"),
        (detail(json!({ "type": "api_error", "message": 1 })), "error.message: "),
        (json!({ "type": "error" }), "error: missing field `error`"),
    ];
    for (answer, expected) in cases {
        let error = call(&Server::json(400, &answer).await).await.unwrap_err();
        let told = undecodable(&error);
        assert!(told.starts_with(expected), "{told}");
        assert_eq!(error.status().unwrap(), 400);
        let body: Value = serde_json::from_slice(error.body().unwrap()).unwrap();
        assert_eq!(body, answer);
    }
    for property in ["email", "expires_at", "id", "invited_at", "role", "status", "type"] {
        let mut answer = example();
        answer.as_object_mut().unwrap().remove(property);
        let error = call(&Server::json(200, &answer).await).await.unwrap_err();
        assert_eq!(undecodable(&error), format!("{property}: missing field `{property}`"));
    }
}

#[tokio::test]
async fn values_that_the_page_does_not_name_are_received_and_sent() {
    let mut answer = example();
    answer["role"] = json!("owner");
    answer["status"] = json!("bounced");
    let server = Server::json(200, &answer).await;
    let client = Anthropic::client(&server.url());
    let body = CreateInviteParams::new("a@example.com", "claude_code_user");
    assert_eq!(body.role, NoAdminRole::Unknown("claude_code_user".to_owned()));
    let invite = client.create_invite(body).await.unwrap();
    assert_eq!(invite.role, Role::Unknown("owner".to_owned()));
    assert_eq!(invite.status.as_str(), "bounced");
    assert_eq!(serde_json::to_value(&invite.status).unwrap(), "bounced");
    assert_eq!(server.received().await.body["role"], "claude_code_user");
}
