//! Schemas, keyword by keyword.
//!
//! `usual` compares the keywords that all work alike; `shape` objects, `union` alternatives, `values` types and
//! values, `keywords` those that work like no other.

mod keywords;
mod shape;
mod union;
mod usual;
mod values;

use super::super::change::Wire;
use super::rules::{Context, Direction, Effect};
use super::tree::{Id, Pair, Views};
use super::walk::{At, Walk};
use crate::openapi::SCHEMA;

/// Keywords that mean nothing any more when a schema takes another kind of values.
const SHAPE: [&str; 22] = [
    "properties",
    "required",
    "additionalProperties",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "prefixItems",
    "contentSchema",
    "contentMediaType",
    "contentEncoding",
];

impl<'f> Walk<'f> {
    /// Compares two schemas that correspond.
    pub(super) fn schema(&mut self, at: At) {
        let Some((old, new, context)) =
            self.entries.get(at).and_then(|it| Some((it.old?, it.new?, it.context?)))
        else {
            return;
        };
        let wrapped = self.wrapped(at, (old, new), context);
        let other_type = !wrapped && self.types(at, (old, new), context);
        let mut shaped = false;
        self.members(at, None, (old, new), &mut |walk, name, was, now| {
            if name == "type"
                && was.is_none_or(|it| walk.is_type(it))
                && now.is_none_or(|it| walk.is_type(it))
            {
                return true;
            }
            if (wrapped || other_type) && SHAPE.contains(&name) {
                return true;
            }
            match name {
                "anyOf" | "oneOf" if wrapped => true,
                "properties" | "required" | "allOf" if !shaped => {
                    shaped = !context.part;
                    walk.keyword(at, (old, new), context, name, (was, now), shaped)
                }
                _ => walk.keyword(at, (old, new), context, name, (was, now), false),
            }
        });
    }

    /// Compares a keyword; whether that took care of it.
    fn keyword(
        &mut self,
        at: At,
        (old, new): Views<'f>,
        context: Context,
        name: &str,
        (was, now): Pair,
        shape: bool,
    ) -> bool {
        if shape {
            self.shape(at, (old, new), context);
        }
        match name {
            "properties" => self.are_objects(was, now),
            "required" => self.are_names(was, now),
            "allOf" | "anyOf" | "oneOf" => self.union(at, (old, new), context, name),
            "enum" | "const" => self.values(at, (old, new)),
            "nullable" => {
                let (stem, effect) = match now {
                    Some(_) => ("became-nullable", Effect::Loosened),
                    None => ("became-not-nullable", Effect::Tightened),
                };
                self.judge(at, stem, effect, "null as a value", (was, now));
                true
            }
            "format" => self.format(at, was, now),
            "additionalProperties" => self.additional(at, context, was, now),
            "prefixItems" => self.prefix_items(at, context, was, now),
            "discriminator" => self.discriminator(at, was, now),
            "default" => {
                self.judge(
                    at,
                    &added("default-value", was, now),
                    Effect::Told,
                    "the default",
                    (was, now),
                );
                true
            }
            "readOnly" | "writeOnly" => self.access(at, context, name, was, now),
            "deprecated" => {
                let stem = if now.is_some() { "deprecated" } else { "reactivated" };
                self.judge(at, stem, Effect::Told, "the deprecation", (was, now));
                true
            }
            "$defs" | "definitions" => self.definitions(at, was, now),
            _ if SCHEMA.is_annotation(name) => self.annotation(at, None, name, (was, now)),
            _ => self.usual(at, context, name, (was, now)),
        }
    }

    /// What only people read.
    pub(super) fn annotation(
        &mut self,
        at: At,
        member: Option<&str>,
        name: &str,
        pair: Pair,
    ) -> bool {
        let rule = match name {
            "examples" | "example" => "example-changed",
            "externalDocs" => "external-docs-changed",
            "title" => "title-changed",
            "summary" => "summary-changed",
            "description" => "description-changed",
            "xml" => "xml-changed",
            "deprecated" => "deprecated-changed",
            _ => "extension-changed",
        };
        let wire = if name == "xml" { Wire::Review } else { Wire::None };
        let label = self.label(at);
        let thing = member.map_or(label.clone(), |it| label.below(it)).words();
        self.note(at, member, (rule, wire), &format!("`{name}`"), &thing, pair);
        true
    }

    fn definitions(&mut self, at: At, was: Option<Id>, now: Option<Id>) -> bool {
        if !self.are_objects(was, now) {
            return false;
        }
        let context = Context::new(Direction::Unused, super::rules::Site::Property);
        for (name, pair) in self.by_name(was, now) {
            let label = self.label(at).below(&name);
            match pair {
                (Some(old), Some(new)) => self.pair(at, None, label, (old, new), context),
                pair => {
                    let rule = added("definition", pair.0, pair.1);
                    self.note(at, None, (rule, Wire::None), "the definition", &label.words(), pair);
                }
            }
        }
        true
    }
}

/// The name of a rule for what is new, gone, or another.
pub(super) fn added(stem: &str, was: Option<Id>, now: Option<Id>) -> String {
    let action = match (was, now) {
        (Some(_), Some(_)) => "changed",
        (None, _) => "added",
        (_, None) => "removed",
    };
    format!("{stem}-{action}")
}
