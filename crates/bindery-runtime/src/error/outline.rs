//! How an error is shown.

use std::fmt;

use super::Context;
use crate::{DecodeError, RequestError};

/// A kind without the typed body, so that what is shown is compiled once and not for every `E`.
pub(super) enum Outline<'a> {
    Request(&'a RequestError),
    Transport(&'a reqwest::Error),
    Api,
    Undocumented,
    Decode(&'a DecodeError),
}

impl Outline<'_> {
    pub(super) fn explain(&self, context: &Context, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", context.operation)?;
        if let Some(status) = context.status {
            // Not `Display`, which has a placeholder where a status has no name.
            write!(f, "{}", status.as_str())?;
            if let Some(reason) = status.canonical_reason() {
                write!(f, " {reason}")?;
            }
            f.write_str(match self {
                Self::Api => "",
                Self::Undocumented => ", which is not documented",
                Self::Decode(_) => ", but the body does not decode",
                Self::Request(_) | Self::Transport(_) => ", but the body did not arrive",
            })?;
            f.write_str(": ")?;
        }
        match self {
            Self::Request(error) => write!(f, "not sent: {error}"),
            Self::Transport(error) if error.is_timeout() => f.write_str("timed out"),
            Self::Transport(error) if error.is_connect() => f.write_str("could not connect"),
            Self::Transport(_) => f.write_str("the exchange with the server failed"),
            Self::Decode(error) => fmt::Display::fmt(error, f),
            Self::Api | Self::Undocumented if context.preview.is_empty() => f.write_str("no body"),
            Self::Api | Self::Undocumented => f.write_str(&context.preview),
        }
    }

    pub(super) fn expose(&self, context: &Context, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown.field("operation", &context.operation);
        if let Some(status) = context.status {
            shown.field("status", &status.as_u16());
        }
        shown.field("kind", self);
        if context.body.is_some() {
            shown.field("body", &format_args!("{}", context.preview));
        }
        shown.finish()
    }
}

impl fmt::Debug for Outline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => f.debug_tuple("Request").field(error).finish(),
            Self::Transport(error) => f.debug_tuple("Transport").field(error).finish(),
            Self::Api => f.write_str("Api(..)"),
            Self::Undocumented => f.write_str("Undocumented"),
            Self::Decode(error) => f.debug_tuple("Decode").field(error).finish(),
        }
    }
}
