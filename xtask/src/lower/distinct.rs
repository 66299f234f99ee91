//! What tells the alternatives of a union apart that have no tag: their members, and members with constants.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value as Json;

use crate::node::{Node, pointer_token};
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
pub(super) fn find(
    document: Document<'_>,
    candidates: &mut [Candidate],
    mut takes_null: impl FnMut(Schema<'_>) -> bool,
) {
    for ty in [JsonType::Object, JsonType::Array] {
        let is_alike = |it: &Candidate| [ty, JsonType::Any].contains(&json_type(it.schema()));
        let alike = || candidates.iter().filter(|it| is_alike(it));
        if alike().count() < 2 {
            continue;
        }
        let schemas: Vec<Schema<'_>> = alike().map(Candidate::schema).collect();
        let found = among(document, &schemas);
        for (candidate, found) in candidates.iter_mut().filter(|it| is_alike(it)).zip(found) {
            match json_type(candidate.schema()) {
                JsonType::Any => add(&mut candidate.distinct, found, ty),
                _ => candidate.distinct = found,
            }
            candidate.distinct.required = required(document, candidate.schema(), &mut takes_null);
        }
    }
    whole(candidates);
}

/// The members of an object that are there though they may be null. An object or null is the object here.
fn required(
    document: Document<'_>,
    schema: Schema<'_>,
    takes_null: &mut impl FnMut(Schema<'_>) -> bool,
) -> Vec<String> {
    let inner = schema.only_alternative().and_then(|it| merge::merged(document, it).ok());
    let schema = inner.as_ref().map_or(schema, Schema::of);
    let required = schema.properties().filter(|(name, _)| schema.requires(name));
    required.filter(|(_, it)| takes_null(*it)).map(|(name, _)| name.to_owned()).collect()
}

/// Adds the values that an alternative lists itself, where another alternative may have others of that type. Several texts
/// are an enum, which says itself what it does not know.
fn whole(candidates: &mut [Candidate]) {
    let types: Vec<JsonType> = candidates.iter().map(|it| json_type(it.schema())).collect();
    for (at, candidate) in candidates.iter_mut().enumerate() {
        let Some(values) = constants(candidate.schema()) else { continue };
        if matches!(values, Constants::Strings(_)) && !values.is_single() {
            continue;
        }
        let own = types.get(at).copied().unwrap_or(JsonType::Any);
        let mut others = types.iter().enumerate().filter(|(it, _)| *it != at);
        if others.any(|(_, other)| own.shares_values(*other)) {
            candidate.distinct.constants.push((String::new(), values));
        }
    }
}

/// Adds what is found of an alternative that may be an object or a list, as far as it is about the values of this type.
fn add(distinct: &mut Distinct, found: Distinct, ty: JsonType) {
    let is_of =
        |pointer: &str| (pointer == "/0" || pointer.starts_with("/0/")) == (ty == JsonType::Array);
    distinct.members.extend(found.members.into_iter().filter(|it| is_of(it)));
    distinct.constants.extend(found.constants.into_iter().filter(|(it, _)| is_of(it)));
    distinct.closed = found.closed;
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
        required: Vec::new(),
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
        for (keyword, _) in schema.unions() {
            let outer = std::mem::take(&mut self.constants);
            let mut of_all: Option<BTreeMap<String, Constants>> = None;
            for branch in schema.branches(keyword) {
                let Some(merged) = self.follow(targets, branch) else { continue };
                let merged = Schema::of(&*merged);
                self.gather(targets, merged, at, depth);
                let own = std::mem::take(&mut self.constants);
                // Values without parts have no members to be told by.
                if !json_type(merged).is_scalar() {
                    of_all = Some(of_all.map_or_else(|| own.clone(), |it| of_either(it, &own)));
                }
            }
            self.constants = outer;
            self.constants.extend(of_all.unwrap_or_default());
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

/// The members that are constants in two schemas, with the values of both.
fn of_either(
    one: BTreeMap<String, Constants>,
    other: &BTreeMap<String, Constants>,
) -> BTreeMap<String, Constants> {
    let both = one.into_iter().filter_map(|(name, values)| {
        let values = values.or(other.get(&name)?);
        Some((name, values))
    });
    both.collect()
}

/// The values that a schema lists.
fn constants(schema: Schema<'_>) -> Option<Constants> {
    let mut listed: Vec<Json> = Vec::new();
    for value in schema.listed()?.into_iter().map(Node::to_json).filter(|it| !it.is_null()) {
        if !listed.contains(&value) {
            listed.push(value);
        }
    }
    (!listed.is_empty()).then(|| Constants::of(listed))
}

#[cfg(test)]
mod tests;
