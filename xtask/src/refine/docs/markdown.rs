//! Markdown of a page, made safe for rustdoc.

use std::cell::Cell;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use crate::sanitize;

use super::{html, is_web};

/// Markdown of a page in which everything that is more than text for people is text, or gone.
pub fn markdown(text: &str) -> String {
    let text = sanitize::visible(text);
    if multiplies(&text) {
        return escaped(&text);
    }
    let text = html::to_markdown(&text, options());
    if text.trim().is_empty() {
        return String::new();
    }
    if multiplies(&text) {
        return escaped(&text);
    }
    let mut out = String::new();
    let style =
        pulldown_cmark_to_cmark::Options { code_block_token_count: 3, ..Default::default() };
    let events = shallow(Parser::new_ext(&text, options())).flat_map(sanitized);
    let events = linked(joined(events));
    let printed =
        pulldown_cmark_to_cmark::cmark_with_options(events.iter(), &mut out, options(), style);
    let out = seen_breaks(out.trim());
    // What is printed is read once more: of a text that reads otherwise than it was meant only the words are shown.
    // The printer sets items without text off by marks of its own, which are seen in a line of other text.
    match printed.is_ok() && is_sanitized(&out) && !out.contains("[cmark-") {
        true => out,
        false => plain(&text),
    }
}

/// Whether a text has far more in it than it has characters: a table gives each of its rows as many cells as the widest
/// row has, so that a few kilobytes can stand for a crate of megabytes.
fn multiplies(text: &str) -> bool {
    let most = text.len().saturating_mul(4).saturating_add(1000);
    Parser::new_ext(text, options()).nth(most).is_some()
}

/// A parser of what [`markdown`] gives.
pub(super) fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, options())
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// Whether rustdoc reads nothing into a text that was not meant: code that it would test, HTML, headings that
/// stand among ours, links to items of ours or to no page of the web.
pub(super) fn is_sanitized(markdown: &str) -> bool {
    let to_ours = Cell::new(false);
    let callback = |_: BrokenLink<'_>| {
        to_ours.set(true);
        None
    };
    let mut parser = Parser::new_with_broken_link_callback(markdown, options(), Some(callback));
    let fine = parser.all(|event| match event {
        Event::Start(Tag::CodeBlock(kind)) => {
            matches!(kind, CodeBlockKind::Fenced(info) if &*info == "text")
        }
        Event::Start(Tag::Link { dest_url, .. }) => is_web(&dest_url),
        Event::Start(Tag::Heading { .. } | Tag::Image { .. } | Tag::HtmlBlock)
        | Event::Html(_)
        | Event::InlineHtml(_) => false,
        Event::Text(text) | Event::Code(text) => sanitize::visible(&text) == *text,
        _ => true,
    });
    fine && !to_ours.get()
}

/// The words of a text in paragraphs, as nothing but text: what is shown where nothing else can be.
pub(super) fn plain(markdown: &str) -> String {
    let mut paragraphs = vec![String::new()];
    for event in Parser::new_ext(markdown, options()) {
        match (event, paragraphs.last_mut()) {
            (Event::Text(text) | Event::Code(text), Some(last)) => last.push_str(&text),
            (Event::SoftBreak | Event::HardBreak, Some(last)) => last.push(' '),
            (Event::End(TagEnd::TableCell), Some(last)) => last.push(' '),
            (Event::Start(tag), Some(last)) if !last.is_empty() && is_block(&tag) => {
                paragraphs.push(String::new())
            }
            _ => {}
        }
    }
    let escaped = paragraphs.iter().map(|it| escaped(it)).filter(|it| !it.is_empty());
    let plain = escaped.collect::<Vec<_>>().join("\n\n");
    match is_sanitized(&plain) {
        true => plain,
        false => plain.replace(|it: char| it != '\n' && !it.is_alphanumeric(), " "),
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Item
            | Tag::TableHead
            | Tag::TableRow
    )
}

