//! One change on the page: what it is, and what was and is there, side by side.

use similar::{ChangeTag, TextDiff};

use super::super::super::change::{Change, Verdict};
use super::super::escape::html as escaped;
use super::super::words;
use super::align::{Aligner, Excerpt, Page, Row};
use super::badge;
use crate::prose::plural;
use crate::sanitize::plain_line;
use crate::surface::Effect;

/// A line longer than this is minified, and is cut.
const MAX_LINE: usize = 300;
/// A signature, or a value.
const MAX_VALUE: usize = 2_000;
/// Operations that are listed in full.
const MAX_OPERATIONS: usize = 200;
const MAX_EFFECTS: usize = 50;

/// A change with its name for links.
pub(super) struct Entry<'c> {
    pub(super) id: String,
    pub(super) verdict: Verdict,
    pub(super) change: &'c Change,
}

/// The change as an article, with excerpts of the pages if there is something to align them.
pub(super) fn article<'c>(entry: &Entry<'c>, aligner: Option<&mut Aligner<'c>>) -> String {
    let Entry { id, verdict, change } = entry;
    let excerpt = aligner.and_then(|it| it.excerpt(change)).map(|it| excerpt(&it));
    format!(
        "<article id=\"{id}\" tabindex=\"-1\" data-verdict=\"{}\" data-api=\"{}\" aria-labelledby=\"{id}-title\">\n\
         <h2 id=\"{id}-title\">{} <a class=\"title\" href=\"#{id}\">{}</a></h2>\n{}{}{}{}</article>\n",
        super::class(*verdict),
        escaped(&change.api),
        badge(*verdict),
        sentence(&change.message),
        facts(change),
        values(change),
        effects(change),
        excerpt.unwrap_or_default(),
    )
}

