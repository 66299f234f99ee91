//! That the catalogue is true: what each kind shows has it, and each kind is made somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;
use crate::catalog::Api;
use crate::config::ApiConfig;
use crate::finding::Findings;
use crate::pipeline::bind_api;
use crate::source::Source;

const PATHS: &str = "
paths:
  /things:
    get:
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses:
        '200':
          description: The things.
          content: {application/json: {schema: {$ref: '#/components/schemas/Things'}}}
";

const COMPONENTS: &str = "
components:
  schemas:
    Things:
      type: object
      required: [data]
      properties: {data: {type: array, items: {$ref: '#/components/schemas/Thing'}}, next: {type: string}}
    Thing: {type: object, properties: {id: {type: string}}}
";

/// The findings about an example, completed by what is left out of it.
fn found(example: Example) -> Findings {
    let (page, config) = match example {
        Example::Document(text) if text.contains("paths:") => (document(text), ""),
        Example::Document(text) => (document(&format!("{text}{}", answers(text))), ""),
        Example::Config(text) => (document(&format!("{PATHS}{COMPONENTS}")), text),
        Example::Page(text) => (text.to_owned(), ""),
    };
    let mut findings = Findings::default();
    let config = Source::new("api.toml", format!("title = \"Things\"\n{config}"));
    if let Some(config) = ApiConfig::parse("things", &config, &mut findings) {
        let pages = vec![Source::new("page.md", page)];
        bind_api(&Api { config, pages }, &mut findings);
    }
    findings
}

fn document(text: &str) -> String {
    format!("openapi: 3.1.0\n{text}")
}

/// Operations that answer with each of the schemas, and one that just answers.
fn answers(text: &str) -> String {
    let schemas = text.lines().filter_map(|line| line.strip_prefix("    ")?.split(':').next());
    let path = |name: &str| {
        let schema = format!("{{$ref: '#/components/schemas/{name}'}}");
        let content = format!("{{application/json: {{schema: {schema}}}}}");
        format!(
            "  /{name}: {{get: {{responses: {{'200': {{description: It., content: {content}}}}}}}}}\n"
        )
    };
    let schemas: String = schemas.filter(|name| !name.starts_with(' ')).map(path).collect();
    format!("paths:\n  /: {{get: {{responses: {{'204': {{description: Done.}}}}}}}}\n{schemas}")
}

#[test]
fn what_a_kind_shows_has_it() {
    let mut wrong = Vec::new();
    for kind in Kind::ALL {
        let Some(example) = kind.entry().example else { continue };
        let findings = found(example);
        let severity = kind.entry().severity();
        let has_it = findings.iter().any(|it| (it.kind, it.severity) == (*kind, severity));
        // What has worse problems besides shows something else. A part that is not there is a reference that is not.
        let has_worse = findings.iter().any(|it| {
            it.severity >= severity && ![*kind, Kind::UnresolvedReference].contains(&it.kind)
        });
        if !has_it || has_worse {
            let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
            wrong.push(format!("{kind}: {}", lines.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Kinds of losses and errors of pages that nothing small has.
const LARGE: [Kind; 3] = [Kind::SchemaDepth, Kind::SchemaSize, Kind::Generator];

#[test]
fn what_is_found_in_pages_and_decisions_is_shown() {
    // What is found in files, crates and programs, no document shows.
    let start = |kind| Kind::ALL.iter().position(|it| *it == kind).unwrap();
    let of_pages = &Kind::ALL[start(Kind::BadPagination)..start(Kind::ClashingPaths)];
    let grave = |kind: &&Kind| matches!(kind.entry().severity(), Severity::Error | Severity::Loss);
    let unshown: Vec<_> = of_pages
        .iter()
        .filter(grave)
        .filter(|kind| kind.entry().example.is_none() && !LARGE.contains(kind))
        .collect();
    assert!(unshown.is_empty(), "{unshown:?}");
}

#[test]
fn each_kind_is_made_somewhere() {
    fn read(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_about_kinds =
                path.ends_with("finding/kind") || path.ends_with("finding/kind.rs");
            let is_test = path.ends_with("tests.rs") || path.ends_with("tests");
            match path.is_dir() {
                _ if is_about_kinds || is_test => {}
                true => read(&path, text),
                false => *text += &fs::read_to_string(&path).unwrap(),
            }
        }
    }
    let mut text = String::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
    let made: BTreeSet<&str> = text
        .split("Kind::")
        .skip(1)
        .filter_map(|it| it.split(|c: char| !c.is_alphanumeric()).next())
        .collect();
    let idle: Vec<_> =
        Kind::ALL.iter().filter(|kind| !made.contains(format!("{kind:?}").as_str())).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn names_are_the_kinds_in_kebab_case() {
    for kind in Kind::ALL {
        assert_eq!(kind.name(), heck::ToKebabCase::to_kebab_case(format!("{kind:?}").as_str()));
        assert_eq!(Kind::named(kind.name()), Some(*kind), "another one has the name");
        assert!(!kind.entry().severities.is_empty());
    }
}

#[test]
fn texts_are_whole_sentences() {
    for kind in Kind::ALL {
        let entry = kind.entry();
        for text in [entry.what, entry.why, entry.help] {
            let starts = text.starts_with(|c: char| c.is_ascii_uppercase() || c == '`');
            assert!(starts && text.ends_with('.') && text.contains(' '), "{kind}: {text}");
        }
        let first = entry.what.trim_end_matches('.');
        assert!(!first.contains(". "), "`what` of {kind} is several sentences");
    }
}
