//! What the server replies.

use std::fmt::Display;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use wiremock::ResponseTemplate;

use crate::redact::Redactor;
use crate::span::Span;
use crate::{Operation, Response};

/// What the server replies to a request that it has expected.
///
/// What no server can send is told where a test asks for it: once a request has come, nobody would see what broke its
/// connection.
#[derive(Clone, Debug)]
#[must_use]
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    delay: Duration,
}

impl Reply {
    /// A status without a body.
    ///
    /// # Panics
    ///
    /// If the status is not one from 200 to 999. Those below 200 answer no call: something has to follow them.
    #[track_caller]
    pub fn empty(status: u16) -> Self {
        match StatusCode::from_u16(status) {
            Ok(code) if !code.is_informational() => {
                let (headers, body, delay) = (HeaderMap::new(), Bytes::new(), Duration::ZERO);
                Self { status: code, headers, body, delay }
            }
            _ => wrong("status", status, "one that ends a call is from 200 to 999"),
        }
    }

    /// A body in JSON: of a type of the client's, or made by [`serde_json::json`], which an expectation compares with
    /// what the operation documents.
    ///
    /// # Panics
    ///
    /// If the body has no form in JSON, and where [`empty`](Self::empty) does.
    #[track_caller]
    pub fn json<T: Serialize>(status: u16, body: T) -> Self {
        match serde_json::to_vec(&body) {
            Ok(json) => Self::body(status, "application/json", json),
            Err(error) => wrong("body in JSON", std::any::type_name::<T>(), error),
        }
    }

    /// A body of any other type, or of none if that is empty.
    ///
    /// # Panics
    ///
    /// If the media type cannot be sent in a header, and where [`empty`](Self::empty) does.
    #[track_caller]
    pub fn body(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut reply = Self { body: body.into().into(), ..Self::empty(status) };
        let Ok(value) = HeaderValue::from_str(media_type) else {
            wrong("media type", format_args!("{media_type:?}"), "it cannot be sent in a header");
        };
        if !value.is_empty() {
            reply.headers.insert(CONTENT_TYPE, value);
        }
        reply
    }

    /// One more header, or another media type for the body.
    ///
    /// # Panics
    ///
    /// If it is none.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            wrong("name of a header", format_args!("{name:?}"), "it cannot be sent");
        };
        let Ok(value) = HeaderValue::from_str(value) else {
            wrong(
                "value of a header",
                format_args!("{value:?}"),
                format_args!("`{name}` cannot hold it"),
            );
        };
        // A body has one type.
        match header == CONTENT_TYPE {
            true => drop(self.headers.insert(header, value)),
            false => drop(self.headers.append(header, value)),
        }
        self
    }

    /// How long the reply is held back.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The answer as a client gets it.
    pub(super) fn response(&self, operation: &'static Operation) -> Response {
        Response {
            redactor: Redactor::default(),
            operation: operation.id,
            attempts: 1,
            status: self.status,
            headers: self.headers.clone(),
            body: self.body.clone(),
            rest: None,
            span: Span::new(operation),
        }
    }

    pub(super) fn template(self) -> ResponseTemplate {
        let template = ResponseTemplate::new(self.status);
        let template = match self.body.is_empty() {
            true => template,
            false => template.set_body_bytes(self.body),
        };
        let template = if self.delay.is_zero() { template } else { template.set_delay(self.delay) };
        let headers = self.headers.iter();
        headers.fold(template, |template, (name, value)| {
            template.append_header(name.as_str(), value.as_bytes())
        })
    }
}

/// Fails the test that asks for a reply which cannot be given.
#[track_caller]
#[expect(clippy::panic, reason = "a test that replies what cannot be sent is wrong")]
fn wrong(what: &str, given: impl Display, why: impl Display) -> ! {
    panic!("{given} is no {what} of a reply: {why}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::panic::catch_unwind;

    use super::*;

    /// Until now, the connection broke, or the panic named no line of the test.
    #[test]
    fn a_reply_that_cannot_be_given_is_told_where_it_is_asked_for() {
        let told = |reply: fn() -> Reply| {
            let panic = catch_unwind(reply).unwrap_err();
            *panic.downcast::<String>().unwrap()
        };
        for reply in [|| Reply::empty(0), || Reply::json(199, 1), || Reply::body(1000, "a/b", "x")]
        {
            assert!(told(reply).ends_with("one that ends a call is from 200 to 999"));
        }
        assert_eq!(
            told(|| Reply::body(200, "a/b\n", "x")),
            r#""a/b\n" is no media type of a reply: it cannot be sent in a header"#
        );
        assert_eq!(
            told(|| Reply::empty(200).header("a b", "x")),
            r#""a b" is no name of a header of a reply: it cannot be sent"#
        );
        assert_eq!(
            told(|| Reply::empty(200).header("a", "\0")),
            r#""\0" is no value of a header of a reply: `a` cannot hold it"#
        );
        let map = || Reply::json(200, BTreeMap::from([((), ())]));
        assert!(told(map).ends_with("of a reply: key must be a string"));
    }
}
