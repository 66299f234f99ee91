//! TOML 1.1.

use std::ops::Range;
use std::sync::Arc;

use serde_json::Number;
use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::{MAX_DEPTH, Reader};
use crate::finding::Finding;
use crate::node::{Key, Node, Value};
use crate::source::Source;

/// Reads a range of a source as a TOML document. Dates and times become strings, as written.
pub fn parse(source: &Arc<Source>, range: Range<usize>) -> Result<Node, Finding> {
    let reader = Reader::new("TOML", source, range)?;
    reader.with_room(|| match DeTable::parse(reader.text) {
        Ok(table) => {
            let range = table.span();
            table_node(&reader, table.into_inner(), range, MAX_DEPTH)
        }
        Err(error) => Err(reader.error(error.span().unwrap_or(0..0), error.message())),
    })
}

fn node(reader: &Reader<'_>, value: Spanned<DeValue<'_>>, depth: usize) -> Result<Node, Finding> {
    let range = value.span();
    let Some(depth) = depth.checked_sub(1) else {
        return Err(reader.too_deep(range));
    };
    let value = match value.into_inner() {
        DeValue::String(it) => Value::String(it.into_owned()),
        DeValue::Boolean(it) => Value::Bool(it),
        DeValue::Datetime(it) => Value::String(it.to_string()),
        DeValue::Integer(it) => match integer(&it) {
            Some(number) => Value::Number(number),
            None => return Err(reader.error(range, format!("`{it}` is too large a number"))),
        },
        DeValue::Float(it) => match it.as_str().parse().ok().and_then(Number::from_f64) {
            Some(number) => Value::Number(number),
            None => return Err(reader.error(range, format!("`{it}` is no finite number"))),
        },
        DeValue::Array(items) => {
            let items = items.into_iter().map(|item| node(reader, item, depth));
            return Ok(Node::array(items.collect::<Result<_, _>>()?, &reader.head(range)));
        }
        DeValue::Table(table) => return table_node(reader, table, range, depth),
    };
    Ok(Node::new(value, reader.span(range)))
}

fn table_node(
    reader: &Reader<'_>,
    table: DeTable<'_>,
    range: Range<usize>,
    depth: usize,
) -> Result<Node, Finding> {
    // The library sorts a table by name; a page is read in the order in which it is written.
    let mut members: Vec<_> = table.into_iter().collect();
    members.sort_by_key(|(key, _)| key.span().start);
    let members = members.into_iter().map(|(key, value)| {
        let place = reader.span(key.span());
        Ok((Key::new(key.into_inner(), &place), node(reader, value, depth)?))
    });
    let members = members.collect::<Result<Vec<_>, Finding>>()?;
    Ok(Node::new(Value::Object(reader.object(members)?), reader.head(range)))
}

fn integer(integer: &DeInteger<'_>) -> Option<Number> {
    let (digits, radix) = (integer.as_str(), integer.radix());
    let signed = i64::from_str_radix(digits, radix).ok().map(Number::from);
    signed.or_else(|| u64::from_str_radix(digits, radix).ok().map(Number::from))
}
