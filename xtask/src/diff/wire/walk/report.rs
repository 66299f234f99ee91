//! What was said becomes a list: once each, with the operations and the owners of every change.

use std::collections::{BTreeSet, HashMap};

use super::super::super::change::{Change, Owner, Wire};
use super::super::text::{sentence, short};
use super::super::tree::{Id, Pair, View};
use super::say::Draft;
use super::{At, Label, Walk};
use crate::node::pointer_name;
use crate::openapi::Tree;
use crate::prose::plural;
use crate::source::Span;

/// How many things around a change are named.
const MOST_OWNERS: usize = 16;

/// How many characters the path of a place has that is still easy to read.
const LONGEST_PATH: usize = 60;

/// What was said of one difference: at first, how grave it is, and in which operations and entries.
type Said<'d> = (&'d Draft, Wire, BTreeSet<At>, BTreeSet<At>);

impl<'f> Walk<'f> {
    /// Everything that was said, once each, the gravest first.
    pub(in super::super) fn finish(self) -> Vec<Change> {
        let names: Vec<&str> =
            self.entries.iter().map(|it| it.operation.as_deref().unwrap_or_default()).collect();
        let places: HashMap<&str, At> =
            names.iter().enumerate().map(|(at, it)| (*it, at)).collect();
        let reached = self.reached();
        let mut said: Vec<Said<'_>> = Vec::new();
        let mut known: HashMap<(&str, Pair), usize> = HashMap::new();
        for draft in &self.drafts {
            let key = (draft.said.rule.as_str(), (draft.said.old, draft.said.new));
            let at = *known.entry(key).or_insert(said.len());
            if at == said.len() {
                said.push((draft, draft.said.wire, BTreeSet::new(), BTreeSet::new()));
            }
            if let Some((_, wire, operations, entries)) = said.get_mut(at) {
                entries.insert(draft.entry);
                *wire = draft.said.wire.max(*wire);
                // Callbacks of several operations can have one name.
                let named = reached.get(draft.entry).into_iter().flatten();
                operations.extend(named.filter_map(|at| places.get(names.get(*at)?)));
                operations.extend(draft.operations.iter().filter_map(|it| places.get(it.as_str())));
            }
        }
        let change = |(draft, wire, operations, entries): &Said<'_>| {
            let names =
                operations.iter().filter_map(|at| names.get(*at).map(|it| (*it).to_owned()));
            let message = self.message(draft, entries);
            Change { message, ..self.change(draft, *wire, names.collect()) }
        };
        let mut changes: Vec<Change> = said.iter().map(change).collect();
        changes.sort_by(|a, b| {
            b.wire.cmp(&a.wire).then_with(|| (&a.pointer, &a.rule).cmp(&(&b.pointer, &b.rule)))
        });
        changes
    }

    fn change(&self, draft: &Draft, wire: Wire, operations: Vec<String>) -> Change {
        let arena = self.new.arena;
        let span = |id: Option<Id>| id.map(|id| arena.item(id).span.clone());
        let place = draft.said.new.or(draft.said.old);
        Change {
            rule: draft.said.rule.clone(),
            wire,
            pointer: place.map(|id| arena.pointer(id)).unwrap_or_default(),
            now: span(draft.said.new)
                .or_else(|| draft.around.clone())
                .or_else(|| self.nearest(draft.said.old?)),
            was: span(draft.said.old),
            operations,
            before: draft.said.old.map(|id| short(arena, id)),
            after: draft.said.new.map(|id| short(arena, id)),
            owners: self.owners(draft),
            ..Change::default()
        }
    }

    /// What is said in the end. Readers know the properties of a call rather than the component that one is; of a
    /// component that changed as a whole, one place is named and the others are counted.
    fn message(&self, draft: &Draft, entries: &BTreeSet<At>) -> String {
        let Some((noun, place)) = draft.noun.as_deref().zip(self.place(draft.entry)) else {
            return draft.said.message.clone();
        };
        let text = |id: Option<Id>| id.map(|id| short(self.new.arena, id));
        let (before, after) = (text(draft.said.old), text(draft.said.new));
        let said = sentence(noun, &place.words(), before.as_deref(), after.as_deref());
        let component = self.label(draft.entry).words();
        let places = entries.iter().filter_map(|at| self.entries.get(*at)).map(|it| it.places);
        match places.sum::<usize>().saturating_sub(1) {
            0 => format!("{said} ({component})"),
            others => format!(
                "{said} ({component}, and {})",
                plural(others, "other place", "other places")
            ),
        }
    }

    /// Where a component was found first, from the operation on as far as that is easy to read.
    fn place(&self, at: At) -> Option<Label> {
        let entry = self.entries.get(at)?;
        let mut place = entry.place.clone()?;
        let mut parent = entry.parent;
        while let Some(around) = parent.and_then(|it| self.entries.get(it)) {
            if let Some(outer) = around.place.as_ref().filter(|_| around.label.of == place.of) {
                let whole =
                    if place.path.is_empty() { outer.clone() } else { outer.below(&place.path) };
                if whole.path.len() > LONGEST_PATH {
                    break;
                }
                place = whole;
            }
            parent = around.parent;
        }
        Some(place).filter(|it| !it.path.is_empty())
    }

    /// The nearest thing around a place of the old document that the new one has as well.
    fn nearest(&self, old: Id) -> Option<Span> {
        let pointer = self.old.arena.pointer(old);
        let (arena, mut at) = (self.new.arena, self.new.document.root);
        for token in pointer.split('/').skip(1) {
            let name = pointer_name(token);
            let item = name.parse::<usize>().ok();
            let item = item.and_then(|index| arena.array(at)?.get(index).copied());
            match arena.at(at).member(&name).or(item) {
                Some(next) => at = next,
                None => break,
            }
        }
        Some(arena.item(at).span.clone())
    }

    fn owners(&self, draft: &Draft) -> Vec<Owner> {
        let mut owners = Vec::new();
        let (mut at, mut member) = (Some(draft.entry), draft.member.clone());
        while let Some(entry) = at.and_then(|at| self.entries.get(at)) {
            let span = |view: &Option<View<'f>>| view.map(|it| it.span().clone());
            owners.push(Owner { old: span(&entry.old), new: span(&entry.new), member });
            if owners.len() == MOST_OWNERS {
                break;
            }
            member = entry.member.as_deref().map(str::to_owned);
            at = entry.parent;
        }
        owners
    }

    /// The operations that lead to each entry of which something was said.
    fn reached(&self) -> Vec<Vec<At>> {
        let mut spoken = vec![false; self.entries.len()];
        for draft in &self.drafts {
            spoken.get_mut(draft.entry).into_iter().for_each(|it| *it = true);
        }
        let mut reached = vec![Vec::new(); self.entries.len()];
        // The last operation that came by, so that nothing has to be forgotten between two of them.
        let mut seen = vec![At::MAX; self.entries.len()];
        let operations = self.entries.iter().enumerate().filter(|(_, it)| it.operation.is_some());
        for (operation, _) in operations {
            let mut open = vec![operation];
            while let Some(at) = open.pop() {
                if spoken.get(at) == Some(&true) {
                    reached.get_mut(at).into_iter().for_each(|it| it.push(operation));
                }
                for below in self.entries.get(at).into_iter().flat_map(|it| &it.below) {
                    if let Some(last) = seen.get_mut(*below).filter(|it| **it != operation) {
                        *last = operation;
                        open.push(*below);
                    }
                }
            }
        }
        reached
    }
}
