//! Components of several documents under one roof.
//!
//! Two components are one if they have the same name, the same content, and refer to the same
//! components. Whatever else has a name that is taken gets a name of its own, and its document is made
//! to refer to it by that.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Findings, Kind};
use crate::node::{Key, Node, pointer_name, pointer_token};
use crate::openapi::{COMPONENTS, DOCUMENT, Holds, ObjectType, SCHEMA, walk, walk_mut};

/// A component by its section and name, such as `schemas` and `Team`.
type Id = (String, String);

/// The components bound so far, by the section and name that their pages give them.
#[derive(Default)]
pub(super) struct Variants {
    by_id: BTreeMap<Id, Vec<Variant>>,
    /// The kinds and names that are taken.
    taken: BTreeSet<Id>,
}

struct Variant {
    /// The name in the bound document.
    name: String,
    /// As on the page.
    content: Node,
    /// What it refers to, and the name of that in the bound document.
    refers: BTreeMap<Id, String>,
}

/// A component of the document that is merged.
struct Incoming {
    key: Key,
    content: Node,
    refers: BTreeSet<Id>,
    /// The variant that it may be; past the last one, it is new.
    variant: usize,
}

impl Variants {
    /// Moves the components of a document into the bound one.
    pub(super) fn merge(&mut self, bound: &mut Node, document: &mut Node, findings: &mut Findings) {
        let mut incoming = incoming(document);
        self.settle(&mut incoming);
        let mut names: BTreeMap<Id, String> = BTreeMap::new();
        for (id, component) in &incoming {
            let known = self.by_id.get(id).and_then(|variants| variants.get(component.variant));
            let name = match known {
                Some(variant) => variant.name.clone(),
                None => self.free_name(id, &incoming),
            };
            if known.is_none() && name != id.1 {
                findings.push(renamed(component, &name));
            }
            self.taken.insert((id.0.clone(), name.clone()));
            names.insert(id.clone(), name);
        }
        if names.iter().any(|(id, name)| id.1 != *name) {
            rename_references(document, &names);
        }
        for (id, Incoming { key, content, refers, variant }) in incoming {
            let name = names.get(&id).cloned().unwrap_or_default();
            let variants = self.by_id.entry(id.clone()).or_default();
            if variant < variants.len() {
                continue;
            }
            let pointer = format!("/components/{}/{}", id.0, pointer_token(&id.1));
            if let Some(component) = document.pointer(&pointer) {
                let section = bound.entry("components", &key.span).entry(&id.0, &key.span);
                section.members_mut().insert(Key::new(&name, &key.span), component.clone());
            }
            let name_of = |id: Id| names.get(&id).map(|name| (id, name.clone()));
            let refers = refers.into_iter().filter_map(name_of).collect();
            variants.push(Variant { name, content, refers });
        }
    }

    /// Finds for each component the variant that it is. One that refers to another component than the
    /// variant does is not that variant, and finding that out of one can change it for others.
    fn settle(&self, incoming: &mut BTreeMap<Id, Incoming>) {
        let none = Vec::new();
        loop {
            let mut moves = Vec::new();
            for (id, component) in &*incoming {
                let variants = self.by_id.get(id).unwrap_or(&none);
                let Some(variant) = variants.get(component.variant) else { continue };
                // What one of the two pages does not have is no difference between them.
                let same = |id: &Id| match (incoming.get(id), variant.refers.get(id)) {
                    (Some(to), Some(name)) => {
                        let known = self.by_id.get(id).and_then(|known| known.get(to.variant));
                        known.is_some_and(|known| known.name == *name)
                    }
                    _ => true,
                };
                let agrees =
                    variant.content == component.content && component.refers.iter().all(same);
                if !agrees {
                    moves.push(id.clone());
                }
            }
            if moves.is_empty() {
                return;
            }
            for id in moves {
                incoming.entry(id).and_modify(|component| component.variant += 1);
            }
        }
    }

    fn free_name(&self, id: &Id, incoming: &BTreeMap<Id, Incoming>) -> String {
        let (section, name) = id;
        if !self.taken.contains(id) {
            return name.clone();
        }
        let mut number = 2_usize;
        loop {
            let numbered = (section.clone(), format!("{name}{number}"));
            if !self.taken.contains(&numbered) && !incoming.contains_key(&numbered) {
                return numbered.1;
            }
            number += 1;
        }
    }
}

/// The kinds of components, except credentials, which are merged by themselves.
fn sections() -> impl Iterator<Item = (&'static str, &'static ObjectType)> {
    COMPONENTS.keywords.iter().filter_map(|it| match it.holds {
        Holds::Map(object) if it.name != "securitySchemes" => Some((it.name, object)),
        _ => None,
    })
}

fn incoming(document: &Node) -> BTreeMap<Id, Incoming> {
    let mut all = BTreeMap::new();
    for (section, object) in sections() {
        let components = document.get("components").and_then(|it| it.get(section)?.as_object());
        for (key, content) in components.into_iter().flatten() {
            let mut refers = BTreeSet::new();
            walk(content, object, &mut |node, object| {
                refers.extend(references(node, object).filter_map(component));
            });
            let (key, content) = (key.clone(), content.clone());
            let id = (section.to_owned(), key.text.clone());
            all.insert(id, Incoming { key, content, refers, variant: 0 });
        }
    }
    all
}

/// The references that an object makes.
pub(super) fn references<'a>(
    node: &'a Node,
    object: &'static ObjectType,
) -> impl Iterator<Item = &'a str> {
    let mapping =
        node.get("discriminator").filter(|_| object.is(&SCHEMA)).and_then(|it| it.get("mapping"));
    let mapped = mapping.into_iter().flat_map(Node::members).filter_map(|(_, it)| it.as_str());
    node.str("$ref").into_iter().chain(mapped)
}

/// The component that a reference reaches, or reaches into.
fn component(reference: &str) -> Option<Id> {
    let rest = reference.strip_prefix("#/components/")?;
    let mut tokens = rest.split('/');
    let (section, name) = (tokens.next()?, tokens.next()?);
    Some((section.to_owned(), pointer_name(&crate::node::percent_decoded(name))))
}

fn rename_references(document: &mut Node, names: &BTreeMap<Id, String>) {
    let renamed = |reference: &str| {
        let (section, old) = component(reference)?;
        let name = names.get(&(section.clone(), old.clone())).filter(|name| **name != old)?;
        let mut tokens = reference.splitn(5, '/').skip(4);
        let rest = tokens.next().map(|rest| format!("/{rest}")).unwrap_or_default();
        Some(format!("#/components/{section}/{}{rest}", pointer_token(name)))
    };
    let rename = |node: &mut Node| {
        if let Some(text) = node.as_str().and_then(renamed) {
            *node = Node::string(text, &node.span);
        }
    };
    walk_mut(document, &DOCUMENT, &mut |node, object| {
        node.get_mut("$ref").into_iter().for_each(rename);
        if object.is(&SCHEMA) {
            let mapping = node.get_mut("discriminator").and_then(|it| it.get_mut("mapping"));
            mapping.into_iter().flat_map(Node::each_mut).for_each(|(_, target)| rename(target));
        }
    });
}

fn renamed(component: &Incoming, name: &str) -> Finding {
    let old = &component.key.text;
    Finding::note(
        Kind::Renamed,
        format!("`{old}` is not the `{old}` of another page, and becomes `{name}`"),
    )
    .at(&component.key.span)
}
