//! Decoding as clients meet it: a body in, a value or a path out.

mod buffer;
mod object;
mod shared;
mod unknown;
mod untagged;
mod work;

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::json;

use super::*;

#[derive(Debug, Deserialize, PartialEq)]
struct Problem {
    detail: Vec<Item>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Item {
    loc: Vec<Step>,
    msg: Option<String>,
}

#[derive(Debug, PartialEq)]
enum Step {
    Name(String),
    Index(i64),
    Nested(Box<Item>),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Untagged::read(deserializer)?
            .alternative(JsonType::String, Self::Name)
            .alternative(JsonType::Integer, Self::Index)
            .alternative(JsonType::Object, |item| Self::Nested(Box::new(item)))
            .finish(Self::Unknown)
    }
}

#[derive(Debug, Deserialize, PartialEq)]
struct Envelope {
    error: Failure,
}

#[derive(Debug, PartialEq)]
enum Failure {
    Invalid(Invalid),
    Group(Group),
    Text(Text),
    Unknown(Value),
}

#[derive(Debug, Deserialize, PartialEq)]
struct Invalid {
    message: String,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Group {
    errors: Vec<Failure>,
    #[serde(default)]
    by_code: BTreeMap<u16, Failure>,
    #[serde(default)]
    problem: Option<Problem>,
}

/// Fails with the text of the server and nothing around it.
#[derive(Debug, PartialEq)]
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = BTreeMap::<String, String>::deserialize(deserializer)?;
        Err(serde::de::Error::custom(map.get("text").map_or("", |text| text)))
    }
}

impl<'de> Deserialize<'de> for Failure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tagged = Tagged::read(deserializer, "type")?;
        match tagged.tag() {
            Some("invalid") => tagged.decode().map(Self::Invalid),
            Some("group") => tagged.decode().map(Self::Group),
            Some("text") => tagged.decode().map(Self::Text),
            _ => Ok(Self::Unknown(tagged.into_json())),
        }
    }
}

fn fault<T: DeserializeOwned + fmt::Debug>(body: &str) -> (String, String) {
    let fault = from_json::<T>(body.as_bytes()).unwrap_err();
    (fault.path(), fault.message().to_owned())
}

fn path<T: DeserializeOwned + fmt::Debug>(body: Value) -> String {
    fault::<T>(&body.to_string()).0
}

#[test]
fn a_plain_type_has_a_path() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "decoded, never read")]
    struct Outer {
        list: Vec<Inner>,
    }
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "decoded, never read")]
    struct Inner {
        name: String,
    }
    assert_eq!(path::<Outer>(json!({ "list": [{ "name": "a" }, { "name": 3 }] })), "list[1].name");
    assert_eq!(path::<Outer>(json!({ "list": 3 })), "list");
    assert_eq!(path::<Outer>(json!("x")), "");
}

