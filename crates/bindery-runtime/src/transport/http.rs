//! The transport over the network.

use std::fmt::Write as _;

use bytes::Bytes;
use reqwest::Url;

use super::{BoxFuture, CallContext, Transport, TransportError, TransportResult};

/// How long most urls are at most.
const ROOM: usize = 256;

pub(crate) struct Http {
    pub(crate) client: reqwest::Client,
    /// Whether the caller has made it, and so may have let it follow redirects.
    pub(crate) is_given: bool,
}

impl Transport for Http {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _: CallContext,
    ) -> BoxFuture<'_, TransportResult> {
        Box::pin(async move {
            let request = plain(request)?;
            let url = self.is_given.then(|| request.url().clone());
            let answer = self.client.execute(request).await.map_err(unanswered)?;
            if url.is_some_and(|url| url != *answer.url()) {
                return Err(TransportError::new(
                    "the HTTP client that was given follows redirects: build it with `redirect::Policy::none()`",
                ));
            }
            Ok(answer.into())
        })
    }
}

/// Why there is no head of an answer.
fn unanswered(error: reqwest::Error) -> TransportError {
    match is_refused(&error) {
        true => TransportError::unprocessed(error),
        false => TransportError::http(error),
    }
}

/// Whether the server has certainly not acted on the request, which got no head of an answer.
pub(crate) fn is_unprocessed(error: &reqwest::Error) -> bool {
    error.is_connect() || is_refused(error)
}

/// Whether the server has refused the request unread. A stream fails with a GOAWAY only if it is past the last that
/// the server looks at, whatever the reason for it is; one that was looked at fails with its connection.
#[cfg(feature = "http2")]
fn is_refused(error: &reqwest::Error) -> bool {
    let chain = std::iter::successors(std::error::Error::source(error), |error| error.source());
    let mut errors =
        chain.take(super::cause::DEPTH).filter_map(|it| it.downcast_ref::<h2::Error>());
    // Once there is a head, the server has acted.
    error.is_request()
        && errors.any(|error| {
            let is_refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
            error.is_remote() && (error.is_go_away() || is_refused)
        })
}

#[cfg(not(feature = "http2"))]
fn is_refused(_: &reqwest::Error) -> bool {
    false
}

/// What reqwest's own conversion does too, but that lets the text of the url grow bit by bit.
fn plain(request: http::Request<Bytes>) -> Result<reqwest::Request, TransportError> {
    let (head, body) = request.into_parts();
    let mut url = String::with_capacity(ROOM);
    write!(url, "{}", head.uri).map_err(TransportError::new)?;
    let url = Url::parse(&url).map_err(TransportError::new)?;
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    *request.version_mut() = head.version;
    // A body of no bytes is still a body to some servers.
    *request.body_mut() = (!body.is_empty()).then(|| body.into());
    Ok(request)
}
