//! Better Stack: every status of its page, and the two successes that are of different types.

use bindery_betterstack::types::{InviteTeamMemberBody, InviteTeamMemberResponse, Role};
use bindery_betterstack::{ApiError, Error};
use bindery_tests::document::{Document, Operation};
use bindery_tests::normal_form::assert_round_trip;
use bindery_tests::server::Server;
use bindery_tests::subject::{BetterStack, Subject as _, undecodable};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

async fn call(server: &Server) -> Result<InviteTeamMemberResponse, Error> {
    let client = BetterStack::client(&server.url());
    client.invite_team_member(InviteTeamMemberBody::new("a@example.com")).await
}

fn operation(document: &Document) -> Operation<'_> {
    document.operation("post", "/api/v2/team-members")
}

/// The vendor's own body for a success.
fn example(status: &str) -> Value {
    operation(&Document::of("bindery-betterstack")).response_examples(status)[0].clone()
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn the_page_documents_what_is_tested_here() {
    let document = Document::of("bindery-betterstack");
    let operation = operation(&document);
    assert_eq!(operation.statuses(), ["200", "201", "403", "422", "429"]);
    for status in operation.statuses() {
        let examples = operation.response_examples(status);
        assert_eq!(examples.len(), if status == "422" { 4 } else { 1 });
        examples.iter().for_each(|example| operation.response(status).assert_valid(example));
    }
}

#[tokio::test]
async fn the_request_is_what_the_vendor_asks_for_and_no_more() {
    let server = Server::json(201, &example("201")).await;
    call(&server).await.unwrap();
    let received = server.received().await;
    assert_eq!(received.line, "POST /api/v2/team-members", "no query unless a team is set");
    let expected = [
        ("accept", "application/json"),
        ("authorization", "Bearer sk-t0p/s3cret+key=="),
        ("content-type", "application/json"),
        ("user-agent", "bindery-betterstack/0.1.0"),
    ];
    assert_eq!(received.headers(), expected);
    assert_eq!(received.body, json!({ "email": "a@example.com" }), "no role unless it is set");
    operation(&Document::of("bindery-betterstack")).request().assert_valid(&received.body);
}

#[tokio::test]
async fn what_is_optional_is_sent_when_it_is_set() {
    let document = Document::of("bindery-betterstack");
    let roles = [
        (Role::Responder, "responder"),
        (Role::Member, "member"),
        (Role::TeamLead, "team_lead"),
        (Role::BillingAdmin, "billing_admin"),
    ];
    for (role, on_the_wire) in roles {
        let server = Server::json(201, &example("201")).await;
        let client = BetterStack::client(&server.url());
        let body = InviteTeamMemberBody::new("a@example.com").role(role);
        client.invite_team_member(body).team_name("R&D, a+b=ü").await.unwrap();
        let received = server.received().await;
        let line = "POST /api/v2/team-members?team_name=R%26D%2C+a%2Bb%3D%C3%BC";
        assert_eq!(received.line, line);
        assert_eq!(received.body, json!({ "email": "a@example.com", "role": on_the_wire }));
        operation(&document).request().assert_valid(&received.body);
    }
}

#[tokio::test]
async fn an_invitation_comes_back_typed_and_is_the_same_json() {
    let answer = example("201");
    let response = call(&Server::json(201, &answer).await).await.unwrap();
    let InviteTeamMemberResponse::Created(created) = response else {
        panic!("201 is an invitation: {response:?}")
    };
    assert_eq!(created.message, "Invitation sent");
    assert_eq!(created.data.id, "202");
    assert_eq!(created.data.type_, "team_member_invitation");
    assert_eq!(created.data.attributes.email, "new.user@example.com");
    assert_eq!(created.data.attributes.role, "member");
    assert_eq!(created.data.attributes.invited_at, time("2023-10-29T14:00:00Z"));
    let document = Document::of("bindery-betterstack");
    assert_round_trip(&operation(&document).response("201"), &answer, &created);
}

#[tokio::test]
async fn a_member_comes_back_typed_and_is_the_same_json() {
    let answer = example("200");
    let response = call(&Server::json(200, &answer).await).await.unwrap();
    let InviteTeamMemberResponse::Ok(member) = response else {
        panic!("200 is a member: {response:?}")
    };
    assert_eq!(member.message, "User is already a member of the team");
    assert_eq!(member.data.id, "101");
    assert_eq!(member.data.type_, "team_member");
    assert_eq!(member.data.attributes.email, "alice@example.com");
    assert_eq!(member.data.attributes.first_name, "Alice");
    assert_eq!(member.data.attributes.last_name, "Smith");
    assert_eq!(member.data.attributes.created_at, time("2023-10-26T10:00:00Z"));
    assert_eq!(member.data.attributes.role, "admin");
    let document = Document::of("bindery-betterstack");
    assert_round_trip(&operation(&document).response("200"), &answer, &member);
}

#[tokio::test]
async fn the_status_and_not_the_body_decides_which_success_it_is() {
    let error = call(&Server::json(200, &example("201")).await).await.unwrap_err();
    assert!(undecodable(&error).starts_with("data.attributes."), "{error}");
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test]
async fn the_three_errors_are_of_one_type() {
    let document = Document::of("bindery-betterstack");
    for status in [403, 422, 429] {
        let written = status.to_string();
        for answer in operation(&document).response_examples(&written) {
            let error = call(&Server::json(status, answer).await).await.unwrap_err();
            assert_eq!(error.status().unwrap(), status);
            let ApiError::InviteTeamMemberError(typed) = error.api().unwrap() else {
                panic!("{error:?}")
            };
            assert_eq!(answer["errors"], typed.errors);
            assert_round_trip(&operation(&document).response(&written), answer, typed);
        }
    }
}

#[tokio::test]
async fn an_error_in_another_form_keeps_its_body_and_names_the_path() {
    let answer = json!({ "errors": { "email": ["is invalid"] } });
    let error = call(&Server::json(422, &answer).await).await.unwrap_err();
    assert!(undecodable(&error).starts_with("errors: "), "{error}");
    assert_eq!(serde_json::from_slice::<Value>(error.body().unwrap()).unwrap(), answer);
    let error = call(&Server::json(422, &json!({})).await).await.unwrap_err();
    assert_eq!(undecodable(&error), "errors: missing field `errors`");
}

#[tokio::test]
async fn a_role_that_the_page_does_not_name_is_sent() {
    let server = Server::json(201, &example("201")).await;
    let client = BetterStack::client(&server.url());
    let body = InviteTeamMemberBody::new("a@example.com").role("auditor");
    assert_eq!(body.role, Some(Role::Unknown("auditor".to_owned())));
    client.invite_team_member(body).await.unwrap();
    assert_eq!(server.received().await.body["role"], "auditor");
}
