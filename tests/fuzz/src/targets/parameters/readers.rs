//! What servers make of queries, forms and bodies of parts, written without a look at how they are made.

use bindery_runtime::reqwest::Url;

/// The pairs of a query or a form.
pub(super) fn form(text: &str) -> Vec<(String, String)> {
    let mut url = Url::parse("https://example.com").expect("a url");
    url.set_query(Some(text));
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// The bytes of a text with percent signs in it.
pub(super) fn percent_decoded(text: &str) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|it| std::str::from_utf8(it).ok());
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                rest = &after[2..];
            }
            None => {
                decoded.push(*first);
                rest = after;
            }
        }
    }
    decoded
}

/// The heads and contents of a body of parts, as RFC 2046, section 5.1.1 has it.
pub(super) fn parts(body: &[u8], boundary: &str) -> Vec<(String, Vec<u8>)> {
    let mut parts = Vec::new();
    let delimiter = format!("\r\n--{boundary}");
    // The first boundary has no line before it.
    let body = [b"\r\n", body].concat();
    let mut rest = after(&body, &delimiter).expect("a boundary").1;
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let (part, next) = after(part, &delimiter).expect("a boundary");
        let (head, content) = after(part, "\r\n\r\n").expect("a head");
        let head = String::from_utf8(head.to_vec()).expect("a head is text");
        parts.push((head, content.to_vec()));
        rest = next;
    }
    assert_eq!(rest, b"--\r\n", "the last boundary is none");
    parts
}

/// What is before a text, and what is behind it.
fn after<'b>(bytes: &'b [u8], text: &str) -> Option<(&'b [u8], &'b [u8])> {
    let at = bytes.windows(text.len()).position(|window| window == text.as_bytes())?;
    Some((&bytes[..at], &bytes[at + text.len()..]))
}
