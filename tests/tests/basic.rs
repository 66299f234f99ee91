//! Basic: every status of its page, its three servers, and exactly one of email and username. The
//! page has no examples, so that they are written here, by its schemas.

use bindery_basic::types::{CreateTeamInviteParams, CreateTeamInviteResponse, Invitee};
use bindery_basic::{ApiError, Client, Credential, Error, Server as Host};
use bindery_tests::document::{Document, Operation};
use bindery_tests::normal_form::assert_round_trip;
use bindery_tests::server::Server;
use bindery_tests::subject::{Basic, Subject as _, undecodable};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

async fn call(server: &Server) -> Result<CreateTeamInviteResponse, Error> {
    let client = Basic::client(&server.url());
    let invitee = Invitee::Email("a@example.com".to_owned());
    client.create_team_invite("t-1", CreateTeamInviteParams::new(invitee, "admin")).await
}

fn operation(document: &Document) -> Operation<'_> {
    document.operation("post", "/team/{team_id}/invite")
}

fn created() -> Value {
    json!({ "data": {
        "id": "i-1",
        "team_id": "t-1",
        "account_id": "a-1",
        "roles": "admin",
        "role_name": "Administrator",
        "created_at": "2025-01-02T03:04:05.000Z",
        "expires_at": "2025-02-02T03:04:05+01:00",
        "email_or_username": "a@example.com",
    } })
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn the_page_documents_what_is_tested_here() {
    let document = Document::of("bindery-basic");
    let operation = operation(&document);
    assert_eq!(operation.statuses(), ["201", "400", "403", "404", "500"]);
    assert!(operation.request_examples().is_empty());
    operation.response("201").assert_valid(&created());
    assert!(!operation.response("201").accepts(&json!({ "data": { "created_at": "today" } })));
}

#[tokio::test]
async fn the_request_is_what_the_vendor_asks_for_and_no_more() {
    let server = Server::json(201, &created()).await;
    let client = Basic::client(&server.url());
    let body = CreateTeamInviteParams::new(Invitee::Username("alice".to_owned()), "editor,viewer")
        .role_name("Editor")
        .expires_at(time("2025-02-02T02:04:05Z"));
    client.create_team_invite("t 1/ü?#%", body).await.unwrap();

    let received = server.received().await;
    assert_eq!(received.line, "POST /team/t%201%2F%C3%BC%3F%23%25/invite");
    let expected = [
        ("accept", "application/json"),
        ("authorization", "Bearer sk-t0p/s3cret+key=="),
        ("content-type", "application/json"),
        ("user-agent", "bindery-basic/0.1.0"),
    ];
    assert_eq!(received.headers(), expected);
    let expected = json!({
        "username": "alice",
        "roles": "editor,viewer",
        "role_name": "Editor",
        "expires_at": "2025-02-02T02:04:05Z",
    });
    assert_eq!(received.body, expected);
    operation(&Document::of("bindery-basic")).request().assert_valid(&received.body);
}

#[tokio::test]
async fn exactly_one_of_email_and_username_is_sent() {
    let document = Document::of("bindery-basic");
    let schema = operation(&document).request();
    let invitees = [
        (Invitee::Email("a@example.com".to_owned()), json!({ "email": "a@example.com" })),
        (Invitee::Username("a".to_owned()), json!({ "username": "a" })),
    ];
    for (invitee, mut expected) in invitees {
        let server = Server::json(201, &created()).await;
        let client = Basic::client(&server.url());
        let body = CreateTeamInviteParams::new(invitee, "admin");
        client.create_team_invite("t-1", body).await.unwrap();
        expected["roles"] = json!("admin");
        let received = server.received().await;
        assert_eq!(received.body, expected, "what is optional is not sent unless set");
        schema.assert_valid(&received.body);
    }
    assert!(!schema.accepts(&json!({ "roles": "admin" })), "the page wants one of the two");
    assert!(!schema.accepts(&json!({ "roles": "admin", "email": "a@b.c", "username": "a" })));
}

#[tokio::test]
async fn the_invite_comes_back_typed_and_is_the_same_json() {
    let invite = call(&Server::json(201, &created()).await).await.unwrap();
    let data = invite.data.clone().unwrap();
    assert_eq!(data.id.as_deref(), Some("i-1"));
    assert_eq!(data.team_id.as_deref(), Some("t-1"));
    assert_eq!(data.account_id.as_deref(), Some("a-1"));
    assert_eq!(data.roles.as_deref(), Some("admin"));
    assert_eq!(data.role_name.as_deref(), Some("Administrator"));
    assert_eq!(data.email_or_username.as_deref(), Some("a@example.com"));
    assert_eq!(data.created_at, Some(time("2025-01-02T03:04:05Z").into()));
    assert_eq!(data.expires_at, Some(time("2025-02-02T02:04:05Z").into()));
    let document = Document::of("bindery-basic");
    assert_round_trip(&operation(&document).response("201"), &created(), &invite);
}

#[tokio::test]
async fn what_is_optional_may_be_absent_or_null() {
    let empty = CreateTeamInviteResponse::new();
    for answer in [json!({}), json!({ "data": null })] {
        assert_eq!(call(&Server::json(201, &answer).await).await.unwrap(), empty);
    }
    assert_eq!(serde_json::to_value(&empty).unwrap(), json!({}));
}

#[tokio::test]
async fn the_four_errors_are_of_one_type() {
    let document = Document::of("bindery-basic");
    for status in [400, 403, 404, 500] {
        let schema = operation(&document).response(&status.to_string());
        let answer = json!({ "error": "Forbidden", "message": "Not your team." });
        schema.assert_valid(&answer);
        let error = call(&Server::json(status, &answer).await).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        let ApiError::CreateTeamInviteError(typed) = error.api().unwrap() else {
            panic!("{error:?}")
        };
        assert_eq!(typed.error.as_deref(), Some("Forbidden"));
        assert_eq!(typed.message.as_deref(), Some("Not your team."));
        assert_round_trip(&schema, &answer, typed);
    }
}

#[tokio::test]
async fn what_does_not_fit_is_told_with_its_path() {
    let answer = json!({ "data": { "created_at": 7 } });
    let error = call(&Server::json(201, &answer).await).await.unwrap_err();
    assert!(undecodable(&error).starts_with("data.created_at: "), "{error}");
    assert_eq!(error.status().unwrap(), 201);
}

#[tokio::test]
async fn a_time_that_is_none_does_not_fail_the_answer() {
    let answer = json!({ "data": { "created_at": "today", "team_id": "t-1" } });
    let data = call(&Server::json(201, &answer).await).await.unwrap().data.unwrap();
    assert_eq!(data.team_id.as_deref(), Some("t-1"));
    let created = data.created_at.unwrap();
    assert_eq!(created.to_utc().unwrap_err().to_string(), "\"today\" is no date-time");
}

#[tokio::test]
async fn a_team_that_would_lead_to_another_path_is_not_sent() {
    let server = Server::json(201, &created()).await;
    let client = Basic::client(&server.url());
    for team in ["", ".", ".."] {
        let body = CreateTeamInviteParams::new(Invitee::Username("a".to_owned()), "admin");
        let error = client.create_team_invite(team, body).await.unwrap_err();
        assert!(error.to_string().starts_with("create_team_invite: not sent: "), "{error}");
    }
    assert!(server.all_received().await.is_empty());
}

#[test]
fn the_servers_of_the_page_have_names_and_production_is_the_default() {
    let shown = |client: Client| format!("{client:?}");
    assert!(shown(Client::new("t").unwrap()).contains("https://api.basic.tech"));
    assert_eq!(Host::default(), Host::Production);
    let urls = [
        (Host::Production, "https://api.basic.tech"),
        (Host::Staging, "https://beta.api.basic.tech"),
        (Host::Development, "http://localhost:3003"),
    ];
    for (host, url) in urls {
        assert_eq!(host.url(), url);
        let client =
            Client::builder().credential(Credential::token("t")).base_url(host).build().unwrap();
        assert!(shown(client).contains(url));
    }
}
