//! What the server replies.

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
    /// If there is no such status: one has three digits, and those from 100 to 199 end no call.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that replies with what cannot be sent is wrong")]
    pub fn empty(status: u16) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) if !status.is_informational() => {
                let (headers, body, delay) = (HeaderMap::new(), Bytes::new(), Duration::ZERO);
                Self { status, headers, body, delay }
            }
            _ => panic!("{status} is no status of a reply"),
        }
    }

    /// A body in JSON: of a type of the client's, or made by [`serde_json::json`], which an expectation compares with
    /// what the operation documents.
    ///
    /// # Panics
    ///
    /// If the body has no form in JSON, or if there is no such status.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that replies with what cannot be sent is wrong")]
    pub fn json(status: u16, body: impl Serialize) -> Self {
        match serde_json::to_vec(&body) {
            Ok(body) => Self::body(status, "application/json", body),
            Err(error) => panic!("the body of the reply has no form in JSON: {error}"),
        }
    }

    /// A body of any other type.
    ///
    /// # Panics
    ///
    /// If the media type cannot stand in a header, or if there is no such status.
    #[track_caller]
    pub fn body(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let reply = Self::empty(status).header(CONTENT_TYPE.as_str(), media_type);
        Self { body: body.into().into(), ..reply }
    }

    /// One more header.
    ///
    /// # Panics
    ///
    /// If it is none.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that replies with what cannot be sent is wrong")]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
                self
            }
            _ => panic!("`{name}: {}` is no header", value.escape_debug()),
        }
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
