//! Text that comes from outside, made fit to be shown: without credentials, without control
//! characters, and short.

use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};

/// Stands where a credential was.
const REDACTED: &str = "[redacted]";

/// Removes the credentials of one client, and those of one call, from text that a server sent.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    fixed: Arc<[SecretString]>,
    /// Those that no other call has.
    passing: Vec<SecretString>,
}

impl Redactor {
    pub(crate) fn new(mut secrets: Vec<SecretString>) -> Self {
        secrets.retain(is_secret);
        Self { fixed: secrets.into(), passing: Vec::new() }
    }

    /// The same, for secrets of one call besides.
    pub(crate) fn with(&self, mut secrets: Vec<SecretString>) -> Self {
        secrets.retain(is_secret);
        Self { fixed: Arc::clone(&self.fixed), passing: secrets }
    }

    /// At most `limit` characters of the text, and an ellipsis if there is more.
    ///
    /// Redacts before it cuts: half a secret at the end would be half a secret shown.
    pub(crate) fn show(&self, text: &str, limit: usize) -> String {
        let mut shown = String::new();
        let mut rest = text;
        let mut room = limit;
        while let Some((first, behind)) = first_character(rest) {
            let (piece, after) = match self.strip_secret(rest) {
                Some(after) => (REDACTED.to_owned(), after),
                None => (printable(first), behind),
            };
            let Some(left) = room.checked_sub(piece.chars().count()) else {
                shown.push('…');
                break;
            };
            shown.push_str(&piece);
            room = left;
            rest = after;
        }
        shown
    }

    pub(crate) fn show_bytes(&self, bytes: &[u8], limit: usize) -> String {
        self.show(&String::from_utf8_lossy(bytes), limit)
    }

    /// What follows the secret that the text starts with.
    fn strip_secret<'t>(&self, text: &'t str) -> Option<&'t str> {
        let rests = self.fixed.iter().chain(&self.passing).filter_map(|secret| {
            let secret = secret.expose_secret();
            text.strip_prefix(secret).or_else(|| strip_escaped(text, secret))
        });
        // A secret that contains another one is removed whole.
        rests.min_by_key(|rest| rest.len())
    }
}

/// One letter, such as the `x` that some vendors want for a password, is part of too many words to be hidden in them.
fn is_secret(text: &SecretString) -> bool {
    text.expose_secret().chars().nth(1).is_some()
}

/// The first character of a text, and what follows it.
fn first_character(text: &str) -> Option<(char, &str)> {
    let mut characters = text.chars();
    characters.next().map(|first| (first, characters.as_str()))
}

/// Quotes stay as they are, since most bodies are JSON; what would move a terminal's cursor or
/// forge a line of a log is escaped.
fn printable(character: char) -> String {
    match character {
        '"' | '\'' | '\\' => character.to_string(),
        _ => character.escape_debug().to_string(),
    }
}

/// Strips a secret of which any character may be escaped, as JSON, urls and HTML do it.
fn strip_escaped<'t>(text: &'t str, secret: &str) -> Option<&'t str> {
    secret.chars().try_fold(text, |rest, expected| match unescape(rest) {
        Some((found, after)) if found == expected => Some(after),
        _ => rest.strip_prefix(expected),
    })
}

/// The character that an escape at the start of the text stands for, and what follows it.
fn unescape(text: &str) -> Option<(char, &str)> {
    if let Some(code) = text.strip_prefix("\\u") {
        return hex(code, 4);
    }
    if let Some(escaped) = text.strip_prefix('\\') {
        return first_character(escaped);
    }
    if let Some(code) = text.strip_prefix('%') {
        return percent(code);
    }
    if let Some(after) = text.strip_prefix('+') {
        return Some((' ', after));
    }
    let (entity, after) = text.strip_prefix('&')?.split_once(';')?;
    let character = match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((character, after))
}

/// The character whose bytes are encoded one by one, of which the first has lost its sign.
fn percent(text: &str) -> Option<(char, &str)> {
    let mut bytes = [0; 4];
    let mut rest = text;
    for end in 0..bytes.len() {
        let (code, after) = match end {
            0 => rest.split_at_checked(2)?,
            _ => rest.strip_prefix('%')?.split_at_checked(2)?,
        };
        *bytes.get_mut(end)? = u8::from_str_radix(code, 16).ok()?;
        rest = after;
        if let Ok(decoded) = std::str::from_utf8(bytes.get(..=end)?) {
            return decoded.chars().next().map(|character| (character, rest));
        }
    }
    None
}

fn hex(text: &str, digits: usize) -> Option<(char, &str)> {
    let (code, after) = text.split_at_checked(digits)?;
    let character = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
    Some((character, after))
}

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
