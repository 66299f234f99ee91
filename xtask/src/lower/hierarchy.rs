//! Components that are kinds of others: by `allOf`, of a base that has a `discriminator`.
//!
//! Wherever the base is referred to, one of its kinds may stand, which the discriminator names. So the base becomes a
//! union of itself and its kinds. A kind is known by one tag wherever it stands, which its struct writes by itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Kind};
use crate::openapi::model::Discriminator;
use crate::openapi::{DOCUMENT, Document, SCHEMA, Schema, walk};

use super::candidate::Candidate;
use super::tag::{self, Tag};
use super::{Lowering, merge};

/// Which components are kinds of which, and the tags that they are known by.
#[derive(Default)]
pub(super) struct Hierarchy {
    /// The components that have another as a part of `allOf`, by the reference to that.
    children: BTreeMap<String, BTreeSet<String>>,
    /// The values of the tags that stand for a component, by the reference to it and the tag's property.
    tags: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

impl Hierarchy {
    pub(super) fn of(document: Document<'_>) -> Self {
        let mut hierarchy = Self::default();
        for (name, schema) in document.schemas() {
            let child = Document::reference_to_schema(name);
            for base in schema.all_of().filter_map(Schema::reference) {
                hierarchy.children.entry(base.to_owned()).or_default().insert(child.clone());
            }
        }
        for (name, schema) in document.schemas() {
            let pointer = Document::reference_to_schema(name);
            if let Some(declaring) =
                schema.discriminator().filter(|_| schema.union_keyword().is_none())
            {
                let kinds = hierarchy.kinds(Some(&pointer), declaring, true);
                hierarchy.note(document, declaring, kinds.iter().map(String::as_str));
            }
        }
        walk(document.node(), &DOCUMENT, &mut |node, of| {
            let schema = Schema::of(node);
            if of.is(&SCHEMA)
                && let Some(declaring) = schema.discriminator()
                && let Some(keyword) = schema.union_keyword()
            {
                let kinds = schema.branches(keyword).filter_map(Schema::reference);
                hierarchy.note(document, declaring, kinds);
            }
        });
        hierarchy
    }

    /// Notes the tags that stand for kinds.
    fn note<'n>(
        &mut self,
        document: Document<'n>,
        declaring: Discriminator<'n>,
        kinds: impl Iterator<Item = &'n str>,
    ) {
        let Some(property) = declaring.property_name() else { return };
        for kind in kinds {
            let Some(candidate) = candidate(document, kind) else { continue };
            let values = tag::declared(&candidate, property, declaring);
            let tags = self.tags.entry(kind.to_owned()).or_default();
            tags.entry(property.to_owned()).or_default().extend(values);
        }
    }

    /// Returns the references to the components that are kinds of a base, through others as well, and to those that its
    /// discriminator names. One that comes from a part names the kinds of that part.
    fn kinds(
        &self,
        base: Option<&str>,
        declaring: Discriminator<'_>,
        is_own: bool,
    ) -> BTreeSet<String> {
        let named =
            declaring.tags().filter(|_| is_own).map(|(_, target)| match target.contains('/') {
                true => target.to_owned(),
                false => Document::reference_to_schema(target),
            });
        let mut kinds: BTreeSet<String> = named.collect();
        let mut waiting: Vec<String> = base.map(str::to_owned).into_iter().collect();
        while let Some(next) = waiting.pop() {
            let children = self.children.get(&next).into_iter().flatten();
            waiting.extend(children.filter(|it| kinds.insert((*it).clone())).cloned());
        }
        kinds.retain(|it| Some(it.as_str()) != base);
        kinds
    }

    /// Returns the references to the components that may stand where one is referred to: those that have it as a part, and
    /// those that its discriminator names, if it or a part of it has one.
    pub(super) fn in_place_of(&self, document: Document<'_>, pointer: &str) -> BTreeSet<String> {
        let merged = document.schema(pointer).and_then(|it| merge::merged(document, it).ok());
        let Some(merged) = merged else { return BTreeSet::new() };
        let declaring = Schema::of(&merged).discriminator();
        declaring.map(|it| self.kinds(Some(pointer), it, true)).unwrap_or_default()
    }

    /// Whether any component has a discriminator.
    pub(super) fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// Returns the tags of a component that it has alone: the properties and their values.
    pub(super) fn tags(&self, pointer: &str) -> BTreeMap<String, String> {
        let tags = self.tags.get(pointer).into_iter().flatten();
        let single = tags.filter(|(_, values)| values.len() == 1);
        let single =
            single.filter_map(|(name, values)| Some((name.clone(), values.first()?.clone())));
        single.collect()
    }
}

/// A component as an alternative.
fn candidate(document: Document<'_>, pointer: &str) -> Option<Candidate> {
    let target = document.schema(pointer)?;
    let merged = merge::merged(document, target).ok()?;
    Some(Candidate::new(Schema::referring(pointer, target.span()), merged))
}

impl Lowering<'_> {
    /// Returns the kinds of a base and the base itself, and what tells them apart. The schema is merged; the
    /// discriminator is its own unless it comes from a component that it has as a part.
    pub(super) fn kinds(
        &self,
        base: Option<&str>,
        schema: Schema<'_>,
        is_own: bool,
    ) -> Option<(Vec<Candidate>, Tag)> {
        let declaring = schema.discriminator().filter(|_| schema.union_keyword().is_none())?;
        let property = declaring.property_name()?;
        let mut candidates = Vec::new();
        for kind in self.hierarchy.kinds(base, declaring, is_own) {
            // One that is not there, or that no value can be, is no reason to lose the others.
            let Some(mut kind) = candidate(self.document, &kind) else { continue };
            // Which of its own alternatives a value is, its tag does not say. It is kept as it came.
            if kind.schema().union_keyword().is_some() {
                continue;
            }
            let values = tag::declared(&kind, property, declaring);
            // One that adds nothing to its base would be the base again, and with it the union.
            if self
                .document
                .resolve(Schema::of(&kind.node))
                .is_some_and(|it| self.reference_alone(it).is_some())
            {
                kind.node = kind.schema().without_discriminator();
            }
            candidates.push((kind, values));
        }
        if candidates.is_empty() {
            return None;
        }
        let itself = base.and_then(|it| Some((it, candidate(self.document, it)?)));
        if let Some((base, itself)) = itself {
            let values = tag::declared(&itself, property, declaring);
            let is_named = declaring.tags().next().is_none() || tag::is_mapped(&itself, declaring);
            let mut others = candidates.iter().flat_map(|(_, others)| others);
            if is_named && !others.any(|it| values.contains(it)) {
                let node = schema.as_base(&format!("{}Base", self.component_name(base)?));
                candidates.push((Candidate::new(node.clone(), node), values));
            }
        }
        let (candidates, values): (Vec<_>, Vec<_>) = candidates.into_iter().unzip();
        Some((candidates, tag::distinct(property, values)?))
    }

    /// Reports a discriminator of a schema that has no alternatives and no kinds.
    pub(super) fn report_lone_discriminator(&mut self, schema: Schema<'_>) {
        let Some(declaring) = schema.discriminator().filter(|_| schema.union_keyword().is_none())
        else {
            return;
        };
        let property = declaring.property_name().unwrap_or_default();
        let what = format!("`{property}` is to tell kinds of a schema apart that has none");
        let finding = Finding::note(Kind::LoneDiscriminator, what).at(&declaring.node().span);
        self.findings.push(finding);
    }
}

#[cfg(test)]
mod tests;
