//! The report as one page for a browser, which needs nothing else: no network, and no script to be read.
//!
//! `page.html`, `page.css` and `page.js` are what does not depend on the comparison. The page allows its own style
//! and script by their hashes and nothing else, so that text of a vendor's page could not run even if it got past
//! [`escape::html`], through which all of it goes.

mod align;
mod change;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use super::super::change::{Comparison, Verdict};
use super::words::Headline;
use super::{escape, words};
use align::Aligner;
use change::{Entry, article, sentence};

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// A change beyond so many is listed without the pages around it: a page of a hundred megabytes helps nobody.
const DETAILED: usize = 1_000;

/// The whole page.
pub fn html(comparison: &Comparison) -> String {
    let entries = entries(comparison);
    let mut aligner = Aligner::new(comparison);
    let index: String = entries.iter().map(link).collect();
    let changes: String = entries
        .iter()
        .enumerate()
        .map(|(at, entry)| article(entry, (at < DETAILED).then_some(&mut aligner)))
        .collect();
    let Headline { verdict, mark, rest } = words::headline(comparison);
    let values = BTreeMap::from([
        ("policy", policy()),
        ("style", STYLE.to_owned()),
        ("script", SCRIPT.to_owned()),
        ("class", class(comparison.verdict()).to_owned()),
        ("verdict", escape::html(verdict)),
        ("mark", escape::html(mark)),
        ("counts", escape::html(&rest)),
        ("apis", apis(comparison)),
        ("verdicts", verdicts(comparison)),
        ("api_options", api_options(comparison)),
        ("index", index),
        ("changes", changes),
    ]);
    fill(PAGE, &values)
}

/// Puts values in place of their names in the template. Values are not looked at again, so no text of a page
/// can name another value.
fn fill(template: &str, values: &BTreeMap<&str, String>) -> String {
    let mut page = String::new();
    let mut rest = template;
    while let Some((before, name, after)) = hole(rest) {
        page.push_str(before);
        page.push_str(values.get(name).map(String::as_str).unwrap_or_default());
        rest = after;
    }
    page.push_str(rest);
    page
}

fn hole(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name, after))
}

fn policy() -> String {
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// The changes by verdict, each with a name for links that stays while the changes of its rule stay.
fn entries(comparison: &Comparison) -> Vec<Entry<'_>> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut entries = Vec::new();
    for verdict in words::VERDICTS {
        for change in words::of(comparison, verdict) {
            let name = format!("{}-{}", slug(&change.api), slug(&change.rule));
            let count = seen.entry(name.clone()).or_default();
            *count += 1;
            entries.push(Entry { id: format!("{name}-{count}"), verdict, change });
        }
    }
    entries
}

fn slug(text: &str) -> String {
    let word = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    text.chars().take(80).map(word).collect()
}

/// The name of a verdict in classes and values.
fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Breaking => "breaking",
        Verdict::Review => "review",
        Verdict::Additive => "additive",
        Verdict::None => "none",
    }
}

fn badge(verdict: Verdict) -> String {
    format!("<span class=\"badge {}\">{}</span>", class(verdict), words::title(verdict))
}

fn link(entry: &Entry<'_>) -> String {
    format!(
        "<li data-verdict=\"{}\"><a href=\"#{}\">{} <span>{}</span></a></li>\n",
        class(entry.verdict),
        entry.id,
        badge(entry.verdict),
        sentence(&entry.change.message)
    )
}

fn apis(comparison: &Comparison) -> String {
    if comparison.apis.is_empty() {
        return String::new();
    }
    let rows: String = comparison
        .apis
        .iter()
        .map(|api| {
            let (name, verdict) = (escape::html(&api.api), badge(api.verdict));
            let bump = words::bump(api.bump);
            format!("<tr><th scope=\"row\">{name}</th><td>{verdict}</td><td>{bump}</td></tr>\n")
        })
        .collect();
    let head = "<tr><th scope=\"col\">API</th><th scope=\"col\">Verdict</th><th scope=\"col\">Bump</th></tr>";
    format!("<table class=\"apis\">\n<thead>{head}</thead>\n<tbody>\n{rows}</tbody>\n</table>")
}

/// A box to tick for each verdict that occurs.
fn verdicts(comparison: &Comparison) -> String {
    let boxes = words::VERDICTS.into_iter().filter_map(|verdict| {
        let count = words::of(comparison, verdict).len();
        (count > 0).then(|| {
            format!(
                "<label><input type=\"checkbox\" name=\"verdict\" value=\"{}\" checked> {} ({count})</label>\n",
                class(verdict),
                words::title(verdict)
            )
        })
    });
    boxes.collect()
}

fn api_options(comparison: &Comparison) -> String {
    let option = |api: &str| {
        let api = escape::html(api);
        format!("<option value=\"{api}\">{api}</option>\n")
    };
    comparison.apis.iter().map(|api| option(&api.api)).collect()
}

#[cfg(test)]
mod tests;
