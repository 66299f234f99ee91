//! Alternatives and parts: `oneOf`, `anyOf`, `allOf`.

mod branches;

use std::collections::HashMap;

use super::super::super::change::Wire;
use super::super::rules::{Context, Effect};
use super::super::tree::{Id, Pair, Side, View, Views};
use super::super::walk::{At, Said, Walk};
use crate::openapi::{SCHEMA, Schema, Tree};

impl<'f> Walk<'f> {
    /// A schema that has become one of several alternatives, or is no longer.
    pub(super) fn wrapped(&mut self, at: At, (old, new): Views<'f>, context: Context) -> bool {
        let (was, now) = (Schema::of(old).union_keyword(), Schema::of(new).union_keyword());
        let (keyword, many, one, wraps) = match (was, now) {
            (None, Some(keyword)) => (keyword, new, old, true),
            (Some(keyword), None) => (keyword, old, new, false),
            _ => return false,
        };
        // Alternatives beside what was there before are further checks, not wrapping.
        let kept = ["type", "properties", "items"]
            .iter()
            .any(|it| one.member(it).is_some() && many.member(it).is_some());
        if kept || !many.list(keyword).iter().any(|_| true) {
            return false;
        }
        let same = |id: &Id| self.equal(many.arena.view(*id).base(), one.base());
        let (same, others): (Vec<Id>, Vec<Id>) = many.list(keyword).iter().partition(|id| same(id));
        let stem = stem(keyword);
        if let Some(same) = same.first() {
            let pair = if wraps { (one.id(), *same) } else { (*same, one.id()) };
            self.pair(at, None, self.label(at), pair, context);
            if others.is_empty() {
                let pair = (old.member(keyword), new.member(keyword));
                self.judge(at, "choice-stated", Effect::Told, "a choice of", pair);
            }
            for id in others {
                if wraps {
                    self.judge(
                        at,
                        &format!("{stem}-added"),
                        Effect::Loosened,
                        "the alternative",
                        (None, Some(id)),
                    );
                } else {
                    self.judge(
                        at,
                        &format!("{stem}-removed"),
                        Effect::Tightened,
                        "the alternative",
                        (Some(id), None),
                    );
                }
            }
            return true;
        }
        let action = if wraps { "wrapped-in" } else { "unwrapped-from" };
        let pair = (old.member(keyword), new.member(keyword));
        self.judge(at, &format!("{action}-{stem}"), Effect::Changed, "the choice", pair);
        true
    }

    /// Compares the branches of two compositions; whether both are such.
    pub(super) fn union(
        &mut self,
        at: At,
        (old, new): Views<'f>,
        context: Context,
        keyword: &str,
    ) -> bool {
        let (was, now) = (old.member(keyword), new.member(keyword));
        let arena = self.new.arena;
        if [was, now].into_iter().flatten().any(|id| arena.array(id).is_none()) {
            return false;
        }
        let other = if keyword == "oneOf" { "anyOf" } else { "oneOf" };
        if keyword != "allOf" && (was.is_none() || now.is_none()) {
            let moved = match now {
                Some(_) => old.member(other).is_some() && new.member(other).is_none(),
                None => new.member(other).is_some() && old.member(other).is_none(),
            };
            if moved {
                // The same alternatives, once to be exclusive and once not.
                if keyword == "oneOf" {
                    self.kind_changed(at, (was.or(old.member(other)), now.or(new.member(other))));
                    let before = [old.list(keyword), old.list(other)].concat();
                    let after = [new.list(keyword), new.list(other)].concat();
                    self.branches(at, (old, new), context, "one-of", (&before, &after));
                }
                return true;
            }
            return self.further(at, keyword, (was, now));
        }
        let (before, after) = (old.list(keyword), new.list(keyword));
        self.branches(at, (old, new), context, stem(keyword), (before, after));
        true
    }

    fn kind_changed(&mut self, at: At, (old, new): Pair) {
        let label = self.label(at).words();
        let message =
            format!("the alternatives of {label} exclude each other now, or do not any more");
        let rule = "union-kind-changed".to_owned();
        self.say(at, None, Said { rule, wire: Wire::None, old, new, message });
    }

    /// Alternatives beside everything that was said before.
    fn further(&mut self, at: At, keyword: &str, pair: Pair) -> bool {
        let stem = stem(keyword);
        let (action, effect) = match pair.1 {
            Some(_) => ("constraint-added", Effect::Tightened),
            None => ("constraint-removed", Effect::Loosened),
        };
        self.judge(at, &format!("{stem}-{action}"), effect, "a choice of", pair);
        true
    }

    fn branches(
        &mut self,
        at: At,
        (old, new): Views<'f>,
        context: Context,
        stem: &str,
        (before, after): (&[Id], &[Id]),
    ) {
        let (mut pairs, gone, added) = self.correspond((old, new), (before, after));
        let places = |all: &[Id]| -> HashMap<Id, usize> {
            all.iter().enumerate().rev().map(|(at, id)| (*id, at)).collect()
        };
        let (old_places, new_places) = (places(before), places(after));
        pairs.sort_by_key(|(old, _)| old_places.get(old));
        if !pairs.is_sorted_by_key(|(_, new)| new_places.get(new)) {
            let keyword =
                |view: View<'f>| Schema::of(view).union_keyword().filter(|_| stem != "all-of");
            let list = |view: View<'f>| view.member(keyword(view).unwrap_or("allOf"));
            self.reordered(at, None, stem, (list(old), list(new)));
        }
        let all_of = stem == "all-of";
        for (old, new) in pairs {
            let place = new_places.get(&new).copied().unwrap_or_default();
            let label = self.label(at).below(&format!("(branch {})", place + 1));
            let context = if all_of { Context { part: true, ..context } } else { context.below() };
            self.pair(at, None, label, (old, new), context);
        }
        let noun = if all_of { "the part" } else { "the alternative" };
        for (ids, action, is_new) in [(gone, "removed", false), (added, "added", true)] {
            for id in ids {
                let side = if is_new { self.new } else { self.old };
                let (stem, effect) = match (all_of, is_new) {
                    (true, _) if self.only_annotates(side, id) => {
                        (format!("{stem}-{action}-annotation-only"), Effect::Told)
                    }
                    // Its properties are compared with those of the whole.
                    (true, _) if only_shapes(side, id) => {
                        (format!("{stem}-{action}"), Effect::Told)
                    }
                    (true, true) | (false, false) => {
                        (format!("{stem}-{action}"), Effect::Tightened)
                    }
                    (true, false) | (false, true) => (format!("{stem}-{action}"), Effect::Loosened),
                };
                let pair = if is_new { (None, Some(id)) } else { (Some(id), None) };
                self.judge(at, &stem, effect, noun, pair);
            }
        }
    }

    fn only_annotates(&self, side: Side<'f>, id: Id) -> bool {
        let view = side.view(id);
        view.is_object() && view.names().iter().all(|it| SCHEMA.is_annotation(it))
    }
}

/// Whether a part says nothing but which properties there are.
fn only_shapes(side: Side<'_>, id: Id) -> bool {
    let view = side.view(id);
    let object =
        Schema::of(view).types_node().and_then(View::as_str).is_none_or(|it| it == "object");
    let shapes = |name: &&str| {
        ["type", "properties", "required", "$defs", "definitions"].contains(name)
            || SCHEMA.is_annotation(name)
    };
    view.is_object() && object && view.names().iter().all(shapes)
}

fn stem(keyword: &str) -> &'static str {
    match keyword {
        "allOf" => "all-of",
        "anyOf" => "any-of",
        _ => "one-of",
    }
}
