//! Credentials in the query and in cookies: sent to the vendor, last, once, and shown nowhere.

#![cfg(feature = "mock")]

mod common;

use std::sync::atomic::{AtomicU32, Ordering};

use bindery_runtime::mock::MockServer as Mocked;
use bindery_runtime::{
    CallOptions, Client, Credential, ErrorKind, Request, RetryPolicy, TokenSource, TransportError,
};
use common::{LIST, SECRET, shown};
use wiremock::matchers::{any, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// How the secret stands in a query.
const ENCODED: &str = "sk-t0p%2Fs3cret%2Bkey%3D%3D";

async fn server(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

fn client(server: &MockServer, credential: Credential) -> Client {
    common::builder(server.uri()).credential(credential).build().unwrap()
}

/// What the server has seen: paths with their queries.
async fn urls(server: &MockServer) -> Vec<String> {
    let text = |url: &bindery_runtime::reqwest::Url| match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    server.received_requests().await.unwrap().iter().map(|it| text(&it.url)).collect()
}

async fn send(client: &Client, fill: impl FnOnce(&mut Request)) -> Result<u16, String> {
    let mut request = client.request(&LIST);
    fill(&mut request);
    let sent = request.send().await;
    sent.map(|it| it.status().as_u16()).map_err(|failure| failure.to_string())
}

#[tokio::test]
async fn a_credential_of_the_query_comes_last() {
    let server = server(ResponseTemplate::new(200)).await;
    let client = client(&server, Credential::query("api key", SECRET));
    send(&client, |_| ()).await.unwrap();
    send(&client, |it| {
        it.query("limit", &1);
        it.options(CallOptions::default().query("x", "y"));
    })
    .await
    .unwrap();
    let key = format!("api+key={ENCODED}");
    let expected = [format!("/v1/invites?{key}"), format!("/v1/invites?limit=1&x=y&{key}")];
    assert_eq!(urls(&server).await, expected);
}

#[tokio::test]
async fn an_error_of_reqwest_loses_its_url_in_any_transport() {
    let builder = common::in_memory(|request, _| async move {
        let sent = bindery_runtime::reqwest::get(request.uri().to_string()).await;
        sent.map(Into::into).map_err(TransportError::connect)
    });
    let builder = builder.base_url("http://127.0.0.1:1").retry(RetryPolicy::none());
    let client = builder.credential(Credential::query("key", SECRET)).build().unwrap();
    let failure = client.request(&LIST).send().await.unwrap_err();
    let mut error: Option<&dyn std::error::Error> = Some(&failure);
    while let Some(link) = error {
        let shown = format!("{link} {link:?}");
        assert!(!shown.contains(SECRET) && !shown.contains(ENCODED), "{shown}");
        error = link.source();
    }
}

#[tokio::test]
async fn a_parameter_of_the_same_name_is_refused() {
    let server = server(ResponseTemplate::new(200)).await;
    let client = client(&server, Credential::query("key", SECRET));
    let failed = send(&client, |it| it.query("key", "k")).await.unwrap_err();
    assert!(failed.contains("the query parameter `key` is the credential's"), "{failed}");
    let own = CallOptions::default().query("key", "k");
    let failed = send(&client, |it| it.options(own)).await.unwrap_err();
    assert!(failed.contains("`key` of the options is the credential's"), "{failed}");
    assert!(urls(&server).await.is_empty());
}

#[tokio::test]
async fn the_url_of_the_next_page_has_it_once_and_another_origin_not_at_all() {
    let server = server(ResponseTemplate::new(200)).await;
    let other = self::server(ResponseTemplate::new(200)).await;
    let client = client(&server, Credential::query("key", SECRET));
    let next = format!("{}/v1/invites?key=old&page=2&key=older", server.uri());
    send(&client, |it| it.at(next)).await.unwrap();
    assert_eq!(urls(&server).await, [format!("/v1/invites?page=2&key={ENCODED}")]);
    let next = format!("{}/v1/invites?page=2", other.uri());
    let failed = send(&client, |it| it.at(next)).await.unwrap_err();
    assert!(failed.contains("another origin"), "{failed}");
    assert!(urls(&other).await.is_empty());
}

#[tokio::test]
async fn a_redirect_carries_it_within_the_origin_and_nowhere_else() {
    let other = self::server(ResponseTemplate::new(200)).await;
    let server = MockServer::start().await;
    let to = |location: &str| ResponseTemplate::new(302).insert_header("location", location);
    let first = path("/v1/invites");
    Mock::given(first).respond_with(to("/a?page=2")).mount(&server).await;
    let second = to(&format!("/b?key={ENCODED}&page=3"));
    Mock::given(path("/a")).respond_with(second).mount(&server).await;
    let third = to(&format!("{}/c?key={ENCODED}", other.uri()));
    Mock::given(path("/b")).respond_with(third).mount(&server).await;
    let client = client(&server, Credential::query("key", SECRET));
    let error = common::list(&client).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Undocumented));
    assert!(!shown(&error).contains("s3cret"), "{}", shown(&error));
    let key = format!("key={ENCODED}");
    let expected =
        [format!("/v1/invites?{key}"), format!("/a?page=2&{key}"), format!("/b?page=3&{key}")];
    assert_eq!(urls(&server).await, expected);
    assert!(urls(&other).await.is_empty());
}

