//! What the server replies.

use std::time::Duration;

use serde::Serialize;
use wiremock::ResponseTemplate;

/// What the server replies to a request that it has expected.
#[derive(Clone, Debug)]
#[must_use]
pub struct Reply(ResponseTemplate);

impl Reply {
    /// A status without a body.
    pub fn empty(status: u16) -> Self {
        Self(ResponseTemplate::new(status))
    }

    /// A body in JSON.
    ///
    /// # Panics
    ///
    /// If the body has no form in JSON.
    pub fn json<T: Serialize + ?Sized>(status: u16, body: &T) -> Self {
        Self(ResponseTemplate::new(status).set_body_json(body))
    }

    /// A body of any other type.
    pub fn body(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self(ResponseTemplate::new(status).set_body_raw(body, media_type))
    }

    /// One more header.
    ///
    /// # Panics
    ///
    /// If it is none.
    pub fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.append_header(name, value))
    }

    /// How long the reply is held back.
    pub fn delay(self, delay: Duration) -> Self {
        Self(self.0.set_delay(delay))
    }

    pub(super) fn template(self) -> ResponseTemplate {
        self.0
    }
}
