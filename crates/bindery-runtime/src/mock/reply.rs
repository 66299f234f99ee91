//! What the server replies.

use std::fmt::Display;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde::Serialize;
use wiremock::ResponseTemplate;

/// What the server replies to a request that it has expected.
///
/// What no server can send is told where a test asks for it: once a request has come, nobody would see what broke its
/// connection.
#[derive(Clone, Debug)]
#[must_use]
pub struct Reply(ResponseTemplate);

impl Reply {
    /// A status without a body.
    ///
    /// # Panics
    ///
    /// If the status is not one from 200 to 999. Those below 200 answer no call: something has to follow them.
    #[track_caller]
    pub fn empty(status: u16) -> Self {
        if !(200..=999).contains(&status) {
            wrong("status", status, "one that ends a call is from 200 to 999");
        }
        Self(ResponseTemplate::new(status))
    }

    /// A body in JSON.
    ///
    /// # Panics
    ///
    /// If the body has no form in JSON, and where [`empty`](Self::empty) does.
    #[track_caller]
    pub fn json<T: Serialize + ?Sized>(status: u16, body: &T) -> Self {
        match serde_json::to_vec(body) {
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
        let Self(template) = Self::empty(status);
        let reply = Self(template.set_body_bytes(body));
        let Ok(value) = HeaderValue::from_str(media_type) else {
            wrong("media type", format_args!("{media_type:?}"), "it cannot be sent in a header");
        };
        match value.is_empty() {
            true => reply,
            false => Self(reply.0.insert_header(CONTENT_TYPE, value)),
        }
    }

    /// One more header, or another media type for the body.
    ///
    /// # Panics
    ///
    /// If it is none.
    #[track_caller]
    pub fn header(self, name: &str, value: &str) -> Self {
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
            true => Self(self.0.insert_header(header, value)),
            false => Self(self.0.append_header(header, value)),
        }
    }

    /// How long the reply is held back.
    pub fn delay(self, delay: Duration) -> Self {
        Self(self.0.set_delay(delay))
    }

    pub(super) fn template(self) -> ResponseTemplate {
        self.0
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
        for reply in [|| Reply::empty(0), || Reply::json(199, &1), || Reply::body(1000, "a/b", "x")]
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
        let map = || Reply::json(200, &BTreeMap::from([((), ())]));
        assert!(told(map).ends_with("of a reply: key must be a string"));
    }
}
