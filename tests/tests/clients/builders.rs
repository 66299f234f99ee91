//! What a builder sets, and what it leaves to the runtime.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bindery_runtime::ErrorKind;
use bindery_runtime::reqwest::redirect::Policy;
use bindery_tests::server::Server;
use bindery_tests::subject::{SECRET, Settings as _, Subject};

for_each_client!(
    the_user_agent_is_name_and_version_unless_set,
    a_header_is_added_to_every_request_and_replaces_a_default,
    what_cannot_be_a_header_is_refused,
    a_hook_is_called_and_cannot_turn_redirects_on,
    clients_are_shared_between_tasks,
    the_last_call_of_a_setter_counts,
);

async fn the_user_agent_is_name_and_version_unless_set<S: Subject>() {
    let server = Server::raw(599, "").await;
    let _ = S::call(&S::client(&server.url())).await;
    let client = S::builder(&server.url()).user_agent("a crawler/1.0").build().unwrap();
    let _ = S::call(&client).await;
    let [default, set] = <[_; 2]>::try_from(server.all_received().await).unwrap();
    let expected = format!("{}/0.1.0", S::PACKAGE);
    assert_eq!(default.header("user-agent"), Some(expected.as_str()));
    assert_eq!(set.header("user-agent"), Some("a crawler/1.0"));
}

async fn a_header_is_added_to_every_request_and_replaces_a_default<S: Subject>() {
    let server = Server::raw(599, "").await;
    let _ = S::call(&S::client(&server.url())).await;
    let builder = S::builder(&server.url()).header("X-Trace", "first").header("x-trace", "t-1");
    let client = builder.header("Accept", "text/plain").build().unwrap();
    let _ = S::call(&client).await;
    let _ = S::call(&client).await;
    let [plain, one, two] = <[_; 3]>::try_from(server.all_received().await).unwrap();
    assert_eq!(one, two);
    assert_eq!(one.header("x-trace"), Some("t-1"));
    assert_eq!(one.header("accept"), Some("text/plain"));
    assert_eq!(one.headers.len(), plain.headers.len() + 1);
}

async fn what_cannot_be_a_header_is_refused<S: Subject>() {
    let build = |name, value| S::builder("https://example.com").header(name, value).build();
    assert!(build("x trace", "1").is_err());
    let error = build("x-trace", "1\r\nx-other: 2").unwrap_err();
    assert!(error.to_string().contains("`x-trace`"), "{error}");
    assert!(build("content-length", "1").is_err(), "it would cut one request in two");
}

async fn a_hook_is_called_and_cannot_turn_redirects_on<S: Subject>() {
    let server = Server::redirect(307, "/elsewhere").await;
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&calls);
    let builder = S::builder(&server.url()).configure(move |http| {
        counter.fetch_add(1, Ordering::Relaxed);
        http.redirect(Policy::limited(5))
    });
    let client = builder.build().unwrap();
    assert_eq!(calls.load(Ordering::Relaxed), 1);
    let error = S::call(&client).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Undocumented), "{error}");
    assert_eq!(server.all_received().await.len(), 1, "the redirect has not been followed");
}

async fn clients_are_shared_between_tasks<S: Subject>() {
    let server = Server::raw(599, "").await;
    let client = S::client(&server.url());
    let calls = [client.clone(), client].map(|client| {
        // Only a future that is `Send` can be spawned.
        tokio::spawn(async move { S::call(&client).await.map(drop).is_err() })
    });
    for call in calls {
        assert!(call.await.unwrap());
    }
    assert_eq!(server.all_received().await.len(), 2);
}

async fn the_last_call_of_a_setter_counts<S: Subject>() {
    let server = Server::raw(599, "").await;
    let builder = S::builder("https://example.com").credential("another");
    let client = builder.base_url(&server.url()).credential(SECRET).build().unwrap();
    let _ = S::call(&client).await;
    assert_eq!(server.received().await.header(S::CREDENTIAL.0), Some(S::CREDENTIAL.1));
}
