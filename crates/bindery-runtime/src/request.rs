//! A request in the making: parameters and a body in, a response out.

mod content;
mod parameters;

use std::fmt;

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::{ACCEPT, COOKIE, Entry, HeaderMap, HeaderValue};

use crate::body::Body;
use crate::cookie::Cookies;
use crate::error::{Context, ErrorKind, Failure};
use crate::exchange;
use crate::pairs::Pairs;
use crate::path::{self, Template};
use crate::{Client, Operation, Response};

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
            fault: None,
        }
    }

    /// Sends the request, follows redirects within the origin, and reads the whole body.
    ///
    /// # Errors
    ///
    /// If the request cannot be made from its parameters, and if no complete answer arrives in
    /// time. Any status is a response.
    pub async fn send(self) -> Result<Response, Failure> {
        let operation = self.operation;
        let client = self.client.clone();
        match self.into_wire() {
            Ok(wire) => exchange::run(client, operation, wire).await,
            Err(fault) => {
                // Serializers of other crates may have quoted from their input.
                let message = client.shared().redactor.show(&fault, EXPLANATION);
                let kind = ErrorKind::Request(RequestError { message });
                Err(Failure::new(Context::unsent(operation.id), kind))
            }
        }
    }

    fn fail(&mut self, explain: impl FnOnce() -> String) {
        self.fault.get_or_insert_with(explain);
    }

    fn into_wire(mut self) -> Result<Wire, String> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let headers = self.all_headers()?;
        let (path, query) = Template(self.operation.path).split();
        let mut url = self.client.shared().base_url.join(&path.expand(&self.path)?);
        let mut pairs = Pairs::default();
        if let Some(query) = query {
            pairs.push_encoded(&query.expand_query(&self.path)?);
        }
        pairs.push_encoded(&self.query.into_string());
        let pairs = pairs.into_string();
        if !pairs.is_empty() {
            url.set_query(Some(&pairs));
        }
        Ok(Wire { url, headers, body: self.body.map(|body| body.content) })
    }

    fn all_headers(&self) -> Result<HeaderMap, String> {
        let shared = self.client.shared();
        let mut headers = shared.headers.clone();
        if let (Some(accept), Entry::Vacant(entry)) = (self.operation.accept, headers.entry(ACCEPT))
        {
            entry.insert(HeaderValue::from_static(accept));
        }
        // `extend` replaces what is there under the same name.
        headers.extend(self.headers.clone());
        if let Some(body) = &self.body {
            body.describe(&self.headers, &mut headers)?;
        }
        headers.extend(shared.credentials.clone());
        let cookies = self.cookies.header(headers.get(COOKIE));
        if let Some(cookies) = cookies.map_err(|reason| format!("the cookie header {reason}"))? {
            headers.insert(COOKIE, cookies);
        }
        Ok(headers)
    }
}

/// A request as it goes over the wire, apart from its method, which the operation has.
pub(crate) struct Wire {
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
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

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RequestError {}

#[cfg(test)]
mod tests;
