//! Values of callers, and the texts that the styles of OpenAPI make of them.

use serde_json::{Map, Value, json};

use crate::input::Input;

/// Takes a value that is nested so deep at most.
pub(super) fn value(input: &mut Input<'_>, depth: usize) -> Value {
    match input.below(if depth == 0 { 7 } else { 10 }) {
        0 => Value::Null,
        1 => json!(input.below(2) == 0),
        2 => json!(i64::from(input.byte()) - 100),
        3 => json!(input.choose(&[0.5, 2.0, -0.0, 1e300, 5e-324])),
        4..=6 => json!(input.text()),
        7 | 8 => (0..input.below(4)).map(|_| value(input, depth - 1)).collect(),
        _ => {
            let members = (0..input.below(4)).map(|_| (input.text(), value(input, depth - 1)));
            Value::Object(Map::from_iter(members))
        }
    }
}

/// The text of a scalar. None of what is absent, or no scalar.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(it) => Some(it.to_string()),
        Value::Number(it) if it.is_f64() => it.as_f64().map(|it| it.to_string()),
        Value::Number(it) => Some(it.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn is_nested(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_))
}

/// The texts of a scalar or of a list of scalars. None of what no such style can write.
pub(super) fn repeated(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(items) if items.iter().any(is_nested) => None,
        Value::Array(items) => Some(items.iter().filter_map(text).collect()),
        Value::Object(_) => None,
        scalar => Some(text(scalar).into_iter().collect()),
    }
}

/// The same, and names and values of an object by turns.
pub(super) fn flat(value: &Value) -> Option<Vec<String>> {
    let Value::Object(members) = value else { return repeated(value) };
    if members.values().any(is_nested) {
        return None;
    }
    let pairs = members.iter().filter_map(|(name, it)| Some([name.clone(), text(it)?]));
    Some(pairs.flatten().collect())
}

/// The pairs of an object whose members are named, in brackets and at any depth if they are deep.
pub(super) fn named(name: &str, value: &Value, deep: bool) -> Option<Vec<(String, String)>> {
    let of_name = |name: &str, value: &Value| {
        Some(repeated(value)?.into_iter().map(|text| (name.to_owned(), text)).collect::<Vec<_>>())
    };
    let members = match value {
        Value::Object(members) => members,
        Value::Null => return Some(Vec::new()),
        other if deep => return of_name(name, other),
        _ => return None,
    };
    let mut pairs = Vec::new();
    for (member, value) in members {
        pairs.extend(match deep {
            true => named(&format!("{name}[{member}]"), value, true)?,
            false => of_name(member, value)?,
        });
    }
    Some(pairs)
}

/// Whether a text is JSON of that value. Numbers are equal if they have the same value.
pub(super) fn is_json_of(text: &[u8], value: &Value) -> bool {
    serde_json::from_slice::<Value>(text).is_ok_and(|it| equal(&it, value))
}

fn equal(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Number(one), Value::Number(two)) => one.as_f64() == two.as_f64(),
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| equal(one, two))
        }
        (Value::Object(one), Value::Object(two)) => {
            let same = |(name, value)| two.get(name).is_some_and(|it| equal(it, value));
            one.len() == two.len() && one.iter().all(same)
        }
        _ => one == two,
    }
}
