//! What goes over the wire in a call: bodies and media types here, the rest below.

mod parameters;
mod responses;

use std::collections::BTreeMap;

use super::super::change::Wire;
use super::rules::{Context, Direction, Effect, Site};
use super::schema::added;
use super::tree::{Id, Pair};
use super::walk::{At, Label, Said, Walk};
use crate::openapi::media_type::essence;
use crate::openapi::model::RequestBody;

impl<'f> Walk<'f> {
    pub(super) fn request_body(&mut self, at: At, (was, now): Pair, direction: Direction) -> bool {
        let context = Context::new(direction, Site::Body);
        let thing = format!("the request body of {}", self.label(at).words());
        let Some((old, new)) = was.zip(now) else {
            let required = now.is_some_and(|it| RequestBody::of(self.new.view(it)).is_required());
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
        self.members(at, None, (old, new), &mut |walk, member, was, now| match member {
            "required" => {
                let (stem, effect) = match now {
                    Some(_) => ("became-required", Effect::Tightened),
                    None => ("became-optional", Effect::Loosened),
                };
                walk.note(at, None, context.rule(stem, effect), "`required`", &thing, (was, now));
                true
            }
            "content" => walk.content(at, None, &Label::new(thing.clone()), context, (was, now)),
            _ => false,
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
        (was, now): Pair,
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
        self.members(at, member, (old, new), &mut |walk, name, was, now| match name {
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
            _ => false,
        });
    }
}

/// Media types that are gone and new, and differ only in their parameters.
fn renamed(all: &BTreeMap<String, Pair>) -> Vec<(String, String)> {
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
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json") || essence.contains("*")
}
