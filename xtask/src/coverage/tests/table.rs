//! Every keyword of the tables, put where it may stand: the crate differs, or a finding points there, or the table
//! says that nothing is to differ. So the tables cannot claim what the generator does not do.

use serde_json::{Value as Json, json};

use crate::corpus::input::Document;
use crate::corpus::outcome::{Outcome, make};
use crate::openapi::keyword::{Keyword, ObjectType, Treatment};
use crate::openapi::{HEADER, OPERATION, PARAMETER, REQUEST_BODY, RESPONSE, SCHEMA};

/// A document with one of everything that keywords can be put into.
fn document() -> Json {
    let object = json!({"type": "object", "properties": {
        "text": {"type": "string"}, "count": {"type": "integer"}, "list": {"type": "array", "items": {"type": "string"}},
        "map": {"type": "object", "properties": {"inner": {"type": "string"}}}, "any": {},
        "name": {"type": "string"}}, "required": ["name"]});
    let json_body = json!({"content": {"application/json": {"schema": object}}});
    json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://a.example.com"}],
        "security": [{"key": []}],
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "paths": {"/a/{id}": {"post": {"operationId": "a", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "object"}},
            {"name": "q", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
            {"name": "x-h", "in": "header", "schema": {"type": "object"}},
            {"name": "r", "in": "query", "required": true, "schema": {"type": "string"}}],
            "requestBody": json_body, "responses": {"200": {
                "description": "d", "headers": {}, "content": json_body["content"]},
                "404": {"description": "d", "content": json_body["content"]}}}}}})
}

/// Where a schema is sent, and where one is received.
const SCHEMAS: [&str; 2] = [
    "/paths/~1a~1{id}/post/requestBody/content/application~1json/schema",
    "/paths/~1a~1{id}/post/responses/200/content/application~1json/schema",
];

fn made(document: &Json) -> Outcome {
    let text = document.to_string();
    let name = || "t".to_owned();
    make(&Document { name: name(), package: name(), folder: name(), text })
}

