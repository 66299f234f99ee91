//! The figures of a run: tables for people, JSON for programs.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::check::Opinion;
use super::outcome::Outcome;
use super::size::CodeSize;
use crate::finding::Kind;
use crate::plan::Positions;

/// What a run gave, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents by verdict.
    pub verdicts: BTreeMap<&'static str, usize>,
    /// Findings by severity and kind.
    pub kinds: BTreeMap<(&'static str, Kind), usize>,
    /// Method keys under the documents' `paths`.
    pub operations_in: usize,
    /// Operations that arrived.
    pub operations_out: usize,
    /// Operations that arrived complete.
    pub complete: usize,
    /// Findings about values that became raw JSON though the document says more.
    pub untyped: usize,
    /// How many schemas have a type, and how many are raw JSON.
    pub positions: Positions,
    /// Rust, in bytes.
    pub bytes: usize,
    /// The same without comments, by what it is for.
    pub code: CodeSize,
    /// Crates that compiled without a word, if they were compiled.
    pub clean: usize,
}

/// Adds up a run.
pub fn totals(outcomes: &[Outcome], opinions: Option<&BTreeMap<String, Opinion>>) -> Totals {
    let mut totals = Totals::default();
    for outcome in outcomes {
        *totals.verdicts.entry(outcome.verdict()).or_default() += 1;
        for (finding, _) in &outcome.findings {
            *totals.kinds.entry((finding.severity.as_str(), finding.kind)).or_default() += 1;
        }
        totals.operations_in += outcome.operations_in;
        totals.operations_out += outcome.operations_out;
        totals.complete += outcome.complete;
        totals.untyped += outcome.untyped;
        totals.positions.typed += outcome.positions.typed;
        totals.positions.untyped += outcome.positions.untyped;
        totals.bytes += outcome.bytes;
        totals.code += outcome.code;
        totals.clean += usize::from(verdict_of_check(outcome, opinions) == json!("ok"));
    }
    totals
}

/// An object per document, in the order of the documents.
pub fn json(outcomes: &[Outcome], opinions: Option<&BTreeMap<String, Opinion>>) -> Json {
    let object = |outcome: &Outcome| {
        let findings: Vec<Json> = outcome
            .findings
            .iter()
            .map(|(finding, pointer)| json!({"kind": finding.kind.name(), "pointer": pointer, "message": finding.what}))
            .collect();
        json!({
            "name": outcome.name,
            "outcome": outcome.verdict(),
            "operations_in": outcome.operations_in,
            "operations_out": outcome.operations_out,
            "complete": outcome.complete,
            "untyped": outcome.untyped,
            "positions": {"typed": outcome.positions.typed, "untyped": outcome.positions.untyped},
            "findings": findings,
            "seconds": (outcome.time.as_secs_f64() * 1000.0).round() / 1000.0,
            "bytes": outcome.bytes,
            "code": outcome.code,
            "check": verdict_of_check(outcome, opinions),
            "examples": outcome.examples.as_ref().map(|it| &it.results),
        })
    };
    outcomes.iter().map(object).collect()
}

/// `ok`, `failed`, or null where nothing was compiled. A warning is a failure: emitted code has none.
fn verdict_of_check(outcome: &Outcome, opinions: Option<&BTreeMap<String, Opinion>>) -> Json {
    let (Some(opinions), Some(_)) = (opinions, &outcome.files) else { return Json::Null };
    match opinions.get(&outcome.package) {
        Some(Opinion { compiled: true, messages, .. }) if messages.is_empty() => json!("ok"),
        _ => json!("failed"),
    }
}
