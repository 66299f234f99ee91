//! What tells the alternatives of a union apart that have no tag: their members, and members with constants.

use std::collections::{BTreeMap, BTreeSet};

use crate::node::Value;
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
    let gathered = |depth| -> Vec<Members> {
        schemas.iter().map(|it| Members::of(document, *it, depth)).collect()
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

impl Members {
    fn of(document: Document<'_>, schema: Schema<'_>, depth: usize) -> Self {
        let mut members = Self::default();
        members.gather(document, schema, "", depth);
        members
    }

    /// Adds the members of a schema that is merged already, of its alternatives and of its items.
    fn gather(&mut self, document: Document<'_>, schema: Schema<'_>, at: &str, depth: usize) {
        for branch in schema.unions().flat_map(|(keyword, _)| schema.branches(keyword)) {
            self.follow(document, branch, |it, merged| it.gather(document, merged, at, depth));
        }
        if let Some(items) = schema.items() {
            let at = format!("{at}/0");
            self.follow(document, items, |it, merged| it.gather(document, merged, &at, depth));
        }
        for (name, property) in schema.properties().filter(|_| depth > 0) {
            let pointer = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
            self.follow(document, property, |it, merged| {
                if let Some(values) = constants(merged) {
                    it.constants.insert(pointer.clone(), values);
                }
                it.gather(document, merged, &pointer, depth - 1);
            });
            self.all.insert(pointer);
        }
    }

    /// A schema may lead back to itself, so there is a limit.
    fn follow(
        &mut self,
        document: Document<'_>,
        schema: Schema<'_>,
        take: impl FnOnce(&mut Self, Schema<'_>),
    ) {
        self.followed += 1;
        if self.followed < FOLLOWED
            && let Ok(merged) = merge::merged(document, schema)
        {
            take(self, Schema::of(&merged));
        }
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
