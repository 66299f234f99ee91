//! Something small for every rule: a fragment before, the same fragment now, and what is in between.
//!
//! The fragments stand in `rules.txt`, where a person can read them one after the other.

use serde_json::{Value as Json, json};

use super::compare;
use crate::diff::change::Change;
use crate::node::Node;
use crate::source::Source;

const TEXT: &str = include_str!("rules.txt");

/// A fragment as it was and as it is.
#[derive(Clone, Debug)]
pub struct Example {
    kind: &'static str,
    /// What was there.
    pub before: Json,
    /// What is there now.
    pub now: Json,
    /// The changes that there are, as `breaking request-body-removed`.
    pub changes: Vec<&'static str>,
}

/// Returns all examples.
pub fn examples() -> Vec<Example> {
    let mut kind = "";
    let mut found = Vec::new();
    for block in TEXT.split("\n\n") {
        let mut rows = block.lines().filter(|line| !line.starts_with('#'));
        let first = rows.next().unwrap_or_default();
        if let Some(heading) = first.strip_prefix("== ") {
            kind = heading.split(':').next().unwrap_or_default();
            continue;
        }
        let json = |text: &str| serde_json::from_str(text).ok();
        if let Some((before, now)) = json(first).zip(rows.next().and_then(json)) {
            found.push(Example { kind, before, now, changes: rows.map(str::trim).collect() });
        }
    }
    found
}

impl Example {
    /// The same change taken back.
    pub fn taken_back(&self) -> Self {
        let (before, now) = (self.now.clone(), self.before.clone());
        Self { kind: self.kind, before, now, changes: Vec::new() }
    }

    /// The changes of the fragment where it stands.
    pub fn there(&self) -> Vec<Change> {
        changes(around(self.kind, self.before.clone()), around(self.kind, self.now.clone()))
    }

    /// The changes of the fragment wherever a fragment of its kind can stand.
    pub fn everywhere(&self) -> Vec<Change> {
        let schema = |fragment: &Json| match self.kind {
            "property" => Some(json!({"properties": {"p": fragment}})),
            "schema" => Some(fragment.clone()),
            _ => None,
        };
        let places = |fragment: &Json| schema(fragment).map(|it| wherever(&it, fragment));
        match places(&self.before).zip(places(&self.now)) {
            Some((before, now)) => changes(before, now),
            None => Vec::new(),
        }
    }
}

/// Returns what changed between two documents.
pub(super) fn changes(before: Json, now: Json) -> Vec<Change> {
    let node = |json| Node::from_json(json, &Source::new("page", "").start());
    compare(&node(before), &node(now))
}

/// The document that a fragment is in.
fn around(kind: &str, fragment: Json) -> Json {
    match kind {
        "property" => both_ways(json!({"properties": {"p": fragment}})),
        "schema" => both_ways(fragment),
        "operation" => {
            let schemes = json!({"k": {"type": "http"}, "o": {"type": "oauth2"}});
            document(fragment, json!({"securitySchemes": schemes}))
        }
        "paths" => json!({"openapi": "3.1.0", "paths": fragment}),
        "schemas" => document(json!({}), json!({"schemas": fragment})),
        _ => fragment,
    }
}

/// A document with one operation, and components beside it.
pub(super) fn document(operation: Json, components: Json) -> Json {
    json!({"openapi": "3.1.0", "paths": {"/things": {"post": operation}}, "components": components})
}

/// A document whose request body and response are one schema.
pub(super) fn both_ways(schema: Json) -> Json {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}});
    let operation =
        json!({"requestBody": {"content": content}, "responses": {"200": {"content": content}}});
    document(operation, json!({"schemas": {"Thing": schema}}))
}

/// A document that has a schema, and a part of it by itself, in each place of a call and of a webhook, and unused.
fn wherever(schema: &Json, part: &Json) -> Json {
    let content = |schema: &Json| json!({"application/json": {"schema": schema}});
    let hidden = |keyword: &str| {
        let mut part = part.clone();
        if let Some(members) = part.as_object_mut() {
            members.insert(keyword.to_owned(), json!(true));
        }
        json!({"properties": {"p": part}})
    };
    let operation = |sent: &Json, got: &Json| {
        json!({
            "parameters": [
                {"name": "whole", "in": "query", "schema": schema},
                {"name": "part", "in": "query", "schema": part},
            ],
            "requestBody": {"content": content(sent)},
            "responses": {"200": {"headers": {"h": {"schema": part}}, "content": content(got)}},
        })
    };
    let call = operation(schema, schema);
    json!({
        "openapi": "3.1.0",
        "paths": {
            "/things": {"post": call},
            "/parts": {"post": operation(part, part)},
            "/hidden": {"post": operation(&hidden("readOnly"), &hidden("writeOnly"))},
        },
        "webhooks": {"w": {"post": call}},
        "components": {"schemas": {"Unused": schema, "UnusedPart": part}},
    })
}
