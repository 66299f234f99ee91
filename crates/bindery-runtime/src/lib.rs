//! The runtime of the API clients that Bindery generates.
//!
#![doc = include_str!("../README.md")]
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used,
        reason = "what vendors answer is not ours, so nothing of it may panic"
    )
)]

pub mod env;
#[cfg(feature = "mock")]
pub mod mock;
#[cfg(feature = "webhooks")]
pub mod webhook;

mod answer;
mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod build_error;
mod builder;
mod call;
mod client;
mod cookie;
mod credential;
mod decode;
mod download;
mod error;
mod exchange;
mod headers;
mod limits;
mod multipart;
mod number;
mod open_enum;
mod options;
mod paging;
mod pairs;
mod path;
mod percent;
mod read;
mod redact;
mod redirect;
mod request;
mod response;
mod retry;
mod settings;
mod span;
mod time;
mod token;
mod transport;
mod tree;
mod upload;

pub use answer::Answer;
#[cfg(feature = "blocking")]
pub use blocking::Blocking;
pub use build_error::BuildError;
pub use builder::ClientBuilder;
pub use call::{Call, CallFuture, Caller, Outcome, RawCall, Sending, Streamed};
pub use client::{ApiClient, Client};
pub use credential::Credential;
pub use decode::{Constants, DecodeError, JsonType, Object, Tagged, Untagged, nullable};
pub use download::Download;
pub use error::{Error, ErrorKind, Failure, UntypedError};
pub use number::Number;
pub use options::CallOptions;
#[cfg(feature = "blocking")]
pub use paging::BlockingItems;
pub use paging::{Items, Page, PageOf, Paged, Pages, PagingError};
pub use request::{Request, RequestError};
pub use response::Response;
pub use retry::RetryPolicy;
pub use settings::{Operation, Settings};
pub use time::{Date, DateTime, TimeError};
pub use token::{CredentialError, Token, TokenSource};
pub use transport::{
    BoxFuture, CallContext, Transport, TransportError, TransportResult, transport_fn,
};
pub use upload::Upload;

pub use bytes::Bytes;
pub use http;
pub use reqwest;
pub use reqwest::header::HeaderMap;
pub use reqwest::{Body, Method, StatusCode};
pub use secrecy::SecretString;

/// What the macros of this crate expand to. No part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::decode::note_text as note_unknown_text;
    pub use serde;
    pub use serde_json;

    /// Decodes a body as that of an answer is decoded.
    ///
    /// # Errors
    ///
    /// Where and why it does not fit the type.
    pub fn decode<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, String> {
        crate::decode::from_json(body).map_err(|fault| fault.to_string())
    }
}
