//! Text that comes from outside, made fit to be shown: without credentials, without control
//! characters, and short.

mod escapes;
mod html;
mod pattern;

use std::ops::Range;
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};

use escapes::View;
use pattern::Pattern;

/// Stands where a credential was.
const REDACTED: &str = "[redacted]";

/// How many bytes of a text are searched for each character that may be shown: a redacted credential takes
/// less room than it had.
const SEARCHED_BYTES: usize = 16;

/// How many bytes a byte of a credential may be escaped to: `&amp;amp;VerticalLine;` has 22. Beyond the part of a
/// text that may be shown, so much more is searched that a credential at the end of that part is recognised.
const ESCAPED_BYTES: usize = 24;

/// Removes the credentials of one client, and those of one call, from text that a server sent.
///
/// A credential is recognised as it is, escaped for JSON, urls and HTML, even several times; and if it is long, in
/// any case, in base64, in hexadecimal and in long parts. What that costs grows with what is shown, not with what was
/// sent.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    client_secrets: Arc<[SecretString]>,
    call_secrets: Vec<SecretString>,
}

impl Redactor {
    pub(crate) fn new(mut secrets: Vec<SecretString>) -> Self {
        secrets.retain(is_secret);
        Self { client_secrets: secrets.into(), call_secrets: Vec::new() }
    }

    /// The same, for secrets of one call besides.
    pub(crate) fn with(&self, mut secrets: Vec<SecretString>) -> Self {
        secrets.retain(is_secret);
        Self { client_secrets: Arc::clone(&self.client_secrets), call_secrets: secrets }
    }

    /// At most `limit` characters of the text, and an ellipsis if there is more.
    ///
    /// Redacts before it cuts: half a secret at the end would be half a secret shown.
    pub(crate) fn show(&self, text: &str, limit: usize) -> String {
        let seen = self.searched(limit);
        let end = if text.len() <= seen { text.len() } else { limit * SEARCHED_BYTES };
        let mut hidden = self.hidden(cut(text, seen)).into_iter().peekable();
        let (mut shown, mut room, mut at) = (String::new(), limit, 0);
        while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let (piece, after) = match hidden.next_if(|it| it.start <= at) {
                Some(range) => (REDACTED.to_owned(), range.end),
                None => (printable(first), at + first.len_utf8()),
            };
            let left = room.checked_sub(piece.chars().count()).filter(|_| at < end);
            let Some(left) = left else {
                shown.push('…');
                break;
            };
            shown.push_str(&piece);
            room = left;
            at = after;
        }
        shown
    }

    pub(crate) fn show_bytes(&self, bytes: &[u8], limit: usize) -> String {
        // One more, so that there is something behind what is searched.
        let seen = self.searched(limit) + 1;
        self.show(&String::from_utf8_lossy(bytes.get(..seen).unwrap_or(bytes)), limit)
    }

    /// Where credentials stand in the text, in order and apart from each other.
    fn hidden(&self, text: &str) -> Vec<Range<usize>> {
        let patterns: Vec<Pattern> =
            self.secrets().flat_map(|secret| Pattern::of(secret.expose_secret())).collect();
        if patterns.is_empty() {
            return Vec::new();
        }
        let mut all: Vec<Range<usize>> = Vec::new();
        for view in View::all(text) {
            let found = patterns.iter().flat_map(|pattern| pattern.find(&view.characters));
            all.extend(found.filter_map(|part| view.span(part)));
        }
        all.sort_by_key(|range| range.start);
        let mut apart: Vec<Range<usize>> = Vec::new();
        for range in all {
            match apart.last_mut().filter(|last| range.start <= last.end) {
                Some(last) => last.end = last.end.max(range.end),
                None => apart.push(range),
            }
        }
        apart
    }

    fn secrets(&self) -> impl Iterator<Item = &SecretString> {
        self.client_secrets.iter().chain(&self.call_secrets)
    }

    /// How many bytes of a text are searched to show so many characters of it.
    fn searched(&self, limit: usize) -> usize {
        let lengths = self.secrets().map(|secret| secret.expose_secret().len());
        limit * SEARCHED_BYTES + lengths.max().unwrap_or_default() * ESCAPED_BYTES
    }
}

