//! Which branches of two unions correspond: those that refer to the same component, have the same tag, or are equal. Of
//! what is left, those correspond that look most alike.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::pairing;
use super::super::super::tree::{Id, Side, View, Views};
use super::super::super::walk::Walk;

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
        (old, new): Views<'_, 'f>,
        (before, after): (&[Id], &[Id]),
    ) -> (Pairs, Vec<Id>, Vec<Id>) {
        let (old_tags, new_tags) = (tags(old, before), tags(new, after));
        let reference = |side: Side<'f>, id: Id| {
            side.forest.get(id, "$ref").and_then(|it| side.forest.str(it)).map(str::to_owned)
        };
        let (mut gone, mut added, mut pairs) = (before.to_vec(), after.to_vec(), Pairs::new());
        let mut by = |old: &KeyOf<'_>, new: &KeyOf<'_>| {
            pairs.extend(pairing::take_by_key(&mut gone, &mut added, old, new));
        };
        by(&|id| reference(self.old, *id), &|id| reference(self.new, *id));
        by(&|id| old_tags.get(id).cloned(), &|id| new_tags.get(id).cloned());
        let class =
            |side: Side<'f>, id: Id| Some(side.forest.item(side.view(id).base()).class.to_string());
        by(&|id| class(self.old, *id), &|id| class(self.new, *id));
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
