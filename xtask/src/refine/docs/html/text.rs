//! What the writer has to know of the texts that it joins.

use super::tags::{Kind, Piece, kind};

/// The text of pieces, with the few entities that stand for what HTML cannot have in a text.
pub(super) fn plain(pieces: &[Piece]) -> String {
    let text: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Markdown(text) | Piece::Text(text) => text.as_str(),
            Piece::Tag(tag) => match kind(&tag.name) {
                Some(Kind::Break) => "\n",
                Some(_) => "",
                None => &tag.source,
            },
            Piece::Edge => "\n",
            Piece::Place(_) => "",
        })
        .collect();
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.into_iter().fold(text, |text, (entity, it)| text.replace(entity, it))
}

/// Marks that end with a word leave what ends a sentence outside.
pub(super) fn is_after_words(it: char) -> bool {
    it.is_whitespace() || matches!(it, ':' | '.' | ',' | ';' | '!' | '?')
}

/// A line without the marks of the quotes that it starts with.
pub(super) fn unquoted<'t>(mut line: &'t str, quotes: &str) -> &'t str {
    while let Some(rest) = line.strip_prefix(quotes).filter(|_| !quotes.is_empty()) {
        line = rest.trim_start();
    }
    line
}

/// Whether a text can be that of a link.
pub(super) fn is_of_one_paragraph(text: &str) -> bool {
    let is_usual = |it: &str| {
        it.trim_start().starts_with(|it: char| it.is_alphabetic() || "([\"`".contains(it))
    };
    !text.is_empty() && !text.contains("  \n") && text.split('\n').skip(1).all(is_usual)
}

/// Whether what follows is the start of a line, which spaces would make code.
pub(super) fn starts_line(out: &str) -> bool {
    out.is_empty() || out.ends_with('\n')
}

/// Whether the last line has nothing but the marks of the items that it begins.
pub(super) fn starts_block(out: &str) -> bool {
    let mut chars = out.chars().rev().take(40);
    if chars.next() != Some(' ') {
        return false;
    }
    let line: String = chars.take_while(|it| *it != '\n').collect();
    let is_marker = |it: &str| {
        matches!(it, "-" | "*" | "+" | ">")
            // The line is read from its end.
            || it.strip_prefix(['.', ')']).is_some_and(|it| {
                !it.is_empty() && it.chars().all(|it| it.is_ascii_digit())
            })
    };
    line.len() < 38
        && line.split_whitespace().next().is_some_and(|it| it != ">")
        && line.split_whitespace().all(is_marker)
}

pub(super) fn trim_end(out: &mut String) {
    out.truncate(out.trim_end().len());
}
