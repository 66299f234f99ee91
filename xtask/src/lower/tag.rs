//! Tags: the property whose value says which schema of a union a value has.

use serde_json::json;

use crate::node::Node;

use super::schema::strings;
use super::union::{Candidate, within};

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
        if merged.get("properties").is_none_or(|it| it.get(&self.property).is_none()) {
            let tag = json!({
                "type": "object",
                "properties": {&*self.property: {"type": "string", "enum": values}},
                "required": [self.property],
            });
            node = within(&node, &Node::from_json(tag, &node.span));
        }
        (Candidate { node, merged }, values.into_iter().map(Some).collect())
    }
}

/// The tag of a union: the one that it declares, else a property of which each schema wants another value.
pub(super) fn tag(node: &Node, candidates: &[Candidate]) -> Option<Tag> {
    if let Some(property) = node.get("discriminator").and_then(|it| it.str("propertyName")) {
        let mapping = node.pointer("/discriminator/mapping");
        let values = candidates.iter().map(|it| declared(it, property, mapping)).collect();
        return distinct(property, values);
    }
    let first = candidates.first()?.merged.get("properties")?;
    let mut names: Vec<&str> = first.members().map(|(name, _)| name).collect();
    names.sort_unstable_by_key(|name| (!matches!(*name, "type" | "kind" | "object"), *name));
    names.into_iter().find_map(|property| {
        let values = candidates.iter().map(|it| constants(&it.merged, property)).collect();
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
fn declared(candidate: &Candidate, property: &str, mapping: Option<&Node>) -> Vec<String> {
    let pointer = reference(&candidate.node);
    let component = pointer.and_then(|it| it.rsplit('/').next());
    let mapped: Vec<String> = mapping
        .iter()
        .flat_map(|it| it.members())
        .filter(|(_, target)| {
            target.as_str().is_some_and(|it| Some(it) == pointer || Some(it) == component)
        })
        .map(|(value, _)| value.to_owned())
        .collect();
    if !mapped.is_empty() {
        return mapped;
    }
    match constants(&candidate.merged, property) {
        own if !own.is_empty() => own,
        _ => component.into_iter().map(str::to_owned).collect(),
    }
}

fn constants(schema: &Node, property: &str) -> Vec<String> {
    let property = schema.get("properties").and_then(|it| it.get(property));
    property.and_then(strings).unwrap_or_default()
}

/// The reference that a schema is, through an `allOf` of one.
pub(super) fn reference(node: &Node) -> Option<&str> {
    match (node.str("$ref"), node.get("allOf").and_then(Node::as_array)) {
        (Some(pointer), _) => Some(pointer),
        (None, Some([first, ..])) => reference(first),
        _ => None,
    }
}
