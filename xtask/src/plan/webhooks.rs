//! What the vendor sends by itself: webhooks and callbacks.

use serde::Serialize;

use crate::config::SignatureScheme;

use super::Alternative;

/// The payloads of webhooks and callbacks.
#[derive(Clone, Debug, Serialize)]
pub struct Webhooks {
    /// The schema of the lowered document whose properties are the payloads.
    pub of: String,
    /// The property of a payload by whose value it is known. Without one, the caller says which webhook it has received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The payloads. On the wire, one is called by the value of the tag, or else by the name of the webhook.
    pub payloads: Vec<Alternative>,
    /// How deliveries are signed, if that is decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<SignatureScheme>,
}
