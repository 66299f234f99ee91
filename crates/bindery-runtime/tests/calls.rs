//! Calls as values: the ways to send one, and what a caller may do that no operation describes.

mod common;

use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use bindery_runtime::reqwest::redirect::Policy;
use bindery_runtime::{
    Body, Bytes, Call, CallOptions, Caller, Client, ClientBuilder, Credential, Error, ErrorKind,
    Method, Operation, Outcome, Page, PageOf, Paged, Request, Response, RetryPolicy, http,
};
use common::{Invite, Problem, SECRET};
use serde_json::json;

/// An operation that takes a body and has a documented error.
#[derive(Clone, Debug)]
struct Create(Caller);

impl Call for Create {
    type Output = Invite;
    type Error = Problem;
    const OPERATION: &'static Operation =
        &Operation::new("create", Method::POST, "/v1/invites").accept("application/json");

    fn caller(&mut self) -> &mut Caller {
        &mut self.0
    }

    fn write(&self, request: &mut Request) {
        request.json(&json!({ "b": 10.5, "a": 9_007_199_254_740_993_u64 }));
    }

    fn read(response: Response) -> Outcome<Self> {
        match response.status().as_u16() {
            201 => response.json(),
            400 => Err(response.error()),
            _ => response.unlisted_json(),
        }
    }
}

/// A list of three pages.
#[derive(Clone)]
struct List(Caller, Option<u64>);

impl Call for List {
    type Output = Vec<u64>;
    type Error = ();
    const OPERATION: &'static Operation = &Operation::new("list", Method::GET, "/v1/numbers");

    fn caller(&mut self) -> &mut Caller {
        &mut self.0
    }

    fn write(&self, request: &mut Request) {
        request.query("page", &self.1);
    }

    fn read(response: Response) -> Outcome<Self> {
        response.unlisted_json()
    }
}

impl Paged for List {
    type Item = u64;
    type Cursor = u64;

    fn turn(&mut self, to: u64) {
        self.1 = Some(to);
    }

    fn page(&self, page: Vec<u64>, _: &bindery_runtime::HeaderMap) -> PageOf<Self> {
        Page::numbered(page, self.1.unwrap_or(1), Some(3))
    }
}

type Seen = Arc<Mutex<Vec<(http::request::Parts, Bytes)>>>;

/// A builder of clients that are answered so, and what they sent.
fn answered(status: u16, body: &'static str) -> (ClientBuilder, Seen) {
    let seen = Seen::default();
    let notes = Arc::clone(&seen);
    let builder = common::in_memory(move |request, _| {
        let (head, content) = request.into_parts();
        notes.lock().unwrap().push((head, content));
        let answer = http::Response::builder().status(status).body(Body::from(body));
        async move { Ok(answer.unwrap()) }
    });
    (builder, seen)
}

fn header<'h>(head: &'h http::request::Parts, name: &str) -> &'h str {
    head.headers.get(name).map_or("", |it| it.to_str().unwrap())
}

