//! The server of the feature `mock`: what it replies, and how it fails a test.

#![cfg(feature = "mock")]

mod common;

use std::panic::{AssertUnwindSafe, catch_unwind};

use bindery_runtime::mock::{MockServer, Reply, naming};
use bindery_runtime::{Client, Credential, Method, Operation, Request, Response, Upload};
use common::{CREATE, LIST, SECRET};
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

/// How an expectation is called whose reply was given in this line.
fn place(name: &str, line: u32) -> String {
    format!("{name} at {}:{line}", file!())
}

#[tokio::test]
async fn an_operation_at_another_path_of_the_server_is_expected_there() {
    static PART: Operation = Operation {
        id: "get_part",
        method: Method::GET,
        path: "/parts/{part}",
        server: Some("/v2/"),
        accept: None,
        idempotent: true,
    };
    let server = MockServer::start().await;
    let client = common::client(server.url());
    let get = async |part| {
        let mut request = client.request(&PART);
        request.path("part", part);
        request.send().await.unwrap().status().as_u16()
    };
    server.expect_operation(&PART).path("part", "a").reply(Reply::empty(204));
    assert_eq!(get("a").await, 204);
    server.verify();
    server.expect_operation(&PART).path("part", "a").reply(Reply::empty(204));
    assert_eq!(get("b").await, 418);
    let told = complaint(&server);
    assert!(told.contains("expected /v2/parts/a, got /v2/parts/b"), "{told}");
}

#[tokio::test]
async fn an_expected_request_gets_its_reply_and_others_in_turn() {
    let server = MockServer::start().await;
    let client = common::client(server.url());
    server
        .expect_operation(&LIST)
        .reply(Reply::json(400, json!({ "message": "later" })).header("x-a", "1"));
    server.expect_operation(&LIST).times(2).reply(Reply::json(200, json!({ "id": "i" })));
    let error = common::list(&client).await.unwrap_err();
    assert_eq!(error.headers().unwrap()["x-a"], "1");
    for _ in 0..2 {
        assert_eq!(common::list(&client).await.unwrap().unwrap().id, "i");
    }
    server
        .expect_operation(&CREATE)
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
    let expect = server.expect_operation(&CREATE).path("team_id", "t-2").query("tag", "a");
    let expect = expect.header("x-trace", "7").json(&json!({ "email": "a@b" }));
    let place = place("create_invite #1", line!() + 1);
    expect.reply(Reply::empty(204));
    let response = create(&client, |request| request.json(&json!({ "email": "x" }))).await;
    let differences = format!(
        "an unexpected request: POST /v1/teams/t%2F1/invites\n  \
        {place}:\n    \
        path: expected /v1/teams/t-2/invites, got /v1/teams/t%2F1/invites\n    \
        query `tag`: expected \"a\", got none\n    \
        header `x-trace`: expected \"7\", got none\n    \
        body.email: expected \"a@b\", got \"x\""
    );
    assert_eq!(response.status(), 418);
    assert_eq!(response.body(), differences.as_bytes());
    assert_eq!(complaint(&server), format!("{differences}\n{place}: expected 1 call, got 0"));
    server.verify();
}

/// What is said of a request, if one is expected and the other comes.
async fn differences(
    expected: impl FnOnce(&mut Request),
    came: impl FnOnce(&mut Request),
) -> Vec<String> {
    let server = MockServer::start().await;
    let client = common::client(server.url());
    let mut expect = server.expect_operation(&CREATE);
    expected(expect.request());
    expect.reply(Reply::empty(204));
    let mut request = client.request(&CREATE);
    request.path("team_id", "t");
    came(&mut request);
    if request.send().await.unwrap().status() == 204 {
        server.verify();
        return Vec::new();
    }
    let complaint = complaint(&server);
    let lines = complaint.lines().filter_map(|line| line.strip_prefix("    "));
    lines.map(str::to_owned).collect()
}

#[tokio::test]
async fn what_is_not_said_may_be_anything_and_what_is_said_must_be_there() {
    let all = |request: &mut Request| {
        request.query("tag", "a");
        request.header("x-trace", "7");
        request.json(&json!({ "a": 1 }));
    };
    assert!(differences(|_| {}, all).await.is_empty());
    let missing = differences(all, |_| {}).await;
    let expected = [
        "query `tag`: expected \"a\", got none",
        "header `x-trace`: expected \"7\", got none",
        r#"body: expected "{\"a\":1}", got """#,
    ];
    assert_eq!(missing, expected);
}

