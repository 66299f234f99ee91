//! `[[pagination]]`: how the list of an operation goes on from page to page, where the page does not say it
//! surely enough.

use crate::finding::{Finding, Findings, Kind};
use crate::node::Node;
use crate::source::Span;

use super::rules;
use super::table::Table;

/// What is decided about the list of an operation.
#[derive(Clone, Debug)]
pub struct PagingDecision {
    /// The operation, as `METHOD /path`.
    pub operation: Said,
    /// The properties that lead to the items, with dots between; nothing if the body is the list.
    pub items: Option<Said>,
    /// What leads to the next page.
    pub next: NextDecision,
    /// Why it is decided.
    pub reason: String,
    /// Where it is decided.
    pub span: Span,
}

/// What leads to the next page. Properties are named by the way to them, with dots between.
#[derive(Clone, Debug)]
pub enum NextDecision {
    /// Nothing: the list is no list of pages, whatever it looks like.
    Nothing,
    /// A property with its url.
    Url(Said),
    /// The header `Link`.
    Link,
    /// A property with a cursor.
    Cursor {
        /// The property.
        at: Said,
        /// The query parameter that takes it.
        parameter: Said,
        /// A property that says whether there is a next page.
        more: Option<Said>,
    },
    /// The number of the page.
    Page {
        /// The query parameter.
        parameter: Said,
        /// A property that says how many pages there are.
        last: Option<Said>,
        /// The number of the first page.
        first: u64,
    },
    /// The place in the list.
    Offset {
        /// The query parameter.
        parameter: Said,
        /// A property that says how many items there are.
        total: Option<Said>,
    },
}

/// A text, and where it is said.
#[derive(Clone, Debug)]
pub struct Said {
    /// The text.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// The kinds, by the key that says which it is, and the keys that go with it.
const KINDS: [(&str, &[&str]); 6] = [
    ("next_url", &["items"]),
    ("link", &["items"]),
    ("cursor", &["items", "parameter", "more"]),
    ("page", &["items", "last", "first"]),
    ("offset", &["items", "total"]),
    ("none", &[]),
];

const KEYS: [&str; 13] = [
    "operation",
    "items",
    "next_url",
    "link",
    "cursor",
    "parameter",
    "more",
    "page",
    "last",
    "first",
    "offset",
    "total",
    "none",
];

/// Reads a `[[pagination]]`.
pub(super) fn pagination(node: &Node, findings: &mut Findings) -> Option<PagingDecision> {
    let known = [&KEYS[..], &["reason"]].concat();
    let table = Table::open(node, "[[pagination]]", &known, findings)?;
    let operation = required(&table, "operation", rules::operation, findings);
    let reason = table.text("reason", rules::prose, findings);
    let kind = table.choice(&KINDS.map(|it| it.0), findings);
    let (kind, with) = KINDS.into_iter().find(|it| Some(it.0) == kind)?;
    let others = KINDS.iter().flat_map(|it| it.1).filter(|it| !with.contains(*it));
    let stray = others.copied().find(|it| table.has(it));
    if let Some(stray) = stray {
        findings.push(no_meaning(stray, kind, table.span_of(stray)));
    }
    let items = optional(&table, "items", rules::way_or_nothing, findings);
    let next = next(&table, kind, findings);
    let complete = stray.is_none() && !(table.has("items") && items.is_none());
    let span = table.span().clone();
    let items = items.filter(|it| !it.text.is_empty());
    let decision =
        PagingDecision { operation: operation?, items, next: next?, reason: reason?, span };
    complete.then_some(decision)
}

fn next(table: &Table<'_>, kind: &'static str, findings: &mut Findings) -> Option<NextDecision> {
    match kind {
        "next_url" => required(table, kind, rules::way, findings).map(NextDecision::Url),
        "link" => table.is_true(kind, findings).map(|()| NextDecision::Link),
        "cursor" => {
            let at = required(table, kind, rules::way, findings);
            let parameter = required(table, "parameter", rules::line, findings);
            let more = optional(table, "more", rules::way, findings);
            Some(NextDecision::Cursor { at: at?, parameter: parameter?, more })
        }
        "page" => {
            let parameter = required(table, kind, rules::line, findings);
            let last = optional(table, "last", rules::way, findings);
            let first = match table.has("first") {
                true => table.one_of("first", &[0, 1], findings),
                false => Some(1),
            };
            Some(NextDecision::Page { parameter: parameter?, last, first: first? })
        }
        "offset" => {
            let parameter = required(table, kind, rules::line, findings);
            let total = optional(table, "total", rules::way, findings);
            Some(NextDecision::Offset { parameter: parameter?, total })
        }
        _ => table.is_true(kind, findings).map(|()| NextDecision::Nothing),
    }
}

pub(super) fn required(
    table: &Table<'_>,
    key: &str,
    rule: rules::Rule,
    findings: &mut Findings,
) -> Option<Said> {
    let text = table.text(key, rule, findings)?;
    Some(Said { text, span: table.span_of(key) })
}

fn optional(
    table: &Table<'_>,
    key: &str,
    rule: rules::Rule,
    findings: &mut Findings,
) -> Option<Said> {
    let text = table.optional(key, rule, findings)?;
    Some(Said { text, span: table.span_of(key) })
}

fn no_meaning(key: &str, kind: &str, span: Span) -> Finding {
    Finding::error(Kind::ConfigChoice, format!("`{key}` says nothing beside `{kind}`"))
        .at(&span)
        .why("A key that nobody reads is a decision that is not carried out.")
        .help(format!("Take `{key}` out, or decide for another kind than `{kind}`."))
}

#[cfg(test)]
mod tests;
