//! Types, formats, closed lists of values: which values a schema takes.

use std::collections::BTreeSet;

use super::super::rules::{Context, Direction, Effect, Site};
use super::super::tree::{Id, Pair, View, Views};
use super::super::walk::{At, Walk};
use super::added;
use crate::openapi::model::{Schema, Tree};

type Types<'f> = BTreeSet<&'f str>;

impl<'f> Walk<'f> {
    /// Compares the types. Whether the new schema takes values of another kind altogether.
    pub(super) fn types(&mut self, at: At, (old, new): Views<'f>, context: Context) -> bool {
        let (old, new) = (Schema::of(old), Schema::of(new));
        let (was, now): (Types<'_>, Types<'_>) =
            (old.types().into_iter().collect(), new.types().into_iter().collect());
        let pair = (old.types_node().map(View::id), new.types_node().map(View::id));
        if was == now
            || pair.0.is_some_and(|it| !self.is_type(it))
            || pair.1.is_some_and(|it| !self.is_type(it))
        {
            return false;
        }
        let wider = now.is_empty() || !was.is_empty() && was.iter().all(|it| takes(&now, it));
        let narrower = was.is_empty() || !now.is_empty() && now.iter().all(|it| takes(&was, it));
        let implied = pair.0.is_none() && implied(old).is_some_and(|it| now == Types::from([it]))
            || pair.1.is_none() && implied(new).is_some_and(|it| was == Types::from([it]));
        let lists = was.len() > 1 && !now.is_empty() || now.len() > 1 && !was.is_empty();
        let specialized =
            context.direction == Direction::Response || context.site == Site::ParameterProperty;
        let (stem, effect) = match (wider, narrower) {
            _ if implied => ("type-stated", Effect::Told),
            (true, true) => ("type-stated", Effect::Told),
            (true, false) if lists => ("list-of-types-widened", Effect::Loosened),
            (true, false) => ("type-generalized", Effect::Loosened),
            (false, true) if lists => ("list-of-types-narrowed", Effect::Tightened),
            (false, true) if specialized => ("type-specialized", Effect::Tightened),
            (false, true) => ("type-changed", Effect::Tightened),
            (false, false) => self.as_text(context, new, &was, &now),
        };
        self.judge(at, stem, effect, "the type", pair);
        !wider && !narrower && effect == Effect::Changed && was.is_disjoint(&now)
    }

    /// Types that have nothing in common can still be written alike.
    fn as_text(
        &self,
        context: Context,
        new: Schema<'f, View<'f>>,
        was: &Types<'f>,
        now: &Types<'f>,
    ) -> (&'static str, Effect) {
        let string = Types::from(["string"]);
        let list = *now == Types::from(["array"]) && takes_any_text(new);
        match context {
            Context { text: false, .. } => ("type-changed", Effect::Changed),
            // One value is how a list of one is written.
            Context { site: Site::Parameter, direction: Direction::Request, .. }
                if *now == string || list && !was.contains("object") =>
            {
                ("type-generalized", Effect::Loosened)
            }
            Context { site: Site::ParameterProperty, direction: Direction::Request, .. }
                if *now == string =>
            {
                ("type-changed", Effect::Unclear)
            }
            Context { site: Site::ParameterProperty, .. } if *was == string => {
                ("type-specialized", Effect::Tightened)
            }
            Context { direction: Direction::Request, .. } if *now == string => {
                ("type-compatible", Effect::Told)
            }
            Context { direction: Direction::Response, .. } if *was == string => {
                ("type-compatible", Effect::Told)
            }
            _ => ("type-changed", Effect::Changed),
        }
    }

    pub(super) fn is_type(&self, id: Id) -> bool {
        let arena = self.new.arena;
        arena.str(id).is_some()
            || arena.array(id).is_some_and(|it| it.iter().all(|it| arena.str(*it).is_some()))
    }