/// The start of a text, of so many bytes at most.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// One letter, such as the `x` that some vendors want for a password, is part of too many words to be hidden in them.
fn is_secret(text: &SecretString) -> bool {
    text.expose_secret().chars().nth(1).is_some()
}

/// Quotes stay as they are, since most bodies are JSON; what would move a terminal's cursor or
/// forge a line of a log is escaped.
fn printable(character: char) -> String {
    match character {
        '"' | '\'' | '\\' => character.to_string(),
        _ => character.escape_debug().to_string(),
    }
}

#[cfg(test)]
mod echoes;
#[cfg(test)]
mod tests {
    use super::*;

    fn show(secrets: &[&str], text: &str) -> String {
        let secrets = secrets.iter().map(|secret| SecretString::from(*secret));
        Redactor::new(secrets.collect()).show(text, 80)
    }

    #[test]
    fn a_secret_is_replaced_wherever_it_stands() {
        assert_eq!(show(&["sk-1"], "sk-1 and sk-1"), "[redacted] and [redacted]");
        assert_eq!(show(&["sk-1"], "sk-2"), "sk-2");
        assert_eq!(show(&["ab", "abc"], "abcd"), "[redacted]d");
        assert_eq!(show(&["", "b"], "abc"), "abc");
    }

    #[test]
    fn the_secrets_of_a_call_are_removed_besides() {
        let client = Redactor::new(vec!["sk-1".into()]);
        let call = client.with(vec!["sk-1-2".into(), "".into()]);
        assert_eq!(call.show("sk-1 sk-1-2", 80), "[redacted] [redacted]");
        assert_eq!(client.show("sk-1 sk-1-2", 80), "[redacted] [redacted]-2");
    }

    #[test]
    fn an_escaped_secret_is_replaced() {
        assert_eq!(show(&[r#"a/b"c\d"#], r#""a\/b\"c\\d""#), "\"[redacted]\"");
        assert_eq!(show(&["a+b/c=="], "?k=a%2Bb%2fc%3D%3D"), "?k=[redacted]");
        assert_eq!(show(&["aéb€😀"], "?k=a%C3%a9b%E2%82%AC%F0%9F%98%80&x"), "?k=[redacted]&x");
        assert_eq!(show(&["a&b'c"], "<b>a&amp;b&#39;c</b>"), "<b>[redacted]</b>");
        assert_eq!(show(&["sk-1"], r"\u0073\u006B-1"), "[redacted]");
        assert_eq!(show(&["a b"], "a+b"), "[redacted]");
        assert_eq!(show(&["a+b%41"], "a+b%41"), "[redacted]");
        assert_eq!(show(&[r"a\\b"], r"a\\b"), "[redacted]");
    }

    #[test]
    fn a_secret_is_not_cut_in_half() {
        let secret = "k".repeat(60);
        let text = format!("{} {secret}", "x".repeat(75));
        let shown = show(&[&secret], &text);
        assert_eq!(shown, format!("{} …", "x".repeat(75)));
    }

    #[test]
    fn control_characters_are_escaped_and_the_text_is_short() {
        assert_eq!(show(&[], "a\r\n\u{1b}[31m\u{202e}\"b\""), "a\\r\\n\\u{1b}[31m\\u{202e}\"b\"");
        let long = show(&[], &"é".repeat(1000));
        assert_eq!(long.chars().count(), 81);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn odd_escapes_are_plain_text() {
        for text in [
            "\\",
            "\\u12",
            "%",
            "%é",
            "%4",
            "%+1",
            "%C3%",
            "%C3%41",
            "%F0%9F%98",
            "&",
            "&;",
            "&#;",
            "&#x110000;",
            "\\u00é9",
        ] {
            assert_eq!(show(&["secret"], text), text);
        }
        let redactor = Redactor::new(vec!["sk-1".into()]);
        assert_eq!(redactor.show_bytes(b"\xff sk-1", 80), "\u{fffd} [redacted]");
    }
}
