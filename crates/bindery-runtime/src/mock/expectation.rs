//! What is expected of a request: as much of it as a test has said.

use std::fmt;
use std::panic::Location;

use serde::Serialize;
use wiremock::http::HeaderMap as ActualHeaders;

use super::difference::{self, Typed};
use super::naming::{HEADER, SECRET};
use super::{Reply, State};
use crate::{Request, Response, cookie};

/// What is expected of a request for an operation: method and path, and all that is said besides.
/// What is not said may be anything.
#[must_use = "nothing is expected until `reply` is called"]
pub struct Expect<'s> {
    state: &'s State,
    request: Request,
    check: Option<Check>,
    times: u32,
}

/// Says why the operation does not document an answer, if it does not.
pub(super) type Check = fn(Response) -> Result<(), String>;

impl<'s> Expect<'s> {
    pub(super) fn new(state: &'s State, request: Request, check: Option<Check>) -> Self {
        Self { state, request, check, times: 1 }
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

    /// The body, in JSON of any media type, whatever the order of its members.
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        self.request.json_as("", body);
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

    /// Expects it, and replies so. Of several expectations that a request meets, the first that is not used up holds.
    /// A report of what did not come names the line that this was called from.
    ///
    /// # Panics
    ///
    /// If no such request could be sent, or if the operation documents no such reply: neither its status nor its body
    /// would be what the vendor sends. As for a client, a 2xx that is not listed is the one success there is, if its body
    /// fits. [`reply_undocumented`](Self::reply_undocumented) takes any.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that expects what cannot come is wrong")]
    pub fn reply(self, reply: Reply) {
        if let Some(check) = self.check
            && let Err(reason) = check(reply.response(self.request.operation()))
        {
            panic!("the operation documents no such reply: {reason}");
        }
        self.reply_undocumented(reply);
    }

    /// Expects it, and replies with anything, documented or not.
    ///
    /// # Panics
    ///
    /// If no such request could be sent.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that expects what cannot be sent is wrong")]
    pub fn reply_undocumented(self, reply: Reply) {
        let expected = match self.request.into_expected() {
            Ok(expected) => expected,
            Err(fault) => panic!("no such request can be sent: {fault}"),
        };
        let at = Location::caller();
        self.state.add(Expectation { expected, at, number: 1, times: self.times, met: 0, reply });
    }
}

impl fmt::Debug for Expect<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expect").field("request", &self.request).finish_non_exhaustive()
    }
}

pub(super) struct Expectation {
    expected: crate::request::Expected,
    /// Where a test says so.
    at: &'static Location<'static>,
    /// Which one of its operation it is.
    number: usize,
    times: u32,
    met: u32,
    reply: Reply,
}

impl Expectation {
    /// The same, as one that comes after others.
    pub(super) fn after(mut self, others: &[Self]) -> Self {
        let operation = self.operation();
        self.number += others.iter().filter(|other| other.operation() == operation).count();
        self
    }

    fn operation(&self) -> &'static str {
        self.expected.operation.id
    }

    /// The reply, if this is the request that is expected.
    pub(super) fn meet(&mut self, request: &wiremock::Request) -> Option<Reply> {
        let met = self.met < self.times && self.is_for(request);
        let met = met && self.differences(request, &[]).is_empty();
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

    pub(super) fn unmet(&self) -> Option<String> {
        (self.met < self.times).then(|| {
            let calls = if self.times == 1 { "call" } else { "calls" };
            format!("{self}: expected {} {calls}, got {}", self.times, self.met)
        })
    }

    /// What differs. Of a parameter of the query that is hidden, and of the headers of credentials, no value is told.
    pub(super) fn differences(
        &self,
        request: &wiremock::Request,
        hidden: &[String],
    ) -> Vec<String> {
        let mut all = Vec::new();
        if !self.expected.path(request.url.path(), true) {
            let expected = self.expected.shown_path();
            all.push(format!("path: expected {expected}, got {}", request.url.path()));
        }
        let actual: Vec<_> = form_urlencoded::parse(request.url.query().unwrap_or("").as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        all.extend(difference::pairs("query", &self.expected.query, &actual, |it| {
            hidden.iter().any(|own| own == it)
        }));
        let headers = headers(&request.headers);
        let is_secret = |name: &str| {
            let mut secret = request.headers.get_all(SECRET).iter();
            name == "authorization" || secret.any(|it| it.as_bytes() == name.as_bytes())
        };
        all.extend(difference::pairs("header", &self.expected.headers, &headers, is_secret));
        let cookies = headers.iter().filter(|(name, _)| name == "cookie");
        let cookies: Vec<_> = cookies.flat_map(|(_, value)| cookie::split(value)).collect();
        all.extend(difference::pairs("cookie", &self.expected.cookies, &cookies, |_| {
            is_secret("cookie")
        }));
        if let Some(body) = &self.expected.body {
            let media_type = request.headers.get("content-type").and_then(|it| it.to_str().ok());
            let actual =
                Typed { media_type: media_type.unwrap_or_default(), content: &request.body };
            let expected = Typed { media_type: body.media_type(), content: &body.content };
            all.extend(difference::bodies(expected, actual));
        }
        all
    }

    /// Why a request is not expected that has no differences.
    pub(super) fn exhausted(&self) -> String {
        match self.times {
            0 => "expected never, and this is one".to_owned(),
            1 => "expected once, and this is one more".to_owned(),
            times => format!("expected {times} times, and this is one more"),
        }
    }
}

/// What tells it apart from others of its operation.
impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} #{} at {}:{}", self.operation(), self.number, self.at.file(), self.at.line())
    }
}

fn headers(headers: &ActualHeaders) -> Vec<(String, String)> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect()
}
