//! Text of pages in the formats of reports, where it must mean nothing but itself.

use crate::prose;
use crate::sanitize::{broken_up, plain, plain_line};

/// Text for a page in HTML: between tags, and in attributes that stand in quotes. It keeps its lines.
pub(super) fn html(text: &str) -> String {
    let text = plain(text, usize::MAX);
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Two of them and a bracket are a command to the log of a workflow.
            '#' if escaped.ends_with('#') => escaped.push_str("&#35;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A text as code in Markdown, in one line, also within a table.
///
/// A pipe would end the cell. One behind a backslash cannot be written in a way that all readers of
/// Markdown agree on, so it is broken there.
pub(super) fn code(text: &str, limit: usize) -> String {
    prose::code(&plain_line(text, limit)).replace(r"\|", r"\¦").replace('|', r"\|")
}

/// A sentence in Markdown, in one line, also within a table.
///
/// GitHub makes links of much that is no Markdown: names, numbers of issues, commits, addresses. It does so
/// after it has resolved escapes, but never in code. So words are words, and whatever else is code: what is
/// quoted with backticks already, and what has any character that is not a letter.
pub(super) fn sentence(text: &str, limit: usize) -> String {
    let text = plain_line(text, limit);
    let quotes = text.matches('`').count().is_multiple_of(2);
    let parts: Vec<&str> = if quotes { text.split('`').collect() } else { vec![&text] };
    let mut line = Line::default();
    for (index, part) in parts.into_iter().enumerate() {
        if index % 2 == 1 {
            line.code(part);
            continue;
        }
        for (index, word) in part.split(' ').enumerate() {
            if index > 0 {
                line.blank();
            }
            if is_word(word) {
                line.word(word);
            } else {
                line.code(word);
            }
        }
    }
    line.end()
}

/// A sentence that is being written.
#[derive(Default)]
struct Line {
    text: String,
    open: Option<String>,
    blank: bool,
}

impl Line {
    fn blank(&mut self) {
        self.blank = true;
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let blank = self.blank;
        self.close();
        if blank && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    /// Two pieces of code need a blank between them; without one they are one.
    fn code(&mut self, code: &str) {
        if let (Some(open), false) = (&mut self.open, self.blank) {
            open.push_str(code);
            return;
        }
        let blank = self.blank;
        self.close();
        if blank && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.open = Some(code.to_owned());
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.text.push_str(&code(&open, usize::MAX));
        }
        self.blank = false;
    }

    fn end(mut self) -> String {
        self.close();
        self.text
    }
}

/// Whether nobody makes anything of it but a word, with the punctuation of a sentence, or a small number.
fn is_word(text: &str) -> bool {
    let number = text.strip_suffix(',').unwrap_or(text);
    if !number.is_empty() && number.len() < 5 && number.bytes().all(|it| it.is_ascii_digit()) {
        return true;
    }
    let core = text.trim_start_matches(['(', '"']);
    let core = core.trim_end_matches([',', '.', ';', ':', ')', '"', '?']);
    core.is_empty() || core.split(['-', '\'']).all(is_letters)
}

/// Letters, and no run of them that is the hash of a commit or the start of the number of an advisory or issue,
/// such as `GHSA-…`.
fn is_letters(text: &str) -> bool {
    let letters = text.chars().all(|c| c.is_ascii_alphabetic() || !c.is_ascii());
    let hash = |run: &str| run.len() >= 7 && run.bytes().all(|it| it.is_ascii_hexdigit());
    let shouted = |run: &str| run.len() > 1 && run.bytes().all(|it| it.is_ascii_uppercase());
    let mut runs = text.split(|c: char| !c.is_ascii());
    !text.is_empty() && letters && runs.all(|run| !hash(run) && (!shouted(run) || is_known(run)))
}

/// Words in capitals that people write for people.
fn is_known(text: &str) -> bool {
    ["API", "HTTP", "JSON", "URL", "UUID"].contains(&text)
}

/// The message of a workflow command.
pub(super) fn command_data(text: &str, limit: usize) -> String {
    broken_up(&plain_line(text, limit))
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a workflow command.
pub(super) fn command_property(text: &str, limit: usize) -> String {
    command_data(text, limit).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests;
