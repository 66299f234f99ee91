//! Texts that Bindery reads, and places in them.
//!
//! Every node of a bound document carries a [`Span`], so that a finding made ten steps later still
//! shows the line of the vendor's page that it is about.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

/// One text under `specs/`: a vendor's page, or the `api.toml` beside it.
#[derive(Debug)]
pub struct Source {
    path: Utf8PathBuf,
    text: String,
    /// Byte offset at which each line starts.
    lines: Vec<usize>,
}

impl Source {
    /// Takes a text and the path to show for it, relative to the workspace, with forward slashes.
    pub fn new(path: impl Into<Utf8PathBuf>, text: impl Into<String>) -> Arc<Self> {
        let text = text.into();
        let lines =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Arc::new(Self { path: path.into(), text, lines })
    }

    /// The path that findings show.
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A place in this text. Ranges past the end are cut to it.
    pub fn span(self: &Arc<Self>, range: Range<usize>) -> Span {
        let end = range.end.min(self.text.len());
        Span { source: Arc::clone(self), start: range.start.min(end), end }
    }

    /// The place that is the first line, for what concerns the text as a whole.
    pub fn start(self: &Arc<Self>) -> Span {
        let end = self.text.find('\n').unwrap_or(self.text.len());
        self.span(0..end)
    }
}

/// A place in a [`Source`].
#[derive(Clone)]
pub struct Span {
    source: Arc<Source>,
    start: usize,
    end: usize,
}

impl Span {
    /// The text that the place is in.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The bytes of the text that the place covers.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Line, counted from 1.
    pub fn line(&self) -> usize {
        self.source.lines.partition_point(|&start| start <= self.start)
    }

    /// Column in characters, counted from 1.
    pub fn column(&self) -> usize {
        let start = self.source.lines.get(self.line().saturating_sub(1)).copied().unwrap_or(0);
        self.source.text.get(start..self.start).map_or(1, |before| before.chars().count() + 1)
    }
}

/// `specs/basic/create-team-invite.md:12`
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source.path, self.line())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}:{}", self.column())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_knows_its_line_and_column() {
        let source = Source::new("specs/a/page.md", "ab\ncdé f\n");
        let span = source.span(8..9);
        assert_eq!(format!("{span:?}"), "specs/a/page.md:2:5");
        assert_eq!(source.span(0..1).line(), 1);
        assert_eq!(source.span(900..901).line(), 3);
    }
}
