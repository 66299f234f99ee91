//! Makes new inputs of known ones, by rules for each kind of input.

pub mod bytes;
pub mod json;
pub mod text;
pub mod words;

use fastrand::Rng;

/// Returns one of the items. There has to be one.
fn pick<'a, T: ?Sized>(items: &[&'a T], random: &mut Rng) -> &'a T {
    items[random.usize(..items.len())]
}

/// Returns the last place in a text, up to a byte of it, where a character begins.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|it| text.is_char_boundary(*it)).unwrap_or_default()
}

/// Returns a number below the limit, small ones far more often than large ones.
fn small(limit: usize, random: &mut Rng) -> usize {
    let bound = random.usize(1..=limit.max(1));
    random.usize(..bound)
}

#[cfg(test)]
mod tests {
    use crate::targets::{ALL, DOCUMENTS};
    use crate::tree;

    use super::*;

    #[test]
    fn mutations_are_the_same_each_time_and_others_with_another_seed() {
        for target in ALL {
            let seed = target.seeds().into_iter().next().unwrap_or_default();
            let mutated = |number| (target.mutate)(&seed, &seed, &mut Rng::with_seed(number));
            assert_eq!(mutated(1), mutated(1), "{}", target.name);
            assert!((2..20).any(|number| mutated(number) != seed), "{}", target.name);
        }
    }

    #[test]
    fn trees_stay_json_and_do_not_grow_without_end() {
        let mut random = Rng::with_seed(1);
        let mut text = DOCUMENTS.seeds().into_iter().next().unwrap_or_default();
        for _ in 0..300 {
            text = json::mutate(&text, &text, &mut random);
            // What is nested deeper than a reader goes is no longer read, and the next mutation begins anew.
            if let Ok(tree) = serde_json::from_slice(&text) {
                assert!(tree::size(&tree) <= 600);
            }
        }
    }
}
