//! The first sentence of Markdown, for where there is one line for it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markdown;

/// What ends with a dot and ends no sentence.
const ABBREVIATIONS: &[&str] = &["e.g", "i.e", "etc", "vs", "approx", "incl", "no", "cf", "resp"];

/// The first sentence of the first paragraph that stands by itself, in one line.
pub fn first_sentence(markdown: &str) -> String {
    let Range { start, end } = sentence(markdown).unwrap_or_default();
    let sentence = markdown.get(start..end).unwrap_or_default();
    sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where it is. Inside of code, of a link or of what is emphasised no sentence ends.
fn sentence(markdown: &str) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    let mut paragraph: Option<Range<usize>> = None;
    for (event, range) in markdown::parser(markdown).into_offset_iter() {
        match (event, &paragraph) {
            (Event::Start(Tag::Paragraph), None) if depth == 0 => paragraph = Some(range),
            (Event::End(TagEnd::Paragraph), Some(_)) => return paragraph,
            // What is before a break that is meant is often a heading.
            (Event::HardBreak, Some(it)) => return Some(it.start..range.start),
            (Event::Text(_), Some(it)) if depth == 0 => {
                if let Some(end) = sentence_end(
                    markdown.get(it.start..it.end)?,
                    range.start - it.start..range.end - it.start,
                ) {
                    return Some(it.start..it.start + end);
                }
            }
            (Event::Start(_), _) => depth += 1,
            (Event::End(_), _) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Where in a paragraph the first sentence ends, if it does in this range of it.
fn sentence_end(paragraph: &str, range: Range<usize>) -> Option<usize> {
    let text = paragraph.get(range.clone())?;
    text.match_indices(['.', '!', '?']).find_map(|(at, mark)| {
        let (before, after) = paragraph.split_at_checked(range.start + at)?;
        let next = after.get(1..)?;
        let ends = next.starts_with(char::is_whitespace)
            && begins(next.trim_start())
            && !(mark == "." && is_abbreviated(before))
            && !is_in_brackets(before);
        ends.then_some(range.start + at + 1)
    })
}

/// Whether a bracket is open where this ends.
fn is_in_brackets(before: &str) -> bool {
    before.matches('(').count() > before.matches(')').count()
}

/// Whether a sentence can begin like this.
fn begins(next: &str) -> bool {
    !next.starts_with(|it: char| it.is_lowercase() || matches!(it, ',' | ';'))
}

/// Whether the dot after this belongs to a word: one that is known to, or a letter.
fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit([' ', '(']).next().unwrap_or_default().to_lowercase();
    word.chars().count() == 1 && !word.starts_with(|it: char| it.is_ascii_digit())
        || ABBREVIATIONS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn a_sentence_ends_where_the_next_begins() {
        assert_eq!(first_sentence("Lists teams.\nEach of\nthem."), "Lists teams.");
        assert_eq!(
            first_sentence("Lists\nteams, e.g. Yours, v1.2 or a. B and so\non"),
            "Lists teams, e.g. Yours, v1.2 or a. B and so on"
        );
        assert_eq!(first_sentence("Lists. now. Then"), "Lists. now.");
        assert_eq!(first_sentence("Is it? Yes."), "Is it?");
    }

    #[test]
    fn what_is_marked_stays_whole() {
        assert_eq!(
            first_sentence("See `a. B` (or. Not) [c. D](https://x.y). E."),
            "See `a. B` (or. Not) [c. D](https://x.y)."
        );
        assert_eq!(first_sentence("**A. B** cd. E."), "**A. B** cd.");
        assert_eq!(first_sentence("a \\* bc. D"), "a \\* bc.");
        assert_eq!(first_sentence("a ``b` c. D`` ef. G"), "a ``b` c. D`` ef.");
    }

    #[test]
    fn the_first_text_is_taken() {
        assert_eq!(first_sentence("* a\n* b\n\n```text\nx\n\ny\n```\n\nText"), "Text");
        assert_eq!(first_sentence("Title\\\nText. More"), "Title");
        assert_eq!(first_sentence("* a"), "");
        assert_eq!(first_sentence("2 teams"), "2 teams");
    }
}
