//! Why there is no answer, or only a part of one.

use std::error::Error;
use std::fmt;

type BoxError = Box<dyn Error + Send + Sync>;

/// Why there is no answer, or only the start of one.
///
/// It tells apart what decides about another attempt: whether a connection came about at all, and
/// whether time ran out. The cause is its [`source`](Error::source); that of the transport over the
/// network is a [`reqwest::Error`] without its url, which would carry parameters into logs.
#[derive(Debug)]
pub struct TransportError {
    connect: bool,
    timeout: bool,
    source: Option<BoxError>,
}

impl TransportError {
    /// The exchange failed, and it is unknown how much the server has seen of the request.
    pub fn new(source: impl Into<BoxError>) -> Self {
        Self { connect: false, timeout: false, source: Some(source.into()) }
    }

    /// No connection came about: the server has certainly seen nothing of the request, so that any
    /// request may be sent again.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self { connect: true, ..Self::new(source) }
    }

    /// Time ran out.
    #[must_use]
    pub fn timeout() -> Self {
        Self { connect: false, timeout: true, source: Some(Box::new(Elapsed)) }
    }

    pub(crate) fn http(error: reqwest::Error) -> Self {
        let (connect, timeout) = (error.is_connect(), error.is_timeout());
        Self { connect, timeout, ..Self::new(error.without_url()) }
    }

    /// Whether no connection came about.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.connect
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.timeout, self.connect) {
            (true, _) => "timed out",
            (false, true) => "could not connect",
            (false, false) => "the exchange with the server failed",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// The limits of the client know no more than this.
#[derive(Debug)]
struct Elapsed;

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the time that the client allows ran out")
    }
}

impl Error for Elapsed {}
