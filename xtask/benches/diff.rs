//! How long it takes to compare two versions of a large document, which is made here.
//!
//! `cargo bench --package xtask --bench diff` prints a row for the comparison and one with the reading.

use std::fmt::Write as _;
use std::sync::Arc;

use xtask::catalog::Api;
use xtask::config::ApiConfig;
use xtask::diff::wire;
use xtask::finding::Findings;
use xtask::node::Node;
use xtask::read;
use xtask::source::Source;

/// How many resources the document has; each has five operations and four schemas, in about 5 KB.
const RESOURCES: usize = 1000;

fn main() {
    divan::main();
}

/// A document of about 5 MB, in which every resource refers to others.
fn page(limit: usize) -> Arc<Source> {
    let (mut paths, mut schemas) = (String::new(), String::new());
    for number in 0..RESOURCES {
        let comma = if number == 0 { "" } else { "," };
        let resource = format!("Resource{number}");
        let body = |schema: &str| {
            format!(
                r##""content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/{schema}"}}}}}}"##
            )
        };
        let one =
            format!(r#""responses": {{"200": {{"description": "One", {}}}}}"#, body(&resource));
        let _ = write!(
            paths,
            r##"{comma}"/resources{number}": {{
              "get": {{"operationId": "list_{number}", "parameters": [{{"name": "limit", "in": "query",
                "description": "{text}", "schema": {{"type": "integer", "maximum": {limit}}}}}],
                "responses": {{"200": {{"description": "All", {list}}}}}}},
              "post": {{"operationId": "add_{number}", "description": "{text}", "requestBody": {{{input}}}, {one}}}}},
            "/resources{number}/{{id}}": {{
              "parameters": [{{"name": "id", "in": "path", "required": true, "schema": {{"type": "string"}}}}],
              "get": {{"operationId": "get_{number}", "description": "{text}", {one}}},
              "patch": {{"operationId": "change_{number}", "requestBody": {{{input}}}, {one}}},
              "delete": {{"operationId": "drop_{number}", "responses": {{"204": {{"description": "Gone"}}}}}}}}"##,
            text = "What this is for, and what to keep in mind when using it. ".repeat(4),
            list = body(&format!("{resource}List")),
            input = body(&format!("{resource}Input")),
        );
        let properties: String = (0..14)
            .map(|at| {
                format!(
                    r#", "field{at}": {{"type": "string", "maxLength": {}, "description": "The field {at} of it."}}"#,
                    limit + at
                )
            })
            .collect();
        let other = number / 3;
        let _ = write!(
            schemas,
            r##"{comma}"{resource}": {{"type": "object", "required": ["id"], "properties": {{
              "id": {{"type": "string", "readOnly": true}}, "state": {{"type": "string", "enum": ["on", "off"]}},
              "owner": {{"anyOf": [{{"$ref": "#/components/schemas/Resource{other}"}}, {{"type": "null"}}]}}{properties}}}}},
            "{resource}Input": {{"allOf": [{{"$ref": "#/components/schemas/{resource}"}},
              {{"type": "object", "properties": {{"note": {{"type": "string"}}}}}}]}},
            "{resource}List": {{"type": "object", "properties": {{"items": {{"type": "array",
              "items": {{"$ref": "#/components/schemas/{resource}"}}}}}}}}"##,
        );
    }
    let text = format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "Large", "version": "1"}}, "paths": {{{paths}}},
        "components": {{"schemas": {{{schemas}}}}}}}"#
    );
    Source::new("large.json", text)
}

fn document(page: &Arc<Source>) -> Node {
    let config = ApiConfig::bare("Large", "bindery-large", page);
    let api = Api { config, pages: vec![Arc::clone(page)] };
    read::read(&api, &mut Findings::default()).expect("the page binds").document
}

/// Two versions that differ in a few places.
fn few() -> (Arc<Source>, Arc<Source>) {
    let old = page(100);
    let text = old.text();
    let text = text.replacen("\"maximum\": 100", "\"maximum\": 50", 3);
    let text = text.replacen("[\"on\", \"off\"]", "[\"on\"]", 5);
    let new = Source::new("large.json", text.replacen("\"field3\"", "\"field_3\"", 5));
    (old, new)
}

#[divan::bench(sample_count = 10)]
fn few_differences(bencher: divan::Bencher<'_, '_>) {
    let (old, new) = few();
    let (old, new) = (document(&old), document(&new));
    bencher.bench_local(|| wire::compare(&old, &new));
}

#[divan::bench(sample_count = 10)]
fn few_differences_and_reading(bencher: divan::Bencher<'_, '_>) {
    let (old, new) = few();
    bencher.bench_local(|| wire::compare(&document(&old), &document(&new)));
}

#[divan::bench(sample_count = 10)]
fn differences_everywhere(bencher: divan::Bencher<'_, '_>) {
    let (old, new) = (document(&page(100)), document(&page(50)));
    bencher.bench_local(|| wire::compare(&old, &new));
}
