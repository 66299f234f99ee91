//! OpenAPI 3.0 in the spelling of 3.1, for an API whose pages mix the two, and for the older extract.

use serde_json::json;

use crate::node::{Node, Value};
use crate::openapi::{DOCUMENT, SCHEMA, walk_mut};

/// Respells a document. Its meaning stays what it is.
pub(super) fn to_3_1(document: &mut Node) {
    walk_mut(document, &DOCUMENT, &mut |node, kind| {
        if kind.is(&SCHEMA) && node.as_object().is_some() {
            bound(node, "minimum", "exclusiveMinimum");
            bound(node, "maximum", "exclusiveMaximum");
            nullable(node);
        }
    });
    if let Some(version) = document.get_mut("openapi") {
        *version = Node::string("3.1.0", &version.span);
    }
}

/// In 3.0 `exclusiveMinimum: true` says of `minimum` that it is itself excluded.
fn bound(schema: &mut Node, bound: &str, exclusive: &str) {
    let Some(excluded) = schema.get(exclusive).and_then(Node::as_bool) else { return };
    schema.take(exclusive);
    if let Some(limit) = schema.take(bound) {
        schema.set(if excluded { exclusive } else { bound }, limit);
    }
}

fn nullable(schema: &mut Node) {
    let Some(nullable) = schema.take("nullable") else { return };
    if nullable.as_bool() != Some(true) {
        return;
    }
    let null = Node::string("null", &nullable.span);
    if let Some(kind) = schema.get_mut("type") {
        *kind = Node::array(vec![kind.clone(), null], &kind.span);
        if let Some(values) = schema.get_mut("enum") {
            let none = Node::new(Value::Null, nullable.span.clone());
            if !values.items().any(|value| *value == none) {
                values.push(none);
            }
        }
        return;
    }
    // Without a type of its own, the whole is one of two.
    let null = Node::from_json(json!({"type": "null"}), &nullable.span);
    let mut whole = Node::object(&schema.span);
    std::mem::swap(schema, &mut whole);
    let said_of_both = ["title", "description", "default", "deprecated", "readOnly", "writeOnly"];
    for name in said_of_both {
        if let Some(member) = whole.take(name) {
            schema.set(name, member);
        }
    }
    let span = whole.span.clone();
    schema.set("anyOf", Node::array(vec![whole, null], &span));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn schemas_are_respelled_and_data_is_not() {
        let old = json!({"openapi": "3.0.0", "components": {"schemas": {
            "A": {"type": "string", "enum": ["a"], "nullable": true, "example": {"nullable": true}},
            "B": {"allOf": [{"$ref": "#/a"}], "nullable": true, "description": "b"},
            "C": {"type": "integer", "minimum": 1, "exclusiveMinimum": true, "maximum": 2, "exclusiveMaximum": false},
            "D": {"type": "object", "properties": {"nullable": {"type": "boolean", "nullable": false}}}}}});
        let new = json!({"openapi": "3.1.0", "components": {"schemas": {
            "A": {"type": ["string", "null"], "enum": ["a", null], "example": {"nullable": true}},
            "B": {"description": "b", "anyOf": [{"allOf": [{"$ref": "#/a"}]}, {"type": "null"}]},
            "C": {"type": "integer", "exclusiveMinimum": 1, "maximum": 2},
            "D": {"type": "object", "properties": {"nullable": {"type": "boolean"}}}}}});
        let mut document = Node::from_json(old, &Source::new("page", "").start());
        to_3_1(&mut document);
        assert_eq!(document.to_json(), new);
    }
}
