//! What the tests of the stages share: a fragment of a document goes in, a few lines to compare come out.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};
use syn::{Fields, Item};

use crate::config::{ApiConfig, Rename, Renamed};
use crate::coverage::Deviations;
use crate::emit::{self, FileSet};
use crate::finding::Findings;
use crate::generate::{self, Generated};
use crate::lower::{self, Lowered};
use crate::node::Node;
use crate::plan::Outcome;
use crate::read::Spec;
use crate::refine::{self, Refined};
use crate::source::{Source, Span};

/// What the stages made of a fragment, as far as they came.
pub(crate) struct Outcomes {
    pub(crate) refined: Option<Refined>,
    /// The findings, a line each, without the page that all of them are on.
    pub(crate) findings: Vec<String>,
    types: String,
    calls: String,
}

impl Outcomes {
    /// The types in outline, then the findings.
    pub(crate) fn types(&self) -> String {
        self.with_findings(&self.types)
    }

    /// The operations in outline, then the findings.
    pub(crate) fn calls(&self) -> String {
        self.with_findings(&self.calls)
    }

    fn with_findings(&self, text: &str) -> String {
        let findings: String = self.findings.iter().map(|it| format!("{it}\n")).collect();
        format!("{text}{findings}").trim_end().to_owned()
    }

    /// The whole code of a type.
    pub(crate) fn code_of(&self, name: &str) -> String {
        print(self.refined.iter().flat_map(|it| it.type_of_name(name)))
    }

    /// The files of the crate, if there is one.
    pub(crate) fn emit(&self, document: Json, config: &ApiConfig) -> Option<FileSet> {
        Some(emit::emit(config, &spec(document), self.refined.as_ref()?, &Deviations::default()))
    }

    /// The whole code of the module of mocks.
    pub(crate) fn mock_code(&self) -> String {
        print(self.refined.iter().flat_map(|it| it.mock.iter().cloned()))
    }

    /// The whole code of the module of errors.
    pub(crate) fn errors_code(&self) -> String {
        print(self.refined.iter().flat_map(|it| it.errors.iter().cloned()))
    }

    /// The whole code of the module of webhooks.
    pub(crate) fn webhooks_code(&self) -> String {
        print(self.refined.iter().filter_map(Refined::webhooks).flatten())
    }

    /// The whole code of all operations.
    pub(crate) fn operations_code(&self) -> String {
        print(self.refined.iter().flat_map(|refined| {
            let operations = refined.by_tag().into_values().flatten();
            operations.flat_map(move |(name, operation)| refined.operation(name, operation))
        }))
    }
}

/// Decisions that decide nothing.
pub(crate) fn config() -> ApiConfig {
    ApiConfig {
        name: "test".to_owned(),
        package: "bindery-test".to_owned(),
        title: "Test API".to_owned(),
        version: crate::config::release::FIRST,
        docs: None,
        publish: true,
        groups: false,
        base_url_env: None,
        credential: None,
        headers: Vec::new(),
        servers: Vec::new(),
        accepted: Vec::new(),
        renames: Vec::new(),
        pagination: Vec::new(),
        retries: Vec::new(),
        types: Vec::new(),
        webhooks: None,
        span: place("api.toml"),
    }
}

