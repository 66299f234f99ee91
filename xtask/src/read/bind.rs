//! The pages of an API become one document: operations are added up, components that are the same are
//! one.

mod complete;
mod components;
mod references;
mod schemes;

use std::collections::BTreeMap;

use self::components::Variants;
use super::part::{Part, same_operation};
use super::{document, to_3_1};
use crate::config::ApiConfig;
use crate::finding::{Finding, Findings, Kind};
use crate::node::{Key, Node};
use crate::openapi::{METHODS, path::erased};
use crate::source::Span;

/// Binds the parts into one document. `None` if there is nothing to bind.
pub(super) fn bind(
    mut parts: Vec<Part>,
    config: &ApiConfig,
    findings: &mut Findings,
) -> Option<Node> {
    let newest = parts.iter().find(|part| !to_3_1::is_3_0(&part.document)).or(parts.first())?;
    let version = newest.document.get("openapi")?.clone();
    if !version.as_str().is_some_and(|version| version.starts_with("3.0")) {
        let old = parts.iter_mut().filter(|part| to_3_1::is_3_0(&part.document));
        old.for_each(|part| to_3_1::to_3_1(&mut part.document));
    }
    parts.iter_mut().for_each(|part| to_3_1::x_nullable(&mut part.document));
    let mut bound = Node::object(&version.span);
    bound.set("openapi", version);
    schemes::unite(&mut parts, &mut bound, findings);
    let shared = Shared::of(&parts);
    let mut variants = Variants::default();
    let mut seen = BTreeMap::new();
    for Part { document: mut part, page } in parts {
        shared.push_down(&mut part, findings);
        mark_page(&mut part, page.path().as_str());
        variants.merge(&mut bound, &mut part, findings);
        merge_tags(&mut bound, &part);
        merge_paths(&mut bound, &mut part, &mut seen, findings);
        merge_rest(&mut bound, &mut part);
    }
    shared.apply(&mut bound);
    references::check(&mut bound, findings);
    complete::complete(&mut bound, config, findings);
    Some(bound)
}

/// Servers and security that are said for a whole document. Of several, those of the first document
/// that has any hold for all; a document that has others says so at each of its operations.
struct Shared {
    members: Vec<(&'static str, Node)>,
}

impl Shared {
    fn of(parts: &[Part]) -> Self {
        let members = ["servers", "security"].into_iter().filter_map(|name| {
            let mut stated = parts.iter().filter_map(|part| part.document.get(name));
            Some((name, stated.find(|it| is_stated(name, it))?.clone()))
        });
        Self { members: members.collect() }
    }

    fn push_down(&self, document: &mut Node, findings: &mut Findings) {
        for (name, shared) in &self.members {
            let Some(own) = document.take(name).filter(|it| is_stated(name, it)) else { continue };
            let same = match *name {
                "servers" => {
                    own.items().map(|it| it.str("url")).eq(shared.items().map(|it| it.str("url")))
                }
                _ => own == *shared,
            };
            if same {
                continue;
            }
            let items = document.get_mut("paths").into_iter().flat_map(Node::each_mut);
            for (_, item) in items.filter(|(_, item)| item.get(name).is_none()) {
                document::each_of_item(item, |operation| {
                    if operation.get(name).is_none() {
                        operation.set(name, own.clone());
                    }
                });
            }
            let what = format!("the {name} of this page are not those of the API's first page");
            findings.push(
                Finding::note(Kind::Differs, what)
                    .at(&own.span)
                    .why(format!("The operations of this page keep their own {name}."))
                    .help(format!("The first page has its {name} at {}.", shared.span)),
            );
        }
        // Without any, what the others say holds here too.
        self.members.iter().for_each(|(name, _)| drop(document.take(name)));
    }

