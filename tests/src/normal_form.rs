//! The one form in which a vendor's JSON and the JSON of a client are compared.
//!
//! A client keeps what its types hold and no more, and writes some of it in its own way. Two values
//! are the same when their normal forms are, which are made so, by the schema:
//!
//! 1. A property that an object does not declare is removed: the client ignores it. An object that
//!    declares nothing is kept whole, and so is a member of a map (`additionalProperties`).
//! 2. A property that is null is removed if it is optional and nullable: null and absent say the
//!    same. Null where a value is required stays, and so does null where null is not allowed.
//! 3. A string with the format `date-time` is written in UTC with no more digits than it needs: it
//!    is compared as an instant.
//! 4. A number is written as an integer if it is one: `1.0` is `1`.
//!
//! Everything else stays as it is: the order of a list, other strings, booleans. The order of an
//! object's properties means nothing in JSON anyway.

use chrono::{DateTime, SecondsFormat};
use serde::Serialize;
use serde_json::{Map, Number, Value, json};

use crate::document::Schema;

/// Up to here an `f64` holds every integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The normal form of a value, by its schema.
#[must_use]
pub fn normal_form(schema: &Schema<'_>, value: &Value) -> Value {
    normalize(&schema.applicable(value), value)
}

/// Asserts that what came typed goes back to the same JSON.
///
/// # Panics
///
/// When it does not.
pub fn assert_round_trip<T: Serialize>(schema: &Schema<'_>, sent: &Value, typed: &T) {
    let back = serde_json::to_value(typed).expect("what was decoded can be encoded");
    let (sent, back) = (normal_form(schema, sent), normal_form(schema, &back));
    assert_eq!(sent, back, "the vendor's JSON (left) comes back as another (right)");
}

fn normalize(schemas: &[Schema<'_>], value: &Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(normalize_object(schemas, object)),
        Value::Array(items) => {
            let item = |item| under(schemas.iter().filter_map(|it| it.sub("items")), item);
            items.iter().map(item).collect()
        }
        Value::String(text) if schemas.iter().any(|it| it.keyword("format") == "date-time") => {
            json!(instant(text).as_ref().unwrap_or(text))
        }
        Value::Number(number) => Value::Number(integer(number).unwrap_or_else(|| number.clone())),
        _ => value.clone(),
    }
}

fn normalize_object(schemas: &[Schema<'_>], object: &Map<String, Value>) -> Map<String, Value> {
    let declares = |it: &Schema<'_>| !it.keyword("properties").is_null();
    let free = !schemas.iter().any(declares);
    let mut normal = Map::new();
    for (name, value) in object {
        let named: Vec<_> = schemas.iter().filter_map(|it| it.property(name)).collect();
        let others: Vec<_> = schemas.iter().filter_map(|it| others(it, name)).collect();
        let required = schemas.iter().any(|it| requires(it, name));
        let nullable = !named.is_empty() && named.iter().all(|it| it.accepts(&Value::Null));
        let undeclared = named.is_empty() && others.is_empty() && !free;
        if undeclared || value.is_null() && nullable && !required {
            continue;
        }
        normal.insert(name.clone(), under(named.into_iter().chain(others), value));
    }
    normal
}

/// The normal form of a value that one or several schemas are about.
fn under<'a>(schemas: impl Iterator<Item = Schema<'a>>, value: &Value) -> Value {
    let schemas: Vec<_> = schemas.flat_map(|it| it.applicable(value)).collect();
    normalize(&schemas, value)
}

/// What a schema says of the members of a map.
fn others<'a>(schema: &Schema<'a>, name: &str) -> Option<Schema<'a>> {
    let map = schema.sub("additionalProperties").filter(|it| !it.refuses_all());
    map.filter(|_| schema.property(name).is_none())
}

fn requires(schema: &Schema<'_>, name: &str) -> bool {
    let names = schema.keyword("required").as_array();
    names.into_iter().flatten().any(|required| required == name)
}

fn instant(text: &str) -> Option<String> {
    let instant = DateTime::parse_from_rfc3339(text).ok()?;
    Some(instant.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

fn integer(number: &Number) -> Option<Number> {
    let float = number.as_f64().filter(|_| number.is_f64())?;
    // The cast is exact: there is no fraction, and the bound is that of an `f64`.
    (float.fract() == 0.0 && float.abs() <= EXACT).then(|| Number::from(float as i64))
}

#[cfg(test)]
mod tests;
