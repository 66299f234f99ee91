//! Which way a schema goes: what only the vendor says is not in requests, what only the caller says not in answers.
//!
//! A component that goes both ways and differs is two types: the one that is sent is called `…Input`.

use std::collections::{BTreeMap, BTreeSet};

use crate::node::Node;
use crate::openapi::model::Content;
use crate::openapi::{DOCUMENT, Document, SCHEMA, Schema, walk};

use super::Lowering;
use super::hierarchy::Hierarchy;

/// Which way something goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    Request,
    #[default]
    Response,
}

/// A schema that references lead to, and which way it goes if that makes a difference.
pub(super) type Reached = (String, Direction);

/// The references that lead to schemas which are one thing where they are sent and another where they are received.
#[derive(Default)]
pub(super) struct Directions {
    /// Whether any schema goes one way only.
    is_needed: bool,
    /// The references to schemas that hold what goes one way only, at any depth, and go both ways themselves.
    split: BTreeSet<String>,
    /// The properties that tell alternatives apart, whichever way they go.
    tags: BTreeSet<String>,
}

impl Directions {
    pub(super) fn of(document: Document<'_>, hierarchy: &Hierarchy) -> Self {
        let kinds = kinds(document, hierarchy);
        let mut targets: BTreeMap<&str, Inside<'_>> = BTreeMap::new();
        let (mut tags, mut goes_one_way) = (BTreeSet::new(), false);
        walk(document.node(), &DOCUMENT, &mut |node, of| {
            let schema = Schema::of(node);
            if !of.is(&SCHEMA) {
                return;
            }
            goes_one_way |= schema.is_read_only() || schema.is_write_only();
            tags.extend(
                schema.discriminator().and_then(|it| it.property_name()).map(str::to_owned),
            );
            if let Some(reference) = schema.reference() {
                targets.entry(reference).or_default();
            }
        });
        if !goes_one_way {
            return Self { tags, ..Self::default() };
        }
        for kind in kinds.values().flatten() {
            targets.entry(kind).or_default();
        }
        for (reference, inside) in &mut targets {
            let target = document.schema(reference).map(Schema::node);
            *inside = target.map(|it| Inside::of(document, it)).unwrap_or_default();
            let kinds = kinds.get(*reference).into_iter().flatten();
            inside.references.extend(kinds.map(String::as_str));
        }
        let differing = differing(&targets);
        let (sent, received) = exchanged(document);
        let (sent, received) = (reached(sent, &targets), reached(received, &targets));
        let split = differing.iter().filter(|it| sent.contains(**it) && received.contains(**it));
        Self { split: split.map(|it| (*it).to_owned()).collect(), is_needed: true, tags }
    }
}

/// The references to the components that may stand in the place of others, by the references to those.
fn kinds(document: Document<'_>, hierarchy: &Hierarchy) -> BTreeMap<String, BTreeSet<String>> {
    let names = document.schemas().map(|(name, _)| name).filter(|_| !hierarchy.is_empty());
    let pointers = names.map(Document::reference_to_schema);
    let kinds = pointers.map(|it| (it.clone(), hierarchy.in_place_of(document, &it)));
    kinds.filter(|(_, kinds)| !kinds.is_empty()).collect()
}

/// What stands in a schema.
#[derive(Default)]
struct Inside<'n> {
    references: BTreeSet<&'n str>,
    goes_one_way: bool,
}

impl<'n> Inside<'n> {
    fn of(document: Document<'n>, node: &'n Node) -> Self {
        let mut inside = Self::default();
        walk(node, &SCHEMA, &mut |node, of| {
            let schema = Schema::of(node);
            if of.is(&SCHEMA) {
                inside.references.extend(schema.reference());
                inside.goes_one_way |=
                    schema.properties().any(|(_, it)| direction(document, it).is_some());
            }
        });
        inside
    }
}

/// The references to schemas of which one that they lead to differs.
fn differing<'n>(targets: &BTreeMap<&'n str, Inside<'n>>) -> BTreeSet<&'n str> {
    let mut users: BTreeMap<&str, Vec<&'n str>> = BTreeMap::new();
    for (reference, inside) in targets {
        inside.references.iter().for_each(|it| users.entry(it).or_default().push(reference));
    }
    let own = targets.iter().filter(|(_, it)| it.goes_one_way).map(|(reference, _)| *reference);
    let mut waiting: Vec<&str> = own.collect();
    let mut differing: BTreeSet<&str> = waiting.iter().copied().collect();
    while let Some(next) = waiting.pop() {
        let users = users.get(next).into_iter().flatten();
        waiting.extend(users.filter(|it| differing.insert(it)));
    }
    differing
}

