//! JSON, strictly as RFC 8259 has it.

use std::ops::Range;
use std::sync::Arc;

use jsonc_parser::ast::Value as Ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::Number;

use super::{MAX_DEPTH, Reader};
use crate::finding::Finding;
use crate::node::{Key, Node, Value};
use crate::source::Source;

/// Reads a range of a source as JSON.
pub fn parse(source: &Arc<Source>, range: Range<usize>) -> Result<Node, Finding> {
    let reader = Reader::new("JSON", source, range)?;
    reader.with_room(|| {
        let ast = parse_to_ast(reader.text, &CollectOptions::default(), &strict());
        match ast.map(|ast| ast.value) {
            Ok(Some(value)) => node(&reader, value, MAX_DEPTH),
            Ok(None) => Err(reader.error(0..0, "there is nothing")),
            Err(error) => {
                let range = error.range();
                Err(reader.error(range.start..range.end, error.kind()))
            }
        }
    })
}

/// The parser knows many extensions of JSON; a page that needs one is not JSON.
fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

fn node(reader: &Reader<'_>, ast: Ast<'_>, depth: usize) -> Result<Node, Finding> {
    let range = range_of(&ast);
    let Some(depth) = depth.checked_sub(1) else {
        return Err(reader.too_deep(range));
    };
    let (value, span) = match ast {
        Ast::NullKeyword(_) => (Value::Null, reader.span(range)),
        Ast::BooleanLit(it) => (Value::Bool(it.value), reader.span(range)),
        Ast::StringLit(it) => (Value::String(it.value.into_owned()), reader.span(range)),
        Ast::NumberLit(it) => match number(it.value) {
            Some(number) => (Value::Number(number), reader.span(range)),
            None => return Err(reader.error(range, format!("`{}` is no number", it.value))),
        },
        Ast::Array(it) => {
            let items = it.elements.into_iter().map(|item| node(reader, item, depth));
            (Value::Array(items.collect::<Result<_, _>>()?), reader.head(range))
        }
        Ast::Object(it) => {
            let members = it.properties.into_iter().map(|member| {
                let place = reader.span(range_of(&member.name));
                let key = Key::new(member.name.into_string(), &place);
                Ok((key, node(reader, member.value, depth)?))
            });
            let members = members.collect::<Result<Vec<_>, Finding>>()?;
            (Value::Object(reader.object(members)?), reader.head(range))
        }
    };
    Ok(Node::new(value, span))
}

/// Reads a number to its last digit, which serde_json by itself does not.
fn number(text: &str) -> Option<Number> {
    let whole = text.parse::<i64>().map(Number::from).ok();
    let whole = whole.or_else(|| text.parse::<u64>().map(Number::from).ok());
    whole.or_else(|| text.parse().ok().and_then(Number::from_f64))
}

fn range_of(ranged: &impl Ranged) -> Range<usize> {
    ranged.start()..ranged.end()
}
