//! Unions without a discriminator.

use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, Deserializer};
use serde_json::Value;

use super::buffered::Buffered;
use super::fault::{Fault, hand_over};
use super::node::as_whole;

/// The type that an alternative of a union declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonType {
    /// Whatever there is, for an alternative that declares no type.
    Any,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number without a fraction, however it is written. It is a [`Number`](Self::Number) as well.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonType {
    pub(super) fn admits(self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Null => value.is_null(),
            Self::Boolean => value.is_boolean(),
            Self::Integer => value.is_i64() || value.is_u64() || as_whole(value).is_some(),
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
        }
    }
}

/// JSON that is one of several types and does not say which.
///
/// The alternatives are tried in their order, those of another JSON type left out, and the first
/// that decodes is taken. If none does, [`finish`](Self::finish) decides between two cases. JSON of
/// a type that no alternative declares is new, and kept. JSON of a declared type is broken, and an
/// error: the one of the alternative that got furthest, with its path.
///
/// ```
/// use bindery_runtime::{JsonType, Untagged};
/// use serde::{Deserialize, Deserializer};
///
/// #[derive(Debug, PartialEq)]
/// enum Step { Name(String), Index(i64), Unknown(serde_json::Value) }
///
/// impl<'de> Deserialize<'de> for Step {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         Untagged::read(deserializer)?
///             .alternative(JsonType::String, Self::Name)
///             .alternative(JsonType::Integer, Self::Index)
///             .finish(Self::Unknown)
///     }
/// }
///
/// let steps: Vec<Step> = serde_json::from_str(r#"["body", 3, null]"#)?;
/// assert_eq!(steps[0], Step::Name("body".to_owned()));
/// assert_eq!(steps[1], Step::Index(3));
/// assert_eq!(steps[2], Step::Unknown(serde_json::Value::Null));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct Untagged<T, E> {
    buffered: Buffered,
    outcome: Outcome<T>,
    error: PhantomData<fn() -> E>,
}

#[derive(Debug)]
enum Outcome<T> {
    /// No alternative so far declares the type that the JSON has.
    Foreign,
    /// No alternative so far decodes. This one got furthest.
    Broken(Fault),
    Decoded(T),
}

impl<T, E: de::Error> Untagged<T, E> {
    /// Reads the JSON.
    ///
    /// # Errors
    ///
    /// What the deserializer reports if it has no JSON to give.
    pub fn read<'de, D>(deserializer: D) -> Result<Self, E>
    where
        D: Deserializer<'de, Error = E>,
    {
        let buffered = Buffered::read(deserializer)?;
        Ok(Self { buffered, outcome: Outcome::Foreign, error: PhantomData })
    }

    /// Tries one alternative, unless an earlier one was taken.
    #[must_use]
    pub fn alternative<A: DeserializeOwned>(
        mut self,
        declared: JsonType,
        variant: impl FnOnce(A) -> T,
    ) -> Self {
        let admits = || self.buffered.value().is_ok_and(|value| declared.admits(value));
        if matches!(self.outcome, Outcome::Decoded(_)) || !admits() {
            return self;
        }
        self.outcome = match (super::from_buffered(&self.buffered), self.outcome) {
            (Ok(value), _) => Outcome::Decoded(variant(value)),
            (Err(fault), Outcome::Broken(best)) if best.depth() >= fault.depth() => {
                Outcome::Broken(best)
            }
            (Err(fault), _) => Outcome::Broken(fault),
        };
        self
    }

    /// The alternative that was taken, or `unknown` with JSON of a type that none declares.
    ///
    /// # Errors
    ///
    /// If the JSON is of a declared type and no alternative decodes. The error has the path.
    pub fn finish(self, unknown: impl FnOnce(Value) -> T) -> Result<T, E> {
        match self.outcome {
            Outcome::Decoded(value) => Ok(value),
            Outcome::Foreign => Ok(unknown(self.buffered.into_value())),
            Outcome::Broken(fault) => Err(hand_over(fault)),
        }
    }
}
