//! The older extract of docs pages, rewritten into OpenAPI 3.1.
//!
//! In the extract `paths` is one object: the operation's path and method beside its request and its
//! response, with schemas opened one level. [`schema`] closes them again, [`security`] names the
//! credentials.

mod schema;
mod security;

use self::schema::Schemas;
use super::members::report_unknown;
use super::{reason, to_3_1};
use crate::finding::Findings;
use crate::node::{Key, Node};
use crate::source::Span;

/// Stands where a response has no body.
const PLACEHOLDER: &str = "_mintlify/placeholder";

/// Whether this is an extract.
pub(super) fn is_extract(root: &Node) -> bool {
    let has = |name| root.get("paths").is_some_and(|paths| paths.str(name).is_some());
    has("path") && has("method")
}

/// Rewrites an extract.
pub(super) fn rewrite(mut root: Node, findings: &mut Findings) -> Node {
    let Some(extract) = root.take("paths") else { return root };
    let span = extract.span.clone();
    let mut schemas = Schemas::new(root.take("components"), &span);
    let operation = operation(&extract, &mut schemas, findings);
    let mut document = Node::object(&span);
    document.set("openapi", Node::string("3.1.0", &span));
    document.members_mut().extend(std::mem::take(root.members_mut()));
    if let Some(servers) = extract.get("servers") {
        document.set("servers", servers.clone());
    }
    let method = extract.str("method").unwrap_or_default().to_ascii_lowercase();
    let path = extract.str("path").unwrap_or_default();
    let item = document.entry("paths", &span).entry(path, &span);
    item.members_mut().insert(key(&extract, "method", method), operation);
    document.set("components", schemas.finish(findings));
    // The extract keeps the schemas as they were, and many were in 3.0.
    to_3_1::to_3_1(&mut document);
    report_unknown(
        &extract,
        &["path", "method", "servers", "request", "response", "deprecated", "type"],
        findings,
    );
    document
}

fn operation(extract: &Node, schemas: &mut Schemas, findings: &mut Findings) -> Node {
    let mut operation = Node::object(&extract.span);
    if extract.flag("deprecated") {
        operation.set("deprecated", Node::bool(true, &extract.span));
    }
    if let Some(request) = extract.get("request") {
        operation.set("parameters", parameters(request, schemas));
        let security = request.get("security").into_iter().flat_map(Node::items);
        let requirements: Vec<Node> = security
            .map(|entry| security::requirement(entry, schemas.components(), findings))
            .collect();
        if let (Some(security), false) = (request.get("security"), requirements.is_empty()) {
            operation.set("security", Node::array(requirements, &security.span));
        }
        if let Some(body) = request.get("body").and_then(|body| request_body(body, schemas)) {
            operation.set("requestBody", body);
        }
        if let Some(samples) = request.get("codeSamples") {
            operation.set("x-codeSamples", samples.clone());
        }
        report_unknown(request, &["security", "parameters", "body", "codeSamples"], findings);
    }
    let mut responses = Node::object(&extract.span);
    if let Some(response) = extract.get("response").and_then(Node::as_object) {
        for (status, media) in response {
            responses.members_mut().insert(status.clone(), one_response(status, media, schemas));
        }
    }
    operation.set("responses", responses);
    operation
}

fn parameters(request: &Node, schemas: &mut Schemas) -> Node {
    let mut all = Vec::new();
    for place in ["path", "query", "header", "cookie"] {
        let named =
            request.get("parameters").and_then(|it| it.get(place)).and_then(Node::as_object);
        for (name, entry) in named.into_iter().flatten() {
            all.push(parameter(place, name, entry, schemas));
        }
    }
    Node::array(all, &request.span)
}

