//! JSON into types, with the place where it went wrong.
//!
//! A body is decoded by serde_json at its own speed. Only when that fails is it read again, from a
//! [`serde_json::Value`] and by a deserializer of ours, which knows where it is: [`node`]. Unions
//! have to buffer what they read in any case, and decode the buffer with the same deserializer. So
//! a path goes through them without a seam: [`fault`] says how an error crosses over.

mod buffered;
mod constants;
mod fault;
mod key;
mod node;
mod object;
mod tagged;
mod unknown;
mod untagged;
mod work;

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use buffered::{Buffered, Trail};
pub use constants::Constants;
pub(crate) use fault::Fault;
use node::Node;
pub use object::Object;
pub use tagged::Tagged;
pub use unknown::note_text;
pub use untagged::{JsonType, Untagged};

/// Decodes a whole body.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    let _work = work::Guard::new(|| body.len());
    // Some servers begin with a byte order mark, which a reader of JSON may ignore (RFC 8259, section 8.1).
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let decoded = serde_json::from_slice(body);
    if work::is_exceeded() {
        return Err(work::Exhausted.into());
    }
    decoded.or_else(|error| from_json_again(body, error))
}

/// Decodes a body by the deserializer that knows where it is, and that takes `1.0` for a whole number. Of a name that
/// comes twice it takes the last value, as all unions do: RFC 8259 leaves it open, and most readers do the same.
fn from_json_again<T: DeserializeOwned>(body: &[u8], error: serde_json::Error) -> Result<T, Fault> {
    if body.is_empty() {
        return Err(Fault::new("the body is empty"));
    }
    // Where it is no JSON at all, line and column say where.
    let value = serde_json::from_slice::<Value>(body).map_err(|it| Fault::new(fault::short(it)))?;
    let decoded = from_buffered(&Buffered::new(value));
    // Where the work is used up on the way, the first error stands, without a path.
    match work::is_exceeded() {
        true => Err(Fault::new(fault::short(error))),
        false => decoded,
    }
}

/// Decodes a member that may be missing and may be null, for serde's `deserialize_with` beside `default`: `None` if it is
/// missing, `Some(None)` if it is null.
///
/// ```
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Note {
///     #[serde(default, deserialize_with = "bindery_runtime::nullable")]
///     due: Option<Option<String>>,
/// }
///
/// let note: Note = serde_json::from_str(r#"{ "due": null }"#)?;
/// assert_eq!(note.due, Some(None));
/// let note: Note = serde_json::from_str("{}")?;
/// assert_eq!(note.due, None);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
///
/// If the JSON does not fit the type.
pub fn nullable<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// Decodes what a union has buffered.
fn from_buffered<T: DeserializeOwned>(buffered: &Buffered) -> Result<T, Fault> {
    let value = buffered.value()?;
    let _work = work::Guard::new(|| node::length(value));
    Fault::unless_exhausted(T::deserialize(Node { value, trail: Trail::Start(buffered) }))
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
