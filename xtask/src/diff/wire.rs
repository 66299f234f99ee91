//! The wire engine: what changed between two bound documents for those who call.
//!
//! `normal` brings both into one spelling and `tree` into one arena, `walk` compares what corresponds and
//! sees to it that nothing is passed over, and `rules` knows what a change is called and what it does. The
//! rest is the rules themselves, by what they are about: `document`, `operations`, `calls`, `security`,
//! `servers`, `schema`.

mod calls;
mod document;
pub mod examples;
mod normal;
mod operations;
mod pairing;
mod rules;
mod schema;
mod security;
mod servers;
mod text;
mod tree;
mod walk;

use self::tree::{SchemaArena, Side};
use self::walk::Walk;

use super::change::Change;
use crate::node::Node;
use crate::openapi::without_redundancy;

/// Compares two bound documents. The gravest changes come first.
pub fn compare(old: &Node, new: &Node) -> Vec<Change> {
    let mut arena = SchemaArena::default();
    let old = normal::plant(&mut arena, old);
    let new = normal::plant(&mut arena, new);
    let side = |document| Side { arena: &arena, document };
    let mut walk = Walk::new(side(&old), side(&new));
    walk.document();
    walk.finish()
}

/// Whether two documents say the same in whatever spelling, to people as well.
pub(crate) fn means_the_same(old: &Node, new: &Node) -> bool {
    let mut arena = SchemaArena::default();
    let [old, new] = [old, new].map(|it| normal::plant(&mut arena, &without_redundancy(it)));
    arena.equal(old.root, new.root)
}

#[cfg(test)]
mod tests;
