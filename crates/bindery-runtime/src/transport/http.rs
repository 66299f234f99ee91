//! The transport over the network.

use bytes::Bytes;

use super::{BoxFuture, Call, Transport, TransportError, TransportResult};

pub(crate) struct Http(pub(crate) reqwest::Client);

impl Transport for Http {
    fn send(&self, request: http::Request<Bytes>, _: Call) -> BoxFuture<'_, TransportResult> {
        Box::pin(async move {
            let empty = request.body().is_empty();
            let mut request = reqwest::Request::try_from(request).map_err(TransportError::http)?;
            if empty {
                // A body of no bytes is still a body to some servers.
                *request.body_mut() = None;
            }
            let answer = self.0.execute(request).await.map_err(TransportError::http)?;
            Ok(answer.into())
        })
    }
}
