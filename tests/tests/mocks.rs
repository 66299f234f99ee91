//! The mocks of the emitted crates: typed expectations and replies, and what a test is told when the
//! code under test does something else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use bindery_anthropic::Credential;
use bindery_anthropic::operations::CreateInvite;
use bindery_anthropic::types::{CreateInviteParams, NoAdminRole};
use bindery_basic::types::{CreateTeamInviteParams, CreateTeamInviteResponse, Invitee};
use bindery_betterstack::ApiError;
use bindery_betterstack::operations::InviteTeamMember;
use bindery_betterstack::types::{InviteTeamMemberBody, InviteTeamMemberError};
use bindery_runtime::mock::Reply;
use bindery_runtime::{Call as _, ErrorKind};

/// What a mock says when it is verified.
fn complaint(verify: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(verify)).expect_err("it should complain");
    *panic.downcast::<String>().expect("a text")
}

/// How the first expectation of an operation is called whose reply was given in this line.
fn place(operation: &str, line: u32) -> String {
    format!("{operation} #1 at {}:{line}", file!())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_arrives_in_the_types_of_the_crate() {
    let server = bindery_basic::mock::MockServer::start().await;
    let body = || CreateTeamInviteParams::new(Invitee::Email("a@b.c".into()), "admin");
    let reply = CreateTeamInviteResponse::new();
    let client = server.client();
    server.expect(client.create_team_invite("a/b", body())).reply(Reply::json(201, &reply));
    let answer = client.create_team_invite("a/b", body()).await.unwrap();
    assert_eq!(answer, reply);
    server.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_said_may_be_anything_as_often_as_is_said() {
    let server = bindery_betterstack::mock::MockServer::start().await;
    let error = InviteTeamMemberError::new("no seat left");
    let reply = Reply::json(422, &error);
    server.expect_any::<InviteTeamMember>().times(2).reply(reply);
    for email in ["a@example.com", "b@example.com"] {
        let client = server.client();
        let body = InviteTeamMemberBody::new(email);
        let failed = client.invite_team_member(body).await.unwrap_err();
        assert!(
            matches!(failed.kind(), ErrorKind::Api(ApiError::InviteTeamMemberError(it)) if *it == error),
            "{failed:?}"
        );
    }
    server.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn another_request_fails_with_what_is_different() {
    let server = bindery_anthropic::mock::MockServer::start().await;
    let body = |email: &str| CreateInviteParams::new(email, NoAdminRole::User);
    let client = server.client();
    let expected = server.expect(client.create_invite(body("a@example.com")));
    let place = place("create_invite", line!() + 1);
    expected.reply_undocumented(Reply::empty(204));
    let failed = client.create_invite(body("b@example.com")).await.unwrap_err();
    assert_eq!(failed.status().map(|it| it.as_u16()), Some(418));
    let expected = format!(
        "an unexpected request: POST /v1/organizations/invites
  {place}:
    body.email: expected \"a@example.com\", got \"b@example.com\"
{place}: expected 1 call, got 0"
    );
    assert_eq!(complaint(|| server.verify()), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_that_is_expected_has_to_come() {
    let server = bindery_anthropic::mock::MockServer::start().await;
    let body = || CreateInviteParams::new("a@example.com", NoAdminRole::User);
    let expected = server.expect_any::<CreateInvite>().header("x-trace", "7");
    expected.reply_undocumented(Reply::empty(204));
    let client = server.client();
    let plain = client.create_invite(body()).await.unwrap_err();
    assert_eq!(plain.status().map(|it| it.as_u16()), Some(418));
    let call = client.create_invite(body()).with_options(|it| it.header("x-trace", "7"));
    assert_eq!(call.await.unwrap_err().status().map(|it| it.as_u16()), Some(204));
    assert!(complaint(|| server.verify()).contains("header `x-trace`"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_does_not_come_fails_the_test_when_the_mock_is_dropped() {
    let server = bindery_anthropic::mock::MockServer::start().await;
    let place = place("create_invite", line!() + 1);
    server.expect_any::<CreateInvite>().reply_undocumented(Reply::empty(204));
    assert_eq!(complaint(|| drop(server)), format!("{place}: expected 1 call, got 0"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_client_of_a_mock_sees_every_reply_and_one_of_ones_own_may_try_again() {
    let server = bindery_anthropic::mock::MockServer::start().await;
    let body = || CreateInviteParams::new("a@example.com", NoAdminRole::User);
    let busy = Reply::empty(429).header("retry-after", "0").delay(Duration::from_millis(1));
    server.expect_any::<CreateInvite>().times(2).reply_undocumented(busy);
    server.expect_any::<CreateInvite>().reply_undocumented(Reply::empty(500));

    let failed = server.client().create_invite(body()).await.unwrap_err();
    assert_eq!((failed.status().map(|it| it.as_u16()), failed.attempts()), (Some(429), 1));

    let client = bindery_anthropic::Client::builder()
        .base_url(server.url())
        .credential(Credential::api_key("k"));
    let client = client.configure(|http| http.no_proxy()).build().unwrap();
    let failed = client.create_invite(body()).await.unwrap_err();
    assert_eq!((failed.status().map(|it| it.as_u16()), failed.attempts()), (Some(500), 2));
    server.verify();
}
