//! Why a value cannot be sent where it is given.

use std::fmt;

use serde::ser;

/// Why a value is not fit for its place: completes a sentence that starts with the place.
#[derive(Debug)]
pub(crate) struct Unfit(String);

impl Unfit {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// The value has one shape, and the place takes others.
    pub(super) fn shape(is: &str, fit: &str) -> Self {
        Self(format!("is {is}, and only {fit} can be sent here"))
    }

    /// The reason is a member of the value.
    pub(crate) fn within(self, member: &str) -> Self {
        Self(format!("has the member `{member}`, which {self}"))
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unfit {}

impl ser::Error for Unfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(format!("cannot be serialized: {message}"))
    }
}
