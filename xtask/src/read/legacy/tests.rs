//! Extracts of older descriptions, rewritten.

use serde_json::{Value as Json, json};

use super::*;
use crate::read::text;
use crate::source::Source;

fn rewritten(yaml: &str) -> (Json, Vec<String>) {
    let page = Source::new("page.md", yaml);
    let root = text::yaml(&page, 0..yaml.len()).unwrap();
    assert!(is_extract(&root));
    let mut findings = Findings::default();
    let document = rewrite(root, &mut findings);
    (document.to_json(), findings.iter().map(ToString::to_string).collect())
}

/// An extract with the given lines below `request:` and `response:`.
fn operation(request: &str, response: &str) -> (Json, Json, Vec<String>) {
    let (document, findings) = rewritten(&format!(
        "paths:\n  path: /a/{{id}}\n  method: POST\n  type: path\n  request:{request}\n  response:{response}\n\
         components:\n  schemas:\n    Known: {{type: string, enum: [a]}}\n"
    ));
    let components = document["components"].clone();
    (document["paths"]["/a/{id}"]["post"].clone(), components, findings)
}

#[test]
fn an_extract_becomes_a_document() {
    let (document, findings) = rewritten(
        "paths:\n  path: /a\n  method: get\n  deprecated: true\n  servers: [{url: https://a}]\n  response: {}\n",
    );
    let expected = json!({"openapi": "3.1.0", "servers": [{"url": "https://a"}],
        "paths": {"/a": {"get": {"deprecated": true, "responses": {}}}}, "components": {"schemas": {}}});
    assert_eq!((document, findings), (expected, Vec::new()));
}

#[test]
fn parameters_take_what_their_schemas_say_of_them() {
    let (operation, _, _) = operation(
        "
    parameters:
      path:
        id: {schema: [{type: string}]}
      query:
        limit:
          schema:
            - {type: integer, required: false, title: Limit, description: How many., minimum: 1}
        sort:
          schema:
            - {type: string, required: true, description: A.}
            - {type: 'enum<integer>', enum: [1], required: true, description: B.}
      cookie: {}",
        " {}",
    );
    let expected = json!([
        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
        {"name": "limit", "in": "query", "description": "How many.", "required": false,
            "schema": {"type": "integer", "title": "Limit", "minimum": 1}},
        {"name": "sort", "in": "query", "description": "A.", "required": true, "schema": {"anyOf": [
            {"type": "string", "description": "A."},
            {"type": "integer", "enum": [1], "description": "B."}]}},
    ]);
    assert_eq!(operation["parameters"], expected);
}

#[test]
fn schemas_are_closed_again() {
    let (operation, components, findings) = operation(
        "
    body:
      application/json:
        schemaArray:
          - type: object
            required: true
            title: Body
            properties:
              one: {allOf: [{type: string, title: One}]}
              ref: {allOf: [{allOf: [{$ref: '#/components/schemas/Known'}], description: Why., default: a}]}
              narrow: {allOf: [{allOf: [{$ref: '#/components/schemas/Known'}], enum: [a]}]}
              clash: {allOf: [{type: string, description: A.}], description: B.}
              many: {allOf: [{type: object}, {type: object}]}
              file: {allOf: [{type: file}]}
              any: {type: any}
              null: {allOf: [{type: string, nullable: true}]}
            requiredProperties: [one]
          - {type: string, enum: [a], refIdentifier: '#/components/schemas/Known'}
          - {type: integer, refIdentifier: '#/components/schemas/New'}
        examples:
          shown: {value: {one: x}}",
        " {}",
    );
    let known = json!({"$ref": "#/components/schemas/Known"});
    let object = json!({"type": "object", "title": "Body", "required": ["one"], "properties": {
        "one": {"type": "string", "title": "One"},
        "ref": {"$ref": "#/components/schemas/Known", "description": "Why.", "default": "a"},
        "narrow": {"allOf": [known], "enum": ["a"]},
        "clash": {"allOf": [{"type": "string", "description": "A."}], "description": "B."},
        "many": {"allOf": [{"type": "object"}, {"type": "object"}]},
        "file": {"type": "string", "format": "binary"},
        "any": {},
        "null": {"type": ["string", "null"]}}});
    let expected = json!({"required": true, "content": {"application/json": {
        "schema": {"oneOf": [object, known, {"$ref": "#/components/schemas/New"}]},
        "examples": {"shown": {"value": {"one": "x"}}}}}});
    assert_eq!(operation["requestBody"], expected);
    assert_eq!(components["schemas"]["New"], json!({"type": "integer"}));
    assert_eq!(findings, [""; 0]);
}

