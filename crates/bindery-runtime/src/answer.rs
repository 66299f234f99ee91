//! The typed body of an answer, and what came with it.

use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::{Error, Response};

/// The body of an answer, typed, with its status and its headers.
///
/// `Debug` shows the body and the names of the headers.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answer<T> {
    /// The body, as the operation documents it.
    pub body: T,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// How many attempts it took.
    pub attempts: u32,
}

impl Response {
    /// What `decode` makes of the response, beside its status and its headers.
    ///
    /// # Errors
    ///
    /// Those of `decode`.
    pub fn answer<T, E>(
        self,
        decode: impl FnOnce(Self) -> Result<T, Error<E>>,
    ) -> Result<Answer<T>, Error<E>> {
        let (status, headers, attempts) = (self.status(), self.headers().clone(), self.attempts());
        let body = decode(self)?;
        Ok(Answer { body, status, headers, attempts })
    }
}

impl<T: fmt::Debug> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("body", &self.body)
            .field("status", &self.status.as_u16())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("attempts", &self.attempts)
            .finish()
    }
}
