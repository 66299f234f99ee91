//! The examples of a document in JSON, each with the schema that it is an example of.

use std::collections::BTreeMap;
use std::ptr;

use crate::node::Node;
use crate::openapi::media_type::{essence, is_json};
use crate::openapi::model::{Content, Parameter, RequestBody, Response};
use crate::openapi::{DOCUMENT, Document, PARAMETER, REQUEST_BODY, RESPONSE, SCHEMA, Schema, walk};

/// What a document has of examples.
#[derive(Debug, Default)]
pub(crate) struct Collected<'n> {
    /// The schemas that have examples, each once.
    pub(crate) schemas: Vec<Schema<'n>>,
    /// The examples, in the order of the document.
    pub(crate) examples: Vec<Example<'n>>,
}

/// An example.
#[derive(Debug)]
pub(crate) struct Example<'n> {
    /// Where it stands.
    pub(crate) pointer: String,
    /// The number of its schema among those that have examples.
    pub(crate) schema: usize,
    pub(crate) value: &'n Node,
}

/// Returns the examples of schemas, of parameters and of bodies in JSON.
pub(crate) fn collect(document: &Node) -> Collected<'_> {
    let view = Document::of(document);
    let mut found: Vec<(Schema<'_>, &Node)> = Vec::new();
    walk(document, &DOCUMENT, &mut |node, object| {
        if object.is(&SCHEMA) {
            let schema = Schema::of(node);
            found.extend(schema.all_examples(view).into_iter().map(|it| (schema, it)));
        } else if object.is(&PARAMETER) {
            let parameter = Parameter::of(node);
            let examples = parameter.all_examples(view).into_iter();
            found.extend(examples.filter_map(|it| Some((parameter.own_schema()?, it))));
            parameter.own_content().into_iter().for_each(|it| of_content(view, it, &mut found));
        } else if object.is(&REQUEST_BODY) {
            let content = RequestBody::of(node).content();
            content.into_iter().for_each(|it| of_content(view, it, &mut found));
        } else if object.is(&RESPONSE) {
            let content = Response::of(node).content();
            content.into_iter().for_each(|it| of_content(view, it, &mut found));
        }
    });
    with_pointers(document, found)
}

fn of_content<'n>(
    document: Document<'n>,
    content: Content<'n>,
    found: &mut Vec<(Schema<'n>, &'n Node)>,
) {
    for (_, media) in content.media_types().filter(|(name, _)| is_json(&essence(name))) {
        let examples = media.all_examples(document).into_iter();
        found.extend(examples.filter_map(|it| Some((media.schema()?, it))));
    }
}

fn with_pointers<'n>(document: &'n Node, found: Vec<(Schema<'n>, &'n Node)>) -> Collected<'n> {
    // Nodes of a document stay where they are, so that the address tells one from another of the same value.
    let address = |node: &Node| ptr::from_ref(node).addr();
    let mut pointers: BTreeMap<usize, String> =
        found.iter().map(|(_, value)| (address(value), String::new())).collect();
    document.each_with_pointer(&mut |node, pointer, _| {
        if let Some(found) = pointers.get_mut(&address(node)) {
            pointer.clone_into(found);
        }
    });
    let mut collected = Collected::default();
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for (schema, value) in found {
        let number = *numbers.entry(address(schema.node())).or_insert_with(|| {
            collected.schemas.push(schema);
            collected.schemas.len() - 1
        });
        let pointer = pointers.get(&address(value)).cloned().unwrap_or_default();
        collected.examples.push(Example { pointer, schema: number, value });
    }
    collected
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Source;

    #[test]
    fn examples_are_found_wherever_they_stand() {
        let schema = json!({"type": "object", "example": {"a": 1},
            "properties": {"example": {"type": "string", "examples": ["x", "y"]}}});
        let reference = json!({"$ref": "#/components/examples/E"});
        let json =
            json!({"schema": schema, "examples": {"e": reference, "f": {"value": {"a": 3}}}});
        let text = json!({"schema": {"type": "string"}, "example": "no JSON"});
        let content = json!({"application/json": json, "text/plain": text});
        let parameter =
            json!({"name": "q", "in": "query", "schema": {"type": "integer"}, "example": 7});
        let get = json!({"parameters": [parameter], "responses": {"200": {"content": content}}});
        let document = json!({"paths": {"/a": {"get": get}},
            "components": {"examples": {"E": {"value": {"a": 2}}}}});
        let document = Node::from_json(document, &Source::new("page", "").start());
        let collected = collect(&document);
        let found: Vec<String> = collected
            .examples
            .iter()
            .map(|it| format!("{} {} {:?}", it.schema, it.pointer, it.value))
            .collect();
        let media = "/paths/~1a/get/responses/200/content/application~1json";
        let expected = [
            "0 /paths/~1a/get/parameters/0/example 7".to_owned(),
            "1 /components/examples/E/value {\"a\":2}".to_owned(),
            format!("1 {media}/examples/f/value {{\"a\":3}}"),
            format!("1 {media}/schema/example {{\"a\":1}}"),
            format!("2 {media}/schema/properties/example/examples/0 \"x\""),
            format!("2 {media}/schema/properties/example/examples/1 \"y\""),
        ];
        assert_eq!(found, expected);
    }
}
