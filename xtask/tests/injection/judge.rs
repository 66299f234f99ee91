//! What of a crate is code, and what only text.

use std::collections::BTreeMap;
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use xtask::emit::header::PREAMBLE;
use xtask::sanitize::is_hidden;

/// Keywords that make an item, or one of it that others see.
const KEYWORDS: &[&str] = &[
    "const",
    "enum",
    "extern",
    "fn",
    "impl",
    "macro_rules",
    "mod",
    "static",
    "struct",
    "trait",
    "union",
    "unsafe",
];

/// How often the code of a crate has each keyword, attribute and macro. A text that becomes code changes that.
pub(crate) fn code<'t>(sources: impl Iterator<Item = &'t str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for source in sources {
        let tokens = TokenStream::from_str(source).expect("it is Rust");
        syn::parse_file(source).expect("it is Rust");
        count(tokens, &mut counts);
    }
    // How many lines a text has is its own affair, and so is whether a name needs another in Rust.
    counts.retain(|it, _| !matches!(it.as_str(), "#[doc]" | "#[serde]"));
    counts
}

fn count(tokens: TokenStream, counts: &mut BTreeMap<String, usize>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let (next, after) = (tokens.get(at + 1), tokens.get(at + 2));
        let found = match (token, next, after) {
            (TokenTree::Punct(hash), Some(TokenTree::Group(group)), _)
                if hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
            {
                let name = group.stream().into_iter().next();
                name.map(|it| format!("#[{it}]"))
            }
            (
                TokenTree::Punct(hash),
                Some(TokenTree::Punct(inner)),
                Some(TokenTree::Group(group)),
            ) if hash.as_char() == '#' && inner.as_char() == '!' => {
                Some(format!("#![{}]", group.stream().into_iter().next().expect("an attribute")))
            }
            (TokenTree::Ident(name), Some(TokenTree::Punct(call)), Some(TokenTree::Group(_)))
                if call.as_char() == '!' =>
            {
                Some(format!("{name}!"))
            }
            (TokenTree::Ident(name), ..) if KEYWORDS.contains(&name.to_string().as_str()) => {
                Some(name.to_string())
            }
            _ => None,
        };
        if let Some(found) = found {
            *counts.entry(found).or_default() += 1;
        }
        if let TokenTree::Group(group) = token {
            count(group.stream(), counts);
        }
    }
}

/// The documentation in a source, an item's after the other.
pub(crate) fn documentation(source: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for line in source.lines() {
        match (line.trim_start().strip_prefix("///"), all.last_mut()) {
            (Some(line), Some(last)) => {
                last.push_str(&format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
            }
            (None, Some(last)) if !last.is_empty() => all.push(String::new()),
            _ => {}
        }
    }
    all
}

/// Markdown has no code but text and ours, no HTML, no pictures, and no links but to the web.
pub(crate) fn check_markdown(markdown: &str) {
    let markdown = markdown.replace(&format!("<!-- {PREAMBLE} -->"), "");
    for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
    {
        let fine = match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                matches!(&**info, "text" | "toml" | "no_run" | "rust,no_run")
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented) | Tag::Image { .. }) => false,
            Event::Start(Tag::Link { dest_url, .. }) => {
                ["https://", "http://", "#operations"].iter().any(|it| dest_url.starts_with(it))
                    // Of our own items, but for the one that a payload names.
                    || dest_url.contains("::") && **dest_url != *"crate::canary"
            }
            Event::Html(_) | Event::InlineHtml(_) => false,
            _ => true,
        };
        assert!(fine, "{event:?} in {markdown}");
    }
}

/// The levels of the headings of Markdown: their texts quote the page.
pub(crate) fn headings(markdown: &str) -> Vec<u8> {
    let level = |event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level as u8),
        _ => None,
    };
    Parser::new(markdown).filter_map(level).collect()
}

/// No character is hidden.
pub(crate) fn check_characters(name: &str, text: &str) {
    let hidden = text.chars().find(|it| *it != '\n' && is_hidden(*it));
    assert_eq!(hidden, None, "{name}: {text:?}");
}
