//! A request as it goes over the wire.

use bytes::Bytes;
use http::Uri;
use reqwest::header::HeaderMap;
use secrecy::SecretString;

use crate::limits::Limits;
use crate::retry::Repeatability;

/// A request apart from its method, which the operation has, and what holds for its call.
#[derive(Debug)]
pub(crate) struct Wire {
    pub(crate) uri: Uri,
    /// With the credentials that are the same for good.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) limits: Limits,
    pub(crate) repeatability: Repeatability,
    /// For which statuses the body is not read here.
    pub(crate) streams: fn(u16) -> bool,
    /// What this call alone has to hide.
    pub(crate) secrets: Vec<SecretString>,
}
