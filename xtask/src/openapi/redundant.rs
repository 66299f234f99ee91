//! What follows from the rest of a document wherever it stands: a document without it means the same.
//!
//! `normal` knows what an object says by itself; here references are followed.

use std::collections::BTreeSet;

use super::model::{
    Discriminator, Document, MediaType, Operation, Parameter, PathItem, Schema, Tree,
};
use super::normal::{ALL_OF, UNIONS, is_silent};
use super::objects::MEDIA_TYPE;
use super::walk::walk_mut;
use super::{DOCUMENT, HEADER, ObjectType, PARAMETER, PATH_ITEM, SCHEMA};
use crate::node::{Node, Value};

/// Returns a document without what follows from the rest of it.
pub(crate) fn without_redundancy(document: &Node) -> Node {
    let all = Document::of(document);
    let mut node = document.clone();
    walk_mut(&mut node, &DOCUMENT, &mut |node, of| {
        if of.is(&SCHEMA) {
            remove_repetitions(all, node);
            UNIONS.iter().for_each(|it| remove_copies(node, it));
        }
        let redundant = redundant(all, node, of);
        if let (Value::Object(members), Some(name)) = (&mut node.value, redundant) {
            members.shift_remove(name);
        }
    });
    node
}

/// Returns the name of the member of an object that follows from the rest.
fn redundant(all: Document<'_>, node: &Node, of: &'static ObjectType) -> Option<&'static str> {
    if of.is(&SCHEMA) {
        return is_told_by_constants(all, Schema::of(node)).then_some("discriminator");
    }
    if of.is(&PATH_ITEM) {
        let has_own = |it: Operation<'_>| it.own_servers().is_some_and(|it| !it.is_empty());
        return PathItem::of(node).operations("").all(has_own).then_some("servers");
    }
    if of.is(&PARAMETER) || of.is(&HEADER) {
        let schema = Parameter::of(node).own_schema()?;
        return is_scalar(all, schema, &mut Seen::new()).then_some("explode");
    }
    let schema =
        Some(node).filter(|_| of.is(&MEDIA_TYPE)).and_then(|it| MediaType::of(it).schema());
    schema.filter(|it| is_open(all, *it)).map(|_| "schema")
}

/// Keywords that say the same wherever they stand among parts that hold together.
const ALONE: [&str; 10] = [
    "type",
    "format",
    "enum",
    "const",
    "pattern",
    "maxLength",
    "maxItems",
    "minLength",
    "minItems",
    "minProperties",
];

/// Removes from the parts of a schema what others say that hold as well, and parts of which nothing is left.
fn remove_repetitions(all: Document<'_>, node: &mut Node) {
    let mut others: Vec<Node> = vec![Schema::of(&*node).without_parts()];
    let Some(Value::Array(parts)) = node.get_mut(ALL_OF).map(|it| &mut it.value) else { return };
    let references = parts.iter().filter_map(|it| all.schema(Schema::of(it).reference()?));
    others.extend(references.map(|it| it.node().clone()));
    for mut part in std::mem::take(parts).into_iter().flat_map(spliced) {
        if Schema::of(&part).reference().is_none() {
            others.iter().for_each(|it| remove_repeated(&mut part, it));
            others.push(part.clone());
        }
        let says = |(name, value): (&str, &Node)| !is_silent(&SCHEMA, &part, name, value, |_| true);
        if part.as_object().is_none() || part.members().any(says) {
            parts.push(part);
        }
    }
}

/// Returns the parts of a part that is nothing else.
fn spliced(part: Node) -> Vec<Node> {
    match Schema::of(&part).all_of_node() {
        Some(parts) if part.members().count() == 1 => parts.items().cloned().collect(),
        _ => vec![part],
    }
}