/// Decisions about names alone, each on a line of its own.
pub(crate) fn renames(renames: impl IntoIterator<Item = (Renamed, &'static str)>) -> ApiConfig {
    let source = Source::new("api.toml", "\n".repeat(20));
    let rename = |(at, (what, to)): (usize, (Renamed, &str))| Rename {
        what,
        to: to.to_owned(),
        reason: "a test".to_owned(),
        span: source.span(at..at + 1),
    };
    ApiConfig { renames: renames.into_iter().enumerate().map(rename).collect(), ..config() }
}

fn place(path: &str) -> Span {
    Source::new(path, "").start()
}

/// A document as the first stage gives it.
pub(crate) fn spec(document: Json) -> Spec {
    Spec { document: Node::from_json(document, &place("page.md")) }
}

/// Lowers a document.
pub(crate) fn lower(document: Json, config: &ApiConfig) -> (Option<Lowered>, Findings) {
    let mut findings = Findings::default();
    let lowered = lower::lower(&spec(document), config, &mut findings);
    (lowered, findings)
}

/// Lowers, generates and refines a document.
pub(crate) fn run_with(document: Json, config: &ApiConfig) -> Outcomes {
    let (lowered, mut findings) = lower(document, config);
    let generated = lowered.and_then(|it| generate::generate(it, &config.span, &mut findings));
    let calls = generated.as_ref().map(outline_of_calls).unwrap_or_default();
    let refined = generated.map(refine::refine);
    let items = refined.iter().flat_map(Refined::types).flatten();
    let types = print(items.filter_map(|item| outline(&item)));
    let line = |it: &crate::finding::Finding| it.to_string().replace(" page.md:1", "");
    Outcomes { refined, findings: findings.iter().map(line).collect(), types, calls }
}

/// The same without decisions.
pub(crate) fn run(document: Json) -> Outcomes {
    run_with(document, &config())
}

/// A document that holds the given components, all of them in use.
pub(crate) fn components(schemas: Json) -> Json {
    let names = schemas.as_object().into_iter().flat_map(|it| it.keys());
    let paths: serde_json::Map<String, Json> = names
        .enumerate()
        .map(|(at, name)| {
            let pointer = format!("#/components/schemas/{}", crate::node::pointer_token(name));
            let content = json!({"application/json": {"schema": {"$ref": pointer}}});
            let operation = json!({"operationId": format!("call_{at}"),
                "responses": {"200": {"description": "", "content": content}}});
            (format!("/{at}"), json!({"get": operation}))
        })
        .collect();
    json!({"paths": paths, "components": {"schemas": schemas}})
}

/// A document that holds one component of that name.
pub(crate) fn component(name: &str, schema: Json) -> Json {
    components(json!({ name: schema }))
}

/// A document of one operation, `get /things` unless it is wrapped otherwise.
pub(crate) fn operation(operation: Json) -> Json {
    json!({"paths": {"/things": {"get": operation}}})
}

fn print(items: impl Iterator<Item = Item>) -> String {
    let items = items.collect();
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: vec![], items })
}

/// A type without documentation, derives and methods.
fn outline(item: &Item) -> Option<Item> {
    let serde = |attributes: &mut Vec<syn::Attribute>| {
        attributes.retain(|it| it.path().is_ident("serde"));
    };
    let fields = |fields: &mut Fields| fields.iter_mut().for_each(|it| serde(&mut it.attrs));
    let mut item = item.clone();
    match &mut item {
        Item::Struct(it) => {
            it.attrs.clear();
            fields(&mut it.fields);
        }
        Item::Enum(it) => {
            it.attrs.clear();
            for variant in &mut it.variants {
                serde(&mut variant.attrs);
                fields(&mut variant.fields);
            }
        }
        _ => return None,
    }
    Some(item)
}

fn outline_of_calls(generated: &Generated) -> String {
    let mut text = String::new();
    for (name, operation) in &generated.plan.operations {
        let tag = operation.tag.as_ref().map(|it| format!(" [{}]", it.module)).unwrap_or_default();
        let _ = writeln!(text, "{name}: {} {}{tag}", operation.method, operation.path);
        for it in &operation.parameters {
            let place = format!("{:?}", it.place).to_lowercase();
            let ty = text_of(&it.ty);
            let _ = writeln!(text, "  {place} {:?} as {}: {ty}", it.wire, it.name);
        }
        if let Some(body) = &operation.body {
            let ty = text_of(&body.ty);
            let _ = writeln!(text, "  body {}: {ty}", body.media_type);
        }
        outline_of_outcome("gives", &operation.success, &mut text);
        outline_of_outcome("fails", &operation.failure, &mut text);
    }
    text
}

fn outline_of_outcome(side: &str, outcome: &Outcome, text: &mut String) {
    for response in &outcome.responses {
        let on: Vec<String> = response.statuses.iter().map(|it| it.on.to_string()).collect();
        let body = response.body.as_ref();
        let ty = body.map_or("()".to_owned(), |it| text_of(&it.ty));
        let sum = outcome.sum.as_ref().map(|it| format!("{it}::{} of ", response.variant));
        let _ = writeln!(text, "  {side} {}: {}{ty}", on.join("|"), sum.unwrap_or_default());
    }
}

/// A type in one line.
fn text_of(ty: &syn::Type) -> String {
    quote::ToTokens::to_token_stream(ty).to_string().replace(' ', "")
}
