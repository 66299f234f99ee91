//! What a survey of a document finds, and that the tables say what is so.

mod table;

use serde_json::{Value as Json, json};

use super::*;
use crate::read::text;
use crate::source::Source;

fn surveyed(document: Json) -> (BTreeSet<String>, Vec<String>) {
    survey_of(&Node::from_json(document, &Source::new("page", "").start()))
}

fn survey_of(node: &Node) -> (BTreeSet<String>, Vec<String>) {
    let mut findings = Findings::default();
    let deviating = survey(node, &mut findings);
    let lines = findings.iter().map(|it| {
        let operation = it.operation.as_deref().unwrap_or("-");
        let keyword = it.what.split(':').next().unwrap_or_default();
        format!("{operation}: {}[{}] {keyword}", it.severity.as_str(), it.kind)
    });
    (deviating, lines.collect())
}

/// A document of one operation that sends and receives a schema.
fn exchanged(sent: Json, received: Json) -> Json {
    exchanged_in("application/json", sent, received)
}

/// A document of one operation that sends a schema in a media type, and receives one in it.
fn exchanged_in(media_type: &str, sent: Json, received: Json) -> Json {
    let content = |schema| json!({"content": {media_type: {"schema": schema}}});
    json!({"paths": {"/a": {"post": {"requestBody": content(sent), "responses": {"200": content(received)}}}}})
}

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn which_way_a_value_goes_decides() {
    let nullable =
        json!({"type": "object", "properties": {"id": {"type": "string", "nullable": true}}});
    let form = |schema: Json| json!({"content": {"application/x-www-form-urlencoded": {"schema": schema}}});
    let call = |sent: Json, received: Json| json!({"paths": {"/a": {"post": {"requestBody": form(sent), "responses": {"200": form(received)}}}}});
    assert_eq!(surveyed(call(json!({}), nullable.clone())).1, [""; 0]);
    let lines = ["POST /a: deviation[null-left-out] `nullable`"];
    assert_eq!(surveyed(call(nullable, json!({}))).1, lines);
}

