//! Objects as their readers see them: with what references lead to.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Document, Id, SchemaArena, Value};
use crate::node::percent_decoded;
use crate::openapi::model::{self, Tree};
use crate::source::Span;

/// The key under which the target of a reference is kept.
pub(in super::super) fn target(reference: &str) -> Option<String> {
    reference.strip_prefix('#').map(percent_decoded)
}

/// A document in the arena.
#[derive(Clone, Copy)]
pub(in super::super) struct Side<'f> {
    pub(in super::super) arena: &'f SchemaArena,
    pub(in super::super) document: &'f Document,
}

/// A value of the arena; an object as its readers see it: what stands beside a reference, then what it leads to.
#[derive(Clone, Copy)]
pub(in super::super) struct View<'f> {
    pub(in super::super) arena: &'f SchemaArena,
    id: Id,
    below: &'f [Id],
}

/// Two objects that correspond: the old one and the new one.
pub(in super::super) type Views<'f> = (View<'f>, View<'f>);

impl<'f> Side<'f> {
    pub(in super::super) fn root(self) -> View<'f> {
        self.view(self.document.root)
    }

    /// The document as the model has it.
    pub(in super::super) fn api(self) -> model::Document<'f, View<'f>> {
        model::Document::of(self.root())
    }

    /// Follows the references of a value.
    pub(in super::super) fn view(self, id: Id) -> View<'f> {
        self.arena.view(id)
    }
}

impl SchemaArena {
    /// A value as it stands, whatever it refers to.
    pub(in super::super) fn at(&self, id: Id) -> View<'_> {
        View { arena: self, id, below: &[] }
    }

    /// Follows the references of a value.
    pub(in super::super) fn view(&self, id: Id) -> View<'_> {
        match self.layers.get(&id).map(Vec::as_slice) {
            Some([first, below @ ..]) => View { arena: self, id: *first, below },
            _ => self.at(id),
        }
    }

    /// Notes what the references of a document lead to, which is known when all of it is planted.
    pub(in super::super) fn link(&mut self, document: &Document) {
        let target = |reference: &str| document.targets.get(&target(reference)?).copied();
        let referring = std::mem::take(&mut self.referring);
        let next = |id: Id| self.reference(id).and_then(target).filter(|it| *it != id);
        let says_more = |id: Id| self.members(id).is_some_and(|members| members.len() > 1);
        let mut layers: HashMap<Id, Vec<Id>> = HashMap::new();
        for id in referring {
            let (mut chain, mut passed, mut at) = (Vec::new(), HashSet::new(), Some(id));
            while let Some(here) = at.filter(|it| !layers.contains_key(it) && passed.insert(*it)) {
                chain.push(here);
                at = next(here);
            }
            let known = at.and_then(|it| layers.get(&it)).cloned();
            // The last one says all that it says itself, also if it leads back.
            let mut behind = known.unwrap_or_else(|| {
                let end = Vec::from_iter(chain.pop());
                layers.extend(end.first().map(|it| (*it, end.clone())));
                end
            });
            for here in chain.into_iter().rev() {
                if says_more(here) {
                    behind.insert(0, here);
                }
                layers.insert(here, behind.clone());
            }
        }
        self.layers.extend(layers);
    }
}

impl<'f> View<'f> {
    /// What stands for the whole: the object itself, unless it is nothing but a reference.
    pub(in super::super) fn id(self) -> Id {
        self.id
    }

    /// What the references lead to in the end.
    pub(in super::super) fn base(self) -> Id {
        self.below.last().copied().unwrap_or(self.id)
    }

    /// What the references of a value lead to.
    pub(in super::super) fn followed(self) -> Self {
        self.arena.view(self.id)
    }

    /// What stands beside each of the references, and what they lead to in the end.
    pub(in super::super) fn layers(self) -> impl Iterator<Item = Self> {
        std::iter::once(self.id).chain(self.below.iter().copied()).map(|id| self.arena.at(id))
    }

    /// The member of that name in the first layer that has it.
    pub(in super::super) fn member(self, name: &str) -> Option<Id> {
        self.layers().find_map(|layer| self.own(layer, name))
    }

    fn own(self, layer: Self, name: &str) -> Option<Id> {
        let id = self.arena.members(layer.id)?.get(name).copied();
        // The reference of a layer led to the next one; only one that led nowhere is left to be compared.
        id.filter(|id| layer.id == self.base() || self.arena.reference_in(layer.id) != Some(*id))
    }

    /// The names of all members.
    pub(in super::super) fn names(self) -> BTreeSet<&'f str> {
        let all = self.layers().flat_map(|it| Some((it, self.arena.members(it.id)?)));
        let names = all.flat_map(|(layer, members)| members.keys().map(move |it| (layer, &**it)));
        let names = names.filter(|(layer, name)| self.own(*layer, name).is_some());
        names.map(|(_, name)| name).collect()
    }

    /// The items that a member holds.
    pub(in super::super) fn list(self, name: &str) -> &'f [Id] {
        self.member(name).and_then(|it| self.arena.array(it)).unwrap_or_default()
    }
}

impl<'f> Tree<'f> for View<'f> {
    fn get(self, name: &str) -> Option<Self> {
        self.member(name).map(|id| self.arena.at(id))
    }

    fn members(self) -> impl Iterator<Item = (&'f str, Self)> {
        self.names().into_iter().filter_map(move |name| Some((name, self.get(name)?)))
    }

    fn items(self) -> impl Iterator<Item = Self> {
        self.arena.array(self.id).into_iter().flatten().map(move |id| self.arena.at(*id))
    }

    fn as_str(self) -> Option<&'f str> {
        self.arena.str(self.id)
    }

    fn as_bool(self) -> Option<bool> {
        match self.arena.item(self.id).value {
            Value::Bool(it) => Some(it),
            _ => None,
        }
    }

    fn as_f64(self) -> Option<f64> {
        self.arena.number(self.id)
    }

    fn is_null(self) -> bool {
        matches!(self.arena.item(self.id).value, Value::Null)
    }

    fn is_array(self) -> bool {
        self.arena.array(self.id).is_some()
    }

    fn is_object(self) -> bool {
        self.layers().all(|it| self.arena.members(it.id).is_some())
    }

    fn is_empty(self) -> bool {
        self.arena.members(self.id).is_some_and(|it| it.is_empty())
            || self.arena.array(self.id).is_some_and(<[Id]>::is_empty)
    }

    fn span(self) -> &'f Span {
        &self.arena.item(self.base()).span
    }

    fn resolve(self, _: Self) -> Option<Self> {
        Some(self.followed())
    }
}
