//! One document through the pipeline, and the figures of what arrived.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use crate::catalog::Api;
use crate::config::ApiConfig;
use crate::emit::FileSet;
use crate::finding::{Finding, Findings, Severity};
use crate::node::Node;
use crate::openapi;
use crate::pipeline::{self, GeneratedCrate};
use crate::plan::Positions;
use crate::source::{Source, Span};

use super::examples::Examples;
use super::input::Document;
use super::size::CodeSize;

/// What came of a document.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The document's name.
    pub name: String,
    /// The folder of its crate.
    pub folder: String,
    /// The package.
    pub package: String,
    /// The files of the crate, if there is one.
    pub files: Option<FileSet>,
    /// The examples, if they are tried.
    pub examples: Option<Examples>,
    /// Method keys under `paths`.
    pub operations_in: usize,
    /// Distinct method and path in the client.
    pub operations_out: usize,
    /// Operations of which every parameter, body and response arrived as the document says.
    pub complete: usize,
    /// Findings about values that became raw JSON though the document says more.
    pub untyped: usize,
    /// How many schemas have a type, and how many are raw JSON.
    pub positions: Positions,
    /// What was noticed, with the JSON pointer of its place.
    pub findings: Vec<(Finding, String)>,
    /// How long it took, reading included.
    pub time: Duration,
    /// The size of the Rust that was emitted.
    pub bytes: usize,
    /// The same without comments, by what it is for.
    pub code: CodeSize,
}

impl Outcome {
    /// `ok` when every operation arrived complete, `partial`, or `failed`.
    pub fn verdict(&self) -> &'static str {
        match &self.files {
            None => "failed",
            Some(_) if self.complete == self.operations_in => "ok",
            Some(_) => "partial",
        }
    }

    /// Notes that there is no crate after all.
    pub fn fail(&mut self, why: Finding) {
        self.files = None;
        (self.operations_out, self.complete, self.bytes) = (0, 0, 0);
        self.code = CodeSize::default();
        self.findings.push((why, String::new()));
    }
}

/// What is made of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Making {
    /// Its crate.
    Crate,
    /// Its crate, and what it takes to try its examples.
    Examples,
}

/// Makes the crate of a document, whatever happens on the way.
pub fn make(document: &Document) -> Outcome {
    make_all(document, Making::Crate)
}

/// Makes what is wanted of a document, whatever happens on the way.
pub fn make_all(document: &Document, making: Making) -> Outcome {
    let source = Source::new(document.name.clone(), document.text.clone());
    let raw: Json = serde_json::from_str(&document.text).unwrap_or_default();
    let raw = Node::from_json(raw, &source.start());
    let raw = openapi::Document::of(&raw);
    let title = raw.title().and_then(name).unwrap_or_else(|| document.name.clone());
    let api =
        Api { config: ApiConfig::bare(&title, &document.package, &source), pages: vec![source] };
    let start = Instant::now();
    let mut findings = Findings::default();
    let made = pipeline::guarded(&mut findings, |it| match making {
        Making::Crate => Some((pipeline::bind_api(&api, it)?, None)),
        Making::Examples => {
            let (krate, examples) = pipeline::bind_api_with_examples(&api, it)?;
            Some((krate, Some(examples)))
        }
    });
    let (krate, examples) = made.map_or((None, None), |(krate, it)| (Some(krate), it));
    let time = start.elapsed();
    Outcome {
        name: document.name.clone(),
        folder: document.folder.clone(),
        package: document.package.clone(),
        operations_in: krate.as_ref().map_or_else(|| raw.operations().count(), |it| it.described),
        operations_out: krate.as_ref().map_or(0, distinct),
        complete: krate.as_ref().map_or(0, |it| complete(it, &findings)),
        untyped: findings.iter().filter(|it| it.severity == Severity::Untyped).count(),
        positions: krate.as_ref().map(|it| it.positions).unwrap_or_default(),
        bytes: krate.as_ref().map_or(0, |it| rust_bytes(&it.files)),
        code: krate.as_ref().map(|it| CodeSize::of(&it.files)).unwrap_or_default(),
        findings: with_pointers(krate.as_ref().map(|it| &it.document), &findings),
        files: krate.map(|it| it.files),
        examples,
        time,
    }
}

/// A title in one line, as it stands after an article.
fn name(title: &str) -> Option<String> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let words = match words.as_slice() {
        [first, rest @ ..] if first.eq_ignore_ascii_case("the") => rest,
        words => words,
    };
    Some(words.join(" ")).filter(|it| !it.is_empty())
}

fn distinct(krate: &GeneratedCrate) -> usize {
    krate.calls.iter().collect::<BTreeSet<_>>().len()
}

/// Operations of which nothing that they reach is lost or deviates.
fn complete(krate: &GeneratedCrate, findings: &Findings) -> usize {
    let own = findings
        .iter()
        .filter(|it| matches!(it.severity, Severity::Deviation | Severity::Loss))
        .filter_map(|it| it.operation.as_deref());
    let lossy: BTreeSet<&str> = own.chain(krate.deviating.iter().map(String::as_str)).collect();
    krate.calls.iter().filter(|call| !lossy.contains(call.as_str())).collect::<BTreeSet<_>>().len()
}

fn rust_bytes(files: &FileSet) -> usize {
    files
        .files
        .iter()
        .filter(|(path, _)| path.extension() == Some("rs"))
        .map(|(_, text)| text.len())
        .sum()
}

/// Findings know places in the text; the report wants JSON pointers, which a walk over the tree gives.
pub(crate) fn with_pointers(
    document: Option<&Node>,
    findings: &Findings,
) -> Vec<(Finding, String)> {
    let spans: Vec<Option<Span>> = findings.iter().map(|it| it.span.clone()).collect();
    let mut pointers: BTreeMap<usize, String> =
        spans.iter().flatten().map(|span| (span.range().start, String::new())).collect();
    if let Some(document) = document {
        // The innermost node that starts at a place wins.
        document.each_with_pointer(&mut |node, pointer, key| {
            for span in key.map(|it| &it.span).into_iter().chain([&node.span]) {
                if let Some(found) = pointers.get_mut(&span.range().start) {
                    pointer.clone_into(found);
                }
            }
        });
    }
    let pointer = |span: &Option<Span>| {
        span.as_ref().and_then(|it| pointers.get(&it.range().start)).cloned().unwrap_or_default()
    };
    findings.iter().cloned().zip(spans.iter().map(pointer)).collect()
}
