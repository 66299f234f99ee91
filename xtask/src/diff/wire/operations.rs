//! Operations: which of one document is which of the other, and what became of them.

mod hooks;
mod items;

use std::collections::BTreeSet;

use super::super::change::Wire;
use super::pairing;
use super::rules::Direction;
use super::tree::{Id, Pair, Side, View};
use super::walk::{At, Label, Said, Walk};
use crate::openapi::model::{self, PathItem, path_items_in};
use crate::openapi::{Tree, path::erased};

pub(super) use hooks::Hook;

/// An operation as the model has it.
pub(super) type Call<'f> = model::Operation<'f, View<'f>>;

/// An operation and what it belongs to.
#[derive(Clone)]
pub(super) struct Operation<'f> {
    pub(super) call: Call<'f>,
    /// The name of the callback or webhook that it belongs to.
    pub(super) hook: Option<String>,
}

impl Operation<'_> {
    /// `METHOD /path`
    pub(super) fn name(&self) -> String {
        let hook = self.hook.iter().map(|it| format!("{it} ")).collect::<String>();
        format!("{hook}{}", self.call.key)
    }
}

/// The operations of path items by name.
pub(super) fn operations<'f>(
    side: Side<'f>,
    items: Option<Id>,
    hook: Option<&str>,
) -> Vec<Operation<'f>> {
    let items = items.into_iter().flat_map(|it| path_items_in(side.arena.at(it)));
    let items = items.map(|(path, it)| (path, PathItem::of(it.node().followed())));
    let calls = items.flat_map(|(path, item)| item.operations(path));
    let calls = calls.filter(|it| it.node().is_object()).map(|it| it.resolved(side.api()));
    calls.map(|call| Operation { call, hook: hook.map(str::to_owned) }).collect()
}

impl<'f> Walk<'f> {
    /// Compares path items by name: those of the document, of a callback, or of webhooks.
    pub(super) fn paths(
        &mut self,
        at: At,
        (was, now): Pair,
        direction: Direction,
        hook: Option<&str>,
    ) -> bool {
        if !self.are_objects(was, now) {
            return false;
        }
        self.settled(was, now);
        let old = operations(self.old, was, hook);
        let new = operations(self.new, now, hook);
        let (pairs, gone, added) = correspond(old, new);
        for (old, new) in pairs {
            self.operation(old, new, direction);
        }
        let stays = |id: Id| self.new.arena.members(id).into_iter().flat_map(|it| it.keys());
        let stays: BTreeSet<String> =
            now.into_iter().flat_map(stays).map(|it| erased(it)).collect();
        for operation in gone {
            self.removed(&operation, &stays);
        }
        for operation in added {
            let name = operation.name();
            let message = format!("`{name}` is new");
            let view = operation.call.node();
            let (old, new) = (None, Some(view.id()));
            let at = self.enter(None, Some(view), Label::default(), Some(name));
            let (rule, wire) = ("endpoint-added".to_owned(), Wire::Additive);
            self.say(at, None, Said { rule, wire, old, new, message });
        }
        self.path_items(at, (was, now));
        true
    }

    fn removed(&mut self, operation: &Operation<'f>, paths: &BTreeSet<String>) {
        let stays = paths.contains(&erased(operation.call.key.path));
        let what = if stays { "api" } else { "api-path" };
        let how = if operation.call.is_deprecated() { "with" } else { "without" };
        let (name, view) = (operation.name(), operation.call.node());
        let message = format!("`{name}` is gone");
        let at = self.enter(Some(view), None, Label::default(), Some(name));
        let (rule, wire) = (format!("{what}-removed-{how}-deprecation"), Wire::Breaking);
        let (old, new) = (Some(view.id()), None);
        self.say(at, None, Said { rule, wire, old, new, message });
    }