#[test]
fn a_component_in_two_versions_is_noted() {
    let (_, components, findings) = operation(
        "
    body: {application/json: {schemaArray: [{type: integer, refIdentifier: '#/components/schemas/Known'}]}}",
        " {}",
    );
    assert_eq!(components["schemas"]["Known"]["type"], json!("string"));
    assert_eq!(
        findings,
        ["note[two-versions] page.md:6: the page has two versions of the schema `Known`"]
    );
}

#[test]
fn responses_have_a_description_and_perhaps_a_body() {
    let (operation, _, _) = operation(
        "",
        "
    200: {application/json: {schemaArray: [{type: string, description: Entry.}], examples: {}, description: ''}}
    204: {_mintlify/placeholder: {schemaArray: [{type: any, description: Gone.}], examples: {}}}
    4XX: {application/json: {schemaArray: [{type: string}], examples: {a: {value: '<string>'}}, description: Bad.}}
    503: {}",
    );
    let json_of = |schema: Json| json!({"application/json": {"schema": schema}});
    let expected = json!({
        "200": {"description": "Entry.", "content": json_of(json!({"type": "string", "description": "Entry."}))},
        "204": {"description": "Gone."},
        "4XX": {"description": "Bad.", "content": json_of(json!({"type": "string"}))},
        "503": {"description": "Service Unavailable"},
    });
    assert_eq!(operation["responses"], expected);
}

#[test]
fn credentials_become_schemes() {
    let entry = |entry: &str| format!("\n    security:\n      - {entry}");
    let bearer =
        entry("{title: '', parameters: {header: {Authorization: {type: http, scheme: bearer}}}}");
    let (with_bearer, components, _) = operation(&bearer, " {}");
    assert_eq!(with_bearer["security"], json!([{"bearer": []}]));
    assert_eq!(
        components["securitySchemes"],
        json!({"bearer": {"type": "http", "scheme": "bearer"}})
    );

    let key = entry("{title: My key, parameters: {query: {key: {type: apiKey}}}}");
    let (_, components, _) = operation(&key, " {}");
    let expected = json!({"My_key": {"type": "apiKey", "in": "query", "name": "key"}});
    assert_eq!(components["securitySchemes"], expected);

    let prose = "Use the 'Authorization' header with the format 'Key <api-key>'";
    let prefixed = format!(
        "{{title: k, parameters: {{header: {{Authorization: {{type: apiKey, description: \"{prose}\"}}}}}}}}"
    );
    let (_, components, findings) = operation(&entry(&prefixed), " {}");
    let expected = json!({"k": {"type": "apiKey", "in": "header", "name": "Authorization", "description": prose}});
    assert_eq!(components["securitySchemes"], expected);
    assert!(findings[0].starts_with("note[credential-prefix] page.md:7: "), "{findings:?}");

    let (without, _, _) = operation("\n    security: []", " {}");
    assert_eq!(without.get("security"), None);
}

#[test]
fn what_is_not_understood_does_not_go_unsaid() {
    let (_, _, findings) = operation("\n    cookies: {a: 1}\n    nothing: {}", " {}");
    assert_eq!(
        findings,
        ["loss[unknown-member] page.md:6: `cookies` is no member that Bindery knows"]
    );
}
