//! Path items: what they say besides their operations, and what their parameters are called.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::change::Wire;
use super::super::tree::{Id, Pair, Views};
use super::super::walk::{At, Said, Walk};
use crate::openapi::METHODS;
use crate::openapi::model::PathItem;
use crate::openapi::path::{self, erased};

impl<'f> Walk<'f> {
    /// What path items say besides their operations.
    pub(super) fn path_items(&mut self, at: At, (was, now): Pair) {
        let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
        let members = |id: Option<Id>| id.and_then(|id| self.new.arena.members(id));
        let (before, after) = (members(was), members(now));
        for (own, other, items) in [(before, after, &mut old), (after, before, &mut new)] {
            for (path, id) in own.into_iter().flatten() {
                let exact =
                    path.starts_with("x-") || other.is_some_and(|other| other.contains_key(path));
                let key = if exact { path.to_string() } else { erased(path) };
                items.insert(key, (path.to_string(), *id));
            }
        }
        let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for key in keys {
            match (old.get(key), new.get(key)) {
                (Some((_, was)), Some((path, now))) => {
                    let item = (self.old.view(*was), self.new.view(*now));
                    let label = format!("`{path}`");
                    let compared = has_common_operation(item);
                    self.members(at, Some(path), item, &mut |walk, name, was, now| {
                        // These hold for the operations, and are compared with theirs.
                        let theirs = compared && ["parameters", "servers"].contains(&name);
                        theirs || walk.of_path_item(at, &label, name, was, now)
                    });
                    if old.get(key).map(|it| &it.0) != Some(path) {
                        let was = old.get(key).map(|it| it.0.as_str()).unwrap_or_default();
                        // A name that stands in another place means that other values go there.
                        let (rule, wire, what) = match traded_places(was, path) {
                            true => ("path-parameters-reordered", Wire::Review, "traded places"),
                            false => ("path-parameter-renamed", Wire::None, "have other names"),
                        };
                        let message = format!("the parameters of `{was}` {what} in `{path}`");
                        let (rule, old, new) =
                            (rule.to_owned(), Some(item.0.id()), Some(item.1.id()));
                        self.say(at, None, Said { rule, wire, old, new, message });
                    }
                }
                (was, now) => {
                    // With operations, those are what is reported.
                    let (path, side, id) = match (was, now) {
                        (Some((path, id)), _) => (path, self.old, *id),
                        (_, Some((path, id))) => (path, self.new, *id),
                        _ => continue,
                    };
                    let view = side.view(id);
                    if PathItem::of(view).operations("").next().is_none() {
                        let pair = (was.map(|it| it.1), now.map(|it| it.1));
                        let words = ("path-item-changed", Wire::None);
                        self.note(at, None, words, &format!("`{path}`"), "the document", pair);
                    }
                }
            }
        }
    }

    pub(super) fn of_path_item(
        &mut self,
        at: At,
        label: &str,
        name: &str,
        was: Option<Id>,
        now: Option<Id>,
    ) -> bool {
        match name {
            "summary" | "description" => {
                let words = (format!("{name}-changed"), Wire::None);
                self.note(at, None, words, &format!("the {name}"), label, (was, now));
                true
            }
            // An operation that is on one side only is reported as such; the others are compared.
            _ if METHODS.contains(&name) => self.are_objects(was, now),
            _ => false,
        }
    }
}

fn has_common_operation((old, new): Views<'_>) -> bool {
    METHODS.iter().any(|it| old.member(it).is_some() && new.member(it).is_some())
}

/// Whether a parameter of the one path stands in another place of the other.
fn traded_places(was: &str, now: &str) -> bool {
    let is_moved = |(before, after): (&str, &str)| {
        before != after && path::parameters(now).any(|it| it == before)
    };
    path::parameters(was).zip(path::parameters(now)).any(is_moved)
}
