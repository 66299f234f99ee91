//! Several documents as one.

use serde_json::{Value as Json, json};

use super::*;
use crate::read::tests::config;
use crate::source::Source;

/// Binds documents, each of which is a page of its own: `page1`, `page2`, …
fn bound(documents: &[Json]) -> (Json, Vec<String>) {
    let parts = documents.iter().enumerate().map(|(index, document)| {
        let page = Source::new(format!("page{}", index + 1), document.to_string());
        Part { document: Node::from_json(document.clone(), &page.start()), page }
    });
    let mut findings = Findings::default();
    let bound = bind(parts.collect(), &config(), &mut findings);
    let bound = bound.map_or(Json::Null, |bound| bound.to_json());
    (bound, findings.iter().map(ToString::to_string).collect())
}

/// A document with an operation that answers with a component.
fn page(path: &str, method: &str, schemas: Json) -> Json {
    let schema = json!({"$ref": "#/components/schemas/A"});
    let responses = json!({"200": {"description": "", "content": {"a/b": {"schema": schema}}}});
    json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "paths": {path: {method: {"responses": responses}}}, "components": {"schemas": schemas}})
}

fn schema_of(bound: &Json, path: &str) -> Json {
    bound["paths"][path]["get"]["responses"]["200"]["content"]["a/b"]["schema"].clone()
}

#[test]
fn operations_are_added_up() {
    let a = json!({"type": "string"});
    let (bound, findings) = bound(&[
        page("/a", "get", json!({"A": a})),
        page("/a", "post", json!({"A": a})),
        page("/b", "get", json!({"A": a})),
    ]);
    assert_eq!(findings, [""; 0]);
    assert_eq!(bound["components"]["schemas"], json!({"A": a}));
    assert_eq!(bound["paths"]["/a"]["post"]["x-bindery-page"], json!("page2"));
    assert_eq!(bound["paths"].as_object().map(|paths| paths.len()), Some(2));
}

#[test]
fn an_operation_on_two_pages_is_an_error() {
    let schemas = json!({"A": {}});
    let pages = [page("/a/{id}", "get", schemas.clone()), page("/a/{name}", "get", schemas)];
    let (_, mut findings) = bound(&pages);
    findings.retain(|finding| finding.starts_with("error"));
    assert_eq!(
        findings,
        ["error[same-operation] page2:1: `GET /a/{name}` is described twice, first at page1:1"]
    );
}

#[test]
fn paths_alike_in_one_document_are_noted() {
    let mut page = page("/a/{id}", "get", json!({"A": {}}));
    page["paths"]["/a/{name}"] = page["paths"]["/a/{id}"].clone();
    let (bound, findings) = bound(&[page]);
    assert!(bound["paths"]["/a/{name}"]["get"].is_object());
    assert!(
        findings[0].starts_with("note[alike] page1:1: `GET /a/{name}` differs"),
        "{findings:?}"
    );
}

#[test]
fn operations_with_different_ids_are_two() {
    let with = |path: &str, id: &str| {
        let mut page = page(path, "get", json!({"A": {}}));
        page["paths"][path]["get"]["operationId"] = json!(id);
        page
    };
    let (bound, findings) = bound(&[with("/a/{id}", "byId"), with("/a/{slug}", "bySlug")]);
    assert!(bound["paths"]["/a/{slug}"]["get"].is_object());
    assert!(findings[0].starts_with("note[alike] page2:1: "), "{findings:?}");
}

#[test]
fn components_that_differ_get_names_of_their_own() {
    let refers = json!({"properties": {"b": {"$ref": "#/components/schemas/B"}}});
    let (number, text) = (json!({"type": "integer"}), json!({"type": "string"}));
    let (bound, findings) = bound(&[
        page("/a", "get", json!({"A": refers, "B": number})),
        page("/b", "get", json!({"A": refers, "B": text})),
        page("/c", "get", json!({"A": refers, "B": text})),
        page("/d", "get", json!({"A": refers, "B": number})),
    ]);
    // `A` reads the same on all pages, but what it refers to differs.
    let expected = json!({"A": refers, "B": number, "B2": text,
        "A2": {"properties": {"b": {"$ref": "#/components/schemas/B2"}}}});
    assert_eq!(bound["components"]["schemas"], expected);
    let (first, second) =
        (json!({"$ref": "#/components/schemas/A"}), json!({"$ref": "#/components/schemas/A2"}));
    assert_eq!((schema_of(&bound, "/a"), schema_of(&bound, "/d")), (first.clone(), first));
    assert_eq!((schema_of(&bound, "/b"), schema_of(&bound, "/c")), (second.clone(), second));
    assert_eq!(
        findings,
        [
            "note[renamed] page2:1: `A` is not the `A` of another page, and becomes `A2`",
            "note[renamed] page2:1: `B` is not the `B` of another page, and becomes `B2`",
        ]
    );
}

