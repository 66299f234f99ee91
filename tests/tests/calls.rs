//! How a call is made otherwise than usual: by the builder of its client, and by its own options. That
//! each setting does what it says is tested where it is implemented; here, that it gets there.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bindery_anthropic::types::{CreateInviteParams, NoAdminRole};
use bindery_anthropic::{
    Call as _, Client, ClientBuilder, Credential, ErrorKind, RetryPolicy, TokenSource,
};
use bindery_runtime::http::Response;
use bindery_runtime::transport_fn;
use bindery_tests::server::Server;
use serde_json::json;
use wiremock::ResponseTemplate;

fn body() -> CreateInviteParams {
    CreateInviteParams::new("a@example.com", NoAdminRole::User)
}

fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .base_url(server.url())
        .credential(Credential::api_key("k"))
        .configure(|http| http.no_proxy())
}

/// A builder whose transport always answers so, and how many requests it has seen.
fn answering(status: u16, retry_after: &'static str) -> (ClientBuilder, Arc<AtomicU32>) {
    let seen = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&seen);
    let transport = transport_fn(move |_, _| {
        counter.fetch_add(1, Ordering::Relaxed);
        async move {
            let answer = Response::builder().status(status).header("retry-after", retry_after);
            Ok(answer.body("{}".into()).unwrap())
        }
    });
    (Client::builder().credential(Credential::api_key("k")).transport(transport), seen)
}

#[tokio::test(flavor = "multi_thread")]
async fn status_and_headers_come_beside_the_body() {
    let invite = json!({
        "id": "i-1", "type": "invite", "email": "a@example.com", "role": "user", "status": "pending",
        "invited_at": "2026-01-01T12:00:00Z", "expires_at": "2026-01-22T12:00:00Z",
    });
    let answer =
        ResponseTemplate::new(200).set_body_json(&invite).insert_header("request-id", "r-7");
    let server = Server::answering(answer).await;
    let client = builder(&server).build().unwrap();
    let answer = client.create_invite(body()).send_with_meta().await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.attempts), (200, 1));
    assert_eq!(answer.headers["request-id"], "r-7");
    assert_eq!(answer.body.email, "a@example.com");
    assert_eq!(answer.body, client.create_invite(body()).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_errors_beside_status_and_headers_are_those_of_send() {
    let server = Server::json(500, &json!({})).await;
    let client = builder(&server).build().unwrap();
    let failed = client.create_invite(body()).send_with_meta().await.unwrap_err();
    let plain = client.create_invite(body()).await.unwrap_err();
    assert_eq!(failed.to_string(), plain.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_call_has_headers_and_query_parameters_of_its_own() {
    let server = Server::raw(599, "").await;
    let client = builder(&server).build().unwrap();
    let call = client.create_invite(body());
    let _ = call.with_options(|it| it.header("x-trace", "7").query("dry_run", "true")).await;
    let _ = client.create_invite(body()).await;
    let [special, plain] = <[_; 2]>::try_from(server.all_received().await).unwrap();
    assert_eq!(special.header("x-trace"), Some("7"));
    assert_eq!(special.line, format!("{}?dry_run=true", plain.line));
    assert_eq!(plain.header("x-trace"), None);
    assert_eq!(special.body, plain.body);
}

#[tokio::test]
async fn a_request_may_be_sent_from_another_task() {
    let (builder, seen) = answering(599, "");
    let call = {
        let client = builder.build().unwrap();
        client.create_invite(body())
    };
    let failed = tokio::spawn(call.send()).await.unwrap().unwrap_err();
    assert_eq!((failed.attempts(), seen.load(Ordering::Relaxed)), (1, 1));
}

#[tokio::test]
async fn a_call_and_a_client_have_their_own_retries() {
    let (builder, seen) = answering(429, "0");
    let client =
        builder.retry(RetryPolicy::default().retries(4)).retry_budget(100).build().unwrap();
    let failed = client.create_invite(body()).await.unwrap_err();
    assert_eq!((failed.attempts(), seen.load(Ordering::Relaxed)), (5, 5));
    let call = client.create_invite(body()).with_options(|it| it.retry(RetryPolicy::none()));
    assert_eq!(call.await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_budget_bounds_the_retries_of_all_calls() {
    let (builder, seen) = answering(429, "0");
    let client = builder.retry_budget(3).build().unwrap();
    for _ in 0..4 {
        let _ = client.create_invite(body()).await;
    }
    assert_eq!(seen.load(Ordering::Relaxed), 4 + 3);
}

#[tokio::test]
async fn a_client_has_limits_of_time_and_size() {
    let (builder, _) = answering(200, "");
    let failed = builder.size_limit(1).build().unwrap().create_invite(body()).await;
    assert!(matches!(failed.unwrap_err().kind(), ErrorKind::TooLarge(1)));

    let stalls = transport_fn(|_, _| std::future::pending());
    let client = Client::builder()
        .credential(Credential::api_key("k"))
        .transport(stalls)
        .retry(RetryPolicy::none());
    let client = client.attempt_timeout(Duration::from_millis(5)).build().unwrap();
    let failed = client.create_invite(body()).await.unwrap_err();
    assert!(failed.is_timeout(), "{failed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_sees_each_operation_by_its_constant() {
    let server = Server::raw(599, "").await;
    let layered = builder(&server).layer(|inner| {
        transport_fn(move |mut request: bindery_runtime::http::Request<_>, call| {
            let inner = Arc::clone(&inner);
            async move {
                let operation = bindery_anthropic::operations::CreateInvite::OPERATION;
                assert_eq!(call.operation().id, operation.id);
                request.headers_mut().insert("x-layer", "1".parse().unwrap());
                inner.send(request, call).await
            }
        })
    });
    let _ = layered.build().unwrap().create_invite(body()).await;
    assert_eq!(server.received().await.header("x-layer"), Some("1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_may_come_from_a_source() {
    let server = Server::raw(599, "").await;
    let source = TokenSource::each_time(|| Ok::<_, std::io::Error>("fresh"));
    let _ = builder(&server)
        .credential(Credential::api_key(source))
        .build()
        .unwrap()
        .create_invite(body())
        .await;
    assert_eq!(server.received().await.header("x-api-key"), Some("fresh"));
}