/// Removes from a part what another says that holds as well. Where a part is closed, it matters what it names.
fn remove_repeated(part: &mut Node, other: &Node) {
    let other = Schema::of(other);
    let is_closed = Schema::of(&*part).additional_properties().is_some();
    let Value::Object(members) = &mut part.value else { return };
    members.retain(|key, value| {
        let name = key.text.as_str();
        match &mut value.value {
            Value::Array(names) if name == "required" => {
                names.retain(|it| !it.as_str().is_some_and(|it| other.requires(it)));
                !names.is_empty()
            }
            Value::Object(properties) if name == "properties" && !is_closed => {
                properties.retain(|key, it| {
                    other.property(&key.text).is_none_or(|other| other.node() != it)
                });
                true
            }
            _ => !ALONE.contains(&name) || other.node().get(name) != Some(value),
        }
    });
}

/// Removes alternatives that are equal to an earlier one: nobody can mean that a value is of one of them alone.
fn remove_copies(node: &mut Node, keyword: &str) {
    let Some(Value::Array(branches)) = node.get_mut(keyword).map(|it| &mut it.value) else {
        return;
    };
    let mut kept: Vec<Node> = Vec::new();
    for branch in std::mem::take(branches) {
        if !kept.contains(&branch) {
            kept.push(branch);
        }
    }
    *branches = kept;
}

/// Whether a schema says nothing, be it by a reference.
fn is_open(all: Document<'_>, schema: Schema<'_>) -> bool {
    let target = schema.node().resolve(all.node());
    schema.node().members().all(|(name, _)| name == "$ref") && target.is_some_and(Tree::is_empty)
}

/// The references that were followed already.
type Seen<'n> = BTreeSet<&'n str>;

/// Returns what a reference leads to, the first time.
fn behind<'n>(all: Document<'n>, schema: Schema<'n>, seen: &mut Seen<'n>) -> Option<Schema<'n>> {
    let reference = schema.reference().filter(|it| seen.insert(it))?;
    all.schema(reference)
}

/// Whether no value of a schema is a list or an object.
fn is_scalar<'n>(all: Document<'n>, schema: Schema<'n>, seen: &mut Seen<'n>) -> bool {
    let types = schema.types_without_null();
    if !types.is_empty() {
        return types.iter().all(|it| !matches!(*it, "array" | "object"));
    }
    let behind = behind(all, schema, seen);
    let mut parts = behind.into_iter().chain(schema.all_of()).chain(schema.only_alternative());
    parts.any(|it| is_scalar(all, it, seen))
}

/// Whether the alternatives of a schema allow the values alone that its discriminator has them told apart by.
fn is_told_by_constants(all: Document<'_>, schema: Schema<'_>) -> bool {
    let Some((discriminator, keyword)) = schema.discriminator().zip(schema.union_keyword()) else {
        return false;
    };
    let Some(property) = discriminator.property_name() else { return false };
    let mut seen = BTreeSet::new();
    schema.branches(keyword).filter(|it| !it.is_null()).all(|branch| {
        let Some(reference) = branch.reference() else { return false };
        let values = constants(all, branch, property, &mut Seen::new());
        let tags = tags(discriminator, reference);
        tags == values && values.into_iter().all(|it| seen.insert(it))
    })
}

/// Returns the values for which a discriminator chooses what a reference leads to.
fn tags(discriminator: Discriminator<'_>, reference: &str) -> BTreeSet<String> {
    let name = reference.rsplit('/').next().unwrap_or(reference);
    let is_meant = |target: &str| target == reference || target == name;
    let mapped = discriminator.tags().filter(|(_, target)| is_meant(target));
    let mapped: BTreeSet<String> = mapped.map(|(tag, _)| tag.to_owned()).collect();
    if mapped.is_empty() { BTreeSet::from([name.to_owned()]) } else { mapped }
}

/// Returns the strings that a schema allows for a property, if it lists them.
fn constants<'n>(
    all: Document<'n>,
    schema: Schema<'n>,
    property: &str,
    seen: &mut Seen<'n>,
) -> BTreeSet<String> {
    if let Some(strings) = schema.property(property).and_then(Schema::strings) {
        return strings.into_iter().collect();
    }
    let behind = behind(all, schema, seen);
    let mut parts = behind.into_iter().chain(schema.all_of());
    let found = parts
        .find_map(|it| Some(constants(all, it, property, seen)).filter(|found| !found.is_empty()));
    found.unwrap_or_default()
}

#[cfg(test)]
mod tests;
