//! Objects: which properties they have, and which of them are required.
//!
//! The properties of a schema are its own and those of the parts of its `allOf`, so that it changes nothing to
//! move one from the whole to a part.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::change::Wire;
use super::super::rules::{Context, Direction, Effect};
use super::super::tree::{Id, Pair, View, Views};
use super::super::walk::{At, Said, Walk};
use crate::openapi::{Schema, Tree};

/// How many schemas make up an object.
const MOST_PARTS: usize = 256;

/// The properties of an object, each with all that is said of it, and the names of the required ones.
#[derive(Default)]
struct Object<'f> {
    properties: BTreeMap<&'f str, Vec<Id>>,
    required: BTreeMap<&'f str, Id>,
}

impl<'f> Walk<'f> {
    /// Compares the properties of two objects.
    pub(super) fn shape(&mut self, at: At, (old, new): Views<'f>, context: Context) {
        let (was, now) = (object(old), object(new));
        let mut names: BTreeSet<&str> = was.properties.keys().copied().collect();
        names.extend(now.properties.keys());
        names.extend(was.required.keys());
        names.extend(now.required.keys());
        for name in names {
            let required = (was.required.get(name).copied(), now.required.get(name).copied());
            let (before, after) = (was.properties.get(name), now.properties.get(name));
            match (before, after) {
                (Some(before), Some(after)) => {
                    self.property(at, name, context, (before, after), required);
                }
                (Some(before), None) => {
                    self.property_gone(at, name, context, before.first().copied(), required.0);
                }
                (None, Some(after)) if required.0.is_none() => {
                    self.property_added(at, name, context, after.first().copied(), required.1);
                }
                (None, Some(after)) => {
                    let id = after.first().copied();
                    let rule = format!("{}-described", context.property().prefix());
                    self.presence_of(at, name, (rule, Wire::None), (None, id), "is described now");
                    self.requirement(at, name, context, (None, id), required);
                }
                (None, None) if required.0.is_none() => {
                    self.property_added(at, name, context, required.1, required.1);
                }
                (None, None) => self.requirement(at, name, context, (None, None), required),
            }
        }
    }

    fn property(
        &mut self,
        at: At,
        name: &str,
        context: Context,
        (before, after): (&[Id], &[Id]),
        required: Pair,
    ) {
        let first = (before.first().copied(), after.first().copied());
        self.requirement(at, name, context, first, required);
        self.becomes(at, name, context, first, required.1.is_some());
        for (old, new) in before.iter().zip(after) {
            let context = context.property();
            let hidden = context.hidden || hidden(context, self.new.view(*new));
            let context = Context { hidden, ..context };
            let label = self.label(at).below(name);
            self.pair(at, Some(name), label, (*old, *new), context);
        }
        // What the parts of an `allOf` add to a property that is described already.
        for id in before.iter().skip(after.len()) {
            self.unclassified(at, Some(name), "a further schema", (Some(*id), None));
        }
        for id in after.iter().skip(before.len()) {
            self.unclassified(at, Some(name), "a further schema", (None, Some(*id)));
        }
    }

    /// A property that has to be there now, or has not to.
    fn requirement(
        &mut self,
        at: At,
        name: &str,
        context: Context,
        (old, new): Pair,
        required: Pair,
    ) {
        if required.0.is_some() == required.1.is_some() {
            return;
        }
        let hides = |id: Option<Id>, side| {
            id.is_some_and(|id| hidden(context, Walk::view_of(self, id, side)))
        };
        let hidden = context.hidden || hides(new, true) || hides(old, false);
        let with_default = new.is_some_and(|id| has_default(self.new.view(id)));
        let (stem, effect) = match required.1 {
            Some(_) if with_default && context.direction == Direction::Request => {
                ("became-required-with-default", Effect::Tightened)
            }
            Some(_) => ("became-required", Effect::Tightened),
            None => ("became-optional", Effect::Loosened),
        };
        let context = Context { hidden, ..context.property() };
        let (rule, wire) = context.rule(stem, effect);
        // Whether something is required that is not to be sent does not matter at all.
        let wire = if hidden { Wire::None } else { wire };
        let what = if required.1.is_some() { "is required now" } else { "is optional now" };
        self.presence_of(at, name, (rule, wire), (required.0.or(old), required.1.or(new)), what);
    }

