//! Tags: the property whose value says which schema of a union a value has.

use crate::openapi::Schema;
use crate::openapi::model::Discriminator;

use super::candidate::{Candidate, within};

/// The property whose value tells the schemas of a union apart.
pub(super) struct Tag {
    pub(super) property: String,
    /// For each candidate, the values that stand for it.
    values: Vec<Vec<String>>,
}

impl Tag {
    /// A candidate with its tags. One that does not declare the property gets it, since it could not be sent
    /// without it.
    pub(super) fn of(
        &self,
        index: usize,
        candidate: Candidate,
    ) -> (Candidate, Vec<Option<String>>) {
        let Candidate { mut node, merged } = candidate;
        let values = self.values.get(index).cloned().unwrap_or_default();
        if Schema::of(&merged).property(&self.property).is_none() {
            node = within(&node, &Schema::tagged(&self.property, &values, &node.span));
        }
        (Candidate { node, merged }, values.into_iter().map(Some).collect())
    }
}

/// The tag of a union: the one that it declares, else a property of which each schema wants another value.
pub(super) fn tag(schema: Schema<'_>, candidates: &[Candidate]) -> Option<Tag> {
    let declaring = schema.discriminator();
    if let Some((declaring, property)) = declaring.and_then(|it| Some((it, it.property_name()?))) {
        let values = candidates.iter().map(|it| declared(it, property, declaring)).collect();
        return distinct(property, values);
    }
    let first = candidates.first()?.schema();
    let mut names: Vec<&str> = first.properties().map(|(name, _)| name).collect();
    names.sort_unstable_by_key(|name| (!matches!(*name, "type" | "kind" | "object"), *name));
    names.into_iter().find_map(|property| {
        let values = candidates.iter().map(|it| constants(it, property)).collect();
        distinct(property, values)
    })
}

/// A tag is one only if every schema has a value and no two have the same.
fn distinct(property: &str, values: Vec<Vec<String>>) -> Option<Tag> {
    let mut all: Vec<&String> = values.iter().flatten().collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    let tells = all.len() == count && values.iter().all(|it| !it.is_empty());
    tells.then(|| Tag { property: property.to_owned(), values })
}

/// The tag's values for a schema: from the mapping, else its own constant, else its component's name.
fn declared(candidate: &Candidate, property: &str, declaring: Discriminator<'_>) -> Vec<String> {
    let pointer = Schema::of(&candidate.node).first_reference();
    let component = pointer.and_then(|it| it.rsplit('/').next());
    let is_meant = |target| Some(target) == pointer || Some(target) == component;
    let mapped = declaring.tags().filter(|(_, target)| is_meant(*target));
    let mapped: Vec<String> = mapped.map(|(tag, _)| tag.to_owned()).collect();
    if !mapped.is_empty() {
        return mapped;
    }
    match constants(candidate, property) {
        own if !own.is_empty() => own,
        _ => component.into_iter().map(str::to_owned).collect(),
    }
}

fn constants(candidate: &Candidate, property: &str) -> Vec<String> {
    candidate.schema().property(property).and_then(Schema::strings).unwrap_or_default()
}
