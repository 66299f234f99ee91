//! Names and values of headers, and which of them a caller may set.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
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

/// Words in the names of headers that carry credentials, as vendors call them: `x-api-key`, `x-auth-token`.
const SECRET_WORDS: [&str; 12] = [
    "apikey",
    "auth",
    "authorization",
    "credential",
    "credentials",
    "key",
    "password",
    "secret",
    "session",
    "signature",
    "sid",
    "token",
];

/// Whether the value is a credential even though it was given as an ordinary header. An idempotency key is none:
/// it opens nothing.
pub(crate) fn carries_secret(name: &HeaderName) -> bool {
    let is_known = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name);
    let words = || name.as_str().split(['-', '_']);
    is_known
        || (words().any(|word| SECRET_WORDS.contains(&word))
            && !words().any(|it| it == "idempotency"))
}

/// What such a value has to hide: all of it, what follows a scheme, the values of cookies and of a scheme's parameters,
/// and what stands in basic credentials (RFC 7617).
pub(crate) fn secrets(value: &str) -> Vec<SecretString> {
    let (scheme, token) = value.split_once(' ').unwrap_or(("", value));
    let mut secrets: Vec<SecretString> = vec![value.into(), token.trim().into()];
    for pair in value.split([';', ',']) {
        let (_, value) = pair.split_once('=').unwrap_or_default();
        let value = value.trim().trim_matches('"');
        // What pads base64 is no value.
        if !value.trim_matches('=').is_empty() {
            secrets.push(value.into());
        }
    }
    let basic = Some(token.trim()).filter(|_| scheme.eq_ignore_ascii_case("basic"));
    let pair =
        basic.and_then(|it| STANDARD.decode(it).ok()).and_then(|it| String::from_utf8(it).ok());
    if let Some(pair) = pair {
        secrets.extend(pair.split_once(':').map(|(_, password)| password.into()));
        secrets.push(pair.into());
    }
    secrets
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn headers_are_secret_by_the_words_in_their_names() {
        for secret in [
            "authorization",
            "cookie",
            "x-api-key",
            "X-Auth-Token",
            "apikey",
            "x_session",
            "x-hub-signature",
        ] {
            assert!(carries_secret(&name(secret).unwrap()), "{secret}");
        }
        for open in ["accept", "x-request-id", "x-keyboard", "idempotency-key", "x-trace", "monkey"]
        {
            assert!(!carries_secret(&name(open).unwrap()), "{open}");
        }
    }

    #[test]
    fn each_part_of_a_value_is_a_secret_by_itself() {
        let parts = |value: &str| -> Vec<String> {
            secrets(value).iter().map(|it| it.expose_secret().to_owned()).collect()
        };
        assert!(parts("lang=en; sid=hunter2hunter2").contains(&"hunter2hunter2".to_owned()));
        assert!(parts(r#"Digest user="u", response="abcdef12""#).contains(&"abcdef12".to_owned()));
        let basic = parts("Basic dXNlcjpodW50ZXIy");
        assert!(
            ["user:hunter2", "hunter2"].iter().all(|it| basic.contains(&(*it).to_owned())),
            "{basic:?}"
        );
        assert_eq!(parts("Bearer YWJj=="), ["Bearer YWJj==", "YWJj=="]);
    }
}
