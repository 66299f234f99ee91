//! The lines around a place, cut to the width of the output.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::sanitize::{plain_line, stand_in};
use crate::source::Span;

/// Characters of a line that are shown; with line numbers and a frame it fills the width.
const MAX_LINE: usize = 88;
/// Characters shown before the place, if the line must be cut there.
const LEAD: usize = 30;

/// The first line of a place with the line before and after it, made harmless.
#[derive(Debug)]
pub(super) struct Snippet {
    name: String,
    text: String,
    /// Where the place is in `text`.
    mark: Range<usize>,
    /// Lines and column as counted by miette, from 0.
    first_line: usize,
    line: usize,
    column: usize,
}

impl Snippet {
    pub(super) fn new(span: &Span) -> Self {
        let whole = span.source().text();
        let Range { start, end } = span.range();
        let start = floor(whole, start);
        let until = whole.get(..start).unwrap_or_default();
        let line_start = until.rfind('\n').map_or(0, |at| at + 1);
        let (above, rest) = whole.split_at_checked(line_start).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        // A place that ends on a later line is marked to the end of its first.
        let mark = start - line_start..floor(whole, end).max(start) - line_start;
        let (shown, mark) = window(line, mark);
        let before = above.lines().next_back();
        let after = rest.lines().nth(1);

        let mut text = String::new();
        if let Some(before) = before {
            text = format!("{}\n", context(before));
        }
        let mark = text.len() + mark.start..text.len() + mark.end;
        text.push_str(&shown);
        text.push('\n');
        if let Some(after) = after {
            text.push_str(&context(after));
            text.push('\n');
        }
        let line = span.line().saturating_sub(1);
        Self {
            name: plain_line(span.source().path().as_str(), 200),
            text,
            mark,
            first_line: line - usize::from(before.is_some()).min(line),
            line,
            column: span.column().saturating_sub(1),
        }
    }

    pub(super) fn mark(&self) -> Range<usize> {
        self.mark.clone()
    }
}

impl SourceCode for Snippet {
    /// The whole snippet as context; without context only the place, for its line and column.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = before + after > 0;
        let (range, line, column) = match whole {
            true => (0..self.text.len(), self.first_line, 0),
            false => (span.offset()..span.offset() + span.len(), self.line, self.column),
        };
        let data = self.text.as_bytes().get(range.clone()).ok_or(MietteError::OutOfBounds)?;
        let lines = self.text.lines().count();
        let name = self.name.clone();
        let contents = MietteSpanContents::new_named(name, data, range.into(), line, column, lines);
        Ok(Box::new(contents))
    }
}

/// The part of a line around the mark, and where the mark is in it.
fn window(line: &str, mark: Range<usize>) -> (String, Range<usize>) {
    let (lead, rest) = line.split_at_checked(mark.start).unwrap_or((line, ""));
    let (marked, behind) = rest.split_at_checked(mark.len()).unwrap_or((rest, ""));
    let short = line.chars().nth(MAX_LINE).is_none();
    let most = if short { usize::MAX } else { LEAD };
    let mut before: Vec<char> = lead.chars().rev().take(most).map(stand_in).collect();
    before.reverse();
    let mut shown = String::new();
    if before.len() < lead.chars().count() {
        shown.push('…');
    }
    let room = MAX_LINE.saturating_sub(before.len());
    shown.extend(before);
    let mark_start = shown.len();
    shown.extend(marked.chars().take(room).map(stand_in));
    let mark_end = shown.len();
    let left = room.saturating_sub(marked.chars().take(room).count());
    shown.extend(behind.chars().take(left).map(stand_in));
    if rest.chars().nth(room).is_some() {
        shown.push('…');
    }
    (shown, mark_start..mark_end)
}

fn context(line: &str) -> String {
    window(line, 0..0).0
}

/// The start of the character that the byte belongs to.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
