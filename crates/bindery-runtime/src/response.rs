//! A response: a status to decide by, and the conversions into what the operation documents.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Body, StatusCode};
use serde::de::DeserializeOwned;

use crate::Download;
use crate::decode::{self, DecodeError, Fault};
use crate::error::{Context, Error, ErrorKind};
use crate::redact::Redactor;
use crate::span::Span;

/// How many characters of the path and of the message of a [`DecodeError`] are kept at most.
pub(crate) const EXPLANATION: usize = 300;

/// The complete answer to a request.
///
/// Generated code matches on the status and turns the body into the type that is documented for
/// it. `Debug` shows status and length, and nothing that the server sent.
pub struct Response {
    pub(crate) redactor: Redactor,
    pub(crate) operation: &'static str,
    pub(crate) attempts: u32,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The body, if it has not been read, and how long to wait for each piece of it.
    pub(crate) rest: Option<(Body, Duration)>,
    pub(crate) span: Span,
}

impl Response {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How many attempts it took to get it.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The body, byte for byte.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// A success with a body in JSON.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`] if the body does not fit.
    pub fn json<T: DeserializeOwned, E>(self) -> Result<T, Error<E>> {
        decode::from_json(&self.body).map_err(|fault| self.broken(fault))
    }

    /// A success with a body of text, which is UTF-8.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`] if it is not.
    pub fn text<E>(self) -> Result<String, Error<E>> {
        match self.utf8() {
            Ok(text) => Ok(text),
            Err(fault) => Err(self.broken(fault)),
        }
    }

    /// A success with a body of any other kind, byte for byte.
    ///
    /// # Errors
    ///
    /// None. The return type is that of an operation.
    pub fn bytes<E>(self) -> Result<Bytes, Error<E>> {
        Ok(self.body)
    }

    /// A success for which no body is documented. If there is one, it is ignored.
    ///
    /// # Errors
    ///
    /// None. The return type is that of an operation.
    pub fn empty<E>(self) -> Result<(), Error<E>> {
        Ok(())
    }

    /// The body as it arrives, if [`Request::open`](crate::Request::open) has left it unread. What else it is, `read`
    /// decides.
    ///
    /// # Errors
    ///
    /// Those of `read`, and [`ErrorKind::Undocumented`] where it finds none.
    pub fn download<T, E>(
        mut self,
        read: impl FnOnce(Self) -> Result<T, Error<E>>,
    ) -> Result<Download, Error<E>> {
        if let Some((body, patience)) = self.rest.take() {
            return Ok(Download::new(self, body, patience));
        }
        let context = Context::unsent(self.operation).after(self.attempts);
        let context = context.with_head(self.status, self.headers.clone());
        match read(self) {
            Ok(_) => Err(Error::new(context, ErrorKind::Undocumented)),
            Err(error) => Err(error),
        }
    }

    /// An answer with a status that is not documented: a success of an operation that documents one success in
    /// JSON has done what was asked for, so that it is no error if the body is the one that is documented.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Undocumented`] if it is no success, or if the body does not fit.
    pub fn unlisted_json<T: DeserializeOwned, E>(self) -> Result<T, Error<E>> {
        self.unlisted(|body| decode::from_json(body).ok())
    }

    /// The same for a body of text.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Undocumented`] if it is no success, or no UTF-8.
    pub fn unlisted_text<E>(self) -> Result<String, Error<E>> {
        self.unlisted(|body| std::str::from_utf8(body).ok().map(str::to_owned))
    }

    /// The same where no body is documented.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Undocumented`] if it is no success.
    pub fn unlisted_empty<E>(self) -> Result<(), Error<E>> {
        self.unlisted(|_| Some(()))
    }

    fn unlisted<T, E>(self, read: impl FnOnce(&Bytes) -> Option<T>) -> Result<T, Error<E>> {
        let body = self.status.is_success().then(|| read(&self.body)).flatten();
        body.ok_or_else(|| self.undocumented())
    }

    /// A documented error: [`ErrorKind::Api`], or [`ErrorKind::Decode`] if the body does not fit.
    #[must_use]
    pub fn error<E: DeserializeOwned>(self) -> Error<E> {
        self.error_with(std::convert::identity)
    }

    /// A documented error whose type depends on the status: `wrap` makes the error of the operation
    /// from it.
    #[must_use]
    pub fn error_with<T: DeserializeOwned, E>(self, wrap: impl FnOnce(T) -> E) -> Error<E> {
        match decode::from_json(&self.body) {
            Ok(error) => self.fail(ErrorKind::Api(wrap(error))),
            Err(fault) => self.broken(fault),
        }
    }

    /// A documented error that is a text: [`ErrorKind::Decode`] if it is not UTF-8.
    #[must_use]
    pub fn error_text<E>(self, wrap: impl FnOnce(String) -> E) -> Error<E> {
        match self.utf8() {
            Ok(text) => self.error_of(wrap(text)),
            Err(fault) => self.broken(fault),
        }
    }

    /// A documented error of any other kind, byte for byte.
    #[must_use]
    pub fn error_bytes<E>(self, wrap: impl FnOnce(Bytes) -> E) -> Error<E> {
        let error = wrap(self.body.clone());
        self.error_of(error)
    }

    /// A documented error for which no body is documented. If there is one, [`Error::body`] has it.
    #[must_use]
    pub fn error_of<E>(self, error: E) -> Error<E> {
        self.fail(ErrorKind::Api(error))
    }

    /// An error for a status that the operation does not document.
    #[must_use]
    pub fn undocumented<E>(self) -> Error<E> {
        self.fail(ErrorKind::Undocumented)
    }

    fn utf8(&self) -> Result<String, Fault> {
        let text = std::str::from_utf8(&self.body);
        text.map(str::to_owned)
            .map_err(|error| Fault::new(format!("the body is no text in UTF-8: {error}")))
    }

    fn broken<E>(self, fault: Fault) -> Error<E> {
        let error = self.decode_error(&fault);
        self.fail(ErrorKind::Decode(error))
    }

    fn fail<E>(self, kind: ErrorKind<E>) -> Error<E> {
        self.span.failed(self.status, kind.label());
        Error::new(self.into_context(), kind)
    }

    /// Keys and values of the body stand in path and message.
    fn decode_error(&self, fault: &Fault) -> DecodeError {
        let show = |text: &str| self.redactor.show(text, EXPLANATION);
        DecodeError::new(show(&fault.path()), show(fault.message()))
            .with_cost(fault.is_too_costly())
    }

    fn into_context(self) -> Context {
        Context::unsent(self.operation)
            .after(self.attempts)
            .with_head(self.status, self.headers)
            .with_body(self.body, &self.redactor)
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", &self.operation)
            .field("status", &self.status.as_u16())
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
