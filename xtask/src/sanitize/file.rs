//! Text of files: hidden characters are escaped in the way of the file's language.

use camino::Utf8Path;

use super::command::break_brackets;
use super::is_hidden;

/// Returns the text of a generated file without hidden characters. Everything that is generated passes here at last.
///
/// In JSON and Rust, such characters can stand only in strings, where an escape means the same, and in comments,
/// where there is nothing to mean. Whatever else is a text for people, and they are removed.
pub fn file(path: &Utf8Path, text: String) -> String {
    let is_fine = |it: u8| it == b'\n' || it == b' ' || it.is_ascii_graphic();
    if text.bytes().all(is_fine) {
        return text;
    }
    match path.extension() {
        Some("json") => json(&text),
        Some("rs") => escaped(&text, |c, out| out.extend(c.escape_unicode())),
        _ => escaped(&text.replace('\t', " "), |_, _| ()),
    }
}

/// Returns JSON that means the same and in which nothing is hidden, and nothing is a command to a log.
pub fn json(text: &str) -> String {
    let escape = |c: char, out: &mut String| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    };
    let mut safe = String::with_capacity(text.len());
    break_brackets(&escaped(text, escape), "\\u0023", &mut safe);
    safe
}

/// Returns the text with something else for each hidden character that does not end a line.
fn escaped(text: &str, escape: impl Fn(char, &mut String)) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => escaped.push(c),
            c if is_hidden(c) => escape(c, &mut escaped),
            c => escaped.push(c),
        }
    }
    escaped
}
