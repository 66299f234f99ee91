//! Schemas of the extract: what was opened for display is closed again.

use crate::finding::{Finding, Findings, Kind};
use crate::node::{Node, Object, Value};
use crate::openapi::{SCHEMA, walk_mut};
use crate::source::Span;

const COMPONENT: &str = "#/components/schemas/";

/// The components of an extract, to which those are added that are only known by their identifier.
pub(super) struct Schemas {
    components: Node,
    /// What is wrong with a schema, until someone takes it.
    notes: Vec<Finding>,
}

impl Schemas {
    pub(super) fn new(components: Option<Node>, span: &Span) -> Self {
        let mut components = components.unwrap_or_else(|| Node::object(span));
        let span = components.span.clone();
        components.entry("schemas", &span).each_mut().for_each(|(_, schema)| tidy(schema));
        Self { components, notes: Vec::new() }
    }

    pub(super) fn components(&mut self) -> &mut Node {
        &mut self.components
    }

    pub(super) fn finish(self, findings: &mut Findings) -> Node {
        self.notes.into_iter().for_each(|note| findings.push(note));
        self.components
    }

    /// One schema of a list of alternatives.
    pub(super) fn alternatives(&mut self, list: Vec<Node>, word: &str, span: &Span) -> Node {
        let mut list: Vec<Node> = list.into_iter().map(|schema| self.closed(schema)).collect();
        if list.len() <= 1 {
            return list.pop().unwrap_or_else(|| Node::object(span));
        }
        let mut union = Node::object(span);
        union.set(word, Node::array(list, span));
        union
    }

    fn closed(&mut self, mut schema: Node) -> Node {
        tidy(&mut schema);
        let Some(identifier) = schema.take("refIdentifier") else { return schema };
        let name = identifier.as_str().and_then(|it| it.strip_prefix(COMPONENT));
        let Some(name) = name.filter(|name| !name.is_empty() && !name.contains('/')) else {
            return schema;
        };
        let components = self.components.entry("schemas", &identifier.span);
        match components.get(name) {
            Some(known) if *known != schema => {
                // Opened for display, a schema may have lost what only its component says, or have
                // taken on a description of the place. The component is the one that others refer to.
                let what = format!("the page has two versions of the schema `{name}`");
                self.notes.push(Finding::note(Kind::TwoVersions, what).at(&schema.span));
            }
            Some(_) => {}
            None => components.set(name, schema),
        }
        let mut reference = Node::object(&identifier.span);
        reference.set("$ref", identifier);
        reference
    }
}

fn tidy(schema: &mut Node) {
    walk_mut(schema, &SCHEMA, &mut |node, object| {
        if object.is(&SCHEMA) {
            one(node);
        }
    });
}

fn one(schema: &mut Node) {
    if schema.as_object().is_none() {
        return;
    }
    // In the extract `required` says that the whole is required; whoever holds the schema has read it.
    if schema.get("required").is_some_and(|it| it.as_bool().is_some()) {
        schema.take("required");
    }
    if let Some(names) = schema.take("requiredProperties") {
        schema.set("required", names);
    }
    display_type(schema);
    unwrap(schema);
}

/// The extract has types of its own, made to be shown.
fn display_type(schema: &mut Node) {
    let Some(object) = schema.get("type") else { return };
    let span = object.span.clone();
    let Some(text) = object.as_str().map(str::to_owned) else { return };
    if text == "any" {
        schema.take("type");
    } else if text == "file" {
        schema.set("type", Node::string("string", &span));
        schema.set("format", Node::string("binary", &span));
    } else if let Some(inner) = text.strip_prefix("enum<").and_then(|it| it.strip_suffix('>')) {
        schema.set("type", Node::string(inner, &span));
    }
}

/// `allOf` with one schema in it is that schema, if nothing that stands beside it says more about values.
fn unwrap(schema: &mut Node) {
    let Some([inner]) = schema.get("allOf").and_then(Node::as_array) else { return };
    let Some(inner) = inner.as_object() else { return };
    let Value::Object(outer) = &schema.value else { return };
    let beside = || outer.keys().filter(|key| key.text != "allOf");
    let clash = beside().any(|key| inner.contains_key(key));
    let describes = beside().all(|key| !SCHEMA.decides_validity(&key.text));
    if clash || !describes {
        return;
    }
    let mut merged: Object = inner.clone();
    let rest = outer.iter().filter(|(key, _)| key.text != "allOf");
    merged.extend(rest.map(|(key, value)| (key.clone(), value.clone())));
    schema.value = Value::Object(merged);
}