/// The crate, apart from the document that it keeps.
fn code(outcome: &Outcome) -> Vec<(&str, &str)> {
    let files = outcome.files.iter().flat_map(|it| &it.files);
    let files = files.filter(|(path, _)| path.extension() != Some("json"));
    files.map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

/// Puts a keyword into an object of the document and says whether that is silent.
fn is_silent(before: &Outcome, at: &str, name: &str, value: &Json) -> bool {
    let mut changed = document();
    let object = changed.pointer_mut(at).and_then(Json::as_object_mut).expect("an object");
    object.insert(name.to_owned(), value.clone());
    let after = made(&changed);
    let place = format!("{at}/{}", crate::node::pointer_token(name));
    let told = |outcome: &Outcome| {
        outcome.findings.iter().filter(|(_, pointer)| pointer.starts_with(&place)).count()
    };
    code(before) == code(&after) && told(&after) == 0
}

fn is_without_effect(keyword: &Keyword) -> bool {
    matches!(keyword.treatment, Treatment::WithoutEffect(_) | Treatment::Followed)
}

/// A value for a keyword of a schema, and the property that it says something about: of its type.
fn sample(name: &str) -> Option<(&'static str, Json)> {
    let text = json!({"type": "string", "description": "new"});
    Some(match name {
        "$dynamicRef" | "$recursiveRef" => ("any", json!("#x")),
        "title" => ("map", json!("Another Name")),
        "description" => ("text", json!("What it is.")),
        "deprecated" | "readOnly" | "writeOnly" | "nullable" | "x-nullable" => {
            ("text", json!(true))
        }
        "type" => ("text", json!("integer")),
        "format" => ("text", json!("uuid")),
        "const" => ("text", json!("c")),
        "enum" => ("text", json!(["a", "b"])),
        "default" | "pattern" => ("text", json!("d")),
        // Examples stand in the example calls, which give what is required.
        "example" => ("name", json!("d")),
        "examples" => ("name", json!(["d"])),
        "multipleOf" | "minimum" | "exclusiveMinimum" | "maximum" | "exclusiveMaximum" => {
            ("count", json!(3))
        }
        "minLength" | "maxLength" => ("text", json!(3)),
        "items" => ("list", json!({"type": "integer"})),
        "prefixItems" => ("list", json!([text])),
        "additionalItems" | "unevaluatedItems" | "contains" => ("list", text),
        "minContains" | "maxContains" | "minItems" | "maxItems" => ("list", json!(2)),
        "uniqueItems" => ("list", json!(true)),
        "required" => ("map", json!(["inner"])),
        "properties" | "patternProperties" => ("map", json!({"another": text})),
        "additionalProperties" | "unevaluatedProperties" => ("map", json!(true)),
        "propertyNames" => ("map", json!({"pattern": "^a"})),
        "minProperties" | "maxProperties" => ("map", json!(2)),
        "dependentRequired" => ("map", json!({"inner": ["other"]})),
        "dependentSchemas" | "dependencies" => {
            ("map", json!({"inner": {"properties": {"other": text}}}))
        }
        "allOf" | "anyOf" | "oneOf" => (
            "map",
            json!([{"properties": {"b": text}, "required": ["b"]}, {"properties": {"c": text}, "required": ["c"]}]),
        ),
        "not" | "if" => ("map", json!({"required": ["inner"]})),
        "then" | "else" => ("map", json!({"properties": {"other": text}})),
        "discriminator" => ("map", json!({"propertyName": "inner"})),
        "contentEncoding" => ("text", json!("base64")),
        "contentMediaType" => ("text", json!("application/json")),
        "contentSchema" => ("text", text),
        "externalDocs" => ("map", json!({"url": "https://example.com"})),
        "x-extensible-enum"
        | "x-enum-varnames"
        | "x-enumNames"
        | "x-enum-descriptions"
        | "x-enumDescriptions" => ("text", json!(["a"])),
        _ => return None,
    })
}

#[test]
fn no_keyword_of_a_schema_is_silent() {
    let before = made(&document());
    let (mut silent, mut untried) = (Vec::new(), Vec::new());
    for keyword in SCHEMA.keywords.iter().filter(|it| !is_without_effect(it)) {
        let Some((property, value)) = sample(keyword.name) else {
            untried.push(keyword.name);
            continue;
        };
        // A gap may be one in one direction alone, and what is done in the other is what was there.
        let heard = SCHEMAS.iter().any(|at| {
            !is_silent(&before, &format!("{at}/properties/{property}"), keyword.name, &value)
        });
        if !heard {
            silent.push(keyword.name);
        }
    }
    assert_eq!((silent, untried), (Vec::<&str>::new(), vec!["$schema"]));
}

#[test]
fn no_keyword_of_a_call_is_silent() {
    let before = made(&document());
    let operation = "/paths/~1a~1{id}/post";
    let at = |rest: &str| format!("{operation}{rest}");
    let (body, response) = (at("/requestBody"), at("/responses/200"));
    let header = json!({"x-a": {"schema": {"type": "string"}}});
    let cases: Vec<(&'static ObjectType, String, &str, Json)> = vec![
        (&OPERATION, at(""), "tags", json!(["t"])),
        (&OPERATION, at(""), "summary", json!("What it does.")),
        (&OPERATION, at(""), "description", json!("What it does.")),
        (&OPERATION, at(""), "operationId", json!("another")),
        (&OPERATION, at(""), "deprecated", json!(true)),
        (&OPERATION, at(""), "security", json!([])),
        (&OPERATION, at(""), "servers", json!([{"url": "https://b.example.com"}])),
        (&OPERATION, at(""), "callbacks", json!({"c": {"{$url}": {"post": {"responses": {}}}}})),
        (&PARAMETER, at("/parameters/1"), "name", json!("r")),
        (&PARAMETER, at("/parameters/1"), "in", json!("header")),
        (&PARAMETER, at("/parameters/1"), "description", json!("What it is.")),
        (&PARAMETER, at("/parameters/1"), "required", json!(true)),
        (&PARAMETER, at("/parameters/1"), "deprecated", json!(true)),
        (&PARAMETER, at("/parameters/1"), "style", json!("pipeDelimited")),
        (&PARAMETER, at("/parameters/1"), "explode", json!(false)),
        (&PARAMETER, at("/parameters/1"), "allowReserved", json!(true)),
        (&PARAMETER, at("/parameters/1"), "schema", json!({"type": "integer"})),
        (&PARAMETER, at("/parameters/3"), "example", json!("d")),
        (&PARAMETER, at("/parameters/3"), "examples", json!({"e": {"value": "d"}})),
        (&PARAMETER, at("/parameters/0"), "explode", json!(true)),
        (&PARAMETER, at("/parameters/0"), "style", json!("matrix")),
        (&PARAMETER, at("/parameters/2"), "explode", json!(true)),
        (&PARAMETER, at("/parameters/2"), "content", json!({"application/json": {}})),
        (&REQUEST_BODY, body.clone(), "description", json!("What it is.")),
        (&REQUEST_BODY, body, "required", json!(true)),
        // What is said of the only success is said by the operation.
        (&RESPONSE, at("/responses/404"), "description", json!("What it is.")),
        (&RESPONSE, response, "headers", header),
    ];
    let silent: Vec<_> = cases
        .iter()
        .inspect(|(of, _, name, _)| {
            assert!(of.keyword(name).is_some(), "{} has no {name}", of.name)
        })
        .filter(|(_, at, name, value)| is_silent(&before, at, name, value))
        .map(|(of, at, name, _)| (of.name, at, name))
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
    let tried = |of: &'static ObjectType, name: &str| {
        cases.iter().any(|(other, _, it, _)| other.is(of) && *it == name)
    };
    let untried: Vec<_> = [&OPERATION, &PARAMETER, &REQUEST_BODY, &RESPONSE, &HEADER]
        .into_iter()
        .flat_map(|of| {
            of.keywords.iter().filter(|it| !is_without_effect(it)).map(move |it| (of, it.name))
        })
        .filter(|(of, name)| !tried(of, name))
        .map(|(of, name)| format!("{}.{name}", of.name))
        .collect();
    assert_eq!(untried, Vec::<String>::new());
}
