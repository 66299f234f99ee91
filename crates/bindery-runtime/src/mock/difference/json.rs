//! JSON as it is written: numbers digit by digit, and members that come twice. A `serde_json::Value` rounds the ones and
//! drops the others, so that two bodies would be alike that no vendor takes for the same.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::differ;

/// How deep values may stand in one another: as deep as serde_json reads them.
const DEPTH: usize = 128;

pub(super) enum Json<'t> {
    /// A number or a word, as it is written.
    Word(&'t str),
    String(String),
    Array(Vec<Json<'t>>),
    /// The members in their order, with those that come again.
    Object(Vec<(String, Json<'t>)>),
}

impl<'t> Json<'t> {
    /// The value of a body, if that is JSON and not too deep.
    pub(super) fn read(body: &'t [u8]) -> Option<Self> {
        Self::within(std::str::from_utf8(body).ok()?, DEPTH)
    }

    fn within(text: &'t str, depth: usize) -> Option<Self> {
        let inside = depth.checked_sub(1)?;
        // It knows where the value ends, and sees that nothing comes behind.
        let text = serde_json::from_str::<&RawValue>(text).ok()?.get();
        match text.as_bytes().first()? {
            b'{' => {
                let members = serde_json::Deserializer::from_str(text).deserialize_map(Pairs);
                let members = members.ok()?.into_iter();
                let read =
                    |(name, it): (_, &'t RawValue)| Some((name, Self::within(it.get(), inside)?));
                members.map(read).collect::<Option<_>>().map(Self::Object)
            }
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
                let read = |it: &'t RawValue| Self::within(it.get(), inside);
                items.into_iter().map(read).collect::<Option<_>>().map(Self::Array)
            }
            b'"' => serde_json::from_str(text).ok().map(Self::String),
            _ => Some(Self::Word(text)),
        }
    }
}

/// Without white space, as serde_json writes it.
impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Word(text) => f.write_str(text),
            Self::String(text) => f.write_str(&quoted(text)),
            Self::Array(items) => {
                let items: Vec<String> = items.iter().map(Self::to_string).collect();
                write!(f, "[{}]", items.join(","))
            }
            Self::Object(members) => {
                let member = |(name, it): &(String, Self)| format!("{}:{it}", quoted(name));
                let members: Vec<String> = members.iter().map(member).collect();
                write!(f, "{{{}}}", members.join(","))
            }
        }
    }
}

struct Pairs;

impl<'de> Visitor<'de> for Pairs {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

/// Adds each place in which two values differ.
pub(super) fn values(
    path: &str,
    expected: Option<&Json<'_>>,
    actual: Option<&Json<'_>>,
    all: &mut Vec<String>,
) {
    match (expected, actual) {
        (Some(Json::Object(expected)), Some(Json::Object(actual))) => {
            members(path, expected, actual, all);
        }
        (Some(Json::Array(expected)), Some(Json::Array(actual))) => {
            for index in 0..expected.len().max(actual.len()) {
                let path = format!("{path}[{index}]");
                values(&path, expected.get(index), actual.get(index), all);
            }
        }
        _ => {
            let (expected, actual) = (expected.map(Json::to_string), actual.map(Json::to_string));
            if expected != actual {
                all.push(differ(path, expected.as_deref(), actual.as_deref()));
            }
        }
    }
}

/// The order of names is nobody's business; that of the values of a name that comes again is.
fn members(
    path: &str,
    expected: &[(String, Json<'_>)],
    actual: &[(String, Json<'_>)],
    all: &mut Vec<String>,
) {
    let (expected, actual) = (by_name(expected), by_name(actual));
    let others = actual.keys().filter(|name| !expected.contains_key(*name));
    for name in expected.keys().chain(others) {
        let expected = expected.get(name).map_or(&[][..], Vec::as_slice);
        let actual = actual.get(name).map_or(&[][..], Vec::as_slice);
        for at in 0..expected.len().max(actual.len()) {
            let path = match at {
                0 => format!("{path}.{name}"),
                _ => format!("{path}.{name} (time {})", at + 1),
            };
            values(&path, expected.get(at).copied(), actual.get(at).copied(), all);
        }
    }
}

/// The values of members, in their order, by name.
type Members<'m, 't> = BTreeMap<&'m str, Vec<&'m Json<'t>>>;

fn by_name<'m, 't>(members: &'m [(String, Json<'t>)]) -> Members<'m, 't> {
    let mut by_name = Members::new();
    for (name, value) in members {
        by_name.entry(name.as_str()).or_default().push(value);
    }
    by_name
}
