//! References into the list of an operation's parameters, replaced by what they lead to.
//!
//! Such a reference names a place in a list. Lists of parameters are put in order and added to afterwards, and the
//! place would be another parameter's.

use crate::node::{Node, pointer_name};
use crate::openapi::{DOCUMENT, walk, walk_mut};

/// How often what was put in may itself refer to a list.
const ROUNDS: usize = 8;

/// Replaces the references of a document into lists of parameters.
pub(super) fn inline(root: &mut Node) {
    for _ in 0..ROUNDS {
        let mut found = Vec::new();
        walk(root, &DOCUMENT, &mut |node, _| {
            let reference = node.str("$ref").filter(|it| leads_into_list(it));
            let target = reference.and_then(|it| Some((it, root.pointer(it)?)));
            // What leads back to itself would never end.
            let target = target.filter(|(it, target)| !mentions(target, it));
            found.extend(target.map(|(it, target)| (it.to_owned(), target.clone())));
        });
        if found.is_empty() {
            return;
        }
        walk_mut(root, &DOCUMENT, &mut |node, _| {
            let reference = node.str("$ref");
            let target = reference.and_then(|it| found.iter().find(|(other, _)| other == it));
            if let Some((_, target)) = target {
                put_in(node, target.clone());
            }
        });
    }
}

/// Whether a reference names a parameter by its place in a list, or something in it.
fn leads_into_list(reference: &str) -> bool {
    let Some(pointer) = reference.strip_prefix("#/paths/") else { return false };
    let tokens: Vec<String> = pointer.split('/').map(pointer_name).collect();
    tokens.windows(2).any(|it| match it {
        [list, place] => list == "parameters" && place.parse::<usize>().is_ok(),
        _ => false,
    })
}

fn mentions(node: &Node, reference: &str) -> bool {
    node.str("$ref") == Some(reference)
        || node.members().map(|(_, it)| it).chain(node.items()).any(|it| mentions(it, reference))
}

/// Puts the target in place of the reference. What stands beside a reference holds as well.
fn put_in(node: &mut Node, target: Node) {
    node.take("$ref");
    if node.is_empty() {
        *node = target;
    } else {
        let span = node.span.clone();
        node.set("allOf", Node::array(vec![target], &span));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::source::Source;

    fn inlined(document: Json) -> Json {
        let mut node = Node::from_json(document, &Source::new("page", "").start());
        inline(&mut node);
        node.to_json()
    }

    #[test]
    fn a_place_in_a_list_becomes_the_parameter_that_is_there() {
        let (a, b) = (json!({"name": "z", "in": "query"}), json!({"name": "a", "in": "query"}));
        let document = json!({"paths": {
            "/{s}": {"get": {"parameters": [a, b]}},
            "/t": {"get": {"parameters": [{"$ref": "#/paths/~1%7Bs%7D/get/parameters/0"}]}},
            "/u": {"get": {"parameters": [{"$ref": "#/paths/~1t/get/parameters/0"}]}}}});
        let done = inlined(document);
        assert_eq!(done["paths"]["/t"]["get"]["parameters"], json!([a]));
        assert_eq!(done["paths"]["/u"]["get"]["parameters"], json!([a]));
    }

    #[test]
    fn a_schema_in_a_list_keeps_what_stands_beside_the_reference() {
        let schema = json!({"type": "integer"});
        let reference = "#/paths/~1a/parameters/0/schema";
        let document = |schema: &Json| {
            json!({"paths": {"/a": {"parameters": [{"schema": schema}]}},
            "components": {"schemas": {"B": {"$ref": reference, "title": "b"}}}})
        };
        let expected = json!({"allOf": [schema], "title": "b"});
        assert_eq!(inlined(document(&schema))["components"]["schemas"]["B"], expected);
        let circle = document(&json!({"properties": {"next": {"$ref": reference}}}));
        assert_eq!(inlined(circle.clone()), circle);
    }

    #[test]
    fn components_of_that_name_are_no_list() {
        assert!(!leads_into_list("#/components/parameters/0"));
        assert!(!leads_into_list("#/paths/~1a/get/responses/200"));
        assert!(leads_into_list("#/paths/~1a/parameters/12"));
    }
}
