//! Parameters: by their place and name, those of a path by their position.

use std::collections::BTreeMap;

use super::super::super::change::Wire;
use super::super::operations::Operation;
use super::super::rules::{Context, Direction, Effect, Site};
use super::super::schema::added;
use super::super::tree::{Id, View};
use super::super::walk::{At, Label, Said, Walk};
use crate::openapi::model;
use crate::openapi::path::{self, erased};

impl<'f> Walk<'f> {
    pub(in super::super) fn parameters(
        &mut self,
        at: At,
        old: &Operation<'f>,
        new: &Operation<'f>,
        direction: Direction,
    ) {
        let same_path = erased(old.call.key.path) == erased(new.call.key.path);
        let listed = |operation: &Operation<'f>| {
            let mut listed = Parameters::new();
            for parameter in operation.call.parameters() {
                let followed = Parameter::of(parameter.node().followed());
                let key = key(followed, operation.call.key.path, same_path);
                listed.entry(key).or_insert((followed, parameter.node().id()));
            }
            listed
        };
        let (was, now) = (listed(old), listed(new));
        for (key, (old, id)) in &was {
            if let Some((new, new_id)) = now.get(key) {
                self.parameter(at, *old, *new, direction);
                self.reference_of(at, *new, (*id, *new_id));
            } else {
                self.parameter_gone(at, *old);
            }
        }
        for (key, (parameter, id)) in &now {
            if !was.contains_key(key) {
                let own = new.call.own_parameters().any(|it| it.node().id() == *id);
                self.parameter_added(at, *parameter, direction, own);
            }
        }
        self.lists(at, old, new);
    }

    /// What stands among parameters and is none, or stands there twice.
    fn lists(&mut self, at: At, old: &Operation<'f>, new: &Operation<'f>) {
        for (was, now) in [
            (old.call.parameters_node(), new.call.parameters_node()),
            (old.call.item.parameters_node(), new.call.item.parameters_node()),
        ] {
            let (was, now) = (was.map(View::id), now.map(View::id));
            let arena = self.new.arena;
            let list = |id: Option<Id>| id.and_then(|id| arena.array(id)).unwrap_or_default();
            let sound = |id: Option<Id>| {
                id.is_none_or(|id| arena.array(id).is_some())
                    && list(id).iter().all(|it| arena.members(*it).is_some())
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

    fn parameter(&mut self, at: At, old: Parameter<'f>, new: Parameter<'f>, direction: Direction) {
        let name = new.name().unwrap_or_default().to_owned();
        let label = self.parameter_label(at, new);
        let thing = label.words();
        let base = Context { text: true, ..Context::new(direction, Site::Parameter) };
        let (old, new) = (old.node(), new.node());
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
                "example" | "examples" => walk.annotation(at, Some(&name), member, pair),
                _ => false,
            }
        });
    }

    /// A parameter that is another component now, with the same content.
    fn reference_of(&mut self, at: At, new: Parameter<'f>, (was, now): (Id, Id)) {
        if self.old.arena.reference(was) != self.new.arena.reference(now) {
            let name = new.name().unwrap_or_default();
            let message =
                format!("{} is described elsewhere now", self.parameter_label(at, new).words());
            let rule = "reference-changed".to_owned();
            let (old, new) = (Some(was), Some(now));
            self.say(at, Some(name), Said { rule, wire: Wire::None, old, new, message });
        }
    }

    fn parameter_label(&self, at: At, parameter: Parameter<'f>) -> Label {
        let place = parameter.location_name().unwrap_or("unplaced");
        let name = parameter.name().unwrap_or_default();
        Label::new(format!("the {place} parameter `{name}` of {}", self.label(at).words()))
    }

    fn parameter_gone(&mut self, at: At, old: Parameter<'f>) {
        let how = if old.is_deprecated() { "-with-deprecation" } else { "" };
        let message = format!("{} is gone", self.parameter_label(at, old).words());
        let (rule, wire) = (format!("request-parameter-removed{how}"), Wire::Review);
        let (name, old) = (old.name(), Some(old.node().id()));
        self.say(at, name, Said { rule, wire, old, new: None, message });
    }

    fn parameter_added(&mut self, at: At, new: Parameter<'f>, direction: Direction, own: bool) {
        let required = new.is_required();
        let place = new.location_name().unwrap_or_default();
        let presence = if required { "required" } else { "optional" };
        let rule = match (place, own) {
            ("path", _) => "new-request-path-parameter".to_owned(),
            (_, true) => format!("new-{presence}-request-parameter"),
            (_, false) => format!("new-{presence}-request-default-parameter-to-existing-path"),
        };
        let effect = if required { Effect::Tightened } else { Effect::Loosened };
        let wire = direction.judge(effect);
        let message = format!("{} is new and {presence}", self.parameter_label(at, new).words());
        let (name, new) = (new.name(), Some(new.node().id()));
        self.say(at, name, Said { rule, wire, old: None, new, message });
    }
}

fn key(parameter: Parameter<'_>, path: &str, same_path: bool) -> Key {
    let place = parameter.location_name().unwrap_or_default();
    let name = parameter.name().unwrap_or_default();
    let position = path::parameters(path).position(|it| it == name);
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
type Parameters<'f> = BTreeMap<Key, (Parameter<'f>, Id)>;

type Parameter<'f> = model::Parameter<'f, View<'f>>;
