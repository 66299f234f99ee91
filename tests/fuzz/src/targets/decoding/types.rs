//! Types as a generated crate has them: unions of all kinds, nested, recursive, in lists, maps and flattened.

use std::cell::Cell;
use std::collections::BTreeMap;

use bindery_runtime::{JsonType, Object, Tagged, Untagged};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

thread_local! {
    static WORK: Cell<usize> = const { Cell::new(0) };
}

/// How many values this thread has begun to decode.
pub(super) fn work() -> usize {
    WORK.get()
}

/// A union without a tag.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Either {
    Null,
    Yes(bool),
    Count(i64),
    Share(f64),
    Word(Level),
    Named(BTreeMap<String, Inner>),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Either {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        WORK.set(WORK.get() + 1);
        Untagged::read(deserializer)?
            .alternative(JsonType::Null, |()| Self::Null)
            .alternative(JsonType::Boolean, Self::Yes)
            .alternative(JsonType::Integer, Self::Count)
            .alternative(JsonType::Number, Self::Share)
            .alternative(JsonType::String, Self::Word)
            .alternative(JsonType::Object, Self::Named)
            .finish(Self::Unknown)
    }
}

/// An object whose members are required, left out, one of two, and whatever else there is: unions that lead back to it.
#[derive(Serialize)]
pub(super) struct Inner {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<Level>,
    numbers: Option<Vec<u32>>,
    #[serde(flatten)]
    name: Option<Name>,
    #[serde(flatten)]
    others: BTreeMap<String, Step>,
}

#[derive(Serialize, Deserialize)]
enum Name {
    #[serde(rename = "short")]
    Short(char),
    #[serde(rename = "long")]
    Long(Box<Either>),
}

impl<'de> Deserialize<'de> for Inner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        WORK.set(WORK.get() + 1);
        let object = Object::read(deserializer)?;
        Ok(Self {
            id: object.member("id")?,
            level: object.member("level")?,
            name: match object.member::<Option<bool>>("is_named")? {
                Some(true) => Some(object.choice(&["short", "long"])?),
                _ => None,
            },
            numbers: object.member("numbers")?,
            others: object.others(&["id", "is_named", "level", "long", "numbers", "short"])?,
        })
    }
}

/// An enum of strings that the vendor may extend.
#[derive(Clone, Debug, PartialEq, PartialOrd, Eq, Ord)]
pub(super) enum Level {
    Low,
    High,
    Unknown(String),
}
bindery_runtime::open_enum!(Level { Low = "low", High = "high" });

/// Maps whose keys are numbers and open enums.
#[derive(Serialize, Deserialize)]
pub(super) struct Open {
    #[serde(default)]
    by_level: BTreeMap<Level, Either>,
    #[serde(default)]
    by_number: BTreeMap<u64, Option<Shape>>,
    #[serde(default)]
    pair: Option<(i32, Box<Either>)>,
    #[serde(default)]
    letter: Option<char>,
}

/// A union with a tag, which leads back to itself.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Shape {
    Circle(Circle),
    Group(Group),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        WORK.set(WORK.get() + 1);
        let tagged = Tagged::read(deserializer, "kind")?;
        match tagged.tag() {
            Some("circle") => tagged.decode().map(Self::Circle),
            Some("group") => tagged.decode().map(Self::Group),
            _ => Ok(Self::Unknown(tagged.into_json())),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Circle {
    kind: String,
    radius: f64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Group {
    members: Vec<Shape>,
    #[serde(default)]
    named: BTreeMap<String, Shape>,
    #[serde(default)]
    parent: Option<Box<Shape>>,
}

/// A list of a union with numbers and texts.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Steps(Vec<Step>);

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Step {
    Name(String),
    Index(u8),
    Inner(Box<Inner>),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        WORK.set(WORK.get() + 1);
        Untagged::read(deserializer)?
            .alternative(JsonType::String, Self::Name)
            .alternative(JsonType::Integer, Self::Index)
            .alternative(JsonType::Object, Self::Inner)
            .finish(Self::Unknown)
    }
}

/// An object of which one part is a union, as `allOf` gives it.
#[derive(Serialize, Deserialize)]
pub(super) struct Labelled {
    label: String,
    #[serde(flatten)]
    shape: Shape,
}

/// A union without a tag whose alternatives lead back to it.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Deep {
    One(Box<Holder<String>>),
    Two(Box<Holder<u32>>),
    List(Vec<Deep>),
    Leaf(u8),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Deep {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        WORK.set(WORK.get() + 1);
        Untagged::read(deserializer)?
            .alternative(JsonType::Object, Self::One)
            .alternative(JsonType::Object, Self::Two)
            .alternative(JsonType::Array, Self::List)
            .alternative(JsonType::Integer, Self::Leaf)
            .finish(Self::Unknown)
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Holder<T> {
    #[serde(default)]
    child: Option<Deep>,
    #[serde(default)]
    others: Vec<Deep>,
    mark: T,
}
