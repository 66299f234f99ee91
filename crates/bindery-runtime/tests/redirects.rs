//! Redirects: followed for GET and HEAD within one origin, and nowhere else.

mod common;

use bindery_runtime::reqwest::redirect::Policy;
use bindery_runtime::{Client, Error, ErrorKind, Method, Operation};
use common::{Invite, SECRET};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn to(location: &str, status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).insert_header("location", location).set_body_string("moved")
}

async fn from(server: &MockServer, answer: ResponseTemplate) {
    Mock::given(path("/v1/invites")).respond_with(answer).mount(server).await;
}

async fn target(server: &MockServer) {
    let answer = ResponseTemplate::new(200).set_body_string(r#"{"id":"i-1"}"#);
    Mock::given(path("/moved")).respond_with(answer).mount(server).await;
}

/// The redirect came back as it was, and nothing was sent after it.
fn check_refused(error: &Error<common::ListError>, status: u16, location: &str) {
    assert!(matches!(error.kind(), ErrorKind::Undocumented));
    assert_eq!(error.status().unwrap(), status);
    assert_eq!(error.headers().unwrap()["location"], location);
    assert_eq!(error.body().unwrap(), "moved");
}

#[tokio::test]
async fn a_get_follows_within_the_origin_with_its_credential() {
    for status in [301, 302, 303, 307, 308] {
        let server = MockServer::start().await;
        from(&server, to("/moved", status)).await;
        target(&server).await;
        let invite = common::list(&common::client(server.uri())).await.unwrap();
        assert_eq!(invite, Some(Invite { id: "i-1".into() }));
        let requests = server.received_requests().await.unwrap();
        assert_eq!(requests.len(), 2);
        assert_eq!(requests[1].method, "GET");
        assert_eq!(requests[1].headers["x-api-key"], SECRET);
        assert_eq!(requests[1].headers, requests[0].headers);
    }
}

#[tokio::test]
async fn a_head_stays_a_head() {
    static HEAD: Operation = Operation {
        id: "probe_invites",
        method: Method::HEAD,
        path: "/v1/invites",
        server: None,
        accept: None,
        idempotent: true,
    };
    let server = MockServer::start().await;
    from(&server, to("/moved", 303)).await;
    Mock::given(method("HEAD"))
        .and(path("/moved"))
        .respond_with(ResponseTemplate::new(200))
        .expect(1)
        .mount(&server)
        .await;
    let client = common::client(server.uri());
    let response = client.request(&HEAD).send().await.unwrap();
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn another_origin_gets_no_request() {
    let other = MockServer::start().await;
    target(&other).await;
    for status in [301, 302, 303, 307, 308] {
        let server = MockServer::start().await;
        let location = format!("{}/moved", other.uri());
        from(&server, to(&location, status)).await;
        let error = common::list(&common::client(server.uri())).await.unwrap_err();
        check_refused(&error, status, &location);
    }
    assert!(other.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_chain_that_leaves_the_origin_stops_there() {
    let other = MockServer::start().await;
    let server = MockServer::start().await;
    let location = format!("{}/moved", other.uri());
    from(&server, to("/hop", 302)).await;
    let hop = Mock::given(path("/hop")).respond_with(to(&location, 302));
    hop.mount(&server).await;
    let error = common::list(&common::client(server.uri())).await.unwrap_err();
    check_refused(&error, 302, &location);
    assert!(other.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_post_is_not_repeated() {
    for status in [301, 302, 303, 307, 308] {
        let server = MockServer::start().await;
        Mock::given(method("POST")).respond_with(to("/moved", status)).mount(&server).await;
        let client = common::client(server.uri());
        let mut request = client.request(&common::CREATE);
        request.path("team_id", "t");
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status);
        check_refused(&response.undocumented(), status, "/moved");
        assert_eq!(server.received_requests().await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_loop_ends_after_ten_redirects() {
    let server = MockServer::start().await;
    from(&server, to("/v1/invites", 302)).await;
    let error = common::list(&common::client(server.uri())).await.unwrap_err();
    check_refused(&error, 302, "/v1/invites");
    assert_eq!(server.received_requests().await.unwrap().len(), 11);
}

#[tokio::test]
async fn a_hook_cannot_change_the_policy() {
    let other = MockServer::start().await;
    target(&other).await;
    let server = MockServer::start().await;
    let location = format!("{}/moved", other.uri());
    from(&server, to(&location, 307)).await;
    let client: Client = common::builder(server.uri())
        .header("x-api-key", SECRET)
        .configure(|http| http.redirect(Policy::limited(5)))
        .build()
        .unwrap();
    let error = common::list(&client).await.unwrap_err();
    check_refused(&error, 307, &location);
    assert!(other.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_query_of_the_location_is_used_and_a_missing_location_is_an_answer() {
    let server = MockServer::start().await;
    from(&server, to("?page=2", 302)).await;
    Mock::given(wiremock::matchers::query_param("page", "2"))
        .and(header("x-api-key", SECRET))
        .respond_with(ResponseTemplate::new(204))
        .with_priority(1)
        .mount(&server)
        .await;
    let client = common::client(server.uri());
    assert_eq!(common::list(&client).await.unwrap(), None);

    let server = MockServer::start().await;
    from(&server, ResponseTemplate::new(302).set_body_string("moved")).await;
    let error = common::list(&common::client(server.uri())).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(error.body().unwrap(), "moved");
}
