//! Alternatives that keep what they do not know, beside one that knows it.

use super::*;

#[derive(Clone, Debug, PartialEq)]
enum Color {
    Red,
    Unknown(String),
}
crate::open_enum!(Color { Red = "red" });

#[derive(Debug, PartialEq)]
enum Inner {
    Color(Color),
    Whole(i64),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Inner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Untagged::read(deserializer)?
            .alternative(JsonType::String, Self::Color)
            .alternative(JsonType::Integer, Self::Whole)
            .finish(Self::Unknown)
    }
}

#[derive(Debug, PartialEq)]
enum Outer {
    Inner(Inner),
    Inners(Vec<Inner>),
    Flags(Vec<bool>),
    Text(String),
    Flag(bool),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Outer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Untagged::read(deserializer)?
            .alternative(JsonType::Any, Self::Inner)
            .alternative(JsonType::Array, Self::Inners)
            .alternative(JsonType::Array, Self::Flags)
            .alternative(JsonType::String, Self::Text)
            .alternative(JsonType::Boolean, Self::Flag)
            .finish(Self::Unknown)
    }
}

fn decode<T: DeserializeOwned>(json: &Value) -> T {
    from_json(json.to_string().as_bytes()).unwrap()
}

#[test]
fn what_an_alternative_keeps_goes_to_one_that_knows_it() {
    assert_eq!(decode::<Outer>(&json!("red")), Outer::Inner(Inner::Color(Color::Red)));
    assert_eq!(decode::<Outer>(&json!("blue")), Outer::Text("blue".to_owned()));
    assert_eq!(decode::<Outer>(&json!(true)), Outer::Flag(true));
    assert_eq!(decode::<Outer>(&json!(7)), Outer::Inner(Inner::Whole(7)));
    // Nobody knows it, so the first that keeps it does.
    let object = json!({ "a": 1 });
    assert_eq!(decode::<Outer>(&object), Outer::Inner(Inner::Unknown(object)));
}

#[test]
fn of_two_that_fit_alike_the_one_that_knows_more_inside_is_taken() {
    assert_eq!(decode::<Outer>(&json!([true])), Outer::Flags(vec![true]));
    let red = || Inner::Color(Color::Red);
    assert_eq!(decode::<Outer>(&json!(["red"])), Outer::Inners(vec![red()]));
    let mixed = vec![red(), Inner::Unknown(json!(true))];
    assert_eq!(decode::<Outer>(&json!(["red", true])), Outer::Inners(mixed));
}

#[test]
fn an_enum_alone_keeps_what_is_new() {
    let blue = Inner::Color(Color::Unknown("blue".to_owned()));
    assert_eq!(decode::<Inner>(&json!("blue")), blue);
    assert_eq!(decode::<Vec<Inner>>(&json!(["blue", 1])), [blue, Inner::Whole(1)]);
}

#[test]
fn an_array_is_no_object() {
    #[derive(Debug, PartialEq)]
    enum Either {
        Left(Left),
        Rest(Vec<Value>),
        Unknown(Value),
    }
    impl<'de> Deserialize<'de> for Either {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Untagged::read(deserializer)?
                .alternative(JsonType::Any, Self::Left)
                .alternative(JsonType::Any, Self::Rest)
                .finish(Self::Unknown)
        }
    }
    assert_eq!(decode::<Either>(&json!([null])), Either::Rest(vec![Value::Null]));
    assert_eq!(decode::<Either>(&json!({})), Either::Left(Left { color: None, next: None }));
    assert!(from_json::<Either>(b"1").is_err());
}

#[derive(Debug, PartialEq, Deserialize)]
struct Left {
    color: Option<Color>,
    next: Option<Box<Side>>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Right {
    color: Option<Color>,
    next: Option<Box<Side>>,
}

#[derive(Debug, PartialEq)]
enum Side {
    Left(Left),
    Right(Right),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Side {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Untagged::read(deserializer)?
            .alternative(JsonType::Object, Self::Left)
            .alternative(JsonType::Object, Self::Right)
            .finish(Self::Unknown)
    }
}

#[test]
fn looking_for_one_that_knows_more_is_not_exponential() {
    // All alternatives know as much, on each level.
    let mut body = r#"{"color":"blue"}"#.to_owned();
    for _ in 0..60 {
        body = format!(r#"{{"color":"blue","next":{body}}}"#);
    }
    assert!(matches!(from_json::<Side>(body.as_bytes()).unwrap(), Side::Left(_)));
}
