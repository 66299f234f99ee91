//! Parameters: by their place and name, those of a path by their position.

use std::collections::BTreeMap;

use super::super::super::change::Wire;
use super::super::operations::Operation;
use super::super::rules::{Context, Direction, Effect, Site};
use super::super::schema::added;
use super::super::tree::{Id, View};
use super::super::walk::{At, Label, Said, Walk};
use crate::openapi::path::erased;

impl<'f> Walk<'f> {
    pub(in super::super) fn parameters(
        &mut self,
        at: At,
        old: &Operation<'f>,
        new: &Operation<'f>,
        direction: Direction,
    ) {
        let same_path = erased(old.path) == erased(new.path);
        let (mut was, mut now) = (Parameters::new(), Parameters::new());
        for (side, operation, known) in [(self.old, old, &mut was), (self.new, new, &mut now)] {
            for id in
                operation.item.list("parameters").iter().chain(operation.view.list("parameters"))
            {
                let view = side.view(*id);
                let key = key(&view, operation.path, same_path);
                known.insert(key, (view, *id));
            }
        }
        for (key, (old, id)) in &was {
            if let Some((new, new_id)) = now.get(key) {
                self.parameter(at, old, new, direction);
                self.reference_of(at, new, (*id, *new_id));
            } else {
                self.parameter_gone(at, old);
            }
        }
        for (key, (view, id)) in &now {
            if !was.contains_key(key) {
                self.parameter_added(at, view, direction, new.view.list("parameters").contains(id));
            }
        }
        self.lists(at, old, new);
    }

    /// What stands among parameters and is none, or stands there twice.
    fn lists(&mut self, at: At, old: &Operation<'f>, new: &Operation<'f>) {
        for (was, now) in [
            (old.view.get("parameters"), new.view.get("parameters")),
            (old.item.get("parameters"), new.item.get("parameters")),
        ] {
            let forest = self.new.forest;
            let list = |id: Option<Id>| id.and_then(|id| forest.array(id)).unwrap_or_default();
            let sound = |id: Option<Id>| {
                id.is_none_or(|id| forest.array(id).is_some())
                    && list(id).iter().all(|it| forest.members(*it).is_some())
            };
            if !(sound(was) && sound(now)) {
                self.unclassified(at, None, "parameters", (was, now));
            }
            for (ids, others, is_new) in
                [(list(was), list(now), false), (list(now), list(was), true)]
            {
                for (index, id) in ids.iter().enumerate() {
                    let again = |it: &&Id| self.equal(**it, *id);
                    let before = ids.iter().take(index).filter(again).count();
                    if before > 0 && others.iter().filter(again).count() <= before {
                        let pair = if is_new { (None, Some(*id)) } else { (Some(*id), None) };
                        let words = ("parameter-repeated", Wire::None);
                        let thing = self.label(at).words();
                        self.note(at, None, words, "a parameter twice:", &thing, pair);
                    }
                }
            }
        }
    }

    fn parameter(&mut self, at: At, old: &View<'f>, new: &View<'f>, direction: Direction) {
        let name = new.str("name").unwrap_or_default().to_owned();
        let label = self.parameter_label(at, new);
        let thing = label.words();
        let base = Context { text: true, ..Context::new(direction, Site::Parameter) };
        self.members(at, Some(&name), (old, new), &mut |walk, member, was, now| {
            let pair = (was, now);
            match member {
                "required" => {
                    let (stem, effect) = match now {
                        Some(_) => ("became-required", Effect::Tightened),
                        None => ("became-optional", Effect::Loosened),
                    };
                    let words = base.rule(stem, effect);
                    let what = if now.is_some() { "required" } else { "optional" };
                    let message = format!("{thing} is {what} now");
                    let (rule, wire) = words;
                    let (old, new) = (was.or(Some(old.id())), now.or(Some(new.id())));
                    walk.say(at, Some(&name), Said { rule, wire, old, new, message });
                    true
                }
                "name" | "in" => {
                    let words = ("request-parameter-renamed", Wire::None);
                    walk.note(at, Some(&name), words, "the name", &thing, pair);
                    true
                }
                "schema" => match was.zip(now) {
                    Some(pair) => {
                        walk.pair(at, Some(&name), label.clone(), pair, base);
                        true
                    }
                    None => {
                        let effect =
                            if now.is_some() { Effect::Tightened } else { Effect::Loosened };
                        let words = base.rule(&added("schema", was, now), effect);
                        walk.note(at, Some(&name), words, "the schema", &thing, pair);
                        true
                    }
                },
                "content" => walk.content(at, Some(&name), &label, base, pair),
                "style" | "explode" | "allowReserved" => {
                    let words = base.rule(&format!("{}-changed", kebab(member)), Effect::Changed);
                    walk.note(at, Some(&name), words, &format!("`{member}`"), &thing, pair);
                    true
                }
                "deprecated" => {
                    let stem = if now.is_some() { "deprecated" } else { "reactivated" };
                    let words = base.rule(stem, Effect::Told);
                    walk.note(at, Some(&name), words, "the deprecation", &thing, pair);
                    true
                }
                "description" | "example" | "examples" => {
                    walk.annotation(at, Some(&name), member, pair)
                }
                _ if member.starts_with("x-") => walk.annotation(at, Some(&name), member, pair),
                _ => false,
            }
        });
    }