#[tokio::test]
async fn a_path_is_compared_by_what_its_parameters_mean() {
    for value in ["a/b", "a b", "100%", "é✓", "a%2Fb", "..a", "?x=1#y", "{team_id}"] {
        let team = |request: &mut Request| request.path("team_id", value);
        assert!(differences(team, team).await.is_empty(), "{value}");
        let other = differences(team, |request| request.path("team_id", "other")).await;
        assert!(matches!(&other[..], [one] if one.ends_with("got /v1/teams/other/invites")));
    }
    // What is encoded is not what looks like it.
    let twice = differences(|it| it.path("team_id", "a/b"), |it| it.path("team_id", "a%2Fb")).await;
    assert_eq!(twice, ["path: expected /v1/teams/a%2Fb/invites, got /v1/teams/a%252Fb/invites"]);
}

#[tokio::test]
async fn a_name_that_comes_again_has_all_its_values_in_their_order() {
    let tags = |tags: &'static [&'static str]| move |it: &mut Request| it.query("tag", tags);
    assert!(differences(tags(&["a", "b", "a"]), tags(&["a", "b", "a"])).await.is_empty());
    for other in [&["b", "a"][..], &["a"], &["a", "b", "a"]] {
        assert_eq!(differences(tags(&["a", "b"]), tags(other)).await.len(), 1, "{other:?}");
    }
    let encoded = |it: &mut Request| it.query("a&b", "c=d +é");
    assert!(differences(encoded, encoded).await.is_empty());
}

#[derive(serde::Serialize)]
struct Import {
    note: &'static str,
    file: Upload,
}

