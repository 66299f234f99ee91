//! Our decisions about an API, written into its document and marked as ours.
//!
//! What `api.toml` adds or says of something carries `x-bindery` with `source`, the file, and `reason`.
//! | where | what |
//! | --- | --- |
//! | security scheme | the credential that was decided, with `security` at the root to require it |
//! | parameter | `role: credential`, or `role: constant` with its `value`: no argument of a method |
//! | server | `x-bindery-name`, its name; servers that no page has are added |
//! | root | `x-bindery-headers`: what every request carries |

use serde_json::{Value as Json, json};

use crate::config::{ApiConfig, CredentialDecision, CredentialPlace};
use crate::node::Node;
use crate::openapi::{DOCUMENT, PARAMETER, walk_mut};
use crate::source::Span;

/// Writes the decisions into a bound document.
pub(super) fn apply_config(document: &mut Node, config: &ApiConfig) {
    if let Some(credential) = &config.credential {
        apply_credential(document, credential);
    }
    apply_headers(document, config);
    apply_servers(document, config);
}

/// The mark of what is ours.
fn mark(reason: &str, span: &Span, mut rest: Json) -> Node {
    if let Json::Object(members) = &mut rest {
        members.insert("source".to_owned(), Json::String(span.source().path().to_string()));
        members.insert("reason".to_owned(), Json::String(reason.to_owned()));
    }
    Node::from_json(rest, span)
}

fn apply_credential(document: &mut Node, credential: &CredentialDecision) {
    let CredentialDecision { place, name, reason, span, .. } = credential;
    mark_parameters(document, place, || mark(reason, span, json!({"role": "credential"})));
    let mut scheme = Node::from_json(place.scheme(), span);
    let schemes = document.entry("components", span).entry("securitySchemes", span);
    let stated: Vec<String> = schemes.members().map(|(name, _)| name.to_owned()).collect();
    let equal: Vec<&String> = stated
        .iter()
        .filter(|name| schemes.get(name).is_some_and(|it| sends_alike(it, &scheme)))
        .collect();
    let mut free = name.clone();
    while stated.contains(&free) {
        free.push('_');
    }
    scheme.set("x-bindery", mark(reason, span, json!({})));
    schemes.set(&free, scheme);
    // A page that requires just this, under another name, has said it already.
    let requirements = || document.get("security").into_iter().flat_map(Node::items);
    let said = document.get("security").is_some_and(|it| !it.is_empty())
        && requirements()
            .all(|it| it.members().all(|(name, _)| equal.iter().any(|equal| *equal == name)));
    if !said {
        let mut requirement = Node::object(span);
        requirement.set(&free, Node::array(Vec::new(), span));
        document.set("security", Node::array(vec![requirement], span));
    }
}

/// Whether two schemes put a secret in the same place.
fn sends_alike(a: &Node, b: &Node) -> bool {
    ["type", "scheme", "in", "name"].iter().all(|name| match (a.str(name), b.str(name)) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        (a, b) => a == b,
    })
}

fn apply_headers(document: &mut Node, config: &ApiConfig) {
    for header in &config.headers {
        let (reason, span) = (&header.reason, &header.span);
        let place = CredentialPlace::Header(header.name.clone());
        mark_parameters(document, &place, || {
            mark(reason, span, json!({"role": "constant", "value": header.value}))
        });
        let listed = mark(reason, span, json!({"name": header.name, "value": header.value}));
        document.entry("x-bindery-headers", span).push(listed);
    }
}

/// Marks each parameter that is in this place.
fn mark_parameters(document: &mut Node, place: &CredentialPlace, mark: impl Fn() -> Node) {
    walk_mut(document, &DOCUMENT, &mut |node, object| {
        let there = node.str("in").zip(node.str("name"));
        if object.is(&PARAMETER) && there.is_some_and(|(at, name)| place.is_carried_by(at, name)) {
            node.set("x-bindery", mark());
        }
    });
}

fn apply_servers(document: &mut Node, config: &ApiConfig) {
    for decision in &config.servers {
        let url = decision.url.trim_end_matches('/');
        let name = |server: &mut Node| {
            server.set("x-bindery-name", Node::string(&decision.name, &decision.span));
            server.set("x-bindery", mark(&decision.reason, &decision.span, json!({})));
        };
        let mut found = false;
        walk_mut(document, &DOCUMENT, &mut |node, _| {
            let servers = node.get_mut("servers").into_iter().flat_map(Node::items_mut);
            let is_it =
                |it: &&mut Node| it.str("url").is_some_and(|it| it.trim_end_matches('/') == url);
            for server in servers.filter(is_it) {
                name(server);
                found = true;
            }
        });
        if found {
            continue;
        }
        let mut server = Node::object(&decision.span);
        server.set("url", Node::string(&decision.url, &decision.span));
        name(&mut server);
        document.entry("servers", &decision.span).push(server);
    }
}

#[cfg(test)]
mod tests;
