//! Documents in parts, each file a few lines.

use serde_json::{Value as Json, json};

use crate::catalog::Api;
use crate::config::ApiConfig;
use crate::finding::Findings;
use crate::read::read;
use crate::source::Source;

/// The bound document of an API in these files, and what was found.
fn bound(files: &[(&str, &str)]) -> (Json, Vec<String>) {
    let pages: Vec<_> =
        files.iter().map(|(path, text)| Source::new(format!("specs/a/{path}"), *text)).collect();
    let config = ApiConfig::bare("A", "bindery-a", &pages[0]);
    let mut findings = Findings::default();
    let bound = read(&Api { config, pages }, &mut findings);
    let document = bound.map(|it| it.document.to_json()).unwrap_or_default();
    (document, findings.iter().map(ToString::to_string).collect())
}

const OPENAPI: &str = "
openapi: 3.1.0
paths:
  /teams:
    get:
      parameters: [{$ref: 'shared/parameters.yaml#/limit'}]
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: './team.json'}}}
";

#[test]
fn what_is_in_other_files_becomes_components() {
    let team = r##"{"type": "object", "properties": {"lead": {"$ref": "shared/people.yaml#/Person"},
        "parent": {"$ref": "#"}}}"##;
    let people = "Person: {type: object, properties: {team: {$ref: ../team.json}, role: {$ref: '#/Role'}}}\nRole: {type: string}\n";
    let parameters = "limit: {name: limit, in: query, schema: {type: integer}}\n";
    let (document, findings) = bound(&[
        ("openapi.yaml", OPENAPI),
        ("shared/parameters.yaml", parameters),
        ("shared/people.yaml", people),
        ("team.json", team),
    ]);
    assert_eq!(findings, [""; 0]);
    let components = json!({
        "parameters": {"limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
        "schemas": {
            "Person": {"type": "object", "properties": {
                "role": {"$ref": "#/components/schemas/Role"}, "team": {"$ref": "#/components/schemas/team"}}},
            "Role": {"type": "string"},
            "team": {"type": "object", "properties": {
                "lead": {"$ref": "#/components/schemas/Person"}, "parent": {"$ref": "#/components/schemas/team"}}},
        },
    });
    assert_eq!(document["components"], components);
}

#[test]
fn a_path_item_may_be_a_file() {
    let root = "openapi: 3.1.0\npaths: {/a: {$ref: a.yaml}}\n";
    let item = "get: {operationId: a, responses: {'204': {description: done}}}\n";
    let (document, findings) = bound(&[("a.yaml", item), ("openapi.yaml", root)]);
    assert_eq!(findings, [""; 0]);
    assert_eq!(document["paths"]["/a"]["get"]["operationId"], "a");
}

#[test]
fn names_that_are_taken_are_left_to_those_who_have_them() {
    let root = "
openapi: 3.1.0
paths: {/a: {get: {responses: {'200': {description: a, content: {application/json: {schema: {$ref: 'b.yaml#/Team'}}}}}}}}
components: {schemas: {Team: {type: integer}}}
";
    let (document, findings) = bound(&[("b.yaml", "Team: {type: string}\n"), ("root.yaml", root)]);
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        document["components"]["schemas"],
        json!({"Team": {"type": "integer"}, "Team2": {"type": "string"}})
    );
}

#[test]
fn nothing_above_the_folder_and_nothing_at_an_address_is_read() {
    for reference in [
        "../b/team.json",
        "/etc/team.json",
        "https://example.com/team.json",
        "gone.json",
        "..\\b",
        "file:team.json",
    ] {
        let root = OPENAPI.replace("./team.json", reference);
        let parameters = ("shared/parameters.yaml", "limit: {name: limit, in: query}\n");
        let (_, findings) = bound(&[
            ("openapi.yaml", &root),
            parameters,
            ("team.json", "{\"openapi\": \"3.1.0\", \"paths\": {\"/x\": {\"get\": {}}}}"),
        ]);
        let external =
            findings.iter().filter(|it| it.starts_with("loss[external-reference]")).count();
        assert_eq!(external, 1, "{reference}: {findings:?}");
    }
}

#[test]
fn a_file_that_nobody_refers_to_is_still_no_page() {
    let root = OPENAPI.replace("./team.json", "shared/parameters.yaml#/limit/schema");
    let parameters =
        ("shared/parameters.yaml", "limit: {name: limit, in: query, schema: {type: integer}}\n");
    let (_, findings) =
        bound(&[("openapi.yaml", &root), parameters, ("stray.yaml", "stray: true\n")]);
    assert!(findings[0].starts_with("error[unknown-format] specs/a/stray.yaml:1"), "{findings:?}");
}

#[test]
fn where_nothing_refers_elsewhere_nothing_is_parsed_twice() {
    use super::refers_elsewhere;
    assert!(!refers_elsewhere(r##"{"$ref": "#/a", "b": {"$ref":"#/c"}}"##));
    assert!(!refers_elsewhere("$ref: '#/a'\n  $ref:\n    '#/b'"));
    assert!(refers_elsewhere("a: {$ref: b.yaml}"));
}