    pub(super) fn format(&mut self, at: At, was: Option<Id>, now: Option<Id>) -> bool {
        let arena = self.new.arena;
        let text = |id: Option<Id>| id.and_then(|id| arena.str(id));
        let effect = match (text(was), text(now)) {
            (None, _) if was.is_none() => Effect::Tightened,
            (_, None) if now.is_none() => Effect::Loosened,
            (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => Effect::Loosened,
            (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => Effect::Tightened,
            _ => Effect::Changed,
        };
        self.judge(at, &added("format", was, now), effect, "the format", (was, now));
        true
    }

    /// Compares closed lists of values, of which a constant is one.
    pub(super) fn values(&mut self, at: At, (old, new): Views<'f>) -> bool {
        let (old, new) = (Schema::of(old), Schema::of(new));
        let (was, now) = (old.const_node().map(View::id), new.const_node().map(View::id));
        let lists = (old.enum_node().map(View::id), new.enum_node().map(View::id));
        if lists == (None, None) {
            let effect = match (was, now) {
                (Some(_), Some(_)) => Effect::Changed,
                (None, _) => Effect::Tightened,
                (_, None) => Effect::Loosened,
            };
            self.judge(at, &added("const", was, now), effect, "the constant", (was, now));
            return true;
        }
        if [old.enum_node(), new.enum_node()].into_iter().flatten().any(|it| !it.is_array()) {
            return false;
        }
        let pair = (was.or(lists.0), now.or(lists.1));
        match (old.listed(), new.listed()) {
            (None, _) => {
                self.judge(at, "became-enum", Effect::Tightened, "the closed list of values", pair);
            }
            (_, None) => {
                self.judge(at, "enum-removed", Effect::Loosened, "the closed list of values", pair);
            }
            // A constant and a list of one value are two spellings of one thing.
            (Some(before), Some(after)) => {
                let (gone, new) = (self.missing(&before, &after), self.missing(&after, &before));
                if gone.is_empty() && new.is_empty() {
                    // Beside a constant, a list that changes is nothing that anybody means.
                    return lists.0.is_none() || lists.1.is_none();
                }
                for id in gone {
                    self.value(at, "enum-value-removed", Effect::Tightened, (Some(id), None));
                }
                for id in new {
                    self.value(at, "enum-value-added", Effect::Loosened, (None, Some(id)));
                }
            }
        }
        true
    }

    /// Returns the values of one list that the other has not.
    fn missing(&self, these: &[View<'f>], others: &[View<'f>]) -> Vec<Id> {
        let class = |it: &View<'f>| self.new.arena.item(it.id()).class;
        let known: BTreeSet<_> = others.iter().map(class).collect();
        these.iter().filter(|it| !known.contains(&class(it))).map(|it| it.id()).collect()
    }

    /// Reports a value that came or went. Variants have the names of their values, as fields have those of properties.
    fn value(&mut self, at: At, stem: &str, effect: Effect, pair: Pair) {
        let member = pair.0.or(pair.1).and_then(|id| self.new.arena.str(id));
        self.judge_member(at, member, (stem, effect), "the value", pair);
    }
}

fn takes(types: &Types<'_>, kind: &str) -> bool {
    types.contains(kind) || kind == "integer" && types.contains("number")
}

/// The type of a schema that does not say it, from what it says else.
fn implied(schema: Schema<'_, View<'_>>) -> Option<&'static str> {
    if schema.has_properties() || schema.additional_properties().is_some() {
        return Some("object");
    }
    let lists = schema.items().is_some() || schema.prefix_items().is_some();
    lists.then_some("array")
}

/// Whether the items of an array can be any text.
fn takes_any_text<'f>(array: Schema<'f, View<'f>>) -> bool {
    let Some(items) = array.items().map(|it| Schema::of(it.node().followed())) else { return true };
    let is_checked = items.listed().is_some()
        || [items.pattern_node(), items.format_node(), items.min_length(), items.max_length()]
            .iter()
            .any(Option::is_some);
    !is_checked && items.types_node().is_none_or(|it| it.as_str() == Some("string"))
}
