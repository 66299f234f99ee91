//! What was said becomes a list: once each, with the operations and the owners of every change.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::super::text::short;
use super::super::tree::{Id, View};
use super::super::{Owner, WireChange};
use super::{At, Draft, Walk};
use crate::node::pointer_name;
use crate::source::Span;

/// How many things around a change are named.
const MOST_OWNERS: usize = 16;

impl<'f> Walk<'f> {
    /// Everything that was said, once each, the gravest first.
    pub(in super::super) fn finish(self) -> Vec<WireChange> {
        let operations = self.operations();
        let mut changes: Vec<WireChange> = Vec::new();
        let mut known: HashMap<(String, Option<Id>, Option<Id>), usize> = HashMap::new();
        for draft in &self.drafts {
            let mut reached = operations.get(&draft.entry).cloned().unwrap_or_default();
            reached.extend(draft.operations.iter().cloned());
            match known.get(&(draft.rule.clone(), draft.old, draft.new)) {
                Some(at) => {
                    if let Some(change) = changes.get_mut(*at) {
                        change.operations.extend(reached);
                        change.wire = change.wire.max(draft.wire);
                    }
                }
                None => {
                    known.insert((draft.rule.clone(), draft.old, draft.new), changes.len());
                    changes.push(self.change(draft, reached));
                }
            }
        }
        let order = self.order();
        let rank = |name: &String| order.get(name).copied().unwrap_or(usize::MAX);
        for change in &mut changes {
            change.operations.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.cmp(b)));
            change.operations.dedup();
        }
        changes.sort_by(|a, b| {
            b.wire.cmp(&a.wire).then_with(|| (&a.pointer, &a.rule).cmp(&(&b.pointer, &b.rule)))
        });
        changes
    }

    fn change(&self, draft: &Draft, operations: Vec<String>) -> WireChange {
        let forest = self.new.forest;
        let span = |id: Option<Id>| id.map(|id| forest.item(id).span.clone());
        let place = draft.new.or(draft.old);
        WireChange {
            rule: draft.rule.clone(),
            wire: draft.wire,
            pointer: place.map(|id| forest.pointer(id)).unwrap_or_default(),
            now: span(draft.new)
                .or_else(|| draft.around.clone())
                .or_else(|| self.nearest(draft.old?)),
            was: span(draft.old),
            operations,
            before: draft.old.map(|id| short(forest, id)),
            after: draft.new.map(|id| short(forest, id)),
            message: draft.message.clone(),
            owners: self.owners(draft),
        }
    }

    /// The nearest thing around a place of the old document that the new one has as well.
    fn nearest(&self, old: Id) -> Option<Span> {
        let pointer = self.old.forest.pointer(old);
        let (forest, mut at) = (self.new.forest, self.new.document.root);
        for token in pointer.split('/').skip(1) {
            let name = pointer_name(token);
            let item = name.parse::<usize>().ok();
            let item = item.and_then(|index| forest.array(at)?.get(index).copied());
            match forest.get(at, &name).or(item) {
                Some(next) => at = next,
                None => break,
            }
        }
        Some(forest.item(at).span.clone())
    }

    fn owners(&self, draft: &Draft) -> Vec<Owner> {
        let mut owners = Vec::new();
        let (mut at, mut member) = (Some(draft.entry), draft.member.clone());
        while let Some(entry) = at.and_then(|at| self.entries.get(at)) {
            let span = |view: &Option<View<'f>>| view.as_ref().map(View::span);
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
    fn operations(&self) -> BTreeMap<At, Vec<String>> {
        let spoken: BTreeSet<At> = self.drafts.iter().map(|draft| draft.entry).collect();
        let mut reached: BTreeMap<At, Vec<String>> = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let Some(name) = &entry.operation else { continue };
            let (mut seen, mut open) = (HashSet::from([at]), vec![at]);
            while let Some(at) = open.pop() {
                if spoken.contains(&at) {
                    reached.entry(at).or_default().push(name.clone());
                }
                let below = self.entries.get(at).into_iter().flat_map(|it| &it.below);
                open.extend(below.filter(|at| seen.insert(**at)));
            }
        }
        reached
    }

    /// Operations by their place in the documents.
    fn order(&self) -> HashMap<String, usize> {
        let names = self.entries.iter().filter_map(|it| it.operation.clone());
        names.enumerate().map(|(at, name)| (name, at)).collect()
    }
}
