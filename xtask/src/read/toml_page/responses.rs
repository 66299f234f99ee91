//! `[responses]` blocks: an example for each case, from which the schemas are inferred.

use indexmap::IndexMap;

use super::blocks::without_marks;
use crate::finding::{Finding, Findings, Kind};
use crate::node::{Key, Node, Value};
use crate::read::members::report_unknown;
use crate::read::{infer, reason, text};
use crate::source::{Source, Span};

/// The responses of an operation, and the first example that one was inferred from.
pub(super) fn build(
    tables: &[Node],
    place: &Span,
    findings: &mut Findings,
) -> (Node, Option<Span>) {
    let mut by_status: IndexMap<Key, Vec<&Node>> = IndexMap::new();
    for entry in tables.iter().filter_map(|table| table.get("response")).flat_map(Node::items) {
        report_unknown(entry, &["status", "description", "body"], findings);
        match status(entry) {
            Some(status) => by_status.entry(status).or_default().push(entry),
            None => findings
                .push(Finding::loss(Kind::NoStatus, "this response has no status").at(&entry.span)),
        }
    }
    let mut responses = Node::object(place);
    let mut inferred = None;
    for (status, entries) in by_status {
        let response = response(&status, &entries, &mut inferred, findings);
        responses.members_mut().insert(status, response);
    }
    (responses, inferred)
}

fn status(entry: &Node) -> Option<Key> {
    let status = entry.get("status")?;
    let text = match &status.value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_ascii_uppercase(),
        _ => return None,
    };
    let mut bytes = text.bytes();
    let fits = text.len() == 3
        && bytes.next().is_some_and(|first| (b'1'..=b'5').contains(&first))
        && (text.ends_with("XX") || bytes.all(|byte| byte.is_ascii_digit()));
    fits.then(|| Key::new(text, &status.span))
}

fn response(
    status: &Key,
    entries: &[&Node],
    inferred: &mut Option<Span>,
    findings: &mut Findings,
) -> Node {
    let mut response = Node::object(&status.span);
    response.set("description", description(status, entries));
    let mut media: IndexMap<&str, Vec<(&Node, Node)>> = IndexMap::new();
    for entry in entries {
        if let Some((kind, body)) = body(entry, findings) {
            media.entry(kind).or_default().push((entry, body));
        }
    }
    for (kind, bodies) in media {
        let examples: Vec<&Node> = bodies.iter().map(|(_, body)| body).collect();
        let mut content = Node::object(&status.span);
        content.set("schema", infer::schema(&examples, &status.span));
        let named = content.entry("examples", &status.span);
        for (number, (entry, body)) in bodies.iter().enumerate() {
            let name = if bodies.len() == 1 {
                "example".to_owned()
            } else {
                format!("example{}", number + 1)
            };
            let example = named.entry(&name, &body.span);
            let summary = entry.get("description").filter(|_| bodies.len() > 1);
            let text = without_marks(summary.and_then(Node::as_str).unwrap_or_default());
            if let (Some(summary), false) = (summary, text.is_empty()) {
                example.set("summary", Node::string(text, &summary.span));
            }
            example.set("value", body.clone());
        }
        inferred.get_or_insert_with(|| {
            bodies.first().map_or(&status.span, |(_, body)| &body.span).clone()
        });
        response.entry("content", &status.span).set(kind, content);
    }
    response
}

/// The descriptions of all responses of a status, each once.
fn description(status: &Key, entries: &[&Node]) -> Node {
    let mut texts: Vec<String> = Vec::new();
    let mut place = None;
    for description in entries.iter().filter_map(|entry| entry.get("description")) {
        let text = without_marks(description.as_str().unwrap_or_default());
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
            place.get_or_insert(&description.span);
        }
    }
    match place {
        Some(place) => Node::string(texts.join("\n\n"), place),
        None => Node::string(reason::phrase(&status.text), &status.span),
    }
}

/// The media type of a body and the body itself. None: no body, or one that says nothing.
fn body<'a>(entry: &Node, findings: &mut Findings) -> Option<(&'a str, Node)> {
    let body = entry.get("body")?;
    let text = body.as_str().unwrap_or_default();
    if text.trim().is_empty() {
        return None;
    }
    match parsed(body, text) {
        Ok(body) => Some(("application/json", body)),
        Err(_) if !text.trim_start().starts_with(['{', '[']) => {
            Some(("text/plain", Node::string(text, &body.span)))
        }
        Err(broken) => {
            let span = broken.span.as_ref().unwrap_or(&body.span);
            let what = format!("the example of this response is not read: {}", broken.what);
            findings.push(Finding::loss(Kind::BrokenExample, what).at(span));
            None
        }
    }
}

/// Reads a body in its place in the page, so that each of its nodes knows its line. A string with
/// escapes does not stand in the page as it reads; its nodes all stand where the string does.
fn parsed(body: &Node, text: &str) -> Result<Node, Finding> {
    let written = body.span.text();
    if let Some(at) = written.find(text) {
        let start = body.span.range().start + at;
        return text::json(body.span.source(), start..start + text.len());
    }
    let decoded = Source::new(body.span.source().path(), text);
    let parsed = text::json(&decoded, 0..text.len());
    let at_body = |finding: Finding| finding.at(&body.span);
    parsed.map(|node| Node::from_json(node.to_json(), &body.span)).map_err(at_body)
}
