//! One attempt: send, follow redirects, read the answer.

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Body, Method, StatusCode};
use tokio::time::{Instant, timeout_at};

use super::Head;
use super::wire::Wire;
use crate::credential::Proof;
use crate::credential::query::{QueryProof, signed};
use crate::error::ErrorKind;
use crate::read::{self, Unread};
use crate::transport::{CallContext, Elapsed};
use crate::{Client, CredentialError, Operation, TransportError, redirect};

/// A body: what has been read of it, or what is left to be read.
pub(super) enum Read {
    Whole(Bytes),
    Open(Body),
}

/// What became of an attempt. Where there is a body, there is a head.
pub(super) struct Ending {
    pub(super) head: Option<Head>,
    pub(super) body: Result<Read, ErrorKind<Infallible>>,
}

impl Ending {
    pub(super) fn error(kind: ErrorKind<Infallible>) -> Self {
        Self { head: None, body: Err(kind) }
    }

    pub(super) fn status(&self) -> Option<StatusCode> {
        self.head.as_ref().map(|(status, _)| *status)
    }

    pub(super) fn headers(&self) -> Option<&HeaderMap> {
        self.head.as_ref().map(|(_, headers)| headers)
    }
}

/// Until when something may take, and what to say if it takes longer.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    pub(super) at: Instant,
    elapsed: Elapsed,
}

impl Limit {
    /// None if it is too far away to be told.
    pub(super) fn from_now(time: Duration, elapsed: fn(Duration) -> Elapsed) -> Option<Self> {
        let at = Instant::now().checked_add(time)?;
        Some(Self { at, elapsed: elapsed(time) })
    }
}

pub(super) async fn attempt(
    client: &Client,
    operation: &'static Operation,
    wire: &Wire,
    credentials: Vec<Proof>,
    number: u32,
    limit: Option<Limit>,
) -> Ending {
    let (mut headers, mut query) = (wire.headers.clone(), client.shared().queries.clone());
    for proof in credentials {
        if let Err(reason) = proof.put(&mut headers, &mut query) {
            return Ending::error(ErrorKind::Credential(CredentialError::new(reason)));
        }
    }
    let Some(uri) = signed(&wire.uri, &query) else {
        let error = CredentialError::new("does not fit into the url, which would be too long");
        return Ending::error(ErrorKind::Credential(error));
    };
    let mut request = http::Request::new(wire.body.clone());
    (*request.uri_mut(), *request.headers_mut()) = (uri, headers);
    let mut head = None;
    let call = CallContext::new(operation, number);
    let body = by(limit, exchange(client, call, wire, (request, &query), &mut head)).await;
    let body = body.unwrap_or_else(|timeout| Err(Unread::Broken(timeout)));
    let body = body.map_err(|unread| match unread {
        Unread::Broken(error) => ErrorKind::Transport(error),
        Unread::TooLarge => ErrorKind::TooLarge(wire.limits.size),
    });
    Ending { head, body }
}

async fn exchange(
    client: &Client,
    call: CallContext,
    wire: &Wire,
    (mut request, query): (http::Request<Bytes>, &[QueryProof]),
    head: &mut Option<Head>,
) -> Result<Read, Unread> {
    let method = &call.operation().method;
    *request.method_mut() = method.clone();
    let mut redirects = 0;
    loop {
        // Only what may be redirected has to be kept for it.
        let again = redirect::follows(method).then(|| request.clone());
        let answer = client.shared().transport.send(request, call).await;
        let (answer, body) = answer.map_err(Unread::Broken)?.into_parts();
        if let Some(mut next) = again
            && redirects < redirect::LIMIT
            && let Some(to) = redirect::target(method, next.uri(), answer.status, &answer.headers)
            // It is within the origin, so that the credential goes along as it does in a header.
            && let Some(to) = signed(&to, query)
        {
            redirects += 1;
            *next.uri_mut() = to;
            request = next;
            continue;
        }
        let is_open = (wire.streams)(answer.status.as_u16());
        let body = if has_no_body(method, answer.status) { Body::from(Bytes::new()) } else { body };
        *head = Some((answer.status, answer.headers));
        return match is_open {
            true => Ok(Read::Open(body)),
            false => read::whole(body, wire.limits.size).await.map(Read::Whole),
        };
    }
}

/// Whether an answer is complete with its head (RFC 9110, sections 6.4.1 and 15.3.6). What follows it in spite of
/// that is nothing that the vendor documents, and may have no end.
fn has_no_body(method: &Method, status: StatusCode) -> bool {
    *method == Method::HEAD || matches!(status.as_u16(), 204 | 205 | 304)
}

/// What the future gives, if it does so in time.
pub(super) async fn by<T>(
    limit: Option<Limit>,
    future: impl Future<Output = T>,
) -> Result<T, TransportError> {
    match limit {
        Some(limit) => {
            timeout_at(limit.at, future).await.map_err(|_| TransportError::elapsed(limit.elapsed))
        }
        None => Ok(future.await),
    }
}
