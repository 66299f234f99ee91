//! What is chosen, what is cut out, and that a change which nothing shows is found.

use serde_json::json;

use super::*;
use crate::openapi::{Holds, PARAMETER};

/// A document with two operations, of which one reaches the component `A`, and nobody `parameters/unused`.
fn document() -> Json {
    let reference = json!({"$ref": "#/components/schemas/A"});
    let a = json!({"type": "object", "required": ["id"], "properties": {
        "id": {"type": "string", "format": "uuid", "description": "Which it is."},
        "kind": {"type": "string", "enum": ["x", "y"]},
        "next": reference, "count": {"type": "integer", "minimum": 1, "default": 3},
        "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 4}}});
    json!({"openapi": "3.0.3", "info": {"title": "T", "version": "1", "description": "D"},
        "servers": [{"url": "https://a.example.com"}], "tags": [{"name": "t"}], "security": [{"key": []}],
        "paths": {
            "/a/{id}": {"parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "get": {"operationId": "getA", "tags": ["t"], "summary": "Gets A.", "parameters": [
                    {"name": "q", "in": "query", "description": "What to look for.", "schema": {"type": "string"}}],
                    "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": reference}}}}}},
            "/b": {"post": {"operationId": "postB", "requestBody": {"required": true,
                "content": {"application/json": {"schema": {"type": "object", "properties": {"b": {"type": "string"}}}}}},
                "responses": {"204": {"description": "Done."}}}}},
        "components": {"schemas": {"A": a}, "parameters": {
            "unused": {"name": "u", "in": "query", "schema": {"type": "string"}}},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}}})
}

fn run(document: Json, count: usize, seed: u64) -> Vec<Mutation> {
    mutate(&[Original { name: "d".to_owned(), document }], count, seed, 2, &|| {})
}

#[test]
fn no_change_of_a_document_is_silent() {
    let mutations = run(document(), 200, 1);
    let silent: Vec<_> = mutations.iter().filter(|it| it.verdict == Verdict::Silent).collect();
    let silent: Vec<_> = silent.iter().map(|it| (&it.place.pointer, &it.change)).collect();
    assert!(silent.is_empty(), "{silent:#?}");
    let of = |verdict| mutations.iter().filter(|it| it.verdict == verdict).count();
    assert!(of(Verdict::Crate) > 20 && of(Verdict::WithoutEffect) > 2, "{mutations:#?}");
}

/// Until now, there were as many threads as somebody asked for, and nothing for them to do.
#[test]
fn there_are_no_more_threads_than_changes() {
    let original = Original { name: "d".to_owned(), document: document() };
    assert_eq!(mutate(&[original], 2, 1, usize::MAX, &|| {}).len(), 2);
}

#[test]
fn a_change_that_nothing_shows_is_silent() {
    let (before, mut after) = (document(), document());
    let pointer = "/components/parameters/unused/name";
    *after.pointer_mut(pointer).unwrap() = json!("other");
    let keyword = PARAMETER.keyword("name").unwrap();
    let place = Place { pointer: pointer.to_owned(), of: &PARAMETER, keyword };
    assert_eq!(judge::judge(&before, &after, &place), Verdict::Silent);
}

#[test]
fn the_same_seed_makes_the_same_changes() {
    let lines = |seed| -> Vec<String> {
        run(document(), 12, seed)
            .iter()
            .map(|it| format!("{} {}", it.place.pointer, it.change))
            .collect()
    };
    assert_eq!(lines(5), lines(5));
    assert_ne!(lines(5), lines(6));
}

#[test]
fn keywords_are_chosen_evenly_among_their_kinds() {
    let document = document();
    let chosen = place::choose(&[&document], 30, 3);
    let mut kinds: BTreeMap<_, usize> = BTreeMap::new();
    chosen.iter().for_each(|(_, place)| *kinds.entry(place.name()).or_default() += 1);
    // There are more than 30 kinds of keywords with a meaning of their own.
    assert!(kinds.values().all(|count| *count == 1), "{kinds:?}");
    assert!(
        !chosen
            .iter()
            .any(|(_, it)| matches!(it.keyword.holds, Holds::Map(_)) && it.keyword.name == "paths")
    );
}

#[test]
fn an_excerpt_has_one_operation_and_what_it_reaches() {
    let document = document();
    let excerpts = Excerpts::new(&document);
    let around = |pointer: &str| excerpts.around(pointer);
    let a = around("/components/schemas/A/properties/id/format").unwrap();
    assert!(a.pointer("/paths/~1a~1{id}/get").is_some() && a.pointer("/paths/~1b").is_none());
    assert_eq!(a.pointer("/components/schemas"), document.pointer("/components/schemas"));
    let b = around("/paths/~1b/post/operationId").unwrap();
    assert_eq!(b.pointer("/components/schemas"), Some(&json!({})));
    assert!(b.pointer("/components/securitySchemes/key").is_some());
    assert!(around("/tags/0/name").unwrap().pointer("/paths/~1a~1{id}").is_some());
    assert_eq!(around("/components/parameters/unused/name"), None);
}

#[test]
fn a_change_that_means_nothing_else_is_none() {
    let (before, mut after) = (document(), document());
    let parameter = "/paths/~1a~1{id}/get/parameters/0";
    let parameter = after.pointer_mut(parameter).and_then(Json::as_object_mut).unwrap();
    parameter.insert("style".to_owned(), json!("form"));
    let pointer = "/paths/~1a~1{id}/get/parameters/0/style".to_owned();
    let place = Place { pointer, of: &PARAMETER, keyword: PARAMETER.keyword("style").unwrap() };
    assert_eq!(judge::judge(&before, &after, &place), Verdict::Same);
}
