//! How an error is shown.

use std::fmt;

use super::Context;
use crate::{CredentialError, DecodeError, PagingError, RequestError, TransportError};

/// A kind without the typed body, so that what is shown is compiled once and not for every `E`.
pub(super) enum Outline<'a> {
    Request(&'a RequestError),
    Credential(&'a CredentialError),
    Transport(&'a TransportError),
    TooLarge(usize),
    Api,
    Undocumented,
    Decode(&'a DecodeError),
    Paging(&'a PagingError),
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
            after(context.attempts, f)?;
            f.write_str(match self {
                Self::Api => "",
                Self::Undocumented => ", which is not documented",
                Self::Decode(_) => ", but the body does not decode",
                Self::TooLarge(_) => ", but the body is too large",
                Self::Request(_) | Self::Credential(_) | Self::Transport(_) | Self::Paging(_) => {
                    ", but the body did not arrive"
                }
            })?;
            f.write_str(": ")?;
        }
        self.detail(context, f)
    }

    fn detail(&self, context: &Context, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => write!(f, "not sent: {error}"),
            Self::Credential(error) => {
                f.write_str(if context.attempts > 0 { "not sent again" } else { "not sent" })?;
                after(context.attempts, f)?;
                write!(f, ": {error}")
            }
            Self::Transport(error) => {
                fmt::Display::fmt(error, f)?;
                if context.status.is_none() {
                    after(context.attempts, f)?;
                }
                match error.cause() {
                    cause if cause.is_empty() => Ok(()),
                    cause => write!(f, ": {cause}"),
                }
            }
            Self::TooLarge(limit) => write!(f, "it has more than {limit} bytes"),
            Self::Paging(error) => fmt::Display::fmt(error, f),
            Self::Decode(error) => fmt::Display::fmt(error, f),
            Self::Api | Self::Undocumented if context.preview.is_empty() => f.write_str("no body"),
            Self::Api | Self::Undocumented => f.write_str(&context.preview),
        }
    }

    /// The type of the error for who counts errors by it.
    pub(super) fn label(&self) -> &'static str {
        match self {
            Self::Credential(_) => "credential",
            Self::Transport(error) if error.is_timeout() => "timeout",
            Self::Transport(error) if error.is_connect() => "connect",
            Self::Transport(_) => "transport",
            Self::TooLarge(_) => "too_large",
            Self::Api => "api",
            Self::Undocumented => "undocumented",
            Self::Decode(_) => "decode",
            // No call comes of these. It is the name that the convention has for the rest.
            Self::Request(_) | Self::Paging(_) => "_OTHER",
        }
    }

    pub(super) fn expose(&self, context: &Context, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown.field("operation", &context.operation);
        if let Some(status) = context.status {
            shown.field("status", &status.as_u16());
        }
        shown.field("attempts", &context.attempts);
        shown.field("kind", self);
        if context.body.is_some() {
            shown.field("body", &format_args!("{}", context.preview));
        }
        shown.finish()
    }
}

/// How many attempts it took, where that is not plain.
fn after(attempts: u32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match attempts {
        0 | 1 => Ok(()),
        _ => write!(f, " after {attempts} attempts"),
    }
}

impl fmt::Debug for Outline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => f.debug_tuple("Request").field(error).finish(),
            Self::Credential(error) => f.debug_tuple("Credential").field(error).finish(),
            Self::Transport(error) => f.debug_tuple("Transport").field(error).finish(),
            Self::TooLarge(limit) => f.debug_tuple("TooLarge").field(limit).finish(),
            Self::Paging(error) => f.debug_tuple("Paging").field(error).finish(),
            Self::Api => f.write_str("Api(..)"),
            Self::Undocumented => f.write_str("Undocumented"),
            Self::Decode(error) => f.debug_tuple("Decode").field(error).finish(),
        }
    }
}
