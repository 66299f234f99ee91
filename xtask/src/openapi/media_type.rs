//! Media types (RFC 9110, section 8.3.1).

/// Returns the type and subtype in lower case, without parameters.
pub(crate) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is a range, such as `*/*`, or no media type at all.
pub(crate) fn is_range(media_type: &str) -> bool {
    media_type.contains('*') || !media_type.contains('/')
}

/// Whether a media type holds JSON: itself, with parameters, or by suffix (RFC 6839).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence.as_str(), "application/json" | "text/json" | "application/x-json")
        || essence.ends_with("+json")
}

/// Whether OpenAPI's Encoding Object applies to a media type: to forms, and to bodies of several parts.
pub(crate) fn has_encoding(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/x-www-form-urlencoded" || essence.starts_with("multipart/")
}
