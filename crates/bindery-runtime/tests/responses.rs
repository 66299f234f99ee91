//! What comes back: successes, documented errors, and everything else.

mod common;

use bindery_runtime::{Bytes, Error, ErrorKind, Response};
use common::{Invite, LIST, ListError, Problem, shown};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn answer(status: u16, body: &str) -> common::ListResult {
    let server = MockServer::start().await;
    let answer =
        ResponseTemplate::new(status).insert_header("x-request-id", "r-1").set_body_string(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    common::list(&common::client(server.uri())).await
}

/// Status, headers and body stay with the error.
fn check(error: &Error<ListError>, status: u16, body: &str) {
    assert_eq!(error.operation(), "list_invites");
    assert_eq!(error.status().unwrap(), status);
    assert_eq!(error.headers().unwrap()["x-request-id"], "r-1");
    assert_eq!(error.body().unwrap(), body.as_bytes());
}

#[tokio::test]
async fn a_success_is_decoded() {
    let invite = answer(200, r#"{"id":"i-1","new":true}"#).await.unwrap();
    assert_eq!(invite, Some(Invite { id: "i-1".into() }));
    assert_eq!(answer(204, "").await.unwrap(), None);
}

#[tokio::test]
async fn a_documented_error_is_typed_by_status() {
    let body = r#"{"message":"no"}"#;
    let error = answer(400, body).await.unwrap_err();
    check(&error, 400, body);
    let problem = Problem { message: "no".into() };
    assert_eq!(error.api(), Some(&ListError::BadRequest(problem.clone())));
    assert_eq!(error.into_api().unwrap(), ListError::BadRequest(problem));

    let error = answer(410, r#"[{"id":"a"}]"#).await.unwrap_err();
    assert!(matches!(error.api(), Some(ListError::Gone(list)) if list.len() == 1));
}

#[tokio::test]
async fn an_undocumented_status_keeps_its_body_2xx_included() {
    for status in [202, 304, 418, 500, 599] {
        let body = if status == 304 { "" } else { "whatever" };
        let error = answer(status, body).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Undocumented));
        check(&error, status, body);
        assert!(error.to_string().contains("not documented"), "{error}");
    }
}

#[tokio::test]
async fn a_success_that_does_not_decode_has_a_path_and_the_body() {
    for (body, expected) in [
        (r#"{"id":3}"#, "id: invalid type: integer `3`, expected a string"),
        ("{}", "id: missing field `id`"),
        ("<html>", "expected value at line 1 column 1"),
        ("", "the body is empty"),
    ] {
        let error = answer(200, body).await.unwrap_err();
        let ErrorKind::Decode(decode) = error.kind() else {
            panic!("expected a decoding error, got {error:?}")
        };
        assert_eq!(decode.to_string(), expected);
        check(&error, 200, body);
        assert!(error.to_string().ends_with(expected), "{error}");
        assert!(error.api().is_none());
    }
}

#[tokio::test]
async fn a_documented_error_that_does_not_decode_has_a_path_and_the_body() {
    let body = r#"[{"id":"a"},{}]"#;
    let error = answer(410, body).await.unwrap_err();
    check(&error, 410, body);
    let ErrorKind::Decode(decode) = error.kind() else {
        panic!("expected a decoding error, got {error:?}")
    };
    assert_eq!(decode.path(), "[1].id");
    assert_eq!(decode.message(), "missing field `id`");
}

#[tokio::test]
async fn a_huge_or_hostile_body_is_shown_short_and_escaped() {
    let body = format!("\u{1b}[2J\n{}", "x".repeat(1 << 20));
    let error = answer(500, &body).await.unwrap_err();
    assert_eq!(error.body().unwrap().len(), body.len());
    assert!(error.to_string().chars().count() < 300);
    assert!(!error.to_string().contains(['\u{1b}', '\n']));

    let body = format!(r#"{{"id":{{"{0}":"{0}"}}}}"#, "x".repeat(10_000));
    let error = answer(200, &body).await.unwrap_err();
    assert!(error.to_string().chars().count() < 500);
    let body = format!(r#"[{{"id":{:?}}}]"#, "y".repeat(10_000));
    let error = answer(200, &body).await.unwrap_err();
    assert!(shown(&error).chars().count() < 4000);
}

/// An answer that is no JSON, before it is converted.
async fn plain(body: &[u8]) -> Response {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_bytes(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    common::client(server.uri()).request(&LIST).send().await.unwrap()
}

#[tokio::test]
async fn an_answer_may_be_text_or_bytes() {
    assert_eq!(plain("é\n".as_bytes()).await.text::<()>().unwrap(), "é\n");
    assert_eq!(plain(b"").await.text::<()>().unwrap(), "");
    assert_eq!(plain(&[0xFF, 0]).await.bytes::<()>().unwrap(), Bytes::from_static(&[0xFF, 0]));

    let error: Error<Option<String>> = plain("é".as_bytes()).await.error_text(Some);
    assert_eq!(error.api(), Some(&Some("é".to_owned())));
    assert_eq!(error.body().unwrap(), "é".as_bytes());
    let error: Error<Vec<Bytes>> = plain(&[0xFF]).await.error_bytes(|bytes| vec![bytes]);
    assert_eq!(error.api(), Some(&vec![Bytes::from_static(&[0xFF])]));
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test]
async fn text_that_is_none_keeps_its_bytes() {
    let check = |error: Error<String>| {
        let ErrorKind::Decode(decode) = error.kind() else {
            panic!("expected a decoding error, got {error:?}")
        };
        let expected =
            "the body is no text in UTF-8: invalid utf-8 sequence of 1 bytes from index 1";
        assert_eq!(decode.to_string(), expected);
        assert_eq!(error.body().unwrap(), &[b'a', 0xFF][..]);
    };
    check(plain(&[b'a', 0xFF]).await.text().unwrap_err());
    check(plain(&[b'a', 0xFF]).await.error_text(|text| text));
}

#[tokio::test]
async fn a_success_that_is_not_listed_is_the_one_that_is_or_undocumented() {
    let invite = plain(br#"{"id":"i"}"#).await.unlisted_json::<common::Invite, ()>().unwrap();
    assert_eq!(invite.id, "i");
    assert_eq!(plain("é".as_bytes()).await.unlisted_text::<()>().unwrap(), "é");
    let other = plain(br#"{"message":"accepted"}"#).await.unlisted_json::<common::Invite, ()>();
    let binary = plain(&[0xFF]).await.unlisted_text::<()>();
    for error in [other.unwrap_err(), binary.unwrap_err()] {
        assert!(matches!(error.kind(), ErrorKind::Undocumented), "{error:?}");
        assert!(error.body().is_some_and(|body| !body.is_empty()));
    }
}
