//! A server that means harm: whatever it answers, a call ends in a typed error within its bounds, sends its
//! credential nowhere else, and shows it to nobody.

#[path = "../common/mod.rs"]
mod common;
mod wire;

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bindery_runtime::{
    Body, Bytes, Client, ClientBuilder, Credential, Error, ErrorKind, Method, Operation, http,
};
use common::{LIST, SECRET};
use tokio::time::{Instant, Sleep, sleep};

static HEAD: Operation = Operation {
    id: "probe_invites",
    method: Method::HEAD,
    path: "/v1/invites",
    server: None,
    accept: None,
    idempotent: true,
};

/// How a call ended, in a word, after it was checked that nothing shows the credential.
fn ending<T, E>(result: &Result<T, Error<E>>) -> &'static str {
    let Err(error) = result else { return "ok" };
    let shown = common::shown(error);
    assert!(!shown.contains("s3cret"), "{shown}");
    match error.kind() {
        ErrorKind::Transport(_) if error.is_timeout() => "timeout",
        ErrorKind::Transport(_) => "transport",
        ErrorKind::TooLarge(_) => "too large",
        ErrorKind::Decode(_) => "decode",
        ErrorKind::Undocumented => "undocumented",
        _ => "other",
    }
}

fn keyed(builder: ClientBuilder) -> Client {
    builder.credential(Credential::header("x-api-key", SECRET)).build().unwrap()
}

/// A body without end: a byte at a time, each after a while.
struct Drip {
    every: Duration,
    next: Pin<Box<Sleep>>,
}

impl Drip {
    fn body(every: Duration) -> Body {
        Body::wrap(Self { every, next: Box::pin(sleep(every)) })
    }
}

impl http_body::Body for Drip {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        std::task::ready!(self.next.as_mut().poll(cx));
        self.next = Box::pin(sleep(self.every));
        Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(b" ")))))
    }
}

/// A client whose answers have this status and drip.
fn dripping(status: u16) -> Client {
    let client = common::in_memory(move |_, _| async move {
        let body = Drip::body(Duration::from_secs(1));
        Ok(http::Response::builder().status(status).body(body).unwrap())
    });
    keyed(client.retry(bindery_runtime::RetryPolicy::none()))
}

