//! Faults of a real server, and what a client makes of them with its defaults.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bindery_runtime::{CallOptions, ErrorKind, RetryPolicy};
use common::{LIST, Script};

/// Retries as usual, but for the delay.
fn builder(url: &str) -> bindery_runtime::ClientBuilder {
    common::builder(url).retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
}

const GOOD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"id\":\"i\"}";

#[tokio::test]
async fn a_server_that_hangs_up_stalls_or_breaks_off_gets_another_request() {
    let first: [Script; 5] = [
        Script::Bytes(b""),
        Script::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"id\":"),
        Script::Bytes(b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n"),
        Script::Bytes(b"HTTP/1.1 429 Slow\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n"),
        Script::Stall,
    ];
    for script in first {
        let (url, count) = common::scripted(vec![script, Script::Bytes(GOOD)]).await;
        let client = builder(&url).attempt_timeout(Duration::from_millis(200)).build().unwrap();
        assert_eq!(common::list(&client).await.unwrap().unwrap().id, "i");
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn no_more_is_read_than_the_limit() {
    let announced: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\n";
    let endless = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    for (script, limit) in [
        (Script::Bytes(announced), 8 * 1024 * 1024),
        (Script::Endless(endless, b"400\r\n"), 8 * 1024 * 1024),
        (Script::Endless(b"HTTP/1.1 500 No\r\n\r\n", b""), 8 * 1024 * 1024),
    ] {
        let (url, count) = common::scripted(vec![script]).await;
        let error = common::list(&builder(&url).build().unwrap()).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::TooLarge(n) if *n == limit), "{error:?}");
        assert!(error.status().is_some() && error.headers().is_some());
        assert!(
            error
                .to_string()
                .ends_with("but the body is too large: it has more than 8388608 bytes")
        );
        assert_eq!(count.load(Ordering::SeqCst), 1, "it is not tried again");
    }
}

#[tokio::test]
async fn a_client_and_a_call_set_the_limit() {
    let (url, _) = common::scripted(vec![Script::Bytes(GOOD); 3]).await;
    let client = builder(&url).size_limit(9).build().unwrap();
    let send = |options| {
        let mut request = client.request(&LIST);
        request.options(options);
        request.send()
    };
    assert!(send(CallOptions::default()).await.is_err());
    assert_eq!(send(CallOptions::default().size_limit(10)).await.unwrap().body().len(), 10);
    assert!(send(CallOptions::default().size_limit(0)).await.is_err());
}

#[tokio::test]
async fn a_call_that_is_dropped_closes_its_connection_and_asks_no_more() {
    let (url, count) = common::scripted(vec![Script::Stall; 3]).await;
    let client = builder(&url).build().unwrap();
    let call = tokio::time::timeout(Duration::from_millis(200), common::list(&client));
    assert!(call.await.is_err());
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_connection_that_does_not_come_about_is_given_up() {
    // Nobody answers the greeting of TLS.
    let (url, _) = common::scripted(vec![Script::Stall]).await;
    let client = builder(&url.replace("http:", "https:"))
        .retry(RetryPolicy::none())
        .connect_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let start = std::time::Instant::now();
    let error = common::list(&client).await.unwrap_err();
    assert!(error.is_connect() && error.is_timeout(), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(8), "the default has not been waited for");
}

#[tokio::test]
async fn the_options_of_a_call_reach_the_server() {
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&seen);
    let client = common::in_memory(move |request, _| {
        assert_eq!(request.uri().query(), Some("a=1&b=x+y"));
        assert_eq!(request.headers()["x-trace"], "7");
        assert_eq!(request.headers()["accept"], "text/csv");
        counter.fetch_add(1, Ordering::SeqCst);
        async { Ok(common::json(204, "")) }
    });
    let client = client.build().unwrap();
    let options = || {
        CallOptions::default().header("x-trace", "7").header("accept", "text/csv").query("b", "x y")
    };
    let mut request = client.request(&LIST);
    request.options(options());
    request.query("a", &1);
    let answer = request.send().await.unwrap().answer(|response| response.empty::<()>()).unwrap();
    assert_eq!((answer.status.as_u16(), answer.attempts), (204, 1));
    assert_eq!(seen.load(Ordering::SeqCst), 1);

    let shown = format!("{:?}", options().header("authorization", "hunter2"));
    assert!(shown.contains("x-trace") && !shown.contains("hunter2"), "{shown}");
    for (name, value) in [("content-length", "7"), ("a b", "7"), ("x", "a\nb")] {
        let mut request = client.request(&LIST);
        request.options(CallOptions::default().header(name, value));
        let failure = request.send().await.unwrap_err().to_string();
        assert!(failure.contains("of the options"), "{failure}");
    }
}
