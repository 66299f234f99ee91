//! Connections that fail.

use std::time::{Duration, Instant};

use bindery_runtime::{Error, ErrorKind};
use bindery_tests::server;
use bindery_tests::subject::{Settings as _, Subject, shown};

for_each_client!(
    a_dropped_connection_is_an_error_of_the_transport,
    a_body_that_breaks_off_keeps_the_status,
    a_server_that_is_not_there_is_told_apart,
    a_timeout_is_told_apart,
);

/// An error without an answer, which shows neither the url nor the credential.
fn check<S: Subject>(error: &Error<S::Error>, url: &str) {
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
    assert_eq!(error.operation(), S::OPERATION);
    assert!(error.body().is_none() && error.api().is_none());
    assert!(std::error::Error::source(error).is_some(), "the cause is kept");
    let shown = shown(error);
    assert!(!shown.contains("s3cret") && !shown.contains(url), "{shown}");
}

async fn a_dropped_connection_is_an_error_of_the_transport<S: Subject>() {
    let url = server::hanging_up().await;
    let error = S::call(&S::client(&url)).await.unwrap_err();
    check::<S>(&error, &url);
    assert!(!error.is_timeout() && !error.is_connect());
    assert!(error.status().is_none() && error.headers().is_none());
}

async fn a_body_that_breaks_off_keeps_the_status<S: Subject>() {
    let url = server::breaking_off(S::SUCCESS).await;
    let error = S::call(&S::client(&url)).await.unwrap_err();
    check::<S>(&error, &url);
    assert_eq!(error.status().unwrap(), S::SUCCESS);
    assert!(error.headers().is_some());
}

async fn a_server_that_is_not_there_is_told_apart<S: Subject>() {
    let url = server::absent().await;
    let error = S::call(&S::client(&url)).await.unwrap_err();
    check::<S>(&error, &url);
    assert!(error.is_connect() && !error.is_timeout());
}

async fn a_timeout_is_told_apart<S: Subject>() {
    let url = server::silent().await;
    let client = S::builder(&url).timeout(Duration::from_millis(50)).build().unwrap();
    let start = Instant::now();
    let error = S::call(&client).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(20), "the default has not been waited for");
    check::<S>(&error, &url);
    assert!(error.is_timeout() && !error.is_connect());
}
