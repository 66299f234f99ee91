//! The canonical order of a document, so that what a vendor moves on a page changes nothing in the crate.
//!
//! Members stand in the customary order of the specification, what is keyed by names stands by name,
//! required properties are a sorted set, and parameters stand as in the path and then by name. All
//! else is data and stays as the page has it.

use std::cmp::Ordering;
use std::mem;

use super::document::{ParameterNames, parameter_names};
use crate::node::{Key, Node, Value};
use crate::openapi::{DOCUMENT, Holds, METHODS, ObjectType};

/// Puts a document into canonical order.
pub(super) fn order(document: &mut Node) {
    order_members(document, &DOCUMENT);
    let names = parameter_names(document);
    let Some(paths) = document.get_mut("paths") else { return };
    for (path, item) in paths.each_mut() {
        order_parameters(item, path, &names);
        for method in METHODS {
            if let Some(operation) = item.get_mut(method) {
                order_parameters(operation, path, &names);
            }
        }
    }
}

fn order_members(node: &mut Node, object: &'static ObjectType) {
    match &mut node.value {
        Value::Object(members) => {
            let rank = |key: &Key| {
                let known = object.keywords.iter().position(|it| it.name == key.text);
                known.unwrap_or(object.keywords.len())
            };
            members.sort_by(|a, _, b, _| rank(a).cmp(&rank(b)).then_with(|| a.text.cmp(&b.text)));
            members
                .iter_mut()
                .for_each(|(key, member)| order_held(member, object.holds(&key.text)));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| order_members(item, object)),
        _ => {}
    }
}

fn order_held(node: &mut Node, shape: Holds) {
    match shape {
        Holds::Data => {}
        Holds::Names => {
            if let Value::Array(names) = &mut node.value {
                names.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
                names.dedup();
            }
        }
        Holds::One(object) => order_members(node, object),
        Holds::List(object) => node.items_mut().for_each(|item| order_members(item, object)),
        Holds::Map(object) | Holds::Extensible(object) => {
            if let Value::Object(members) = &mut node.value {
                members.sort_by(|a, _, b, _| a.text.cmp(&b.text));
            }
            node.each_mut().for_each(|(_, member)| order_members(member, object));
        }
    }
}

fn order_parameters(node: &mut Node, path: &str, names: &ParameterNames) {
    let Some(Value::Array(parameters)) = node.get_mut("parameters").map(|it| &mut it.value) else {
        return;
    };
    let rank = |parameter: &Node| -> (usize, String, String) {
        let (place, name) = names.of(parameter);
        let at = match place {
            "path" => path.find(&format!("{{{name}}}")).unwrap_or(path.len()),
            _ => usize::MAX,
        };
        (at, place.to_owned(), name.to_owned())
    };
    let mut ranked: Vec<_> = mem::take(parameters).into_iter().map(|it| (rank(&it), it)).collect();
    ranked.sort_by(|(a, _), (b, _)| -> Ordering { a.cmp(b) });
    *parameters = ranked.into_iter().map(|(_, parameter)| parameter).collect();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Source;

    fn ordered(json: serde_json::Value) -> String {
        let mut document = Node::from_json(json, &Source::new("page", "").start());
        order(&mut document);
        document.to_json().to_string()
    }

    #[test]
    fn members_stand_in_customary_order_and_names_by_name() {
        let schema = json!({"x-b": 1, "properties": {"required": {"type": "string"}, "$ref": {}},
            "required": ["b", "a", "b"], "type": "object", "enum": ["z", "a"], "a": 1,
            "example": {"z": 1, "a": 2}});
        let schema_first =
            json!({"components": {"schemas": {"B": {}, "A": schema}}, "openapi": "3.1.0"});
        let expected = json!({"openapi": "3.1.0", "components": {"schemas": {"A": {"type": "object",
            "enum": ["z", "a"], "required": ["a", "b"],
            "properties": {"$ref": {}, "required": {"type": "string"}}, "example": {"z": 1, "a": 2},
            "a": 1, "x-b": 1}, "B": {}}}});
        assert_eq!(ordered(schema_first), expected.to_string());
    }

    #[test]
    fn parameters_stand_as_in_the_path_then_by_name() {
        let parameter = |place: &str, name: &str| json!({"name": name, "in": place});
        let (a, b) = (parameter("path", "a"), parameter("path", "b"));
        let (q, r) = (parameter("query", "q"), parameter("query", "r"));
        let to_q = json!({"$ref": "#/components/parameters/Q"});
        let document = |parameters: [&serde_json::Value; 4]| {
            json!({"paths": {"/{b}/{a}": {"get": {"parameters": parameters}}},
                "components": {"parameters": {"Q": q}}})
        };
        let expected = document([&b, &a, &to_q, &r]).to_string();
        assert_eq!(ordered(document([&r, &a, &to_q, &b])), expected);
    }
}