/// A paragraph in which no character means anything to Markdown.
fn escaped(text: &str) -> String {
    let text = sanitize::visible(text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let escape = |text: &str, out: &mut String| {
        for it in text.chars() {
            // Numbers at the start of a line number an item.
            let numbers = matches!(it, '.' | ')') && out.bytes().all(|it| it.is_ascii_digit());
            let starts = matches!(it, '-' | '+' | '=' | '.' | ')') && out.is_empty();
            if "\\`*_[]<>|~&#".contains(it) || starts || (numbers && out.len() < 10) {
                out.push('\\');
            }
            out.push(it);
        }
    };
    while let Some((before, url, after)) = address(rest) {
        escape(before, &mut out);
        out.extend(["<", url, ">"]);
        rest = after;
    }
    escape(rest, &mut out);
    out
}

/// What an event of the page may become.
fn sanitized(event: Event<'_>) -> Vec<Event<'_>> {
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
        // What has a form in Markdown has it by now.
        Event::Html(_) | Event::InlineHtml(_) => vec![],
        Event::Start(Tag::HtmlBlock) => vec![Event::Start(Tag::Paragraph)],
        Event::End(TagEnd::HtmlBlock) => vec![Event::End(TagEnd::Paragraph)],
        // An entity of HTML can stand for any character.
        Event::Text(text) => vec![Event::Text(sanitize::visible(&text).into())],
        Event::Code(text) => vec![Event::Code(sanitize::visible(&text).into())],
        other => vec![other],
    }
}

/// Line breaks as backslashes, where they are printed as spaces at the end of a line, which nobody sees and
/// editors remove.
fn seen_breaks(printed: &str) -> String {
    let mut in_code = false;
    let mut out = String::with_capacity(printed.len());
    for line in printed.split('\n') {
        in_code ^= line.trim_start().starts_with("```");
        match line.strip_suffix("  ") {
            Some(text) if !in_code && !text.trim().is_empty() => {
                out.extend([text.trim_end(), "\\\n"]);
            }
            _ => out.extend([line, "\n"]),
        }
    }
    out.truncate(out.trim_end_matches(['\\', '\n']).len());
    out
}

/// How deep lists and quotes are printed in each other. Every line says all of them again.
const DEEPEST: usize = 16;

/// Events without the lists and quotes that stand deeper; what is in them is shown in those around them.
fn shallow<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let mut depth = 0_usize;
    events.filter(move |event| match event {
        Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => {
            depth += 1;
            depth <= DEEPEST
        }
        Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => {
            depth = depth.saturating_sub(1);
            depth < DEEPEST
        }
        Event::Start(Tag::Item) | Event::End(TagEnd::Item) => depth <= DEEPEST,
        _ => true,
    })
}

/// Joins neighbouring texts, and drops what is left over of dropped links.
fn joined<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut joined: Vec<Event<'a>> = Vec::new();
    let mut text = String::new();
    // A dropped link leaves its end behind; ends are kept only while their starts are open.
    let mut open = 0_usize;
    let mut in_cell = false;
    for event in events {
        match &event {
            Event::Text(more) => {
                text.push_str(more);
                continue;
            }
            // A cell is one line.
            Event::SoftBreak | Event::HardBreak if in_cell => {
                text.push(' ');
                continue;
            }
            Event::End(TagEnd::Link) if open == 0 => continue,
            Event::Start(Tag::Link { .. }) => open += 1,
            Event::End(TagEnd::Link) => open -= 1,
            Event::Start(Tag::TableCell) => in_cell = true,
            Event::End(TagEnd::TableCell) => in_cell = false,
            // The printer closes a block of code only after a whole line.
            Event::End(TagEnd::CodeBlock) if !text.is_empty() && !text.ends_with('\n') => {
                text.push('\n')
            }
            _ => {}
        }
        if !text.is_empty() {
            joined.push(Event::Text(std::mem::take(&mut text).into()));
        }
        joined.push(event);
    }
    if !text.is_empty() {
        joined.push(Event::Text(text.into()));
    }
    joined
}

/// Makes links of the addresses in a text: rustdoc warns of those that are none.
fn linked(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut linked = Vec::new();
    let mut inside = 0_usize;
    for event in events {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => inside = inside.saturating_sub(1),
            _ => {}
        }
        let starts = matches!(linked.last(), None | Some(Event::Start(_)));
        match event {
            // Spaces at the start of a text would make it code.
            Event::Text(text) if inside == 0 && starts => {
                with_links(text.trim_start(), &mut linked)
            }
            Event::Text(text) if inside == 0 => with_links(&text, &mut linked),
            event => linked.push(event),
        }
    }
    linked
}

fn with_links(text: &str, events: &mut Vec<Event<'_>>) {
    let mut rest = text;
    while let Some((before, url, after)) = address(rest) {
        let (link_type, title, id) = (LinkType::Autolink, "".into(), "".into());
        let dest_url = CowStr::from(url.to_owned());
        events.push(Event::Text(before.to_owned().into()));
        events.push(Event::Start(Tag::Link { link_type, dest_url: dest_url.clone(), title, id }));
        events.push(Event::Text(dest_url));
        events.push(Event::End(TagEnd::Link));
        rest = after;
    }
    events.push(Event::Text(rest.to_owned().into()));
}

/// The first address in a text, and what stands before and after it.
fn address(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices("://").find_map(|(colon, _)| {
        let scheme = text.get(..colon)?;
        let start = ["https", "http"].iter().find(|it| scheme.ends_with(*it))?.len();
        let (before, from) = text.split_at_checked(colon - start)?;
        let host = from.get(start + 3..)?;
        let known = host.starts_with(|it: char| it.is_ascii_alphanumeric());
        let ends = |it: char| it.is_whitespace() || "<>()[]{}\"'`|\\^*".contains(it);
        let url = from
            .split(ends)
            .next()
            .filter(|_| known)?
            .trim_end_matches(['.', ',', ';', ':', '!', '?', '_', '~']);
        is_web(url).then_some((before, url, from.get(url.len()..)?))
    })
}
