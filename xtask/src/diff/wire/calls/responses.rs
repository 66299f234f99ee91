//! Responses, by their status, and the headers of them.

use std::collections::BTreeMap;

use super::super::super::change::Wire;
use super::super::rules::{Context, Direction, Effect, Site};
use super::super::tree::{Id, Pair};
use super::super::walk::{At, Label, Said, Walk};
use crate::openapi::model::Header;

impl<'f> Walk<'f> {
    pub(in super::super) fn responses(
        &mut self,
        at: At,
        (was, now): Pair,
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
        self.members(at, None, (old, new), &mut |walk, member, was, now| match member {
            "content" => walk.content(at, None, &Label::new(thing), context, (was, now)),
            "headers" => walk.headers(at, thing, direction, (was, now)),
            "summary" => walk.annotation(at, None, member, (was, now)),
            "links" => {
                walk.note(at, None, ("links-changed", Wire::None), "the links", thing, (was, now));
                true
            }
            _ => false,
        });
    }

    fn headers(&mut self, at: At, thing: &str, direction: Direction, (was, now): Pair) -> bool {
        if !self.are_objects(was, now) {
            return false;
        }
        let mut all: BTreeMap<String, Pair> = BTreeMap::new();
        for (name, pair) in self.by_name(was, now) {
            // Names of headers are the same in any case.
            let known = all.entry(name.to_ascii_lowercase()).or_default();
            *known = (known.0.or(pair.0), known.1.or(pair.1));
        }
        for (name, pair) in all {
            let label = Label::new(format!("the header `{name}` of {thing}"));
            let Some((old, new)) = pair.0.zip(pair.1) else {
                let required = pair.0.is_some_and(|it| Header::of(self.old.view(it)).is_required());
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
        self.members(at, None, (old, new), &mut |walk, member, was, now| match member {
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
            "example" | "examples" | "deprecated" => walk.annotation(at, None, member, (was, now)),
            _ => false,
        });
    }
}
