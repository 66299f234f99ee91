//! Parts of a document that are documents by themselves: an operation and all that it refers to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value as Json};

use crate::node::{Node, percent_decoded, pointer_name};
use crate::openapi::model::Discriminator;
use crate::openapi::{Document, METHODS, ObjectType, PATH_ITEM, SCHEMA, Schema, walk};
use crate::source::Source;

/// The longest excerpt that is made, in bytes of compact JSON: what is larger takes its time and shows no more.
const LONGEST: usize = 120_000;

/// What can be cut out of a document.
pub(super) struct Excerpts<'a> {
    document: &'a Json,
    /// What each part refers to.
    refers: BTreeMap<Part<'a>, BTreeSet<Part<'a>>>,
    referred: BTreeMap<Part<'a>, Vec<Part<'a>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    /// An operation, by path and method.
    Operation(&'a str, &'static str),
    /// A component, by kind and name.
    Component(&'a str, &'a str),
}

impl<'a> Excerpts<'a> {
    pub(super) fn new(document: &'a Json) -> Self {
        let mut new = Self { document, refers: BTreeMap::new(), referred: BTreeMap::new() };
        let global = document.get("security");
        for (path, item) in members(document.get("paths")) {
            for method in METHODS {
                let Some(operation) = item.get(method) else { continue };
                let security = operation.get("security").or(global);
                let shared =
                    members(Some(item)).filter(|(name, _)| !METHODS.contains(&name.as_str()));
                let texts = shared.map(|(_, it)| it).chain([operation]);
                let mut to = BTreeSet::new();
                texts.for_each(|it| new.references(it, &mut to));
                let schemes = security.and_then(Json::as_array).into_iter().flatten();
                let schemes = schemes.flat_map(|it| members(Some(it)));
                to.extend(schemes.map(|(name, _)| Part::Component("securitySchemes", name)));
                new.refers.insert(Part::Operation(path, method), to);
            }
        }
        for (kind, components) in members(document.get("components")) {
            for (name, component) in members(Some(components)) {
                let mut to = BTreeSet::new();
                new.references(component, &mut to);
                new.refers.insert(Part::Component(kind, name), to);
            }
        }
        for (part, to) in &new.refers {
            to.iter().for_each(|to| new.referred.entry(*to).or_default().push(*part));
        }
        new
    }

    /// Returns a document that has the place and an operation that reaches it; nothing if none does.
    pub(super) fn around(&self, pointer: &str) -> Option<Json> {
        let tokens: Vec<String> = pointer.split('/').skip(1).map(pointer_name).collect();
        let names: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let operation = match names.as_slice() {
            ["paths", path, method, ..] if METHODS.contains(method) => {
                self.operations().find(|it| *it == (path, method))
            }
            ["paths", path, ..] => self.operations().find(|(it, _)| it == path),
            ["components", kind, name, ..] => self.nearest(kind, name),
            ["tags", index, ..] => self.tagged(index),
            _ => self.operations().next(),
        }?;
        let cut = Some(self.cut(operation)).filter(|it| it.to_string().len() <= LONGEST)?;
        Some(cut).filter(|it| !pointer.starts_with("/components/") || is_reached(it, pointer))
    }

    fn operations(&self) -> impl Iterator<Item = (&'a str, &'static str)> {
        self.refers.keys().filter_map(|part| match part {
            Part::Operation(path, method) => Some((*path, *method)),
            Part::Component(..) => None,
        })
    }

    /// Returns an operation that leads to a component by the fewest references.
    fn nearest(&self, kind: &str, name: &str) -> Option<(&'a str, &'static str)> {
        let is_it = |part: &&Part<'a>| **part == Part::Component(kind, name);
        let mut open: VecDeque<Part<'a>> =
            self.refers.keys().find(is_it).copied().into_iter().collect();
        let mut seen: BTreeSet<Part<'a>> = open.iter().copied().collect();
        while let Some(part) = open.pop_front() {
            if let Part::Operation(path, method) = part {
                return Some((path, method));
            }
            let next = self.referred.get(&part).into_iter().flatten().copied();
            open.extend(next.filter(|it| seen.insert(*it)));
        }
        None
    }