/// The references in what operations send and in what they receive.
fn exchanged(document: Document<'_>) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let (mut sent, mut received) = (BTreeSet::new(), BTreeSet::new());
    for call in document.operations() {
        let parameters = call.parameters().filter_map(|it| document.resolve(it));
        parameters.for_each(|it| references(it.schema(), &mut sent));
        let body = call.request_body().and_then(|it| document.resolve(it)?.content());
        for (_, media) in body.into_iter().flat_map(Content::media_types) {
            references(media.schema(), &mut sent);
        }
        for (_, response) in call.responses() {
            let content = document.resolve(response).and_then(|it| it.content());
            for (_, media) in content.into_iter().flat_map(Content::media_types) {
                references(media.schema(), &mut received);
            }
        }
    }
    (sent, received)
}

fn references<'n>(schema: Option<Schema<'n>>, found: &mut BTreeSet<&'n str>) {
    let Some(schema) = schema else { return };
    walk(schema.node(), &SCHEMA, &mut |node, of| {
        if of.is(&SCHEMA) {
            found.extend(Schema::of(node).reference());
        }
    });
}

fn reached<'n>(
    from: BTreeSet<&'n str>,
    targets: &BTreeMap<&'n str, Inside<'n>>,
) -> BTreeSet<&'n str> {
    let mut waiting: Vec<&str> = from.iter().copied().collect();
    let mut reached = from;
    while let Some(next) = waiting.pop() {
        let inside = targets.get(next).into_iter().flat_map(|it| &it.references);
        waiting.extend(inside.filter(|it| reached.insert(it)));
    }
    reached
}

/// Returns the only way that a property goes, if it goes one way: what itself, what it refers to or a part of it says.
fn direction(document: Document<'_>, property: Schema<'_>) -> Option<Direction> {
    let target = property.reference().and_then(|it| document.schema(it));
    let parts = property.all_of().chain(target);
    let mut said = std::iter::once(property).chain(parts);
    said.find_map(|it| match (it.is_read_only(), it.is_write_only()) {
        (true, false) => Some(Direction::Response),
        (false, true) => Some(Direction::Request),
        _ => None,
    })
}

impl Lowering<'_> {
    /// Returns what tells apart the types that a reference may lead to.
    pub(super) fn reached(&self, pointer: &str) -> Reached {
        let direction = match self.directions.split.contains(pointer) {
            true => self.direction,
            false => Direction::default(),
        };
        (pointer.to_owned(), direction)
    }

    /// Returns the way that a schema goes, if it refers to what differs by it.
    pub(super) fn direction_of(&self, node: &Node) -> Direction {
        let mut differs = false;
        if self.direction != Direction::default() && !self.directions.split.is_empty() {
            walk(node, &SCHEMA, &mut |node, of| {
                let reference = Schema::of(node).reference().filter(|_| of.is(&SCHEMA));
                differs |= reference.is_some_and(|it| self.directions.split.contains(it));
            });
        }
        if differs { self.direction } else { Direction::default() }
    }

    /// Returns the name of a component that goes the way of what is lowered.
    pub(super) fn component_name(&self, pointer: &str) -> Option<String> {
        let name = self.components.get(pointer)?;
        Some(match self.reached(pointer).1 {
            Direction::Request => format!("{name}Input"),
            Direction::Response => name.clone(),
        })
    }

    /// Returns an object without the properties that go the other way, if it has some. A property that tells
    /// alternatives apart has to be there whoever says it.
    pub(super) fn going_one_way(&self, schema: Schema<'_>) -> Option<Node> {
        if !self.directions.is_needed {
            return None;
        }
        let is_other = |name: &str, property: Schema<'_>| {
            direction(self.document, property).is_some_and(|it| it != self.direction)
                && !self.directions.tags.contains(name)
        };
        schema.without_properties(is_other)
    }
}

#[cfg(test)]
mod tests;
