//! Random documents and hostile texts, from lowering to the files of a crate.

use std::collections::BTreeSet;

use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use serde_json::{Value as Json, json};

use crate::refine::docs::tests::hostile;
use crate::sanitize::is_hidden;
use crate::testing::{self, config};

/// Names that clash, that Rust cannot have, and others.
const NAMES: &[&str] = &[
    "a", "b", "A", "aB", "a_b", "type", "self", "Self", "new", "default", "uuid", "types",
    "runtime", "Option", "2", "-", "", "é", "id", "a/b", "Unknown", "body", "client", "send",
    "into", "a b c", "ABC", "x2", "x_2",
];

fn name() -> impl Strategy<Value = String> + Clone {
    prop::sample::select(NAMES).prop_map(str::to_owned)
}

/// Small schemas of every kind, with references to components that may exist or not.
fn schema() -> impl Strategy<Value = Json> {
    let text = prop::sample::select(vec![
        "string", "integer", "number", "boolean", "null", "object", "array", "file",
    ]);
    let format = prop::sample::select(vec!["date-time", "date", "uuid", "int32", "int64", "email"]);
    let leaf = prop_oneof![
        3 => text.clone().prop_map(|ty| json!({"type": ty})),
        1 => (text, format).prop_map(|(ty, format)| json!({"type": ty, "format": format})),
        3 => name().prop_map(|name| json!({"$ref": format!("#/components/schemas/{}", crate::node::pointer_token(&name))})),
        1 => prop::collection::vec(name(), 1..4).prop_map(|values| json!({"enum": values})),
        1 => name().prop_map(|value| json!({"const": value})),
        1 => Just(json!({})), 1 => Just(json!(true)), 1 => Just(json!({"enum": [1, null, "a"]})),
        1 => Just(json!({"type": ["string", "integer", "null"]})),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let named = prop::collection::vec((name(), inner.clone()), 0..4);
        let several = prop::collection::vec(inner.clone(), 0..4);
        let object = (named, prop::collection::vec(name(), 0..3), prop::option::of(inner.clone())).prop_map(
            |(properties, required, rest)| {
                let properties: serde_json::Map<_, _> = properties.into_iter().collect();
                let mut object = json!({"type": "object", "properties": properties, "required": required});
                if let Some(rest) = rest {
                    object["additionalProperties"] = rest;
                }
                object
            },
        );
        prop_oneof![
            4 => object.clone(),
            1 => inner.clone().prop_map(|items| json!({"type": "array", "items": items})),
            1 => inner.clone().prop_map(|values| json!({"additionalProperties": values})),
            1 => several.clone().prop_map(|parts| json!({"allOf": parts})),
            1 => several.clone().prop_map(|parts| json!({"oneOf": parts})),
            1 => (several, object.clone()).prop_map(|(parts, mut object)| {
                object["anyOf"] = json!(parts);
                object
            }),
            1 => (name(), object).prop_map(|(title, mut object)| {
                object["title"] = json!(title);
                object["nullable"] = json!(true);
                object
            }),
            1 => (inner, name()).prop_map(|(one, tag)| json!({"oneOf": [one, {"$ref": "#/components/schemas/a"}],
                "discriminator": {"propertyName": tag}})),
        ]
    })
}

