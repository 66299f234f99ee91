//! What the rules say about fragments, and what must hold of any two documents.

mod hooks;
mod mutations;
mod spellings;
mod table;

use serde_json::{Value as Json, json};

use super::compare;
use super::examples::{both_ways, changes, document};
use crate::diff::change::Change;
use crate::node::Node;
use crate::source::Source;

fn node(json: Json) -> Node {
    Node::from_json(json, &Source::new("page", "").start())
}

/// `breaking request-body-removed`, a line each, without what only people read.
fn lines(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|it| format!("{} {}", wire(it), it.rule)).collect()
}

fn wire(change: &Change) -> String {
    format!("{:?}", change.wire).to_lowercase()
}

fn schema_changes(old: Json, new: Json) -> Vec<String> {
    lines(&changes(both_ways(old), both_ways(new)))
}

#[test]
fn other_spellings_of_the_same_are_no_change() {
    let thing = "#/components/schemas/Thing";
    for (old, new) in [
        (json!({"type": "string", "nullable": true}), json!({"type": ["null", "string"]})),
        (json!({"type": "string"}), json!({"type": ["string"], "nullable": false})),
        (json!({"type": "string"}), json!({"allOf": [{"type": "string"}]})),
        (
            json!({"properties": {"a": {"$ref": thing, "nullable": true}}}),
            json!({"properties": {"a": {"anyOf": [{"$ref": thing}, {"type": "null"}]}}}),
        ),
        (
            json!({"properties": {"a": {"allOf": [{"$ref": thing}], "nullable": true}}}),
            json!({"properties": {"a": {"oneOf": [{"type": "null"}, {"$ref": thing}]}}}),
        ),
        (
            json!({"minimum": 1, "exclusiveMinimum": true, "maximum": 2.0, "exclusiveMaximum": false}),
            json!({"exclusiveMinimum": 1, "maximum": 2}),
        ),
        (
            json!({"type": ["integer", "string"]}),
            json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        ),
        (json!({"type": "object"}), json!({"type": "object", "additionalProperties": true})),
        (
            json!({"type": "object"}),
            json!({"type": "object", "additionalProperties": {}, "required": []}),
        ),
        (json!({"enum": ["a", "b"]}), json!({"enum": ["b", "a"], "deprecated": false})),
        (
            json!({"type": ["string", "null"], "enum": ["a", null]}),
            json!({"type": "string", "enum": ["a"], "nullable": true}),
        ),
        (json!({"example": 1}), json!({"examples": [1]})),
    ] {
        assert_eq!(schema_changes(old.clone(), new.clone()), [""; 0], "{old} and {new}");
    }
}

#[test]
fn parameters_of_a_path_are_those_of_its_operations() {
    let parameter =
        json!({"name": "q", "in": "query", "required": false, "style": "form", "explode": true});
    let plain = json!({"name": "q", "in": "query"});
    let old = json!({"paths": {"/a": {"parameters": [parameter], "get": {}, "put": {}}}});
    let new =
        json!({"paths": {"/a": {"get": {"parameters": [plain]}, "put": {"parameters": [plain]}}}});
    assert_eq!(lines(&changes(old, new)), [""; 0]);
}

#[test]
fn a_shared_schema_is_reported_once_with_its_operations() {
    let get = json!({"responses": {"200": {"content": {"application/json":
        {"schema": {"$ref": "#/components/schemas/Thing"}}}}}});
    let document = |ty: &str| {
        json!({"paths": {"/a": {"get": get}, "/b": {"get": get, "post": {"responses": {}}}},
        "components": {"schemas": {"Thing": {"properties": {
            "next": {"$ref": "#/components/schemas/Thing"}, "n": {"type": ty}}}}}})
    };
    let changes = changes(document("string"), document("boolean"));
    assert_eq!(lines(&changes), ["breaking response-property-type-changed"]);
    let change = &changes[0];
    assert_eq!(change.operations, ["GET /a", "GET /b"]);
    assert_eq!(change.pointer, "/components/schemas/Thing/properties/n/type");
    assert_eq!(change.before.as_deref(), Some("\"string\""));
    assert_eq!(change.after.as_deref(), Some("\"boolean\""));
    let message = "the type of `n` of `Thing` in responses changed from \"string\" to \"boolean\"";
    assert_eq!(change.message, message);
}

