//! Credentials that change.

mod common;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bindery_runtime::{
    CallOptions, Client, Credential, ErrorKind, RetryPolicy, SecretString, Token, TokenSource, http,
};
use common::{CREATE, LIST, json, shown};

/// A vendor who takes one token, and keeps those that came.
fn vendor(good: &'static str, source: TokenSource) -> (Client, Arc<Mutex<Vec<String>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let client = common::in_memory(move |request, _| {
        let value = &request.headers()["authorization"];
        assert!(value.is_sensitive());
        let token = value.to_str().unwrap().strip_prefix("Bearer ").unwrap().to_owned();
        let status = if token == good { 200 } else { 401 };
        log.lock().unwrap().push(token);
        async move { Ok(json(status, r#"{"id":"i"}"#)) }
    });
    (client.credential(Credential::bearer_from(source)).build().unwrap(), seen)
}

/// Gives `t1`, `t2` and so on, each after a second.
fn refresher() -> (TokenSource, Arc<AtomicU32>) {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let source = TokenSource::refreshed(move || {
        let round = counter.fetch_add(1, Ordering::SeqCst) + 1;
        async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Ok::<_, std::io::Error>(Token::new(format!("t{round}")))
        }
    });
    (source, asked)
}

#[tokio::test(start_paused = true)]
async fn a_token_is_had_once_for_all_calls() {
    let (source, asked) = refresher();
    let (client, seen) = vendor("t1", source);
    let (a, b) = tokio::join!(common::list(&client), common::list(&client));
    assert!(a.is_ok() && b.is_ok() && common::list(&client).await.is_ok());
    assert_eq!(*seen.lock().unwrap(), ["t1"; 3]);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn a_rejected_token_is_replaced_once_and_the_call_sent_again() {
    let (source, asked) = refresher();
    let (client, seen) = vendor("t2", source);
    // Whatever the method: the vendor has not acted. It is no retry, which a call may do without.
    let mut request = client.request(&CREATE);
    request.path("team_id", "t");
    request.options(CallOptions::default().retry(RetryPolicy::none()));
    let response = request.send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.attempts()), (200, 2));
    assert!(common::list(&client).await.is_ok());
    assert_eq!(*seen.lock().unwrap(), ["t1", "t2", "t2"]);
    assert_eq!(asked.load(Ordering::SeqCst), 2);

    let (source, _) = refresher();
    let (client, seen) = vendor("none", source);
    assert_eq!(common::list(&client).await.unwrap_err().status().unwrap(), 401);
    assert_eq!(*seen.lock().unwrap(), ["t1", "t2"]);
}