#[test]
fn a_missing_property_is_named_by_path_and_message() {
    let (path, message) = fault::<Envelope>(r#"{"error":{"type":"invalid"}}"#);
    assert_eq!(path, "error.message");
    assert_eq!(message, "missing field `message`");
    assert_eq!(fault::<Envelope>("{}"), ("error".into(), "missing field `error`".into()));
}

#[test]
fn a_path_goes_through_a_tagged_union() {
    let body = json!({ "error": { "type": "invalid", "message": 3 } });
    let (path, message) = fault::<Envelope>(&body.to_string());
    assert_eq!(path, "error.message");
    assert_eq!(message, "invalid type: integer `3`, expected a string");
}

#[test]
fn a_path_goes_through_an_untagged_union() {
    let body = json!({ "detail": [{ "loc": ["a", { "loc": [{}] }] }] });
    assert_eq!(path::<Problem>(body), "detail[0].loc[1].loc[0].loc");
    let body = json!({ "detail": [{ "loc": [1, { "loc": [], "msg": 4 }] }] });
    assert_eq!(path::<Problem>(body), "detail[0].loc[1].msg");
}

#[test]
fn a_path_goes_through_unions_of_both_kinds_in_each_other() {
    let inner = json!({ "type": "group", "errors": [], "problem": {
        "detail": [{ "loc": ["x", { "loc": [], "msg": [] }] }] } });
    let body = json!({ "error": { "type": "group", "errors": [
        { "type": "new" }, { "type": "group", "errors": [], "by_code": { "404": inner } }] } });
    assert_eq!(path::<Envelope>(body), "error.errors[1].by_code.404.problem.detail[0].loc[1].msg");
}

#[test]
fn what_fits_is_decoded() {
    let body = json!({ "error": { "type": "group", "errors": [
        { "type": "invalid", "message": "m" }, { "type": "new", "x": 1 }, 3],
        "by_code": { "7": { "type": "invalid", "message": "n" } },
        "problem": { "detail": [{ "loc": ["a", 1, { "loc": [] }, 1.5, null] }] } } });
    let envelope: Envelope = from_json(body.to_string().as_bytes()).unwrap();
    let Failure::Group(group) = envelope.error else { panic!("expected a group") };
    let invalid = |message: &str| Failure::Invalid(Invalid { message: message.into() });
    assert_eq!(
        group.errors,
        [
            invalid("m"),
            Failure::Unknown(json!({ "type": "new", "x": 1 })),
            Failure::Unknown(json!(3)),
        ]
    );
    assert_eq!(group.by_code, BTreeMap::from([(7, invalid("n"))]));
    let nested = Item { loc: vec![], msg: None };
    let loc = vec![
        Step::Name("a".into()),
        Step::Index(1),
        Step::Nested(Box::new(nested)),
        Step::Unknown(json!(1.5)),
        Step::Unknown(json!(null)),
    ];
    assert_eq!(group.problem.unwrap().detail, [Item { loc, msg: None }]);
}

#[test]
fn the_first_alternative_that_decodes_is_taken_and_the_one_that_got_furthest_reported() {
    #[derive(Debug, PartialEq)]
    enum Either {
        Narrow(u8),
        Wide(f64),
        Map(BTreeMap<String, Invalid>),
        List(Vec<Invalid>),
        Flags(BTreeMap<String, bool>),
        Unknown(Value),
    }
    impl<'de> Deserialize<'de> for Either {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Untagged::read(deserializer)?
                .alternative(JsonType::Integer, Self::Narrow)
                .alternative(JsonType::Number, Self::Wide)
                .alternative(JsonType::Object, Self::Flags)
                .alternative(JsonType::Object, Self::Map)
                .alternative(JsonType::Array, Self::List)
                .finish(Self::Unknown)
        }
    }
    let decode = |json: Value| from_json::<Either>(json.to_string().as_bytes()).unwrap();
    assert_eq!(decode(json!(3)), Either::Narrow(3));
    assert_eq!(decode(json!(300)), Either::Wide(300.0));
    assert_eq!(decode(json!(3.0)), Either::Narrow(3));
    assert_eq!(decode(json!(3.5)), Either::Wide(3.5));
    assert_eq!(decode(json!("x")), Either::Unknown(json!("x")));
    assert_eq!(decode(json!({ "a": true })), Either::Flags(BTreeMap::from([("a".into(), true)])));
    assert_eq!(path::<Either>(json!({ "a": { "message": 1 } })), "a.message");
    // Equally far: the first counts.
    assert!(fault::<Either>(r#"{"a":"x"}"#).1.contains("expected a boolean"));
    assert_eq!(path::<Either>(json!([{ "message": "m" }, {}])), "[1].message");
    // serde reads a struct from an array too, but the alternative declares an object.
    let step: Step = from_json(br#"[["a"], "b"]"#).unwrap();
    assert_eq!(step, Step::Unknown(json!([["a"], "b"])));
}

#[test]
fn every_type_of_json_is_told_apart() {
    use JsonType::*;
    let all = [Null, Boolean, Integer, Number, String, Array, Object];
    for (json, types) in [
        (json!(null), vec![Null]),
        (json!(true), vec![Boolean]),
        (json!(-3), vec![Integer, Number]),
        (json!(u64::MAX), vec![Integer, Number]),
        (json!(3.5), vec![Number]),
        (json!("3"), vec![String]),
        (json!([]), vec![Array]),
        (json!({}), vec![Object]),
    ] {
        let admitted: Vec<_> = all.into_iter().filter(|t| t.admits(&json)).collect();
        assert_eq!(admitted, types, "{json}");
        assert!(Any.admits(&json));
    }
}

#[test]
fn a_body_that_is_not_json_says_where() {
    assert_eq!(fault::<Envelope>(""), (String::new(), "the body is empty".into()));
    let (path, message) = fault::<Envelope>("<html>");
    assert_eq!(path, "");
    assert_eq!(message, "expected value at line 1 column 1");
    assert!(fault::<Envelope>(r#"{"error": {"#).1.starts_with("EOF while parsing"));
    assert!(fault::<Value>("{} x").1.starts_with("trailing characters"));
}

#[test]
fn of_a_name_that_comes_twice_the_last_value_counts() {
    let body = r#"{"message":"a","message":"b"}"#;
    assert_eq!(from_json::<Invalid>(body.as_bytes()).unwrap().message, "b");
}

#[test]
fn a_whole_number_may_be_written_with_a_fraction_or_an_exponent() {
    let body = r#"{ "a": 1.0, "b": 1e3, "c": [-2.0], "d": 3.0 }"#;
    #[derive(Debug, PartialEq, Deserialize)]
    struct Whole {
        a: i64,
        b: u32,
        c: Vec<i32>,
        d: crate::Number,
    }
    let whole: Whole = from_json(body.as_bytes()).unwrap();
    assert_eq!(whole, Whole { a: 1, b: 1000, c: vec![-2], d: 3.into() });
    let (path, message) = fault::<Whole>(r#"{ "a": 1.5 }"#);
    assert_eq!(
        (path.as_str(), message.as_str()),
        ("a", "invalid type: floating point `1.5`, expected i64")
    );
    // A float that large does not show its fraction.
    let (path, _) = fault::<Whole>(r#"{ "a": 4503599627370497.5, "b": 1, "c": [], "d": 1 }"#);
    assert_eq!(path, "a");
    let (path, _) = fault::<Whole>(r#"{ "a": 1, "b": 1e30 }"#);
    assert_eq!(path, "b");
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_json() {
    assert_eq!(from_json::<Vec<i64>>(b"\xEF\xBB\xBF[1]").unwrap(), [1]);
    assert!(from_json::<Vec<i64>>(b"\xEF\xBB\xBF\xEF\xBB\xBF[1]").is_err());
}

#[test]
fn text_of_the_server_cannot_pass_for_a_path() {
    for text in ["error.message: missing field `x`", "HANDED_OVER", "\u{0}", "a.b[0]: c"] {
        let body =
            json!({ "error": { "type": "group", "errors": [{ "type": "text", "text": text }] } });
        let (path, message) = fault::<Envelope>(&body.to_string());
        assert_eq!(path, "error.errors[0]");
        assert_eq!(message, text);
    }
}

#[test]
fn a_fault_that_was_swallowed_leaves_nothing_behind() {
    #[derive(Debug, PartialEq)]
    struct Lenient(Option<Failure>);
    impl<'de> Deserialize<'de> for Lenient {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let value = Value::deserialize(deserializer)?;
            Ok(Self(serde_json::from_value(value).ok()))
        }
    }
    let body = json!([[{ "type": "invalid", "message": 1 }, { "type": "invalid" }], 3]);
    let (path, message) = fault::<(Vec<Lenient>, Text)>(&body.to_string());
    assert_eq!(path, "[1]");
    assert_eq!(message, "invalid type: integer `3`, expected a map");
}

#[test]
fn a_key_that_looks_like_a_path_is_quoted() {
    type Map = BTreeMap<String, u8>;
    for (key, expected) in [
        ("a", "a"),
        ("a-b_1", "a-b_1"),
        ("a.b", r#"["a.b"]"#),
        ("x[0]", r#"["x[0]"]"#),
        ("", r#"[""]"#),
        ("a\nb", r#"["a\nb"]"#),
    ] {
        assert_eq!(path::<Map>(json!({ key: "x" })), expected);
    }
    assert_eq!(path::<BTreeMap<u8, u8>>(json!({ "300": 1 })), "300");
    assert_eq!(path::<BTreeMap<u8, u8>>(json!({ "x": 1 })), "x");
}

#[test]
fn outside_of_a_client_the_path_stands_in_the_message() {
    let body = r#"{"error":{"type":"invalid","message":3}}"#;
    let error = serde_json::from_str::<Envelope>(body).unwrap_err();
    assert!(error.to_string().starts_with("message: invalid type"), "{error}");
}

#[test]
fn a_tag_may_be_a_number_or_a_boolean() {
    for (json, expected) in
        [("{\"t\":404}", Some("404")), ("{\"t\":true}", Some("true")), ("{\"t\":null}", None)]
    {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let tagged = Tagged::read(&mut deserializer, "t").unwrap();
        assert_eq!(tagged.tag(), expected, "{json}");
    }
}
