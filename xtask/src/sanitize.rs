//! The one door through which text of pages, of `api.toml` and of paths goes into files, terminals and logs.
//!
//! Such text is not ours. A character that is hidden can make a reader see another text than the one that is there,
//! or make a terminal do something. So no hidden character leaves Bindery as itself. Hidden are, see [`is_hidden`]:
//!
//! - the control characters C0 and C1, but for the line end and, in prose, the tab,
//! - the embeddings, overrides, isolates and marks of the bidirectional algorithm (UAX #9),
//! - whatever else has the property `Default_Ignorable_Code_Point` (UAX #44): characters without width, fillers,
//!   variation selectors, tags (U+E0000 to U+E0FFF), and the byte order mark,
//! - line and paragraph separators, and the characters of interlinear annotations.
//!
//! What becomes of one depends on where the text goes:
//!
//! | destination | what becomes of a hidden character | function |
//! | --- | --- | --- |
//! | prose: documentation, README, manifest, changelog | it is removed | [`visible`], [`line()`] |
//! | string literals of Rust, JSON | it is escaped, since the meaning must stay | [`file()`], [`json`] |
//! | terminal, log, report | another character of the same width stands for it | [`plain`], [`plain_line`] |
//!
//! At the end of each way stands a function that everything passes, whatever was done before: [`file()`] for what is
//! generated, [`printed`] for what a command prints, where commands of continuous integration are broken up as well.

mod command;
mod file;
mod terminal;

pub use command::broken_up;
pub use file::{file, json};
pub use terminal::{plain, plain_line, printed, stand_in};

/// Returns the text without hidden characters. Lines stay; every way to end one becomes `\n`.
pub fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|it| matches!(it, '\n' | '\t') || !is_hidden(*it)).collect()
}

/// Returns the text without hidden characters and in one line, with single blanks between words.
pub fn line(text: &str) -> String {
    // Whatever ends a line parts words, also where it is hidden.
    let words = text.split(|it: char| it.is_whitespace()).map(visible);
    words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a character is not seen, or makes others be seen where they are not.
pub fn is_hidden(it: char) -> bool {
    it.is_control()
        || matches!(it, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
        || is_ignorable(it)
}

/// Whether a character has the property `Default_Ignorable_Code_Point`.
fn is_ignorable(it: char) -> bool {
    matches!(it,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests;
