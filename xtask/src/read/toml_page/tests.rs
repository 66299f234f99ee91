//! Endpoints in TOML blocks, with the prose around them.

use serde_json::{Value as Json, json};

use super::*;
use crate::openapi::Document;

fn read_page(text: &str) -> (Vec<Json>, Vec<String>) {
    let mut findings = Findings::default();
    let documents = read(&Source::new("page.md", text), &mut findings);
    (
        documents.iter().map(Node::to_json).collect(),
        findings.iter().map(ToString::to_string).collect(),
    )
}

/// The operation of a page with the given lines in its blocks.
fn operation(endpoint: &str, responses: &str) -> (Json, Vec<String>) {
    let text = format!(
        "# A\n[endpoint]\npath = \"/a\"\nmethod = \"POST\"\n{endpoint}\n[/endpoint]\n\
         [responses]\n{responses}\n[/responses]\n"
    );
    let (documents, findings) = read_page(&text);
    (documents[0]["paths"]["/a"]["post"].clone(), findings)
}

#[test]
fn each_endpoint_has_the_prose_around_it() {
    let (documents, findings) = read_page(
        "# Source: https://docs.example/a.md\n\n# First\n\nProse of *first*.\n\n[info]\nMind this.\n[/info]\n\n\
         [endpoint]\nbase_url = \"https://a\"\npath = \"/a\"\nmethod = \"get\"\n[/endpoint]\n\n<br>\n\n\
         #### Example cURL\n\n```sh\ncurl\n```\n\n#### Limits\n\nTen a day.\n\n\
         # Second\n\nProse of second.\n\n\
         [endpoint]\nbase_url = \"https://a\"\npath = \"/a\"\nmethod = \"POST\"\ndescription = \"Stated.\"\n[/endpoint]\n\n\
         [endpoint]\nbase_url = \"https://b\"\npath = \"/b\"\nmethod = \"POST\"\ndescription = \"Prose of second.\"\n[/endpoint]\n",
    );
    assert_eq!(findings, [""; 0]);
    assert_eq!(documents.len(), 2);
    let first = &documents[0]["paths"]["/a"]["get"];
    assert_eq!(first["summary"], json!("First"));
    assert_eq!(
        first["description"],
        json!("Prose of *first*.\n\nMind this.\n\n#### Limits\n\nTen a day.")
    );
    assert_eq!(first["x-bindery-url"], json!("https://docs.example/a.md"));
    let second = &documents[0]["paths"]["/a"]["post"];
    assert_eq!((&second["summary"], &second["description"]), (&json!("Second"), &json!("Stated.")));
    let third = &documents[1];
    assert_eq!(third["servers"], json!([{"url": "https://b"}]));
    assert_eq!(third["paths"]["/b"]["post"]["summary"], json!("Second"));
}

#[test]
fn parameters_and_fields_have_schemas() {
    let (operation, findings) = operation(
        r#"
[[query_param]]
name = "q"
type = "integer (30)"
required = false
description = "How many."
[[header]]
name = "X-Team"
type = "string"
[[body_param]]
name = "tags"
type = "array of strings"
required = true
[[body_param]]
name = "more"
type = "array of objects"
[[body_param]]
name = "odd"
type = "uuid-ish"
"#,
        "",
    );
    let expected = json!([
        {"name": "q", "in": "query", "description": "How many.", "required": false,
            "schema": {"type": "integer", "default": 30}},
        {"name": "X-Team", "in": "header", "required": false, "schema": {"type": "string"}},
    ]);
    assert_eq!(operation["parameters"], expected);
    let expected = json!({"required": true, "content": {"application/json": {"schema": {
        "type": "object", "required": ["tags"], "properties": {
            "tags": {"type": "array", "items": {"type": "string"}},
            "more": {"type": "array", "items": {"type": "object"}},
            "odd": {}}}}}});
    assert_eq!(operation["requestBody"], expected);
    assert_eq!(
        findings,
        ["loss[unknown-type] page.md:23: the type `uuid-ish` is none that Bindery knows"]
    );
}

#[test]
fn special_headers_are_no_parameters() {
    let text = r#"[endpoint]
path = "/a"
method = "POST"
[[header]]
name = "Authorization"
description = "Bearer `$TOKEN`"
[[header]]
name = "Content_Type"
description = "`multipart/form-data`"
[[header]]
name = "Accept"
[[body_param]]
name = "a"
type = "string"
[/endpoint]
"#;
    let (documents, _) = read_page(text);
    let operation = &documents[0]["paths"]["/a"]["post"];
    assert_eq!(operation.get("parameters"), None);
    assert_eq!(operation["security"], json!([{"bearer": []}]));
    assert!(operation["requestBody"]["content"].get("multipart/form-data").is_some());
    let schemes = &documents[0]["components"]["securitySchemes"];
    assert_eq!(*schemes, json!({"bearer": {"type": "http", "scheme": "bearer"}}));
}

