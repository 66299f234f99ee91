//! The stages one after the other, for one API.

use std::collections::BTreeSet;

use crate::catalog::Api;
use crate::corpus::examples::Examples;
use crate::corpus::examples::collect::{Collected, collect};
use crate::coverage::Deviations;
use crate::diff::origins::Origins;
use crate::emit::{self, FileSet};
use crate::finding::{Finding, Findings, Kind};
use crate::node::Node;
use crate::openapi::Document;
use crate::plan::{Credential, Plan, Positions};
use crate::read::Spec;
use crate::{coverage, generate, lower, panics, read, refine};

/// Room for the recursion over deeply nested documents, on threads that run the pipeline.
pub const STACK: usize = 256 << 20;

/// What the pipeline makes of an API.
#[derive(Clone, Debug)]
pub struct GeneratedCrate {
    /// The files of its crate.
    pub files: FileSet,
    /// The operations as `METHOD /path`.
    pub calls: Vec<String>,
    /// How many operations the bound document describes.
    pub described: usize,
    /// The bound document.
    pub document: Node,
    /// Which items come from which place of the document.
    pub origins: Origins,
    /// The operations of which something is sent or read otherwise than the document says, as `METHOD /path`.
    pub deviating: BTreeSet<String>,
    /// How much of the document has a type.
    pub positions: Positions,
    /// How many types of its own.
    pub types: usize,
    /// Where requests go unless told otherwise.
    pub base_url: Option<String>,
    /// The credentials that its client is made with.
    pub credentials: Vec<Credential>,
}

/// Reads, lowers, generates, refines and emits. `None` when a finding says why it cannot be done.
pub fn bind_api(api: &Api, findings: &mut Findings) -> Option<GeneratedCrate> {
    Some(bind(api, Wanted::Crate, findings)?.0)
}

/// The same, and gathers the examples of the pages with the types that are to read them.
pub(crate) fn bind_api_with_examples(
    api: &Api,
    findings: &mut Findings,
) -> Option<(GeneratedCrate, Examples)> {
    bind(api, Wanted::Examples, findings)
}

/// What is made of an API.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Crate,
    Examples,
}

fn bind(api: &Api, wanted: Wanted, findings: &mut Findings) -> Option<(GeneratedCrate, Examples)> {
    let spec = read::read(api, findings)?;
    let deviating = coverage::survey(&spec.document, findings);
    let collected = match wanted {
        Wanted::Crate => Collected::default(),
        Wanted::Examples => collect(&spec.document),
    };
    let lowered = lower::lower_with_probes(&spec, &api.config, &collected.schemas, findings)?;
    let generated = generate::generate(lowered, &api.config.span, findings)?;
    let refined = refine::refine(generated);
    findings.accept(&api.config.accepted);
    if findings.failed() {
        return None;
    }
    let files = emit::emit(&api.config, &spec, &refined, &Deviations::of(findings));
    let examples = match wanted {
        Wanted::Crate => Examples::default(),
        Wanted::Examples => Examples::of(&spec.document, &collected, &refined),
    };
    let krate = GeneratedCrate {
        files,
        calls: calls(&refined.plan),
        described: described(&spec),
        document: spec.document,
        origins: Origins::of(&refined.plan),
        deviating,
        positions: refined.plan.positions,
        types: refined.count_types(),
        base_url: refined.plan.servers.first().map(|it| it.url.clone()),
        credentials: refined.plan.credentials,
    };
    Some((krate, examples))
}

/// Runs the pipeline, whatever happens on the way. Without a result there is an error that says why.
pub fn guarded<T>(
    findings: &mut Findings,
    run: impl FnOnce(&mut Findings) -> Option<T>,
) -> Option<T> {
    let defect = |findings: &mut Findings, what: String| {
        findings.push(Finding::error(Kind::Defect, what));
    };
    // Findings are whole at any time: what was pushed before a panic counts.
    let result = panics::catch_panic(|| run(&mut *findings)).unwrap_or_else(|says| {
        defect(findings, format!("the generator broke off: {says}"));
        None
    });
    if result.is_none() && !findings.failed() {
        defect(findings, "the generator gave neither a crate nor a reason".to_owned());
    }
    result
}

fn calls(plan: &Plan) -> Vec<String> {
    plan.operations.values().map(|it| it.key().to_string()).collect()
}

fn described(spec: &Spec) -> usize {
    Document::of(&spec.document).count_operations()
}
