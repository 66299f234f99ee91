//! Requests as they would go over the wire, and those that would not.

mod content;
mod styles;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use reqwest::{Method, Url};
use serde_json::json;

use super::*;
use crate::percent::encode;
use crate::{ClientBuilder, Credential, Settings};

static SETTINGS: Settings = Settings {
    name: "bindery-example",
    version: "1.2.3",
    base_url: Some("https://api.example.com/api/"),
    headers: &[("example-version", "2023-06-01"), ("x-key", "constant")],
};

static THING: Operation = Operation {
    id: "get_thing",
    method: Method::POST,
    path: "/v1/{owner}/things/{thing}",
    server: None,
    accept: Some("application/json"),
    idempotent: false,
};

const THINGS: Operation = Operation {
    id: "list_things",
    method: Method::GET,
    path: "/v1/things",
    server: None,
    accept: None,
    idempotent: true,
};

fn builder() -> ClientBuilder {
    ClientBuilder::new(&SETTINGS).credential(Credential::header("x-key", "hunter2"))
}

/// One for all tests: making one reads the certificates of the platform.
static CLIENT: LazyLock<Client> = LazyLock::new(|| builder().build().unwrap());

fn request(operation: &'static Operation) -> Request {
    CLIENT.request(operation)
}

fn url(fill: impl FnOnce(&mut Request)) -> String {
    let mut request = request(&THINGS);
    fill(&mut request);
    request.into_wire().unwrap().uri.to_string()
}

fn refusal(operation: &'static Operation, fill: impl FnOnce(&mut Request)) -> String {
    let mut request = request(operation);
    fill(&mut request);
    fault(request)
}

