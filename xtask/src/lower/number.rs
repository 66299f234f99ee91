//! Numbers: which Rust type holds all that the page says or shows of one.

use crate::node::Value;
use crate::openapi::Schema;

use super::product::Type;

/// Returns the type of a whole number: of 64 bits, unless its format says otherwise. What the page shows counts for
/// more than what it says: examples and limits that the type of the format does not hold make it a wider one.
pub(super) fn integer(schema: Schema<'_>) -> Type {
    let wanted = match schema.format() {
        Some("int32") => Type::Int32,
        Some("uint64") => Type::Uint64,
        _ => Type::Int64,
    };
    let wider = [wanted, Type::Int64, Type::Uint64];
    wider.into_iter().find(|it| shown(schema, it)).unwrap_or(Type::Number)
}

/// Returns the type of a number: an `f64` where the format says that it is a float, which whole numbers beyond its
/// precision show to be none.
pub(super) fn number(schema: Schema<'_>) -> Type {
    match schema.format() {
        Some("float" | "double") if shown(schema, &Type::Double) => Type::Double,
        _ => Type::Number,
    }
}

/// Returns the type of a number that is described by several schemas.
pub(super) fn of_several<'n>(schemas: impl Iterator<Item = Schema<'n>>) -> Type {
    let types = schemas.map(|it| match it.is_of_type("integer") {
        true => integer(it),
        false => number(it),
    });
    types.reduce(wider).unwrap_or(Type::Number)
}

fn wider(one: Type, other: Type) -> Type {
    match (one, other) {
        (one, other) if one == other => one,
        (Type::Int32, Type::Int64) | (Type::Int64, Type::Int32) => Type::Int64,
        _ => Type::Number,
    }
}

/// Whether a type holds all the numbers that a schema shows.
fn shown(schema: Schema<'_>, ty: &Type) -> bool {
    let limits = [schema.minimum(), schema.maximum()].into_iter().flatten();
    let values = schema.const_node().into_iter().chain(schema.default()).chain(schema.example());
    let mut all = limits.chain(values).chain(schema.enumeration());
    all.all(|node| match &node.value {
        Value::Number(number) => holds(ty, number),
        _ => true,
    })
}

fn holds(ty: &Type, number: &serde_json::Number) -> bool {
    /// Up to here every whole number has an `f64` of its own.
    const EXACT: i128 = 1 << 53;
    let range = match ty {
        Type::Int32 => i128::from(i32::MIN)..=i128::from(i32::MAX),
        Type::Int64 => i128::from(i64::MIN)..=i128::from(i64::MAX),
        Type::Uint64 => 0..=i128::from(u64::MAX),
        Type::Double => -EXACT..=EXACT,
        _ => return true,
    };
    let whole = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
    match whole {
        Some(whole) => range.contains(&whole),
        // A limit such as `1e18`, or what is no whole number at all.
        None => {
            number.as_f64().is_some_and(|it| *ty == Type::Double || range.contains(&(it as i128)))
        }
    }
}

#[cfg(test)]
mod tests;
