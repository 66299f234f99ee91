//! The keywords of schemas and of calls, put where they may stand: what the table says of one is what becomes of it.

use serde_json::{Value as Json, json};

use crate::corpus::input::Document;
use crate::corpus::outcome::{Outcome, make};
use crate::openapi::keyword::{Keyword, ObjectType, Treatment};
use crate::openapi::{OPERATION, PARAMETER, REQUEST_BODY, RESPONSE, SCHEMA};

/// A document with one of everything that keywords can be put into, in the order in which it is bound.
fn document() -> Json {
    let object = json!({"type": "object", "properties": {
        "text": {"type": "string"}, "count": {"type": "integer"}, "list": {"type": "array", "items": {"type": "string"}},
        "map": {"type": "object", "properties": {"inner": {"type": "string"}}}, "any": {},
        "name": {"type": "string"}}, "required": ["name"]});
    let json_body = json!({"content": {"application/json": {"schema": object}}});
    json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://a.example.com"}],
        "security": [{"key": []}],
        "components": {
            "schemas": {"Kind": {"type": "object", "properties": {"of": {"type": "string"}}}}, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "paths": {"/a/{id}": {"post": {"operationId": "a", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "object"}},
            {"name": "x-h", "in": "header", "schema": {"type": "object"}},
            {"name": "q", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
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

/// What putting a keyword into an object of the document changes.
struct Change {
    /// Code or the arrangement of files.
    code: bool,
    /// The documentation.
    documentation: bool,
    /// Whether a finding points to the keyword.
    is_reported: bool,
}

fn change(before: &Outcome, at: &str, name: &str, value: &Json) -> Change {
    let mut changed = document();
    let object = changed.pointer_mut(at).and_then(Json::as_object_mut).expect("an object");
    object.insert(name.to_owned(), value.clone());
    let after = made(&changed);
    let place = format!("{at}/{}", crate::node::pointer_token(name));
    let is_doc = |line: &str| line.trim_start().starts_with("//");
    let lines = |outcome: &Outcome, docs: bool| -> Vec<String> {
        let files = code(outcome).into_iter().filter(|(path, _)| path.ends_with(".rs"));
        let lines = files.flat_map(|(path, text)| text.lines().map(move |line| (path, line)));
        let lines = lines.filter(|(_, line)| is_doc(line) == docs);
        lines.map(|(path, line)| format!("{path}: {line}")).collect()
    };
    Change {
        code: lines(before, false) != lines(&after, false),
        documentation: lines(before, true) != lines(&after, true),
        is_reported: after.findings.iter().any(|(_, pointer)| pointer.starts_with(&place)),
    }
}

/// Whether the table is right about a keyword that was put into some places. A gap is one in some of them, and in others
/// it may be done.
fn is_right(treatment: Treatment, changes: &[Change]) -> bool {
    match treatment {
        Treatment::Types | Treatment::TypesWhere(_) | Treatment::Wire => {
            changes.iter().any(|it| it.code)
        }
        Treatment::Documented | Treatment::DocumentedWhere(_) => {
            changes.iter().any(|it| it.documentation)
        }
        Treatment::WithoutEffect(_) => changes.iter().all(|it| !it.code && !it.documentation),
        Treatment::Gap(gap) => {
            changes.iter().any(|it| it.is_reported)
                || gap.otherwise.is_some_and(|done| is_right(done, changes))
        }
        Treatment::Followed => true,
    }
}

/// A value for a keyword of a schema, and the property that it says something about: of its type.
fn sample(name: &str) -> (&'static str, Json) {
    let text = json!({"type": "string", "description": "new"});
    match name {
        "$schema" => ("any", json!("http://json-schema.org/draft-04/schema#")),
        "$dynamicRef" | "$recursiveRef" => ("any", json!("#x")),
        "title" => ("map", json!("AnotherName")),
        "description" => ("text", json!("What it is.")),
        "deprecated" | "readOnly" | "writeOnly" => ("text", json!(true)),
        "nullable" | "x-nullable" => ("name", json!(true)),
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
        "discriminator" => {
            let mapping = json!({"k": "#/components/schemas/Kind"});
            ("map", json!({"propertyName": "inner", "mapping": mapping}))
        }
        "contentEncoding" => ("text", json!("base64")),
        "contentMediaType" => ("text", json!("application/json")),
        "contentSchema" => ("text", text),
        "externalDocs" => ("map", json!({"url": "https://example.com"})),
        "x-extensible-enum"
        | "x-enum-varnames"
        | "x-enumNames"
        | "x-enum-descriptions"
        | "x-enumDescriptions" => ("text", json!(["a"])),
        // Of the rest, nothing is done, whatever its value.
        _ => ("text", json!("x")),
    }
}

#[test]
fn the_table_of_schemas_is_right() {
    let before = made(&document());
    for keyword in SCHEMA.keywords.iter().filter(|it| !matches!(it.treatment, Treatment::Followed))
    {
        let (property, value) = sample(keyword.name);
        let changes = SCHEMAS.map(|at| {
            change(&before, &format!("{at}/properties/{property}"), keyword.name, &value)
        });
        assert!(
            is_right(keyword.treatment, &changes),
            "`{}`: {:?}",
            keyword.name,
            keyword.treatment
        );
    }
}

#[test]
fn the_tables_of_calls_are_right() {
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
        (&PARAMETER, at("/parameters/2"), "name", json!("r")),
        (&PARAMETER, at("/parameters/2"), "in", json!("header")),
        (&PARAMETER, at("/parameters/2"), "description", json!("What it is.")),
        (&PARAMETER, at("/parameters/2"), "required", json!(true)),
        (&PARAMETER, at("/parameters/2"), "deprecated", json!(true)),
        (&PARAMETER, at("/parameters/2"), "style", json!("pipeDelimited")),
        (&PARAMETER, at("/parameters/2"), "explode", json!(false)),
        (&PARAMETER, at("/parameters/2"), "allowReserved", json!(true)),
        (&PARAMETER, at("/parameters/2"), "schema", json!({"type": "integer"})),
        (&PARAMETER, at("/parameters/3"), "example", json!("d")),
        (&PARAMETER, at("/parameters/3"), "examples", json!({"e": {"value": "d"}})),
        (&PARAMETER, at("/parameters/0"), "explode", json!(true)),
        (&PARAMETER, at("/parameters/0"), "style", json!("matrix")),
        (&PARAMETER, at("/parameters/1"), "explode", json!(true)),
        (&PARAMETER, at("/parameters/1"), "content", json!({"application/json": {}})),
        (&REQUEST_BODY, body.clone(), "description", json!("What it is.")),
        (&REQUEST_BODY, body, "required", json!(true)),
        // What is said of the only success is said by the operation.
        (&RESPONSE, at("/responses/404"), "description", json!("What it is.")),
        (&RESPONSE, response, "headers", header),
    ];
    for (of, at, name, value) in &cases {
        let keyword = of.keyword(name).expect("a keyword of the table");
        let changes = [change(&before, at, name, value)];
        assert!(is_right(keyword.treatment, &changes), "`{name}` at {at}: {:?}", keyword.treatment);
    }
    let tried = |of: &'static ObjectType, name: &str| {
        cases.iter().any(|(other, _, it, _)| other.is(of) && *it == name)
    };
    let is_tried_elsewhere =
        |it: &&Keyword| matches!(it.treatment, Treatment::Followed | Treatment::WithoutEffect(_));
    let untried: Vec<_> = [&OPERATION, &PARAMETER, &REQUEST_BODY, &RESPONSE]
        .into_iter()
        .flat_map(|of| of.keywords.iter().map(move |it| (of, it)))
        .filter(|(of, it)| !is_tried_elsewhere(it) && !tried(of, it.name))
        .map(|(of, it)| format!("{}.{}", of.name, it.name))
        .collect();
    assert_eq!(untried, Vec::<String>::new());
}
