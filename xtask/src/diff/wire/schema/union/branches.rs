//! Which branches of two unions correspond: those that refer to the same component, have the same tag, or are equal. Of
//! what is left, those correspond that look most alike.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::pairing;
use super::super::super::tree::{Id, Side, View, Views};
use super::super::super::walk::Walk;
use crate::openapi::model::{Discriminator, Schema, Tree};

/// For how many branches that are left it is tried out which look alike.
const MOST_LEFT: usize = 64;

/// How many of the things that two branches say both must say, of a hundred, for them to correspond.
const ALIKE: usize = 50;

/// What two branches have in common that correspond.
type KeyOf<'k> = dyn Fn(&Id) -> Option<String> + 'k;

type Pairs = Vec<(Id, Id)>;

impl<'f> Walk<'f> {
    /// Which branches correspond, and which are left.
    pub(super) fn correspond(
        &self,
        (old, new): Views<'f>,
        (before, after): (&[Id], &[Id]),
    ) -> (Pairs, Vec<Id>, Vec<Id>) {
        let (old_tags, new_tags) = (tags(old, before), tags(new, after));
        let reference = |side: Side<'f>, id: Id| side.arena.reference(id).map(str::to_owned);
        let (mut gone, mut added, mut pairs) = (before.to_vec(), after.to_vec(), Pairs::new());
        let mut by = |old: &KeyOf<'_>, new: &KeyOf<'_>| {
            pairs.extend(pairing::take_by_key(&mut gone, &mut added, old, new));
        };
        by(&|id| reference(self.old, *id), &|id| reference(self.new, *id));
        by(&|id| old_tags.get(id).cloned(), &|id| new_tags.get(id).cloned());
        let class =
            |side: Side<'f>, id: Id| Some(side.arena.item(side.view(id).base()).class.to_string());
        by(&|id| class(self.old, *id), &|id| class(self.new, *id));
        if gone.len().max(added.len()) <= MOST_LEFT {
            self.most_alike(&mut gone, &mut added, &mut pairs);
        }
        (pairs, gone, added)
    }

    fn most_alike(&self, gone: &mut Vec<Id>, added: &mut Vec<Id>, pairs: &mut Pairs) {
        let told = |side: Side<'f>, ids: &[Id]| -> Vec<(Id, BTreeSet<String>)> {
            ids.iter().map(|id| (*id, features(side.view(*id)))).collect()
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
}

/// The tag of each branch: what the discriminator maps to it, or the one value of the tagging property.
fn tags(union: View<'_>, branches: &[Id]) -> BTreeMap<Id, String> {
    let arena = union.arena;
    let declaring = Schema::of(union).discriminator();
    let property = declaring.and_then(Discriminator::property_name);
    let mut mapped: BTreeMap<&str, &str> = BTreeMap::new();
    for (tag, target) in declaring.into_iter().flat_map(Discriminator::tags) {
        mapped.entry(target).or_insert(tag);
    }
    let tag = |branch: Id| {
        let stated = || {
            let property = Schema::of(arena.view(branch)).property(property?)?.node();
            Schema::of(property.followed()).constant()?.as_str()
        };
        let mapped = arena.reference(branch).and_then(|it| mapped.get(it));
        mapped.copied().or_else(stated)
    };
    branches.iter().filter_map(|it| Some((*it, tag(*it)?.to_owned()))).collect()
}

/// What a schema says, roughly.
fn features(schema: View<'_>) -> BTreeSet<String> {
    let arena = schema.arena;
    let mut features = BTreeSet::new();
    for name in schema.names() {
        match name {
            "properties" => {
                let properties = Schema::of(schema).properties();
                features.extend(properties.map(|(name, _)| format!("property {name}")));
            }
            "type" | "title" | "format" | "const" => {
                let class = schema.member(name).map(|it| arena.item(it).class);
                features.insert(format!("{name} {class:?}"));
            }
            _ => {
                features.insert(name.to_owned());
            }
        }
    }
    features
}
