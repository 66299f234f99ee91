//! Operations: which of one document is which of the other, and what became of them.

mod hooks;
mod items;

use super::super::change::Wire;
use super::pairing;
use super::rules::Direction;
use super::tree::{Id, Pair, Side, View};
use super::walk::{At, Label, Said, Walk};
use crate::openapi::{METHODS, path::erased};

/// An operation and where it stands.
#[derive(Clone)]
pub(super) struct Operation<'f> {
    pub(super) method: &'static str,
    pub(super) path: &'f str,
    pub(super) view: View<'f>,
    /// The path item, which says what holds for all of its operations.
    pub(super) item: View<'f>,
    /// The name of the callback or webhook that it belongs to.
    pub(super) hook: Option<String>,
}

impl<'f> Operation<'f> {
    /// `METHOD /path`
    pub(super) fn name(&self) -> String {
        let name = format!("{} {}", self.method.to_ascii_uppercase(), self.path);
        self.hook.as_ref().map_or(name.clone(), |hook| format!("{hook} {name}"))
    }

    /// What it says itself, or else its path item.
    pub(super) fn own_or_shared(&self, name: &str) -> Option<Id> {
        self.view.get(name).or_else(|| self.item.get(name))
    }
}

/// The operations of path items by name.
pub(super) fn operations<'f>(
    side: Side<'f>,
    items: Option<Id>,
    hook: Option<&str>,
) -> Vec<Operation<'f>> {
    let items = items.and_then(|it| side.forest.members(it));
    let items = items.into_iter().flatten().filter(|(path, _)| !path.starts_with("x-"));
    items
        .flat_map(|(path, item)| {
            let item = side.view(*item);
            METHODS.into_iter().filter_map(move |method| {
                let id = item.get(method).filter(|it| side.forest.members(*it).is_some())?;
                let (view, hook) = (side.view(id), hook.map(str::to_owned));
                Some(Operation { method, path, view, item: item.clone(), hook })
            })
        })
        .collect()
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
        for operation in gone {
            self.removed(&operation, now);
        }
        for operation in added {
            let name = operation.name();
            let message = format!("`{name}` is new");
            let view = operation.view;
            let (old, new) = (None, Some(view.id()));
            let at = self.enter(None, Some(view), Label::default(), Some(name));
            let (rule, wire) = ("endpoint-added".to_owned(), Wire::Additive);
            self.say(at, None, Said { rule, wire, old, new, message });
        }
        self.path_items(at, (was, now));
        true
    }

    fn removed(&mut self, operation: &Operation<'f>, now: Option<Id>) {
        let items = now.and_then(|it| self.new.forest.members(it)).into_iter().flatten();
        let stays = items.into_iter().any(|(path, _)| erased(path) == erased(operation.path));
        let what = if stays { "api" } else { "api-path" };
        let deprecated = operation.view.flag("deprecated");
        let how = if deprecated { "with" } else { "without" };
        let (name, view) = (operation.name(), operation.view.clone());
        let message = format!("`{name}` is gone");
        let at = self.enter(Some(view), None, Label::default(), Some(name));
        let (rule, wire) = (format!("{what}-removed-{how}-deprecation"), Wire::Breaking);
        let (old, new) = (Some(operation.view.id()), None);
        self.say(at, None, Said { rule, wire, old, new, message });
    }

    fn operation(&mut self, old: Operation<'f>, new: Operation<'f>, direction: Direction) {
        let name = new.name();
        let views = (old.view.clone(), new.view.clone());
        let at = self.enter(
            Some(views.0.clone()),
            Some(views.1.clone()),
            Label::new(format!("`{name}`")),
            Some(name.clone()),
        );
        if erased(old.path) != erased(new.path) || old.method != new.method {
            let message = format!("`{}` is `{name}` now", old.name());
            let (rule, wire) = ("endpoint-moved".to_owned(), Wire::Breaking);
            let (old, new) = (Some(views.0.id()), Some(views.1.id()));
            self.say(at, None, Said { rule, wire, old, new, message });
        }
        self.parameters(at, &old, &new, direction);
        self.operation_servers(at, &old, &new);
        self.members(at, None, (&views.0, &views.1), &mut |walk, member, was, now| {
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
                    let sunset = views.1.get("x-sunset").is_some();
                    let rule = match now {
                        Some(_) if sunset => "endpoint-deprecated-with-sunset",
                        Some(_) => "endpoint-deprecated",
                        None => "endpoint-reactivated",
                    };
                    walk.note(at, None, (rule, Wire::None), "the deprecation", &thing, (was, now));
                    true
                }
                "x-sunset" => walk.sunset(at, &thing, was, now),
                "summary" | "description" | "externalDocs" => {
                    walk.annotation(at, None, member, (was, now))
                }
                "callbacks" => walk.callbacks(at, (was, now), direction.flipped()),
                _ if member.starts_with("x-") => walk.annotation(at, None, member, (was, now)),
                _ => false,
            }
        });
    }

    fn tags(&mut self, at: At, thing: &str, was: Option<Id>, now: Option<Id>) -> bool {
        let forest = self.new.forest;
        let items = |id: Option<Id>| match id {
            Some(id) => forest.array(id).map(<[Id]>::to_vec),
            None => Some(Vec::new()),
        };
        let Some((before, after)) = items(was).zip(items(now)) else { return false };
        for id in before.iter().filter(|id| !after.iter().any(|it| forest.equal(*it, **id))) {
            let words = ("api-tag-removed", Wire::None);
            self.note(at, None, words, "the tag", thing, (Some(*id), None));
        }
        for id in after.iter().filter(|id| !before.iter().any(|it| forest.equal(*it, **id))) {
            self.note(at, None, ("api-tag-added", Wire::None), "the tag", thing, (None, Some(*id)));
        }
        true
    }

    /// Dates in the usual form compare as text.
    fn sunset(&mut self, at: At, thing: &str, was: Option<Id>, now: Option<Id>) -> bool {
        let forest = self.new.forest;
        let date = |id: Option<Id>| id.and_then(|id| forest.str(id));
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
type KeyOf<'f> = dyn Fn(&Operation<'f>) -> Option<(&'static str, String)>;

/// Operations correspond by method and path, whatever the parameters in it are called; then by operationId.
fn correspond<'f>(
    mut old: Vec<Operation<'f>>,
    mut new: Vec<Operation<'f>>,
) -> (Vec<(Operation<'f>, Operation<'f>)>, Vec<Operation<'f>>, Vec<Operation<'f>>) {
    let exact = |it: &Operation<'f>| Some((it.method, it.path.to_owned()));
    let alike = |it: &Operation<'f>| Some((it.method, erased(it.path)));
    let id = |it: &Operation<'f>| Some(("", it.view.str("operationId")?.to_owned()));
    let keys: [&KeyOf<'f>; 3] = [&exact, &alike, &id];
    let mut pairs = Vec::new();
    for key in keys {
        pairs.extend(pairing::take_by_key(&mut old, &mut new, key, key));
    }
    (pairs, old, new)
}
