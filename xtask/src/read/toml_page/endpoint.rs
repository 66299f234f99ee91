//! An `[endpoint]` block as an operation.

use serde_json::json;

use super::prose;
use crate::finding::{Finding, Findings, Kind};
use crate::node::{Key, Node};
use crate::openapi::METHODS;
use crate::read::members::report_unknown;
use crate::source::Span;

/// What an endpoint can say.
const MEMBERS: [&str; 8] = [
    "base_url",
    "path",
    "method",
    "description",
    "path_param",
    "query_param",
    "body_param",
    "header",
];

/// What can be said of a parameter, a header or a field of the body.
const ENTRY_MEMBERS: [&str; 4] = ["name", "description", "required", "type"];

/// An operation and what stands around it in a document.
pub(super) struct Built {
    /// A string, or null where the page names none.
    pub(super) base_url: Node,
    pub(super) path: Key,
    pub(super) method: Key,
    pub(super) operation: Node,
    pub(super) schemes: Vec<(String, Node)>,
}

/// Makes an operation of a block, or says why it cannot be one.
pub(super) fn build(endpoint: &Node, findings: &mut Findings) -> Option<Built> {
    let path = stated(endpoint, "path", |it| it.starts_with('/'), findings)?;
    let is_method = |it: &str| METHODS.contains(&it.to_ascii_lowercase().as_str());
    let method = stated(endpoint, "method", is_method, findings)?;
    let mut operation = Node::object(&endpoint.span);
    if let Some(description) = endpoint.get("description") {
        operation.set("description", description.clone());
    }
    let mut headers = Headers::default();
    let mut parameters = Vec::new();
    for (table, place) in [("path_param", "path"), ("query_param", "query"), ("header", "header")] {
        for entry in unique(endpoint, table, findings) {
            let special = place == "header" && headers.take(entry);
            if !special {
                parameters.extend(parameter(entry, place, findings));
            }
        }
    }
    if !parameters.is_empty() {
        operation.set("parameters", Node::array(parameters, &endpoint.span));
    }
    let fields = unique(endpoint, "body_param", findings);
    if !fields.is_empty() {
        operation.set("requestBody", body(&fields, &headers.content_type, endpoint, findings));
    }
    if !headers.schemes.is_empty() {
        let mut requirement = Node::object(&endpoint.span);
        for (name, scheme) in &headers.schemes {
            requirement.set(name, Node::array(Vec::new(), &scheme.span));
        }
        operation.set("security", Node::array(vec![requirement], &endpoint.span));
    }
    report_unknown(endpoint, &MEMBERS, findings);
    let none = Node::new(crate::node::Value::Null, endpoint.span.clone());
    Some(Built {
        base_url: endpoint.get("base_url").cloned().unwrap_or(none),
        path: Key::new(path.as_str().unwrap_or_default(), &path.span),
        method: Key::new(method.as_str().unwrap_or_default().to_ascii_lowercase(), &method.span),
        operation,
        schemes: headers.schemes,
    })
}

fn stated<'a>(
    endpoint: &'a Node,
    name: &str,
    fits: impl Fn(&str) -> bool,
    findings: &mut Findings,
) -> Option<&'a Node> {
    let value = endpoint.get(name);
    let found = value.filter(|it| it.as_str().is_some_and(&fits));
    if found.is_none() {
        let what = match value.map(Node::to_json) {
            Some(value) => format!("`{name} = {value}` is not a {name} that a request can have"),
            None => format!("this endpoint has no `{name}`"),
        };
        findings.push(
            Finding::error(Kind::BadEndpoint, what)
                .at(value.map_or(&endpoint.span, |value| &value.span)),
        );
    }
    found
}

/// The entries of a table. Of those with the same name the first stands.
fn unique<'a>(endpoint: &'a Node, table: &str, findings: &mut Findings) -> Vec<&'a Node> {
    let mut entries: Vec<&Node> = Vec::new();
    for entry in endpoint.get(table).into_iter().flat_map(Node::items) {
        report_unknown(entry, &ENTRY_MEMBERS, findings);
        let first = entries.iter().find(|it| it.str("name") == entry.str("name"));
        let Some(first) = first else {
            entries.push(entry);
            continue;
        };
        if **first != *entry {
            let name = entry.str("name").unwrap_or_default();
            let what = format!("`{name}` is described twice, first at {}", first.span);
            findings.push(Finding::note(Kind::DescribedTwice, what).at(&entry.span));
        }
    }
    entries
}

/// What headers say that OpenAPI says in another way.
#[derive(Default)]
struct Headers {
    content_type: Option<String>,
    schemes: Vec<(String, Node)>,
}

