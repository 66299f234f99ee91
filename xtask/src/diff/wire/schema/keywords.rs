//! Keywords that work like no other: who writes a value, further properties, discriminators, first items.

use std::collections::BTreeMap;

use super::super::rules::{Context, Effect, Site};
use super::super::tree::{Id, Pair};
use super::super::walk::{At, Walk};
use super::added;

impl<'f> Walk<'f> {
    /// Who writes a schema that is no property; of properties, `becomes` has said it.
    pub(super) fn access(
        &mut self,
        at: At,
        context: Context,
        name: &str,
        was: Option<Id>,
        now: Option<Id>,
    ) -> bool {
        let property = self.entries.get(at).is_some_and(|it| it.member.is_some());
        if !property
            || context.part
            || !matches!(context.site, Site::Property | Site::ParameterProperty)
        {
            let stem = if name == "readOnly" { "read-only" } else { "write-only" };
            let noun = format!("`{name}`");
            self.judge(at, &added(stem, was, now), Effect::Unclear, &noun, (was, now));
        }
        true
    }

    pub(super) fn additional(
        &mut self,
        at: At,
        context: Context,
        was: Option<Id>,
        now: Option<Id>,
    ) -> bool {
        let closed = |id: Option<Id>| id.is_some_and(|id| self.new.arena.members(id).is_none());
        let (stem, effect) = match (was, now) {
            (Some(old), Some(new)) if !closed(was) && !closed(now) => {
                let label = self.label(at).below("[key]");
                self.pair(at, None, label, (old, new), context.below());
                return true;
            }
            _ if closed(was) && closed(now) => return false,
            _ if closed(now) => ("additional-properties-closed", Effect::Tightened),
            _ if closed(was) => ("additional-properties-opened", Effect::Loosened),
            (None, _) => ("additional-properties-narrowed", Effect::Tightened),
            _ => ("additional-properties-widened", Effect::Loosened),
        };
        self.judge(at, stem, effect, "the schema of other properties", (was, now));
        true
    }

    pub(super) fn discriminator(&mut self, at: At, was: Option<Id>, now: Option<Id>) -> bool {
        let Some((old, new)) = was.zip(now) else {
            let stem = added("discriminator", was, now);
            self.judge(at, &stem, Effect::Told, "the discriminator", (was, now));
            return true;
        };
        let (old, new) = (self.old.view(old), self.new.view(new));
        self.members(at, None, (old, new), &mut |walk, name, was, now| match name {
            "propertyName" => {
                let stem = "discriminator-property-name-changed";
                walk.judge(at, stem, Effect::Changed, "the discriminating property", (was, now));
                true
            }
            "mapping" if walk.are_objects(was, now) => {
                for (tag, (was, now)) in walk.by_name(was, now) {
                    let (action, effect) = match (was, now) {
                        (Some(was), Some(now)) if walk.equal(was, now) => continue,
                        (Some(_), Some(_)) => ("changed", Effect::Unclear),
                        (None, _) => ("added", Effect::Loosened),
                        (_, None) => ("deleted", Effect::Tightened),
                    };
                    let stem = format!("discriminator-mapping-{action}");
                    walk.judge(at, &stem, effect, &format!("the tag `{tag}`"), (was, now));
                }
                true
            }
            _ => false,
        });
        true
    }

    pub(super) fn prefix_items(
        &mut self,
        at: At,
        context: Context,
        was: Option<Id>,
        now: Option<Id>,
    ) -> bool {
        let arena = self.new.arena;
        let items = |id: Option<Id>| match id {
            Some(id) => arena.array(id),
            None => Some(&[][..]),
        };
        let Some((before, after)) = items(was).zip(items(now)) else { return false };
        for index in 0..before.len().max(after.len()) {
            match (before.get(index).copied(), after.get(index).copied()) {
                (Some(old), Some(new)) => {
                    let label = self.label(at).below(&format!("[{index}]"));
                    self.pair(at, None, label, (old, new), context.below());
                }
                (old, new) => {
                    let noun = format!("the schema of item {index}");
                    let stem = added("prefix-items", old, new);
                    self.judge(at, &stem, Effect::Unclear, &noun, (old, new));
                }
            }
        }
        true
    }

    /// Values by their names in two objects.
    pub(in super::super) fn by_name(
        &self,
        was: Option<Id>,
        now: Option<Id>,
    ) -> BTreeMap<String, Pair> {
        let members = |id: Option<Id>| id.and_then(|id| self.new.arena.members(id));
        let mut all: BTreeMap<String, Pair> = BTreeMap::new();
        for (name, id) in members(was).into_iter().flatten() {
            all.entry(name.to_string()).or_default().0 = Some(*id);
        }
        for (name, id) in members(now).into_iter().flatten() {
            all.entry(name.to_string()).or_default().1 = Some(*id);
        }
        all
    }

    /// Whether what is there is an object.
    pub(in super::super) fn are_objects(&self, was: Option<Id>, now: Option<Id>) -> bool {
        let object = |id: Option<Id>| id.is_none_or(|id| self.new.arena.members(id).is_some());
        object(was) && object(now)
    }

    pub(super) fn are_names(&self, was: Option<Id>, now: Option<Id>) -> bool {
        let arena = self.new.arena;
        let names = |id: Option<Id>| {
            id.is_none_or(|id| {
                arena.array(id).is_some_and(|it| it.iter().all(|it| arena.str(*it).is_some()))
            })
        };
        names(was) && names(now)
    }
}