#[tokio::test(start_paused = true)]
async fn a_new_token_stays_good_for_the_retries_and_both_are_redacted() {
    let (source, asked) = refresher();
    let client = common::in_memory(|_, call| async move {
        let statuses = [503, 401, 503, 418];
        Ok(json(statuses[call.attempt() as usize - 1], "not t1, not t2"))
    });
    let client = client.credential(Credential::bearer_from(source)).build().unwrap();
    let error = common::list(&client).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (418, 4));
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert!(error.to_string().ends_with("not [redacted], not [redacted]"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn calls_that_are_rejected_together_share_the_new_token() {
    let (source, asked) = refresher();
    let (client, seen) = vendor("t2", source);
    let (a, b) = tokio::join!(common::list(&client), common::list(&client));
    assert!(a.is_ok() && b.is_ok());
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert_eq!(seen.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn a_function_is_asked_each_time_and_a_fixed_token_is_not_sent_again() {
    let count = AtomicU32::new(0);
    let each = TokenSource::each_time(move || {
        let round = count.fetch_add(1, Ordering::SeqCst) + 1;
        Ok::<_, std::io::Error>(format!("t{round}"))
    });
    let (client, seen) = vendor("t3", each);
    assert!(common::list(&client).await.is_err());
    assert!(common::list(&client).await.is_ok());
    assert_eq!(*seen.lock().unwrap(), ["t1", "t2", "t3"]);

    let (client, seen) = vendor("other", "t1".into());
    assert!(common::list(&client).await.is_err());
    assert_eq!(*seen.lock().unwrap(), ["t1"]);
}

#[tokio::test]
async fn a_source_that_fails_is_an_error_and_nothing_is_sent() {
    let failing = TokenSource::each_time(|| Err::<String, _>("the file is gone"));
    let unfit =
        ["a\nb-hunter2", " "].map(|token| TokenSource::each_time(move || Ok::<_, String>(token)));
    for source in [failing].into_iter().chain(unfit) {
        let (client, seen) = vendor("t1", source);
        let error = common::list(&client).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Credential(_)), "{error:?}");
        assert!(error.to_string().starts_with("list_invites: not sent: the credential "));
        assert!(!shown(&error).contains("hunter2"));
        assert_eq!((error.attempts(), seen.lock().unwrap().len()), (0, 0));
    }
    let (client, _) = vendor("t1", TokenSource::each_time(|| Err::<String, _>("the file is gone")));
    let error = common::list(&client).await.unwrap_err();
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the file is gone");
}

#[tokio::test(start_paused = true)]
async fn the_time_of_a_call_covers_its_token() {
    let source = TokenSource::refreshed(std::future::pending::<Result<String, String>>);
    let source = source.timeout(Duration::from_secs(60));
    let (client, seen) = vendor("t1", source);
    assert!(common::list(&client).await.unwrap_err().is_timeout());
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_hangs_is_an_error_and_nothing_is_sent() {
    for (set, limit) in [(None, 20), (Some(3), 3)] {
        let source = TokenSource::refreshed(std::future::pending::<Result<String, String>>);
        let source = match set {
            Some(set) => source.timeout(Duration::from_secs(set)),
            None => source,
        };
        let (client, seen) = vendor("t1", source);
        let start = tokio::time::Instant::now();
        let (a, b) = tokio::join!(common::list(&client), common::list(&client));
        for error in [a, b].map(Result::unwrap_err) {
            assert!(matches!(error.kind(), ErrorKind::Credential(_)), "{error:?}");
            let cause = std::error::Error::source(&error).unwrap().to_string();
            assert_eq!(cause, format!("a refresh may take {limit}s"));
        }
        assert_eq!((start.elapsed().as_secs(), seen.lock().unwrap().len()), (limit, 0));
    }
}

/// The first refresh has spent what it sent: to make a second one would fail for good.
#[tokio::test(start_paused = true)]
async fn a_call_that_runs_out_of_time_leaves_its_refresh_to_the_next() {
    let (source, asked) = refresher();
    let (client, seen) = vendor("t1", source);
    let mut request = client.request(&LIST);
    request.options(CallOptions::default().timeout(Duration::from_millis(300)));
    assert!(request.send().await.unwrap_err().to_string().contains("timed out"));
    drop(tokio::time::timeout(Duration::from_millis(300), common::list(&client)).await);
    assert!(common::list(&client).await.is_ok());
    assert_eq!((asked.load(Ordering::SeqCst), seen.lock().unwrap().len()), (1, 1));
}

/// A short time for each attempt is for the vendor, not for the source of the token.
#[tokio::test(start_paused = true)]
async fn the_time_of_an_attempt_begins_with_its_token() {
    let (source, asked) = refresher();
    let (client, _) = vendor("t1", source);
    let mut request = client.request(&CREATE);
    request.path("team_id", "t");
    request.options(CallOptions::default().attempt_timeout(Duration::from_millis(300)));
    assert_eq!(request.send().await.unwrap().attempts(), 1);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn no_call_is_sent_again_with_the_secret_that_was_rejected() {
    let each = TokenSource::each_time(|| Ok::<_, String>("same"));
    let refreshed = TokenSource::refreshed(|| async { Ok::<_, String>("same") });
    for source in [each, refreshed] {
        let (client, seen) = vendor("other", source);
        for requests in 1..3 {
            let error = common::list(&client).await.unwrap_err();
            assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 1));
            assert_eq!(seen.lock().unwrap().len(), requests);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_comes_expired_makes_no_call_queue() {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let source = TokenSource::refreshed(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Ok::<_, String>(Token::new("t1").expires_in(Duration::ZERO))
        }
    });
    let (client, _) = vendor("t1", source);
    let start = tokio::time::Instant::now();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        calls.spawn(client.request(&LIST).send());
    }
    for result in calls.join_all().await {
        assert_eq!(result.unwrap().status(), 200);
    }
    assert_eq!((asked.load(Ordering::SeqCst), start.elapsed().as_secs()), (1, 1));
}

#[tokio::test]
async fn a_token_that_the_vendor_sends_back_is_redacted() {
    let secret = |text: &'static str| move || Ok::<_, String>(SecretString::from(text));
    let client = common::in_memory(|_, _| async { Ok(json(418, "bad t0ken, bad hunter2")) })
        .credential(Credential::header_from("x-key", TokenSource::each_time(secret("t0ken"))))
        .build()
        .unwrap();
    let mut request = client.request(&LIST);
    request.options(CallOptions::default().header("authorization", "Basic hunter2"));
    let error = request.send().await.unwrap().undocumented::<()>();
    assert!(error.to_string().ends_with("bad [redacted], bad [redacted]"), "{error}");
    assert!(!format!("{client:?}").contains("t0ken"));

    let mut request = client.request(&LIST);
    request.options(CallOptions::default().header("x-key", "mine"));
    assert!(request.send().await.unwrap_err().to_string().contains("is the credential's"));
}

/// A vendor whose answers come from a cache that knows an earlier one.
#[tokio::test]
async fn earlier_tokens_that_the_vendor_sends_back_are_redacted() {
    let number = Arc::new(AtomicU32::new(0));
    let next = move || {
        let number = number.fetch_add(1, Ordering::SeqCst) + 1;
        Ok::<_, std::io::Error>(format!("token-number-{number}"))
    };
    let each_time = TokenSource::each_time(next.clone());
    let refreshed = TokenSource::refreshed(move || {
        let token = next();
        async move { token.map(|it| Token::new(it).expires_in(Duration::ZERO)) }
    });
    for source in [each_time, refreshed] {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let client = common::in_memory(move |request, _| {
            let mut seen = seen.lock().unwrap();
            seen.push(request.headers()["authorization"].to_str().unwrap().to_owned());
            let body = bindery_runtime::Body::from(seen.join(", "));
            async move { Ok(http::Response::builder().status(418).body(body).unwrap()) }
        });
        let client = client.credential(Credential::bearer_from(source)).build().unwrap();
        for count in 1..=5 {
            let error = common::list(&client).await.unwrap_err();
            let shown = shown(&error);
            assert!(!shown.contains("token-number"), "{count}: {shown}");
            assert!(shown.contains("Bearer [redacted]"), "{shown}");
        }
    }
}

#[test]
fn debug_says_what_a_source_is_and_shows_no_secret() {
    let each = TokenSource::each_time(|| Ok::<_, std::io::Error>(SecretString::from("hunter2")));
    let sources = [TokenSource::from("hunter2"), each, refresher().0];
    let shown =
        ["TokenSource::Fixed(..)", "TokenSource::EachTime(..)", "TokenSource::Refreshed(..)"];
    assert_eq!(sources.map(|it| format!("{it:?}")), shown);
}

#[tokio::test]
async fn an_error_shows_nothing_of_what_its_source_said() {
    let source = TokenSource::refreshed(|| async {
        Err::<String, _>(std::io::Error::other("https://id.example.com/?client_secret=hunter2"))
    });
    let client = common::builder("http://127.0.0.1:1").credential(Credential::bearer_from(source));
    let error = common::list(&client.build().unwrap()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Credential(_)), "{error}");
    let shown = format!("{error} {error:?} {:?}", error.kind());
    assert!(!shown.contains("hunter2") && !shown.contains("example.com"), "{shown}");
    // Who wants to know asks for it.
    let mut source = std::error::Error::source(&error);
    let mut said = String::new();
    while let Some(error) = source {
        said += &error.to_string();
        source = error.source();
    }
    assert!(said.contains("hunter2"), "{said}");
}