#[test]
fn components_that_refer_to_each_other_are_one() {
    let list = json!({"A": {"properties": {"next": {"$ref": "#/components/schemas/A"}}}});
    let (bound, findings) =
        bound(&[page("/a", "get", list.clone()), page("/b", "get", list.clone())]);
    assert_eq!((&bound["components"]["schemas"], findings.len()), (&list, 0));
}

#[test]
fn the_tags_of_a_union_are_renamed_too() {
    let union =
        |mapping: &str| json!({"discriminator": {"propertyName": "t", "mapping": {"b": mapping}}});
    let to_b = "#/components/schemas/B";
    let (bound, _) = bound(&[
        page("/a", "get", json!({"A": union(to_b), "B": {"type": "string"}})),
        page("/b", "get", json!({"A": union(to_b), "B": {"type": "integer"}})),
    ]);
    assert_eq!(bound["components"]["schemas"]["A2"], union("#/components/schemas/B2"));
}

#[test]
fn references_lead_somewhere() {
    let to = |reference: &str| json!({"$ref": reference});
    let elsewhere = page("/b", "get", json!({"A": {}, "Other": {"properties": {"id": {}}}}));
    let (_, findings) = bound(&[
        page(
            "/a",
            "get",
            json!({"A": {"properties": {
            "typo": to("#/components/schemas/Invitatoin"),
            "file": to("common.yaml#/A"),
            "other": to("#/components/schemas/Other/properties/id"),
            "$ref": {"example": to("#/nowhere")},
            "loop": to("#/components/schemas/Loop")}},
            "Invitation": {}, "Loop": to("#/components/schemas/Loop")}),
        ),
        elsewhere,
    ]);
    let losses: Vec<_> = findings.iter().filter(|it| it.starts_with("loss")).collect();
    assert_eq!(
        losses,
        [
            "loss[unresolved-reference] page1:1: `#/components/schemas/Invitatoin` leads to nothing",
            "loss[reference-cycle] page1:1: `#/components/schemas/Loop` only leads back to itself",
            "loss[external-reference] page1:1: `common.yaml#/A` is in another file",
        ]
    );
}

/// However long it is; and one that leads back never does.
#[test]
fn a_chain_of_references_leads_somewhere() {
    let chain = |last: &str| {
        let to = |at: u32| json!({"$ref": format!("#/components/schemas/S{}", at + 1)});
        let mut schemas: serde_json::Map<_, _> =
            (0..64).map(|at| (format!("S{at}"), to(at))).collect();
        schemas.insert("S64".to_owned(), json!({"$ref": last}));
        schemas.insert("A".to_owned(), json!({"type": "string"}));
        bound(&[page("/a", "get", json!(schemas))]).1
    };
    assert_eq!(chain("#/components/schemas/A"), [""; 0]);
    let back = chain("#/components/schemas/S60");
    assert_eq!(back.len(), 64, "{back:?}");
    assert!(back.iter().all(|it| it.ends_with("only leads back to itself")), "{back:?}");
}

#[test]
fn the_nearest_name_helps() {
    let mut document = page("/a", "get", json!({"Invitation": {}}));
    document["paths"]["/a"]["get"]["responses"]["200"] =
        json!({"$ref": "#/components/schemas/Invitatoin"});
    let mut document = Node::from_json(document, &Source::new("page", "").start());
    let mut findings = Findings::default();
    references::check(&mut document, &mut findings);
    assert!(findings.iter().next().unwrap().help.contains("`Invitation`"));
}

#[test]
fn tags_that_lead_nowhere_are_a_loss() {
    let mapping =
        json!({"a": "#/components/schemas/A", "named": "A", "b": "#/components/schemas/B"});
    let union = json!({"discriminator": {"propertyName": "t", "mapping": mapping}});
    let (bound, findings) = bound(&[page("/a", "get", json!({"A": union}))]);
    let kept = json!({"a": "#/components/schemas/A", "named": "A"});
    assert_eq!(bound["components"]["schemas"]["A"]["discriminator"]["mapping"], kept);
    assert!(findings[0].starts_with("loss[dangling-tag] page1:1: "), "{findings:?}");
}

#[test]
fn what_pages_say_for_themselves_stays_theirs() {
    let with = |path: &str, url: &str, scheme: &str| {
        let mut page = page(path, "get", json!({"A": {}}));
        page["servers"] = json!([{"url": url}]);
        page["security"] = json!([{scheme: []}]);
        page
    };
    let silent = page("/c", "get", json!({"A": {}}));
    let (bound, findings) =
        bound(&[silent, with("/a", "https://a", "x"), with("/b", "https://b", "y")]);
    assert_eq!(
        (&bound["servers"], &bound["security"]),
        (&json!([{"url": "https://a"}]), &json!([{"x": []}]))
    );
    let operation = &bound["paths"]["/b"]["get"];
    assert_eq!(
        (&operation["servers"], &operation["security"]),
        (&json!([{"url": "https://b"}]), &json!([{"y": []}]))
    );
    assert!(bound["paths"]["/a"]["get"].get("servers").is_none());
    assert_eq!(findings.len(), 2, "{findings:?}");
}

