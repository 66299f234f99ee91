//! Which way a schema goes: what only the vendor says is not in requests, what only the caller says not in answers.
//!
//! A component that goes both ways and differs is two types: the one that is sent is called `…Input`.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::openapi::{DOCUMENT, Document, SCHEMA, Schema, walk};

use super::Lowering;
use super::reach::{self, Reach};

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
    pub(super) fn of(document: Document<'_>, reach: &Reach<'_>) -> Self {
        let (mut tags, mut goes_one_way) = (BTreeSet::new(), false);
        walk(document.node(), &DOCUMENT, &mut |node, of| {
            let schema = Schema::of(node);
            if of.is(&SCHEMA) {
                goes_one_way |= schema.is_read_only() || schema.is_write_only();
                let tag = schema.discriminator().and_then(|it| it.property_name());
                tags.extend(tag.map(str::to_owned));
            }
        });
        if !goes_one_way {
            return Self { tags, ..Self::default() };
        }
        let differing = differing(document, reach);
        let both = |it: &&&str| reach.sent.contains(**it) && reach.received.contains(**it);
        let split = differing.iter().filter(both).map(|it| (*it).to_owned()).collect();
        Self { split, is_needed: true, tags }
    }
}

/// The references to schemas of which one that they lead to differs.
fn differing<'n>(document: Document<'_>, reach: &Reach<'n>) -> BTreeSet<&'n str> {
    let mut users: BTreeMap<&str, Vec<&'n str>> = BTreeMap::new();
    for (reference, inside) in &reach.inside {
        inside.iter().for_each(|it| users.entry(it).or_default().push(reference));
    }
    let own = reach.inside.keys().copied().filter(|it| {
        document.schema(it).is_some_and(|target| has_property_of_one_way(document, target.node()))
    });
    let mut waiting: Vec<&str> = own.collect();
    let mut differing: BTreeSet<&str> = waiting.iter().copied().collect();
    while let Some(next) = waiting.pop() {
        let users = users.get(next).into_iter().flatten();
        waiting.extend(users.filter(|it| differing.insert(it)));
    }
    differing
}

/// Whether a property at any depth goes one way.
fn has_property_of_one_way(document: Document<'_>, node: &Node) -> bool {
    let mut found = false;
    walk(node, &SCHEMA, &mut |node, of| {
        let mut properties = Schema::of(node).properties();
        found |= of.is(&SCHEMA) && properties.any(|(_, it)| direction(document, it).is_some());
    });
    found
}

/// Returns a finding for each property that goes the other way than all that it is a part of: it is in no type.
pub(super) fn passed_over(
    document: Document<'_>,
    reach: &Reach<'_>,
    directions: &Directions,
) -> Vec<Finding> {
    let mut found = BTreeMap::new();
    if !directions.is_needed {
        return Vec::new();
    }
    let (sent, received) = reach::exchanged(document);
    for (way, schemas, own, others, words) in [
        (Direction::Request, sent, &reach.sent, &reach.received, "is read-only, and is not sent"),
        (
            Direction::Response,
            received,
            &reach.received,
            &reach.sent,
            "is write-only, and is not read",
        ),
    ] {
        let components = own.difference(others).filter_map(|it| document.schema(it));
        for schema in schemas.into_iter().chain(components) {
            walk(schema.node(), &SCHEMA, &mut |node, of| {
                let properties = Schema::of(node).properties().filter(|_| of.is(&SCHEMA));
                let is_other = |property| direction(document, property).is_some_and(|it| it != way);
                for (name, it) in properties
                    .filter(|(name, it)| is_other(*it) && !directions.tags.contains(*name))
                {
                    let place = (it.span().source().path(), it.span().range().start);
                    found.entry(place).or_insert((it.span(), format!("`{name}` {words}")));
                }
            });
        }
    }
    let found = found.into_values();
    found.map(|(span, what)| Finding::note(Kind::OneWayProperty, what).at(span)).collect()
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
