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

use self::tree::{Forest, Side};
use self::walk::Walk;

use super::change::Wire;
use crate::node::Node;
use crate::openapi::without_redundancy;
use crate::source::Span;

/// One difference of two documents.
#[derive(Clone, Debug)]
pub struct WireChange {
    /// The rule that found it; oasdiff's id where the rule is its.
    pub rule: String,
    /// What it does to calls.
    pub wire: Wire,
    /// Where it is in the new document, or in the old one if it is there no more.
    pub pointer: String,
    /// Its place in the new page, or that of the nearest thing around it that is still there.
    pub now: Option<Span>,
    /// Its place in the old page, if it was there.
    pub was: Option<Span>,
    /// The operations that it affects, as `METHOD /path`.
    pub operations: Vec<String>,
    /// What was there, in one line.
    pub before: Option<String>,
    /// What is there now, in one line.
    pub after: Option<String>,
    /// What changed, in a sentence.
    pub message: String,
    /// What it is in, the nearest first: properties, schemas, the operation. Rust items are found by it.
    pub owners: Vec<Owner>,
}

/// Something of a document that may have a Rust item.
#[derive(Clone, Debug)]
pub struct Owner {
    /// The schema object or operation object in the old document.
    pub old: Option<Span>,
    /// The schema object or operation object in the new document.
    pub new: Option<Span>,
    /// The property of that schema, or the parameter of that operation, by its name on the wire.
    pub member: Option<String>,
}

/// Compares two bound documents. The gravest changes come first.
pub fn compare(old: &Node, new: &Node) -> Vec<WireChange> {
    let mut forest = Forest::default();
    let old = normal::plant(&mut forest, old);
    let new = normal::plant(&mut forest, new);
    let side = |document| Side { forest: &forest, document };
    let mut walk = Walk::new(side(&old), side(&new));
    walk.document();
    walk.finish()
}

/// Whether two documents say the same in whatever spelling, to people as well.
pub(crate) fn means_the_same(old: &Node, new: &Node) -> bool {
    let mut forest = Forest::default();
    let [old, new] = [old, new].map(|it| normal::plant(&mut forest, &without_redundancy(it)));
    forest.equal(old.root, new.root)
}

#[cfg(test)]
mod tests;