fn parameter(place: &str, name: &Key, entry: &Node, schemas: &mut Schemas) -> Node {
    let span = &name.span;
    let mut parameter = Node::object(span);
    parameter.set("name", Node::string(&name.text, span));
    parameter.set("in", Node::string(place, span));
    let alternatives: Vec<&Node> = entry.get("schema").into_iter().flat_map(Node::items).collect();
    let described = alternatives.iter().find_map(|schema| schema.get("description"));
    if let Some(description) = described {
        parameter.set("description", description.clone());
    }
    let required = place == "path" || alternatives.iter().any(|schema| schema.flag("required"));
    parameter.set("required", Node::bool(required, span));
    if alternatives.iter().any(|schema| schema.flag("deprecated")) {
        parameter.set("deprecated", Node::bool(true, span));
    }
    let alone = alternatives.len() == 1;
    let bare = alternatives.into_iter().cloned().map(|mut schema| {
        // These are said of the parameter now; several alternatives have a description each.
        schema.take("required");
        schema.take("deprecated");
        if alone {
            schema.take("description");
        }
        schema
    });
    parameter.set("schema", schemas.alternatives(bare.collect(), "anyOf", span));
    for (name, member) in entry.members().filter(|(name, _)| *name != "schema") {
        parameter.set(name, member.clone());
    }
    parameter
}

fn request_body(body: &Node, schemas: &mut Schemas) -> Option<Node> {
    let content = content(body, schemas)?;
    let mut request = Node::object(&body.span);
    let entries = body.members().flat_map(|(_, media)| media.get("schemaArray"));
    let required = entries.flat_map(Node::items).any(|entry| entry.flag("required"));
    if let Some(description) = body.members().find_map(|(_, media)| media.get("description")) {
        request.set("description", description.clone());
    }
    request.set("required", Node::bool(required, &body.span));
    request.set("content", content);
    Some(request)
}

fn one_response(status: &Key, media: &Node, schemas: &mut Schemas) -> Node {
    let mut response = Node::object(&status.span);
    let stated = media.members().find_map(|(_, media)| {
        let entries = media.get("schemaArray").into_iter().flat_map(Node::items);
        let mut described =
            std::iter::once(media).chain(entries).filter_map(|it| it.get("description"));
        described.find(|it| it.as_str().is_some_and(|text| !text.trim().is_empty()))
    });
    let description = stated.cloned();
    let description =
        description.unwrap_or_else(|| Node::string(reason::phrase(&status.text), &status.span));
    response.set("description", description);
    if let Some(content) = content(media, schemas) {
        response.set("content", content);
    }
    response
}

/// The media types of a body. None: no body.
fn content(body: &Node, schemas: &mut Schemas) -> Option<Node> {
    let mut content = Node::object(&body.span);
    for (name, media) in
        body.as_object().into_iter().flatten().filter(|(name, _)| name.text != PLACEHOLDER)
    {
        let mut entry = Node::object(&media.span);
        let alternatives: Vec<Node> =
            media.get("schemaArray").into_iter().flat_map(Node::items).cloned().collect();
        entry.set("schema", schemas.alternatives(alternatives, "oneOf", &media.span));
        let rest =
            media.members().filter(|(name, _)| !["schemaArray", "description"].contains(name));
        for (name, member) in rest {
            let mut member = member.clone();
            if name == "examples" {
                member.members_mut().retain(|_, example| !has_placeholder(example));
            }
            if !member.is_empty() {
                entry.set(name, member);
            }
        }
        content.members_mut().insert(name.clone(), entry);
    }
    (!content.is_empty()).then_some(content)
}

/// Whether an example holds `<string>`, which stands for a value and is none.
fn has_placeholder(example: &Node) -> bool {
    let name = example.as_str().and_then(|text| text.strip_prefix('<')?.strip_suffix('>'));
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-');
    name.is_some_and(|name| !name.is_empty() && name.chars().all(fits))
        || example.items().any(has_placeholder)
        || example.members().any(|(_, member)| has_placeholder(member))
}

fn key(node: &Node, name: &str, text: String) -> Key {
    let span: &Span = node.get(name).map_or(&node.span, |member| &member.span);
    Key::new(text, span)
}

#[cfg(test)]
mod tests;