impl Headers {
    /// Whether a header is no parameter: a credential, or the media type of a body.
    fn take(&mut self, header: &Node) -> bool {
        let name = header.str("name").unwrap_or_default().to_ascii_lowercase().replace('_', "-");
        let description = header.str("description").unwrap_or_default();
        match name.as_str() {
            "accept" => {}
            "content-type" => {
                let words =
                    description.split(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\''));
                self.content_type = words.map(str::to_owned).find(|word| word.contains('/'));
            }
            "authorization" => {
                let lower = description.to_ascii_lowercase();
                let http = ["bearer", "basic"].into_iter().find(|scheme| lower.contains(scheme));
                let (name, scheme) = match http {
                    Some(http) => (http, json!({"type": "http", "scheme": http})),
                    None => (
                        "authorization",
                        json!({"type": "apiKey", "in": "header", "name": "Authorization"}),
                    ),
                };
                let mut scheme = Node::from_json(scheme, &header.span);
                if let (None, Some(description)) = (http, header.get("description")) {
                    scheme.set("description", description.clone());
                }
                self.schemes.push((name.to_owned(), scheme));
            }
            _ => return false,
        }
        true
    }
}

fn parameter(entry: &Node, place: &str, findings: &mut Findings) -> Option<Node> {
    let name = named(entry, findings)?;
    let mut parameter = Node::object(&entry.span);
    parameter.set("name", name.clone());
    parameter.set("in", Node::string(place, &entry.span));
    if let Some(description) = entry.get("description") {
        parameter.set("description", description.clone());
    }
    let required = place == "path" || entry.flag("required");
    let span = entry.get("required").map_or(&entry.span, |required| &required.span);
    parameter.set("required", Node::bool(required, span));
    parameter.set("schema", schema(entry, findings));
    Some(parameter)
}

fn named<'a>(entry: &'a Node, findings: &mut Findings) -> Option<&'a Node> {
    let name = entry.get("name").filter(|name| name.as_str().is_some_and(|text| !text.is_empty()));
    if name.is_none() {
        findings.push(Finding::loss(Kind::NoName, "this has no name").at(&entry.span));
    }
    name
}

fn body(
    fields: &[&Node],
    media: &Option<String>,
    endpoint: &Node,
    findings: &mut Findings,
) -> Node {
    let span: &Span = fields.first().map_or(&endpoint.span, |field| &field.span);
    let mut properties = Node::object(span);
    let mut required = Vec::new();
    for field in fields {
        let Some(name) = named(field, findings) else { continue };
        let mut property = schema(field, findings);
        if let Some(description) = field.get("description") {
            property.set("description", description.clone());
        }
        let text = name.as_str().unwrap_or_default();
        properties.members_mut().insert(Key::new(text, &name.span), property);
        if field.flag("required") {
            required.push(name.clone());
        }
    }
    let mut schema = Node::from_json(json!({"type": "object"}), span);
    let needed = !required.is_empty();
    if needed {
        schema.set("required", Node::array(required, span));
    }
    schema.set("properties", properties);
    let mut body = Node::object(span);
    body.set("required", Node::bool(needed, span));
    let media = media.as_deref().unwrap_or("application/json");
    body.entry("content", span).entry(media, span).set("schema", schema);
    body
}

/// The schema of a parameter or field: its type, and what the prose says about its values.
fn schema(entry: &Node, findings: &mut Findings) -> Node {
    let kind = entry.get("type").unwrap_or(entry);
    let Some(mut schema) = kind.as_str().and_then(|text| typed(text, &kind.span)) else {
        let written = kind.as_str().unwrap_or("none");
        let what = format!("the type `{written}` is none that Bindery knows");
        findings.push(Finding::loss(Kind::UnknownType, what).at(&kind.span));
        return Node::object(&kind.span);
    };
    if let Some(description) = entry.get("description") {
        prose::constrain(&mut schema, description);
    }
    schema
}

/// `string`, `integer (30)`, `array of strings`.
fn typed(written: &str, span: &Span) -> Option<Node> {
    let written = written.trim();
    if let Some(items) = written.strip_prefix("array of ") {
        let items = typed(items.trim().strip_suffix('s').unwrap_or(items), span)?;
        let mut array = Node::from_json(json!({"type": "array"}), span);
        array.set("items", items);
        return Some(array);
    }
    let (kind, default) = match written.split_once('(') {
        Some((kind, rest)) => (kind.trim(), Some(rest.trim_end().strip_suffix(')')?.trim())),
        None => (written, None),
    };
    if !["string", "boolean", "integer", "number", "object", "array"].contains(&kind) {
        return None;
    }
    let mut schema = Node::from_json(json!({"type": kind}), span);
    if kind == "array" {
        schema.set("items", Node::object(span));
    }
    if let Some(default) = default {
        schema.set("default", prose::value(default, kind, span)?);
    }
    Some(schema)
}
