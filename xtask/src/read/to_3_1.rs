//! OpenAPI 3.0 in the spelling of 3.1, for an API whose pages mix the two, and for the older extract.

use serde_json::json;

use crate::node::{Node, Value};
use crate::openapi::{DOCUMENT, SCHEMA, walk_mut};

/// Respells a document. Its meaning stays what it is.
pub(crate) fn to_3_1(document: &mut Node) {
    walk_mut(document, &DOCUMENT, &mut |node, object| {
        if object.is(&SCHEMA) && node.as_object().is_some() {
            schema_to_3_1(node);
        }
    });
    if let Some(version) = document.get_mut("openapi") {
        *version = Node::string("3.1.0", &version.span);
    }
}

/// Respells one schema, without those inside of it.
pub(crate) fn schema_to_3_1(schema: &mut Node) {
    bound(schema, "minimum", "exclusiveMinimum");
    bound(schema, "maximum", "exclusiveMaximum");
    nullable(schema);
}

/// Whether a document is in OpenAPI 3.0.
pub(super) fn is_3_0(document: &Node) -> bool {
    document.str("openapi").is_some_and(|version| version.starts_with("3.0"))
}

/// Respells `x-nullable`, which is older than `nullable` and means the same, as the version of the document has it.
pub(super) fn x_nullable(document: &mut Node) {
    let is_3_0 = is_3_0(document);
    walk_mut(document, &DOCUMENT, &mut |node, object| {
        if !object.is(&SCHEMA) {
            return;
        }
        if let Some(flag) = node.take("x-nullable").filter(|_| node.get("nullable").is_none()) {
            node.set("nullable", flag);
            if !is_3_0 {
                nullable(node);
            }
        }
    });
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
    if let Some(object) = schema.get_mut("type") {
        *object = Node::array(vec![object.clone(), null], &object.span);
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

    #[test]
    fn the_older_extension_is_spelled_as_the_version_has_it() {
        let respelled = |version: &str, schema: serde_json::Value| {
            let document = json!({"openapi": version, "components": {"schemas": {"A": schema}}});
            let mut document = Node::from_json(document, &Source::new("page", "").start());
            x_nullable(&mut document);
            document.pointer("/components/schemas/A").unwrap().to_json()
        };
        let text = || json!({"type": "string", "x-nullable": true});
        assert_eq!(respelled("3.0.3", text()), json!({"type": "string", "nullable": true}));
        assert_eq!(respelled("3.1.0", text()), json!({"type": ["string", "null"]}));
        let both = json!({"type": "string", "x-nullable": true, "nullable": false});
        assert_eq!(respelled("3.0.3", both), json!({"type": "string", "nullable": false}));
    }
}