fn facts(change: &Change) -> String {
    let mut facts = String::new();
    let mut fact = |name: &str, value: String| {
        facts.push_str(&format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n"));
    };
    fact("Calls", words::wire(change.wire).to_owned());
    fact("Rust", words::rust(change.rust).to_owned());
    fact("Rule", code(&change.rule));
    fact("API", escaped(&change.api));
    if let Some(operations) = operations(&change.operations) {
        fact("Operations", operations);
    }
    match (&change.was, &change.now) {
        (Some(was), Some(now)) if was.to_string() != now.to_string() => {
            fact("Place", format!("{} → {}", code(&was.to_string()), code(&now.to_string())));
        }
        (Some(place), _) | (_, Some(place)) => fact("Place", code(&place.to_string())),
        (None, None) => {}
    }
    if !change.pointer.is_empty() {
        fact("Pointer", code(&change.pointer));
    }
    if let Some(cause) = words::cause(change.cause) {
        fact("Cause", cause.to_owned());
    }
    format!("<dl>\n{facts}</dl>\n")
}

fn operations(operations: &[String]) -> Option<String> {
    match operations {
        [] => None,
        [operation] => Some(code(operation)),
        many => {
            let each = many.iter().take(MAX_OPERATIONS).map(|it| format!("<li>{}</li>", code(it)));
            let mut each: String = each.collect();
            if many.len() > MAX_OPERATIONS {
                each.push_str(&format!("<li>and {} more</li>", many.len() - MAX_OPERATIONS));
            }
            let count = plural(many.len(), "operation", "operations");
            Some(format!("<details><summary>{count}</summary><ul>{each}</ul></details>"))
        }
    }
}

fn values(change: &Change) -> String {
    if change.before.is_none() && change.after.is_none() {
        return String::new();
    }
    pair("In the document", change.before.as_deref(), change.after.as_deref())
}

fn effects(change: &Change) -> String {
    let mut text: String = change.effects.iter().take(MAX_EFFECTS).map(effect).collect();
    if change.effects.len() > MAX_EFFECTS {
        let more = change.effects.len() - MAX_EFFECTS;
        text.push_str(&format!("<p class=\"more\">and {more} more effects in Rust</p>\n"));
    }
    text
}

fn effect(effect: &Effect) -> String {
    let breaks = if effect.breaking { ", <strong>breaking</strong>" } else { "" };
    let title = format!("In Rust: {}: {}{breaks}", code(&effect.item), sentence(&effect.what));
    pair(&title, effect.before.as_deref(), effect.after.as_deref())
}

/// Two one-line texts side by side, under a title that is HTML.
fn pair(title: &str, before: Option<&str>, after: Option<&str>) -> String {
    let side = |name: &str, class: &str, text: Option<String>| {
        let text = match text {
            Some(text) => format!("<code>{text}</code>"),
            None => "<span class=\"nothing\">nothing</span>".to_owned(),
        };
        format!("<div class=\"{class}\"><span class=\"side\">{name}</span>{text}</div>")
    };
    let cut = |text: Option<&str>| text.map(|text| plain_line(text, MAX_VALUE));
    let (before, after) = match (cut(before), cut(after)) {
        (Some(before), Some(after)) => {
            let (before, after) = marked(&before, &after);
            (Some(before), Some(after))
        }
        (before, after) => (before.as_deref().map(escaped), after.as_deref().map(escaped)),
    };
    let (before, after) = (side("Before", "old", before), side("Now", "new", after));
    format!("<section class=\"pair\"><h3>{title}</h3>\n<div>{before}{after}</div></section>\n")
}

/// Both texts, with marks around the words in which they differ.
fn marked(old: &str, new: &str) -> (String, String) {
    let diff = TextDiff::from_words(old, new);
    let (mut before, mut after) = (String::new(), String::new());
    for change in diff.iter_all_changes() {
        let text = escaped_words(change.value());
        match change.tag() {
            ChangeTag::Equal => {
                before.push_str(&text);
                after.push_str(&text);
            }
            ChangeTag::Delete => before.push_str(&format!("<del>{text}</del>")),
            ChangeTag::Insert => after.push_str(&format!("<ins>{text}</ins>")),
        }
    }
    let joined = |text: String| text.replace("</del><del>", "").replace("</ins><ins>", "");
    (joined(before), joined(after))
}

/// Escaping cuts blanks at the end, of which pieces of a line have some.
fn escaped_words(text: &str) -> String {
    let blanks = text.chars().rev().take_while(|c| c.is_whitespace()).count();
    escaped(text) + &" ".repeat(blanks)
}

fn excerpt(excerpt: &Excerpt<'_>) -> String {
    let (old, new) = (excerpt.old.as_ref(), excerpt.new.as_ref());
    let olds = old.map(|page| &*page.lines).unwrap_or_default();
    let news = new.map(|page| &*page.lines).unwrap_or_default();
    let rows: String = excerpt
        .rows
        .iter()
        .map(|row| match row {
            Some(row) => line(row, olds, news),
            None => "<tr class=\"gap\"><td colspan=\"4\">⋯</td></tr>\n".to_owned(),
        })
        .collect();
    let path = |page: Option<&Page<'_>>| match page {
        Some(page) => code(page.source.path().as_str()),
        None => "<span class=\"nothing\">no page</span>".to_owned(),
    };
    format!(
        "<section class=\"pages\"><h3>On the page</h3>\n<table>\n\
         <colgroup><col class=\"number\"><col><col class=\"number\"><col></colgroup>\n<thead><tr>\
         <th scope=\"col\" colspan=\"2\">Before: {}</th><th scope=\"col\" colspan=\"2\">Now: {}</th>\
         </tr></thead>\n<tbody>\n{rows}</tbody>\n</table></section>\n",
        path(old),
        path(new)
    )
}

fn line(row: &Row, olds: &[&str], news: &[&str]) -> String {
    let text = |lines: &[&str], at: Option<usize>| {
        at.and_then(|at| lines.get(at)).map(|line| plain_line(line, MAX_LINE))
    };
    let (old, new) = match (text(olds, row.old), text(news, row.new)) {
        (Some(old), Some(new)) if !row.same => {
            let (old, new) = marked(&old, &new);
            (Some(old), Some(new))
        }
        (old, new) => (old.as_deref().map(escaped), new.as_deref().map(escaped)),
    };
    let class = match (row.same, &old, &new) {
        (true, ..) => "same",
        (_, Some(_), Some(_)) => "changed",
        (_, Some(_), None) => "removed",
        _ => "added",
    };
    let side = |side: &str, at: Option<usize>, text: Option<String>| {
        let number = at.map(|at| (at + 1).to_string()).unwrap_or_default();
        let empty = if text.is_some() { "" } else { " empty" };
        let text = text.unwrap_or_default();
        format!(
            "<td class=\"number {side}{empty}\">{number}</td><td class=\"{side}{empty}\">{text}</td>"
        )
    };
    let (old, new) = (side("old", row.old, old), side("new", row.new, new));
    format!("<tr class=\"{class}\">{old}{new}</tr>\n")
}

/// A sentence, in which code is what stands in backticks.
pub(super) fn sentence(text: &str) -> String {
    if text.matches('`').count() % 2 == 1 {
        return escaped(text);
    }
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { code(part) } else { escaped_words(part) }).collect()
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}