fn fault(request: Request) -> String {
    match request.into_wire() {
        Err(Unsent::Request(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn path_parameters_are_encoded_behind_the_prefix_of_the_base_url() {
    let mut request = request(&THING);
    request.path("thing", &7);
    request.path("owner", "a/b?c#d%2F..");
    let url = request.into_wire().unwrap().uri.to_string();
    assert_eq!(url, "https://api.example.com/api/v1/a%2Fb%3Fc%23d%252F../things/7");
}

#[test]
fn an_operation_at_another_server_goes_there_unless_a_base_url_is_set() {
    static FILES: Operation = Operation { server: Some("https://files.example.com"), ..THINGS };
    static HEALTH: Operation = Operation { server: Some("/"), ..THINGS };
    let set = builder().base_url("http://127.0.0.1:1/v2").build().unwrap();
    let urls = |operation| {
        [&CLIENT, &set].map(|it| it.request(operation).into_wire().unwrap().uri.to_string())
    };
    assert_eq!(
        urls(&FILES),
        ["https://files.example.com/v1/things", "http://127.0.0.1:1/v2/v1/things"]
    );
    assert_eq!(
        urls(&HEALTH),
        ["https://api.example.com/v1/things", "http://127.0.0.1:1/v1/things"]
    );
}

#[test]
fn no_credential_goes_unencrypted_to_the_server_of_an_operation() {
    static FILES: Operation = Operation { server: Some("http://files.example.com"), ..THINGS };
    static LOCAL: Operation = Operation { server: Some("http://localhost:1"), ..THINGS };
    let client = builder().build().unwrap();
    let expected = "the url of the operation is http, so that others could read the credential on its way: use \
                    https, or call `allow_plain_http` on the client builder";
    assert_eq!(fault(client.request(&FILES)), expected);
    // It might go to a proxy that the environment names for the base url.
    assert_eq!(fault(client.request(&LOCAL)), expected);
    let client = builder().base_url("http://127.0.0.1:1").build().unwrap();
    assert!(client.request(&LOCAL).into_wire().is_ok());
    let client = builder().allow_plain_http().build().unwrap();
    assert!(client.request(&FILES).into_wire().is_ok());

    let client = ClientBuilder::new(&SETTINGS).build().unwrap();
    assert!(client.request(&FILES).into_wire().is_ok(), "there is no credential to read");
    let mut request = client.request(&FILES);
    request.options(crate::CallOptions::default().header("cookie", "sid=hunter2"));
    assert_eq!(fault(request), expected);
}

#[test]
fn query_parameters_are_form_encoded_and_lists_repeat_the_name() {
    let base = "https://api.example.com/api/v1/things";
    assert_eq!(url(|_| ()), base);
    assert_eq!(url(|r| r.query("q", "a+b&c=d é#")), format!("{base}?q=a%2Bb%26c%3Dd+%C3%A9%23"));
    assert_eq!(url(|r| r.query("a[]", &["x", "y"])), format!("{base}?a%5B%5D=x&a%5B%5D=y"));
    let several = url(|r| {
        r.query("none", &None::<&str>);
        r.query("some", &Some(true));
        r.query("empty", "");
        r.query("no", &[""; 0]);
        r.query("n", &-1.5);
    });
    assert_eq!(several, format!("{base}?some=true&empty=&n=-1.5"));
}

#[test]
fn open_enums_and_instants_are_scalars() {
    enum Sort {
        Newest,
        Unknown(String),
    }
    crate::open_enum!(Sort { Newest = "newest first" });
    let instant: crate::DateTime =
        serde_json::from_str(r#""2024-10-30T23:58:27.427722Z""#).unwrap();
    let url = url(|request| {
        request.query("sort", &[Sort::Newest, Sort::from("by name")]);
        request.query("after", &instant);
    });
    let query = url.split_once('?').unwrap().1;
    assert_eq!(query, "sort=newest+first&sort=by+name&after=2024-10-30T23%3A58%3A27.427722Z");
}

#[test]
fn what_is_no_scalar_is_refused_with_place_name_and_reason() {
    let map = BTreeMap::from([("a", 1)]);
    assert!(
        refusal(&THINGS, |r| r.query("q", &map))
            .starts_with("the query parameter `q` is an object")
    );
    let nested = json!({ "a": { "b": 1 } });
    let member = "has the member `a`, which is an object";
    assert!(
        refusal(&THINGS, |r| r.header("h", &nested))
            .starts_with(&format!("the header parameter `h` {member}"))
    );
    assert!(
        refusal(&THING, |r| r.path("thing", &nested))
            .starts_with(&format!("the path parameter `thing` {member}"))
    );
    // The first thing that went wrong is reported.
    let first = refusal(&THINGS, |r| {
        r.query("a", &map);
        r.query("b", &map);
    });
    assert!(first.contains("`a`"), "{first}");
}

#[test]
fn a_path_that_would_be_another_one_is_refused() {
    let with = |owner: &'static str| {
        refusal(&THING, |r| {
            r.path("thing", "x");
            r.path("owner", owner);
        })
    };
    assert_eq!(with(""), "the path parameter `owner` is empty");
    assert!(with(".").contains("another path"));
    assert!(with("..").contains("another path"));
    let absent = refusal(&THING, |r| r.path("owner", &None::<u8>));
    assert_eq!(absent, "the path parameter `owner` is empty");
    let unfilled = refusal(&THING, |r| r.path("owner", "x"));
    assert_eq!(unfilled, "the path parameter `thing` has no value");
    let foreign = refusal(&THING, |r| r.path("other", "x"));
    assert_eq!(foreign, "the path has no parameter `other`");
}

#[test]
fn headers_have_an_order_of_precedence() {
    let headers = |builder: ClientBuilder, fill: fn(&mut Request)| {
        let mut request = builder.build().unwrap().request(&THING);
        request.path("owner", "o");
        request.path("thing", "t");
        request.json("body");
        fill(&mut request);
        request.into_wire().unwrap().headers
    };
    let sent = headers(builder(), |_| ());
    assert_eq!(sent["example-version"], "2023-06-01");
    assert_eq!(sent["accept"], "application/json");
    assert_eq!(sent["content-type"], "application/json");
    // The credential stands above a constant, and alone.
    assert_eq!(sent.get_all("x-key").iter().collect::<Vec<_>>(), ["hunter2"]);
    assert!(sent["x-key"].is_sensitive());
    assert_eq!(sent.len(), 4);

    let caller = || builder().header("Example-Version", "old").header("example-version", "caller");
    let sent = headers(caller().header("accept", "text/plain"), |_| ());
    assert_eq!(sent.get_all("example-version").iter().collect::<Vec<_>>(), ["caller"]);
    assert_eq!(sent["accept"], "text/plain");

    let sent = headers(caller(), |r| {
        r.header("example-version", "operation");
        r.header("x-list", &[1, 2]);
        r.header("x-absent", &None::<&str>);
        r.header("x-name", "é");
    });
    assert_eq!(sent.get_all("example-version").iter().collect::<Vec<_>>(), ["operation"]);
    assert_eq!(sent["x-list"], "1,2");
    assert!(!sent.contains_key("x-absent"));
    assert_eq!(sent["x-name"].as_bytes(), "é".as_bytes());
}

#[test]
fn a_header_parameter_that_cannot_be_sent_is_refused() {
    assert!(refusal(&THINGS, |r| r.header("X-Key", "other")).contains("the credential's"));
    assert!(refusal(&THINGS, |r| r.header("content-length", &3)).contains("connection"));
    assert!(refusal(&THINGS, |r| r.header("a b", "x")).contains("`a b` has a name"));
    let broken = refusal(&THINGS, |r| r.header("x", "secret\r\ny: z"));
    assert!(broken.contains("line break") && !broken.contains("secret"), "{broken}");
}

#[test]
fn a_body_that_cannot_be_serialized_is_refused() {
    let keys = BTreeMap::from([(vec![1], 1)]);
    let refused = refusal(&THINGS, |r| r.json(&keys));
    assert!(refused.starts_with("the body cannot be serialized: "), "{refused}");
}

#[test]
fn debug_shows_the_operation_and_no_parameter() {
    let mut request = request(&THING);
    request.path("owner", "private");
    request.query("q", "private");
    request.header("h", "private");
    request.json("private");
    let shown = format!("{request:?}");
    assert!(shown.contains("get_thing") && shown.contains("{thing}"), "{shown}");
    assert!(!shown.contains("private") && !shown.contains("hunter2"), "{shown}");
}

#[test]
fn the_future_of_a_call_crosses_threads() {
    fn check<T: Send>(_: &T) {}
    check(&request(&THINGS).send());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the value, it stays in its segment, or nothing is sent.
    #[test]
    fn a_path_parameter_stays_in_its_segment(value in "([./%2eE\\\\?#;@: ]|\\PC|\t|\n){0,8}") {
        let mut request = request(&THING);
        request.path("owner", &value);
        request.path("thing", "t");
        let Ok(wire) = request.into_wire() else {
            prop_assert!(matches!(value.as_str(), "" | "." | ".."));
            return Ok(());
        };
        let expected = format!("/api/v1/{}/things/t", encode(&value));
        prop_assert_eq!(wire.uri.path(), expected);
        prop_assert_eq!(wire.uri.host(), Some("api.example.com"));
        prop_assert!(wire.uri.query().is_none());
    }

    #[test]
    fn query_values_arrive_as_they_are(values in prop::collection::vec("(\\PC|[&=+%\n]){0,8}", 0..4)) {
        let mut request = request(&THINGS);
        request.query("q", &values);
        let url = Url::parse(&request.into_wire().unwrap().uri.to_string()).unwrap();
        let arrived: Vec<_> = url.query_pairs().map(|(_, value)| value.into_owned()).collect();
        prop_assert_eq!(arrived, values);
    }
}
