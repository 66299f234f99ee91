//! Bodies that are read as they arrive.

use std::fmt;
use std::future::{Future as _, poll_fn};
use std::pin::Pin;
use std::task::{Context as Waker, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use reqwest::header::HeaderMap;
use reqwest::{Body, StatusCode};
use tokio::time::{Sleep, sleep};

use crate::error::{Context, ErrorKind, Failure};
use crate::redact::Redactor;
use crate::span::Span;
use crate::transport::Elapsed;
use crate::{Response, TransportError};

/// The body of an answer, piece by piece as it arrives: a [`Stream`], and [`chunk`](Self::chunk) where a
/// stream is too much.
///
/// It is not limited in size, and in time only by how long it may wait for a piece: as long as an attempt
/// may take, or the call if nothing is said of attempts. Time that passes while no piece is asked for does
/// not count. It is not asked for again when it breaks off. Dropping it gives up the rest.
///
/// ```
/// use std::io::Write;
/// use bindery_runtime::Download;
///
/// async fn save(mut download: Download, mut to: impl Write) -> Result<(), Box<dyn std::error::Error>> {
///     while let Some(piece) = download.chunk().await? {
///         to.write_all(&piece)?;
///     }
///     Ok(())
/// }
/// ```
pub struct Download {
    operation: &'static str,
    attempts: u32,
    status: StatusCode,
    headers: HeaderMap,
    /// None after the last piece and after an error.
    body: Option<Body>,
    patience: Duration,
    /// When it has waited long enough for the piece that is asked for. None while none is.
    limit: Option<Pin<Box<Sleep>>>,
    redactor: Redactor,
    span: Span,
}

impl Download {
    pub(crate) fn new(response: Response, body: Body, patience: Duration) -> Self {
        let Response { operation, redactor, attempts, status, headers, span, .. } = response;
        Self {
            operation,
            attempts,
            status,
            headers,
            body: Some(body),
            patience,
            limit: None,
            redactor,
            span,
        }
    }

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

    /// How many attempts it took until the body began.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How many bytes are left, if the server has said how many there are.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        self.body.as_ref().map_or(Some(0), |body| body.size_hint().exact())
    }

    /// The next piece. `None` after the last one, and after an error.
    ///
    /// # Errors
    ///
    /// If the body breaks off, or if no piece of it arrives in time.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        // Whoever gave the last one up has not asked since.
        self.limit = None;
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    fn failure(&self, error: TransportError) -> Failure {
        let context = Context::unsent(self.operation).after(self.attempts);
        let context = context.with_head(self.status, self.headers.clone());
        let kind = ErrorKind::Transport(error.without_secrets(&self.redactor));
        self.span.failed(self.status, kind.label());
        Failure::new(context, kind)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Waker<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(body) = &mut self.body else { return Poll::Ready(None) };
            let error = match Pin::new(body).poll_frame(cx) {
                Poll::Ready(Some(Ok(frame))) => {
                    self.limit = None;
                    match frame.into_data() {
                        Ok(piece) => return Poll::Ready(Some(Ok(piece))),
                        Err(_trailers) => continue,
                    }
                }
                Poll::Ready(Some(Err(error))) => TransportError::http(error),
                Poll::Ready(None) => {
                    self.body = None;
                    return Poll::Ready(None);
                }
                Poll::Pending => {
                    let patience = self.patience;
                    let limit = self.limit.get_or_insert_with(|| Box::pin(sleep(patience)));
                    ready!(limit.as_mut().poll(cx));
                    TransportError::elapsed(Elapsed::Piece(patience))
                }
            };
            self.body = None;
            return Poll::Ready(Some(Err(self.failure(error))));
        }
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.operation)
            .field("status", &self.status.as_u16())
            .field("remaining", &self.remaining())
            .finish_non_exhaustive()
    }
}