#[test]
fn servers_of_a_path_are_nearer_than_those_of_its_page() {
    let mut other = page("/b", "get", json!({"A": {}}));
    other["servers"] = json!([{"url": "https://b"}]);
    other["paths"]["/b"]["servers"] = json!([{"url": "https://c"}]);
    let mut first = page("/a", "get", json!({"A": {}}));
    first["servers"] = json!([{"url": "https://a"}]);
    let (bound, _) = bound(&[first, other]);
    assert_eq!(bound["paths"]["/b"]["get"].get("servers"), None);
    assert_eq!(bound["paths"]["/b"]["servers"], json!([{"url": "https://c"}]));
}

#[test]
fn what_the_specification_does_not_know_stays() {
    let mut page = page("/a", "get", json!({"A": {"$ref": "#/definitions/B"}}));
    page["definitions"] = json!({"B": {}});
    page["components"]["x-more"] = json!(1);
    let (bound, findings) = bound(&[page]);
    assert_eq!(
        (&bound["definitions"], &bound["components"]["x-more"]),
        (&json!({"B": {}}), &json!(1))
    );
    assert_eq!(findings, [""; 0]);
}

#[test]
fn credentials_are_told_apart_by_how_they_are_sent() {
    let with = |path: &str, scheme: Json| {
        let mut page = page(path, "get", json!({"A": {}}));
        page["components"]["securitySchemes"] = json!({"key": scheme});
        page["paths"][path]["get"]["security"] = json!([{"key": []}]);
        page
    };
    let (bearer, header) =
        (json!({"type": "http", "scheme": "bearer"}), json!({"type": "apiKey", "name": "k"}));
    let described = json!({"type": "http", "scheme": "bearer", "description": "Mine."});
    let (bound, findings) = bound(&[
        with("/a", bearer.clone()),
        with("/b", header.clone()),
        with("/c", described),
        with("/d", header.clone()),
    ]);
    assert_eq!(bound["components"]["securitySchemes"], json!({"key": bearer, "key2": header}));
    let required = |path: &str| bound["paths"][path]["get"]["security"].clone();
    assert_eq!((required("/b"), required("/c")), (json!([{"key2": []}]), json!([{"key": []}])));
    assert_eq!(required("/d"), required("/b"));
    assert_eq!(findings.len(), 1, "{findings:?}");
}

#[test]
fn parameters_of_a_path_move_to_operations_that_differ() {
    let with = |method: &str, name: &str| {
        let mut page = page("/a", method, json!({"A": {}}));
        page["paths"]["/a"]["parameters"] = json!([{"name": name, "in": "query"}]);
        page
    };
    let (bound, _) = bound(&[with("get", "x"), with("post", "y")]);
    let item = &bound["paths"]["/a"];
    assert_eq!(item.get("parameters"), None);
    assert_eq!(item["get"]["parameters"], json!([{"name": "x", "in": "query"}]));
    assert_eq!(item["post"]["parameters"], json!([{"name": "y", "in": "query"}]));
}

#[test]
fn a_mixture_is_bound_in_3_1() {
    let mut old = page("/a", "get", json!({"A": {"type": "string", "nullable": true}}));
    old["openapi"] = json!("3.0.2");
    assert_eq!(bound(&[old.clone()]).0["openapi"], json!("3.0.2"));
    let (bound, _) = bound(&[old, page("/b", "get", json!({"A": {"type": ["string", "null"]}}))]);
    assert_eq!(bound["openapi"], json!("3.1.0"));
    assert_eq!(bound["components"]["schemas"], json!({"A": {"type": ["string", "null"]}}));
}

#[test]
fn what_openapi_requires_is_there() {
    let operation = json!({"parameters": [{"name": "b", "in": "path"}], "responses": {"404": {}}});
    let silent = json!({"openapi": "3.1.0",
        "paths": {"/{a}/{b}": {"get": operation, "put": {}}}});
    let (bound, findings) = bound(&[silent]);
    assert_eq!(bound["info"], json!({"title": "An API", "version": "0"}));
    let item = &bound["paths"]["/{a}/{b}"];
    let expected = json!([{"name": "b", "in": "path", "required": true},
        {"name": "a", "in": "path", "required": true, "schema": {"type": "string"}}]);
    assert_eq!(item["get"]["parameters"], expected);
    assert_eq!(item["get"]["responses"]["404"], json!({"description": "Not Found"}));
    assert_eq!(item["put"]["responses"], json!({}));
    let kinds: Vec<_> =
        findings.iter().map(|it| it.split(' ').next().unwrap_or_default()).collect();
    let expected =
        ["undescribed-parameter", "no-responses", "undescribed-parameter", "undescribed-parameter"];
    assert_eq!(kinds, expected.map(|kind| format!("note[{kind}]")));
}
