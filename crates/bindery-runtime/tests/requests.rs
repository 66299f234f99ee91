//! What goes over the wire: method, path, query, headers and body.

mod common;

use std::collections::BTreeMap;

use bindery_runtime::{Client, ClientBuilder, Credential, Operation, Request};
use common::{CREATE, LIST, REVOKE, SECRET};
use serde_json::json;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn server() -> MockServer {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(204);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

async fn send(client: &Client, operation: &'static Operation, fill: impl FnOnce(&mut Request)) {
    let mut request = client.request(operation);
    fill(&mut request);
    assert_eq!(request.send().await.unwrap().status(), 204);
}

/// The headers of the last request. None comes twice.
async fn headers(server: &MockServer) -> BTreeMap<String, String> {
    let requests = server.received_requests().await.unwrap();
    let sent = &requests.last().unwrap().headers;
    assert_eq!(sent.len(), sent.keys_len());
    sent.iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect()
}

fn expected(server: &MockServer, headers: &[(&str, &str)]) -> BTreeMap<String, String> {
    let host = server.address().to_string();
    let always = [("host", &*host), ("example-version", "2023-06-01")];
    let all = always.iter().chain(headers);
    all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_request_has_the_headers_that_it_needs_and_no_other() {
    let server = server().await;
    let client = common::client(server.uri());
    send(&client, &CREATE, |request| {
        request.path("team_id", "t/1");
        request.query("notify", &true);
        request.header("x-trace", "7");
        request.json(&json!({ "email": "a@b" }));
    })
    .await;
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[0].method, "POST");
    assert_eq!(requests[0].url.path(), "/v1/teams/t%2F1/invites");
    assert_eq!(requests[0].url.query(), Some("notify=true"));
    assert_eq!(requests[0].body, br#"{"email":"a@b"}"#);
    assert_eq!(
        headers(&server).await,
        expected(
            &server,
            &[
                ("user-agent", "bindery-example/1.2.3"),
                ("accept", "application/json"),
                ("content-type", "application/json"),
                ("content-length", "15"),
                ("x-api-key", SECRET),
                ("x-trace", "7"),
            ]
        )
    );
}

#[tokio::test]
async fn a_request_without_a_body_has_no_content_type() {
    let server = server().await;
    send(&common::client(server.uri()), &LIST, |_| ()).await;
    let user_agent = ("user-agent", "bindery-example/1.2.3");
    let key = ("x-api-key", SECRET);
    assert_eq!(
        headers(&server).await,
        expected(&server, &[user_agent, key, ("accept", "application/json")])
    );
    // The HTTP client underneath spells out what a missing `accept` means.
    send(&common::client(server.uri()), &REVOKE, |_| ()).await;
    assert_eq!(headers(&server).await, expected(&server, &[user_agent, key, ("accept", "*/*")]));
}

#[tokio::test]
async fn the_builder_overrides_the_constants() {
    let server = server().await;
    let sent = async |change: fn(ClientBuilder) -> ClientBuilder| {
        let client = change(common::builder(server.uri())).build().unwrap();
        send(&client, &LIST, |_| ()).await;
        headers(&server).await
    };
    let plain = sent(|builder| builder).await;
    assert!(!plain.contains_key("authorization"));

    let changed = sent(|builder| {
        builder
            .header("Example-Version", "2024-01-01")
            .user_agent("mine/1")
            .credential(Credential::bearer("t0ken"))
    })
    .await;
    assert_eq!(changed["example-version"], "2024-01-01");
    assert_eq!(changed["user-agent"], "mine/1");
    assert_eq!(changed["authorization"], "Bearer t0ken");

    let header = sent(|builder| builder.user_agent("mine/1").header("user-agent", "mine/2")).await;
    assert_eq!(header["user-agent"], "mine/2");
    let hook = sent(|builder| builder.configure(|http| http.user_agent("mine/3"))).await;
    assert_eq!(hook["user-agent"], "mine/3");
    let own = sent(|builder| builder.header("authorization", "Digest x")).await;
    assert_eq!(own["authorization"], "Digest x");
}

#[tokio::test]
async fn the_prefix_of_the_base_url_stays() {
    let server = server().await;
    for prefix in ["/api", "/api/"] {
        send(&common::client(server.uri() + prefix), &LIST, |_| ()).await;
    }
    for request in server.received_requests().await.unwrap() {
        assert_eq!(request.url.path(), "/api/v1/invites");
    }
}

#[tokio::test]
async fn a_request_that_cannot_be_made_is_never_sent() {
    let server = server().await;
    let client = common::client(server.uri());
    for team in ["", ".", ".."] {
        let mut request = client.request(&CREATE);
        request.path("team_id", team);
        request.json("body");
        let failure = request.send().await.unwrap_err();
        let error = bindery_runtime::Error::<()>::from(failure);
        assert!(matches!(error.kind(), bindery_runtime::ErrorKind::Request(_)));
        assert!(error.to_string().starts_with("create_invite: not sent: the "), "{error}");
        assert!(error.status().is_none());
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn clones_of_a_client_work_from_other_tasks() {
    let server = server().await;
    let client = common::client(server.uri());
    let tasks: Vec<_> =
        (0..4).map(|_| tokio::spawn(client.clone().request(&LIST).send())).collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap().status(), 204);
    }
}
