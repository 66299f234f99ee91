//! Bodies of parts, byte for byte.

use proptest::prelude::*;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::Serialize;
use serde_json::json;

use super::*;
use crate::Upload;

/// The boundary that the content type names, and the body.
fn sent<T: Serialize>(value: &T) -> (String, Vec<u8>) {
    let body = body(Tree::of(value).unwrap()).unwrap();
    let mut headers = HeaderMap::new();
    body.describe(&HeaderMap::new(), &mut headers).unwrap();
    let media_type = headers[CONTENT_TYPE].to_str().unwrap();
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    (boundary.to_owned(), body.content.to_vec())
}

fn refusal<T: Serialize>(value: &T) -> String {
    Tree::of(value).and_then(body).err().unwrap().to_string()
}

#[derive(Serialize)]
struct Form {
    photos: Vec<Upload>,
    owner: Option<&'static str>,
    size: u8,
    none: Option<u8>,
    tags: Vec<serde_json::Value>,
    cover: Option<Upload>,
}

#[test]
fn members_become_parts() {
    let photo = Upload::from(vec![0xFF, 0]).file_name("a\"\r\nü.png").content_type("image/png");
    let form = Form {
        photos: vec![photo, Upload::from("x")],
        owner: Some("é\r\n"),
        size: 3,
        none: None,
        tags: vec![json!("a"), json!(null), json!({ "b": null }), json!([1])],
        cover: None,
    };
    let (boundary, body) = sent(&form);
    assert_eq!(boundary, "bindery-part-000000000000");
    let part = |head: &str, content: &[u8]| {
        let head = format!("--{boundary}\r\ncontent-disposition: form-data; {head}\r\n\r\n");
        [head.as_bytes(), content, b"\r\n"].concat()
    };
    let json = "\r\ncontent-type: application/json";
    let expected = [
        part(
            "name=\"photos\"; filename=\"a%22%0D%0Aü.png\"\r\ncontent-type: image/png",
            &[0xFF, 0],
        ),
        part("name=\"photos\"; filename=\"blob\"\r\ncontent-type: application/octet-stream", b"x"),
        part("name=\"owner\"", "é\r\n".as_bytes()),
        part("name=\"size\"", b"3"),
        part("name=\"tags\"", b"a"),
        part(&format!("name=\"tags\"{json}"), br#"{"b":null}"#),
        part(&format!("name=\"tags\"{json}"), b"[1]"),
        format!("--{boundary}--\r\n").into_bytes(),
    ];
    assert_eq!(body, expected.concat());
    // The same body is the same bytes.
    assert_eq!(sent(&form).1, body);
}

#[test]
fn the_boundary_is_in_no_part() {
    let (boundary, _) = sent(&json!({
        "a": "--bindery-part-000000000000--",
        "bindery-part-000000000001": "bindery-part-000000000003bindery-part-00000000000",
        "c": { "d": "bindery-part-000000000002" },
    }));
    assert_eq!(boundary, "bindery-part-000000000004");
    // As many as there are, in one pass over them.
    let all: String = (0..20_000).map(|n| format!("{BOUNDARY}{n:0DIGITS$}")).collect();
    let (boundary, _) = sent(&json!({ "a": Some(all) }));
    assert_eq!(boundary, "bindery-part-000000020000");
}

#[test]
fn names_do_not_end_their_header() {
    let (boundary, body) = sent(&json!({ "a\"; filename=\"b\r\nx: y\r\n\r\n": 1 }));
    let head = "name=\"a%22; filename=%22b%0D%0Ax: y%0D%0A%0D%0A\"";
    assert_eq!(
        String::from_utf8(body).unwrap(),
        format!(
            "--{boundary}\r\ncontent-disposition: form-data; {head}\r\n\r\n1\r\n--{boundary}--\r\n"
        )
    );
}

#[test]
fn what_cannot_be_a_part_is_refused_with_its_name() {
    #[derive(Serialize)]
    struct Nested {
        a: Inner,
    }
    #[derive(Serialize)]
    struct Inner {
        b: Upload,
    }
    let broken = Upload::from("x").content_type("image/png\r\nx: y");
    let refused = refusal(&std::collections::BTreeMap::from([("a", broken)]));
    assert!(refused.starts_with("has the member `a`, which is a file whose content type has"));
    let refused = refusal(&Nested { a: Inner { b: Upload::from("x") } });
    assert!(refused.starts_with("has the member `a`, which has the member `b`, which is a file"));
    assert!(refusal(&Upload::from("x")).starts_with("is a file, and only objects"));
    assert!(refusal(&[1]).starts_with("is a list, and only objects"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Reading the body by its boundary gives back the contents.
    #[test]
    fn contents_arrive_as_they_are(
        contents in prop::collection::vec(
            prop::collection::vec(prop_oneof![any::<u8>(), Just(b'-'), Just(b'\r'), Just(b'\n')], 0..30),
            1..4,
        )
    ) {
        let files: Vec<_> = contents.iter().cloned().map(Upload::from).collect();
        let (boundary, body) = sent(&std::collections::BTreeMap::from([("f", files)]));
        let delimiter = format!("\r\n--{boundary}").into_bytes();
        let mut rest = [b"\r\n", &*body].concat();
        let mut arrived = Vec::new();
        while let Some(at) = rest.windows(delimiter.len()).position(|w| w == delimiter) {
            let before: Vec<_> = rest.drain(..at + delimiter.len()).take(at).collect();
            if let Some(head) = before.windows(4).position(|w| w == b"\r\n\r\n") {
                arrived.push(before[head + 4..].to_vec());
            }
        }
        prop_assert_eq!(rest, b"--\r\n");
        prop_assert_eq!(arrived, contents);
    }
}
