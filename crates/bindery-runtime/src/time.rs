//! Times as an API writes them, which is not always as a standard has it.

#[cfg(feature = "chrono")]
mod reading;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant as an API writes it: by RFC 3339, or nearly.
///
/// Vendors leave out the zone or the seconds, or send an empty text. That does not fail a whole answer: the text is
/// kept as it came, its offset and its digits included, and read when it is asked for. What is sent is made of a
/// `chrono::DateTime` and strictly RFC 3339. Two are equal if they are the same instant.
///
/// Reading takes the feature `chrono`, which clients with times have.
///
/// ```
/// # #[cfg(feature = "chrono")] {
/// use bindery_runtime::DateTime;
///
/// let created: DateTime = serde_json::from_str(r#""2024-10-31T00:58:27.4+01:00""#)?;
/// assert_eq!(created.to_utc()?.timestamp(), 1_730_332_707);
/// assert_eq!(created.to_string(), "2024-10-31T00:58:27.4+01:00");
///
/// let none: DateTime = serde_json::from_str(r#""""#)?;
/// assert!(none.to_utc().is_err());
///
/// let sent = DateTime::from(chrono::DateTime::UNIX_EPOCH);
/// assert_eq!(sent.to_string(), "1970-01-01T00:00:00Z");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct DateTime(Cow<'static, str>);

impl DateTime {
    /// `1970-01-01T00:00:00Z`
    pub const UNIX_EPOCH: Self = Self(Cow::Borrowed("1970-01-01T00:00:00Z"));

    /// The text, as it came or as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A calendar date as an API writes it: by RFC 3339 (full-date), or nearly.
///
/// The text is kept as it came, and read when it is asked for; some vendors add a time. What is sent is made of a
/// `chrono::NaiveDate`. Two are equal if they are the same day.
///
/// Reading takes the feature `chrono`, which clients with times have.
///
/// ```
/// # #[cfg(feature = "chrono")] {
/// use bindery_runtime::Date;
/// use chrono::Datelike;
///
/// let born: Date = serde_json::from_str(r#""1969-07-20""#)?;
/// assert_eq!(born.to_chrono()?.year(), 1969);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Date(Cow<'static, str>);

impl Date {
    /// `1970-01-01`
    pub const UNIX_EPOCH: Self = Self(Cow::Borrowed("1970-01-01"));

    /// The text, as it came or as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What both kinds of times have.
macro_rules! text {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(|it| Self(Cow::Owned(it)))
            }
        }

        #[cfg(not(feature = "chrono"))]
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }
    )*};
}

text!(DateTime, Date);

/// A text that is no time. It is displayed as `"soon" is no date-time`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeError {
    text: String,
    wanted: &'static str,
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no {}", self.text, self.wanted)
    }
}

impl std::error::Error for TimeError {}

#[cfg(test)]
mod tests;
