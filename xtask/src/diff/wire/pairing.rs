//! Which things of two lists correspond: those that have the same key.

use std::collections::BTreeMap;

/// Takes out of both lists what has the same key, in the order of the first. Of several with one key, the first of the
/// one list corresponds to the first of the other.
pub(super) fn take_by_key<T, K: Ord>(
    old: &mut Vec<T>,
    new: &mut Vec<T>,
    old_key: impl Fn(&T) -> Option<K>,
    new_key: impl Fn(&T) -> Option<K>,
) -> Vec<(T, T)> {
    let mut known: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (at, item) in new.iter().enumerate().rev() {
        if let Some(key) = new_key(item) {
            known.entry(key).or_default().push(at);
        }
    }
    let mut found = |item: &T| known.get_mut(&old_key(item)?)?.pop();
    let mut rest: Vec<Option<T>> = std::mem::take(new).into_iter().map(Some).collect();
    let mut pairs = Vec::new();
    for item in std::mem::take(old) {
        match found(&item).and_then(|at| rest.get_mut(at)?.take()) {
            Some(corresponding) => pairs.push((item, corresponding)),
            None => old.push(item),
        }
    }
    new.extend(rest.into_iter().flatten());
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_key_corresponds_to_the_first() {
        let mut old = vec!["a1", "b1", "a2", "-"];
        let mut new = vec!["-", "a3", "c1", "a4", "a5"];
        let key = |it: &&str| it.chars().next().filter(|it| *it != '-');
        assert_eq!(take_by_key(&mut old, &mut new, key, key), [("a1", "a3"), ("a2", "a4")]);
        assert_eq!((old, new), (vec!["b1", "-"], vec!["-", "c1", "a5"]));
    }
}
