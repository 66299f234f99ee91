//! Why there is no answer, or only a part of one.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use super::cause;
use crate::redact::Redactor;

type BoxError = Box<dyn Error + Send + Sync>;

/// Why there is no answer, or only the start of one.
///
/// It tells apart what decides about another attempt: whether a connection came about at all, whether
/// the server has said that it did not act, and whether time ran out. The cause is its [`source`](Error::source); that of the transport over the
/// network is a [`reqwest::Error`] without its url, which would carry parameters into logs.
///
/// `Debug` shows of the cause what [`Error`](crate::Error) shows of it: what the innermost error says,
/// shortened and without what urls carry.
pub struct TransportError {
    connect: bool,
    /// Known from the server's own word, and not from a connection that did not come about.
    refused: bool,
    timeout: bool,
    source: Option<BoxError>,
    /// What is said of the cause, once it is known what has to be hidden.
    told: Option<String>,
}

impl TransportError {
    /// The exchange failed, and it is unknown how much the server has seen of the request.
    pub fn new(source: impl Into<BoxError>) -> Self {
        // Transports are given urls that may have a credential in them, and reqwest's errors show theirs.
        let source = match source.into().downcast::<reqwest::Error>() {
            Ok(error) => error.without_url().into(),
            Err(other) => other,
        };
        Self { connect: false, refused: false, timeout: false, source: Some(source), told: None }
    }

    /// No connection came about: the server has certainly seen nothing of the request, so that any
    /// request may be sent again.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self { connect: true, ..Self::new(source) }
    }

    /// There was a connection, and the server has certainly not acted on the request, so that any request
    /// may be sent again: it has said so, or the request did not get out. That is what a stream that is refused
    /// and one past the last of a connection that ends mean in HTTP/2 (RFC 9113 §8.7, §6.8).
    pub fn unprocessed(source: impl Into<BoxError>) -> Self {
        Self { refused: true, ..Self::new(source) }
    }

    /// Time ran out.
    #[must_use]
    pub fn timeout() -> Self {
        Self { connect: false, refused: false, timeout: true, source: None, told: None }
    }

    pub(crate) fn elapsed(limit: Elapsed) -> Self {
        Self { source: Some(Box::new(limit)), ..Self::timeout() }
    }

    pub(crate) fn http(error: reqwest::Error) -> Self {
        let (connect, timeout) = (error.is_connect(), error.is_timeout());
        Self { connect, timeout, ..Self::new(error) }
    }

    /// The same, as it may leave the client: what is said of the cause is without its credentials.
    pub(crate) fn without_secrets(self, redactor: &Redactor) -> Self {
        Self { told: Some(cause::told(self.source(), redactor)), ..self }
    }

    /// What is said of the cause. Empty if it says nothing.
    pub(crate) fn cause(&self) -> String {
        match &self.told {
            Some(told) => told.clone(),
            None => cause::told(self.source(), &Redactor::default()),
        }
    }

    /// Whether no connection came about.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.connect
    }

    /// Whether the server has certainly not acted on the request: no connection came about, or the server has
    /// refused it unread.
    #[must_use]
    pub fn is_unprocessed(&self) -> bool {
        self.connect || self.refused
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("connect", &self.connect)
            .field("refused", &self.refused)
            .field("timeout", &self.timeout)
            .field("cause", &format_args!("{}", self.cause()))
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.timeout, self.connect) {
            (true, true) => "could not connect in time",
            (true, false) => "timed out",
            (false, true) => "could not connect",
            (false, false) if self.refused => "the server refused the request unread",
            (false, false) => "the exchange with the server failed",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// Which limit of the client it was that ran out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Elapsed {
    Attempt(Duration),
    Call(Duration),
    Piece(Duration),
    Refresh(Duration),
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attempt(time) => write!(f, "an attempt may take {time:?}"),
            Self::Call(time) => write!(f, "the call may take {time:?}"),
            Self::Piece(time) => write!(f, "a piece of the body may take {time:?}"),
            Self::Refresh(time) => write!(f, "a refresh may take {time:?}"),
        }
    }
}

impl Error for Elapsed {}
