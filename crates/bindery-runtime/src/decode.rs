//! JSON into types, with the place where it went wrong.
//!
//! A body is decoded by serde_json at its own speed. Only when that fails is it read again, from a
//! [`serde_json::Value`] and by a deserializer of ours, which knows where it is: [`node`]. Unions
//! have to buffer what they read in any case, and decode the buffer with the same deserializer. So
//! a path goes through them without a seam: [`fault`] says how an error crosses over.

mod buffered;
mod fault;
mod key;
mod node;
mod object;
mod tagged;
mod untagged;
mod work;

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use buffered::{Buffered, Trail};
pub(crate) use fault::Fault;
use node::Node;
pub use object::Object;
pub use tagged::Tagged;
pub use untagged::{JsonType, Untagged};

/// Decodes a whole body.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    let _work = work::Guard::new(|| body.len());
    let decoded = serde_json::from_slice(body);
    if work::is_exceeded() {
        return Err(work::Exhausted.into());
    }
    decoded.map_err(|error| locate(body, error, |buffered| from_buffered::<T>(buffered).err()))
}

/// Decodes what a union has buffered.
fn from_buffered<T: DeserializeOwned>(buffered: &Buffered) -> Result<T, Fault> {
    let value = buffered.value()?;
    let _work = work::Guard::new(|| node::length(value));
    Fault::unless_exhausted(T::deserialize(Node { value, trail: Trail::Start(buffered) }))
}

/// Finds the place of an error by reading the body a second time.
fn locate(
    body: &[u8],
    error: serde_json::Error,
    again: impl FnOnce(&Buffered) -> Option<Fault>,
) -> Fault {
    if body.is_empty() {
        return Fault::new("the body is empty");
    }
    let located = match serde_json::from_slice::<Value>(body) {
        Ok(value) => again(&Buffered::new(value)),
        // Not JSON at all: line and column say where.
        Err(error) => return Fault::new(fault::short(error)),
    };
    // The buffer is more lenient than the stream, for instance with a key that comes twice. Then
    // the first error stands, without a path, and so it does where the work is used up on the way.
    let located = located.filter(|_| !work::is_exceeded());
    located.unwrap_or_else(|| Fault::new(fault::short(error)))
}

/// Where and why JSON does not fit the type that the API documents.
///
/// Displayed as `error.message: missing field `message``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    message: String,
    too_costly: bool,
}

impl DecodeError {
    /// Both texts have to be fit to be shown already.
    pub(crate) fn new(path: String, message: String) -> Self {
        Self { path, message, too_costly: false }
    }

    pub(crate) fn with_cost(self, too_costly: bool) -> Self {
        Self { too_costly, ..self }
    }

    /// Where, for instance `detail[0].loc[1]`. Ends with the missing property if one is missing.
    /// Empty if the body as a whole does not fit or is not JSON.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there, for instance ``missing field `message` ``. Shortened if it is long,
    /// and without the client's credentials.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Whether decoding was given up because it cost too much, so that it is not known whether the
    /// body fits. Where the alternatives of a union lead back to it, trying them all may take time
    /// that doubles with each level; so the work for a body is limited, in proportion to its length.
    /// There is no path then.
    #[must_use]
    pub fn is_too_costly(&self) -> bool {
        self.too_costly
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fault::write(f, &self.path, &self.message)
    }
}

impl std::error::Error for DecodeError {}

/// Decodes a value of a test.
#[cfg(test)]
fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Fault> {
    from_buffered(&Buffered::new(value.clone()))
}

#[cfg(test)]
mod tests;
