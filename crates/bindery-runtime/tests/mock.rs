//! The server of the feature `mock`: what it replies, and how it fails a test.

#![cfg(feature = "mock")]

mod common;

use std::panic::{AssertUnwindSafe, catch_unwind};

use bindery_runtime::mock::{MockServer, Reply};
use bindery_runtime::{Client, Request, Response};
use common::{CREATE, LIST};
use serde_json::json;

async fn create(client: &Client, fill: impl FnOnce(&mut Request)) -> Response {
    let mut request = client.request(&CREATE);
    request.path("team_id", "t/1");
    fill(&mut request);
    request.send().await.unwrap()
}

/// What the server says when it is verified. It has nothing to say after that.
fn complaint(server: &MockServer) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| server.verify())).unwrap_err();
    *panic.downcast::<String>().unwrap()
}

#[tokio::test]
async fn an_expected_request_gets_its_reply_and_others_in_turn() {
    let server = MockServer::start().await;
    let client = common::client(server.url());
    server.expect(&LIST).reply(Reply::json(400, &json!({ "message": "later" })).header("x-a", "1"));
    server.expect(&LIST).times(2).reply(Reply::json(200, &json!({ "id": "i" })));
    let error = common::list(&client).await.unwrap_err();
    assert_eq!(error.headers().unwrap()["x-a"], "1");
    for _ in 0..2 {
        assert_eq!(common::list(&client).await.unwrap().unwrap().id, "i");
    }
    server
        .expect(&CREATE)
        .path("team_id", "t/1")
        .query("tag", &["a", "b"])
        .header("x-trace", "7")
        .json(&json!({ "email": "a@b", "role": "user" }))
        .reply(Reply::body(201, "text/plain", "done"));
    let response = create(&client, |request| {
        request.query("other", &1);
        request.query("tag", &["a", "b"]);
        request.header("x-trace", "7");
        request.json(&json!({ "role": "user", "email": "a@b" }));
    });
    assert_eq!(response.await.body(), "done");
    server.verify();
}

#[tokio::test]
async fn an_unexpected_request_is_answered_and_told_with_its_differences() {
    let server = MockServer::start().await;
    let client = common::client(server.url());
    server
        .expect(&CREATE)
        .path("team_id", "t-2")
        .query("tag", "a")
        .header("x-trace", "7")
        .json(&json!({ "email": "a@b" }))
        .reply(Reply::empty(204));
    let response = create(&client, |request| request.json(&json!({ "email": "x" }))).await;
    let differences = "an unexpected request: POST /v1/teams/t%2F1/invites\n  \
        create_invite: path: /v1/teams/t-2/invites expected, /v1/teams/t%2F1/invites came\n  \
        create_invite: query `tag`: \"a\" expected, none came\n  \
        create_invite: header `x-trace`: \"7\" expected, none came\n  \
        create_invite: body.email: \"a@b\" expected, \"x\" came";
    assert_eq!(response.status(), 418);
    assert_eq!(response.body(), differences.as_bytes());
    assert_eq!(complaint(&server), format!("{differences}\ncreate_invite: 1 expected, 0 came"));
    server.verify();
}

#[tokio::test]
async fn one_request_too_many_and_another_operation_are_told() {
    let server = MockServer::start().await;
    let client = common::client(server.url());
    server.expect(&LIST).reply(Reply::empty(204));
    for _ in 0..2 {
        let _ = common::list(&client).await;
    }
    let mut request = client.request(&common::REVOKE);
    request.query("a", &1);
    assert_eq!(request.send().await.unwrap().status(), 418);
    assert_eq!(
        complaint(&server),
        "an unexpected request: GET /v1/invites\n  \
         list_invites: 1 of it expected, and this is one more\n\
         an unexpected request: DELETE /v1/invites?a=1\n  \
         nothing was expected of this operation"
    );
}

#[tokio::test]
async fn a_server_that_is_dropped_fails_the_test() {
    let server = MockServer::start().await;
    server.expect(&LIST).times(2).reply(Reply::empty(204));
    let panic = catch_unwind(AssertUnwindSafe(|| drop(server))).unwrap_err();
    assert_eq!(*panic.downcast::<String>().unwrap(), "list_invites: 2 expected, 0 came");
}

#[tokio::test]
async fn what_could_never_be_sent_cannot_be_expected() {
    let server = MockServer::start().await;
    let expect = || server.expect(&CREATE).path("nobody", "x").reply(Reply::empty(204));
    let panic = catch_unwind(AssertUnwindSafe(expect)).unwrap_err();
    let message = panic.downcast::<String>().unwrap();
    assert_eq!(*message, "no such request can be sent: the path has no parameter `nobody`");
}
