//! The vendor's words as documentation: Markdown that rustdoc renders and that cannot become anything
//! else.
//!
//! A page's code blocks would be compiled as tests of ours, its HTML would be passed on to a browser,
//! its brackets would be taken for links to items. So the Markdown is parsed, what is harmless is kept,
//! and the rest is turned into text.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use syn::{Attribute, parse_quote};

use crate::plan::Docs;

/// Documentation of several paragraphs as attributes, printed as `///` lines.
pub fn attributes(text: &str) -> Vec<Attribute> {
    text.lines()
        .map(|line| {
            let line = match line {
                "" => String::new(),
                line => format!(" {line}"),
            };
            parse_quote!(#[doc = #line])
        })
        .collect()
}

/// What the vendor says about something, or our own words where it says nothing.
pub fn of(docs: &Docs, otherwise: &str) -> Vec<Attribute> {
    attributes(&text(docs, otherwise))
}

/// The same as text.
pub fn text(docs: &Docs, otherwise: &str) -> String {
    let mut paragraphs = vec![match markdown(&docs.text) {
        text if text.is_empty() => otherwise.to_owned(),
        text => text,
    }];
    paragraphs.extend(docs.facts.iter().map(|fact| escaped(fact)));
    if let Some(url) = docs.url.as_deref().filter(|url| is_web(url)) {
        paragraphs.push(format!("[Vendor's documentation](<{}>)", url.replace(['<', '>'], "")));
    }
    paragraphs.join("\n\n")
}

/// Facts are our sentences around code spans of theirs.
fn escaped(fact: &str) -> String {
    fact.lines().collect::<Vec<_>>().join(" ")
}

/// Markdown of a page, made safe for rustdoc.
pub fn markdown(text: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(text, options).flat_map(harmless);
    let mut out = String::new();
    let style =
        pulldown_cmark_to_cmark::Options { code_block_token_count: 3, ..Default::default() };
    match pulldown_cmark_to_cmark::cmark_with_options(
        merge_text(events).iter(),
        &mut out,
        options,
        style,
    ) {
        Ok(_) => printable(out.trim().trim_end_matches(['\\', '\n'])),
        // Writing to a string does not fail; if it did, nothing is safer than half of something.
        Err(_) => String::new(),
    }
}

/// What an event of the page may become.
fn harmless(event: Event<'_>) -> Vec<Event<'_>> {
    match event {
        Event::Start(Tag::CodeBlock(_)) => {
            vec![Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(CowStr::Borrowed("text"))))]
        }
        Event::Start(Tag::Heading { .. }) => {
            vec![Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]
        }
        Event::End(TagEnd::Heading(_)) => {
            vec![Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]
        }
        Event::Start(Tag::Link { ref dest_url, .. }) if !is_web(dest_url) => vec![],
        // Pictures are for pages; their alternative text stays.
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => vec![],
        Event::Html(html) | Event::InlineHtml(html) => from_html(&html),
        Event::Start(Tag::HtmlBlock) => vec![Event::Start(Tag::Paragraph)],
        Event::End(TagEnd::HtmlBlock) => vec![Event::End(TagEnd::Paragraph)],
        Event::HardBreak => line_break(),
        other => vec![other],
    }
}

/// A line break that is seen: a backslash, not spaces at the end of a line. The printer writes the spaces,
/// and passes the backslash on when it is told that it is HTML.
fn line_break() -> Vec<Event<'static>> {
    vec![Event::InlineHtml(CowStr::Borrowed("\\")), Event::SoftBreak]
}

/// A line break stays one, `<code>` becomes a mark of code, other tags are dropped and comments with them.
fn from_html(html: &str) -> Vec<Event<'static>> {
    let tag = html.trim().trim_start_matches("</").trim_start_matches('<');
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
    match name.to_ascii_lowercase().as_str() {
        "br" | "p" | "div" | "li" | "tr" => line_break(),
        _ => vec![],
    }
}

/// Joins neighbouring texts and escapes what rustdoc would read into them.
fn merge_text<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut merged: Vec<Event<'a>> = Vec::new();
    // A dropped link leaves its end behind; ends are kept only while their starts are open.
    let mut open = 0_usize;
    for event in events {
        match (merged.last_mut(), event) {
            (_, Event::Start(tag @ Tag::Link { .. })) => {
                open += 1;
                merged.push(Event::Start(tag));
            }
            (_, Event::End(TagEnd::Link)) => {
                if open > 0 {
                    open -= 1;
                    merged.push(Event::End(TagEnd::Link));
                }
            }
            // The printer closes a block of code only after a whole line.
            (Some(Event::Text(code)), end @ Event::End(TagEnd::CodeBlock)) => {
                if !code.ends_with('\n') {
                    *code = format!("{code}\n").into();
                }
                merged.push(end);
            }
            (Some(Event::Text(before)), Event::Text(text)) => {
                *before = format!("{before}{text}").into()
            }
            (_, event) => merged.push(event),
        }
    }
    merged
}

fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(|it: char| it.is_whitespace() || it.is_control())
}

/// Text without control characters and without characters that change the direction of writing.
fn printable(text: &str) -> String {
    let hidden = |it: char| {
        (it.is_control() && it != '\n')
            || matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().filter(|it| !hidden(*it)).collect()
}

/// The line of an operation.
pub fn method_and_path(method: &str, path: &str) -> String {
    let path: String = path.chars().filter(|it| !it.is_control() && *it != '`').collect();
    format!("`{method} {path}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_of_a_page_is_never_a_test_of_ours() {
        assert_eq!(markdown("```rust\nfn main() {}\n```"), "```text\nfn main() {}\n```");
        assert_eq!(markdown("a\n\n    indented()"), "a\n\n```text\nindented()\n```");
    }

    #[test]
    fn html_becomes_text() {
        assert_eq!(markdown("one<br/>two <b>three</b>"), "one\\\ntwo three");
        assert_eq!(markdown("<script>alert(1)</script>"), "");
    }

    #[test]
    fn brackets_link_to_nothing_of_ours() {
        assert_eq!(markdown("see [Client] and [x](javascript:alert)"), "see \\[Client\\] and x");
        assert_eq!(markdown("[docs](https://example.com)"), "[docs](https://example.com)");
    }

    #[test]
    fn nothing_hides_in_the_text() {
        assert_eq!(markdown("a\u{202e}b\u{1b}[31m"), "ab\\[31m");
    }
}
