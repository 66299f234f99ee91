//! HTML in the texts of a page, as Markdown.
//!
//! Many vendors write `<p>`, `<code>` and `<a href>` where Markdown is asked for. What has a form in
//! Markdown gets it, other elements leave their text behind, and what only looks like a tag, such as
//! `<team>`, is text. Nothing here makes a text safe: what comes out is read like any other Markdown.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use crate::prose;

/// Elements of HTML that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "ol",
    "p",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
];

/// Elements of HTML that are shown as the text around them, and `br` and `img`, which are dealt with later.
const INLINE: &[&str] = &[
    "abbr", "big", "br", "caption", "cite", "col", "colgroup", "del", "font", "img", "ins", "kbd",
    "label", "mark", "nobr", "q", "s", "samp", "small", "span", "sub", "sup", "tfoot", "tt", "u",
    "var", "wbr",
];

/// Elements of HTML whose content is for no reader.
const UNSEEN: &[&str] =
    &["head", "iframe", "noscript", "object", "script", "style", "svg", "template", "title"];

/// A piece of a text.
#[derive(Debug)]
enum Piece<'a> {
    Text(&'a str),
    /// Text between the tags of a block of HTML, where Markdown means nothing and indenting does neither.
    Between(&'a str),
    Tag(Tag<'a>),
}

#[derive(Debug)]
struct Tag<'a> {
    source: &'a str,
    name: String,
    is_end: bool,
    /// Whether it stands in a block of HTML, and not in a line of Markdown.
    in_block: bool,
}

/// The text with its HTML as Markdown.
pub(super) fn to_markdown(text: &str, options: Options) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    for (event, Range { start, end }) in Parser::new_ext(text, options).into_offset_iter() {
        let in_block = matches!(event, Event::Html(_));
        if !(in_block || matches!(event, Event::InlineHtml(_))) || start < at {
            continue;
        }
        pieces.extend(text.get(at..start).map(Piece::Text));
        split(text.get(start..end).unwrap_or_default(), in_block, &mut pieces);
        at = end;
    }
    pieces.extend(text.get(at..).map(Piece::Text));
    let mut out = String::with_capacity(text.len());
    write(&pieces, &mut out);
    Cow::Owned(out)
}

/// Takes HTML apart into tags and the text between them.
fn split<'a>(html: &'a str, in_block: bool, pieces: &mut Vec<Piece<'a>>) {
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        let Some(length) = tag_length(from) else { break };
        let (source, after) = from.split_at(length);
        pieces.push(Piece::Between(before));
        let inner = source.trim_start_matches('<').trim_start_matches('/');
        let name: String = inner.chars().take_while(|it| it.is_ascii_alphanumeric()).collect();
        let name = name.to_ascii_lowercase();
        pieces.push(Piece::Tag(Tag { source, name, is_end: source.starts_with("</"), in_block }));
        rest = after;
    }
    pieces.push(Piece::Between(rest));
}

/// The length of a tag or a comment that a text starts with.
fn tag_length(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|at| at + 3);
    }
    let mut quote = None;
    for (at, it) in text.char_indices() {
        match (quote, it) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(it),
            (Some(open), it) if open == it => quote = None,
            _ => {}
        }
    }
    None
}

fn write(pieces: &[Piece<'_>], out: &mut String) {
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += 1;
        match piece {
            Piece::Text(text) if at > 1 && starts_line(out) => {
                out.push_str(text.trim_start_matches(' '))
            }
            Piece::Text(text) => out.push_str(text),
            Piece::Between(text) if starts_line(out) => out.push_str(unindented(text).trim_start()),
            Piece::Between(text) => out.push_str(&unindented(text)),
            Piece::Tag(tag) => {
                let inside = pieces.get(at..).unwrap_or_default();
                match closing(tag, inside) {
                    Some(length) => {
                        element(tag, inside.get(..length).unwrap_or_default(), out);
                        at += length + 1;
                    }
                    None => lone(tag, out),
                }
            }
        }
    }
}

/// How many pieces there are before the end tag of an element that is made into something as a whole.
fn closing(tag: &Tag<'_>, inside: &[Piece<'_>]) -> Option<usize> {
    let whole = matches!(tag.name.as_str(), "a" | "b" | "code" | "em" | "i" | "pre" | "strong")
        || UNSEEN.contains(&tag.name.as_str());
    if tag.is_end || !whole || tag.source.ends_with("/>") {
        return None;
    }
    inside.iter().position(|it| matches!(it, Piece::Tag(end) if end.is_end && end.name == tag.name))
}

fn element(tag: &Tag<'_>, inside: &[Piece<'_>], out: &mut String) {
    match tag.name.as_str() {
        "code" => match plain(inside).trim() {
            "" => {}
            code => out.push_str(&prose::code(code)),
        },
        "pre" => {
            let block = prose::block(plain(inside).trim_matches('\n'));
            out.push_str(&format!("\n\n{block}\n\n"));
        }
        "b" | "strong" => marked("**", inside, out),
        "em" | "i" => marked("*", inside, out),
        "a" => match href(tag.source) {
            Some(url) => {
                let mut text = String::new();
                write(inside, &mut text);
                out.push_str(&format!("[{}](<{url}>)", text.trim()));
            }
            None => write(inside, out),
        },
        _ => {}
    }
}

