//! Why a client could not be built.

use std::fmt;

/// What is wrong with a url to which a credential would go unencrypted, and what to do.
pub(crate) const PLAIN_HTTP: &str = "is http, so that others could read the credential on its way: use https, or \
                                     call `allow_plain_http` on the client builder";

/// Why a client could not be built.
///
/// No variant holds a secret: neither a credential, nor a header's value, nor the value of an
/// environment variable, nor a url, which may carry a password.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The vendor names no server, and the builder was given no base url.
    BaseUrlMissing {
        /// The name of the client crate.
        client: &'static str,
    },
    /// The base url cannot be used.
    BaseUrl {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The base url is http and not on this machine, there is a credential, and
    /// [`allow_plain_http`](crate::ClientBuilder::allow_plain_http) was not called.
    PlainHttp,
    /// The name of a header is not one.
    HeaderName,
    /// A header cannot be sent as asked for.
    Header {
        /// The name of the header.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The credential cannot be sent.
    Credential {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// An environment variable cannot be used.
    Environment {
        /// The name of the variable.
        variable: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The builder was given two of a transport, an HTTP client, and a hook for the one that it would make itself.
    TransportConfigured,
    /// The HTTP client refused its configuration, for instance a certificate.
    Http(reqwest::Error),
}

impl BuildError {
    pub(crate) fn header(name: impl Into<String>, reason: &'static str) -> Self {
        let name = name.into();
        Self::Header { name, reason }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrlMissing { client } => write!(
                f,
                "the vendor names no server: call `base_url` on the client builder of {client}"
            ),
            Self::BaseUrl { reason } => write!(f, "the base url {reason}"),
            Self::PlainHttp => write!(f, "the base url {PLAIN_HTTP}"),
            Self::HeaderName => f.write_str("the name of a header has characters it cannot have"),
            Self::Header { name, reason } => write!(f, "the header `{name}` {reason}"),
            Self::Credential { reason } => write!(f, "the credential {reason}"),
            Self::Environment { variable, reason } => {
                write!(f, "the environment variable `{variable}` {reason}")
            }
            Self::TransportConfigured => f.write_str(
                "`configure` changes the HTTP client, which `transport` and `http_client` replace: call one of the three",
            ),
            Self::Http(_) => f.write_str("the HTTP client refused its configuration"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(error),
            _ => None,
        }
    }
}
