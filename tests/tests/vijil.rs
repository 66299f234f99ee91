//! Vijil: every status of its page, a client that needs a base url, and errors whose places mix
//! strings and integers. The page has no examples, so that they are written here, by its schemas.

use bindery_tests::document::{Document, Operation};
use bindery_tests::normal_form::assert_round_trip;
use bindery_tests::server::Server;
use bindery_tests::subject::{SECRET, Subject as _, Vijil, undecodable};
use bindery_vijil::types::{
    HttpValidationError, Invitation, InvitationStatus, InviteUserRequest, TeamRole,
    ValidationErrorLocItem as Loc,
};
use bindery_vijil::{ApiError, BuildError, Client, Credential, Error};
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

const TEAM: Uuid = uuid!("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d");

async fn call(server: &Server) -> Result<Invitation, Error> {
    let client = Vijil::client(&server.url());
    client.invite_users(TEAM, InviteUserRequest::new("a@example.com")).await
}

fn operation(document: &Document) -> Operation<'_> {
    document.operation("post", "/v1/teams/{team_id}/invites")
}

fn invitation() -> Value {
    json!({
        "id": "11111111-2222-4333-8444-555555555555",
        "team_id": TEAM,
        "email": "a@example.com",
        "invited_by": "66666666-7777-4888-9999-aaaaaaaaaaaa",
        "role": "MEMBER",
        "status": "PENDING",
        "created_at": 1_735_787_045,
        "expires_at": 1_736_391_845,
    })
}

fn invalid() -> Value {
    json!({ "detail": [
        { "loc": ["body", "invites", 0, "email"], "msg": "field required", "type": "missing" },
        { "loc": [], "msg": "", "type": "" },
    ] })
}

#[test]
fn the_page_documents_what_is_tested_here() {
    let document = Document::of("bindery-vijil");
    let operation = operation(&document);
    assert_eq!(operation.statuses(), ["201", "422"]);
    assert!(operation.request_examples().is_empty());
    operation.response("201").assert_valid(&invitation());
    operation.response("422").assert_valid(&invalid());
    let mut not_a_uuid = invitation();
    not_a_uuid["id"] = json!("17");
    assert!(!operation.response("201").accepts(&not_a_uuid), "formats are asserted");
}

