//! Bodies and their content types.

use reqwest::header::CONTENT_TYPE;

use super::*;
use crate::Upload;

/// The content type and the body.
fn sent(builder: ClientBuilder, fill: impl FnOnce(&mut Request)) -> (String, String) {
    let mut request = builder.build().unwrap().request(&THINGS);
    fill(&mut request);
    let wire = request.into_wire().unwrap();
    assert_eq!(wire.headers.get_all(CONTENT_TYPE).iter().count(), 1);
    let media_type = wire.headers[CONTENT_TYPE].to_str().unwrap().to_owned();
    (media_type, String::from_utf8(wire.body.to_vec()).unwrap())
}

fn pair(media_type: &str, body: &str) -> (String, String) {
    (media_type.to_owned(), body.to_owned())
}

#[test]
fn each_body_has_its_content_type() {
    let value = json!({ "a": [1, 2] });
    let json = r#"{"a":[1,2]}"#;
    assert_eq!(sent(builder(), |r| r.json(&value)), pair("application/json", json));
    let vendor = "application/vnd.api+json; ext=1";
    assert_eq!(sent(builder(), |r| r.json_as(vendor, &value)), pair(vendor, json));
    let form = "application/x-www-form-urlencoded";
    assert_eq!(sent(builder(), |r| r.form(&value)), pair(form, "a=1&a=2"));
    assert_eq!(sent(builder(), |r| r.text("text/csv", "é,b")), pair("text/csv", "é,b"));
    let owned = String::from("x");
    assert_eq!(sent(builder(), |r| r.text("text/plain", &owned)), pair("text/plain", "x"));
    let bytes = sent(builder(), |r| r.bytes("image/png", vec![b'x']));
    assert_eq!(bytes, pair("image/png", "x"));
    let (media_type, body) = sent(builder(), |r| r.multipart(&value));
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert!(body.starts_with(&format!("--{boundary}\r\n")), "{body}");
    assert!(body.ends_with(&format!("--{boundary}--\r\n")), "{body}");
}

#[test]
fn the_content_type_of_a_body_stands_between_those_of_client_and_operation() {
    let client = || builder().header("content-type", "text/x-client");
    assert_eq!(sent(client(), |r| r.json("a")).0, "application/json");
    let own = |r: &mut Request| {
        r.header("Content-Type", "application/json; charset=utf-8");
        r.json("a");
    };
    assert_eq!(sent(client(), own).0, "application/json; charset=utf-8");
    let parts = |r: &mut Request| {
        r.multipart(&json!({ "a": 1 }));
        r.header("content-type", "multipart/related");
    };
    assert_eq!(sent(client(), parts).0, "multipart/related; boundary=bindery-part-000000000000");
    // Without a body, what the client sends stays.
    let wire = client().build().unwrap().request(&THINGS).into_wire().unwrap();
    assert_eq!(wire.headers[CONTENT_TYPE], "text/x-client");
}

#[test]
fn the_last_body_is_sent() {
    let last = sent(builder(), |r| {
        r.multipart(&json!({ "a": 1 }));
        r.text("text/plain", "x");
    });
    assert_eq!(last, pair("text/plain", "x"));
}

#[test]
fn a_body_that_cannot_be_sent_is_refused_with_what_it_is() {
    let file = BTreeMap::from([("f", Upload::from("x"))]);
    let json = refusal(&THINGS, |r| r.json(&file));
    assert_eq!(
        json,
        "the body cannot be serialized: a file can only be sent as a member of a multipart body"
    );
    let form = refusal(&THINGS, |r| r.form(&file));
    assert!(form.starts_with("the body has the member `f`, which is a file"), "{form}");
    let list = refusal(&THINGS, |r| r.multipart(&[1]));
    assert_eq!(list, "the body is a list, and only objects can be sent here");
    let query = refusal(&THINGS, |r| r.query("f", &Upload::from("x")));
    assert!(query.starts_with("the query parameter `f` is a file, and only scalars"), "{query}");
    let broken = refusal(&THINGS, |r| r.text("text/plain\r\nx: y", "x"));
    assert!(broken.starts_with("the body has a content type that has a value with"), "{broken}");
    let boundary = refusal(&THINGS, |r| {
        r.header("content-type", "multipart/form-data; boundary=x");
        r.multipart(&json!({}));
    });
    assert!(boundary.contains("`content-type` is no multipart type without a boundary"));
}
