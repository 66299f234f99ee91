//! Values that rule an alternative of a union out.

use std::borrow::Cow;

use serde_json::Value;

use super::node::as_whole;
use super::work::{self, Exhausted};

/// The values that a member may have.
#[derive(Clone, Copy, Debug)]
pub struct Constants(Listed);

#[derive(Clone, Copy, Debug)]
enum Listed {
    Json(&'static [&'static str]),
    Texts(&'static [&'static str]),
    Integers(&'static [i64]),
    Booleans(&'static [bool]),
}

impl Constants {
    /// Values of any types, each as its JSON.
    ///
    /// ```
    /// # use bindery_runtime::Constants;
    /// let constants = Constants::json(&["1.5", r#"["a"]"#, "null"]);
    /// ```
    #[must_use]
    pub const fn json(values: &'static [&'static str]) -> Self {
        Self(Listed::Json(values))
    }

    /// Whether a member of a value has none of them.
    pub(super) fn rule_out(&self, value: &Value, pointer: &str) -> Result<bool, Exhausted> {
        let Some(way) = pointer.strip_prefix('/') else {
            return Ok(!value.is_null() && !self.contain(value));
        };
        let (token, rest) = way.split_at(way.find('/').unwrap_or(way.len()));
        match value {
            Value::Array(items) if token == "0" => {
                work::charge(items.len())?;
                items.iter().try_fold(false, |out, it| Ok(out || self.rule_out(it, rest)?))
            }
            Value::Object(members) => {
                let member = members.get(&*unescaped(token));
                member.map_or(Ok(false), |it| self.rule_out(it, rest))
            }
            _ => Ok(false),
        }
    }

    fn contain(&self, value: &Value) -> bool {
        match (self.0, value) {
            (Listed::Texts(texts), Value::String(text)) => texts.contains(&text.as_str()),
            (Listed::Booleans(booleans), Value::Bool(boolean)) => booleans.contains(boolean),
            (Listed::Integers(integers), value) => {
                let whole = value.as_i64().or_else(|| as_whole(value));
                whole.is_some_and(|it| integers.contains(&it))
            }
            (Listed::Json(texts), value) => texts.iter().any(|it| is_json(it, value)),
            _ => false,
        }
    }
}

/// A step of a JSON pointer as the name that it means.
fn unescaped(token: &str) -> Cow<'_, str> {
    match token.contains('~') {
        true => token.replace("~1", "/").replace("~0", "~").into(),
        false => token.into(),
    }
}

/// Whether a value is what a text says. How a number is written makes no difference.
fn is_json(text: &str, value: &Value) -> bool {
    let Ok(constant) = serde_json::from_str::<Value>(text) else { return false };
    match (&constant, value) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        _ => constant == *value,
    }
}

macro_rules! constants {
    ($($ty:ty => $listed:ident),* $(,)?) => {$(
        impl<const N: usize> From<&'static [$ty; N]> for Constants {
            fn from(values: &'static [$ty; N]) -> Self {
                Self(Listed::$listed(values))
            }
        }
    )*};
}

constants! { &'static str => Texts, i64 => Integers, bool => Booleans }
