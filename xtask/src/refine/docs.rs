//! The vendor's words as documentation: Markdown that rustdoc renders and that cannot become anything
//! else.
//!
//! A page's code blocks would be compiled as tests of ours, its HTML would be passed on to a browser,
//! its brackets would be taken for links to items. So the Markdown is parsed, what is harmless is kept,
//! and the rest is turned into text.

mod html;
mod markdown;
mod sentence;

pub use markdown::markdown;
pub use sentence::first_sentence;

use syn::{Attribute, parse_quote};

use crate::plan::{Docs, Operation};
use crate::{prose, sanitize};

/// Documentation of several paragraphs as attributes, printed as `///` lines.
pub fn attributes(text: &str) -> Vec<Attribute> {
    text.trim_end()
        .lines()
        .map(|line| {
            let line = match line.trim_end() {
                "" => String::new(),
                line => format!(" {}", line.replace('\t', "    ")),
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
    paragraphs.extend(docs.facts.iter().cloned());
    if let Some(url) = docs.url.as_deref().filter(|url| is_web(url)) {
        paragraphs.push(format!("[Vendor's documentation](<{url}>)"));
    }
    paragraphs.join("\n\n")
}

/// What the vendor says about something, as it fits into an item of a list.
pub fn short_text(docs: &Docs) -> String {
    with_facts(&docs.text, &docs.facts)
}

/// The vendor's words, and facts behind them.
pub fn with_facts(text: &str, facts: &[String]) -> String {
    let (text, facts) = (markdown(text), facts.join(" "));
    let goes_on = !text.contains('\n') && text.ends_with(['.', '!', '?']);
    match (text.as_str(), facts.as_str()) {
        (_, "") => text,
        ("", _) => facts,
        _ if goes_on => format!("{text} {facts}"),
        _ => format!("{text}\n\n{facts}"),
    }
}

/// An item of a list: what it is about, and Markdown about it.
pub fn item(about: &str, markdown: &str) -> String {
    format!("- {}", about_with(about, markdown).replace('\n', "\n  "))
}

/// What something is about, and Markdown about it. A block needs lines of its own: in the line of another text the
/// start of code would be none, and its end would be a start; what belongs to an item of a list would be code.
pub fn about_with(about: &str, markdown: &str) -> String {
    match markdown {
        "" => about.to_owned(),
        _ if markdown.contains("```") || starts_block(markdown) => {
            format!("{about}:\n\n{markdown}")
        }
        _ => format!("{about}: {markdown}"),
    }
}

/// Whether Markdown starts with a table, or with a list or a quote of several lines.
fn starts_block(markdown: &str) -> bool {
    let marker = markdown.split([' ', '\n']).next().unwrap_or_default();
    let number = marker.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = !number.is_empty() && number.chars().all(|it| it.is_ascii_digit());
    let is_marker = is_number || matches!(marker, "-" | "*" | "+" | ">");
    markdown.starts_with('|') || is_marker && markdown.contains('\n')
}

/// Markdown as the cell of a table.
pub fn cell(markdown: &str) -> String {
    let mut cell = String::new();
    for it in markdown.chars() {
        match it {
            '|' if !cell.ends_with('\\') => cell.push_str("\\|"),
            '\n' => cell.push(' '),
            it => cell.push(it),
        }
    }
    cell
}

/// A row of a table of operations: how one is called, its request, what it does.
pub fn operation_row(called: &str, operation: &Operation) -> String {
    let summary = first_sentence(&markdown(&operation.docs.text));
    let line = method_and_path(&operation.method, &operation.path);
    format!("| {called} | {} | {} |", cell(&line), cell(&summary))
}

/// The line of an operation.
pub fn method_and_path(method: &str, path: &str) -> String {
    prose::code(&format!("{method} {path}"))
}

/// Whether an address leads to the web, and nothing hides in it.
pub fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(|it: char| {
            it.is_whitespace() || matches!(it, '<' | '>' | '\\') || sanitize::is_hidden(it)
        })
}

#[cfg(test)]
pub(crate) mod tests;