    fn view_of(&self, id: Id, new: bool) -> View<'f> {
        if new { self.new.view(id) } else { self.old.view(id) }
    }

    fn property_gone(
        &mut self,
        at: At,
        name: &str,
        context: Context,
        id: Option<Id>,
        required: Option<Id>,
    ) {
        let hidden = context.hidden || id.is_some_and(|id| hidden(context, self.old.view(id)));
        let (stem, wire) = match (context.direction, required) {
            (Direction::Response, Some(_)) => ("removed", Wire::Breaking),
            _ => ("removed", Wire::Review),
        };
        let said = (self.presence_rule(context, stem, required.is_some(), hidden), wire);
        self.presence_of(at, name, settle(said, context, hidden), (id, None), "is gone");
    }

    fn property_added(
        &mut self,
        at: At,
        name: &str,
        context: Context,
        id: Option<Id>,
        required: Option<Id>,
    ) {
        let view = id.map(|id| self.new.view(id));
        let hidden = context.hidden || view.is_some_and(|it| hidden(context, it));
        let with_default = view.is_some_and(has_default);
        let prefix = context.property().prefix();
        let (rule, wire) = match (context.direction, required) {
            (Direction::Request, Some(_)) if with_default => {
                (format!("new-required-{prefix}-with-default"), Wire::Breaking)
            }
            (Direction::Request, Some(_)) => (format!("new-required-{prefix}"), Wire::Breaking),
            (Direction::Request, None) => (format!("new-optional-{prefix}"), Wire::Additive),
            _ => {
                let rule = self.presence_rule(context, "added", required.is_some(), hidden);
                (rule, Wire::Additive)
            }
        };
        let what = if required.is_some() { "is new and required" } else { "is new" };
        let said = settle((rule, wire), context, hidden);
        self.presence_of(at, name, said, (None, id), what);
    }

    /// `request-property-removed`, `response-optional-write-only-property-removed`.
    fn presence_rule(&self, context: Context, stem: &str, required: bool, hidden: bool) -> String {
        let prefix = context.property().prefix();
        let presence = if required { "required" } else { "optional" };
        let hidden = if hidden { "-write-only" } else { "" };
        match (context.direction, prefix.strip_prefix("response-")) {
            (Direction::Response, Some(rest)) => {
                format!("response-{presence}{hidden}-{rest}-{stem}")
            }
            _ => format!("{prefix}-{stem}"),
        }
    }

    fn presence_of(
        &mut self,
        at: At,
        name: &str,
        (rule, wire): (String, Wire),
        (old, new): Pair,
        what: &str,
    ) {
        let label = self.label(at).below(name).words();
        let direction = self.entries.get(at).and_then(|it| it.context).map(|it| it.direction);
        let whole = direction.map(|it| self.thing(at, it)).unwrap_or_default();
        let words = direction.map(Direction::words).filter(|it| whole.ends_with(it));
        let message = format!("{label}{} {what}", words.unwrap_or_default());
        self.say(at, Some(name), Said { rule, wire, old, new, message });
    }

    /// A property that only one side is to write now, or both.
    fn becomes(&mut self, at: At, name: &str, context: Context, (old, new): Pair, required: bool) {
        let Some((old, new)) = old.zip(new) else { return };
        let (before, after) = (self.old.view(old), self.new.view(new));
        let flag = |view: View<'f>, name| view.get(name).and_then(View::as_bool) == Some(true);
        let presence = if required { "required" } else { "optional" };
        for (keyword, word) in [("readOnly", "read-only"), ("writeOnly", "write-only")] {
            if flag(before, keyword) == flag(after, keyword) {
                continue;
            }
            let became = if flag(after, keyword) { "became" } else { "became-not" };
            let regular = format!("{}-{became}-{word}", context.property().prefix());
            let rule = regular.replacen("-property", &format!("-{presence}-property"), 1);
            let wire = match (context.direction, keyword, flag(after, keyword)) {
                (Direction::Unused, ..) => Wire::None,
                (Direction::Request, "readOnly", true) => Wire::Review,
                (Direction::Response, "writeOnly", true) => Wire::Review,
                (Direction::Response, "writeOnly", false) if required => Wire::Review,
                _ => Wire::None,
            };
            let pair = (before.member(keyword).or(Some(old)), after.member(keyword).or(Some(new)));
            let what = format!(
                "is {} {word} {}",
                if flag(after, keyword) { "now" } else { "not" },
                if flag(after, keyword) { "" } else { "any more" }
            );
            self.presence_of(at, name, (rule, wire), pair, what.trim_end());
        }
    }
}

fn has_default(property: View<'_>) -> bool {
    Schema::of(property).default().is_some()
}

/// Whether a property is not to be there at all.
fn hidden(context: Context, property: View<'_>) -> bool {
    match context.direction {
        Direction::Request => Schema::of(property).is_read_only(),
        Direction::Response => Schema::of(property).is_write_only(),
        Direction::Unused => false,
    }
}

fn settle((rule, wire): (String, Wire), context: Context, hidden: bool) -> (String, Wire) {
    let wire = match () {
        () if hidden || context.direction == Direction::Unused => Wire::None,
        () if context.unclear => Wire::Review,
        () => wire,
    };
    (rule, wire)
}

fn object(schema: View<'_>) -> Object<'_> {
    let mut object = Object::default();
    let (mut open, mut seen) = (vec![schema], BTreeSet::from([schema.base()]));
    while let Some(view) = open.pop() {
        let layers: Vec<_> = view.layers().map(Schema::of).collect();
        for (name, property) in layers.iter().flat_map(|it| it.properties()) {
            object.properties.entry(name).or_default().push(property.node().id());
        }
        for required in layers.iter().flat_map(|it| it.required_items()) {
            if let Some(name) = required.as_str() {
                object.required.entry(name).or_insert(required.id());
            }
        }
        let parts = layers.iter().flat_map(|it| it.all_of()).map(|it| it.node().followed());
        let parts: Vec<_> = parts.collect();
        open.extend(
            parts.into_iter().rev().filter(|it| seen.len() < MOST_PARTS && seen.insert(it.base())),
        );
    }
    object
}
