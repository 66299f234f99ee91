//! Connections that are refused, dropped or slow.

mod common;

use std::time::{Duration, Instant};

use bindery_runtime::{Credential, Error, ErrorKind};
use common::{ListError, SECRET, shown};
use tokio::net::TcpListener;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Far longer than a test waits for.
const LONG: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(100);

async fn fail(base_url: String) -> Error<ListError> {
    let builder = common::builder(base_url)
        .credential(Credential::header("x-api-key", SECRET))
        .timeout(Duration::from_secs(10));
    check(common::list(&builder.build().unwrap()).await.unwrap_err())
}

fn check(error: Error<ListError>) -> Error<ListError> {
    let ErrorKind::Transport(transport) = error.kind() else {
        panic!("expected an error of the transport, got {error:?}")
    };
    assert_eq!(transport.is_timeout(), error.is_timeout());
    assert!(std::error::Error::source(&error).is_some());
    assert!(!shown(&error).contains("s3cret"));
    assert_eq!(error.operation(), "list_invites");
    assert!(error.body().is_none());
    error
}

#[tokio::test]
async fn no_server_is_a_connect_error() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = common::url(listener.local_addr().unwrap());
    drop(listener);
    let error = fail(url).await;
    assert!(error.is_connect() && !error.is_timeout());
    // The rest of it is the platform's.
    let start = "list_invites: could not connect: ";
    let cause = error.to_string();
    assert!(cause.strip_prefix(start).is_some_and(|cause| !cause.is_empty()), "{cause}");
    assert!(!cause.contains("://") && !cause.contains("tcp connect"), "{cause}");
    assert!(error.status().is_none() && error.headers().is_none());
}

#[tokio::test]
async fn a_dropped_connection_is_neither_connect_nor_timeout() {
    let error = fail(common::raw(b"", Duration::ZERO).await).await;
    assert!(!error.is_connect() && !error.is_timeout());
    assert!(error.status().is_none());
    let error = fail(common::raw(b"no http at all\r\n\r\n", Duration::ZERO).await).await;
    assert!(error.status().is_none());
}

#[tokio::test]
async fn a_body_that_breaks_off_keeps_status_and_headers() {
    let answer = b"HTTP/1.1 200 OK\r\nx-request-id: r-1\r\ncontent-length: 99\r\n\r\n{\"id\":";
    let error = fail(common::raw(answer, Duration::ZERO).await).await;
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.headers().unwrap()["x-request-id"], "r-1");
    assert_eq!(
        error.to_string(),
        "list_invites: 200 OK, but the body did not arrive: the exchange with the server failed: \
         end of file before message length reached"
    );
}

#[tokio::test]
async fn the_timeout_covers_head_and_body() {
    let silent: &[u8] = b"";
    let stalled: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{";
    for (answer, status) in [(silent, None), (stalled, Some(200))] {
        let url = common::raw(answer, LONG).await;
        let client = common::builder(url).timeout(SHORT).build().unwrap();
        let start = Instant::now();
        let error = check(common::list(&client).await.unwrap_err());
        assert!(start.elapsed() < LONG / 2);
        assert!(error.is_timeout());
        assert_eq!(error.status().map(|status| status.as_u16()), status);
        assert!(error.to_string().ends_with("timed out: the call may take 100ms"), "{error}");
    }
}

#[tokio::test]
async fn a_hook_may_set_a_shorter_timeout() {
    let url = common::raw(b"", LONG).await;
    let builder = common::builder(url).configure(|http| http.timeout(SHORT));
    let error = common::list(&builder.build().unwrap()).await.unwrap_err();
    assert!(check(error).is_timeout());
}

#[tokio::test]
async fn a_client_outlives_a_failure() {
    let server = MockServer::start().await;
    let slow = ResponseTemplate::new(204).set_delay(LONG);
    Mock::given(any()).respond_with(slow).up_to_n_times(1).mount(&server).await;
    let fast = ResponseTemplate::new(204);
    Mock::given(any()).respond_with(fast).mount(&server).await;
    let builder = common::builder(server.uri()).timeout(Duration::from_secs(1));
    let client = builder.build().unwrap();
    assert!(common::list(&client).await.unwrap_err().is_timeout());
    assert_eq!(common::list(&client).await.unwrap(), None);
}
