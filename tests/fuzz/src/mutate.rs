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

/// Returns a number below the limit, small ones far more often than large ones.
fn small(limit: usize, random: &mut Rng) -> usize {
    let bound = random.usize(1..=limit.max(1));
    random.usize(..bound)
}