    fn tagged(&self, index: &str) -> Option<(&'a str, &'static str)> {
        let name = self.document.pointer(&format!("/tags/{index}/name"))?;
        self.operations().find(|(path, method)| {
            let tags =
                self.document.get("paths").and_then(|it| it.get(path)?.get(method)?.get("tags"));
            tags.and_then(Json::as_array).is_some_and(|tags| tags.contains(name))
        })
    }

    /// Returns the document with this operation alone, and the components that it reaches.
    fn cut(&self, (path, method): (&'a str, &'static str)) -> Json {
        let first = Part::Operation(path, method);
        let (mut open, mut reached) = (vec![first], BTreeSet::from([first]));
        while let Some(part) = open.pop() {
            let next = self.refers.get(&part).into_iter().flatten().copied();
            open.extend(next.filter(|it| reached.insert(*it)));
        }
        let kept = members(Some(self.document)).map(|(name, value)| {
            let value = match name.as_str() {
                "paths" => {
                    let item = members(value.get(path));
                    let is_other = |it: &&String| METHODS.contains(&it.as_str()) && *it != method;
                    let item = item.filter(|(name, _)| !is_other(name));
                    let item: Map<String, Json> =
                        item.map(|(name, it)| (name.clone(), it.clone())).collect();
                    Json::from(Map::from_iter([(path.to_owned(), Json::from(item))]))
                }
                "components" => components(value, &reached),
                _ => value.clone(),
            };
            (name.clone(), value)
        });
        Json::Object(kept.collect())
    }

    /// Collects the components that a value refers to, by `$ref` or by a mapping of a discriminator.
    fn references(&self, value: &'a Json, to: &mut BTreeSet<Part<'a>>) {
        match value {
            Json::String(text) => to.extend(self.component(text)),
            Json::Array(items) => items.iter().for_each(|it| self.references(it, to)),
            Json::Object(members) => members.values().for_each(|it| self.references(it, to)),
            _ => {}
        }
    }

    fn component(&self, text: &str) -> Option<Part<'a>> {
        let mut tokens = text.strip_prefix("#/components/")?.split('/').map(pointer_name);
        let (kind, name) = (tokens.next()?, tokens.next()?);
        let components = self.document.get("components")?.as_object()?;
        let (kind, components) = components.get_key_value(&kind)?;
        let (name, _) = components.as_object()?.get_key_value(&name)?;
        Some(Part::Component(kind, name))
    }
}

/// Whether a place in a component is reached: some references lead to a part of a component alone.
fn is_reached(document: &Json, pointer: &str) -> bool {
    let is_around = |target: &str| {
        let rest = pointer.strip_prefix(target);
        rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
    };
    // Schemes are referred to by their names.
    if pointer.starts_with("/components/securitySchemes/") {
        return true;
    }
    let node = Node::from_json(document.clone(), &Source::new("excerpt", "").start());
    let mut seen = BTreeSet::new();
    let items = Document::of(&node).path_items();
    let mut open: Vec<(&Node, &'static ObjectType)> =
        items.map(|(_, it)| (it.node(), &PATH_ITEM)).collect();
    while let Some((part, of)) = open.pop() {
        walk(part, of, &mut |object, of| {
            let object = Schema::of(object);
            let mapped = object.discriminator().into_iter().flat_map(Discriminator::tags);
            let mapped = mapped.map(|(_, target)| target).filter(|_| of.is(&SCHEMA));
            for reference in object.reference().into_iter().chain(mapped) {
                let target = percent_decoded(reference.trim_start_matches('#'));
                open.extend(
                    node.pointer(&target).filter(|_| seen.insert(target)).map(|it| (it, of)),
                );
            }
        });
    }
    seen.iter().any(|it| is_around(it))
}

fn components<'a>(all: &'a Json, reached: &BTreeSet<Part<'a>>) -> Json {
    let kinds = members(Some(all)).map(|(kind, components)| {
        let kept = members(Some(components));
        let kept = kept.filter(|(name, _)| reached.contains(&Part::Component(kind, name)));
        let kept: Map<String, Json> = kept.map(|(name, it)| (name.clone(), it.clone())).collect();
        (kind.clone(), Json::from(kept))
    });
    Json::Object(kinds.collect())
}

fn members(value: Option<&Json>) -> impl Iterator<Item = (&String, &Json)> {
    value.and_then(Json::as_object).into_iter().flatten()
}
