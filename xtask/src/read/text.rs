//! From text to nodes: YAML, JSON and TOML, each with the library made for it.
//!
//! All three hold a page to the same limits, because a page is what anyone may have written: how long
//! it is, how deep it nests, and how much its aliases may multiply it. All three refuse an object that
//! names a member twice: which of the two the vendor means is not ours to guess.

mod json;
mod toml;
mod yaml;

use std::ops::Range;
use std::sync::Arc;

pub use self::json::parse as json;
pub use self::toml::parse as toml;
pub use self::yaml::parse as yaml;

use crate::finding::{Finding, Kind};
use crate::node::{Key, Node, Object};
use crate::source::{Source, Span};

/// How deep objects and arrays may stand in each other. The deepest of 340 published documents is 34.
const MAX_DEPTH: usize = 100;

/// How long a text may be. The longest of 340 published documents has 2.5 MB.
pub const MAX_BYTES: usize = 64 << 20;

/// Room for the recursion of the parsers, which take tens of kilobytes a level when not optimised.
const STACK: usize = 64 << 20;

/// What the three parsers share: the text to read, where it stands, and what it is written in.
struct Reader<'a> {
    language: &'static str,
    source: &'a Arc<Source>,
    start: usize,
    text: &'a str,
}

impl<'a> Reader<'a> {
    fn new(
        language: &'static str,
        source: &'a Arc<Source>,
        range: Range<usize>,
    ) -> Result<Self, Finding> {
        let span = source.span(range);
        let Range { start, end } = span.range();
        let text = source.text().get(start..end).unwrap_or_default();
        // A byte order mark is no part of what any of the three languages describes.
        let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
        let reader = Self { language, source, start: end - bare.len(), text: bare };
        if text.len() > MAX_BYTES {
            return Err(reader.error(0..0, format!("it has more than {} MB", MAX_BYTES >> 20)));
        }
        Ok(reader)
    }

    /// The place of a range of the text, in the page that the text is from.
    fn span(&self, range: Range<usize>) -> Span {
        self.source.span(self.start + range.start..self.start + range.end)
    }

    /// The place of an object or array: the beginning of its first line, since nobody wants to see
    /// all of it. Some parsers only say where it begins.
    fn head(&self, range: Range<usize>) -> Span {
        // A minified document is one line, and looking for its end from every node would take for ever.
        const LONGEST: usize = 120;
        let rest = self.text.get(range.start..).unwrap_or_default();
        let line: usize =
            rest.chars().take(LONGEST).take_while(|it| *it != '\n').map(char::len_utf8).sum();
        let end = if range.is_empty() { range.start + line } else { range.end };
        self.span(range.start..end.min(range.start + line))
    }

    fn error(&self, range: Range<usize>, message: impl std::fmt::Display) -> Finding {
        let language = self.language;
        Finding::error(Kind::Syntax, format!("this is not valid {language}: {message}"))
            .at(&self.span(range))
    }

    fn too_deep(&self, range: Range<usize>) -> Finding {
        self.error(range, format!("it nests deeper than {MAX_DEPTH} levels"))
    }

    fn twice(&self, range: Range<usize>, name: &str) -> Finding {
        self.error(range, format!("`{name}` stands twice in one object"))
    }

    /// Puts the members of an object together.
    fn object(&self, members: impl IntoIterator<Item = (Key, Node)>) -> Result<Object, Finding> {
        let mut object = Object::new();
        for (key, value) in members {
            if object.contains_key(key.text.as_str()) {
                let Range { start, end } = key.span.range();
                return Err(self.twice(start - self.start..end - self.start, &key.text));
            }
            object.insert(key, value);
        }
        // All pages of an API are held until they are bound, and most objects are small.
        object.shrink_to_fit();
        Ok(object)
    }

    /// Runs a parser where it has room to recurse, whatever thread asks for it.
    fn with_room(
        &self,
        parse: impl FnOnce() -> Result<Node, Finding> + Send,
    ) -> Result<Node, Finding> {
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, parse);
            match thread.map(std::thread::ScopedJoinHandle::join) {
                Ok(Ok(result)) => result,
                Ok(Err(_)) => Err(self.error(0..0, "the parser gave up on it")),
                Err(error) => Err(self.error(0..0, format!("there is no room for it: {error}"))),
            }
        })
    }
}

#[cfg(test)]
mod tests;
