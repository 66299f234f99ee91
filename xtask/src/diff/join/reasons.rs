//! The changes of a document by the Rust items that they can be the reason for.
//!
//! Everything is looked up, so that the work grows with the changes and with the effects, and not with both.

use std::collections::{BTreeSet, HashMap};

use crate::surface::Effect;

use super::super::change::{Change, Owner};
use super::super::origins::{Origins, Type};
use super::nearest::{Direction, Nearest, joined};
use super::places::Places;

/// Changes by what they can be the reason for.
pub(super) struct Reasons<'a> {
    origins: [&'a Origins; 2],
    /// Those of a property, by the item that it is in and its name in Rust.
    members: HashMap<(Name<'a>, &'a str), Nearest>,
    /// Those in a schema, by the type that comes from it: how many things are between the two, and which is nearest.
    around: HashMap<&'a str, (usize, Nearest)>,
    /// Those in an operation, by what comes from it.
    operations: HashMap<Name<'a>, Nearest>,
    /// Those of responses, of credentials and of servers.
    places: Places<'a>,
    /// All of them by pointer, in order.
    pointers: Vec<(&'a str, usize, Direction)>,
    /// Those that are found by the place of a type alone, by its name.
    placed: HashMap<String, Option<usize>>,
    /// The signatures that were looked at last, and the words in which they differ: of a function with many arguments,
    /// each of them can be an effect, and each says the whole of it.
    last: (Signatures, BTreeSet<String>),
}

/// What an item was, and what it is.
type Signatures = (Option<String>, Option<String>);

/// What an item can be called by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Name<'a> {
    Type(&'a str),
    /// A method of the client.
    Method(&'a str),
}

impl<'a> Reasons<'a> {
    pub(super) fn new(changes: &'a [Change], old: &'a Origins, new: &'a Origins) -> Self {
        let mut pointers = Vec::new();
        let mut reasons = Self {
            origins: [old, new],
            members: HashMap::new(),
            around: HashMap::new(),
            operations: HashMap::new(),
            places: Places::default(),
            pointers: Vec::new(),
            placed: HashMap::new(),
            last: Default::default(),
        };
        for (at, change) in changes.iter().enumerate() {
            let direction = Direction::of(change.before.as_ref(), change.after.as_ref());
            pointers.push((change.pointer.as_str(), at, direction));
            for (distance, owner) in change.owners.iter().enumerate() {
                for ty in types(owner, old, new) {
                    reasons.in_type(ty, owner, distance, (at, direction));
                }
            }
            reasons.places.add(change, [old, new], (at, direction));
            let member = change.owners.iter().find_map(|owner| owner.member.as_deref());
            for call in &change.operations {
                reasons.in_operation(call, member, (at, direction));
            }
        }
        pointers.sort_unstable_by_key(|(pointer, at, _)| (*pointer, *at));
        Self { pointers, ..reasons }
    }

    fn in_type(&mut self, ty: &'a Type, owner: &Owner, distance: usize, of: (usize, Direction)) {
        if let Some(member) = owner.member.as_deref().and_then(|wire| ty.members.get(wire)) {
            self.members.entry((Name::Type(&ty.name), member)).or_default().add(of.0, of.1);
        }
        let (nearest, around) =
            self.around.entry(&ty.name).or_insert((distance, Nearest::default()));
        if distance < *nearest {
            (*nearest, *around) = (distance, Nearest::default());
        }
        if distance == *nearest {
            around.add(of.0, of.1);
        }
    }

    fn in_operation(&mut self, call: &str, member: Option<&str>, of: (usize, Direction)) {
        for operation in self.origins.into_iter().filter_map(|it| it.operation(call)) {
            let types = operation.sums.iter().chain([&operation.builder]);
            let types = types.map(|it| Name::Type(it));
            for name in types.chain([Name::Method(&operation.method)]) {
                self.operations.entry(name).or_default().add(of.0, of.1);
                if let Some(member) = member.and_then(|wire| operation.members.get(wire)) {
                    self.members.entry((name, member)).or_default().add(of.0, of.1);
                }
            }
        }
    }

    /// Returns the change that is nearest to what an effect is about: in the response that the item comes from, or in
    /// the property; in one that its signature names, where the two signatures differ; in a schema of which it is a
    /// part; at a place in the schema of its type; in its operation; in what clients are made from.
    pub(super) fn of(&mut self, effect: &Effect) -> Option<usize> {
        if (&self.last.0.0, &self.last.0.1) != (&effect.before, &effect.after) {
            let words = differing_words(effect).into_iter().map(str::to_owned).collect();
            self.last = ((effect.before.clone(), effect.after.clone()), words);
        }
        let direction = Direction::of(effect.before.as_ref(), effect.after.as_ref());
        if let Some(change) = self.places.of_response(effect, direction) {
            return Some(change);
        }
        let parts: Vec<&str> = effect.item.split("::").collect();
        let last = parts.last().copied().unwrap_or_default();
        let method = effect.item.contains("Client::").then_some(Name::Method(last));
        let names: Vec<Name<'_>> = parts.iter().map(|it| Name::Type(it)).chain(method).collect();
        let members = |words: &mut dyn Iterator<Item = &str>| {
            let keys = words.flat_map(|word| names.iter().map(move |name| (*name, word)));
            joined(keys.filter_map(|key| self.members.get(&key).copied()))
        };
        let around = parts.iter().filter_map(|part| self.around.get(part));
        let distance = around.clone().map(|(distance, _)| *distance).min();
        let around = around.filter(|(it, _)| Some(*it) == distance).map(|(_, nearest)| *nearest);
        members(&mut std::iter::once(last))
            .pick(direction)
            .or_else(|| members(&mut self.last.1.iter().map(String::as_str)).pick(direction))
            .or_else(|| joined(around).pick(direction))
            .or_else(|| self.by_place(type_of(&effect.item)?))
            .or_else(|| {
                let operations = names.iter().filter_map(|name| self.operations.get(name).copied());
                joined(operations).pick(direction)
            })
            .or_else(|| self.places.of_client(effect, direction))
    }

    /// Returns the first change in the schema that a type comes from, else the first of something that the schema is
    /// in and that came or went with it. A merged schema has no other trace of its parts.
    fn by_place(&mut self, ty: &str) -> Option<usize> {
        if let Some(known) = self.placed.get(ty) {
            return *known;
        }
        let schemas: Vec<&str> = self.origins.iter().flat_map(|it| it.schemas(ty)).collect();
        let within = schemas.iter().filter_map(|schema| self.within(schema)).min();
        let found = within.or_else(|| schemas.iter().filter_map(|it| self.holding(it)).min());
        self.placed.insert(ty.to_owned(), found);
        found
    }

    /// Returns the first change at a pointer or below it.
    fn within(&self, schema: &str) -> Option<usize> {
        let start = self.pointers.partition_point(|(pointer, ..)| *pointer < schema);
        let from = self.pointers.get(start..)?.iter();
        // What begins alike and goes on otherwise stands between: `/a-b` is before `/a/b`.
        let alike = from.map_while(|(pointer, at, _)| Some((pointer.strip_prefix(schema)?, *at)));
        let below = alike.filter(|(rest, _)| rest.is_empty() || rest.starts_with('/'));
        below.map(|(_, at)| at).min()
    }

    /// Returns the first change of something that came or went, around a pointer.
    fn holding(&self, schema: &str) -> Option<usize> {
        let ends = schema.match_indices('/').map(|(at, _)| at).chain([schema.len()]);
        let around = ends.filter_map(|end| schema.get(..end)).flat_map(|around| {
            let start = self.pointers.partition_point(|(pointer, ..)| *pointer < around);
            let from = self.pointers.get(start..).unwrap_or_default().iter();
            from.take_while(move |(pointer, ..)| *pointer == around)
        });
        let whole = around.filter(|(.., direction)| *direction != Direction::Changed);
        whole.map(|(_, at, _)| *at).min()
    }
}

fn types<'o>(
    owner: &Owner,
    old: &'o Origins,
    new: &'o Origins,
) -> impl Iterator<Item = &'o Type> + use<'o> {
    let of = |origins: &'o Origins, span: &Option<crate::source::Span>| {
        span.as_ref().map_or(&[][..], |span| origins.types(span))
    };
    of(old, &owner.old).iter().chain(of(new, &owner.new))
}

/// Returns the type that an item is, or is in.
fn type_of(item: &str) -> Option<&str> {
    item.split(" as ").next()?.strip_prefix("types::")?.split("::").next()
}

/// Returns the identifiers that stand in one of the two signatures alone, or another number of times.
fn differing_words(effect: &Effect) -> BTreeSet<&str> {
    let pieces = |text: &Option<String>| -> BTreeSet<String> {
        text.iter().flat_map(|it| it.split(", ")).map(str::to_owned).collect()
    };
    let (before, after) = (pieces(&effect.before), pieces(&effect.after));
    let texts = [(&effect.before, &after), (&effect.after, &before)];
    texts
        .into_iter()
        .flat_map(|(text, other)| {
            let pieces = text.iter().flat_map(|it| it.split(", "));
            pieces.filter(|piece| !other.contains(*piece)).flat_map(words)
        })
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && it != '_').filter(|it| !it.is_empty())
}