/// The messages about what of `Role` as a whole changed, from a document in which `Team` and other things hold it.
fn messages_of_role(more: Json) -> Vec<String> {
    let of = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let content = |schema: Json| json!({"content": {"application/json": {"schema": schema}}});
    let document = |values: Json| {
        let teams = json!({"properties": {"teams": {"type": "array", "items": of("Team")}}});
        let post = json!({"requestBody": content(teams), "responses": {}});
        let put = json!({"requestBody": content(more.clone()), "responses": {}});
        json!({"paths": {"/a": {"post": post, "put": put}}, "components": {"schemas": {
            "Team": {"properties": {"role": of("Role")}},
            "Role": {"type": "string", "enum": values}}}})
    };
    let changes = changes(document(json!(["a", "b"])), document(json!(["a"])));
    changes.into_iter().map(|it| it.message).collect()
}

#[test]
fn of_a_component_the_place_is_named_that_readers_know() {
    let place = "`teams[].role` of the request body of `POST /a`";
    let said = format!("{place} no longer has the value \"b\"");
    assert_eq!(messages_of_role(json!({})), [format!("{said} (`Role`)")]);
    let role = json!({"$ref": "#/components/schemas/Role"});
    let two = json!({"properties": {"first": role, "second": role}});
    assert_eq!(messages_of_role(two), [format!("{said} (`Role`, and 2 other places)")]);
}

#[test]
fn where_a_component_is_a_whole_body_its_name_says_enough() {
    let found = messages_of_role(json!({"$ref": "#/components/schemas/Role"}));
    let body = found.iter().find(|it| it.starts_with("`Role`"));
    assert_eq!(body.map(String::as_str), Some("`Role` in requests no longer has the value \"b\""));
}

#[test]
fn a_place_too_far_in_is_named_from_a_component_on() {
    let schema = |name: &str| json!({"properties": {"a_property_with_quite_a_long_name": {"$ref": format!("#/components/schemas/{name}")}}});
    let document = |ty: &str| {
        let content = json!({"application/json": {"schema": schema("A")}});
        document(
            json!({"requestBody": {"content": content}, "responses": {}}),
            json!({"schemas": {"A": schema("B"), "B": schema("C"), "C": {"type": ty}}}),
        )
    };
    let message = &changes(document("string"), document("boolean"))[0].message;
    let expected = "the type of `a_property_with_quite_a_long_name` of `B` changed from \"string\" to \"boolean\" (`C`)";
    assert_eq!(message, expected);
}

fn page(text: &str) -> Node {
    let source = Source::new("page.json", text);
    crate::read::text::json(&source, 0..text.len()).expect("it is JSON")
}

