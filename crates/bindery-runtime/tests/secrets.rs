//! The credential of a client is shown nowhere, even if the server sends it back.

mod common;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bindery_runtime::{Credential, ErrorKind, TransportError};
use common::{SECRET, shown};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn echo(status: u16, body: &str, credential: Credential) -> common::ListResult {
    let server = MockServer::start().await;
    let answer =
        ResponseTemplate::new(status).insert_header("x-echo", SECRET).set_body_string(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let client = common::builder(server.uri()).credential(credential);
    common::list(&client.build().unwrap()).await
}

#[tokio::test]
async fn an_echo_in_body_or_headers_is_redacted_and_the_body_stays_raw() {
    let json = serde_json::to_string(SECRET).unwrap().replace('/', "\\/");
    let bodies = [
        SECRET.to_owned(),
        format!(r#"{{"message":"bad key {SECRET}"}}"#),
        format!(r#"{{"message":{json}}}"#),
        format!("https://h/?key={}", "sk-t0p%2Fs3cret%2Bkey%3D%3D"),
    ];
    for body in bodies {
        for status in [400, 500, 202] {
            let error = echo(status, &body, Credential::bearer(SECRET)).await.unwrap_err();
            let shown = shown(&error);
            assert!(!shown.contains("s3cret"), "{shown}");
            assert!(shown.contains("[redacted]"), "{shown}");
            assert_eq!(error.body().unwrap(), body.as_bytes());
            assert_eq!(error.headers().unwrap()["x-echo"], SECRET);
        }
    }
}

#[tokio::test]
async fn an_echo_in_a_value_or_key_that_does_not_decode_is_redacted() {
    for body in [
        format!(r#""{SECRET}""#),
        format!(r#"{{"id":{{"{SECRET}":1}}}}"#),
        format!(r#"{{"{SECRET}":1}}"#),
    ] {
        let error = echo(200, &body, Credential::header("x-key", SECRET)).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Decode(_)));
        let shown = shown(&error);
        assert!(!shown.contains("s3cret"), "{shown}");
    }
    // Here the server chooses a key that stands in the path.
    let body = format!(r#"{{"{SECRET}":{{}}}}"#);
    let error = echo(409, &body, Credential::bearer(SECRET)).await.unwrap_err();
    let shown = shown(&error);
    assert!(!shown.contains("s3cret"), "{shown}");
    assert!(shown.contains(r#"["[redacted]"].id"#), "{shown}");
}

#[tokio::test]
async fn basic_credentials_are_redacted_encoded_and_plain() {
    let token = STANDARD.encode(format!("user:{SECRET}"));
    let body = format!("Basic {token} is {SECRET}");
    let error = echo(500, &body, Credential::basic("user", SECRET)).await.unwrap_err();
    let shown = shown(&error);
    assert!(shown.contains("Basic [redacted] is [redacted]"), "{shown}");
    assert!(!shown.contains(&token) && !shown.contains("s3cret"), "{shown}");
    // Vendors that take a key for the user want anything for the password.
    let body = format!("no user {SECRET}");
    let error = echo(401, &body, Credential::basic(SECRET, "x")).await.unwrap_err();
    assert!(error.to_string().contains("no user [redacted]"), "{error}");
}

#[tokio::test]
async fn a_credential_that_the_caller_set_as_a_header_is_redacted_too() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(500).set_body_string(format!("unknown key {SECRET}"));
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let builder = common::builder(server.uri()).header("authorization", format!("Token {SECRET}"));
    let error = common::list(&builder.build().unwrap()).await.unwrap_err();
    assert!(shown(&error).contains("unknown key [redacted]"));
}

#[tokio::test]
async fn an_error_of_the_transport_shows_neither_url_nor_credential() {
    let base = common::raw(b"", Duration::ZERO).await;
    let client = common::client(base + "/private-prefix");
    let error = common::list(&client).await.unwrap_err();
    let ErrorKind::Transport(transport) = error.kind() else {
        panic!("expected an error of the transport, got {error:?}")
    };
    let cause = std::error::Error::source(transport).unwrap();
    assert!(cause.downcast_ref::<bindery_runtime::reqwest::Error>().unwrap().url().is_none());
    let shown = shown(&error);
    assert!(!shown.contains("private-prefix") && !shown.contains("s3cret"), "{shown}");
}

#[tokio::test]
async fn the_cause_of_an_error_is_told_without_credentials_and_headers() {
    let client = common::in_memory(|request, _| async move {
        let key = request.headers()["x-api-key"].to_str().unwrap().to_owned();
        let proxy = "http://user:pass@proxy:8080/path?token=t";
        Err(TransportError::connect(format!("{key} through {proxy} \u{1b} {}", "x".repeat(9000))))
    });
    let client = client.retry(bindery_runtime::RetryPolicy::none());
    let client = client.credential(Credential::header("x-api-key", SECRET)).build().unwrap();
    let error = common::list(&client).await.unwrap_err();
    let start = r"list_invites: could not connect: [redacted] through http://proxy:8080 \u{1b} xxx";
    assert!(error.to_string().starts_with(start), "{error}");
    for shown in [error.to_string(), format!("{error:?}"), format!("{:?}", error.kind())] {
        assert!(!shown.contains("s3cret") && !shown.contains("pass"), "{shown}");
        assert!(shown.contains("[redacted]") && shown.chars().count() < 400, "{shown}");
    }

    let answer = b"HTTP/1.1 200 OK\r\nx-echo: sk-t0p/s3cret+key==\r\nx y: s3cret\r\n\r\n";
    let client = common::client(common::raw(answer, Duration::ZERO).await);
    let error = common::list(&client).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
    assert!(!shown(&error).contains("s3cret"), "{}", shown(&error));
}

#[tokio::test]
async fn a_response_does_not_show_what_the_server_sent() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_string(SECRET);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let client = common::client(server.uri());
    let response = client.request(&common::LIST).send().await.unwrap();
    let shown = format!("{response:?} {client:?}");
    assert!(!shown.contains("s3cret"), "{shown}");
    assert_eq!(response.body(), SECRET.as_bytes());
}
