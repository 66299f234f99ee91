//! What goes over the wire in a call: parameters, bodies, responses, headers.

use std::collections::BTreeMap;

use super::super::change::Wire;
use super::operations::{Operation, erased};
use super::rules::{Context, Direction, Effect, Site};
use super::schema::added;
use super::tree::{Id, View};
use super::walk::{At, Label, Said, Walk};

/// A parameter's place, and its name or, in a path, its position.
type Key = (String, String);

/// The parameters of an operation.
type Parameters<'f> = BTreeMap<Key, (View<'f>, Id)>;

impl<'f> Walk<'f> {
    pub(super) fn parameters(
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

    pub(super) fn request_body(
        &mut self,
        at: At,
        (was, now): (Option<Id>, Option<Id>),
        direction: Direction,
    ) -> bool {
        let context = Context::new(direction, Site::Body);
        let thing = format!("the request body of {}", self.label(at).words());
        let Some((old, new)) = was.zip(now) else {
            let required = now.is_some_and(|it| self.new.view(it).flag("required"));
            let (stem, effect) = match now {
                Some(_) if required => ("added-required", Effect::Tightened),
                Some(_) => ("added-optional", Effect::Loosened),
                None => ("removed", Effect::Changed),
            };
            let (rule, wire) = context.rule(stem, effect);
            let message = match now {
                Some(_) => format!("{thing} is new{}", if required { " and required" } else { "" }),
                None => format!("{thing} is gone"),
            };
            self.say(at, None, Said { rule, wire, old: was, new: now, message });
            return true;
        };
        let (old, new) = (self.old.view(old), self.new.view(new));
        self.members(at, None, (&old, &new), &mut |walk, member, was, now| match member {
            "required" => {
                let (stem, effect) = match now {
                    Some(_) => ("became-required", Effect::Tightened),
                    None => ("became-optional", Effect::Loosened),
                };
                walk.note(at, None, context.rule(stem, effect), "`required`", &thing, (was, now));
                true
            }
            "content" => walk.content(at, None, &Label::new(thing.clone()), context, (was, now)),
            "description" => walk.annotation(at, None, member, (was, now)),
            _ => member.starts_with("x-") && walk.annotation(at, None, member, (was, now)),
        });
        true
    }

    /// Media types by name.
    fn content(
        &mut self,
        at: At,
        member: Option<&str>,
        label: &Label,
        context: Context,
        (was, now): (Option<Id>, Option<Id>),
    ) -> bool {
        if !self.are_objects(was, now) {
            return false;
        }
        let prefix = match (context.direction, context.site) {
            (Direction::Response, Site::Body) => "response",
            _ => context.prefix(),
        };
        let mut all = self.by_name(was, now);
        for (old_name, new_name) in renamed(&all) {
            let old = all.remove(&old_name).and_then(|it| it.0);
            let words = (format!("{prefix}-media-type-name-changed"), Wire::Review);
            if let Some(pair) = all.get_mut(&new_name) {
                pair.0 = old;
                let message = format!(
                    "the media type of {} is `{new_name}` instead of `{old_name}`",
                    label.words()
                );
                let (rule, wire) = words;
                self.say(at, member, Said { rule, wire, old, new: pair.1, message });
            }
        }
        for (name, pair) in all {
            let Some((old, new)) = pair.0.zip(pair.1) else {
                let (action, wire) = match pair.1 {
                    Some(_) => ("added", Wire::Additive),
                    None => ("removed", Wire::Breaking),
                };
                let rule = format!("{prefix}-media-type-{action}");
                let noun = format!("the media type `{name}`");
                let message = format!(
                    "{} {} {noun}",
                    label.words(),
                    if pair.1.is_some() { "now has" } else { "no longer has" }
                );
                self.say(at, member, Said { rule, wire, old: pair.0, new: pair.1, message });
                continue;
            };
            let context = Context { text: context.text || !is_json(&name), ..context };
            self.media_type(at, member, label, context, (old, new));
        }
        true
    }

    fn media_type(
        &mut self,
        at: At,
        member: Option<&str>,
        label: &Label,
        context: Context,
        (old, new): (Id, Id),
    ) {
        let (old, new) = (self.old.view(old), self.new.view(new));
        let thing = label.words();
        self.members(at, member, (&old, &new), &mut |walk, name, was, now| match name {
            "schema" | "itemSchema" => {
                let inner = if name == "schema" { context } else { context.below() };
                match was.zip(now) {
                    Some(pair) => walk.pair(at, member, label.clone(), pair, inner),
                    None => {
                        let stem = added("media-type-schema", was, now);
                        let wire = match (context.direction, now) {
                            (Direction::Request, Some(_)) => Wire::Breaking,
                            (Direction::Response, None) => Wire::Review,
                            _ => Wire::None,
                        };
                        let words = (format!("{}-{stem}", context.prefix()), wire);
                        walk.note(at, member, words, "the schema", &thing, (was, now));
                    }
                }
                true
            }
            "encoding" => {
                let words = context.rule("encoding-changed", Effect::Unclear);
                walk.note(at, member, words, "the encoding", &thing, (was, now));
                true
            }
            "example" | "examples" => walk.annotation(at, member, name, (was, now)),
            _ => name.starts_with("x-") && walk.annotation(at, member, name, (was, now)),
        });
    }

    pub(super) fn responses(
        &mut self,
        at: At,
        (was, now): (Option<Id>, Option<Id>),
        direction: Direction,
    ) -> bool {
        if !self.are_objects(was, now) {
            return false;
        }
        self.settled(was, now);
        for (status, pair) in self.by_name(was, now) {
            if status.starts_with("x-") {
                if !self.same(pair.0, pair.1) {
                    self.annotation(at, None, &status, pair);
                }
                continue;
            }
            let thing = format!("the {status} response of {}", self.label(at).words());
            let Some((old, new)) = pair.0.zip(pair.1) else {
                let success = if status.starts_with('2') { "success" } else { "non-success" };
                let (action, wire) = match pair.1 {
                    Some(_) => ("added", Wire::Additive),
                    None if success == "success" => ("removed", Wire::Breaking),
                    None => ("removed", Wire::None),
                };
                let rule = format!("response-{success}-status-{action}");
                let message =
                    format!("{thing} is {}", if pair.1.is_some() { "new" } else { "gone" });
                self.say(at, None, Said { rule, wire, old: pair.0, new: pair.1, message });
                continue;
            };
            self.response(at, &thing, direction, (old, new));
        }
        true
    }

    fn response(&mut self, at: At, thing: &str, direction: Direction, (old, new): (Id, Id)) {
        let (old, new) = (self.old.view(old), self.new.view(new));
        let context = Context::new(direction, Site::Body);
        self.members(at, None, (&old, &new), &mut |walk, member, was, now| match member {
            "content" => walk.content(at, None, &Label::new(thing), context, (was, now)),
            "headers" => walk.headers(at, thing, direction, (was, now)),
            "description" | "summary" => walk.annotation(at, None, member, (was, now)),
            "links" => {
                walk.note(at, None, ("links-changed", Wire::None), "the links", thing, (was, now));
                true
            }
            _ => member.starts_with("x-") && walk.annotation(at, None, member, (was, now)),
        });
    }

    fn headers(
        &mut self,
        at: At,
        thing: &str,
        direction: Direction,
        (was, now): (Option<Id>, Option<Id>),
    ) -> bool {
        if !self.are_objects(was, now) {
            return false;
        }
        let mut all: BTreeMap<String, (Option<Id>, Option<Id>)> = BTreeMap::new();
        for (name, pair) in self.by_name(was, now) {
            // Names of headers are the same in any case.
            let known = all.entry(name.to_ascii_lowercase()).or_default();
            *known = (known.0.or(pair.0), known.1.or(pair.1));
        }
        for (name, pair) in all {
            let label = Label::new(format!("the header `{name}` of {thing}"));
            let Some((old, new)) = pair.0.zip(pair.1) else {
                let required = pair.0.is_some_and(|it| self.old.view(it).flag("required"));
                let (rule, wire) = match pair.1 {
                    Some(_) => ("response-header-added", Wire::Additive),
                    None if required => ("required-response-header-removed", Wire::Breaking),
                    None => ("optional-response-header-removed", Wire::Review),
                };
                let what = if pair.1.is_some() { "new" } else { "gone" };
                let message = format!("{} is {what}", label.words());
                let rule = rule.to_owned();
                self.say(at, None, Said { rule, wire, old: pair.0, new: pair.1, message });
                continue;
            };
            self.header(at, &label, direction, (old, new));
        }
        true
    }

    fn header(&mut self, at: At, label: &Label, direction: Direction, (old, new): (Id, Id)) {
        let (old, new) = (self.old.view(old), self.new.view(new));
        let context = Context { text: true, ..Context::new(direction, Site::Header) };
        let thing = label.words();
        self.members(at, None, (&old, &new), &mut |walk, member, was, now| match member {
            "required" => {
                let (stem, effect) = match now {
                    Some(_) => ("became-required", Effect::Tightened),
                    None => ("became-optional", Effect::Loosened),
                };
                walk.note(at, None, context.rule(stem, effect), "`required`", &thing, (was, now));
                true
            }
            "schema" if was.is_some() && now.is_some() => {
                if let Some(pair) = was.zip(now) {
                    walk.pair(at, None, label.clone(), pair, context);
                }
                true
            }
            "content" => walk.content(at, None, label, context, (was, now)),
            "description" | "example" | "examples" | "deprecated" => {
                walk.annotation(at, None, member, (was, now))
            }
            _ => member.starts_with("x-") && walk.annotation(at, None, member, (was, now)),
        });
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

/// Media types that are gone and new, and differ only in their parameters.
fn renamed(all: &BTreeMap<String, (Option<Id>, Option<Id>)>) -> Vec<(String, String)> {
    let essence = |name: &str| name.split(';').next().unwrap_or(name).trim().to_ascii_lowercase();
    let gone = all.iter().filter(|(_, pair)| pair.1.is_none()).map(|it| it.0);
    let mut taken = Vec::new();
    let mut renamed = Vec::new();
    for name in gone {
        let mut new = all.iter().filter(|(_, pair)| pair.0.is_none()).map(|it| it.0);
        let found = new.find(|it| essence(it) == essence(name) && !taken.contains(it));
        if let Some(found) = found {
            taken.push(found);
            renamed.push((name.clone(), found.clone()));
        }
    }
    renamed
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or(media_type).trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json") || essence.contains("*")
}

fn kebab(name: &str) -> &str {
    if name == "allowReserved" { "allow-reserved" } else { name }
}
