//! Schemas that no page has: made of others while they are lowered.

use serde_json::json;

use super::model::Schema;
use super::schema::SCHEMA;
use super::walk::walk_mut;
use crate::node::{Node, Value};
use crate::source::Span;

impl<'n> Schema<'n> {
    /// Returns a schema for what is valid for all parts.
    pub(crate) fn made_of(parts: Vec<Node>, span: &Span) -> Node {
        let mut node = Node::object(span);
        node.set("allOf", Node::array(parts, span));
        node
    }

    /// Returns a schema for what is valid for both. A part that is there already is not repeated, so that a schema
    /// that meets itself again does not grow.
    pub(crate) fn both(first: Node, second: Node) -> Node {
        let span = first.span.clone();
        let parts = Schema::of(&first).all_of_node().filter(|_| first.members().count() == 1);
        let parts = parts.map(|it| it.items().cloned().collect());
        let mut parts: Vec<Node> = parts.unwrap_or_else(|| vec![first]);
        if !parts.contains(&second) {
            parts.push(second);
        }
        Self::made_of(parts, &span)
    }

    /// Returns a schema for objects that have one of these values as their tag.
    pub(crate) fn tagged(property: &str, values: &[String], span: &Span) -> Node {
        let tag = json!({
            "type": "object",
            "properties": {property: {"type": "string", "enum": values}},
            "required": [property],
        });
        Node::from_json(tag, span)
    }

    /// Returns the schema without references and parts, which are merged into it.
    pub(crate) fn without_parts(self) -> Node {
        self.only(|keyword| !matches!(keyword, "$ref" | "allOf"))
    }

    /// Returns the schema without what only describes it as a whole.
    pub(crate) fn without_annotations(self) -> Node {
        self.only(|keyword| SCHEMA.decides_validity(keyword) && keyword != "nullable")
    }

    /// Returns the schema and all in it without what only describes.
    pub(crate) fn without_any_annotations(self) -> Node {
        let mut node = self.node().clone();
        walk_mut(&mut node, &SCHEMA, &mut |node, of| {
            if let Value::Object(members) = &mut node.value
                && of.is(&SCHEMA)
            {
                members.retain(|key, _| SCHEMA.decides_validity(&key.text));
            }
        });
        node
    }

    /// Returns the part of the schema that is of one type. What is said of several types together names and
    /// describes none of them.
    pub(crate) fn of_one_type(self, ty: &str) -> Node {
        let mut node = self.without_annotations();
        node.set("type", Node::string(ty, self.span()));
        node
    }

    /// Returns what stands beside alternatives and holds for each of them.
    pub(crate) fn beside_alternatives(self) -> Option<Node> {
        let about_all = ["oneOf", "anyOf", "discriminator", "nullable"];
        let base = self.only(|it| !about_all.contains(&it) && SCHEMA.decides_validity(it));
        let tells = |it: &str| !matches!(it, "type" | "additionalProperties");
        Some(base).filter(|it| it.members().any(|(keyword, _)| tells(keyword)))
    }

    /// Returns the schema without its alternatives, which have been chosen from.
    pub(crate) fn without_alternatives(self, keyword: &str) -> Node {
        self.only(|it| it != keyword && it != "discriminator")
    }

    fn only(self, keep: impl Fn(&str) -> bool) -> Node {
        let Some(members) = self.node().as_object() else { return self.node().clone() };
        let kept = members.iter().filter(|(key, _)| keep(&key.text));
        let kept = kept.map(|(key, value)| (key.clone(), value.clone())).collect();
        Node::new(Value::Object(kept), self.span().clone())
    }
}