    fn operation(&mut self, old: Operation<'f>, new: Operation<'f>, direction: Direction) {
        let name = new.name();
        let views = (old.call.node(), new.call.node());
        let at = self.enter(
            Some(views.0),
            Some(views.1),
            Label::new(format!("`{name}`")),
            Some(name.clone()),
        );
        let (was, now) = (old.call.key, new.call.key);
        if erased(was.path) != erased(now.path) || was.method != now.method {
            let message = format!("`{}` is `{name}` now", old.name());
            let (rule, wire) = ("endpoint-moved".to_owned(), Wire::Breaking);
            let (old, new) = (Some(views.0.id()), Some(views.1.id()));
            self.say(at, None, Said { rule, wire, old, new, message });
        }
        self.parameters(at, &old, &new, direction);
        self.operation_servers(at, &old, &new);
        self.members(at, None, views, &mut |walk, member, was, now| {
            let thing = format!("`{name}`");
            match member {
                "parameters" | "servers" => true,
                "requestBody" => walk.request_body(at, (was, now), direction),
                "responses" => walk.responses(at, (was, now), direction.flipped()),
                "security" => walk.operation_security(at, (was, now)),
                "tags" => walk.tags(at, &thing, was, now),
                "operationId" => {
                    let action = match (was, now) {
                        (Some(_), Some(_)) => "changed",
                        (None, _) => "added",
                        (_, None) => "removed",
                    };
                    let words = (format!("api-operation-id-{action}"), Wire::None);
                    walk.note(at, None, words, "the operationId", &thing, (was, now));
                    true
                }
                "deprecated" => {
                    let sunset = new.call.has_sunset();
                    let rule = match now {
                        Some(_) if sunset => "endpoint-deprecated-with-sunset",
                        Some(_) => "endpoint-deprecated",
                        None => "endpoint-reactivated",
                    };
                    walk.note(at, None, (rule, Wire::None), "the deprecation", &thing, (was, now));
                    true
                }
                "x-sunset" => walk.sunset(at, &thing, was, now),
                "summary" | "externalDocs" => walk.annotation(at, None, member, (was, now)),
                "callbacks" => walk.callbacks(at, (was, now), direction.flipped()),
                _ => false,
            }
        });
    }

    fn tags(&mut self, at: At, thing: &str, was: Option<Id>, now: Option<Id>) -> bool {
        let arena = self.new.arena;
        let items = |id: Option<Id>| match id {
            Some(id) => arena.array(id).map(<[Id]>::to_vec),
            None => Some(Vec::new()),
        };
        let Some((before, after)) = items(was).zip(items(now)) else { return false };
        for id in before.iter().filter(|id| !after.iter().any(|it| arena.equal(*it, **id))) {
            let words = ("api-tag-removed", Wire::None);
            self.note(at, None, words, "the tag", thing, (Some(*id), None));
        }
        for id in after.iter().filter(|id| !before.iter().any(|it| arena.equal(*it, **id))) {
            self.note(at, None, ("api-tag-added", Wire::None), "the tag", thing, (None, Some(*id)));
        }
        true
    }

    /// Dates in the usual form compare as text.
    fn sunset(&mut self, at: At, thing: &str, was: Option<Id>, now: Option<Id>) -> bool {
        let arena = self.new.arena;
        let date = |id: Option<Id>| id.and_then(|id| arena.str(id));
        let (rule, wire) = match (date(was), date(now)) {
            (Some(was), Some(now)) if now < was => {
                ("api-sunset-date-changed-too-small", Wire::Review)
            }
            (Some(_), None) => ("sunset-deleted", Wire::Review),
            _ => ("sunset-changed", Wire::None),
        };
        self.note(at, None, (rule, wire), "the sunset date", thing, (was, now));
        true
    }
}

/// What two operations have in common that correspond.
type KeyOf<'f> = dyn Fn(&Operation<'f>) -> Option<(&'f str, String)>;

/// Operations correspond by method and path, whatever the parameters in it are called; then by operationId.
fn correspond<'f>(
    mut old: Vec<Operation<'f>>,
    mut new: Vec<Operation<'f>>,
) -> (Vec<(Operation<'f>, Operation<'f>)>, Vec<Operation<'f>>, Vec<Operation<'f>>) {
    let exact = |it: &Operation<'f>| Some((it.call.key.method, it.call.key.path.to_owned()));
    let alike = |it: &Operation<'f>| Some((it.call.key.method, erased(it.call.key.path)));
    let id = |it: &Operation<'f>| Some(("", it.call.operation_id()?.to_owned()));
    let keys: [&KeyOf<'f>; 3] = [&exact, &alike, &id];
    let mut pairs = Vec::new();
    for key in keys {
        pairs.extend(pairing::take_by_key(&mut old, &mut new, key, key));
    }
    (pairs, old, new)
}
