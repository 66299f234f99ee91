//! A span of the crate `tracing` for each call, if the feature of that name is on.
//!
//! It says what happened and never with which values: no credential, no header, no body, no query,
//! and the path as the vendor documents it. The names of the fields are those of OpenTelemetry's
//! conventions where these have some.
//!
//! The call ends with its answer, but what is wrong with the answer shows only when it is decoded. So
//! the answer keeps the span until then.

use std::future::Future;

use reqwest::StatusCode;

use crate::{Failure, Operation, Response};

#[cfg(feature = "tracing")]
#[derive(Clone)]
pub(crate) struct Span {
    span: tracing::Span,
    start: std::time::Instant,
}

#[cfg(feature = "tracing")]
impl Span {
    pub(crate) fn new(operation: &'static Operation) -> Self {
        use tracing::field::Empty;

        let span = tracing::info_span!(
            target: "bindery_runtime",
            "api_call",
            operation = operation.id,
            http.request.method = operation.method.as_str(),
            url.template = operation.path,
            http.response.status_code = Empty,
            error.type = Empty,
            attempts = Empty,
            elapsed_ms = Empty,
        );
        Self { span, start: std::time::Instant::now() }
    }

    pub(crate) fn around<F: Future>(&self, call: F) -> impl Future<Output = F::Output> + use<F> {
        use tracing::Instrument as _;

        call.instrument(self.span.clone())
    }

    pub(crate) fn finish(&self, result: &Result<Response, Failure>, attempts: u32) {
        let status = match result {
            Ok(response) => Some(response.status()),
            Err(failure) => {
                self.span.record("error.type", failure.label());
                failure.status()
            }
        };
        if let Some(status) = status {
            self.span.record("http.response.status_code", status.as_u16());
            if result.is_ok() && says_enough(status) {
                self.span.record("error.type", status.as_str());
            }
        }
        let elapsed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.record("attempts", attempts).record("elapsed_ms", elapsed);
    }

    /// What is wrong with the answer, in a word.
    pub(crate) fn failed(&self, status: StatusCode, label: &'static str) {
        if !says_enough(status) {
            self.span.record("error.type", label);
        }
    }
}

/// Whether the status is the type of the error, by the convention: it is recorded once, and what the
/// body adds to it is less than what it says.
#[cfg(feature = "tracing")]
fn says_enough(status: StatusCode) -> bool {
    status.as_u16() >= 400
}

#[cfg(not(feature = "tracing"))]
#[derive(Clone)]
pub(crate) struct Span;

#[cfg(not(feature = "tracing"))]
impl Span {
    pub(crate) fn new(_: &'static Operation) -> Self {
        Self
    }

    pub(crate) fn around<F: Future>(&self, call: F) -> F {
        call
    }

    pub(crate) fn finish(&self, _: &Result<Response, Failure>, _: u32) {}

    pub(crate) fn failed(&self, _: StatusCode, _: &'static str) {}
}
