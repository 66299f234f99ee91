//! Values of parameters and bodies, and the request that is sent for them, read back by rules of our own.

mod bodies;
mod readers;
mod values;

use std::sync::{Arc, Mutex};

use crate::input::Input;
use bindery_runtime as runtime;
use runtime::reqwest::Url;
use runtime::{Bytes, http};

use super::calls;
use readers::{form, percent_decoded};
use values::{flat, named, repeated, value};

/// Paths with parameters alone in a segment, beside text, beside each other, and in the query.
static OPERATIONS: [runtime::Operation; 5] = [
    operation("/things/{a}"),
    operation("/{a}/{b}/end"),
    operation("/things/{a}.{b}/x"),
    operation("/{a}:go"),
    operation("/things/{a}?fixed=1&b={b}"),
];

const fn operation(path: &'static str) -> runtime::Operation {
    let (id, method) = ("call", runtime::Method::POST);
    runtime::Operation { id, method, path, server: None, accept: None, idempotent: false }
}

/// The styles of both path parameters, and the texts of each.
type PathValues = [(u8, Vec<String>); 2];

/// What a request has to say, in the order in which it was told.
#[derive(Default)]
struct Expected {
    query: Vec<(String, String)>,
    /// What the options add behind it.
    added: Option<(String, String)>,
    headers: Vec<(String, Vec<String>)>,
    cookies: Vec<(String, Vec<String>)>,
}

/// Fills in a request, sends it to nobody, and compares it with what it was told.
pub(super) fn check(input: &[u8]) {
    let mut input = Input::new(input);
    let sent = Arc::new(Mutex::new(None));
    let keep = Arc::clone(&sent);
    let transport = runtime::transport_fn(move |request: http::Request<Bytes>, _| {
        *keep.lock().expect("nobody panics with it") = Some(request);
        async { calls::answer(204, "") }
    });
    let client = calls::builder(transport).build().expect("a client");
    let operation = &OPERATIONS[input.below(OPERATIONS.len())];
    let mut request = client.request(operation);
    let path = fill_path(&mut request, operation.path, &mut input);
    let mut expected = Expected::default();
    for _ in 0..input.below(5) {
        fill_parameter(&mut request, &mut expected, &mut input);
    }
    let body = bodies::give(&mut request, &mut input);
    let result = calls::wait(request.send());
    let Some(sent) = sent.lock().expect("nobody panics with it").take() else {
        let error: runtime::Error<()> = result.expect_err("what is not sent is an error").into();
        calls::shown(&error).iter().for_each(|text| crate::check::shows_all("an error", text));
        return;
    };
    let url = Url::parse(&sent.uri().to_string()).expect("a url is sent");
    check_path(&url, operation.path, &path);
    check_query(&url, operation.path, &path, &expected);
    check_headers(sent.headers(), &expected);
    body.check(&sent);
}

/// Fills in both path parameters. Gives back the texts of each.
fn fill_path(request: &mut runtime::Request, path: &str, input: &mut Input<'_>) -> PathValues {
    ["a", "b"].map(|name| {
        let (style, value) = (input.byte() % 3, value(input, 2));
        match style {
            // A parameter that the path does not have is an error of the caller's.
            _ if !path.contains(&format!("{{{name}}}")) => {}
            0 => request.path(name, &value),
            1 => request.path_label(name, &value),
            _ => request.path_matrix(name, &value),
        }
        (style, flat(&value).unwrap_or_default())
    })
}

fn fill_parameter(request: &mut runtime::Request, expected: &mut Expected, input: &mut Input<'_>) {
    let kind = input.below(8);
    let (name, value) = (input.text(), value(input, 2));
    let pairs = |texts: Option<Vec<String>>| {
        texts.into_iter().flatten().map(|text| (name.clone(), text)).collect::<Vec<_>>()
    };
    match kind {
        0 => {
            request.query(&name, &value);
            expected.query.extend(pairs(repeated(&value)));
        }
        1 => {
            let separator = input.choose(&[',', '|', ' ']);
            request.query_joined(&name, separator, &value);
            let texts = flat(&value).filter(|texts| !texts.is_empty());
            let joined = texts.map(|texts| vec![texts.join(&separator.to_string())]);
            expected.query.extend(pairs(joined));
        }
        2 => {
            request.query_object(&value);
            expected.query.extend(named("", &value, false).unwrap_or_default());
        }
        3 => {
            request.query_deep(&name, &value);
            expected.query.extend(named(&name, &value, true).unwrap_or_default());
        }
        4 => {
            request.query_json(&name, &value);
            expected.query.extend(pairs((!value.is_null()).then(|| vec![value.to_string()])));
        }
        5 => {
            let name = format!("x-{name}");
            request.header(&name, &value);
            let texts = flat(&value).unwrap_or_default();
            // A header that is absent replaces none.
            if !texts.is_empty() {
                expected.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
                expected.headers.push((name, texts));
            }
        }
        6 => {
            request.cookie(&name, &value);
            let texts = flat(&value).unwrap_or_default();
            if !texts.is_empty() {
                expected.cookies.retain(|(other, _)| *other != name);
                expected.cookies.push((name, texts));
            }
        }
        _ => {
            let text = input.text();
            request.options(runtime::CallOptions::default().query(&name, &text));
            expected.added = Some((name, text));
        }
    }
}

