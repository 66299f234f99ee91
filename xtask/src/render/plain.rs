//! Text that a terminal shows and does nothing else with.

/// Makes a text harmless, keeping its lines, and cuts it after so many characters.
pub fn plain(text: &str, limit: usize) -> String {
    cut(text.trim_end().chars().map(|c| if c == '\n' { c } else { harmless(c) }), limit)
}

/// Makes a text harmless and one line, and cuts it after so many characters.
pub fn plain_line(text: &str, limit: usize) -> String {
    let blank = |c: char| if c.is_whitespace() { ' ' } else { harmless(c) };
    cut(text.trim_end().chars().map(blank), limit)
}

/// The character, or one of the same width in its place: columns stay where they are.
///
/// Control characters start terminal escapes; bidirectional controls and invisible characters make
/// a text look like another.
pub(super) fn harmless(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        _ => c,
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
