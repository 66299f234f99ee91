//! Parameters in all their places and styles.

use reqwest::header::COOKIE;

use super::*;

static STYLED: Operation = Operation {
    id: "get_styled",
    method: Method::GET,
    path: "/v1/{a}/{b}?type=x y&q={a}#{c}",
    server: None,
    accept: None,
    idempotent: true,
};

static OPEN: Operation = Operation {
    id: "open",
    method: Method::GET,
    path: "/v1/{x/a}?b={&c",
    server: None,
    accept: None,
    idempotent: true,
};

fn url_of(operation: &'static Operation, fill: impl FnOnce(&mut Request)) -> String {
    let mut request = request(operation);
    fill(&mut request);
    let url = request.into_wire().unwrap().uri.to_string();
    url.strip_prefix("https://api.example.com/api/v1/").unwrap().to_owned()
}

fn query(fill: impl FnOnce(&mut Request)) -> String {
    url_of(&THINGS, fill).strip_prefix("things").unwrap().to_owned()
}

#[test]
fn path_parameters_have_three_styles() {
    let object = json!({ "k": "v", "l": 2 });
    let path = url_of(&THING, |r| {
        r.path("owner", &object);
        r.path("thing", &["a", "b/c"]);
    });
    assert_eq!(path, "k,v,l,2/things/a,b%2Fc");
    let path = url_of(&THING, |r| {
        r.path_label("owner", &["a", "b/c"]);
        r.path_matrix("thing", &object);
    });
    assert_eq!(path, ".a.b%2Fc/things/;thing=k,v,l,2");
    let empty = refusal(&THING, |r| r.path("owner", &json!({})));
    assert_eq!(empty, "the path parameter `owner` is empty");
    let dots = refusal(&THING, |r| {
        r.path("thing", "x");
        r.path_label("owner", ".");
    });
    assert!(dots.contains("another path"), "{dots}");
}

#[test]
fn the_query_of_the_path_comes_first_and_its_fragment_never() {
    let url = url_of(&STYLED, |r| {
        r.path("a", "1&2 ?");
        r.path("b", "3");
        r.query("n", &4);
    });
    assert_eq!(url, "1%262%20%3F/3?type=x%20y&q=1%262+%3F&n=4");
    let foreign = refusal(&STYLED, |r| r.path("c", "x"));
    assert_eq!(foreign, "the path has no parameter `c`");
}

#[test]
fn braces_that_enclose_nothing_are_encoded() {
    let url = url_of(&OPEN, |r| r.path("x/a", "1"));
    assert_eq!(url, "1?b=%7B&c");
    static LONE: Operation = Operation {
        id: "lone",
        method: Method::GET,
        path: "/v1/a}{b",
        server: None,
        accept: None,
        idempotent: true,
    };
    assert_eq!(url_of(&LONE, |_| ()), "a%7D%7Bb");
}

#[test]
fn query_parameters_have_styles() {
    let object = json!({ "a": 1, "b": ["x", "y"] });
    let sent = query(|r| {
        r.query_joined("c", ',', &["1", "2,3"]);
        r.query_joined("s", ' ', &["1", "2"]);
        r.query_joined("p", '|', &["1", "2"]);
        r.query_object(&object);
        r.query_deep("d", &object);
        r.query_json("j", &object);
        r.query_json("none", &None::<u8>);
    });
    let json = "%7B%22a%22%3A1%2C%22b%22%3A%5B%22x%22%2C%22y%22%5D%7D";
    assert_eq!(
        sent,
        format!("?c=1,2%2C3&s=1%202&p=1|2&a=1&b=x&b=y&d%5Ba%5D=1&d%5Bb%5D=x&d%5Bb%5D=y&j={json}")
    );
}

#[test]
fn a_query_parameter_that_cannot_be_sent_is_refused() {
    let nested = json!({ "a": { "b": 1 } });
    let joined = refusal(&THINGS, |r| r.query_joined("q", ',', &nested));
    assert!(joined.starts_with("the query parameter `q` has the member `a`, which is an object"));
    let object = refusal(&THINGS, |r| r.query_object(&nested));
    assert!(object.starts_with("the object of query parameters has the member `a`, which is an"));
    let deep = refusal(&THINGS, |r| r.query_deep("q", &json!([[1]])));
    assert!(deep.starts_with("the query parameter `q` is a list in a list"), "{deep}");
    let keys = BTreeMap::from([(vec![1], 1)]);
    let json = refusal(&THINGS, |r| r.query_json("q", &keys));
    assert!(json.starts_with("the query parameter `q` cannot be serialized: "), "{json}");
}

