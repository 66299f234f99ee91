//! A surface as text: a header, and a line for each item, in the order of their paths.
//!
//! ```text
//! # bindery-basic 0.1.0
//! types::Invite #[non_exhaustive] struct {}
//! types::Invite impl Clone
//! types::Invite::role field: types::Role
//! ```

use std::fmt;
use std::sync::Arc;

use semver::Version;

use super::{Item, Surface};
use crate::finding::{self, Finding, Findings};
use crate::source::Source;

/// Deeper than any type; signatures are read by recursion.
const MAX_DEPTH: usize = 64;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A feature of the package.
    Feature,
    /// A module.
    Module,
    /// A name of this crate, or of another one, under another path.
    Use,
    /// A struct.
    Struct,
    /// An enum.
    Enum,
    /// A union.
    Union,
    /// A trait, with all that it demands.
    Trait,
    /// A type alias.
    Alias,
    /// A trait that a type implements.
    Impl,
    /// A macro's call, about a type, of which nothing is known but its text.
    Call,
    /// The order of variants or fields, where programs can see it.
    Order,
    /// A field.
    Field,
    /// A variant.
    Variant,
    /// A constant.
    Const,
    /// A static.
    Static,
    /// A function or a method.
    Fn,
    /// A macro.
    Macro,
}

/// How the text of an item begins, behind its attributes. A function has words of its own before `fn`.
const BEGINNINGS: &[(&str, Kind)] = &[
    ("feature", Kind::Feature),
    ("mod", Kind::Module),
    ("use ", Kind::Use),
    ("struct", Kind::Struct),
    ("enum", Kind::Enum),
    ("union", Kind::Union),
    ("trait", Kind::Trait),
    ("type", Kind::Alias),
    ("impl", Kind::Impl),
    ("call ", Kind::Call),
    ("order ", Kind::Order),
    ("field:", Kind::Field),
    ("variant", Kind::Variant),
    ("const:", Kind::Const),
    ("static:", Kind::Static),
    ("macro ", Kind::Macro),
];

impl Kind {
    /// What an item with that text is.
    pub fn of(text: &str) -> Option<Self> {
        let body = split_attributes(text).1;
        let known = BEGINNINGS.iter().find(|(beginning, _)| body.starts_with(beginning));
        let qualifiers = ["const ", "async ", "unsafe ", "extern "];
        let function = || qualifiers.iter().any(|it| body.starts_with(it)) && body.contains("fn");
        known
            .map(|(_, kind)| *kind)
            .or_else(|| (body.starts_with("fn") || function()).then_some(Self::Fn))
    }

    /// Whether it has the name of a type or of a module.
    pub fn is_type(self) -> bool {
        matches!(
            self,
            Self::Module
                | Self::Use
                | Self::Struct
                | Self::Enum
                | Self::Union
                | Self::Trait
                | Self::Alias
        )
    }

    /// How people call it, with its article.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Feature => "a feature",
            Self::Module => "a module",
            Self::Use => "a re-export",
            Self::Struct => "a struct",
            Self::Enum => "an enum",
            Self::Union => "a union",
            Self::Trait => "a trait",
            Self::Alias => "a type alias",
            Self::Impl => "an implementation",
            Self::Call => "a macro's call",
            Self::Order => "an order",
            Self::Field => "a field",
            Self::Variant => "a variant",
            Self::Const => "a constant",
            Self::Static => "a static",
            Self::Fn => "a function",
            Self::Macro => "a macro",
        }
    }
}

impl Item {
    /// An item of that text, if it is one.
    pub(super) fn new(path: impl Into<String>, text: impl Into<String>) -> Option<Self> {
        let (path, text) = (path.into(), text.into());
        let kind = Kind::of(&text)?;
        Some(Self { path, kind, text })
    }
}

impl Surface {
    /// Reads a surface back. `None` when a finding says what is wrong with the text.
    pub fn parse(source: &Arc<Source>, findings: &mut Findings) -> Option<Self> {
        let text = source.text();
        let mut lines = text.lines();
        let header = lines.next().and_then(header);
        let Some((package, version, content)) = header else {
            findings.push(broken(source, 0..0, "the first line is not `# <package> <version>`"));
            return None;
        };
        let mut surface = Self { package, version, content, items: Default::default() };
        let start = text.as_ptr() as usize;
        let mut sound = true;
        for line in lines {
            let item = line.split_once(' ').and_then(|(path, text)| Item::new(path, text));
            let item = item.filter(|item| !item.path.is_empty() && depth(&item.text) <= MAX_DEPTH);
            sound &= item.is_some();
            if item.is_none() {
                let at = line.as_ptr() as usize - start;
                findings.push(broken(source, at..at + line.len(), "the line names no item"));
            }
            surface.items.extend(item);
        }
        sound.then_some(surface)
    }
}

/// `# bindery-basic 0.1.0`, with or without `content 0123456789abcdef` behind it.
fn header(line: &str) -> Option<(String, Version, Option<u64>)> {
    let words: Vec<_> = line.strip_prefix("# ")?.split(' ').collect();
    let (package, version, content) = match words[..] {
        [package, version] => (package, version, None),
        [package, version, "content", digest] if digest.len() == 16 => {
            (package, version, Some(u64::from_str_radix(digest, 16).ok()?))
        }
        _ => return None,
    };
    Some((package.to_owned(), Version::parse(version).ok()?, content))
}

/// How deep a reader of types would have to go: brackets in brackets, references to references, functions
/// that give functions.
fn depth(text: &str) -> usize {
    let (mut deepest, mut brackets, mut references, mut arrows) = (0, 0_usize, 0, 0);
    let mut last = ' ';
    for it in text.chars() {
        match it {
            '(' | '[' | '{' | '<' => brackets += 1,
            '>' if last == '-' => arrows += 1,
            ')' | ']' | '}' | '>' => brackets = brackets.saturating_sub(1),
            '&' | '*' => references += 1,
            ',' => references = 0,
            _ => {}
        }
        last = it;
        deepest = deepest.max(brackets).max(references).max(arrows);
    }
    deepest
}

fn broken(source: &Arc<Source>, at: std::ops::Range<usize>, what: &str) -> Finding {
    Finding::error(finding::Kind::SurfaceBroken, format!("this is no record of a surface: {what}"))
        .at(&source.span(at))
}

/// The attributes before an item, and what comes behind them.
pub(super) fn split_attributes(text: &str) -> (Vec<&str>, &str) {
    let (mut attributes, mut rest) = (Vec::new(), text);
    while rest.starts_with("#[") {
        let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
        let end = rest.char_indices().find(|(_, it)| {
            match it {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                '[' if !quoted => depth += 1,
                ']' if !quoted => depth -= 1,
                _ => {}
            }
            *it == ']' && depth == 0 && !quoted
        });
        let Some((end, _)) = end else { break };
        let (attribute, behind) = rest.split_at(end + 1);
        attributes.push(attribute);
        rest = behind.trim_start();
    }
    (attributes, rest)
}

impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "# {} {}", self.package, self.version)?;
        if let Some(content) = self.content {
            write!(f, " content {content:016x}")?;
        }
        writeln!(f)?;
        self.items.iter().try_for_each(|item| writeln!(f, "{} {}", item.path, item.text))
    }
}

#[cfg(test)]
mod tests;
