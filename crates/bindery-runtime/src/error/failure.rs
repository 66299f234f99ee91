//! An error before it is known what the operation documents.

use std::convert::Infallible;
use std::fmt;

#[cfg(feature = "tracing")]
use reqwest::StatusCode;

use super::{Context, Error, ErrorKind};

/// An error before it is known what the operation documents: not sent, or not answered.
///
/// [`Request::send`](crate::Request::send) returns it, and `?` turns it into the [`Error`] of the
/// operation.
pub struct Failure(Error<Infallible>);

impl Failure {
    pub(crate) fn new(context: Context, kind: ErrorKind<Infallible>) -> Self {
        Self(Error::new(context, kind))
    }

    /// The status of the answer, if there was one.
    #[cfg(feature = "tracing")]
    pub(crate) fn status(&self) -> Option<StatusCode> {
        self.0.status()
    }

    /// What happened, in a word.
    #[cfg(feature = "tracing")]
    pub(crate) fn label(&self) -> &'static str {
        self.0.0.kind.label()
    }
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        failure.0.map_api(|never| match never {})
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
