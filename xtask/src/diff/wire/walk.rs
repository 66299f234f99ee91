//! The walk over two documents: pairs of things that correspond, each compared once.
//!
//! A pair of schemas used in one way is an [`Entry`]. Comparing it adds the pairs below it to a queue
//! instead of descending, so recursion ends, depth costs nothing, and what many operations share is
//! reported once; callbacks, which may lead back to their own path, are compared likewise. The edges between entries say afterwards which operations a change affects.
//!
//! [`Walk::members`] shows every member of two objects that differs to a rule. What the rule neither
//! reports nor hands on is reported as `unclassified`, so nothing is silent by construction.

mod label;
mod report;
mod say;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::operations::Hook;
use super::rules::{Context, Direction};
use super::tree::{Id, Side, View, Views};
use crate::openapi::Tree;

pub(super) use label::Label;
pub(super) use say::Said;

use say::Draft;

/// The number of an [`Entry`].
pub(super) type At = usize;

/// Two things that correspond: the documents, an operation, or a schema in one of its uses.
pub(super) struct Entry<'f> {
    pub(super) old: Option<View<'f>>,
    pub(super) new: Option<View<'f>>,
    /// How a schema is used; nothing if it is none.
    pub(super) context: Option<Context>,
    /// What it is called in sentences.
    pub(super) label: Label,
    /// Where it was found first, if it is called after a component; that says nothing of where it is used.
    place: Option<Label>,
    /// In how many places it was found.
    places: usize,
    /// The member of the parent that holds it.
    pub(super) member: Option<Arc<str>>,
    parent: Option<At>,
    below: BTreeSet<At>,
    /// `METHOD /path`, if it is an operation.
    operation: Option<String>,
}

/// What is done about a member that differs: its name, and its values. Whether that took care of it.
type Rule<'r, W> = dyn FnMut(&mut W, &str, Option<Id>, Option<Id>) -> bool + 'r;

pub(super) struct Walk<'f> {
    pub(super) old: Side<'f>,
    pub(super) new: Side<'f>,
    pub(super) entries: Vec<Entry<'f>>,
    known: HashMap<(Id, Id, Context), At>,
    queue: Vec<At>,
    /// Callbacks that nobody has compared yet, and all that were ever found.
    hooks: Vec<Hook>,
    known_hooks: HashSet<(Id, Id, Direction)>,
    drafts: Vec<Draft>,
    /// Pairs of objects whose members were compared one by one.
    compared: HashSet<(Id, Id)>,
}

impl<'f> Walk<'f> {
    pub(super) fn new(old: Side<'f>, new: Side<'f>) -> Self {
        let (known, queue, hooks, known_hooks, drafts, compared) = Default::default();
        Self { old, new, entries: Vec::new(), known, queue, hooks, known_hooks, drafts, compared }
    }

    /// Adds something that is no schema.
    pub(super) fn enter(
        &mut self,
        old: Option<View<'f>>,
        new: Option<View<'f>>,
        label: Label,
        operation: Option<String>,
    ) -> At {
        let below = BTreeSet::new();
        let (context, place, member, parent) = (None, None, None, None);
        self.entries.push(Entry {
            old,
            new,
            context,
            label,
            place,
            places: 0,
            member,
            parent,
            below,
            operation,
        });
        self.entries.len() - 1
    }

    /// Adds two schemas that correspond, to be compared later, unless they are known in this use.
    pub(super) fn pair(
        &mut self,
        parent: At,
        member: Option<&str>,
        label: Label,
        (old, new): (Id, Id),
        context: Context,
    ) {
        let (old_view, new_view) = (self.old.view(old), self.new.view(new));
        self.reference(parent, member, (old, new));
        if self.same(Some(old), Some(new)) {
            self.compared.insert((old_view.id(), new_view.id()));
            return;
        }
        let key = (old_view.id(), new_view.id(), context);
        let at = match self.known.get(&key) {
            Some(at) => *at,
            None => {
                let (label, place) = match self.component(new_view) {
                    Some(name) => (Label::new(name), Some(label)),
                    None => (label, None),
                };
                let at = self.enter(Some(old_view), Some(new_view), label, None);
                self.known.insert(key, at);
                self.queue.push(at);
                if let Some(entry) = self.entries.get_mut(at) {
                    entry.context = Some(context);
                    entry.member = member.map(Into::into);
                    entry.parent = Some(parent);
                    entry.place = place;
                }
                at
            }
        };
        if let Some(entry) = self.entries.get_mut(at) {
            entry.places += 1;
        }
        if let Some(entry) = self.entries.get_mut(parent) {
            entry.below.insert(at);
        }
    }