/// The request goes to the base url, and its path has the segments of the template and no other.
fn check_path(url: &Url, template: &str, values: &PathValues) {
    assert_eq!(url.origin().ascii_serialization(), "https://api.example.com");
    assert!(url.username().is_empty() && url.password().is_none() && url.fragment().is_none());
    let template = template.split('?').next().unwrap_or_default();
    let expected: Vec<String> =
        template.split('/').skip(1).map(|segment| written(segment, values)).collect();
    let actual: Vec<&str> =
        url.path().strip_prefix("/base/").expect("the base").split('/').collect();
    assert_eq!(actual.len(), expected.len(), "{url} has other segments than `{template}`");
    for (actual, expected) in actual.iter().zip(&expected) {
        assert!(!matches!(*actual, "." | ".."), "{url} leads elsewhere");
        assert_eq!(percent_decoded(actual), expected.as_bytes(), "in {url}");
    }
}

/// A segment of a template with values in it, not encoded.
fn written(segment: &str, values: &PathValues) -> String {
    let mut written = String::new();
    let mut rest = segment;
    while let Some((text, (name, after))) =
        rest.split_once('{').and_then(|(text, rest)| Some((text, rest.split_once('}')?)))
    {
        let (style, texts) = &values[usize::from(name == "b")];
        written.push_str(text);
        written.push_str(&match style {
            0 => texts.join(","),
            1 => format!(".{}", texts.join(".")),
            _ => format!(";{name}={}", texts.join(",")),
        });
        rest = after;
    }
    written + rest
}

fn check_query(url: &Url, template: &str, path: &PathValues, expected: &Expected) {
    let actual = form(url.query().unwrap_or_default());
    let mut wanted = Vec::new();
    if template.contains('?') {
        wanted.push(("fixed".to_owned(), "1".to_owned()));
        wanted.push(("b".to_owned(), written("{b}", path)));
    }
    wanted.extend(expected.query.iter().chain(&expected.added).cloned());
    assert_eq!(actual, wanted, "in {url}");
}

fn check_headers(headers: &http::HeaderMap, expected: &Expected) {
    for (name, value) in headers {
        let clean = value.as_bytes().iter().all(|byte| !matches!(byte, b'\r' | b'\n' | 0));
        assert!(clean, "the header `{name}` has a line break");
    }
    for (name, texts) in &expected.headers {
        let value = headers.get(name.as_str()).map(|value| value.as_bytes());
        assert_eq!(value, Some(texts.join(",").as_bytes()), "in the header `{name}`");
    }
    let known = ["user-agent", "content-type", "cookie"];
    let extra = headers.keys().find(|name| {
        let wanted = expected.headers.iter().any(|(it, _)| it.eq_ignore_ascii_case(name.as_str()));
        !wanted && !known.contains(&name.as_str())
    });
    assert_eq!(extra, None, "a header comes from nowhere");
    let cookies = headers.get("cookie").map(|value| value.as_bytes()).unwrap_or_default();
    let cookies = String::from_utf8(cookies.to_vec()).expect("cookies are encoded");
    let actual: Vec<(String, Vec<u8>)> = cookies
        .split("; ")
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), percent_decoded(value)))
        .collect();
    let wanted: Vec<(String, Vec<u8>)> = expected
        .cookies
        .iter()
        .map(|(name, texts)| (name.clone(), texts.join(",").into_bytes()))
        .collect();
    assert_eq!(actual, wanted, "in the cookies");
}
