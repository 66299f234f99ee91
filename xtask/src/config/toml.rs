//! A TOML text as a [`Node`] tree, so that every value of `api.toml` knows its line.

use std::ops::Range;
use std::sync::Arc;

use serde_json::Number;
use toml::de::{DeFloat, DeInteger, DeTable, DeValue};

use crate::finding::Finding;
use crate::node::{Key, Node, Value};
use crate::source::Source;

/// Reads the TOML in a range of a text. The parser bounds the depth.
pub(super) fn toml(source: &Arc<Source>, range: Range<usize>) -> Result<Node, Finding> {
    let base = range.start;
    let text = source.text().get(range).unwrap_or_default();
    let reader = Reader { source, base };
    match DeTable::parse(text) {
        Ok(table) => reader.table(table.get_ref(), table.span()),
        Err(error) => Err(reader.syntax(error.message(), error.span().unwrap_or(0..0))),
    }
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    base: usize,
}

impl Reader<'_> {
    fn table(&self, table: &DeTable<'_>, range: Range<usize>) -> Result<Node, Finding> {
        let mut entries: Vec<_> = table.iter().collect();
        // The parser sorts the keys by name; the order of the text is the one that people know.
        entries.sort_by_key(|(key, _)| key.span().start);
        let members = entries
            .into_iter()
            .map(|(key, value)| {
                let name = Key::new(key.get_ref().as_ref(), &self.span(key.span()));
                Ok((name, self.value(value.get_ref(), value.span())?))
            })
            .collect::<Result<_, Finding>>()?;
        Ok(Node::new(Value::Object(members), self.span(range)))
    }

    fn value(&self, value: &DeValue<'_>, range: Range<usize>) -> Result<Node, Finding> {
        let value = match value {
            DeValue::Table(table) => return self.table(table, range),
            DeValue::Array(items) => Value::Array(
                items
                    .iter()
                    .map(|item| self.value(item.get_ref(), item.span()))
                    .collect::<Result<_, _>>()?,
            ),
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Boolean(it) => Value::Bool(*it),
            DeValue::Datetime(time) => Value::String(time.to_string()),
            DeValue::Integer(number) => {
                let number = integer(number).ok_or_else(|| self.number(range.clone()))?;
                Value::Number(number)
            }
            DeValue::Float(number) => {
                let number = float(number).ok_or_else(|| self.number(range.clone()))?;
                Value::Number(number)
            }
        };
        Ok(Node::new(value, self.span(range)))
    }

    fn number(&self, range: Range<usize>) -> Finding {
        self.syntax("the number is not finite or does not fit in 64 bits", range)
    }

    fn syntax(&self, message: &str, range: Range<usize>) -> Finding {
        Finding::error("toml-syntax", format!("this is not TOML: {message}"))
            .at(&self.span(range))
            .why("Nothing of a file that cannot be parsed is used.")
            .help("Correct the syntax; https://toml.io describes it.")
    }

    fn span(&self, range: Range<usize>) -> crate::source::Span {
        self.source.span(self.base + range.start..self.base + range.end)
    }
}

fn integer(number: &DeInteger<'_>) -> Option<Number> {
    let (digits, radix) = (number.as_str(), number.radix());
    let signed = i64::from_str_radix(digits, radix).ok().map(Number::from);
    signed.or_else(|| u64::from_str_radix(digits, radix).ok().map(Number::from))
}

fn float(number: &DeFloat<'_>) -> Option<Number> {
    number.as_str().parse().ok().and_then(Number::from_f64)
}
