//! Alternatives and parts: `oneOf`, `anyOf`, `allOf`.
//!
//! Branches correspond if they refer to the same component, have the same tag, or are equal. Of what is left,
//! those correspond that look most alike.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::change::Wire;
use super::super::normal::ANNOTATIONS;
use super::super::rules::{Context, Effect};
use super::super::tree::{Id, Pair, Side, View};
use super::super::walk::{At, Said, Walk};

/// For how many branches that are left it is tried out which look alike.
const MOST_LEFT: usize = 64;

/// How many of the things that two branches say both must say, of a hundred, for them to correspond.
const ALIKE: usize = 50;

type Pairs = Vec<(Id, Id)>;

impl<'f> Walk<'f> {
    /// A schema that has become one of several alternatives, or is no longer.
    pub(super) fn wrapped(
        &mut self,
        at: At,
        old: &View<'f>,
        new: &View<'f>,
        context: Context,
    ) -> bool {
        let (was, now) = (union_of(old), union_of(new));
        let (keyword, many, one, wraps) = match (was, now) {
            (None, Some(keyword)) => (keyword, new, old, true),
            (Some(keyword), None) => (keyword, old, new, false),
            _ => return false,
        };
        // Alternatives beside what was there before are further checks, not wrapping.
        let kept = ["type", "properties", "items"]
            .iter()
            .any(|it| one.get(it).is_some() && many.get(it).is_some());
        if kept || !many.list(keyword).iter().any(|_| true) {
            return false;
        }
        let same = |id: &Id| {
            let branch = many.side.view(*id);
            self.equal(branch.base(), one.base())
        };
        let (same, others): (Vec<Id>, Vec<Id>) = many.list(keyword).iter().partition(|id| same(id));
        let stem = stem(keyword);
        if let Some(same) = same.first() {
            let pair = if wraps { (one.id(), *same) } else { (*same, one.id()) };
            self.pair(at, None, self.label(at), pair, context);
            if others.is_empty() {
                let pair = (old.get(keyword), new.get(keyword));
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
        let pair = (old.get(keyword), new.get(keyword));
        self.judge(at, &format!("{action}-{stem}"), Effect::Changed, "the choice", pair);
        true
    }

    /// Compares the branches of two compositions; whether both are such.
    pub(super) fn union(
        &mut self,
        at: At,
        old: &View<'f>,
        new: &View<'f>,
        context: Context,
        keyword: &str,
    ) -> bool {
        let (was, now) = (old.get(keyword), new.get(keyword));
        let forest = self.new.forest;
        if [was, now].into_iter().flatten().any(|id| forest.array(id).is_none()) {
            return false;
        }
        let other = if keyword == "oneOf" { "anyOf" } else { "oneOf" };
        if keyword != "allOf" && (was.is_none() || now.is_none()) {
            let moved = match now {
                Some(_) => old.get(other).is_some() && new.get(other).is_none(),
                None => new.get(other).is_some() && old.get(other).is_none(),
            };
            if moved {
                // The same alternatives, once to be exclusive and once not.
                if keyword == "oneOf" {
                    self.kind_changed(at, (was.or(old.get(other)), now.or(new.get(other))));
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
        (old, new): (&View<'f>, &View<'f>),
        context: Context,
        stem: &str,
        (before, after): (&[Id], &[Id]),
    ) {
        let (mut pairs, gone, added) = self.correspond((old, new), (before, after));
        let place = |id: &Id, all: &[Id]| all.iter().position(|it| it == id);
        pairs.sort_by_key(|(old, _)| place(old, before));
        if !pairs.is_sorted_by_key(|(_, new)| place(new, after)) {
            let keyword = |view: &View<'f>| union_of(view).filter(|_| stem != "all-of");
            let list = |view: &View<'f>| view.get(keyword(view).unwrap_or("allOf"));
            self.reordered(at, None, stem, (list(old), list(new)));
        }
        let all_of = stem == "all-of";
        for (old, new) in pairs {
            let name = self.branch_name(new, after);
            let label = self.label(at).below(&name);
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

    fn branch_name(&self, id: Id, all: &[Id]) -> String {
        let index = all.iter().position(|it| *it == id).unwrap_or_default();
        format!("(branch {})", index + 1)
    }

    /// Which branches correspond, and which are left.
    fn correspond(
        &self,
        (old, new): (&View<'f>, &View<'f>),
        (before, after): (&[Id], &[Id]),
    ) -> (Pairs, Vec<Id>, Vec<Id>) {
        let (mut gone, mut added, mut pairs) = (before.to_vec(), after.to_vec(), Pairs::new());
        let (old_tags, new_tags) = (tags(old, before), tags(new, after));
        let reference = |side: Side<'f>, id: Id| {
            side.forest.get(id, "$ref").and_then(|it| side.forest.str(it)).map(str::to_owned)
        };
        matching(&mut gone, &mut added, &mut pairs, |id, is_new| {
            reference(if is_new { self.new } else { self.old }, id)
        });
        matching(&mut gone, &mut added, &mut pairs, |id, is_new| {
            (if is_new { &new_tags } else { &old_tags }).get(&id).cloned()
        });
        matching(&mut gone, &mut added, &mut pairs, |id, is_new| {
            let view = if is_new { self.new.view(id) } else { self.old.view(id) };
            Some(self.new.forest.item(view.base()).class)
        });
        if gone.len().max(added.len()) <= MOST_LEFT {
            self.most_alike(&mut gone, &mut added, &mut pairs);
        }
        (pairs, gone, added)
    }

    fn most_alike(&self, gone: &mut Vec<Id>, added: &mut Vec<Id>, pairs: &mut Pairs) {
        let told = |side: Side<'f>, ids: &[Id]| -> Vec<(Id, BTreeSet<String>)> {
            ids.iter().map(|id| (*id, features(&side.view(*id)))).collect()
        };
        let (before, after) = (told(self.old, gone), told(self.new, added));
        let mut scored = Vec::new();
        for (left, (old, was)) in before.iter().enumerate() {
            for (right, (new, now)) in after.iter().enumerate() {
                let all = was.union(now).count().max(1);
                let alike = was.intersection(now).count() * 100 / all;
                scored.push((std::cmp::Reverse(alike), left, right, *old, *new));
            }
        }
        scored.sort_unstable();
        for (std::cmp::Reverse(alike), _, _, old, new) in scored {
            if alike >= ALIKE && gone.contains(&old) && added.contains(&new) {
                gone.retain(|it| *it != old);
                added.retain(|it| *it != new);
                pairs.push((old, new));
            }
        }
    }

    fn only_annotates(&self, side: Side<'f>, id: Id) -> bool {
        let view = side.view(id);
        view.is_object() && view.names().iter().all(|it| ANNOTATIONS.contains(it))
    }
}

/// Whether a part says nothing but which properties there are.
fn only_shapes(side: Side<'_>, id: Id) -> bool {
    let view = side.view(id);
    let object = view.str("type").is_none_or(|it| it == "object");
    let shapes = |name: &&str| {
        ["type", "properties", "required", "$defs", "definitions"].contains(name)
            || ANNOTATIONS.contains(name)
            || name.starts_with("x-")
    };
    view.is_object() && object && view.names().iter().all(shapes)
}

/// Pairs the branches that have the same key, in their order.
fn matching<K: Ord>(
    gone: &mut Vec<Id>,
    added: &mut Vec<Id>,
    pairs: &mut Pairs,
    key: impl Fn(Id, bool) -> Option<K>,
) {
    let mut known: BTreeMap<K, Vec<Id>> = BTreeMap::new();
    for id in added.iter().rev() {
        if let Some(key) = key(*id, true) {
            known.entry(key).or_default().push(*id);
        }
    }
    let mut left = Vec::new();
    let mut taken = BTreeSet::new();
    for id in std::mem::take(gone) {
        match key(id, false).and_then(|key| known.get_mut(&key)?.pop()) {
            Some(new) => {
                taken.insert(new);
                pairs.push((id, new));
            }
            None => left.push(id),
        }
    }
    *gone = left;
    added.retain(|id| !taken.contains(id));
}

/// The tag of each branch: what the discriminator maps to it, or the one value of the tagging property.
fn tags(union: &View<'_>, branches: &[Id]) -> BTreeMap<Id, String> {
    let (side, forest) = (union.side, union.side.forest);
    let discriminator = union.get("discriminator").map(|it| side.view(it));
    let property = discriminator.as_ref().and_then(|it| it.str("propertyName"));
    let mapping = discriminator.as_ref().map(|it| it.map("mapping")).unwrap_or_default();
    let mut tags = BTreeMap::new();
    for branch in branches {
        let reference = forest.get(*branch, "$ref").and_then(|it| forest.str(it));
        let mapped = mapping
            .iter()
            .find(|(_, target)| reference.is_some() && forest.str(**target) == reference);
        let view = side.view(*branch);
        let stated = property.and_then(|name| {
            let property = side.view(*view.map("properties").get(name)?);
            let one = property.get("const").or(match property.list("enum") {
                [only] => Some(*only),
                _ => None,
            });
            forest.str(one?)
        });
        if let Some(tag) = mapped.map(|(tag, _)| *tag).or(stated) {
            tags.insert(*branch, tag.to_owned());
        }
    }
    tags
}

/// What a schema says, roughly.
fn features(schema: &View<'_>) -> BTreeSet<String> {
    let forest = schema.side.forest;
    let mut features = BTreeSet::new();
    for name in schema.names() {
        match name {
            "properties" => {
                features.extend(schema.map(name).keys().map(|it| format!("property {it}")));
            }
            "type" | "title" | "format" | "const" => {
                let class = schema.get(name).map(|it| forest.item(it).class);
                features.insert(format!("{name} {class:?}"));
            }
            _ => {
                features.insert(name.to_owned());
            }
        }
    }
    features
}

fn union_of(schema: &View<'_>) -> Option<&'static str> {
    ["oneOf", "anyOf"].into_iter().find(|it| schema.get(it).is_some())
}

fn stem(keyword: &str) -> &'static str {
    match keyword {
        "allOf" => "all-of",
        "anyOf" => "any-of",
        _ => "one-of",
    }
}