    /// The next pair of schemas that nobody has compared yet.
    pub(super) fn next(&mut self) -> Option<At> {
        self.queue.pop()
    }

    /// Adds two callbacks that correspond, to be compared later, unless they are known in this direction.
    pub(super) fn hook(&mut self, hook: Hook) {
        if self.known_hooks.insert((hook.was, hook.now, hook.direction)) {
            self.hooks.push(hook);
        }
    }

    /// The next pair of callbacks that nobody has compared yet.
    pub(super) fn next_hook(&mut self) -> Option<Hook> {
        self.hooks.pop()
    }

    /// The component that an object is, in words.
    fn component(&self, view: View<'f>) -> Option<String> {
        let pointer = self.new.arena.pointer(view.base());
        let mut tokens = pointer.strip_prefix("/components/")?.split('/').skip(1);
        let name = tokens.next().filter(|_| tokens.next().is_none())?;
        Some(format!("`{}`", crate::node::pointer_name(name)))
    }

    pub(super) fn label(&self, at: At) -> Label {
        self.entries.get(at).map(|it| it.label.clone()).unwrap_or_default()
    }

    /// Whether two members are the same, references in them included.
    pub(super) fn same(&self, old: Option<Id>, new: Option<Id>) -> bool {
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => {
                self.new.arena.equal(old, new) && !self.new.arena.item(new).refers
            }
            _ => false,
        }
    }

    /// Whether two values are spelled the same, wherever their references lead.
    pub(super) fn equal(&self, old: Id, new: Id) -> bool {
        self.new.arena.equal(old, new)
    }

    /// Shows every member that differs to a rule, which says whether it has taken care of it.
    pub(super) fn members(
        &mut self,
        at: At,
        member: Option<&str>,
        (old, new): Views<'f>,
        rule: &mut Rule<'_, Self>,
    ) {
        self.compared.insert((old.id(), new.id()));
        self.compared.insert((old.base(), new.base()));
        let mut names = old.names();
        names.extend(new.names());
        for name in names {
            let (was, now) = (old.member(name), new.member(name));
            if self.same(was, now) {
                continue;
            }
            let before = self.drafts.len();
            let explained = rule(self, name, was, now);
            let differs = was.zip(now).is_none_or(|(was, now)| !self.equal(was, now));
            if !differs {
                // It was shown for what its references lead to. Nothing is to be said of the member itself.
                let own = |Draft { said, .. }: &Draft| {
                    said.old.is_some() && (said.old, said.new) == (was, now)
                };
                let said = self.drafts.split_off(before.min(self.drafts.len()));
                self.drafts.extend(said.into_iter().filter(|it| !own(it)));
            } else if explained || self.drafts.len() != before {
                continue;
            } else if name.starts_with("x-") || name == "description" {
                // Every object may have these, and they are for people.
                self.annotation(at, member, name, (was, now));
            } else {
                self.unclassified(at, member, name, (was, now));
            }
        }
        if !old.is_object() || !new.is_object() {
            let (was, now) = (old.base(), new.base());
            if !self.equal(was, now) {
                self.unclassified(at, member, "the value", (Some(was), Some(now)));
            }
        }
    }

    /// Marks two values as taken care of.
    pub(super) fn settled(&mut self, old: Option<Id>, new: Option<Id>) {
        self.compared.extend(old.zip(new));
    }

    pub(super) fn is_settled(&self, old: Id, new: Id) -> bool {
        self.compared.contains(&(old, new))
    }
}