/// Documents with a few components and operations.
fn document() -> impl Strategy<Value = Json> {
    let operation = (name(), name(), schema(), schema(), prop::collection::vec((name(), schema()), 0..3)).prop_map(
        |(id, tag, body, answer, parameters)| {
            let places = ["path", "query", "header"].iter().cycle();
            let parameters: Vec<Json> = parameters.into_iter().zip(places)
                .map(|((name, schema), place)| json!({"name": name, "in": place, "schema": schema}))
                .collect();
            let content = |schema: Json| json!({"application/json": {"schema": schema}});
            json!({"operationId": id, "tags": [tag], "parameters": parameters, "requestBody": {"required": true, "content": content(body)},
                "responses": {"200": {"content": content(answer.clone())}, "404": {"content": content(answer)}, "4XX": {"content": content(json!({"$ref": "#/components/schemas/a"}))}}})
        },
    );
    let schemas = prop::collection::vec((name(), schema()), 0..5);
    let paths = prop::collection::vec((name(), operation), 1..4);
    let webhooks = prop::collection::vec((name(), schema()), 0..4);
    (schemas, paths, webhooks).prop_map(|(schemas, paths, webhooks)| {
        let hook = |(name, schema): (String, Json)| {
            let content = json!({"application/json": {"schema": schema}});
            (name, json!({"post": {"requestBody": {"content": content}}}))
        };
        let webhooks: serde_json::Map<_, _> = webhooks.into_iter().map(hook).collect();
        let schemas: serde_json::Map<_, _> = schemas.into_iter().collect();
        let paths: serde_json::Map<_, _> = paths
            .into_iter()
            .map(|(name, it)| (format!("/{name}/{{a}}"), json!({"post": it})))
            .collect();
        json!({"paths": paths, "webhooks": webhooks, "components": {"schemas": schemas}})
    })
}

/// The types that a crate defines, each once, and the operations' requests.
fn check_sources(files: &crate::emit::FileSet) -> Result<(), TestCaseError> {
    let mut defined = BTreeSet::new();
    for (path, text) in files.files.iter().filter(|(path, _)| path.extension() == Some("rs")) {
        let file = syn::parse_file(text);
        prop_assert!(file.is_ok(), "{path}: {:?}\n{text}", file.err());
        for item in file.into_iter().flat_map(|it| it.items) {
            let name = match &item {
                syn::Item::Struct(it) => &it.ident,
                syn::Item::Enum(it) => &it.ident,
                _ => continue,
            };
            let scope = match path.components().any(|it| it.as_str().starts_with("mock")) {
                true => "mock",
                false if path.ends_with("types.rs") => "types",
                false if path.ends_with("src/webhooks.rs") => "webhooks",
                false => "crate",
            };
            prop_assert!(defined.insert(format!("{scope}::{name}")), "{name} is defined twice");
        }
    }
    for (path, text) in files.files.iter().filter(|(path, _)| path.extension() == Some("rs")) {
        let tokens: proc_macro2::TokenStream =
            text.parse().map_err(|_| TestCaseError::fail(format!("{path} is no Rust")))?;
        let mut named = Vec::new();
        named_types(tokens, &mut named);
        for name in named {
            prop_assert!(defined.contains(&format!("types::{name}")), "{name} is not defined");
        }
    }
    Ok(())
}

/// The names behind `types::`.
fn named_types(tokens: proc_macro2::TokenStream, named: &mut Vec<String>) {
    use proc_macro2::TokenTree::{Group, Ident, Punct};
    let tokens: Vec<_> = tokens.into_iter().collect();
    for token in &tokens {
        if let Group(group) = token {
            named_types(group.stream(), named);
        }
    }
    for window in tokens.windows(4) {
        if let [Ident(module), Punct(_), Punct(_), Ident(name)] = window
            && module == "types"
        {
            named.push(name.to_string());
        }
    }
}