#[test]
fn header_parameters_may_be_objects() {
    let mut request = request(&THINGS);
    request.header("x-object", &json!({ "k": "v", "l": 2 }));
    request.header("x-empty", &json!({}));
    let headers = request.into_wire().unwrap().headers;
    assert_eq!(headers["x-object"], "k,v,l,2");
    assert!(!headers.contains_key("x-empty"));
}

#[test]
fn cookies_go_into_one_header() {
    let sent = |builder: ClientBuilder, fill: fn(&mut Request)| {
        let mut request = builder.build().unwrap().request(&THINGS);
        fill(&mut request);
        let headers = request.into_wire().unwrap().headers;
        assert!(headers.get_all(COOKIE).iter().count() <= 1);
        headers.get(COOKIE).map(|cookies| cookies.to_str().unwrap().to_owned())
    };
    let two: fn(&mut Request) = |r| {
        r.cookie("session", "a b;c");
        r.cookie("list", &[1, 2]);
        r.cookie("none", &None::<u8>);
    };
    let cookies = "session=a%20b%3Bc; list=1,2";
    assert_eq!(sent(builder(), |_| ()), None);
    assert_eq!(sent(builder(), two).unwrap(), cookies);
    let own = sent(builder().header("cookie", "session=x; y=z"), two).unwrap();
    assert_eq!(own, format!("y=z; {cookies}"));
    let credential = || builder().credential(Credential::header("cookie", "key=hunter2"));
    assert_eq!(sent(credential(), two).unwrap(), format!("key=hunter2; {cookies}"));
    assert_eq!(sent(credential(), |_| ()).unwrap(), "key=hunter2");

    let mut request = credential().build().unwrap().request(&THINGS);
    request.cookie("key", "x");
    let refusal = fault(request);
    assert_eq!(refusal, "the cookie `key` is the credential's: give one of the two");
}

#[test]
fn a_cookie_that_cannot_be_sent_is_refused() {
    let name = refusal(&THINGS, |r| r.cookie("a;b", "x"));
    assert_eq!(name, "the cookie `a;b` has a name that no cookie can have");
    let nested = refusal(&THINGS, |r| r.cookie("c", &json!({ "a": [] })));
    assert!(nested.starts_with("the cookie `c` has the member `a`, which is a list"), "{nested}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the value, it is one cookie, and no other.
    #[test]
    fn a_cookie_arrives_as_it_is(value in "(\\PC|[;,=%\"\\\\ \t\r\n]){0,8}") {
        let mut request = request(&THINGS);
        request.cookie("c", &value);
        request.cookie("last", "1");
        let headers = request.into_wire().unwrap().headers;
        let pairs: Vec<_> = headers[COOKIE].to_str().unwrap().split(';').collect();
        prop_assert_eq!(pairs.len(), 2);
        let sent = pairs[0].strip_prefix("c=").unwrap();
        prop_assert!(!sent.contains([',', ' ', '"', '\\']));
        let arrived = percent_encoding::percent_decode_str(sent).decode_utf8().unwrap();
        prop_assert_eq!(arrived, value);
        prop_assert_eq!(pairs[1], " last=1");
    }

    /// No style lets a value out of its segment.
    #[test]
    fn every_style_stays_in_its_segment(value in "([./%2eE\\\\?#;@: ]|\\PC|\t|\n){1,8}") {
        let styles: [fn(&mut Request, &str); 2] = [
            |request, value| request.path_label("owner", value),
            |request, value| request.path_matrix("owner", value),
        ];
        for style in styles {
            let mut request = request(&THING);
            style(&mut request, &value);
            request.path("thing", "t");
            let Ok(wire) = request.into_wire() else {
                prop_assert_eq!(&value, ".");
                continue;
            };
            let segments: Vec<_> = wire.uri.path().split('/').skip(1).collect();
            prop_assert_eq!(segments.len(), 5);
            prop_assert_eq!(&segments[3..], ["things", "t"]);
            prop_assert!(segments[2].ends_with(&encode(&value)));
            prop_assert!(wire.uri.query().is_none());
        }
    }
}