    /// A parameter that is another component now, with the same content.
    fn reference_of(&mut self, at: At, new: &View<'f>, (was, now): (Id, Id)) {
        let forest = self.new.forest;
        let text = |id: Id| forest.get(id, "$ref").and_then(|it| forest.str(it));
        if text(was) != text(now) {
            let name = new.str("name").unwrap_or_default();
            let message =
                format!("{} is described elsewhere now", self.parameter_label(at, new).words());
            let rule = "reference-changed".to_owned();
            let (old, new) = (Some(was), Some(now));
            self.say(at, Some(name), Said { rule, wire: Wire::None, old, new, message });
        }
    }

    fn parameter_label(&self, at: At, view: &View<'f>) -> Label {
        let place = view.str("in").unwrap_or("unplaced");
        let name = view.str("name").unwrap_or_default();
        Label::new(format!("the {place} parameter `{name}` of {}", self.label(at).words()))
    }

    fn parameter_gone(&mut self, at: At, old: &View<'f>) {
        let how = if old.flag("deprecated") { "-with-deprecation" } else { "" };
        let message = format!("{} is gone", self.parameter_label(at, old).words());
        let (rule, wire) = (format!("request-parameter-removed{how}"), Wire::Review);
        let (name, old) = (old.str("name"), Some(old.id()));
        self.say(at, name, Said { rule, wire, old, new: None, message });
    }

    fn parameter_added(&mut self, at: At, new: &View<'f>, direction: Direction, own: bool) {
        let required = new.flag("required");
        let place = new.str("in").unwrap_or_default();
        let presence = if required { "required" } else { "optional" };
        let rule = match (place, own) {
            ("path", _) => "new-request-path-parameter".to_owned(),
            (_, true) => format!("new-{presence}-request-parameter"),
            (_, false) => format!("new-{presence}-request-default-parameter-to-existing-path"),
        };
        let effect = if required { Effect::Tightened } else { Effect::Loosened };
        let wire = direction.judge(effect);
        let message = format!("{} is new and {presence}", self.parameter_label(at, new).words());
        let (name, new) = (new.str("name"), Some(new.id()));
        self.say(at, name, Said { rule, wire, old: None, new, message });
    }
}

fn key(parameter: &View<'_>, path: &str, same_path: bool) -> Key {
    let place = parameter.str("in").unwrap_or_default();
    let name = parameter.str("name").unwrap_or_default();
    let position = path.split('{').skip(1).position(|it| it.split('}').next() == Some(name));
    let name = match (place, position) {
        ("path", Some(position)) if same_path => format!("{position}"),
        ("header", _) => name.to_ascii_lowercase(),
        _ => name.to_owned(),
    };
    (place.to_owned(), name)
}

fn kebab(name: &str) -> &str {
    if name == "allowReserved" { "allow-reserved" } else { name }
}

/// A parameter's place, and its name or, in a path, its position.
type Key = (String, String);

/// The parameters of an operation.
type Parameters<'f> = BTreeMap<Key, (View<'f>, Id)>;