/// A crate takes its time, so there are few of them unless more are asked for.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn whatever_is_lowered_becomes_a_crate(document in document()) {
        let outcome = testing::run(document.clone());
        prop_assert!(outcome.refined.is_some(), "{:?}\n{document:#}", outcome.findings);
        check_sources(&outcome.emit(document, &config()).unwrap_or_default())?;
    }

    #[test]
    fn hostile_texts_stay_texts(texts in prop::collection::vec(hostile(), 16)) {
        let document = hostile_document(&texts);
        // A document of which nothing is decided has its own title.
        let config = crate::config::ApiConfig { title: texts[0].clone(), ..config() };
        let files = testing::run(document.clone()).emit(document, &config).unwrap_or_default();
        prop_assert!(!files.files.is_empty());
        check_sources(&files)?;
        let facade = super::facade::facade(&[&config], &config.version, &|_| true);
        for (path, text) in files.files.iter().chain(&facade.files) {
            prop_assert!(!text.chars().any(|it| it != '\n' && is_hidden(it)), "{path}: {text:?}");
        }
        for (path, text) in &facade.files {
            check_facade(path.as_str(), text)?;
        }
        for (path, text) in &files.files {
            if path.extension() == Some("rs") {
                check_documentation(text)?;
            }
        }
        let file = |name: &str| files.files.iter().find(|(path, _)| path.ends_with(name)).map_or("", |(_, it)| it.as_str());
        let manifest: toml::Table = file("Cargo.toml").parse().map_err(|it| TestCaseError::fail(format!("{it}")))?;
        prop_assert_eq!(keys(&manifest, None), ["dependencies", "features", "lints", "package"]);
        prop_assert_eq!(keys(&manifest, Some("dependencies")), ["bindery-runtime", "serde", "serde_json"]);
        let package = ["categories", "description", "edition", "keywords", "license", "metadata", "name", "readme", "rust-version", "version"];
        prop_assert_eq!(keys(&manifest, Some("package")), package);
        prop_assert!(!manifest["package"]["description"].as_str().unwrap_or("\n").contains('\n'));
        check_readme(file("README.md"))?;
        let openapi = file("openapi.json");
        prop_assert!(serde_json::from_str::<Json>(openapi).is_ok());
    }
}

/// A document in which every text is one of the given.
fn hostile_document(texts: &[String]) -> Json {
    let text = |at: usize| texts.get(at).cloned().unwrap_or_default();
    let thing = json!({
        "type": "object", "title": text(0), "description": text(1), "required": [text(2), "u"],
        "externalDocs": {"url": format!("https://example.com/{}", text(3))},
        "properties": {
            text(2): {"type": "string", "description": text(4), "default": text(5), "pattern": text(6), "example": text(7)},
            "e": {"enum": [text(8), text(9), "fine"], "description": text(10)},
            "c": {"const": text(11)},
            "u": {"oneOf": [{"type": "string", "description": text(12)}, {"type": "integer", "enum": [1, text(13)]}]},
        },
    });
    let content = json!({format!("application/{}+json", text(14).replace(';', "")): {"schema": {"$ref": "#/components/schemas/T"}, "example": {"u": text(0)}}});
    let hook = |at: usize, kind: usize| {
        let payload = json!({"type": "object", "title": text(at), "required": ["k"], "properties": {"k": {"const": text(kind)}}});
        json!({"post": {"summary": text(at), "description": text(at + 1), "parameters": [{"name": text(at + 2), "in": "header"}],
            "requestBody": {"description": text(at + 3), "content": {"application/json": {"schema": payload}}},
            "responses": {format!("2{}", text(at)): {"description": text(at)}}}})
    };
    json!({
        "webhooks": {text(1): hook(2, 3)},
        "info": {"title": text(0), "description": text(1)},
        "servers": [
            {"url": "https://a.example.com", "description": text(2)},
            {"url": format!("https://b.example.com/{}", text(3)), "description": text(4)},
            {"url": "https://c.example.com", "description": text(5)},
        ],
        "paths": {format!("/{}", text(6)): {"post": {
            "callbacks": {text(5): {text(6): hook(7, 8)}},
            "operationId": text(7), "summary": text(8), "description": text(9), "tags": [text(10)],
            "parameters": [
                {"name": text(11), "in": "query", "required": true, "description": text(12), "example": text(13)},
                {"name": text(14), "in": "header", "description": text(15)},
            ],
            "requestBody": {"required": true, "description": text(0), "content": content},
            "responses": {
                "200": {"description": text(1), "content": content},
                "404": {"description": text(2)},
                "500": {"description": text(3), "content": {"application/json": {"schema": {"type": "string"}}}},
            },
        }}},
        "components": {
            "schemas": {"T": thing},
            "securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": text(4)}, "l": {"type": "apiKey", "in": "header", "name": "x-key"}},
        },
    })
}