#[tokio::test]
async fn a_source_is_asked_again_after_a_refusal_and_its_key_sent_once() {
    let server = server(ResponseTemplate::new(401)).await;
    for credential in [Credential::query_from, Credential::cookie_from] {
        let asked = AtomicU32::new(0);
        let source = TokenSource::each_time(move || {
            Ok::<_, std::io::Error>(format!("k-{}", asked.fetch_add(1, Ordering::Relaxed)))
        });
        let client = client(&server, credential("key".to_owned(), source));
        send(&client, |it| it.cookie("a", "1")).await.unwrap();
    }
    assert_eq!(
        urls(&server).await,
        ["/v1/invites?key=k-0", "/v1/invites?key=k-1", "/v1/invites", "/v1/invites"]
    );
    let requests = server.received_requests().await.unwrap();
    let cookies: Vec<_> =
        requests.iter().map(|it| it.headers["cookie"].to_str().unwrap()).collect();
    assert_eq!(cookies, ["a=1", "a=1", "a=1; key=k-0", "a=1; key=k-1"]);
}

#[tokio::test]
async fn a_cookie_joins_those_of_the_request_and_has_its_name_alone() {
    let server = server(ResponseTemplate::new(200)).await;
    let client = client(&server, Credential::cookie("sid", "a b"));
    send(&client, |it| it.cookie("theme", "dark")).await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[0].headers["cookie"], "sid=a%20b; theme=dark");
    let failed = send(&client, |it| it.cookie("sid", "k")).await.unwrap_err();
    assert!(failed.contains("the cookie `sid` is the credential's"), "{failed}");
    let source = TokenSource::each_time(|| Ok::<_, std::io::Error>("k"));
    let client = self::client(&server, Credential::cookie_from("sid", source));
    let failed = send(&client, |it| it.cookie("sid", "k")).await.unwrap_err();
    assert!(failed.contains("the cookie `sid` is the credential's"), "{failed}");
}

#[tokio::test]
async fn neither_client_nor_error_shows_it_plain_or_encoded() {
    let secret = "sk-é/s3cret+";
    let echo = "no key https://h/?key=sk-%C3%A9%2Fs3cret%2B&x or sk-%c3%a9%2fs3cret%2b";
    let server = server(ResponseTemplate::new(500).set_body_string(echo)).await;
    for credential in [Credential::query("key", secret), Credential::cookie("key", secret)] {
        let builder = common::builder(server.uri()).credential(credential);
        assert!(!format!("{builder:?}").contains("s3cret"), "{builder:?}");
        let client = builder.build().unwrap();
        assert!(!format!("{client:?}").contains("s3cret"), "{client:?}");
        let error = common::list(&client).await.unwrap_err();
        assert!(shown(&error).contains("?key=[redacted]&x or [redacted]"), "{}", shown(&error));
        assert!(!shown(&error).contains("s3cret"), "{}", shown(&error));
    }
    let client = common::in_memory(|request, _| async move {
        Err(TransportError::new(format!("refused: {}", request.uri().path_and_query().unwrap())))
    });
    let client = client.retry(bindery_runtime::RetryPolicy::none());
    let client = client.credential(Credential::query("key", secret)).build().unwrap();
    assert!(format!("{client:?}").contains(r#"credentials: ["key"]"#), "{client:?}");
    let error = common::list(&client).await.unwrap_err();
    assert!(error.to_string().contains("refused: /v1/invites?key=[redacted]"), "{error}");
    // What the source itself says is the transport's; ours over the network has no url.
    assert!(!format!("{error} {error:?} {:?}", error.kind()).contains("s3cret"), "{error:?}");
    let broken = common::raw(b"", std::time::Duration::ZERO).await;
    let client = common::builder(broken).credential(Credential::query("key", secret));
    let error = common::list(&client.build().unwrap()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
    assert!(!shown(&error).contains("s3cret"), "{}", shown(&error));
}

#[tokio::test]
async fn a_key_that_no_url_can_hold_is_an_error_without_it() {
    let server = server(ResponseTemplate::new(200)).await;
    let client = client(&server, Credential::query("key", "s3cret".repeat(20_000)));
    let error = common::list(&client).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Credential(_)), "{error:?}");
    assert!(shown(&error).contains("does not fit into the url"), "{}", shown(&error));
    assert!(!shown(&error).contains("s3cret"));
    assert!(urls(&server).await.is_empty());
}

#[tokio::test]
async fn a_mock_hides_the_key_and_compares_cookies_one_by_one() {
    let server = Mocked::start().await.hiding("key");
    let builder = common::builder(server.url()).credential(Credential::query("key", SECRET));
    let client = builder.credential(Credential::cookie("sid", SECRET)).build().unwrap();
    let mut expected = server.expect_operation(&LIST);
    expected.request().cookie("theme", "dark");
    expected.reply(bindery_runtime::mock::Reply::empty(200));
    assert_eq!(send(&client, |it| it.cookie("theme", "dark")).await, Ok(200));

    let mut expected = server.expect_operation(&LIST);
    expected.request().cookie("theme", "dark");
    expected.reply(bindery_runtime::mock::Reply::empty(200));
    assert_eq!(send(&client, |it| it.cookie("theme", "light")).await, Ok(418));
    let verified = std::panic::AssertUnwindSafe(|| server.verify());
    let report = std::panic::catch_unwind(verified).unwrap_err();
    let report = report.downcast_ref::<String>().unwrap();
    assert!(report.contains("GET /v1/invites?key=[redacted]"), "{report}");
    assert!(report.contains(r#"cookie `theme`: expected "dark", got "light""#), "{report}");
    assert!(!report.contains("s3cret"), "{report}");
}
