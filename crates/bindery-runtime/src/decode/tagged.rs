//! Unions with a discriminator.

use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, Deserializer};
use serde_json::Value;

use super::buffered::Buffered;
use super::fault::{Fault, hand_over};
use super::{unknown, work};

/// JSON of which one property, the tag, says what type it is.
///
/// The implementation of `Deserialize` for a union reads one of these, looks at the tag and decodes
/// the variant that it names. The variant gets the whole JSON, tag included. An error in it keeps
/// its path.
///
/// ```
/// use bindery_runtime::Tagged;
/// use serde::{Deserialize, Deserializer};
///
/// #[derive(Debug, Deserialize)]
/// struct Card { last4: String }
///
/// #[derive(Debug)]
/// enum Payment { Card(Card), Unknown(serde_json::Value) }
///
/// impl<'de> Deserialize<'de> for Payment {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         let tagged = Tagged::read(deserializer, "type")?;
///         match tagged.tag() {
///             Some("card") => tagged.decode().map(Self::Card),
///             _ => Ok(Self::Unknown(tagged.into_json())),
///         }
///     }
/// }
///
/// let card: Payment = serde_json::from_str(r#"{ "type": "card", "last4": "4242" }"#)?;
/// assert!(matches!(card, Payment::Card(card) if card.last4 == "4242"));
///
/// let cash: Payment = serde_json::from_str(r#"{ "type": "cash", "amount": 3 }"#)?;
/// assert!(matches!(cash, Payment::Unknown(json) if json["amount"] == 3));
///
/// let error = serde_json::from_str::<Payment>(r#"{ "type": "card", "last4": 4242 }"#).unwrap_err();
/// assert!(error.to_string().starts_with("last4: invalid type"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct Tagged<E> {
    buffered: Buffered,
    tag: Option<String>,
    error: PhantomData<fn() -> E>,
}

impl<E: de::Error> Tagged<E> {
    /// Reads the JSON and looks up its tag in `property`.
    ///
    /// # Errors
    ///
    /// What the deserializer reports if it has no JSON to give.
    pub fn read<'de, D>(deserializer: D, property: &str) -> Result<Self, E>
    where
        D: Deserializer<'de, Error = E>,
    {
        let buffered = Buffered::read(deserializer)?;
        let tag = tag(&buffered, property).map_err(hand_over::<E>)?;
        Ok(Self { tag, buffered, error: PhantomData })
    }

    /// The tag; `None` if there is none. A number or a boolean is the text that JSON has for it.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// Decodes the JSON as the type that the tag stands for.
    ///
    /// # Errors
    ///
    /// If the JSON does not fit the type. The error has the path.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, E> {
        super::from_buffered(&self.buffered).map_err(hand_over)
    }

    /// The JSON as it came, for a variant that keeps what it does not know.
    #[must_use]
    pub fn into_json(self) -> Value {
        if let Ok(value) = self.buffered.value() {
            unknown::note(value);
        }
        self.buffered.into_value()
    }
}

fn tag(buffered: &Buffered, property: &str) -> Result<Option<String>, Fault> {
    let tag = match buffered.value()?.get(property) {
        Some(Value::String(tag)) => tag.clone(),
        Some(tag @ (Value::Number(_) | Value::Bool(_))) => tag.to_string(),
        _ => return Ok(None),
    };
    work::charge(tag.len())?;
    Ok(Some(tag))
}
