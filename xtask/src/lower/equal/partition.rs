//! The coarsest partition of things into classes of which all have the same in them: what differs in nothing is one.
//!
//! Things that look the same are one class until what they refer to differs. Only those that refer to something that
//! left its class are looked at again, and the smaller part leaves, so that a long chain of things costs no more than many
//! short ones (Hopcroft 1971, for automata).

use std::collections::{BTreeMap, BTreeSet};

/// Returns the classes of things that look like this, each with the things that it refers to, in order.
pub(super) fn classes<L: Ord>(looks: Vec<L>, inside: &[Vec<usize>]) -> Vec<BTreeSet<usize>> {
    let mut numbers: BTreeMap<L, usize> = BTreeMap::new();
    let mut partition = Partition { class_of: Vec::new(), classes: Vec::new() };
    for (thing, looks) in looks.into_iter().enumerate() {
        let next = numbers.len();
        let class = *numbers.entry(looks).or_insert(next);
        partition.class_of.push(class);
        partition.classes.resize_with(numbers.len(), BTreeSet::new);
        if let Some(things) = partition.classes.get_mut(class) {
            things.insert(thing);
        }
    }
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); inside.len()];
    for (thing, inside) in inside.iter().enumerate() {
        for it in inside {
            users.get_mut(*it).into_iter().for_each(|users| users.push(thing));
        }
    }
    let mut waiting: BTreeSet<usize> = (0..inside.len()).collect();
    while !waiting.is_empty() {
        let left = partition.split(&waiting, inside);
        waiting = left.iter().filter_map(|it| users.get(*it)).flatten().copied().collect();
    }
    partition.classes
}

struct Partition {
    class_of: Vec<usize>,
    classes: Vec<BTreeSet<usize>>,
}

impl Partition {
    /// Splits the classes of things of which something inside is in another class than before. Returns what left its class.
    fn split(&mut self, changed: &BTreeSet<usize>, inside: &[Vec<usize>]) -> Vec<usize> {
        let mut parts: BTreeMap<usize, BTreeMap<Vec<usize>, Vec<usize>>> = BTreeMap::new();
        for thing in changed {
            let inside = inside.get(*thing).into_iter().flatten();
            let inside = inside.filter_map(|it| self.class_of.get(*it)).copied().collect();
            let Some(class) = self.class_of.get(*thing) else { continue };
            parts.entry(*class).or_default().entry(inside).or_default().push(*thing);
        }
        let mut left = Vec::new();
        for (class, parts) in parts {
            let mut parts: Vec<Vec<usize>> = parts.into_values().collect();
            let changed: usize = parts.iter().map(Vec::len).sum();
            let rest = self.classes.get(class).map_or(0, BTreeSet::len).saturating_sub(changed);
            parts.sort_by_key(Vec::len);
            // The largest part stays, be it what has not changed.
            if parts.last().is_some_and(|it| it.len() >= rest) {
                let largest = parts.pop().unwrap_or_default();
                if rest > 0 {
                    let largest: BTreeSet<usize> = largest.into_iter().collect();
                    let all = self.classes.get(class).into_iter().flatten();
                    let changed: BTreeSet<usize> = parts.iter().flatten().copied().collect();
                    let is_rest = |it: &&usize| !largest.contains(it) && !changed.contains(it);
                    parts.push(all.filter(is_rest).copied().collect());
                }
            }
            for part in parts {
                self.leave(class, &part);
                left.extend(part);
            }
        }
        left
    }

    /// Makes a class of its own of things of a class.
    fn leave(&mut self, class: usize, things: &[usize]) {
        let new = self.classes.len();
        for thing in things {
            if let Some(things) = self.classes.get_mut(class) {
                things.remove(thing);
            }
            self.class_of.get_mut(*thing).into_iter().for_each(|it| *it = new);
        }
        self.classes.push(things.iter().copied().collect());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by definition: two things are one unless they look different, or what is inside of them at the same place
    /// is not one.
    fn by_definition(looks: &[u8], inside: &[Vec<usize>]) -> BTreeSet<BTreeSet<usize>> {
        let count = looks.len();
        let mut same: Vec<Vec<bool>> = (0..count)
            .map(|one| (0..count).map(|other| looks[one] == looks[other]).collect())
            .collect();
        loop {
            let before = same.clone();
            for (one, other) in (0..count).flat_map(|one| (0..count).map(move |it| (one, it))) {
                let pairs = inside[one].iter().zip(&inside[other]);
                same[one][other] &= inside[one].len() == inside[other].len();
                same[one][other] &= pairs.into_iter().all(|(one, other)| before[*one][*other]);
            }
            if before == same {
                let class = |one: usize| (0..count).filter(|it| same[one][*it]).collect();
                return (0..count).map(class).collect();
            }
        }
    }

    proptest! {
        #[test]
        fn what_differs_in_nothing_is_one(
            things in prop::collection::vec((0..3_u8, prop::collection::vec(0..12_usize, 0..3)), 12)
        ) {
            let (looks, inside): (Vec<u8>, Vec<Vec<usize>>) = things.into_iter().unzip();
            let found: BTreeSet<_> = classes(looks.clone(), &inside).into_iter().collect();
            prop_assert_eq!(found, by_definition(&looks, &inside));
        }
    }

    #[test]
    fn a_long_chain_is_no_long_work() {
        let count = 20_000;
        let inside: Vec<Vec<usize>> =
            (0..count).map(|it| (it + 1..count).take(1).collect()).collect();
        assert_eq!(classes(vec![0; count], &inside).len(), count);
    }
}
