#![doc = include_str!("../README.md")]

pub mod env;

mod base_url;
mod body;
mod build_error;
mod builder;
mod client;
mod cookie;
mod credential;
mod decode;
mod error;
mod exchange;
mod headers;
mod multipart;
mod open_enum;
mod pairs;
mod path;
mod redact;
mod redirect;
mod request;
mod response;
mod settings;
mod tree;
mod upload;

pub use build_error::BuildError;
pub use builder::ClientBuilder;
pub use client::Client;
pub use credential::Credential;
pub use decode::{DecodeError, JsonType, Tagged, Untagged};
pub use error::{Error, ErrorKind, Failure};
pub use request::{Request, RequestError};
pub use response::Response;
pub use settings::{Operation, Settings};
pub use upload::Upload;

pub use bytes::Bytes;
pub use reqwest;
pub use reqwest::header::HeaderMap;
pub use reqwest::{Method, StatusCode};
pub use secrecy::SecretString;

/// What the macros of this crate expand to. No part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use serde;
    pub use serde_json;
}
