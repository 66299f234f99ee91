//! The ways in which vendors repeat a secret.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::input::Input;

/// A secret as somebody wrote it.
pub(super) struct Echo {
    /// How it is written.
    pub(super) text: String,
    /// What of it nobody may see.
    pub(super) core: String,
    /// Whether characters of it are escaped otherwise than for JSON.
    pub(super) is_escaped: bool,
}

/// Writes a secret in one of the ways.
pub(super) fn echo(secret: &str, input: &mut Input<'_>) -> Echo {
    let way = input.below(16);
    let text = match way {
        0 => secret.to_owned(),
        1 => each(secret, input, json),
        2 => each(secret, input, percent),
        3 => each(secret, input, html),
        4 => return base64(secret, &STANDARD, (usize::MAX, ""), input),
        5 => return base64(secret, &URL_SAFE_NO_PAD, (usize::MAX, ""), input),
        6 => secret.to_uppercase(),
        7 => secret.chars().skip(1).collect(),
        8 => secret.chars().take(secret.chars().count() - 1).collect(),
        9 => each(&each(secret, input, json), input, json),
        10 => each(&each(secret, input, percent), input, percent),
        12 => return hexadecimal(secret, input),
        13 => {
            let between = input.choose(&["\n", "\r\n", " ", "\\n", "\\r\\n", "&#10;"]);
            let lines = (input.choose(&[76, 64, 19, 4, 1]), between);
            return base64(secret, &STANDARD, lines, input);
        }
        14 => least(&least(&each(secret, input, json), json), json),
        15 => least(&least(&each(secret, input, html), html), html),
        _ if is_plain(secret) => each(&each(secret, input, json), input, percent),
        _ => each(&each(secret, input, html), input, html),
    };
    Echo { core: text.clone(), text, is_escaped: matches!(way, 2 | 3 | 10 | 11 | 15) }
}

/// Whether a secret has no sign of an escape in it. What is escaped in two ways, one in the other, can be read in
/// several if the signs of one are plain text in the other.
pub(super) fn is_plain(secret: &str) -> bool {
    !secret.contains(['&', '%', '\\', '+', '"', '\''])
}

/// In base64, with something before it, in lines of one length. Characters at either end encode what is around the
/// secret, too.
fn base64(
    secret: &str,
    engine: &impl Engine,
    (length, between): (usize, &str),
    input: &mut Input<'_>,
) -> Echo {
    let before = ["", "u", "us", "user:"][input.below(4)];
    let text = engine.encode(format!("{before}{secret}"));
    let lines = |from: usize, to: usize| -> String {
        let characters = text.chars().enumerate().take(to).skip(from);
        let broken = characters.map(|(at, it)| match at > from && at % length == 0 {
            true => format!("{between}{it}"),
            false => it.to_string(),
        });
        broken.collect()
    };
    let (start, end) = (before.len() * 8, (before.len() + secret.len()) * 8);
    let core = lines(start.div_ceil(6), end / 6);
    Echo { text: lines(0, text.len()), core, is_escaped: false }
}

/// In hexadecimal of either case, with one of the separators between the bytes.
fn hexadecimal(secret: &str, input: &mut Input<'_>) -> Echo {
    let is_lower = input.below(2) == 0;
    let write = |byte| if is_lower { format!("{byte:02x}") } else { format!("{byte:02X}") };
    let between = input.choose(&["", " ", ":", "-", "\n", "\\n"]);
    let text = secret.bytes().map(write).collect::<Vec<_>>().join(between);
    Echo { core: text.clone(), text, is_escaped: false }
}

/// Writes only those characters otherwise that have to be.
fn least(text: &str, write: fn(char, u8) -> String) -> String {
    text.chars().map(|it| write(it, 3)).collect()
}

/// Writes each character for itself. What comes with it is a number, for what there are several ways for.
fn each(text: &str, input: &mut Input<'_>, write: fn(char, u8) -> String) -> String {
    // The last byte counts for all that follows, so that short inputs have encodings as well.
    let mut last = input.byte();
    text.chars()
        .map(|it| {
            if !input.is_empty() {
                last = input.byte();
            }
            write(it, last)
        })
        .collect()
}

/// As in a string of JSON, where all but the quote and the backslash may stand as it is.
fn json(it: char, way: u8) -> String {
    let escapes = |lower: bool| -> String {
        let units = it.encode_utf16(&mut [0; 2]).to_vec();
        let escape = |unit: u16| match lower {
            true => format!("\\u{unit:04x}"),
            false => format!("\\u{unit:04X}"),
        };
        units.into_iter().map(escape).collect()
    };
    match (it, way % 4) {
        (_, 0) => escapes(true),
        (_, 1) => escapes(false),
        ('"' | '\\', _) | ('/', 2) => format!("\\{it}"),
        _ => it.to_string(),
    }
}

/// As in a form, where many marks may stand as they are, and a plus is a space.
fn percent(it: char, way: u8) -> String {
    let mut buffer = [0; 4];
    let bytes = it.encode_utf8(&mut buffer).bytes();
    match (it, way % 4) {
        (' ', 2) => "+".to_owned(),
        (_, 0) => bytes.map(|byte| format!("%{byte:02X}")).collect(),
        ('%' | ' ' | '+' | '\\' | '&', _) | (_, 1) => {
            bytes.map(|byte| format!("%{byte:02x}")).collect()
        }
        _ => it.to_string(),
    }
}

/// As in HTML.
fn html(it: char, way: u8) -> String {
    let code = u32::from(it);
    match (it, way % 8) {
        (_, 0) => format!("&#{code};"),
        (_, 1) => format!("&#x{code:x};"),
        (_, 4) => format!("&#{code:020};"),
        ('/', 5) => "&sol;".to_owned(),
        ('+', 5) => "&plus;".to_owned(),
        ('=', 5) => "&equals;".to_owned(),
        ('_', 5) => "&UnderBar;".to_owned(),
        ('\\', 5) => "&bsol;".to_owned(),
        (':', 5) => "&colon;".to_owned(),
        ('&', 5) => "&AMP;".to_owned(),
        ('&', _) => "&amp;".to_owned(),
        ('<', _) => "&lt;".to_owned(),
        ('>', _) => "&gt;".to_owned(),
        ('"', _) => "&quot;".to_owned(),
        ('\'', 2) => "&#39;".to_owned(),
        _ => it.to_string(),
    }
}
