//! What is expected of a request: as much of it as a test has said.

use std::fmt;

use serde::Serialize;
use wiremock::http::HeaderMap as ActualHeaders;

use super::naming::HEADER;
use super::{MockServer, Reply, difference};
use crate::Request;

/// What is expected of a request for an operation: method and path, and all that is said besides.
/// What is not said may be anything.
#[must_use = "nothing is expected until `reply` is called"]
pub struct Expect<'s> {
    server: &'s MockServer,
    request: Request,
    times: u32,
}

impl<'s> Expect<'s> {
    pub(super) fn new(server: &'s MockServer, request: Request) -> Self {
        Self { server, request, times: 1 }
    }

    /// A path parameter.
    pub fn path<T: Serialize + ?Sized>(mut self, name: &str, value: &T) -> Self {
        self.request.path(name, value);
        self
    }

    /// A query parameter. There may be others.
    pub fn query<T: Serialize + ?Sized>(mut self, name: &str, value: &T) -> Self {
        self.request.query(name, value);
        self
    }

    /// A header. There may be others.
    pub fn header<T: Serialize + ?Sized>(mut self, name: &str, value: &T) -> Self {
        self.request.header(name, value);
        self
    }

    /// The body, in JSON, whatever the order of its members.
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        self.request.json(body);
        self
    }

    /// The request that is expected, to be filled by the methods by which it is made to be sent.
    pub fn request(&mut self) -> &mut Request {
        &mut self.request
    }

    /// How many such requests are expected. One, unless set.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Expects it, and replies so. Of several expectations that a request meets, the first that is
    /// not used up holds.
    ///
    /// # Panics
    ///
    /// If no such request could be sent.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that expects what cannot be sent is wrong")]
    pub fn reply(self, reply: Reply) {
        let expected = match self.request.into_expected() {
            Ok(expected) => expected,
            Err(fault) => panic!("no such request can be sent: {fault}"),
        };
        self.server.add(Expectation { expected, times: self.times, met: 0, reply });
    }
}

impl fmt::Debug for Expect<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expect").field("request", &self.request).finish_non_exhaustive()
    }
}

pub(super) struct Expectation {
    expected: crate::request::Expected,
    times: u32,
    met: u32,
    reply: Reply,
}

impl Expectation {
    /// The reply, if this is the request that is expected.
    pub(super) fn meet(&mut self, request: &wiremock::Request) -> Option<Reply> {
        let met = self.met < self.times && self.is_for(request);
        let met = met && self.differences(request).is_empty();
        self.met += u32::from(met);
        met.then(|| self.reply.clone())
    }

    /// Whether the request is one for the same operation.
    pub(super) fn is_for(&self, request: &wiremock::Request) -> bool {
        let operation = self.expected.operation;
        if let Some(name) = request.headers.get(HEADER) {
            return name.as_bytes() == operation.id.as_bytes();
        }
        request.method.as_str() == operation.method.as_str()
            && self.expected.path(request.url.path(), false)
    }

    /// Why the request is not the one that is expected.
    pub(super) fn differs(&self, request: &wiremock::Request) -> String {
        let id = self.expected.operation.id;
        let differences = self.differences(request);
        if differences.is_empty() {
            return format!("\n  {id}: {} of it expected, and this is one more", self.times);
        }
        differences.iter().map(|difference| format!("\n  {id}: {difference}")).collect()
    }

    pub(super) fn unmet(&self) -> Option<String> {
        (self.met < self.times).then(|| {
            let id = self.expected.operation.id;
            format!("{id}: {} expected, {} came", self.times, self.met)
        })
    }

    fn differences(&self, request: &wiremock::Request) -> Vec<String> {
        let mut all = Vec::new();
        if !self.expected.path(request.url.path(), true) {
            let expected = self.expected.shown_path();
            all.push(format!("path: {expected} expected, {} came", request.url.path()));
        }
        let actual: Vec<_> = form_urlencoded::parse(request.url.query().unwrap_or("").as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        all.extend(difference::pairs("query", &self.expected.query, &actual));
        all.extend(difference::pairs("header", &self.expected.headers, &headers(&request.headers)));
        if let Some(body) = &self.expected.body {
            all.extend(difference::bodies(body, &request.body));
        }
        all
    }
}

fn headers(headers: &ActualHeaders) -> Vec<(String, String)> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect()
}