/// The one error that the page documents.
fn documented(error: &Error) -> &HttpValidationError {
    match error.api() {
        Some(ApiError::HttpValidationError(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_request_is_what_the_vendor_asks_for_and_no_more() {
    let document = Document::of("bindery-vijil");
    for (role, body) in [
        (None, json!({ "email": "a@example.com" })),
        (Some(TeamRole::Owner), json!({ "email": "a@example.com", "role": "OWNER" })),
        (Some(TeamRole::Admin), json!({ "email": "a@example.com", "role": "ADMIN" })),
        (Some(TeamRole::Member), json!({ "email": "a@example.com", "role": "MEMBER" })),
    ] {
        let server = Server::json(201, &invitation()).await;
        let client = Vijil::client(&server.url());
        let mut request = InviteUserRequest::new("a@example.com");
        request.role = role;
        client.invite_users(TEAM, request).await.unwrap();

        let received = server.received().await;
        let line = "POST /v1/teams/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/invites";
        assert_eq!(received.line, line);
        let expected = [
            ("accept", "application/json"),
            ("authorization", "Bearer sk-t0p/s3cret+key=="),
            ("content-type", "application/json"),
            ("user-agent", "bindery-vijil/0.1.0"),
        ];
        assert_eq!(received.headers(), expected);
        assert_eq!(received.body, body);
        operation(&document).request().assert_valid(&received.body);
    }
}

#[tokio::test]
async fn the_invitation_comes_back_typed_and_is_the_same_json() {
    let invitation = invitation();
    let typed = call(&Server::json(201, &invitation).await).await.unwrap();
    assert_eq!(typed.id, uuid!("11111111-2222-4333-8444-555555555555"));
    assert_eq!(typed.team_id, TEAM);
    assert_eq!(typed.invited_by, uuid!("66666666-7777-4888-9999-aaaaaaaaaaaa"));
    assert_eq!(typed.email, "a@example.com");
    assert_eq!(typed.role, TeamRole::Member);
    assert_eq!(typed.status, InvitationStatus::Pending);
    assert_eq!((typed.created_at, typed.expires_at), (1_735_787_045, 1_736_391_845));
    let document = Document::of("bindery-vijil");
    assert_round_trip(&operation(&document).response("201"), &invitation, &typed);
}

#[tokio::test]
async fn the_places_of_an_error_mix_strings_and_integers() {
    let error = call(&Server::json(422, &invalid()).await).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 422);
    let typed = documented(&error);
    let detail = typed.detail.as_ref().unwrap();
    assert_eq!(detail.len(), 2);
    let text = |text: &str| Loc::String(text.to_owned());
    let expected = [text("body"), text("invites"), Loc::Integer(0), text("email")];
    assert_eq!(detail[0].loc, expected);
    assert_eq!(detail[0].msg, "field required");
    assert_eq!(detail[0].type_, "missing");
    assert!(detail[1].loc.is_empty());
    let document = Document::of("bindery-vijil");
    assert_round_trip(&operation(&document).response("422"), &invalid(), typed);
}

#[tokio::test]
async fn a_place_of_another_type_keeps_its_json() {
    let answer = json!({ "detail": [{ "loc": [{ "a": 1 }, null, 0.5], "msg": "", "type": "" }] });
    let error = call(&Server::json(422, &answer).await).await.unwrap_err();
    let typed = documented(&error);
    let loc = &typed.detail.as_ref().unwrap()[0].loc;
    let unknown = [json!({ "a": 1 }), json!(null), json!(0.5)].map(Loc::Unknown);
    assert_eq!(loc[..], unknown);
    assert_eq!(serde_json::to_value(typed).unwrap(), answer);
}

#[tokio::test]
async fn what_does_not_fit_is_told_with_its_path() {
    let detail =
        |detail: Value| json!({ "detail": [{ "loc": [], "msg": "", "type": "" }, detail] });
    let too_big = json!({ "loc": ["a", u64::MAX], "msg": "", "type": "" });
    let cases = [
        (422, detail(json!({ "loc": [], "type": "" })), "detail[1].msg: missing field `msg`"),
        (422, detail(json!({ "loc": "body", "msg": "", "type": "" })), "detail[1].loc: "),
        (422, detail(too_big), "detail[1].loc[1]: "),
        (422, json!([]), ""),
        (201, json!({ "id": "17" }), "id: "),
        (201, json!({ "id": TEAM }), "created_at: missing field `created_at`"),
    ];
    for (status, answer, expected) in cases {
        let error = call(&Server::json(status, &answer).await).await.unwrap_err();
        let told = undecodable(&error);
        assert!(told.starts_with(expected), "{told} instead of {expected}");
        assert_eq!(error.status().unwrap(), status);
    }
}

#[tokio::test]
async fn values_that_the_page_does_not_name_are_received_and_sent() {
    let mut answer = invitation();
    answer["role"] = json!("GUEST");
    answer["status"] = json!("pending");
    let server = Server::json(201, &answer).await;
    let client = Vijil::client(&server.url());
    let request = InviteUserRequest::new("a@example.com").role("GUEST");
    let typed = client.invite_users(TEAM, request).await.unwrap();
    assert_eq!(typed.role, TeamRole::Unknown("GUEST".to_owned()));
    assert_eq!(typed.status, InvitationStatus::Unknown("pending".to_owned()));
    assert_eq!(server.received().await.body["role"], "GUEST");
    assert_eq!(serde_json::to_value(&typed).unwrap(), answer);
}

#[tokio::test]
async fn a_client_needs_a_base_url() {
    let error = Client::builder().credential(Credential::token(SECRET)).build().unwrap_err();
    assert!(matches!(error, BuildError::BaseUrlMissing { .. }));
    let expected =
        "the vendor names no server: call `base_url` on the client builder of bindery-vijil";
    assert_eq!(error.to_string(), expected);

    let client = Client::new("https://vijil.example.com/api", SECRET).unwrap();
    assert!(format!("{client:?}").contains("https://vijil.example.com/api"));
    assert!(Client::new("vijil.example.com", SECRET).is_err(), "no absolute url");
}

#[tokio::test]
async fn a_path_in_the_base_url_stays_in_front() {
    let server = Server::json(201, &invitation()).await;
    for path in ["/api", "/api/"] {
        let client = Vijil::client(&format!("{}{path}", server.url()));
        Vijil::call(&client).await.unwrap();
    }
    let line = "POST /api/v1/teams/00000000-0000-0000-0000-000000000001/invites";
    assert!(server.all_received().await.iter().all(|it| it.line == line));
}