/// A mark means something only where a word begins and ends (CommonMark, section 6.2).
fn marked(mark: &str, inside: &[Piece<'_>], out: &mut String) {
    let mut text = String::new();
    write(inside, &mut text);
    let is_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    let fits = is_word(text.chars().next()) && is_word(text.chars().next_back());
    match fits && !text.contains('\n') && !is_word(out.chars().next_back()) {
        true => out.push_str(&format!("{mark}{text}{mark}")),
        false => out.push_str(&text),
    }
}

/// A tag by itself.
fn lone(tag: &Tag<'_>, out: &mut String) {
    match tag.name.as_str() {
        // A comment.
        "" => {}
        "li" if tag.in_block && tag.is_end => {}
        "li" if tag.in_block => {
            out.truncate(out.trim_end().len());
            out.push_str("\n- ");
        }
        "td" | "th" => out.push(' '),
        name if BLOCKS.contains(&name) && tag.in_block => out.push_str("\n\n"),
        // In a line of Markdown, perhaps of a table, these are breaks at most.
        "br" | "li" => out.push_str(tag.source),
        name if BLOCKS.contains(&name) => out.push_str(tag.source),
        "a" | "b" | "code" | "em" | "i" | "pre" | "strong" => {}
        name if INLINE.contains(&name) || UNSEEN.contains(&name) => {}
        _ => {
            out.push('\\');
            out.push_str(tag.source);
        }
    }
}

/// The text of pieces, with the few entities that stand for what HTML cannot have in a text.
fn plain(pieces: &[Piece<'_>]) -> String {
    let text: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Between(text) => *text,
            Piece::Tag(tag) if tag.name == "br" => "\n",
            Piece::Tag(_) => "",
        })
        .collect();
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.into_iter().fold(text, |text, (entity, it)| text.replace(entity, it))
}

/// The address in a tag, if nothing can hide in it.
fn href(tag: &str) -> Option<&str> {
    let (_, value) = tag.split_once("href")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let url = value.get(1..)?.split(quote).next()?.trim();
    let fine = !url.contains(|it: char| it.is_whitespace() || matches!(it, '<' | '>' | '\\'));
    (fine && !url.is_empty()).then_some(url)
}

/// Whether what follows is the start of a line, which spaces would make code.
fn starts_line(out: &str) -> bool {
    out.is_empty() || out.ends_with('\n')
}

/// Lines of HTML are indented for those who write them; in Markdown that would be code.
fn unindented(text: &str) -> String {
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| format!("{text}\n{}", line.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::super::markdown;

    #[test]
    fn paragraphs_code_and_links_of_html_are_those_of_markdown() {
        let text = "<p>Returns a <code>List&lt;T&gt;</code>, see <a href=\"https://example.com/a\">the\ndocs</a>.</p>\n<p>Or not.</p>";
        assert_eq!(
            markdown(text),
            "Returns a `List<T>`, see [the\ndocs](https://example.com/a).\n\nOr not."
        );
        assert_eq!(markdown("a <code>b_*c*</code> d"), "a `b_*c*` d");
        assert_eq!(markdown("<pre>\n  a\n    b\n</pre>"), "```text\n  a\n    b\n```");
    }

    #[test]
    fn lists_of_html_are_lists() {
        let text = "Values:\n<ul>\n    <li>one</li>\n    <li><b>two</b> of it</li>\n</ul>\n";
        assert_eq!(markdown(text), "Values:\n\n* one\n* **two** of it");
    }

    #[test]
    fn emphasis_is_kept_where_markdown_can_say_it() {
        assert_eq!(
            markdown("a <b>bold</b> and <i>slanted</i> word"),
            "a **bold** and *slanted* word"
        );
        assert_eq!(markdown("a <b>bold:</b> word"), "a bold: word");
        assert_eq!(markdown("a<b>bold</b>word"), "aboldword");
    }

    #[test]
    fn what_is_no_element_of_html_is_text() {
        assert_eq!(markdown("GET /teams/<team>/x"), "GET /teams/\\<team>/x");
        assert_eq!(markdown("`<b>` and\n\n```\n<p>\n```"), "`<b>` and\n\n```text\n<p>\n```");
    }

    #[test]
    fn scripts_comments_and_addresses_that_are_none_are_gone() {
        assert_eq!(markdown("a <script>alert(1)</script> b<!-- c --> d"), "a  b d");
        assert_eq!(markdown("<p>see <a href=\"javascript:x()\">this</a></p>"), "see this");
        assert_eq!(markdown("<a href='https://example.com'>open"), "open");
    }
}
