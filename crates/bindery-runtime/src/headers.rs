//! Names and values of headers, and which of them a caller may set.

use reqwest::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, HeaderName, HeaderValue,
    PROXY_AUTHORIZATION, TRANSFER_ENCODING,
};
use secrecy::SecretString;

/// Why a header cannot be sent: completes a sentence that starts with the header.
pub(crate) type Refusal = &'static str;

pub(crate) fn name(text: &str) -> Option<HeaderName> {
    HeaderName::from_bytes(text.as_bytes()).ok()
}

/// UTF-8 beyond ASCII passes: HTTP calls it opaque, and vendors accept it.
pub(crate) fn value(text: impl AsRef<[u8]>) -> Result<HeaderValue, Refusal> {
    HeaderValue::from_bytes(text.as_ref())
        .map_err(|_| "has a value with a line break or another control character")
}

/// A wrong length would cut the next request out of this one.
pub(crate) fn allowed(name: &HeaderName) -> Result<(), Refusal> {
    let framing = [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING];
    if framing.contains(name) {
        return Err("belongs to the connection and cannot be set");
    }
    Ok(())
}

/// Whether the value is a credential even though it was given as an ordinary header.
pub(crate) fn carries_secret(name: &HeaderName) -> bool {
    [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name)
}

/// What such a value has to hide. What follows the scheme is a secret by itself.
pub(crate) fn secrets(value: &str) -> [SecretString; 2] {
    let token = value.split_once(' ').map_or(value, |(_, token)| token);
    [value.into(), token.trim().into()]
}
