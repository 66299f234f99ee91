//! Objects with members by names that nobody lists, and with choices.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::super::buffered::BUFFERS;
use super::super::node::LOOKED_AT;
use super::super::work::{FLOOR, PER_BYTE};
use super::work::{Tried, nested, tried};
use super::*;
use crate::Object;

/// An object whose other members are objects of its kind, or numbers.
#[derive(Debug, PartialEq)]
struct Folder {
    name: Option<String>,
    content: Option<Content>,
    others: BTreeMap<String, Entry>,
}

#[derive(Debug, PartialEq)]
enum Entry {
    Folder(Folder),
    Size(u64),
    Unknown(Value),
}

#[derive(Debug, Deserialize, PartialEq)]
enum Content {
    #[serde(rename = "text")]
    Text(String),
    #[serde(rename = "bytes")]
    Bytes(Vec<u8>),
}

impl<'de> Deserialize<'de> for Folder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = Object::read(deserializer)?;
        Ok(Self {
            name: object.member("name")?,
            content: match object.member::<Option<bool>>("filled")? {
                Some(true) => Some(object.choice(&["text", "bytes"])?),
                _ => None,
            },
            others: object.others(&["bytes", "filled", "name", "text"])?,
        })
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Untagged::read(deserializer)?
            .alternative(JsonType::Object, Self::Folder)
            .alternative(JsonType::Integer, Self::Size)
            .finish(Self::Unknown)
    }
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "decoded, never read")]
struct Root {
    folders: Vec<Folder>,
}

#[test]
fn members_are_decoded_by_name_and_the_others_together() {
    let body = r#"{"name":"n","filled":true,"bytes":[1],"a":3,"b":{"c":"x"}}"#;
    let folder: Folder = from_json(body.as_bytes()).unwrap();
    assert_eq!(folder.name.as_deref(), Some("n"));
    assert_eq!(folder.content, Some(Content::Bytes(vec![1])));
    let inner = [("c".to_owned(), Entry::Unknown("x".into()))].into();
    let inner = Folder { name: None, content: None, others: inner };
    let others = [("a".to_owned(), Entry::Size(3)), ("b".to_owned(), Entry::Folder(inner))];
    assert_eq!(folder.others, others.into());
}

#[test]
fn of_a_choice_the_first_that_is_not_null_counts() {
    let choose = |body: &str| from_json::<Folder>(body.as_bytes()).unwrap().content.unwrap();
    let text = Content::Text("t".to_owned());
    assert_eq!(choose(r#"{"filled":true,"text":"t","bytes":[]}"#), text);
    assert_eq!(choose(r#"{"filled":true,"text":"t","bytes":null}"#), text);
    assert_eq!(choose(r#"{"filled":true,"text":null,"bytes":[]}"#), Content::Bytes(vec![]));
}

#[test]
fn errors_have_their_path() {
    for (body, path, message) in [
        (r#"{"name":3}"#, "name", "invalid type: integer `3`, expected a string"),
        (r#"{"filled":true}"#, "", r#"missing one of ["text", "bytes"]"#),
        (r#"{"filled":true,"text":1}"#, "text", "invalid type: integer `1`, expected a string"),
        (r#"{"a":{"b":{"name":[]}}}"#, "a.b.name", "invalid type: sequence, expected a string"),
        ("[]", "", "invalid type: sequence, expected an object"),
        ("null", "", "invalid type: null, expected an object"),
        ("4", "", "invalid type: number, expected an object"),
    ] {
        let fault = from_json::<Folder>(body.as_bytes()).unwrap_err();
        assert_eq!((fault.path().as_str(), fault.message()), (path, message));
        let inside = format!(r#"{{"folders":[{body}]}}"#);
        let fault = from_json::<Root>(inside.as_bytes()).unwrap_err();
        let path = match path {
            "" => "folders[0]".to_owned(),
            path => format!("folders[0].{path}"),
        };
        assert_eq!((fault.path(), fault.message()), (path, message));
    }
    #[derive(Debug)]
    struct Strict;
    impl<'de> Deserialize<'de> for Strict {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Object::read(deserializer)?.member::<String>("id").map(|_| Self)
        }
    }
    let fault = from_json::<Strict>(b"{}").unwrap_err();
    assert_eq!((fault.path().as_str(), fault.message()), ("id", "missing field `id`"));
}

#[test]
fn objects_in_one_another_make_one_buffer() {
    let body = r#"{"name":"n","a":"#.repeat(100) + "7" + &r#","b":1}"#.repeat(100);
    BUFFERS.set(0);
    let mut folder: Folder = from_json(body.as_bytes()).unwrap();
    assert_eq!(BUFFERS.get(), 1);
    for _ in 1..100 {
        assert_eq!(folder.others.remove("b"), Some(Entry::Size(1)));
        let Some(Entry::Folder(inner)) = folder.others.remove("a") else { panic!("{folder:?}") };
        folder = inner;
    }
    assert_eq!(folder.others["a"], Entry::Size(7));
}

/// Values of which one part is chosen by a name, and which lead back to themselves in two ways.
#[derive(Debug)]
#[allow(dead_code, reason = "decoded, never read")]
enum Rule {
    Not(Box<Not>),
    All(Box<All>),
    Unknown(Value),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "decoded, never read")]
enum Who {
    #[serde(rename = "email")]
    Email(Tried),
    #[serde(rename = "username")]
    Username(Tried),
}

macro_rules! chosen {
    ($name:ident, $required:literal) => {
        #[derive(Debug)]
        #[allow(dead_code, reason = "decoded, never read")]
        struct $name {
            who: Who,
            rule: Option<Rule>,
            required: String,
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let object = Object::read(deserializer)?;
                Ok(Self {
                    who: object.choice(&["email", "username"])?,
                    rule: object.member("rule")?,
                    required: object.member($required)?,
                })
            }
        }
    };
}

chosen!(Not, "not");
chosen!(All, "all");

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Untagged::read(deserializer)?
            .alternative(JsonType::Object, Self::Not)
            .alternative(JsonType::Object, Self::All)
            .finish(Self::Unknown)
    }
}

#[test]
fn a_choice_looks_at_its_own_names_alone() {
    // The innermost has many members, before the one that is chosen in their order.
    let many: String = (0..50_000).map(|it| format!(r#""a{it}":0,"#)).collect();
    let core = format!(r#"{{{many}"username":"u"}}"#);
    let body = nested(20, r#"{"username":"u","rule":"#, &core, "}");
    LOOKED_AT.set(0);
    let (decoded, tried) = tried::<Rule>(&body);
    assert!(decoded.unwrap_err().is_too_costly());
    assert!(tried > 1000, "{tried}");
    assert_eq!(LOOKED_AT.get(), 0);
}

#[test]
fn members_that_are_left_out_are_work_too() {
    /// Asks for the others as long as it may.
    #[derive(Debug)]
    struct Asking;
    impl<'de> Deserialize<'de> for Asking {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let object = Object::read(deserializer)?;
            loop {
                object.others::<BTreeMap<String, Tried>>(&["a", "b", "c"])?;
            }
        }
    }
    LOOKED_AT.set(0);
    let body = r#"{"a":1,"b":2,"c":3}"#;
    assert!(from_json::<Asking>(body.as_bytes()).unwrap_err().is_too_costly());
    let allowed = FLOOR + PER_BYTE * body.len() as u64;
    assert!((LOOKED_AT.get() as u64) < allowed, "{}", LOOKED_AT.get());
}
