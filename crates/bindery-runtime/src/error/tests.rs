//! What an error shows, and what it keeps.

use super::*;
use crate::redact::Redactor;

/// A typed body that would repeat the secret, and has no `Debug`.
struct Body(#[allow(dead_code, reason = "present to be leaked")] &'static str);

fn context(status: u16, body: &str) -> Context {
    let redactor = Redactor::new(vec!["hunter2".into()]);
    let status = StatusCode::from_u16(status).unwrap();
    Context::unsent("create_invite")
        .with_head(status, HeaderMap::new())
        .with_body(Bytes::copy_from_slice(body.as_bytes()), &redactor)
}

fn error(status: u16, body: &str, kind: ErrorKind<Body>) -> Error<Body> {
    Error::new(context(status, body), kind)
}

#[test]
fn it_is_one_pointer_wide_and_crosses_threads() {
    fn check<T: Send + Sync + std::error::Error + 'static>() {
        assert_eq!(size_of::<T>(), size_of::<usize>());
    }
    check::<Error<[u64; 64]>>();
    check::<Error<Body>>();
    check::<Failure>();
}

#[test]
fn display_says_operation_status_and_what_happened() {
    let api = error(422, r#"{"detail":"no"}"#, ErrorKind::Api(Body("hunter2")));
    assert_eq!(api.to_string(), r#"create_invite: 422 Unprocessable Entity: {"detail":"no"}"#);
    let undocumented = error(599, "", ErrorKind::Undocumented);
    assert_eq!(undocumented.to_string(), "create_invite: 599, which is not documented: no body");
    let decode = DecodeError::new("a[0]".into(), "missing field `b`".into());
    assert_eq!(
        error(200, "{}", ErrorKind::Decode(decode)).to_string(),
        "create_invite: 200 OK, but the body does not decode: a[0]: missing field `b`"
    );
}

#[test]
fn display_says_how_many_attempts_it_took_if_there_were_several() {
    let shown = |attempts, kind| {
        let kind: ErrorKind<Body> = kind;
        let answered =
            Error::new(context(503, "x").after(attempts), ErrorKind::<Body>::Undocumented);
        let unanswered = Error::new(Context::unsent("list").after(attempts), kind);
        (answered.to_string(), unanswered.to_string())
    };
    let credential = || ErrorKind::Credential(CredentialError::new("is gone"));
    let (answered, unsent) = shown(1, credential());
    assert!(answered.starts_with("create_invite: 503 Service Unavailable, which"), "{answered}");
    assert_eq!(unsent, "list: not sent again: the credential is gone");
    assert_eq!(shown(0, credential()).1, "list: not sent: the credential is gone");
    let (answered, unsent) = shown(3, credential());
    let start =
        "create_invite: 503 Service Unavailable after 3 attempts, which is not documented: x";
    assert_eq!(answered, start);
    assert_eq!(unsent, "list: not sent again after 3 attempts: the credential is gone");
    let connect = || ErrorKind::Transport(TransportError::connect("refused"));
    assert_eq!(shown(1, connect()).1, "list: could not connect: refused");
    assert_eq!(shown(3, connect()).1, "list: could not connect after 3 attempts: refused");
    assert_eq!(shown(1, ErrorKind::Transport(TransportError::timeout())).1, "list: timed out");
}

#[test]
fn debug_is_useful_and_does_not_show_the_typed_body() {
    let shown = format!("{:?}", error(400, "x=hunter2", ErrorKind::Api(Body("hunter2"))));
    assert_eq!(
        shown,
        "Error { operation: \"create_invite\", status: 400, attempts: 0, kind: Api(..), \
         body: x=[redacted] }"
    );
    assert_eq!(format!("{:?}", ErrorKind::Api(Body("hunter2"))), "Api(..)");
}

#[test]
fn the_body_stays_as_it_came_and_is_shown_short_and_escaped() {
    let body = format!("\u{1b}[2J\r\nhunter2 {}", "x".repeat(5000));
    let error = error(500, &body, ErrorKind::Undocumented);
    assert_eq!(error.body().unwrap(), body.as_bytes());
    for shown in [error.to_string(), format!("{error:?}")] {
        assert!(shown.contains(r"\u{1b}[2J\r\n[redacted] xxx"), "{shown}");
        assert!(!shown.chars().any(char::is_control), "{shown}");
        assert!(shown.chars().count() < 350, "{shown}");
    }
}

#[test]
fn the_typed_body_comes_out_and_another_error_stays_whole() {
    let api = error(400, "x", ErrorKind::Api(Body("typed")));
    assert_eq!(api.api().unwrap().0, "typed");
    assert_eq!(api.into_api().ok().unwrap().0, "typed");

    let other = error(418, "tea", ErrorKind::Undocumented);
    assert!(other.api().is_none());
    let other = other.into_api().err().unwrap();
    assert_eq!(other.status().unwrap(), 418);
    assert_eq!(other.body().unwrap(), "tea");
    assert_eq!(other.operation(), "create_invite");
}

#[test]
fn a_failure_becomes_the_error_of_any_operation() {
    let kind = ErrorKind::Decode(DecodeError::new("a".into(), "b".into()));
    let failure = Failure::new(context(200, "{}"), kind);
    let shown = (failure.to_string(), format!("{failure:?}"));
    let error = Error::<Body>::from(failure);
    assert_eq!((error.to_string(), format!("{error:?}")), shown);
    assert_eq!(error.status().unwrap(), 200);
    let undocumented = Failure::new(Context::unsent("x"), ErrorKind::Undocumented);
    let error = Error::<Body>::from(undocumented);
    assert!(matches!(error.kind(), ErrorKind::Undocumented));
    assert!(error.status().is_none() && error.headers().is_none() && error.body().is_none());
}

#[test]
fn a_call_may_be_worth_another_try_whatever_its_error_is_called() {
    let transport = || ErrorKind::<Body>::Transport(TransportError::new("reset"));
    assert!(Error::new(Context::unsent("list"), transport()).is_retryable());
    for (status, expected) in [(408, true), (429, true), (500, true), (404, false), (201, false)] {
        let kinds = [ErrorKind::Api(Body("")), ErrorKind::Undocumented];
        for kind in kinds {
            assert_eq!(error(status, "", kind).is_retryable(), expected, "{status}");
        }
    }
    let unsent = ErrorKind::<Body>::Credential(CredentialError::new("is gone"));
    assert!(!Error::new(Context::unsent("list"), unsent).is_retryable());
}

#[test]
fn the_vendor_knows_a_call_by_the_header_that_says_so() {
    for (name, expected) in [
        ("request-id", Some("r-1")),
        ("x-request-id", Some("r-1")),
        ("x-amzn-requestid", Some("r-1")),
        ("x-request-id-count", None),
    ] {
        let headers = HeaderMap::from_iter([(
            reqwest::header::HeaderName::from_static(name),
            reqwest::header::HeaderValue::from_static("r-1"),
        )]);
        let context = Context::unsent("list").with_head(StatusCode::BAD_REQUEST, headers);
        let error = Error::new(context, ErrorKind::<Body>::Undocumented);
        assert_eq!(error.request_id(), expected, "{name}");
    }
}

#[test]
fn an_error_without_its_type_tells_the_same() {
    fn question_mark() -> Result<(), UntypedError> {
        Err(error(409, "taken", ErrorKind::Api(Body("a"))))?
    }
    let untyped = question_mark().unwrap_err();
    let typed = error(409, "taken", ErrorKind::Api(Body("a")));
    assert_eq!(untyped.to_string(), typed.to_string());
    assert_eq!(format!("{untyped:?}"), format!("{typed:?}"));
    assert_eq!((untyped.status(), untyped.operation()), (typed.status(), "create_invite"));
    assert_eq!(untyped.api_of::<Body>().map(|it| it.0), Some("a"));
    assert!(untyped.api_of::<String>().is_none());
}
