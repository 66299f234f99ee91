//! The types of schemas that somebody asked about: noted while the schemas are lowered, and named as properties of a
//! schema of their own, so that the next stage finds them as it finds all others.

use std::collections::BTreeMap;

use crate::node::Node;
use crate::openapi::Schema;
use crate::plan;

use super::Lowering;
use super::direction::Direction;
use super::product::{Member, Type};

/// The schemas that are asked about, and the types that they have become.
#[derive(Default)]
pub(super) struct Probes<'a> {
    /// The schemas by where they start, each with its number.
    wanted: BTreeMap<usize, Vec<(usize, &'a Node)>>,
    /// The types, and which way they go.
    found: BTreeMap<usize, (Type, Direction)>,
}

impl<'a> Probes<'a> {
    pub(super) fn of(schemas: &[Schema<'a>]) -> Self {
        let mut wanted: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        for (number, schema) in schemas.iter().enumerate() {
            let start = schema.span().range().start;
            wanted.entry(start).or_default().push((number, schema.node()));
        }
        Self { wanted, found: BTreeMap::new() }
    }

    /// Notes the type of a schema if it is one of those asked about. What was made of one and others is none, though it
    /// may stand where that stands.
    pub(super) fn note(&mut self, schema: Schema<'_>, ty: &Type, direction: Direction) {
        let Some(wanted) = self.wanted.get(&schema.span().range().start) else { return };
        for (number, node) in wanted {
            // What is received has all that is not sent.
            let is_known = self.found.get(number).is_some_and(|(_, it)| *it >= direction);
            if !is_known && *node == schema.node() {
                self.found.insert(*number, (ty.clone(), direction));
            }
        }
    }

    /// The types, to change names in them.
    pub(super) fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        self.found.values_mut().map(|(ty, _)| ty)
    }
}

impl Lowering<'_> {
    /// Puts the types that were asked about into the lowered document, under a name that no type has.
    pub(super) fn define_probes(&mut self) -> plan::Probes {
        let found = std::mem::take(&mut self.probes.found);
        if found.is_empty() {
            return plan::Probes::default();
        }
        let member =
            |(number, (ty, _))| (plan::Probes::name(number), Member { ty, required: true });
        let members: BTreeMap<String, Member> = found.into_iter().map(member).collect();
        let types = members.keys().map(|name| (name.clone(), plan::unknown())).collect();
        plan::Probes { of: self.define_part("Probe", "Types", members), types }
    }
}
