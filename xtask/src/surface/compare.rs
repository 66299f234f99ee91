//! What a change of the surface does to programs that name it.
//!
//! What cannot be judged counts as breaking and says so: a version too high costs nothing, a program
//! that no longer compiles does.

mod implementation;
mod rename;
mod rules;
mod signature;

use std::collections::{BTreeMap, BTreeSet};

use super::{Effect, Item, Kind, Surface};

/// Whether it breaks callers, and what it is in a few words.
type Judgement = (bool, String);

/// The effects of going from one surface to another, in the order of the items.
///
/// Versions and contents are not compared.
pub fn compare(old: &Surface, new: &Surface) -> Vec<Effect> {
    let renames = rename::types(&old.items, &new.items);
    // From here on the old surface has the new names, so that what only mentions them is the same.
    let renamed = rename::apply(&old.items, &renames);
    let old_items: BTreeMap<_, _> =
        renamed.iter().map(|(item, was)| (place(item), Both { item, was })).collect();
    let new_items: BTreeMap<_, _> = new.items.iter().map(|item| (place(item), item)).collect();
    let context = Context::new(renamed.iter().map(|(item, _)| item), new.items.iter());

    let mut effects: Vec<_> = renames.iter().map(|it| it.effect(&old.items, &new.items)).collect();
    effects.extend(gone_and_fresh(&old_items, &new_items, &renames, &context));
    for (place, both) in &old_items {
        let Some(item) = new_items.get(place) else { continue };
        let changes = rules::changed(both.item, item, &context).into_iter();
        effects.extend(
            changes.map(|(breaking, what)| effect(Some(both.was), Some(item), breaking, what)),
        );
    }
    let key = |it: &Effect| (it.item.clone(), it.what.clone(), it.before.clone(), it.after.clone());
    effects.sort_by_key(key);
    effects.dedup();
    effects
}

/// The effects of what is in one surface only.
fn gone_and_fresh(
    old: &BTreeMap<Place<'_>, Both<'_>>,
    new: &BTreeMap<Place<'_>, &Item>,
    renames: &[rename::Rename],
    context: &Context<'_>,
) -> Vec<Effect> {
    let gone = old.iter().filter(|(place, _)| !new.contains_key(*place)).map(|(_, both)| both);
    let gone: Vec<_> = gone.collect();
    let fresh = new.iter().filter(|(place, _)| !old.contains_key(*place)).map(|(_, item)| *item);
    let fresh: Vec<_> = fresh.collect();
    // What became another kind of thing has other parts; that it did says it all.
    let replaced = old.iter().filter_map(|(place, both)| {
        (new.get(place)?.kind != both.item.kind).then_some(both.item.path.as_str())
    });
    let replaced: BTreeSet<_> = replaced.collect();
    let owners = |items: &[&Item]| -> BTreeSet<String> {
        let types = items.iter().filter(|it| it.kind.is_type()).map(|it| it.path.as_str());
        types.chain(replaced.iter().copied()).map(str::to_owned).collect()
    };
    let (gone_types, fresh_types) =
        (owners(&gone.iter().map(|it| it.item).collect::<Vec<_>>()), owners(&fresh));
    let members = rename::members(&gone, &fresh, renames);

    let mut effects = Vec::new();
    for both in gone {
        let renamed = members.iter().find(|(from, _)| *from == both.item);
        if let Some((_, to)) = renamed {
            let what = format!("renamed to {}", to.path);
            effects.push(effect(Some(both.was), Some(to), true, what));
        } else if !is_folded(both.item, &gone_types) {
            match context.twin(both.item, &context.new, &context.old) {
                Some(twin) => effects.extend(implementation::changed(both, twin, context)),
                None => {
                    let removed = rules::removed(both.item, context);
                    effects.extend(removed.map(|what| effect(Some(both.was), None, true, what)));
                }
            }
        }
    }
    for item in fresh {
        if members.iter().all(|(_, to)| *to != item) && !is_folded(item, &fresh_types) {
            let added = rules::added(item, context);
            effects.extend(added.map(|(breaking, what)| effect(None, Some(item), breaking, what)));
        }
    }
    effects
}

/// An item of the old surface under its new name, and as it was.
struct Both<'a> {
    item: &'a Item,
    was: &'a Item,
}

/// Both surfaces in order, the old one with the new names, for what depends on more than one item.
struct Context<'a> {
    old: Vec<&'a Item>,
    new: Vec<&'a Item>,
    /// The names of methods by what they give, where that is known.
    makers: BTreeMap<&'a str, &'a str>,
}

impl<'a> Context<'a> {
    fn new(old: impl Iterator<Item = &'a Item>, new: impl Iterator<Item = &'a Item>) -> Self {
        let (mut old, new): (Vec<_>, Vec<_>) = (old.collect(), new.collect());
        old.sort();
        let makers = old.iter().chain(&new).filter_map(|it| implementation::maker(it)).collect();
        Self { old, new, makers }
    }
}

/// What is said about a path itself, in a sorted list.
fn at<'b, 'a>(items: &'b [&'a Item], path: &str) -> impl Iterator<Item = &'a Item> + use<'a, 'b> {
    let path = path.to_owned();
    let start = items.partition_point(|it| it.path < path);
    let from = items.get(start..).unwrap_or_default();
    from.iter().copied().take_while(move |it| it.path == path)
}

/// What two items must have in common to be one that changed.
type Place<'a> = (&'a str, u8, &'a str);

/// Of what can be there several times, the text is the place.
fn place(item: &Item) -> Place<'_> {
    let (space, text) = match item.kind {
        Kind::Feature => (0, ""),
        Kind::Module
        | Kind::Use
        | Kind::Struct
        | Kind::Enum
        | Kind::Union
        | Kind::Trait
        | Kind::Alias => (1, ""),
        Kind::Const | Kind::Static | Kind::Fn => (2, ""),
        Kind::Field => (3, ""),
        Kind::Variant => (4, ""),
        Kind::Macro => (5, ""),
        Kind::Order => (6, ""),
        Kind::Impl => (7, item.text.as_str()),
        Kind::Call => (8, item.text.as_str()),
    };
    (&item.path, space, text)
}

/// Whether an item comes or goes with what it belongs to, which is told already.
fn is_folded(item: &Item, owners: &BTreeSet<String>) -> bool {
    let own = !item.kind.is_type() && owners.contains(&item.path);
    let ends = item.path.match_indices("::").map(|(end, _)| end);
    own || ends.filter_map(|end| item.path.get(..end)).any(|owner| owners.contains(owner))
}

fn effect(before: Option<&Item>, after: Option<&Item>, breaking: bool, what: String) -> Effect {
    let item = before.or(after).map(|it| it.path.clone()).unwrap_or_default();
    let text = |item: Option<&Item>| item.map(|it| it.text.clone());
    Effect { item, before: text(before), after: text(after), breaking, what }
}

#[cfg(test)]
mod tests;
