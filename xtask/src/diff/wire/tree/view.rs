//! Objects as their readers see them: with what references lead to.

use std::collections::{BTreeMap, BTreeSet};

use super::{Document, Forest, Id};
use crate::node::percent_decoded;
use crate::source::Span;

/// How many references may lead to one another.
const LONGEST_CHAIN: usize = 32;

/// The key under which the target of a reference is kept.
pub(in super::super) fn target(reference: &str) -> Option<String> {
    reference.strip_prefix('#').map(percent_decoded)
}

/// A document in the forest.
#[derive(Clone, Copy)]
pub(in super::super) struct Side<'f> {
    pub(in super::super) forest: &'f Forest,
    pub(in super::super) document: &'f Document,
}

/// An object as its readers see it: what stands beside a reference, then what it leads to.
#[derive(Clone)]
pub(in super::super) struct View<'f> {
    pub(in super::super) side: Side<'f>,
    layers: Vec<Id>,
}

/// Two objects that correspond: the old one and the new one.
pub(in super::super) type Views<'v, 'f> = (&'v View<'f>, &'v View<'f>);

impl<'f> Side<'f> {
    pub(in super::super) fn root(self) -> View<'f> {
        self.view(self.document.root)
    }

    /// What a reference leads to.
    pub(in super::super) fn target(self, reference: &str) -> Option<Id> {
        self.document.targets.get(&target(reference)?).copied()
    }

    /// Follows the references of a value.
    pub(in super::super) fn view(self, id: Id) -> View<'f> {
        let (mut at, mut layers, mut passed) = (id, Vec::new(), Vec::new());
        for _ in 0..LONGEST_CHAIN {
            let reference = self.forest.get(at, "$ref").and_then(|it| self.forest.str(it));
            let next = reference.and_then(|it| self.target(it)).filter(|it| !passed.contains(it));
            let Some(next) = next.filter(|it| *it != at) else { break };
            passed.push(at);
            if self.forest.members(at).is_some_and(|members| members.len() > 1) {
                layers.push(at);
            }
            at = next;
        }
        layers.push(at);
        View { side: self, layers }
    }
}

impl<'f> View<'f> {
    /// What stands for the whole: the object itself, unless it is nothing but a reference.
    pub(in super::super) fn id(&self) -> Id {
        self.layers.first().copied().unwrap_or_default()
    }

    /// What the references lead to in the end.
    pub(in super::super) fn base(&self) -> Id {
        self.layers.last().copied().unwrap_or_default()
    }

    pub(in super::super) fn span(&self) -> Span {
        self.side.forest.item(self.base()).span.clone()
    }

    pub(in super::super) fn is_object(&self) -> bool {
        self.layers.iter().all(|id| self.side.forest.members(*id).is_some())
    }

    /// The member of that name in every layer.
    pub(in super::super) fn all(&self, name: &str) -> impl Iterator<Item = Id> {
        self.layers.iter().filter_map(move |id| self.member(*id, name))
    }

    pub(in super::super) fn get(&self, name: &str) -> Option<Id> {
        self.all(name).next()
    }

    fn member(&self, layer: Id, name: &str) -> Option<Id> {
        // The reference of a layer led to the next one; only one that led nowhere is left to be compared.
        let followed = name == "$ref" && layer != self.base();
        self.side.forest.get(layer, name).filter(|_| !followed)
    }

    pub(in super::super) fn str(&self, name: &str) -> Option<&'f str> {
        let forest = self.side.forest;
        self.get(name).and_then(|it| forest.str(it))
    }

    pub(in super::super) fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|it| self.side.forest.is_true(it))
    }

    /// The names of all members.
    pub(in super::super) fn names(&self) -> BTreeSet<&'f str> {
        let forest = self.side.forest;
        let members = self.layers.iter().filter_map(|id| Some((*id, forest.members(*id)?)));
        let names = members.flat_map(|(id, members)| members.keys().map(move |it| (id, &**it)));
        names.filter(|(id, name)| self.member(*id, name).is_some()).map(|(_, name)| name).collect()
    }

    /// The values that a member holds by name.
    pub(in super::super) fn map(&self, name: &str) -> BTreeMap<&'f str, Id> {
        let forest = self.side.forest;
        let members = self.get(name).and_then(|it| forest.members(it));
        members.into_iter().flatten().map(|(name, id)| (&**name, *id)).collect()
    }

    /// The items that a member holds.
    pub(in super::super) fn list(&self, name: &str) -> &'f [Id] {
        let forest = self.side.forest;
        self.get(name).and_then(|it| forest.array(it)).unwrap_or_default()
    }
}