#[tokio::test]
async fn a_call_is_sent_in_each_way_and_read_in_one() {
    let (builder, _) = answered(201, r#"{"id":"i"}"#);
    let client = builder.build().unwrap();
    let create = || Create(client.caller());
    assert_eq!(create().send().await.unwrap().id, "i");
    let answer = create().send_with_meta().await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.body.id.as_str(), answer.attempts), (201, "i", 1));
    let mut raw = create().send_raw().await.unwrap();
    assert_eq!(raw.status().as_u16(), 201);
    assert_eq!(raw.chunk().await.unwrap().as_deref(), Some(&br#"{"id":"i"}"#[..]));
}

#[tokio::test]
async fn any_answer_is_had_raw() {
    for status in [204, 302, 400, 599] {
        let (builder, _) = answered(status, r#"{"message":"no"}"#);
        let client = builder.retry(RetryPolicy::none()).build().unwrap();
        let raw = Create(client.caller()).send_raw().await.unwrap();
        assert_eq!(raw.status().as_u16(), status);
    }
}

#[tokio::test]
async fn nothing_is_sent_before_a_call_is_awaited() {
    let (builder, seen) = answered(201, r#"{"id":"i"}"#);
    let client = builder.build().unwrap();
    let sending = Create(client.caller()).send();
    drop(Create(client.caller()).send_raw());
    assert!(seen.lock().unwrap().is_empty());
    sending.await.unwrap();
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn members_join_the_body_and_leave_the_others_as_they_are() {
    let (builder, seen) = answered(201, r#"{"id":"i"}"#);
    let client = builder.build().unwrap();
    let more = |it: CallOptions| it.member("c", json!([1])).member("b", "new").query("q", "1");
    Create(client.caller()).with_options(more).send().await.unwrap();
    let seen = seen.lock().unwrap();
    let (head, body) = &seen[0];
    assert_eq!(head.uri.query(), Some("q=1"));
    assert_eq!(&body[..], br#"{"a":9007199254740993,"b":"new","c":[1]}"#);
}

#[tokio::test]
async fn a_member_needs_an_object_to_join() {
    let (builder, seen) = answered(200, "[]");
    let client = builder.build().unwrap();
    let list = List(client.caller(), None).with_options(|it| it.member("a", 1));
    let error = list.send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error:?}");
    let raw = client.raw(Method::PUT, "/x").body("text/plain", "a");
    assert!(raw.with_options(|it| it.member("a", 1)).send().await.is_err());
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_call_and_a_client_may_have_another_credential() {
    let (builder, seen) = answered(201, r#"{"id":"i"}"#);
    let key = |secret: &str| Credential::header("x-api-key", secret);
    let client = builder.credential(key(SECRET)).build().unwrap();
    let other = client.with_credentials([key("other-s3cret")]).unwrap();
    let own = |it: CallOptions| it.credential(Credential::bearer("own-s3cret"));
    Create(client.caller()).send().await.unwrap();
    Create(other.caller()).send().await.unwrap();
    let call = Create(client.caller()).with_options(own);
    assert!(!format!("{call:?}").contains("s3cret"), "{call:?}");
    call.send().await.unwrap();
    let seen = seen.lock().unwrap();
    let sent: Vec<_> =
        seen.iter().map(|(it, _)| [header(it, "x-api-key"), header(it, "authorization")]).collect();
    assert_eq!(sent, [[SECRET, ""], ["other-s3cret", ""], ["", "Bearer own-s3cret"]]);
}

#[tokio::test]
async fn no_error_shows_the_credential_of_a_call() {
    let (builder, _) = answered(400, r#"{"message":"own-s3cret is no key"}"#);
    let client = builder.build().unwrap();
    let own = |it: CallOptions| it.credential(Credential::bearer("own-s3cret"));
    let error = Create(client.caller()).with_options(own).send().await.unwrap_err();
    assert!(!common::shown(&error).contains("own-s3cret"), "{error}");
    let error: Error<()> =
        client.raw(Method::GET, "/x").with_options(own).send().await.unwrap().error_of(());
    assert!(!common::shown(&error).contains("own-s3cret"), "{error}");
}

#[tokio::test]
async fn another_credential_does_not_go_where_the_first_may_not() {
    let builder = common::builder("http://api.example.com");
    let client = builder.build().unwrap();
    assert!(client.with_credentials([Credential::bearer("s3cret")]).is_err());
    let own = |it: CallOptions| it.credential(Credential::bearer("s3cret"));
    let error = Create(client.caller()).with_options(own).send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)) && error.attempts() == 0, "{error:?}");
}

#[tokio::test]
async fn what_no_operation_describes_goes_below_the_base_url() {
    let (builder, seen) = answered(200, r#"{"id":"i"}"#);
    let builder = builder.base_url("https://api.example.com/v2/");
    let client = builder.credential(Credential::bearer(SECRET)).build().unwrap();
    let raw = client.raw(Method::POST, "/beta/a b/ü").query("a", &["1", "2"]);
    let response = raw.header("x-b", "3").json(&json!({ "c": 4 })).send().await.unwrap();
    assert_eq!(response.json::<Invite, ()>().unwrap().id, "i");
    let seen = seen.lock().unwrap();
    let (head, body) = &seen[0];
    let url = "https://api.example.com/v2/beta/a%20b/%C3%BC?a=1&a=2";
    assert_eq!((head.method.as_str(), head.uri.to_string().as_str()), ("POST", url));
    assert_eq!((header(head, "x-b"), header(head, "content-type")), ("3", "application/json"));
    assert!(header(head, "authorization").starts_with("Bearer "));
    assert_eq!(&body[..], br#"{"c":4}"#);
}

#[tokio::test]
async fn no_path_leads_elsewhere() {
    let (builder, seen) = answered(200, "");
    let client = builder.base_url("https://api.example.com/v2").build().unwrap();
    for path in ["/../v1", "a/./b", "/%2e%2E/v1", "/a?b=c", "/a#b", "/a\\b", "/a\n"] {
        let error = client.raw(Method::GET, path).send().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Request(_)), "{path}: {error:?}");
    }
    let unknown = Method::from_bytes(b"FLY").unwrap();
    assert!(client.raw(unknown, "/a").send().await.is_err());
    assert!(seen.lock().unwrap().is_empty());
    client.raw(Method::GET, "//evil.example.com/a").send().await.unwrap();
    assert_eq!(seen.lock().unwrap()[0].0.uri.host(), Some("api.example.com"));
}

/// A client that is answered with a 423, and then with a 201.
fn locked_once(change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    let status = AtomicU16::new(423);
    let builder = common::in_memory(move |_, _| {
        let status = status.swap(201, Ordering::SeqCst);
        async move { Ok(common::json(status, r#"{"id":"i"}"#)) }
    });
    change(builder).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn other_answers_are_tried_again_where_a_call_may_be_sent_twice() {
    let patient =
        |it: ClientBuilder| it.retry(RetryPolicy::default().also_when(|it, _| it.as_u16() == 423));
    let attempts = async |client: Client| {
        let answer = Create(client.caller()).send_with_meta().await;
        answer.map_or_else(|error| error.attempts(), |answer| answer.attempts)
    };
    assert_eq!(attempts(locked_once(|it| patient(it).safe_to_retry())).await, 2);
    assert_eq!(attempts(locked_once(patient)).await, 1, "a POST may do its work twice");
    assert_eq!(attempts(locked_once(ClientBuilder::safe_to_retry)).await, 1);
}

#[tokio::test(start_paused = true)]
async fn calls_with_a_credential_of_their_own_share_the_budget() {
    let (builder, seen) = answered(503, "{}");
    let policy = RetryPolicy::default().retries(1);
    let client = builder.safe_to_retry().retry(policy).retry_budget(1).build().unwrap();
    for number in 0..3 {
        let own = |it: CallOptions| it.credential(Credential::bearer(format!("s3cret-{number}")));
        let _ = Create(client.caller()).with_options(own).send().await.unwrap_err();
    }
    assert_eq!(
        seen.lock().unwrap().len(),
        4,
        "three calls, and the one retry that all of them have"
    );
}

#[tokio::test]
async fn connections_may_be_those_of_a_client_of_ones_own() {
    let server = wiremock::MockServer::start().await;
    let answer = wiremock::ResponseTemplate::new(201).set_body_json(json!({ "id": "i" }));
    wiremock::Mock::given(wiremock::matchers::path("/v1/invites"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let moved = wiremock::ResponseTemplate::new(302).insert_header("location", "/v1/invites");
    wiremock::Mock::given(wiremock::matchers::path("/moved"))
        .respond_with(moved)
        .mount(&server)
        .await;
    let http = |policy| {
        bindery_runtime::reqwest::Client::builder().no_proxy().redirect(policy).build().unwrap()
    };
    let configured = common::builder(server.uri()).http_client(http(Policy::none()));
    assert!(configured.build().is_err(), "it cannot be configured any more");
    let client =
        |policy| common::unconfigured(server.uri()).http_client(http(policy)).build().unwrap();
    let own = client(Policy::none());
    assert_eq!(Create(own.caller()).send().await.unwrap().id, "i");
    let agent = server.received_requests().await.unwrap()[0].headers["user-agent"].clone();
    assert_eq!(agent, "bindery-example/1.2.3");
    assert_eq!(own.raw(Method::POST, "/moved").send().await.unwrap().status(), 302);
    let follows = client(Policy::limited(3));
    let error = follows.raw(Method::POST, "/moved").send().await.unwrap_err();
    assert!(error.to_string().contains("follows redirects"), "{error}");
}

#[cfg(feature = "blocking")]
#[test]
fn a_program_that_is_not_asynchronous_waits_for_calls_and_lists() {
    let count = AtomicU16::new(0);
    let client = common::in_memory(move |request, _| {
        let page = count.fetch_add(1, Ordering::SeqCst) + 1;
        let body = match request.uri().path() {
            "/v1/numbers" => format!("[{page}0,{page}1]"),
            _ => r#"{"id":"i"}"#.to_owned(),
        };
        async move { Ok(http::Response::new(Body::from(body))) }
    });
    let client = client.build().unwrap();
    let items: Result<Vec<u64>, _> = List(client.caller(), None).items().blocking().collect();
    assert_eq!(items.unwrap(), [10, 11, 20, 21, 30, 31]);
    assert_eq!(Create(client.caller()).send_blocking().unwrap().id, "i");
}

#[cfg(feature = "blocking")]
#[tokio::test]
async fn a_thread_of_an_asynchronous_program_is_not_blocked() {
    let (builder, seen) = answered(201, r#"{"id":"i"}"#);
    let client = builder.build().unwrap();
    let error = Create(client.caller()).send_blocking().unwrap_err();
    assert!(error.to_string().starts_with("create: not sent: "), "{error}");
    assert!(seen.lock().unwrap().is_empty());
}
