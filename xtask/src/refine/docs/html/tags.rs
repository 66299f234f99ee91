//! HTML taken apart into tags and text.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// A piece of a text.
#[derive(Debug)]
pub(super) enum Piece {
    /// Markdown, as it stands in the source.
    Markdown(String),
    /// Text of a block of HTML, where indenting means nothing.
    Text(String),
    Tag(Tag),
    /// Where a block of HTML begins or ends.
    Edge,
    /// Where the pieces after it are.
    Place(Place),
}

/// Where in the Markdown something is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// What a line starts with there.
    pub start_of_line: String,
    /// Whether it is one line, such as a cell of a table, so that nothing in it can be a paragraph.
    pub in_line: bool,
}

#[derive(Debug)]
pub(super) struct Tag {
    pub source: String,
    pub name: String,
    pub is_end: bool,
    /// The piece that is the next end tag of this name.
    pub end: Option<usize>,
}

/// What an element becomes in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What begins and ends a paragraph.
    Block,
    /// A list, and whether its items are numbered.
    List {
        numbered: bool,
    },
    Item,
    /// A paragraph that is set off by its mark.
    Heading(&'static str),
    /// Text between these marks.
    Marked(&'static str),
    Link,
    Code,
    Preformatted,
    Break,
    Cell,
    /// Its content is for no reader.
    Unseen,
    /// Its content is text like that around it.
    Inline,
    /// A comment, or a declaration.
    Nothing,
}

/// What an element of HTML becomes; none, if there is no such element.
pub(super) fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "" => Kind::Nothing,
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd"
        | "details" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
        | "form" | "header" | "hr" | "html" | "legend" | "main" | "nav" | "p" | "section"
        | "summary" | "table" | "tbody" | "tfoot" | "thead" | "tr" => Kind::Block,
        "ul" | "menu" | "dir" => Kind::List { numbered: false },
        "ol" => Kind::List { numbered: true },
        "li" => Kind::Item,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading("**"),
        "b" | "strong" => Kind::Marked("**"),
        "em" | "i" => Kind::Marked("*"),
        "a" => Kind::Link,
        "code" => Kind::Code,
        "pre" => Kind::Preformatted,
        "br" => Kind::Break,
        "td" | "th" => Kind::Cell,
        "head" | "iframe" | "noscript" | "object" | "script" | "style" | "svg" | "template"
        | "title" => Kind::Unseen,
        "abbr" | "acronym" | "bdi" | "bdo" | "big" | "cite" | "col" | "colgroup" | "data"
        | "del" | "dfn" | "font" | "img" | "ins" | "kbd" | "label" | "mark" | "nobr"
        | "picture" | "q" | "s" | "samp" | "small" | "source" | "span" | "strike" | "sub"
        | "sup" | "time" | "tt" | "u" | "var" | "wbr" => Kind::Inline,
        _ => return None,
    })
}

/// Tags that every browser reads and Markdown does not, as both read them: with a space between the attributes.
pub(super) fn mended(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (start, _) in text.match_indices('<') {
        let from = text.get(start..).unwrap_or_default();
        if start < done || kind(&name(from)).is_none_or(|it| it == Kind::Nothing) {
            continue;
        }
        let Some(source) = tag_length(from).and_then(|length| from.get(..length)) else { continue };
        for gap in gaps(source) {
            out.push_str(text.get(done..start + gap).unwrap_or_default());
            out.push(' ');
            done = start + gap;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Where a space is missing after the value of an attribute.
fn gaps(tag: &str) -> Vec<usize> {
    let mut gaps = Vec::new();
    let mut quote = None;
    let mut before = ' ';
    for (at, it) in tag.char_indices() {
        match quote {
            Some(open) if it == open => quote = Some(' '),
            // The character after a value.
            Some(' ') => {
                if it.is_ascii_alphabetic() {
                    gaps.push(at);
                }
                quote = None;
            }
            None if before == '=' && matches!(it, '"' | '\'') => quote = Some(it),
            _ => {}
        }
        before = it;
    }
    gaps
}

/// Takes HTML apart.
pub(super) fn split(html: &str, pieces: &mut Vec<Piece>) {
    let last_comment = html.rfind("-->").unwrap_or(0);
    let (mut done, mut at) = (0, 0);
    while let Some(start) = html.get(at..).and_then(|rest| rest.find('<')).map(|it| at + it) {
        let from = html.get(start..).unwrap_or_default();
        let length = match from.starts_with("<!--") {
            true if start < last_comment => from.find("-->").map(|end| end + 3),
            true => None,
            false => tag_length(from),
        };
        at = start + 1;
        let Some(source) = length.and_then(|length| from.get(..length)) else { continue };
        text(html.get(done..start), pieces);
        let is_end = source.starts_with("</");
        let (name, source) = (name(source), source.to_owned());
        pieces.push(Piece::Tag(Tag { source, name, is_end, end: None }));
        at = start + length.unwrap_or(1);
        done = at;
    }
    text(html.get(done..), pieces);
}

fn text(text: Option<&str>, pieces: &mut Vec<Piece>) {
    pieces.extend(text.filter(|it| !it.is_empty()).map(|it| Piece::Text(it.to_owned())));
}

/// The name of the tag that a text starts with, in lower case.
fn name(tag: &str) -> String {
    let inner = tag.strip_prefix("</").or(tag.strip_prefix('<')).unwrap_or_default();
    let of_name = |it: &char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | ':');
    inner.chars().take_while(of_name).collect::<String>().to_ascii_lowercase()
}

/// The length of the tag that a text starts with, if it is one. The next `<` ends the search, so that all
/// searches of a text take no longer than the text is.
fn tag_length(text: &str) -> Option<usize> {
    let mut start = text.chars().skip(1);
    let first = start.next().filter(|it| !matches!(it, '/' | '!' | '?')).or_else(|| start.next());
    first.filter(char::is_ascii_alphabetic)?;
    let (mut quote, mut before) = (None, ' ');
    for (at, it) in text.char_indices().skip(1) {
        match (quote, it) {
            (_, '<') => return None,
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') if before == '=' => quote = Some(it),
            (Some(open), it) if open == it => quote = None,
            _ => {}
        }
        if !it.is_whitespace() {
            before = it;
        }
    }
    None
}

/// Says of every start tag where the next end tag of its name is.
pub(super) fn find_ends(pieces: &mut [Piece]) {
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for (at, piece) in pieces.iter_mut().enumerate().rev() {
        match piece {
            Piece::Tag(tag) if tag.is_end && kind(&tag.name).is_some() => {
                next.insert(tag.name.clone(), at);
            }
            Piece::Tag(tag) => tag.end = next.get(&tag.name).copied(),
            _ => {}
        }
    }
}

/// The address that a tag links to, if nothing can hide in it.
pub(super) fn href(tag: &str) -> Option<&str> {
    let (_, value) = tag.split_once("href")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let url = value.get(1..)?.split(quote).next()?.trim();
    let fine = !url.contains(|it: char| it.is_whitespace() || matches!(it, '<' | '>' | '\\'));
    (fine && !url.is_empty()).then_some(url)
}
