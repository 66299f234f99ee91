//! A request in the making: parameters in, a response out.

use std::fmt;

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_TYPE, Entry, HeaderMap, HeaderValue};
use serde::Serialize;

use crate::error::{Context, ErrorKind, Failure};
use crate::exchange;
use crate::path::{Template, encode};
use crate::scalar::{self, Unfit};
use crate::{Client, Operation, Response, headers};

/// How many characters of an explanation are shown at most.
const EXPLANATION: usize = 300;

/// A request for one operation.
///
/// The setters do not fail. What cannot be sent is remembered, and [`send`](Self::send) returns it
/// without sending anything. `Debug` shows the operation and no parameter.
pub struct Request {
    client: Client,
    operation: &'static Operation,
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Option<Bytes>,
    /// The first thing that went wrong.
    fault: Option<String>,
}

impl Request {
    pub(crate) fn new(client: Client, operation: &'static Operation) -> Self {
        Self {
            client,
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: None,
            fault: None,
        }
    }

    /// Fills in a path parameter: a scalar, or a list, which is joined with commas.
    ///
    /// A value that is absent or empty, or that makes a segment `.` or `..`, would lead to the path
    /// of another operation and is an error.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.path_texts(name, scalar::texts(value));
    }

    /// Adds a query parameter: a scalar, or a list, which repeats the name. What is absent is left
    /// out.
    pub fn query<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.query_texts(name, scalar::texts(value));
    }

    /// Sets a header parameter: a scalar, or a list, which is joined with commas. What is absent is
    /// left out. It replaces a header of that name which the client sends by itself, but not the
    /// credential, which is an error.
    pub fn header<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.header_texts(name, scalar::texts(value));
    }

    /// Sets the body, in JSON.
    pub fn json<T: Serialize + ?Sized>(&mut self, body: &T) {
        self.json_bytes(serde_json::to_vec(body));
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

    fn path_texts(&mut self, name: &str, texts: Result<Vec<String>, Unfit>) {
        let Some(texts) = self.parameter("path", name, texts) else {
            return;
        };
        if !Template(self.operation.path).has(name) {
            return self.fail(|| format!("the path has no parameter `{name}`"));
        }
        if texts.is_empty() || texts.iter().any(String::is_empty) {
            return self.fail(|| format!("the path parameter `{name}` is empty"));
        }
        let encoded: Vec<_> = texts.iter().map(|text| encode(text)).collect();
        self.path.retain(|(other, _)| other != name);
        self.path.push((name.to_owned(), encoded.join(",")));
    }

    fn query_texts(&mut self, name: &str, texts: Result<Vec<String>, Unfit>) {
        let texts = self.parameter("query", name, texts).unwrap_or_default();
        let pairs = texts.into_iter().map(|text| (name.to_owned(), text));
        self.query.extend(pairs);
    }

    fn header_texts(&mut self, name: &str, texts: Result<Vec<String>, Unfit>) {
        let texts = self.parameter("header", name, texts).unwrap_or_default();
        if texts.is_empty() {
            return;
        }
        if let Err(reason) = self.insert_header(name, &texts.join(",")) {
            self.fail(|| format!("the header parameter `{name}` {reason}"));
        }
    }

    fn insert_header(&mut self, name: &str, value: &str) -> Result<(), headers::Refusal> {
        let name = headers::name(name).ok_or("has a name that no header can have")?;
        headers::allowed(&name)?;
        if self.client.shared().credentials.contains_key(&name) {
            return Err("is the credential's: give one of the two");
        }
        self.headers.insert(name, headers::value(value)?);
        Ok(())
    }

    fn json_bytes(&mut self, body: serde_json::Result<Vec<u8>>) {
        match body {
            Ok(body) => self.body = Some(body.into()),
            Err(error) => self.fail(|| format!("the body cannot be serialized: {error}")),
        }
    }

    fn parameter(
        &mut self,
        place: &str,
        name: &str,
        texts: Result<Vec<String>, Unfit>,
    ) -> Option<Vec<String>> {
        texts.map_err(|unfit| self.fail(|| format!("the {place} parameter `{name}` {unfit}"))).ok()
    }

    fn fail(&mut self, explain: impl FnOnce() -> String) {
        self.fault.get_or_insert_with(explain);
    }

    fn into_wire(self) -> Result<Wire, String> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let shared = self.client.shared();
        let path = Template(self.operation.path).expand(&self.path)?;
        let mut url = shared.base_url.join(&path);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        let mut headers = shared.headers.clone();
        let json = self.body.as_ref().map(|_| "application/json");
        for (name, value) in [(ACCEPT, self.operation.accept), (CONTENT_TYPE, json)] {
            if let (Some(value), Entry::Vacant(entry)) = (value, headers.entry(name)) {
                entry.insert(HeaderValue::from_static(value));
            }
        }
        // `extend` replaces what is there under the same name.
        headers.extend(self.headers);
        headers.extend(shared.credentials.clone());
        Ok(Wire { url, headers, body: self.body })
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
