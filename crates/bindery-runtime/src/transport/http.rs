//! The transport over the network.

use std::fmt::Write as _;

use bytes::Bytes;
use reqwest::Url;

use super::{BoxFuture, Call, Transport, TransportError, TransportResult};

/// How long most urls are at most.
const ROOM: usize = 256;

pub(crate) struct Http(pub(crate) reqwest::Client);

impl Transport for Http {
    fn send(&self, request: http::Request<Bytes>, _: Call) -> BoxFuture<'_, TransportResult> {
        Box::pin(async move {
            let request = plain(request)?;
            let answer = self.0.execute(request).await.map_err(TransportError::http)?;
            Ok(answer.into())
        })
    }
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
