//! A request in the making: parameters and a body in, a response out.

mod content;
#[cfg(feature = "mock")]
mod expected;
mod into_wire;
mod json;
mod key;
mod parameters;

use std::fmt;

use reqwest::header::HeaderMap;

use crate::body::Body;
use crate::cookie::Cookies;
use crate::error::{Context, ErrorKind, Failure};
use crate::exchange;
use crate::pairs::Pairs;
use crate::path;
use crate::{CallOptions, Client, Operation, PagingError, Response};
#[cfg(feature = "mock")]
pub(crate) use expected::Expected;
use into_wire::Unsent;

/// How many characters of an explanation are shown at most.
const EXPLANATION: usize = 300;

/// A request for one operation.
///
/// The setters do not fail. What cannot be sent is remembered, and [`send`](Self::send) returns it
/// without sending anything. `Debug` shows the operation and no parameter.
///
/// A parameter is a scalar, a list of scalars or, where its style has a form for them, an object.
/// What is absent, in it or as a whole, is left out; so is an empty list. Names and values are
/// encoded, so that none reaches beyond its place.
pub struct Request {
    client: Client,
    operation: &'static Operation,
    path: Vec<path::Value>,
    query: Pairs,
    headers: HeaderMap,
    cookies: Cookies,
    body: Option<Body>,
    /// Where the request goes instead of to the path of the operation.
    target: Option<String>,
    /// The path of a call that no operation describes.
    raw_path: Option<String>,
    /// The header in which the vendor looks for an idempotency key.
    key_header: Option<&'static str>,
    options: CallOptions,
    /// The first thing that went wrong.
    fault: Option<String>,
}

impl Request {
    pub(crate) fn new(client: Client, operation: &'static Operation) -> Self {
        Self {
            client,
            operation,
            path: Vec::new(),
            query: Pairs::default(),
            headers: HeaderMap::new(),
            cookies: Cookies::default(),
            body: None,
            target: None,
            raw_path: None,
            key_header: None,
            options: CallOptions::default(),
            fault: None,
        }
    }

    /// What this call does otherwise than its client. The last options that are set hold.
    pub fn options(&mut self, options: CallOptions) {
        self.options = options;
    }

    pub(crate) fn change_options(&mut self, change: impl FnOnce(CallOptions) -> CallOptions) {
        self.options = change(std::mem::take(&mut self.options));
    }

    /// Sends the request to a path below the base url that no operation has.
    pub(crate) fn raw(&mut self, is_known: bool, path: &str) {
        if !is_known {
            self.fail(|| "a method that HTTP does not define cannot be sent".to_owned());
        }
        self.raw_path = Some(path.to_owned());
    }

    /// Says in which header the vendor looks for an idempotency key. If neither a parameter nor the
    /// options of the call have one, one is made up. All attempts carry the same, so that the call
    /// may be tried again.
    pub fn idempotency(&mut self, header: &'static str) {
        self.key_header = Some(header);
    }

    /// Sends the request to the url that the vendor gives for the next page, instead of to the path
    /// and the query of the operation. A relative url counts from there. One of another origin is
    /// [`ErrorKind::Paging`], since the credential would go along. What the options add to the query
    /// is left out where the url has that name already.
    pub fn at(&mut self, url: impl Into<String>) {
        self.target = Some(url.into());
    }

    /// Sends the request, follows redirects within the origin, tries again as the policy says, and
    /// reads the whole body.
    ///
    /// # Errors
    ///
    /// If the request cannot be made from its parameters, if there is no credential for it, if no
    /// complete answer arrives in time, and if the answer is larger than the limit. Any status is a
    /// response.
    pub async fn send(self) -> Result<Response, Failure> {
        self.open(|_| false).await
    }

    /// The same, but the body of an answer with a status for which `streams` is true is left to be read as
    /// it arrives, whatever its size: by [`Response::download`].
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send).
    pub async fn open(mut self, streams: fn(u16) -> bool) -> Result<Response, Failure> {
        let operation = self.operation;
        let own = self.options.peek().map_or(&[][..], |set| &set.credentials);
        let client = match own {
            [] => self.client.clone(),
            own => match self.client.with_credentials(own.iter().cloned()) {
                Ok(client) => client,
                Err(error) => {
                    let kind = ErrorKind::Request(RequestError::new(error.to_string()));
                    return Err(Failure::new(Context::unsent(operation.id), kind));
                }
            },
        };
        self.client = client.clone();
        match self.into_wire() {
            Ok(mut wire) => {
                wire.streams = streams;
                exchange::run(&client, operation, wire).await
            }
            Err(unsent) => {
                // Serializers of other crates may have quoted from their input, and vendors from
                // what they got.
                let show = |fault: &str| client.shared().redactor.show(fault, EXPLANATION);
                let kind = match &unsent {
                    Unsent::Request(fault) => ErrorKind::Request(RequestError::new(show(fault))),
                    Unsent::Page(fault) => ErrorKind::Paging(PagingError::refused(show(fault))),
                };
                Err(Failure::new(Context::unsent(operation.id), kind))
            }
        }
    }

    fn fail(&mut self, explain: impl FnOnce() -> String) {
        self.fault.get_or_insert_with(explain);
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field("method", &self.operation.method)
            .field("path", &self.operation.path)
            .finish_non_exhaustive()
    }
}

/// Why a request could not be made from its parameters. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    message: String,
}

impl RequestError {
    /// Of a text that is fit to be shown.
    pub(crate) fn new(message: String) -> Self {
        Self { message }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RequestError {}

#[cfg(test)]
mod tests;