#[test]
fn of_two_descriptions_the_first_stands() {
    let (operation, findings) = operation(
        r#"
[[query_param]]
name = "q"
type = "string"
[[query_param]]
name = "q"
type = "integer"
[[query_param]]
name = "q"
type = "string"
"#,
        "",
    );
    assert_eq!(operation["parameters"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        findings,
        ["note[described-twice] page.md:9: `q` is described twice, first at page.md:6"]
    );
}

#[test]
fn responses_of_a_status_are_one() {
    let (operation, findings) = operation(
        "",
        r#"
[[response]]
status = 422
description = '''One.
<br>'''
body = '''
{"errors": "a", "code": 1}'''
[[response]]
status = 422
description = 'Two.'
body = "{\"errors\": {\"b\": [\"c\"]}}"
[[response]]
status = 200
body = '''plain'''
[[response]]
status = 204
[[response]]
status = 500
body = '''{"broken": '''
[[response]]
description = "no status"
"#,
    );
    let responses = &operation["responses"];
    let errors = json!({"type": "object", "required": ["errors"], "properties": {
        "errors": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["b"],
            "properties": {"b": {"type": "array", "items": {"type": "string"}}}}]},
        "code": {"type": "integer"}}});
    assert_eq!(responses["422"]["description"], json!("One.\n\nTwo."));
    let content = &responses["422"]["content"]["application/json"];
    assert_eq!(content["schema"], errors);
    assert_eq!(
        content["examples"]["example1"],
        json!({"summary": "One.", "value": {"errors": "a", "code": 1}})
    );
    let plain = json!({"schema": {"type": "string"}, "examples": {"example": {"value": "plain"}}});
    assert_eq!(responses["200"], json!({"description": "OK", "content": {"text/plain": plain}}));
    assert_eq!(responses["204"], json!({"description": "No Content"}));
    assert_eq!(responses["500"].get("content"), None);
    assert_eq!(findings.len(), 3, "{findings:?}");
    assert!(findings[0].starts_with("loss[no-status] page.md:27"), "{findings:?}");
    assert!(findings[1].starts_with("loss[broken-example] page.md:26"), "{findings:?}");
    assert_eq!(
        findings[2],
        "note[inferred] page.md:14: the responses of this page are known from examples only"
    );
}

#[test]
fn what_is_not_understood_does_not_go_unsaid() {
    let (_, findings) =
        operation("retries = 3\n[[header]]\nname = \"A\"\nsecret = true\ntype = \"string\"", "");
    assert_eq!(
        findings,
        [
            "loss[unknown-member] page.md:8: `secret` is no member that Bindery knows",
            "loss[unknown-member] page.md:5: `retries` is no member that Bindery knows",
        ]
    );
}

#[test]
fn examples_stand_at_their_lines() {
    let text = "[endpoint]\npath = \"/a\"\nmethod = \"GET\"\n[/endpoint]\n[responses]\n[[response]]\nstatus = 200\n\
                body = '''\n{\n\"a\": {\n\"b\": 1}}'''\n[/responses]\n";
    let documents = read(&Source::new("page.md", text), &mut Findings::default());
    let operation = Document::of(&documents[0]).operations().next().unwrap().node();
    let schema = operation
        .pointer("/responses/200/content/application~1json/schema/properties/a/properties/b");
    assert_eq!(schema.unwrap().span.to_string(), "page.md:11");
}

#[test]
fn what_cannot_be_called_is_an_error() {
    for (text, expected) in [
        (
            "[endpoint]\nmethod = \"GET\"\n[/endpoint]",
            "error[bad-endpoint] page.md:2: this endpoint has no `path`",
        ),
        (
            "[endpoint]\npath = \"/a\"\nmethod = \"FETCH\"\n[/endpoint]",
            "error[bad-endpoint] page.md:3: `method = \"FETCH\"` is not a method that a request can have",
        ),
        ("[endpoint]\npath = \n[/endpoint]", "error[syntax] page.md:2: this is not valid TOML"),
        (
            "[responses]\n[/responses]\n[endpoint]\npath = \"/a\"\nmethod = \"GET\"\n[/endpoint]",
            "error[lone-responses] page.md:1: these responses stand before any [endpoint]",
        ),
        (
            "[endpoint]\npath = \"/a\"\nmethod = \"GET\"\n[/endpoint]\n[endpoint]\npath = \"/a\"\nmethod = \"GET\"\n[/endpoint]",
            "error[same-operation] page.md:6: `GET /a` is described twice, first at page.md:2",
        ),
    ] {
        let (_, findings) = read_page(text);
        assert!(findings.first().is_some_and(|it| it.starts_with(expected)), "{findings:?}");
    }
}