/// Documentation holds no code but our own examples, and attributes only those of ours.
fn check_documentation(text: &str) -> Result<(), TestCaseError> {
    let file = syn::parse_file(text).map_err(|it| TestCaseError::fail(it.to_string()))?;
    prop_assert!(
        !text.contains("deny(x)]\n") || file.attrs.iter().all(|it| !it.path().is_ident("deny"))
    );
    let mut docs = String::new();
    for line in text.lines().chain([""]) {
        match line.trim_start().strip_prefix("///") {
            Some(line) => docs.push_str(&format!("{}\n", line.strip_prefix(' ').unwrap_or(line))),
            None if docs.is_empty() => {}
            None => {
                check_markdown(&docs, "no_run")?;
                docs.clear();
            }
        }
    }
    Ok(())
}

/// The sorted keys of a manifest, or of a table in it.
fn keys<'t>(manifest: &'t toml::Table, of: Option<&str>) -> Vec<&'t str> {
    let table = match of {
        Some(name) => manifest.get(name).and_then(toml::Value::as_table),
        None => Some(manifest),
    };
    let mut keys: Vec<&str> =
        table.into_iter().flat_map(|it| it.keys()).map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// A title adds nothing to the facade but words.
fn check_facade(path: &str, text: &str) -> Result<(), TestCaseError> {
    if path.ends_with(".toml") {
        let manifest: toml::Table =
            text.parse().map_err(|it| TestCaseError::fail(format!("{it}")))?;
        let tables = ["dependencies", "dev-dependencies", "features", "lints", "package"];
        prop_assert_eq!(keys(&manifest, None), tables);
        prop_assert_eq!(keys(&manifest, Some("dependencies")), ["bindery-runtime", "bindery-test"]);
        return Ok(());
    }
    let file = syn::parse_file(text).map_err(|it| TestCaseError::fail(it.to_string()))?;
    prop_assert_eq!(file.items.len(), 2);
    prop_assert!(file.items.iter().all(|it| matches!(it, syn::Item::Use(_))));
    Ok(())
}

fn check_readme(text: &str) -> Result<(), TestCaseError> {
    let after = text.split_once("-->").map_or("", |(_, after)| after);
    let ours = check_markdown(after, "rust,no_run")?;
    prop_assert_eq!(ours, 3);
    // How to depend on it, with mocks, and with webhooks.
    prop_assert_eq!(text.matches("\n```toml").count(), 3);
    Ok(())
}

/// How many blocks of our own code there are; any other is text.
fn check_markdown(markdown: &str, ours: &str) -> Result<usize, TestCaseError> {
    let mut count = 0;
    for event in Parser::new_ext(markdown, pulldown_cmark::Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == ours => {
                count += 1
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if matches!(&*info, "text" | "toml") => {}
            Event::Start(Tag::CodeBlock(_)) | Event::Html(_) | Event::InlineHtml(_) => {
                return Err(TestCaseError::fail(format!("code or HTML in {markdown:?}")));
            }
            _ => {}
        }
    }
    Ok(count)
}

#[test]
fn a_crate_depends_on_what_its_types_need_and_not_on_what_its_fields_are_called() {
    let document = testing::component(
        "T",
        json!({"type": "object", "properties": {
            "uuid": {"type": "string"}, "chrono": {"type": "string"}, "at": {"type": "string", "format": "date-time"},
        }}),
    );
    let files = testing::run(document.clone()).emit(document, &config()).unwrap_or_default();
    let manifest = files.files.iter().find(|(path, _)| path.ends_with("Cargo.toml"));
    let lines: Vec<&str> = manifest
        .iter()
        .flat_map(|(_, it)| it.lines())
        .skip_while(|it| *it != "[dependencies]")
        .take_while(|it| !it.is_empty())
        .collect();
    let runtime = "bindery-runtime = { workspace = true, features = [\"chrono\"] }";
    assert_eq!(lines, ["[dependencies]", runtime, "serde.workspace = true"]);
}