#[test]
fn what_several_operations_reach_is_told_once_and_counts_for_each() {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let get = |schema: Json| json!({"get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}});
    let document = json!({"paths": {"/a": get(reference("A")), "/b": get(reference("B")), "/c": get(json!({}))},
        "components": {"schemas": {
            "A": {"properties": {"b": reference("B"), "a": reference("A")}},
            "B": {"then": {"properties": {"a": {}}}},
            "Unused": {"writeOnly": true}}}});
    let (deviating, lines) = surveyed(document);
    assert_eq!(lines, ["-: deviation[condition] `then`"]);
    assert_eq!(deviating.iter().collect::<Vec<_>>(), ["GET /a", "GET /b"]);
}

#[test]
fn parameters_of_a_path_are_those_of_its_operations() {
    let object = json!({"type": "object"});
    let parameter = json!({"name": "p", "in": "header", "explode": true, "schema": object});
    let document = json!({"paths": {"/a": {"parameters": [parameter], "get": {}, "post": {}}}});
    let (deviating, lines) = surveyed(document);
    assert_eq!(lines, ["-: deviation[explode] `explode`"]);
    assert_eq!(deviating.len(), 2);
}

#[test]
fn encoding_counts_where_the_standard_has_it_count() {
    let body = |media_type: &str, encoding: Json| {
        json!({"paths": {"/a": {"post": {"requestBody": {
        "content": {media_type: {"schema": {"type": "object"}, "encoding": {"a": encoding}}}}}}}})
    };
    let style = json!({"style": "deepObject", "explode": true});
    assert_eq!(surveyed(body("application/json", style.clone())).1, [""; 0]);
    let form = surveyed(body("application/x-www-form-urlencoded", style)).1;
    assert_eq!(
        form,
        ["POST /a: deviation[form-style] `style`", "POST /a: deviation[form-style] `explode`"]
    );
    let json = json!({"contentType": "application/json"});
    assert_eq!(surveyed(body("application/x-www-form-urlencoded", json.clone())).1, [""; 0]);
    assert_eq!(
        surveyed(body("multipart/form-data", json)).1,
        ["POST /a: deviation[part-type] `contentType`"]
    );
}

#[test]
fn what_no_client_can_call_is_lost() {
    let document = json!({"paths": {"/a": {"get": {},
        "query": {"responses": {}}, "additionalOperations": {"COPY": {"responses": {}}}}}});
    let mut lines = surveyed(document).1;
    lines.sort();
    let expected = [
        "COPY /a: loss[other-method] `additionalOperations`",
        "QUERY /a: loss[other-method] `query`",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn payloads_of_webhooks_and_callbacks_are_surveyed() {
    let schema = json!({"type": "object", "then": {"properties": {"a": {}}}});
    let content = json!({"application/json": {"schema": schema}});
    // What else a webhook says is no call of a client.
    let hook = json!({"post": {"requestBody": {"content": content},
        "parameters": [{"name": "q", "in": "query", "allowReserved": true, "schema": {}}]}});
    let document = json!({"webhooks": {"w": hook.clone()},
        "paths": {"/a": {"get": {"responses": {}, "callbacks": {"c": {"{$url}": hook}}}}}});
    let lines = ["-: deviation[condition] `then`"];
    // The places are one in a document that is made up.
    assert_eq!(surveyed(document).1, lines);
}

#[test]
fn an_example_is_no_schema_and_a_property_no_keyword() {
    let schema =
        json!({"example": {"readOnly": true}, "properties": {"discriminator": {"type": "string"}}});
    assert_eq!(surveyed(exchanged(schema, json!({}))).1, [""; 0]);
}

#[test]
fn null_is_lost_in_a_form_whose_property_may_be_left_out() {
    let object = |required: Json| json!({"required": required, "properties": {"a": {"type": ["string", "null"]}}});
    assert_eq!(surveyed(exchanged(object(json!([])), json!({}))).1, [""; 0]);
    assert_eq!(surveyed(exchanged_in(FORM, object(json!(["a"])), json!({}))).1, [""; 0]);
    assert_eq!(
        surveyed(exchanged_in(FORM, object(json!([])), json!({}))).1,
        ["POST /a: deviation[null-left-out] `type`"]
    );
}

#[test]
fn what_is_around_a_reference_holds_behind_it() {
    let reference = json!({"$ref": "#/components/schemas/Text"});
    let body = |required: Json| {
        let schema = json!({"required": required, "properties": {"a": reference}});
        let mut document = exchanged_in(FORM, schema.clone(), schema);
        document["components"] = json!({"schemas": {"Text": {"type": ["string", "null"]}}});
        document
    };
    assert_eq!(surveyed(body(json!(["a"]))).1, [""; 0]);
    assert_eq!(surveyed(body(json!([]))).1, ["-: deviation[null-left-out] `type`"]);
}

#[test]
fn a_property_may_be_called_like_an_extension() {
    let schema = json!({"properties": {"x-id": {"then": {"properties": {"a": {}}}}}});
    assert_eq!(surveyed(exchanged(schema, json!({}))).1, ["POST /a: deviation[condition] `then`"]);
}

#[test]
fn a_path_without_any_other_operation_is_surveyed() {
    let document = json!({"paths": {"/a": {"query": {"responses": {}}}}});
    let (_, lines) = surveyed(document.clone());
    assert_eq!(lines, ["QUERY /a: loss[other-method] `query`"]);
    let node = Node::from_json(document, &Source::new("page", "").start());
    assert_eq!(crate::openapi::Document::of(&node).count_operations(), 1);
}

#[test]
fn deviations_are_gathered_with_the_operations_that_they_stand_in() {
    let mut findings = Findings::default();
    let deviation = || Finding::deviation(Kind::NoSuccess, "what").why("Why.");
    findings.push(deviation());
    findings.about(Some("GET /a".to_owned()));
    findings.push(deviation());
    findings.push(Finding { severity: Severity::Note, ..deviation() });
    let all = Deviations::of(&findings).0;
    let places = &all[&(Kind::NoSuccess, "Why.".to_owned())];
    assert_eq!((all.len(), places.count, places.operations.len()), (1, 2, 1));
}

#[test]
fn null_cannot_be_sent_however_it_is_spelled() {
    for none in [json!({"type": "null"}), json!({"const": null}), json!({"enum": [null]})] {
        let body = json!({"properties": {"name": {"anyOf": [{"type": "string"}, none]}}});
        assert_eq!(
            surveyed(exchanged_in(FORM, body, json!({}))).1,
            ["POST /a: deviation[null-left-out] `anyOf`"]
        );
    }
}

#[test]
fn what_no_standard_knows_is_told_once_for_each_name() {
    let schema = json!({"requires": ["a"], "x-own": 1, "$comment": "c", "$id": "i", "examples": [1],
        "properties": {"requires": {"requires": []}}});
    let source = Source::new("page", exchanged(schema.clone(), schema).to_string());
    let node = text::json(&source, 0..source.text().len()).unwrap();
    let lines = survey_of(&node).1;
    assert_eq!(lines, ["-: note[unknown-keyword] `requires` of the Schema Object, in 4 places"]);
    let misplaced = json!({"paths": {"/a": {"get": {"sumary": "s"}}}});
    assert_eq!(
        surveyed(misplaced).1,
        ["-: note[unknown-keyword] `sumary` of the Operation Object"]
    );
}

#[test]
fn a_keyword_of_another_type_is_told_of() {
    let object = json!({"type": "object", "items": {"writeOnly": true}});
    let lines = surveyed(exchanged(json!({}), object)).1;
    assert_eq!(lines, ["POST /a: note[misplaced-keyword] `items`"]);
    let list = json!({"type": ["array", "null"], "items": {}, "properties": {}});
    let lines = surveyed(exchanged(json!({}), list)).1;
    assert_eq!(lines, ["POST /a: note[misplaced-keyword] `properties`"]);
}
