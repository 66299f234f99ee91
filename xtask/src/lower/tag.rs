//! Tags: the property whose value says which schema of a union a value has.

use crate::openapi::Schema;
use crate::openapi::model::Discriminator;

use super::Lowering;
use super::candidate::{Candidate, within};
use crate::finding::{Finding, Kind};

/// The property whose value tells the schemas of a union apart.
pub(super) struct Tag {
    pub(super) property: String,
    /// Whether a value may lack it, which none may of a discriminator.
    pub(super) is_optional: bool,
    /// For each candidate, the values that stand for it.
    values: Vec<Vec<String>>,
}

impl Tag {
    /// Whether one value stands for all that there is.
    pub(super) fn has_one_value(&self) -> bool {
        self.values.iter().flatten().count() == 1
    }

    /// A candidate with its tags. One that does not declare the property gets it, since it could not be sent
    /// without it.
    pub(super) fn of(
        &self,
        index: usize,
        candidate: Candidate,
    ) -> (Candidate, Vec<Option<String>>) {
        let Candidate { mut node, merged, distinct } = candidate;
        let values = self.values.get(index).cloned().unwrap_or_default();
        // What is written in place has the tag of no component.
        let in_place = Schema::of(&node).first_reference().is_none();
        let declares = Schema::of(&merged).property(&self.property);
        if declares.is_none_or(|it| in_place && it.strings().is_none()) {
            node = within(&node, &Schema::tagged(&self.property, &values, &node.span));
        }
        (Candidate { node, merged, distinct }, values.into_iter().map(Some).collect())
    }
}

impl Lowering<'_> {
    /// Reports a discriminator whose values are not those that the alternatives allow.
    pub(super) fn report_tag_values(&mut self, schema: Schema<'_>, candidates: &[Candidate]) {
        let Some(declaring) = schema.discriminator() else { return };
        let property = declaring.property_name().unwrap_or_default();
        let mut others = candidates.iter().flat_map(|candidate| {
            let allowed = constants(candidate, property);
            let chosen = chosen(candidate, declaring).into_iter();
            chosen.filter(move |it| !allowed.is_empty() && !allowed.contains(it))
        });
        if let Some(value) = others.next() {
            let what = format!("`{value}` is no value of `{property}` where it stands for it");
            let place = declaring.mapping().unwrap_or(declaring.node());
            self.findings.push(Finding::note(Kind::TagValues, what).at(&place.span));
        }
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
        let is_optional = candidates.iter().any(|it| !it.schema().requires(property));
        Some(Tag { is_optional, ..distinct(property, values)? })
    })
}

/// A tag is one only if every schema has a value and no two have the same.
pub(super) fn distinct(property: &str, values: Vec<Vec<String>>) -> Option<Tag> {
    let mut all: Vec<&String> = values.iter().flatten().collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    let tells = all.len() == count && values.iter().all(|it| !it.is_empty());
    tells.then(|| Tag { property: property.to_owned(), is_optional: false, values })
}

/// The tag's values for a schema: from the mapping, else its own constant, else its component's name.
pub(super) fn declared(
    candidate: &Candidate,
    property: &str,
    declaring: Discriminator<'_>,
) -> Vec<String> {
    let mapped = mapped(candidate, declaring);
    if !mapped.is_empty() {
        return mapped;
    }
    match constants(candidate, property) {
        own if !own.is_empty() => own,
        // No name of a component is a number.
        _ if !may_be_text(candidate, property) => Vec::new(),
        _ => component(candidate).into_iter().map(str::to_owned).collect(),
    }
}

fn may_be_text(candidate: &Candidate, property: &str) -> bool {
    let types = candidate.schema().property(property).map(Schema::types_without_null);
    types.is_none_or(|it| it.is_empty() || it.contains(&"string"))
}

/// The values that a discriminator itself has a schema chosen by: those of the mapping, else its component's name.
fn chosen(candidate: &Candidate, declaring: Discriminator<'_>) -> Vec<String> {
    match mapped(candidate, declaring) {
        mapped if !mapped.is_empty() => mapped,
        _ => component(candidate).into_iter().map(str::to_owned).collect(),
    }
}

/// Whether the mapping of a discriminator has a schema.
pub(super) fn is_mapped(candidate: &Candidate, declaring: Discriminator<'_>) -> bool {
    !mapped(candidate, declaring).is_empty()
}

fn mapped(candidate: &Candidate, declaring: Discriminator<'_>) -> Vec<String> {
    let pointer = Schema::of(&candidate.node).first_reference();
    let component = component(candidate);
    let is_meant = |target| Some(target) == pointer || Some(target) == component;
    let mapped = declaring.tags().filter(|(_, target)| is_meant(*target));
    mapped.map(|(tag, _)| tag.to_owned()).collect()
}

/// The name of the component that a schema refers to.
fn component(candidate: &Candidate) -> Option<&str> {
    Schema::of(&candidate.node).first_reference()?.rsplit('/').next()
}

fn constants(candidate: &Candidate, property: &str) -> Vec<String> {
    candidate.schema().property(property).and_then(Schema::strings).unwrap_or_default()
}
