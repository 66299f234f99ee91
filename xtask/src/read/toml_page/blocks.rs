//! The blocks of a page: `[endpoint]` … `[/endpoint]`, a line each, TOML between them.

use std::ops::Range;
use std::sync::Arc;

use crate::finding::{Finding, Kind};
use crate::source::Source;

/// A block with TOML in it.
#[derive(Debug)]
pub(super) struct TomlBlock {
    pub(super) kind: TomlKind,
    /// From the opening line to the closing one.
    pub(super) range: Range<usize>,
    /// What stands between them.
    pub(super) toml: Range<usize>,
}

/// What a block describes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TomlKind {
    Endpoint,
    Responses,
}

impl TomlKind {
    fn opened_by(line: &str) -> Option<Self> {
        match line {
            "[endpoint]" => Some(Self::Endpoint),
            "[responses]" => Some(Self::Responses),
            _ => None,
        }
    }

    fn closing(self) -> &'static str {
        match self {
            Self::Endpoint => "[/endpoint]",
            Self::Responses => "[/responses]",
        }
    }
}

/// Whether a text has an endpoint.
pub(in crate::read) fn has_blocks(text: &str) -> bool {
    openings(text).any(|(kind, ..)| kind == TomlKind::Endpoint)
}

/// Finds the blocks of a page.
pub(super) fn find(page: &Arc<Source>) -> Result<Vec<TomlBlock>, Finding> {
    let blocks = openings(page.text()).map(|(kind, line, body, end)| match end {
        Some((closing, end)) => Ok(TomlBlock { kind, range: line.start..end, toml: body..closing }),
        None => {
            let closing = kind.closing();
            let what = format!("the block that begins here is never closed with `{closing}`");
            Err(Finding::error(Kind::CutOff, what)
                .at(&page.span(line))
                .why("What belongs to the block and what is prose cannot be told apart."))
        }
    });
    blocks.collect()
}

/// The blocks: kind, opening line, where the body begins, where the closing line begins and ends.
type Opening = (TomlKind, Range<usize>, usize, Option<(usize, usize)>);

fn openings(text: &str) -> impl Iterator<Item = Opening> {
    let mut lines = lines(text);
    let mut fence: Option<(char, usize)> = None;
    std::iter::from_fn(move || {
        while let Some((range, line)) = lines.next() {
            match (fence, fence_mark(line)) {
                (None, Some(opened)) => fence = Some(opened),
                (Some((mark, len)), Some((other, count))) if mark == other && count >= len => {
                    let bare = line.trim().chars().all(|c| c == mark);
                    fence = fence.filter(|_| !bare);
                }
                _ => {}
            }
            let Some(kind) = TomlKind::opened_by(line.trim()).filter(|_| fence.is_none()) else {
                continue;
            };
            let body = range.end;
            let line = range.start..range.start + line.trim_end().len();
            // Nothing inside of a block is Markdown, so no fence in it hides its end. An endpoint
            // that begins inside of another block shows that the end is missing.
            let end = lines.find(|(_, it)| {
                it.trim() == kind.closing() || TomlKind::opened_by(it.trim()).is_some()
            });
            let end = end.filter(|(_, it)| it.trim() == kind.closing());
            return Some((kind, line, body, end.map(|(it, _)| (it.start, it.end))));
        }
        None
    })
}

/// The lines of a text, with their places.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        (range, line)
    })
}

/// Whether a line opens or closes fenced code: the character, and how many of it.
fn fence_mark(line: &str) -> Option<(char, usize)> {
    let inner = line.trim_start_matches(' ');
    let mark = inner.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let count = inner.chars().take_while(|&c| c == mark).count();
    (count >= 3 && line.len() - inner.len() < 4).then_some((mark, count))
}

/// The text with blanks for the blocks, so that Markdown sees the prose alone and at its place.
pub(super) fn mask(text: &str, blocks: &[TomlBlock]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for block in blocks {
        masked.push_str(text.get(at..block.range.start).unwrap_or_default());
        let hidden = text.get(block.range.clone()).unwrap_or_default();
        masked.extend(hidden.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        at = block.range.end;
    }
    masked.push_str(text.get(at..).unwrap_or_default());
    masked
}

/// Prose without the marks of the vendor's docs platform: lines such as `[info]`, and line breaks in
/// HTML, which stand alone between paragraphs.
pub(super) fn without_marks(prose: &str) -> String {
    let is_mark = |line: &str| {
        let inner = line.trim().strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        inner.is_some_and(|name| {
            let name = name.strip_prefix('/').unwrap_or(name);
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        }) || matches!(line.trim(), "<br>" | "<br/>" | "<br />" | "</br>")
    };
    let lines: Vec<&str> = prose.lines().filter(|line| !is_mark(line)).map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<Vec<String>, String> {
        let page = Source::new("page", text);
        let blocks = find(&page).map_err(|finding| finding.to_string())?;
        Ok(blocks
            .iter()
            .map(|block| format!("{:?} {}", block.kind, &text[block.toml.clone()]))
            .collect())
    }

    #[test]
    fn blocks_in_code_are_no_blocks() {
        let text = "````\n[endpoint]\n```\n[endpoint]\n````\n[endpoint]\na = '''\n```\n'''\n[/endpoint]\r\n[responses]\n[/responses]";
        assert_eq!(found(text).unwrap(), ["Endpoint a = '''\n```\n'''\n", "Responses "]);
    }

    #[test]
    fn a_block_without_an_end_is_an_error() {
        let expected =
            "error[cut-off] page:2: the block that begins here is never closed with `[/endpoint]`";
        assert_eq!(found("\n[endpoint]\na = 1\n"), Err(expected.to_owned()));
        assert_eq!(
            found("\n[endpoint]\na = 1\n[responses]\n[/responses]\n"),
            Err(expected.to_owned())
        );
    }

    #[test]
    fn prose_keeps_its_place_and_loses_its_marks() {
        let text = "é\n[endpoint]\né\n[/endpoint]\nb";
        let blocks = find(&Source::new("page", text)).unwrap();
        let masked = mask(text, &blocks);
        assert_eq!((masked.len(), masked.find('b')), (text.len(), text.find('b')));
        assert_eq!(
            without_marks("[info]\nNot [this](x).\n<br>\n[/info]\n[a] b"),
            "Not [this](x).\n[a] b"
        );
    }
}