#[tokio::test(start_paused = true)]
async fn a_body_that_drips_ends_with_the_time_of_the_call() {
    for status in [200, 400, 500, 201] {
        let start = Instant::now();
        assert_eq!(ending(&common::list(&dripping(status)).await), "timeout", "{status}");
        assert_eq!(start.elapsed().as_secs(), 30);
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_no_answer_of_its_kind_has_is_not_waited_for() {
    let start = Instant::now();
    for status in [204, 205, 304] {
        let response = dripping(status).request(&LIST).send().await.unwrap();
        assert_eq!((response.status().as_u16(), response.body().len()), (status, 0));
    }
    for status in [200, 404, 500] {
        let response = dripping(status).request(&HEAD).send().await.unwrap();
        assert_eq!((response.status().as_u16(), response.body().len()), (status, 0));
    }
    let opened = dripping(204).request(&LIST).open(|status| status == 204).await.unwrap();
    let mut download = opened.download::<(), ()>(|response| panic!("{response:?}")).unwrap();
    assert_eq!(download.chunk().await.unwrap(), None);
    assert_eq!(start.elapsed(), Duration::ZERO);
}

/// The requests of a client, whatever they are for, are all answered with this status and this header.
async fn always(status: u16, name: &str, values: &[&str]) -> (&'static str, Vec<http::Uri>) {
    let mut answer = http::Response::builder().status(status);
    for value in values {
        answer = answer.header(name, *value);
    }
    let headers = answer.headers_ref().unwrap().clone();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    let client = keyed(common::in_memory(move |request, _| {
        log.lock().unwrap().push(request.uri().clone());
        let mut answer = http::Response::new(Body::from(SECRET));
        (*answer.status_mut(), *answer.headers_mut()) =
            (http::StatusCode::from_u16(status).unwrap(), headers.clone());
        async move { Ok(answer) }
    }));
    let result = common::list(&client).await;
    let asked = asked.lock().unwrap().clone();
    (ending(&result), asked)
}

#[tokio::test]
async fn no_redirect_leads_away_or_goes_on_for_ever() {
    let long = format!("/{}", "a".repeat(100_000));
    for location in [
        "",
        ".",
        "#",
        "?",
        "?a",
        "/",
        "..",
        "../../../..",
        "/%2e%2e/",
        "///",
        "//",
        "a//b",
        ";",
        "%00",
        &long,
        "https://api.example.com",
        "HTTPS://API.EXAMPLE.COM:443/x",
        "https:/x",
        "https:x",
        "//api.example.com/x",
    ] {
        let (ending, asked) = always(302, "location", &[location]).await;
        assert_eq!(ending, "undocumented", "{location}");
        assert!(asked.len() <= 11, "{location}");
        for uri in asked {
            let origin = (uri.scheme_str(), uri.authority().map(|it| it.as_str()));
            assert_eq!(origin, (Some("https"), Some("api.example.com")), "{location}");
        }
    }
}

#[tokio::test]
async fn no_redirect_elsewhere_is_followed() {
    for location in [
        "http://api.example.com/v1/invites",
        "https://api.example.com:8443/",
        "https://api.example.com.evil.example/",
        "https://api.example.com@evil.example/",
        "https://api.example.com:443@evil.example/",
        "https://user:pw@api.example.com/",
        "https:evil.example:1",
        "https:///evil.example/",
        "https://evil.example\t/",
        "https://api.example.com\t/",
        "\t//evil.example",
        "/\t/evil.example",
        r"\\evil.example",
        r"/\evil.example",
        "//evil.example",
        "https://127.0.0.1/",
        "https://[::ffff:7f00:1]/",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://api.example.com/",
        "ws://api.example.com/",
        "https://",
        "https://%61pi.example.com.evil.example",
        "https://xn--a/",
        "https://[",
    ] {
        let (ending, asked) = always(307, "location", &[location, "/second"]).await;
        let origins: BTreeSet<_> =
            asked.iter().map(|it| it.authority().unwrap().as_str()).collect();
        assert_eq!(ending, "undocumented", "{location}");
        assert_eq!(origins, BTreeSet::from(["api.example.com"]), "{location}");
        // A relative path may look like a host.
        let is_relative = location.starts_with("https:evil");
        assert!(asked.len() == 1 || is_relative, "{location}: {asked:?}");
    }
}

#[tokio::test]
async fn a_way_of_hundreds_of_redirects_is_left() {
    let asked = Arc::new(Mutex::new(0));
    let count = Arc::clone(&asked);
    let client = keyed(common::in_memory(move |_, _| {
        let mut asked = count.lock().unwrap();
        *asked += 1;
        let answer = http::Response::builder().status(302).header("location", format!("/{asked}"));
        async move { Ok(answer.body(Body::default()).unwrap()) }
    }));
    assert_eq!(ending(&common::list(&client).await), "undocumented");
    assert_eq!(*asked.lock().unwrap(), 11);
}

#[tokio::test(start_paused = true)]
async fn no_retry_after_makes_a_call_take_longer_than_it_may() {
    for values in [
        &["-1"][..],
        &["99999999999999999999999999"],
        &["18446744073709551615"],
        &["4294967296"],
        &["1e9"],
        &["NaN"],
        &["0x10"],
        &[""],
        &[" "],
        &["Fri, 31 Dec 9999 23:59:59 GMT"],
        &["Thu, 01 Jan 1970 00:00:00 GMT"],
        &["Thu, 99 Jan 2020 99:99:99 GMT"],
        &["tomorrow"],
        &["0", "86400"],
        &["86400", "0"],
        &["1, 2, 3"],
        &[SECRET],
    ] {
        for status in [429, 503] {
            let start = Instant::now();
            let (ending, asked) = always(status, "retry-after", values).await;
            assert_eq!(ending, "undocumented", "{values:?}");
            assert!(start.elapsed() <= Duration::from_secs(30) && asked.len() <= 3, "{values:?}");
        }
    }
}

#[tokio::test]
async fn json_that_is_deep_is_an_error() {
    for (start, end) in [("[", "]"), (r#"{"id":"#, "}"), (r#"{"id":["#, "]}")] {
        for ends in [true, false] {
            let body =
                start.repeat(10_000) + "1" + &if ends { end.repeat(10_000) } else { String::new() };
            let body = Bytes::from(body);
            for status in [200, 409, 410] {
                let body = body.clone();
                let client = common::in_memory(move |_, _| {
                    let answer = http::Response::builder().status(status);
                    let answer = answer.body(Body::from(body.clone())).unwrap();
                    async move { Ok(answer) }
                });
                assert_eq!(ending(&common::list(&keyed(client)).await), "decode");
            }
        }
    }
}

#[tokio::test]
async fn a_next_page_with_control_characters_is_refused() {
    let client = keyed(common::in_memory(|request, _| async move { panic!("{}", request.uri()) }));
    for url in [
        "https://api.example.com\t/v1",
        "\thttps://evil.example/",
        "/\t/evil.example/",
        "https://api.example.com\n@evil.example/",
        "?page=2\r\nx: y",
        "/v1\0",
    ] {
        let mut request = client.request(&LIST);
        request.at(url);
        let error: Error<()> = request.send().await.unwrap_err().into();
        assert!(matches!(error.kind(), ErrorKind::Paging(_)), "{error:?}");
        let expected = "list_invites: the url of the next page has a line break, a tab or another control character";
        assert_eq!(error.to_string(), expected);
    }
}
