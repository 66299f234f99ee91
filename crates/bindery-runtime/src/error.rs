//! What a call can fail with: one type for all causes, one pointer wide, which keeps everything.

mod failure;
mod outline;
mod untyped;

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::redact::Redactor;
use crate::{CredentialError, DecodeError, PagingError, RequestError, TransportError, retry};
pub use failure::Failure;
use outline::Outline;
pub use untyped::UntypedError;

/// How many characters of a body `Display` and `Debug` show at most.
const PREVIEW: usize = 200;

/// Why a call did not give what the API documents. `E` is the type of the documented errors.
///
/// It knows the operation and, as far as the answer got, its status, headers and raw body.
/// `Display` and `Debug` show the start of the body at most, with control characters escaped and
/// the client's credentials replaced by `[redacted]`, even if the server sent them back. They do
/// not show `E`. Of an error of the transport they show what the innermost cause says, as short and
/// as clean, with urls cut down to their origin. [`headers`](Self::headers), [`body`](Self::body) and [`api`](Self::api) are what
/// the server sent, unchanged.
///
/// A credential of 8 characters or more is recognised in any case and in base64, and so is two thirds of it in a row (8
/// characters at least); a shorter one only as it is. Each of these may be escaped up to three times.
///
/// ```
/// use bindery_runtime::{Error, ErrorKind};
///
/// fn explain<E>(error: &Error<E>) -> &'static str {
///     match error.kind() {
///         ErrorKind::Api(_) => "the API says no",
///         ErrorKind::Transport(_) if error.is_timeout() => "try again later",
///         _ => "something is wrong",
///     }
/// }
/// ```
pub struct Error<E>(Box<Inner<E>>);

struct Inner<E> {
    context: Context,
    kind: ErrorKind<E>,
}

/// What happened. See [`Error::kind`].
///
/// `Debug` does not show the typed body, which may repeat a secret.
#[non_exhaustive]
pub enum ErrorKind<E> {
    /// The request could not be made from its parameters. Nothing was sent.
    Request(RequestError),
    /// There was no credential to send with the request. Nothing was sent.
    Credential(CredentialError),
    /// There was no answer, or its body broke off. The error carries no url.
    Transport(TransportError),
    /// The body of the answer has more bytes than the limit, which is given. The rest was not read.
    TooLarge(usize),
    /// A documented error, decoded.
    Api(E),
    /// A status that the API does not document, 2xx and refused redirects included.
    Undocumented,
    /// The body does not fit the type that is documented for the status.
    Decode(DecodeError),
    /// A list cannot be followed to its next page.
    Paging(PagingError),
}

/// Where an error happened, and the answer as far as it got.
pub(crate) struct Context {
    operation: &'static str,
    attempts: u32,
    status: Option<StatusCode>,
    headers: Option<HeaderMap>,
    body: Option<Bytes>,
    /// The start of the body, fit to be shown. Made at once, so that no error keeps a credential.
    preview: String,
}

impl Context {
    pub(crate) fn unsent(operation: &'static str) -> Self {
        let (status, headers, body, preview) = (None, None, None, String::new());
        Self { operation, attempts: 0, status, headers, body, preview }
    }

    pub(crate) fn after(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    pub(crate) fn with_head(self, status: StatusCode, headers: HeaderMap) -> Self {
        Self { status: Some(status), headers: Some(headers), ..self }
    }

    pub(crate) fn with_body(mut self, body: Bytes, redactor: &Redactor) -> Self {
        self.preview = redactor.show_bytes(&body, PREVIEW);
        self.body = Some(body);
        self
    }
}

impl<E> Error<E> {
    pub(crate) fn new(context: Context, kind: ErrorKind<E>) -> Self {
        Self(Box::new(Inner { context, kind }))
    }

