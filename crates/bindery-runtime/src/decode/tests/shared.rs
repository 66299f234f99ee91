//! Unions in one another share one buffer, and a message quotes no more of a body than is ever shown.

use std::fmt;

use serde::{Deserialize, Deserializer};

use super::super::buffered::BUFFERS;
use super::*;

/// A union that leads back to itself, and keeps what it does not know.
#[derive(Debug, PartialEq)]
enum Tree {
    Branch(Box<Branch>),
    Leaf(u8),
    Unknown(Value),
}

#[derive(Debug, Deserialize, PartialEq)]
struct Branch {
    a: Tree,
    rest: Vec<Tree>,
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Untagged::read(deserializer)?
            .alternative(JsonType::Object, Self::Branch)
            .alternative(JsonType::Integer, Self::Leaf)
            .finish(Self::Unknown)
    }
}

/// The same by a tag.
#[derive(Debug, PartialEq)]
enum Chain {
    Inner(Box<Inner>),
    Unknown(Value),
}

#[derive(Debug, Deserialize, PartialEq)]
struct Inner {
    next: Option<Chain>,
}

impl<'de> Deserialize<'de> for Chain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tagged = Tagged::read(deserializer, "kind")?;
        match tagged.tag() {
            Some("inner") => tagged.decode().map(Self::Inner),
            _ => Ok(Self::Unknown(tagged.into_json())),
        }
    }
}

fn buffers<T: DeserializeOwned>(body: &str) -> (T, usize) {
    BUFFERS.set(0);
    let decoded = from_json(body.as_bytes()).unwrap();
    (decoded, BUFFERS.get())
}

#[test]
fn unions_in_one_another_make_one_buffer() {
    let body = r#"{"a":"#.repeat(100) + r#"["x"]"# + &r#","rest":[7,"y"]}"#.repeat(100);
    let (mut tree, count) = buffers::<Tree>(&body);
    assert_eq!(count, 1);
    for _ in 0..100 {
        let Tree::Branch(branch) = tree else { panic!("{tree:?}") };
        assert_eq!(branch.rest, [Tree::Leaf(7), Tree::Unknown("y".into())]);
        tree = branch.a;
    }
    assert_eq!(tree, Tree::Unknown(serde_json::json!(["x"])));

    let body = r#"{"kind":"inner","next":"#.repeat(60) + r#"{"kind":"new"}"# + &"}".repeat(60);
    let (mut tagged, count) = buffers::<Chain>(&body);
    assert_eq!(count, 1);
    for _ in 0..60 {
        let Chain::Inner(inner) = tagged else { panic!("{tagged:?}") };
        tagged = inner.next.unwrap();
    }
    assert_eq!(tagged, Chain::Unknown(serde_json::json!({ "kind": "new" })));
}

#[test]
fn what_a_deserializer_of_others_shows_is_buffered_as_well() {
    let members = std::collections::HashMap::from([("kind", "new")]);
    let members =
        serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(members.into_iter());
    let tagged = Chain::deserialize(members).unwrap();
    assert_eq!(tagged, Chain::Unknown(serde_json::json!({ "kind": "new" })));
}

#[test]
fn a_message_is_written_only_as_far_as_it_is_kept() {
    struct Endless(std::cell::Cell<usize>);
    impl fmt::Display for Endless {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            loop {
                self.0.set(self.0.get() + 1);
                f.write_str("0123456789é")?;
            }
        }
    }
    let endless = Endless(std::cell::Cell::new(0));
    let text = super::super::fault::short(&endless);
    assert!(
        text.len() <= 1 << 16 && endless.0.get() < 1 << 13,
        "{} {}",
        text.len(),
        endless.0.get()
    );
    let body = format!(r#"{{"a": {:?}, "rest": []}}"#, "x".repeat(1 << 20));
    let fault = from_json::<Vec<u8>>(body.as_bytes()).unwrap_err();
    assert!(fault.message().len() <= 1 << 16);
}
