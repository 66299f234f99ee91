//! Text that a terminal or a log shows and does nothing else with.

use super::{broken_up, is_hidden};

/// Returns the text without hidden characters, in its lines, cut after so many characters.
pub fn plain(text: &str, limit: usize) -> String {
    cut(text.trim_end().chars().map(|c| if c == '\n' { c } else { stand_in(c) }), limit)
}

/// Returns the text without hidden characters, in one line, cut after so many characters.
pub fn plain_line(text: &str, limit: usize) -> String {
    let blank = |c: char| if c.is_whitespace() { ' ' } else { stand_in(c) };
    cut(text.trim_end().chars().map(blank), limit)
}

/// Returns the character, or one that is seen in place of a hidden one: columns stay where they are.
pub fn stand_in(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        c if is_hidden(c) => '\u{fffd}',
        c => c,
    }
}

/// Returns what a command prints, safe for a terminal and for the log of a workflow. Everything passes here at last.
///
/// Of escapes, only those that set a colour are left, and those only if the text is meant to have colours.
pub fn printed(text: &str, colour: bool) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let colours = if colour { colour_at(rest) } else { 0 };
        let length = if colours > 0 { colours } else { c.len_utf8() };
        let (taken, after) = rest.split_at(length);
        match c {
            '\n' => shown.push(c),
            _ if colours > 0 => shown.push_str(taken),
            _ => shown.push(stand_in(c)),
        }
        rest = after;
    }
    broken_up(&shown)
}

/// Returns the length of the escape at the start of the text, if all it does is set a colour, else 0.
fn colour_at(text: &str) -> usize {
    let Some(parameters) = text.strip_prefix("\u{1b}[") else { return 0 };
    let end = parameters.find(|c: char| !c.is_ascii_digit() && c != ';');
    match end.filter(|end| parameters.get(*end..).is_some_and(|it| it.starts_with('m'))) {
        Some(end) => "\u{1b}[".len() + end + 1,
        None => 0,
    }
}

fn cut(chars: impl Iterator<Item = char>, limit: usize) -> String {
    let mut chars = chars.peekable();
    let mut text: String = chars.by_ref().take(limit).collect();
    if chars.peek().is_some() {
        text.push('…');
    }
    text
}
