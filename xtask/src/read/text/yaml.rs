//! YAML 1.2, in its core schema: `yes`, `on`, `0b1` and `1_000` are strings.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use serde_saphyr::{Error, Location, Options, Spanned};

use super::{MAX_DEPTH, Reader};
use crate::finding::Finding;
use crate::node::{Key, Node, Value};
use crate::source::Source;

/// Reads a range of a source as one YAML document. Anchors, aliases and merge keys are resolved.
pub fn parse(source: &Arc<Source>, range: Range<usize>) -> Result<Node, Finding> {
    let reader = Reader::new("YAML", source, range)?;
    reader.with_room(|| match serde_saphyr::from_str_with_options(reader.text, options()) {
        Ok(raw) => node(&reader, raw),
        Err(error) => Err(syntax(&reader, &error)),
    })
}

fn options() -> Options {
    let budget = serde_saphyr::budget! {
        max_depth: MAX_DEPTH,
        max_nodes: 2_000_000,
        max_events: 5_000_000,
    };
    serde_saphyr::options! {
        budget: budget,
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 200_000 },
        strict_booleans: true,
        with_snippet: false,
        non_finite_float_policy: serde_saphyr::NonFiniteFloatPolicy::AsString,
    }
}

/// A YAML value before it knows its place in the page.
enum Raw {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Spanned<Raw>>),
    Object(Vec<(Spanned<RawKey>, Spanned<Raw>)>),
}

/// The name of a member. `null:` and `200:` are names like any other, and stand as they are written.
struct RawKey(Option<String>);

fn node(reader: &Reader<'_>, raw: Spanned<Raw>) -> Result<Node, Finding> {
    // What an alias stands for is shown where it is written, not where it is used.
    let range = range_of(reader, &raw.defined);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Bool(it) => Value::Bool(it),
        Raw::Number(it) => {
            let text = reader.text.get(range.clone()).unwrap_or_default();
            if is_text(text) { Value::String(text.to_owned()) } else { Value::Number(it) }
        }
        Raw::String(it) => Value::String(it),
        Raw::Array(items) => {
            let items = items.into_iter().map(|item| node(reader, item));
            return Ok(Node::array(items.collect::<Result<_, _>>()?, &reader.head(range)));
        }
        Raw::Object(members) => {
            let members = members.into_iter().map(|(name, value)| {
                let range = range_of(reader, &name.defined);
                let written = reader.text.get(range.clone()).unwrap_or_default();
                let text = name.value.0.unwrap_or_else(|| written.to_owned());
                Ok((Key::new(text, &reader.span(range)), node(reader, value)?))
            });
            let members = members.collect::<Result<Vec<_>, Finding>>()?;
            return Ok(Node::new(Value::Object(reader.object(members)?), reader.head(range)));
        }
    };
    Ok(Node::new(value, reader.span(range)))
}

/// Whether what the parser takes for a number is none. Some are numbers in YAML 1.1 and strings in
/// YAML 1.2; and what begins with a zero is a phone number or an id, that would be lost as a number.
fn is_text(plain: &str) -> bool {
    let digits = plain.trim_start_matches(['+', '-']).as_bytes();
    plain.contains('_') || matches!(digits, [b'0', b'b' | b'B' | b'0'..=b'9', ..])
}

/// Where something stands in the text. The parser counts bytes where it can, else lines and characters.
fn range_of(reader: &Reader<'_>, location: &Location) -> Range<usize> {
    let span = location.span();
    let to_usize = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let (start, len) = match (span.byte_offset(), span.byte_len()) {
        (Some(start), Some(len)) => (to_usize(start), to_usize(len)),
        _ => {
            let skipped = to_usize(location.line()).saturating_sub(1);
            let lines = reader.text.split_inclusive('\n');
            let line_start: usize = lines.take(skipped).map(str::len).sum();
            let column = to_usize(location.column()).saturating_sub(1);
            let line = reader.text.get(line_start..).unwrap_or_default().chars();
            (line_start + line.take(column).map(char::len_utf8).sum::<usize>(), 1)
        }
    };
    let end = start.saturating_add(len).min(reader.text.len());
    let range = start.min(end)..end;
    if reader.text.get(range.clone()).is_some() { range } else { 0..0 }
}

fn syntax(reader: &Reader<'_>, error: &Error) -> Finding {
    let location = error.location();
    let range = location.map_or(0..0, |location| range_of(reader, &location));
    match error.without_snippet() {
        Error::DuplicateMappingKey { key: Some(key), .. } => reader.twice(range, key),
        Error::MultipleDocuments { .. } => reader.error(range, "a second document begins here"),
        error => {
            // The message counts lines from the start of this text; the finding knows better.
            let message = error.render();
            let place =
                location.map(|it| format!(" at line {}, column {}", it.line(), it.column()));
            let bare = place.and_then(|place| message.strip_suffix(place.as_str()));
            reader.error(range, bare.unwrap_or(&message))
        }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

impl<'de> Deserialize<'de> for RawKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<String>::deserialize(deserializer).map(RawKey)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has too")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Number::from_f64(value).map_or(Raw::Null, Raw::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element()? {
            array.push(item);
        }
        Ok(Raw::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Raw, A::Error> {
        let mut object = Vec::new();
        while let Some(member) = members.next_entry()? {
            object.push(member);
        }
        Ok(Raw::Object(object))
    }
}