#[test]
fn what_is_gone_is_shown_where_it_was_and_in_what_it_would_be() {
    let old = page(r#"{"paths": {"/a": {"get": {"deprecated": true}, "put": {}}}}"#);
    let new = page(r#"{"paths": {"/a": {"put": {}}}}"#);
    let changes = compare(&old, &new);
    assert_eq!(lines(&changes), ["breaking api-removed-with-deprecation"]);
    let change = &changes[0];
    assert_eq!(change.was.as_ref().map(|it| it.text()), Some(r#"{"deprecated": true}"#));
    assert_eq!(change.now.as_ref().map(|it| it.text()), Some(r#"{"put": {}}"#));
    assert_eq!(change.operations, ["GET /a"]);
    assert_eq!(change.message, "`GET /a` is gone");
}

#[test]
fn owners_lead_from_the_property_to_the_operation() {
    let text = r##"{"paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json": {
        "schema": {"$ref": "#/components/schemas/T"}}}}}}}}, "components": {"schemas": {"T":
        {"properties": {"role": {"type": "string", "maxLength": 5}}}}}}"##;
    let (old, new) = (page(text), page(&text.replace(", \"maxLength\": 5", "")));
    let changes = compare(&old, &new);
    assert_eq!(lines(&changes), ["breaking response-property-max-length-unset"]);
    let change = &changes[0];
    assert_eq!(change.was.as_ref().map(|it| it.text()), Some("5"));
    assert_eq!(change.now.as_ref().map(|it| it.text()), Some(r#"{"type": "string"}"#));
    assert_eq!(change.pointer, "/components/schemas/T/properties/role/maxLength");
    let owners: Vec<_> = change.owners.iter().map(|it| (it.member.as_deref(), &it.new)).collect();
    let at = |pointer: &str| new.pointer(pointer).map(|it| it.span.range());
    let expected = [
        (None, at("/components/schemas/T/properties/role")),
        (Some("role"), at("/components/schemas/T")),
        (None, at("/paths/~1a/get")),
    ];
    let found: Vec<_> =
        owners.iter().map(|(name, span)| (*name, span.as_ref().map(|it| it.range()))).collect();
    assert_eq!(found, expected);
}

#[test]
fn references_that_lead_nowhere_or_in_circles_end() {
    let circle = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let document = |extra: Json| {
        let schemas =
            json!({"Thing": circle("B"), "B": circle("Thing"), "C": circle("None"), "D": extra});
        document(
            json!({"requestBody": {"content": {"application/json": {"schema": circle("C")}}},
                "responses": {"200": {"content": {"application/json": {"schema": circle("Thing")}}}}}),
            json!({"schemas": schemas}),
        )
    };
    assert_eq!(lines(&changes(document(json!({})), document(json!({})))), [""; 0]);
    let changes = changes(document(circle("None")), document(circle("Other")));
    assert_eq!(lines(&changes), ["review unclassified"]);
}

#[test]
fn a_chain_of_references_is_followed_to_its_end() {
    let chain = |ty: &str| {
        let to = |at: u32| json!({"$ref": format!("#/components/schemas/S{at}")});
        let mut schemas: serde_json::Map<String, Json> =
            (0..500).map(|at| (format!("S{at}"), to(at + 1))).collect();
        schemas
            .insert("S250".to_owned(), json!({"$ref": "#/components/schemas/S251", "title": "T"}));
        schemas.insert("S500".to_owned(), json!({"type": ty}));
        let content = json!({"application/json": {"schema": to(0)}});
        document(json!({"responses": {"200": {"content": content}}}), json!({"schemas": schemas}))
    };
    let changes = changes(chain("string"), chain("array"));
    assert_eq!(lines(&changes), ["breaking response-body-type-changed"]);
    assert_eq!(changes[0].operations, ["POST /things"]);
}

#[test]
fn a_long_chain_of_schemas_takes_no_stack() {
    let chain = |ty: &str| {
        let length = 20_000;
        let schemas: serde_json::Map<String, Json> = (0..length)
            .map(|at| {
                let next = json!({"$ref": format!("#/components/schemas/S{}", at + 1)});
                let last = json!({"type": ty});
                let next = if at + 1 == length { last } else { next };
                (format!("S{at}"), json!({"properties": {"next": next}}))
            })
            .collect();
        let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}});
        document(json!({"responses": {"200": {"content": content}}}), json!({"schemas": schemas}))
    };
    let changes = changes(chain("string"), chain("array"));
    assert_eq!(lines(&changes), ["breaking response-property-type-changed"]);
    assert_eq!(changes[0].operations, ["POST /things"]);
    assert_eq!(changes[0].owners.len(), 16);
}
