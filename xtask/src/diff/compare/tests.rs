//! Two small documents, and which change of the one is said to be the reason for which change of the other.

mod calls;

use serde_json::{Value, json};

use super::*;
use crate::config::ApiConfig;
use crate::source::Source;

/// A document with an operation that answers with a `Book`.
fn api(book: Value, decisions: &str) -> Api {
    let answer = json!({"$ref": "#/components/schemas/Book"});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Books", "version": "1"},
        "servers": [{"url": "https://books.example.com"}],
        "paths": {"/book": {"get": {"operationId": "get_book", "responses": {"200": {
            "description": "A book", "content": {"application/json": {"schema": answer}}}}}}},
        "components": {"schemas": {"Book": book}},
    });
    of(&document, decisions)
}

/// A document, with decisions about it.
fn of(document: &Value, decisions: &str) -> Api {
    let page = Source::new("page.json", format!("{document:#}"));
    let source = Source::new("api.toml", format!("title = 'Books'\n{decisions}"));
    let mut findings = Findings::default();
    let config = ApiConfig::parse("books", &source, &mut findings).unwrap();
    Api { config, pages: vec![page] }
}

/// A line per change: its rule, what it does to programs, its cause, and the items that it touches.
fn lines(old: Api, new: Api) -> Vec<String> {
    let comparison = apis("books", old, new).unwrap();
    let line = |it: &Change| {
        let items: Vec<&str> = it.effects.iter().map(|effect| effect.item.as_str()).collect();
        format!("{} {:?} {:?} {}", it.rule, it.rust, it.cause, items.join(" "))
    };
    comparison.changes.iter().map(line).collect()
}

fn book(properties: Value) -> Value {
    json!({"type": "object", "required": ["id"], "properties": properties})
}

#[test]
fn a_field_belongs_to_the_property_that_it_comes_from() {
    let old = book(json!({"id": {"type": "string"}, "isbn": {"type": "string"}}));
    let new = book(json!({"id": {"type": "integer"}, "isbn": {"type": "string", "maxLength": 13}}));
    assert_eq!(
        lines(api(old, ""), api(new, "")),
        [
            "response-property-type-changed Breaking Page types::Book::id types::Book::new",
            "response-property-max-length-set None Page "
        ]
    );
}

#[test]
fn types_come_and_go_with_what_they_are_in() {
    let author = json!({"type": "object", "properties": {"name": {"type": "string"}}});
    let old = book(json!({"id": {"type": "string"}, "author": author}));
    let new = book(json!({"id": {"type": "string"}}));
    assert_eq!(
        lines(api(old, ""), api(new, "")),
        // The field and its setter have one path.
        ["response-optional-property-removed Breaking Page \
          types::Book::author types::Book::author types::BookAuthor"]
    );
}

#[test]
fn a_merged_schema_is_found_by_its_place() {
    let kind = |values: Value| {
        let part = json!({"type": "string", "enum": values});
        book(json!({"id": {"type": "string"}, "kind": {"allOf": [part, {"description": "Which"}]}}))
    };
    let lines = lines(api(kind(json!(["a", "b", "c"])), ""), api(kind(json!(["a", "b"])), ""));
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].contains("Breaking Page") && lines[0].contains("types::BookKind::C"));
}

#[test]
fn a_variant_belongs_to_its_value() {
    let kind = |values: Value| {
        book(json!({"id": {"type": "string"}, "kind": {"type": "string", "enum": values}}))
    };
    let old = api(kind(json!(["a", "b", "c"])), "");
    assert_eq!(
        lines(old, api(kind(json!(["a", "d", "e"])), "")),
        [
            "response-property-enum-value-removed Breaking Page types::BookKind::B",
            "response-property-enum-value-removed Breaking Page types::BookKind::C",
            "response-property-enum-value-added Additive Page types::BookKind::D",
            "response-property-enum-value-added Additive Page types::BookKind::E",
        ]
    );
}

/// Each effect is said once, so that a report grows with what changed and not with its square.
#[test]
fn an_effect_belongs_to_one_change() {
    let many = |tag: &str| -> Value { (0..40).map(|it| format!("{tag}{it}")).collect() };
    let kind = |values: Value| {
        book(json!({"id": {"type": "string"}, "kind": {"type": "string", "enum": values}}))
    };
    let (old, new) = (api(kind(many("old")), ""), api(kind(many("new")), ""));
    let comparison = apis("books", old, new).unwrap();
    let effects = comparison.changes.iter().flat_map(|it| &it.effects);
    let mut seen = BTreeSet::new();
    for effect in effects {
        let effect = (&effect.item, &effect.what, &effect.before, &effect.after);
        assert!(seen.insert(effect), "twice: {effect:?}");
    }
    assert!(seen.len() >= 80, "{}", seen.len());
}

#[test]
fn what_we_decide_is_no_change_of_the_page() {
    let plain = book(json!({"id": {"type": "string"}}));
    let rename = "[[rename]]\ntype = 'Book'\nto = 'Volume'\nreason = 'It is one.'";
    let lines = lines(api(plain.clone(), ""), api(plain, rename));
    assert_eq!(lines, ["rust-surface-changed Breaking Config types::Book"]);
}

#[test]
fn the_same_page_under_another_path_is_the_same() {
    let old = api(book(json!({"id": {"type": "string"}})), "");
    let mut new = old.clone();
    new.pages = vec![Source::new("moved/page.json", old.pages[0].text())];
    let comparison = apis("books", old.clone(), new).unwrap();
    assert!(comparison.changes.is_empty());
    assert_eq!(comparison.apis[0].bump, Bump::None);
}
