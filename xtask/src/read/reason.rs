//! What a status means where a page says nothing about it.

use http::StatusCode;

/// The reason phrase of a status, a range of statuses or `default`.
pub(super) fn phrase(status: &str) -> &'static str {
    let known = StatusCode::from_bytes(status.as_bytes()).ok();
    known.and_then(|status| status.canonical_reason()).unwrap_or(match status.as_bytes().first() {
        Some(b'1') => "Informational",
        Some(b'2') => "Success",
        Some(b'3') => "Redirection",
        Some(b'4') => "Client Error",
        Some(b'5') => "Server Error",
        _ => "Any other status",
    })
}
