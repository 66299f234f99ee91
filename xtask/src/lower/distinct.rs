//! What tells the alternatives of a union apart that have no tag: their members, and members with constants.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::node::{Node, Value, pointer_token};
use crate::openapi::{Document, Schema};
use crate::plan::{Constants, Distinct, JsonType};

use super::candidate::Candidate;
use super::merge;
use super::union::json_type;

/// How deep members are looked for where those of the alternatives themselves tell nothing.
const DEPTH: usize = 3;

/// How many schemas are looked at for an alternative.
const FOLLOWED: usize = 128;

/// The members of an alternative by JSON pointers, and the constants among them.
#[derive(Default)]
struct Members {
    all: BTreeSet<String>,
    constants: BTreeMap<String, Constants>,
    followed: usize,
}

/// Finds what tells each candidate apart from the others of its JSON type.
pub(super) fn find(document: Document<'_>, candidates: &mut [Candidate]) {
    for ty in [JsonType::Object, JsonType::Array] {
        let is_alike = |it: &Candidate| [ty, JsonType::Any].contains(&json_type(it.schema()));
        let alike = || candidates.iter().filter(|it| is_alike(it));
        if alike().count() < 2 {
            continue;
        }
        let schemas: Vec<Schema<'_>> = alike().map(Candidate::schema).collect();
        let found = among(document, &schemas);
        for (candidate, found) in candidates.iter_mut().filter(|it| is_alike(it)).zip(found) {
            candidate.distinct = found;
        }
    }
}

fn among(document: Document<'_>, schemas: &[Schema<'_>]) -> Vec<Distinct> {
    let mut targets = Targets { document, merged: BTreeMap::new() };
    let mut gathered = |depth| -> Vec<Members> {
        schemas.iter().map(|it| Members::of(&mut targets, *it, depth)).collect()
    };
    let mut members = gathered(1);
    if !all_differ(&members) {
        members = gathered(DEPTH);
    }
    let in_all = |name: &String| members.iter().all(|it| it.all.contains(name));
    let telling = |pointer: &String, own: &Constants| {
        let mut others = members.iter().map(|it| it.constants.get(pointer));
        let excludes = |it: Option<&Constants>| it.is_some_and(|it| it == own || it.excludes(own));
        let differs = others.clone().any(|it| it != Some(own));
        // A list of values may grow: it rules out only what is in the list of another alternative.
        differs && (own.is_single() || others.all(excludes))
    };
    let each = schemas.iter().zip(&members).map(|(schema, own)| Distinct {
        members: own.all.iter().filter(|it| !in_all(it)).cloned().collect(),
        closed: closed(*schema),
        constants: own
            .constants
            .iter()
            .filter(|(pointer, values)| telling(pointer, values))
            .map(|(pointer, values)| (pointer.clone(), values.clone()))
            .collect(),
    });
    each.collect()
}

/// Whether no two have the same members.
fn all_differ(members: &[Members]) -> bool {
    let mut sets: Vec<&BTreeSet<String>> = members.iter().map(|it| &it.all).collect();
    let count = sets.len();
    sets.sort_unstable();
    sets.dedup();
    sets.len() == count
}

/// The names of the members of an object that has no others.
fn closed(schema: Schema<'_>) -> Option<Vec<String>> {
    let others = schema.additional_properties()?.node().as_bool()?;
    let patterns = schema.pattern_properties().next().is_some();
    let mut names: Vec<String> = schema.properties().map(|(name, _)| name.to_owned()).collect();
    names.sort_unstable();
    (!others && !patterns).then_some(names)
}

/// What references lead to, merged. Alternatives that lead to each other would merge the same again and again.
struct Targets<'n> {
    document: Document<'n>,
    merged: BTreeMap<String, Option<Rc<Node>>>,
}

impl Targets<'_> {
    fn merged(&mut self, schema: Schema<'_>) -> Option<Rc<Node>> {
        let document = self.document;
        let merged = |schema| merge::merged(document, schema).ok().map(Rc::new);
        match schema.only_reference().filter(|it| !it.constrained) {
            Some(only) => {
                let entry = self.merged.entry(only.reference.to_owned());
                entry.or_insert_with(|| merged(schema)).clone()
            }
            None => merged(schema),
        }
    }
}

impl Members {
    fn of(targets: &mut Targets<'_>, schema: Schema<'_>, depth: usize) -> Self {
        let mut members = Self::default();
        members.gather(targets, schema, "", depth);
        members
    }

    /// Adds the members of a schema that is merged already, of its alternatives and of its items.
    fn gather(&mut self, targets: &mut Targets<'_>, schema: Schema<'_>, at: &str, depth: usize) {
        for branch in schema.unions().flat_map(|(keyword, _)| schema.branches(keyword)) {
            if let Some(merged) = self.follow(targets, branch) {
                self.gather(targets, Schema::of(&*merged), at, depth);
            }
        }
        if let Some(merged) = schema.items().and_then(|it| self.follow(targets, it)) {
            self.gather(targets, Schema::of(&*merged), &format!("{at}/0"), depth);
        }
        for (name, property) in schema.properties().filter(|_| depth > 0) {
            let pointer = format!("{at}/{}", pointer_token(name));
            if let Some(merged) = self.follow(targets, property) {
                let merged = Schema::of(&*merged);
                if let Some(values) = constants(merged) {
                    self.constants.insert(pointer.clone(), values);
                }
                self.gather(targets, merged, &pointer, depth - 1);
            }
            self.all.insert(pointer);
        }
    }

    /// Returns a schema merged. It may lead back to itself, so there is a limit.
    fn follow(&mut self, targets: &mut Targets<'_>, schema: Schema<'_>) -> Option<Rc<Node>> {
        self.followed += 1;
        (self.followed < FOLLOWED).then(|| targets.merged(schema)).flatten()
    }
}

/// The values of a schema that lists values of one type.
fn constants(schema: Schema<'_>) -> Option<Constants> {
    let listed: Vec<&Value> = schema
        .listed()?
        .into_iter()
        .map(|it| &it.value)
        .filter(|it| !matches!(it, Value::Null))
        .collect();
    if listed.is_empty() {
        return None;
    }
    let texts = || schema.strings().map(Constants::Strings);
    let integers = || -> Option<Vec<i64>> {
        listed
            .iter()
            .map(|it| match it {
                Value::Number(number) => number.as_i64(),
                _ => None,
            })
            .collect()
    };
    let booleans = || -> Option<Vec<bool>> {
        listed
            .iter()
            .map(|it| match it {
                Value::Bool(boolean) => Some(*boolean),
                _ => None,
            })
            .collect()
    };
    texts()
        .or_else(|| integers().map(Constants::Integers))
        .or_else(|| booleans().map(Constants::Booleans))
}

#[cfg(test)]
mod tests;
