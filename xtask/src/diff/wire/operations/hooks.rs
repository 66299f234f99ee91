//! What the vendor calls: callbacks of an operation, and webhooks of the document.

use std::collections::BTreeMap;

use super::super::super::change::Wire;
use super::super::rules::Direction;
use super::super::text::sentence;
use super::super::tree::{Id, Pair, Side};
use super::super::walk::{At, Said, Walk};
use super::operations;
use crate::openapi::METHODS;

/// A callback that both documents have, to be compared later: it can lead back to the path that it is from.
pub(in super::super) struct Hook {
    pub(in super::super) at: At,
    pub(in super::super) name: String,
    pub(in super::super) was: Id,
    pub(in super::super) now: Id,
    pub(in super::super) direction: Direction,
}

impl<'f> Walk<'f> {
    /// Compares the callbacks that were found, and those that are found in them.
    pub(in super::super) fn hooks(&mut self) {
        while let Some(Hook { at, name, was, now, direction }) = self.next_hook() {
            let pair = (Some(was), Some(now));
            if !self.paths(at, pair, direction, Some(&name)) {
                self.unclassified(at, None, &name, pair);
            }
        }
    }

    /// Who is called back is the caller, so the vendor writes the requests.
    pub(super) fn callbacks(&mut self, at: At, (was, now): Pair, direction: Direction) -> bool {
        if !self.are_objects(was, now) {
            return false;
        }
        for (name, (was, now)) in self.by_name(was, now) {
            let callback = |side: Side<'f>, id: Option<Id>| id.map(|id| side.view(id).base());
            match (callback(self.old, was), callback(self.new, now)) {
                (Some(was), Some(now)) => self.hook(Hook { at, name, was, now, direction }),
                (was, now) => {
                    let (rule, wire) = match now {
                        Some(_) => ("callback-added", Wire::Additive),
                        None => ("callback-removed", Wire::Breaking),
                    };
                    let thing = self.label(at).words();
                    self.note(
                        at,
                        None,
                        (rule, wire),
                        &format!("the callback `{name}`"),
                        &thing,
                        (was, now),
                    );
                }
            }
        }
        true
    }

    /// What the vendor calls by itself.
    pub(in super::super) fn webhooks(&mut self, at: At, (was, now): Pair) -> bool {
        if !self.are_objects(was, now) {
            return false;
        }
        let by_name = self.by_name(was, now);
        for (name, pair) in &by_name {
            let (rule, wire) = match pair {
                (None, Some(_)) => ("webhook-added", Wire::Additive),
                (Some(_), None) => ("webhook-removed", Wire::Breaking),
                _ => continue,
            };
            let action = if wire == Wire::Breaking { "gone" } else { "new" };
            let message = format!("the webhook `{name}` is {action}");
            self.say(
                at,
                None,
                Said { rule: rule.to_owned(), wire, old: pair.0, new: pair.1, message },
            );
        }
        let (old, new) = (
            operations(self.old, was, Some("webhook")),
            operations(self.new, now, Some("webhook")),
        );
        let new: BTreeMap<_, _> = new.into_iter().map(|it| (it.call.key, it)).collect();
        for old in old {
            if let Some(new) = new.get(&old.call.key) {
                self.operation(old, new.clone(), Direction::Response);
            }
        }
        for (name, pair) in by_name {
            let Some((was, now)) = pair.0.zip(pair.1) else { continue };
            let (old, new) = (self.old.view(was), self.new.view(now));
            self.members(at, None, (old, new), &mut |walk, member, was, now| match (
                METHODS.contains(&member),
                was,
                now,
            ) {
                (true, Some(_), Some(_)) => walk.are_objects(was, now),
                (true, ..) => {
                    let message = sentence(
                        &format!("`{member}`"),
                        &format!("the webhook `{name}`"),
                        was.map(|_| ""),
                        now.map(|_| ""),
                    );
                    let (rule, wire) = match now {
                        Some(_) => ("webhook-operation-added", Wire::Additive),
                        None => ("webhook-operation-removed", Wire::Breaking),
                    };
                    let rule = rule.to_owned();
                    walk.say(at, None, Said { rule, wire, old: was, new: now, message });
                    true
                }
                _ => walk.of_path_item(at, &format!("the webhook `{name}`"), member, was, now),
            });
        }
        true
    }
}
