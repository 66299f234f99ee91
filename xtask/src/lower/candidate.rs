//! A schema of a union, before it is known how the union tells its schemas apart.

use crate::node::Node;
use crate::openapi::Schema;
use crate::plan::Distinct;

/// A schema of a union on its way.
#[derive(Clone)]
pub(super) struct Candidate {
    /// The schema as it is written.
    pub(super) node: Node,
    /// The schema with its references followed.
    pub(super) merged: Node,
    /// What tells it apart from the others, if no tag does.
    pub(super) distinct: Distinct,
}

impl Candidate {
    pub(super) fn new(node: Node, merged: Node) -> Self {
        Self { node, merged, distinct: Distinct::default() }
    }

    /// The schema with its references followed.
    pub(super) fn schema(&self) -> Schema<'_> {
        Schema::of(&self.merged)
    }
}

/// An alternative and what holds for all of them.
pub(super) fn within(alternative: &Node, base: &Node) -> Node {
    Schema::made_of(vec![alternative.clone(), base.clone()], &alternative.span)
}
