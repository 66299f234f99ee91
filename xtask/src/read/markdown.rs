//! A Markdown page as the blocks that it is made of: headings, prose, code.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// A block at the top level of a page, or a piece of code at any level.
#[derive(Debug)]
pub(super) struct Block {
    /// What it is.
    pub(super) kind: BlockKind,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
}

/// What a block can be.
#[derive(Debug, PartialEq)]
pub(super) enum BlockKind {
    /// A heading: its level and text.
    Heading(u8, String),
    /// A block quote.
    Quote,
    /// A paragraph, a list or a table.
    Prose,
    /// Code in a fence: the info string, where the code is, and whether the fence is closed.
    Fence { info: String, code: Range<usize>, closed: bool },
    /// HTML, indented code, a rule.
    Other,
}

/// Splits a text. The blocks stand in the order of the page.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    // A byte order mark would keep a heading on the first line from being one. Blanks of the same
    // length do not.
    let bare = text.strip_prefix('\u{feff}').map(|rest| format!("   {rest}"));
    let text = bare.as_deref().unwrap_or(text);
    let mut blocks: Vec<Block> = Vec::new();
    let mut depth = 0_usize;
    let mut in_fence = false;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                let fence = matches!(tag, Tag::CodeBlock(CodeBlockKind::Fenced(_)));
                if depth == 0 || fence {
                    let kind = kind(tag, text, &range);
                    blocks.push(Block { kind, range });
                    in_fence = fence;
                }
                depth += 1;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                in_fence = false;
            }
            Event::Text(inner) | Event::Code(inner) => match blocks.last_mut() {
                Some(Block { kind: BlockKind::Fence { code, .. }, .. }) if in_fence => {
                    code.start = if code.start == code.end { range.start } else { code.start };
                    code.end = range.end;
                }
                Some(Block { kind: BlockKind::Heading(_, title), .. }) if depth > 0 => {
                    title.push_str(&inner);
                }
                _ => {}
            },
            Event::Rule | Event::Html(_) if depth == 0 => {
                blocks.push(Block { kind: BlockKind::Other, range });
            }
            _ => {}
        }
    }
    blocks
}

fn kind(tag: Tag<'_>, text: &str, range: &Range<usize>) -> BlockKind {
    match tag {
        Tag::Heading { level, .. } => BlockKind::Heading(level as u8, String::new()),
        Tag::BlockQuote(_) => BlockKind::Quote,
        Tag::Paragraph | Tag::List(_) | Tag::Table(_) => BlockKind::Prose,
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            let closed = is_closed(text.get(range.clone()).unwrap_or_default());
            // Without code, the place where it would stand: the end of the first line.
            let line = text.get(range.clone()).and_then(|block| block.find('\n'));
            let at = line.map_or(range.end, |line| range.start + line + 1).min(range.end);
            BlockKind::Fence { info: info.into_string(), code: at..at, closed }
        }
        _ => BlockKind::Other,
    }
}

/// Whether the last line of a fenced block is its closing fence. A fence that is never closed runs to
/// the end of the page, and so does one of a page that was cut off.
fn is_closed(block: &str) -> bool {
    let mark = block.trim_start().chars().next().unwrap_or('`');
    let opening = block.trim_start().chars().take_while(|&c| c == mark).count();
    let last = block.lines().skip(1).last().unwrap_or_default();
    let last = last.trim().trim_start_matches(['>', ' ']);
    last.len() >= opening && last.chars().all(|c| c == mark)
}

/// The text of a block quote without its marks.
pub(super) fn unquote(quote: &str) -> String {
    let lines = quote.lines().map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix('>').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line).trim_end()
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_split_into_blocks() {
        let text = "# A `b` c\n\n> quoted\n> text\n\nprose\nmore\n\n````yaml post /x\na: 1\n\n```\nb\n````\n\n```\ncut off";
        let blocks = blocks(text);
        let kinds: Vec<_> = blocks.iter().map(|block| &block.kind).collect();
        assert_eq!(*kinds[0], BlockKind::Heading(1, "A b c".into()));
        assert_eq!((kinds[1], kinds[2]), (&BlockKind::Quote, &BlockKind::Prose));
        assert_eq!(unquote(&text[blocks[1].range.clone()]), "quoted\ntext");
        let BlockKind::Fence { info, code, closed: true } = kinds[3] else { panic!("{kinds:?}") };
        assert_eq!((info.as_str(), &text[code.clone()]), ("yaml post /x", "a: 1\n\n```\nb\n"));
        assert!(matches!(kinds[4], BlockKind::Fence { closed: false, .. }));
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let blocks = blocks("\u{feff}# A\n");
        assert_eq!(
            (&blocks[0].kind, blocks[0].range.start),
            (&BlockKind::Heading(1, "A".into()), 3)
        );
    }

    #[test]
    fn an_empty_fence_has_a_place() {
        let blocks = blocks("````yaml get /\n````");
        let BlockKind::Fence { code, closed: true, .. } = &blocks[0].kind else {
            panic!("{blocks:?}")
        };
        assert_eq!(*code, 15..15);
    }
}