#[tokio::test]
async fn a_body_of_parts_is_compared_part_by_part() {
    let import = |content: &'static [u8]| {
        move |it: &mut Request| {
            let file = Upload::new(content).file_name("a.bin");
            it.multipart(&Import { note: "n", file });
        }
    };
    assert!(differences(import(b"\xff\r\n--x"), import(b"\xff\r\n--x")).await.is_empty());
    let other = differences(import(b"1"), import(b"2")).await;
    assert_eq!(other, [r#"body, part 2 `file`: expected "1", got "2""#]);
}

#[tokio::test]
async fn a_form_is_compared_name_by_name() {
    let form = |role: &'static str| {
        move |it: &mut Request| it.form(&json!({ "role": role, "text": "x".repeat(500) }))
    };
    assert!(differences(form("a"), form("a")).await.is_empty());
    let other = differences(form("a"), form("b")).await;
    assert_eq!(other, [r#"body `role`: expected "a", got "b""#]);
}

#[tokio::test]
async fn that_there_is_no_body_can_be_expected() {
    let empty = |it: &mut Request| it.bytes("", "");
    assert!(differences(empty, |_| {}).await.is_empty());
    let some = differences(empty, |it| it.text("text/plain", "x")).await;
    assert_eq!(some, [r#"body: expected "", got "x""#]);
}

#[tokio::test]
async fn a_body_of_another_type_is_another_one() {
    let body = |media_type: &'static str| move |it: &mut Request| it.json_as(media_type, &1);
    let (patch, merge) = ("application/json", "application/merge-patch+json");
    assert!(differences(body(merge), body(merge)).await.is_empty());
    let other = differences(body(merge), body(patch)).await;
    assert_eq!(other, [format!("media type of the body: expected {merge}, got {patch}")]);
}

#[tokio::test]
async fn a_reply_has_the_type_that_it_is_given() {
    let server = MockServer::start().await;
    let client = common::client(server.url());
    let replies = [
        (Reply::json(400, 1), Some("application/json")),
        (
            Reply::json(400, 1).header("Content-Type", "application/problem+json"),
            Some("application/problem+json"),
        ),
        (Reply::body(999, "", "x"), None),
    ];
    for (reply, media_type) in replies {
        server.expect_operation(&LIST).reply(reply);
        let error = common::list(&client).await.unwrap_err();
        let sent = error.headers().unwrap().get("content-type");
        assert_eq!(sent.map(|it| it.to_str().unwrap()), media_type);
    }
}

#[tokio::test]
async fn one_request_too_many_and_another_operation_are_told() {
    let server = MockServer::start().await;
    let client = common::client(server.url());
    let place = place("list_invites #1", line!() + 1);
    server.expect_operation(&LIST).reply(Reply::empty(204));
    for _ in 0..2 {
        let _ = common::list(&client).await;
    }
    let mut request = client.request(&common::REVOKE);
    request.query("a", &1);
    assert_eq!(request.send().await.unwrap().status(), 418);
    assert_eq!(
        complaint(&server),
        format!(
            "an unexpected request: GET /v1/invites\n  \
             {place}:\n    expected once, and this is one more\n\
             an unexpected request: DELETE /v1/invites?a=1\n  \
             nothing was expected of this operation"
        )
    );
}

#[tokio::test]
async fn several_expectations_are_told_apart_and_the_nearest_comes_first() {
    let server = MockServer::start().await;
    let client = common::client(server.url());
    let expect = |tag: &str, email: &str| {
        let expect =
            server.expect_operation(&CREATE).query("tag", tag).json(&json!({ "email": email }));
        expect.times(2)
    };
    let first = place("create_invite #1", line!() + 1);
    expect("a", "x").reply(Reply::empty(204));
    let second = place("create_invite #2", line!() + 1);
    expect("b", "y").reply(Reply::empty(204));
    server.expect_operation(&LIST).times(0).reply(Reply::empty(204));
    create(&client, |request| {
        request.query("tag", "a");
        request.json(&json!({ "email": "x" }));
    })
    .await;
    let response = create(&client, |request| {
        request.query("tag", "b");
        request.json(&json!({ "email": "z" }));
    });
    let differences = format!(
        "an unexpected request: POST /v1/teams/t%2F1/invites?tag=b\n  \
         {second}:\n    body.email: expected \"y\", got \"z\"\n  \
         {first}:\n    query `tag`: expected \"a\", got \"b\"\n    \
         body.email: expected \"x\", got \"z\""
    );
    assert_eq!(response.await.body(), differences.as_bytes());
    let unmet = format!("{first}: expected 2 calls, got 1\n{second}: expected 2 calls, got 0");
    assert_eq!(complaint(&server), format!("{differences}\n{unmet}"));
    // After that, it counts anew.
    let place = place("create_invite #1", line!() + 1);
    server.expect_operation(&CREATE).reply(Reply::empty(204));
    assert_eq!(complaint(&server), format!("{place}: expected 1 call, got 0"));
}

#[tokio::test]
async fn a_server_that_is_dropped_fails_the_test() {
    let server = MockServer::start().await;
    let place = place("list_invites #1", line!() + 1);
    server.expect_operation(&LIST).times(2).reply(Reply::empty(204));
    let panic = catch_unwind(AssertUnwindSafe(|| drop(server))).unwrap_err();
    let message = panic.downcast::<String>().unwrap();
    assert_eq!(*message, format!("{place}: expected 2 calls, got 0"));
}

/// A client that outlives its server, as in a task that a test leaves behind, must not be a surprise to another.
#[tokio::test]
async fn no_other_server_gets_what_was_for_one_that_is_dropped() {
    let server = MockServer::start().await;
    let client = common::client(server.url());
    server.expect_operation(&LIST).reply(Reply::empty(204));
    assert_eq!(common::list(&client).await.unwrap(), None);
    drop(server);
    let other = MockServer::start().await;
    let error = common::list(&client).await.unwrap_err();
    assert_eq!(error.status(), None, "{error}");
    other.verify();
}

#[tokio::test]
async fn no_credential_is_told_that_a_test_expects() {
    let server = MockServer::start().await.hiding("key");
    let secrets = |client: bindery_runtime::ClientBuilder| {
        let all = [
            Credential::header("x-api-key", SECRET),
            Credential::bearer(SECRET),
            Credential::cookie("sid", SECRET),
            Credential::query("key", SECRET),
        ];
        all.into_iter().fold(client, bindery_runtime::ClientBuilder::credential)
    };
    let client = secrets(common::builder(server.url())).layer(naming).build().unwrap();
    let expect = server
        .expect_operation(&LIST)
        .header("x-api-key", "other")
        .header("authorization", "other");
    expect.query("key", "other").header("x-plain", "other").reply(Reply::empty(204));
    let error = common::list(&client).await.unwrap_err();
    let told = complaint(&server);
    assert!(!told.contains("s3cret"), "{told}");
    let header = "header `x-api-key`: expected [redacted], got [redacted]";
    assert!(told.contains(header), "{told}");
    assert!(told.contains(r#"header `x-plain`: expected "other", got none"#), "{told}");
    assert!(!error.body().unwrap().windows(6).any(|it| it == b"s3cret"));
}

#[tokio::test]
async fn what_could_never_be_sent_cannot_be_expected() {
    let server = MockServer::start().await;
    let expect = || server.expect_operation(&CREATE).path("nobody", "x").reply(Reply::empty(204));
    let panic = catch_unwind(AssertUnwindSafe(expect)).unwrap_err();
    let message = panic.downcast::<String>().unwrap();
    assert_eq!(*message, "no such request can be sent: the path has no parameter `nobody`");
}