    /// The name of the operation, for instance `create_invite`.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.0.context.operation
    }

    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.context.status
    }

    /// The headers of the answer, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.context.headers.as_ref()
    }

    /// The body of the answer, byte for byte, if all of it arrived.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.context.body.as_ref()
    }

    /// How many attempts were made. 0 if nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.context.attempts
    }

    /// How long the vendor asks to wait, counted from now, if the answer has a `Retry-After` (RFC
    /// 9110 §10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(self.headers()?, SystemTime::now())
    }

    /// What happened.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind<E> {
        &self.0.kind
    }

    /// The documented error, if it is one.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        match &self.0.kind {
            ErrorKind::Api(error) => Some(error),
            _ => None,
        }
    }

    /// The documented error by value, if it is one.
    ///
    /// # Errors
    ///
    /// The error itself, if it is of another kind.
    pub fn into_api(self) -> Result<E, Self> {
        let Inner { context, kind } = *self.0;
        match kind {
            ErrorKind::Api(error) => Ok(error),
            kind => Err(Self::new(context, kind)),
        }
    }

    /// The same error with the documented one made into something else.
    pub fn map_api<T>(self, change: impl FnOnce(E) -> T) -> Error<T> {
        let Inner { context, kind } = *self.0;
        let kind = match kind {
            ErrorKind::Api(error) => ErrorKind::Api(change(error)),
            ErrorKind::Request(error) => ErrorKind::Request(error),
            ErrorKind::Credential(error) => ErrorKind::Credential(error),
            ErrorKind::Transport(error) => ErrorKind::Transport(error),
            ErrorKind::TooLarge(limit) => ErrorKind::TooLarge(limit),
            ErrorKind::Undocumented => ErrorKind::Undocumented,
            ErrorKind::Decode(error) => ErrorKind::Decode(error),
            ErrorKind::Paging(error) => ErrorKind::Paging(error),
        };
        Error::new(context, kind)
    }

    /// Whether the same call may well succeed later: after an error of the connection, after time ran out, and after
    /// the statuses 408, 429 and 5xx. Whether it may be sent again is another question, which the retries of the client
    /// have answered already: see [`RetryPolicy`](crate::RetryPolicy).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &self.0.kind {
            ErrorKind::Transport(_) => true,
            ErrorKind::Api(_) | ErrorKind::Undocumented | ErrorKind::Decode(_) => {
                self.status().is_some_and(retry::is_failure)
            }
            _ => false,
        }
    }

    /// By what the vendor knows the call, if the answer says so in a header whose name ends in `request-id`, whatever
    /// stands before it. Vendors ask for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let headers = self.headers()?;
        let is_id = |name: &str| name.ends_with("request-id") || name.ends_with("requestid");
        let (_, value) = headers.iter().find(|(name, _)| is_id(name.as_str()))?;
        value.to_str().ok()
    }

    /// Whether the time that the client allows ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(&self.0.kind, ErrorKind::Transport(error) if error.is_timeout())
    }

    /// Whether no connection came about, so that the server has seen nothing of the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.kind, ErrorKind::Transport(error) if error.is_connect())
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.outline().explain(&self.0.context, f)
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.outline().expose(&self.0.context, f)
    }
}

impl<E> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            ErrorKind::Transport(error) => error.source(),
            ErrorKind::Credential(error) => error.source(),
            // `Display` has said all there is to the other kinds.
            _ => None,
        }
    }
}

impl<E> fmt::Debug for ErrorKind<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.outline(), f)
    }
}

impl<E> ErrorKind<E> {
    /// What happened, in a word.
    pub(crate) fn label(&self) -> &'static str {
        self.outline().label()
    }

    fn outline(&self) -> Outline<'_> {
        match self {
            Self::Request(error) => Outline::Request(error),
            Self::Credential(error) => Outline::Credential(error),
            Self::Transport(error) => Outline::Transport(error),
            Self::TooLarge(limit) => Outline::TooLarge(*limit),
            Self::Api(_) => Outline::Api,
            Self::Undocumented => Outline::Undocumented,
            Self::Decode(error) => Outline::Decode(error),
            Self::Paging(error) => Outline::Paging(error),
        }
    }
}

#[cfg(test)]
mod tests;
