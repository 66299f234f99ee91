//! The names of an object's members.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::source::Span;

/// The name of an object's member and where it stands. Compares and hashes as its text.
#[derive(Clone)]
pub struct Key {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Key {
    /// A name at the given place.
    pub fn new(text: impl Into<String>, span: &Span) -> Self {
        Self { text: text.into(), span: span.clone() }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text)
    }
}