    fn apply(self, bound: &mut Node) {
        self.members.into_iter().for_each(|(name, shared)| bound.set(name, shared));
    }
}

/// Whether a list says something. An empty one says of security that there is none, and of servers nothing.
fn is_stated(name: &str, list: &Node) -> bool {
    list.as_array().is_some_and(|items| name == "security" || !items.is_empty())
}

fn mark_page(document: &mut Node, page: &str) {
    document::each_operation(document, |operation| {
        let span = operation.span.clone();
        operation.set("x-bindery-page", Node::string(page, &span));
    });
}

fn merge_tags(bound: &mut Node, document: &Node) {
    for tag in document.get("tags").into_iter().flat_map(Node::items) {
        let mut known = bound.get("tags").into_iter().flat_map(Node::items);
        let unknown = known.all(|it| it.str("name") != tag.str("name"));
        drop(known);
        if unknown {
            bound.entry("tags", &tag.span).push(tag.clone());
        }
    }
}

/// What is said once for a whole document, and of several documents the first says it.
fn merge_rest(bound: &mut Node, document: &mut Node) {
    let rest = std::mem::take(document.members_mut());
    for (name, value) in rest {
        let text = name.text.as_str();
        if text == "webhooks" {
            for (name, hook) in value.as_object().into_iter().flatten() {
                let known = bound.entry("webhooks", &value.span).members_mut();
                known.entry(name.clone()).or_insert_with(|| hook.clone());
            }
        } else if text == "components" {
            let known = bound.entry("components", &name.span).members_mut();
            let extensions = value.as_object().into_iter().flatten();
            for (name, extension) in extensions.filter(|(name, _)| name.text.starts_with("x-")) {
                known.entry(name.clone()).or_insert_with(|| extension.clone());
            }
        } else if !["servers", "security", "tags"].contains(&text) {
            bound.members_mut().entry(name).or_insert(value);
        }
    }
}

/// Each operation where it was first seen, by method and path with the names of parameters erased.
type Seen = BTreeMap<(&'static str, String), First>;

#[derive(Clone)]
struct First {
    path: String,
    id: Option<String>,
    span: Span,
}

impl First {
    /// Whether another operation is not this one, although a request cannot tell them apart: the vendor
    /// describes both in one document, or has a name for each.
    fn is_another(&self, path: &str, operation: &Node) -> bool {
        let same_page = self.span.source().path() == operation.span.source().path();
        let id = operation.str("operationId");
        self.path != path
            && (same_page || (id.is_some() && self.id.is_some() && id != self.id.as_deref()))
    }
}

fn merge_paths(bound: &mut Node, document: &mut Node, seen: &mut Seen, findings: &mut Findings) {
    let paths = document.take("paths").map(|mut paths| std::mem::take(paths.members_mut()));
    for (path, mut item) in paths.into_iter().flatten() {
        let known = bound.entry("paths", &path.span);
        if path.text.starts_with("x-") {
            known.members_mut().entry(path).or_insert(item);
            continue;
        }
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let place = (method, erased(&path.text));
            let Some(first) = seen.get(&place) else {
                let id = operation.str("operationId").map(str::to_owned);
                let first = First { path: path.text.clone(), id, span: operation.span.clone() };
                seen.insert(place, first);
                continue;
            };
            let taken = known.get(&path.text).is_some_and(|it| it.get(method).is_some());
            if first.is_another(&path.text, operation) && !taken {
                findings.push(alike(method, &path.text, &operation.span, &first.span));
            } else {
                findings.push(same_operation(method, &path.text, &operation.span, &first.span));
                item.take(method);
            }
        }
        merge_item(known, path, item);
    }
}

fn alike(method: &str, path: &str, later: &Span, first: &Span) -> Finding {
    let name = format!("{} {path}", method.to_ascii_uppercase());
    Finding::note(
        Kind::Alike,
        format!("`{name}` differs from another operation only in its parameters' names"),
    )
    .at(later)
    .help(format!("The other is at {first}."))
}

/// Adds a path item to those that are there. What an item says for all of its operations is said at
/// each of them where two items say different things.
fn merge_item(paths: &mut Node, path: Key, mut item: Node) {
    let Some(known) = paths.get_mut(&path.text) else {
        paths.members_mut().insert(path, item);
        return;
    };
    let differs = |name: &&str| known.get(name) != item.get(name);
    if ["parameters", "servers"].iter().any(differs) {
        push_down(known);
        push_down(&mut item);
    }
    for (name, member) in std::mem::take(item.members_mut()) {
        known.members_mut().entry(name).or_insert(member);
    }
}

fn push_down(item: &mut Node) {
    let (parameters, servers) = (item.take("parameters"), item.take("servers"));
    for method in METHODS {
        let Some(operation) = item.get_mut(method) else { continue };
        if let (None, Some(servers)) = (operation.get("servers"), &servers) {
            operation.set("servers", servers.clone());
        }
        let Some(parameters) = &parameters else { continue };
        let own: Vec<Node> =
            operation.get("parameters").into_iter().flat_map(Node::items).cloned().collect();
        let same = |a: &Node, b: &Node| {
            ["$ref", "name", "in"].iter().all(|name| a.get(name) == b.get(name))
        };
        let inherited =
            parameters.items().filter(|it| !own.iter().any(|own| same(own, it))).cloned();
        let all: Vec<Node> = inherited.chain(own.iter().cloned()).collect();
        operation.set("parameters", Node::array(all, &parameters.span));
    }
}

#[cfg(test)]
mod tests;
