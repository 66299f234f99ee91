//! A schema of a union, before it is known how the union tells its schemas apart.

use crate::node::Node;
use crate::openapi::Schema;
use crate::plan::{Distinct, JsonType};

use super::union::json_type;

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

    /// How little it lets pass: listed values before formats before plain strings, many required properties before few.
    pub(super) fn particularity(&self) -> usize {
        let schema = self.schema();
        match json_type(schema) {
            JsonType::Array | JsonType::Object => 3 + schema.required_items().count(),
            _ if schema.listed().is_some() => 3,
            JsonType::Any => 0,
            JsonType::String => 1 + usize::from(schema.format_node().is_some()),
            JsonType::Number => 1,
            JsonType::Integer => 2,
            JsonType::Boolean => 3,
        }
    }
}

/// An alternative and what holds for all of them.
pub(super) fn within(alternative: &Node, base: &Node) -> Node {
    Schema::made_of(vec![alternative.clone(), base.clone()], &alternative.span)
}
