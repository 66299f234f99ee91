//! The report for programs; what its keys mean stands in the documentation of [`super`].

use serde::Serialize;

use super::super::change::{Bump, Cause, Change, Comparison, Rust, Verdict, Wire};
use crate::sanitize;
use crate::source::Span;
use crate::surface::Effect;

/// The comparison as JSON, with a line end.
pub fn json(comparison: &Comparison) -> String {
    let report = Report {
        verdict: comparison.verdict(),
        bump: comparison.bump(),
        apis: comparison
            .apis
            .iter()
            .map(|it| Api { api: &it.api, verdict: it.verdict, bump: it.bump })
            .collect(),
        changes: comparison.changes.iter().map(Entry::new).collect(),
    };
    // Only maps with keys that are no text cannot be written, and there is no map.
    let text = serde_json::to_string_pretty(&report).unwrap_or_default();
    sanitize::json(&text) + "\n"
}

#[derive(Serialize)]
struct Report<'c> {
    verdict: Verdict,
    bump: Bump,
    apis: Vec<Api<'c>>,
    changes: Vec<Entry<'c>>,
}

#[derive(Serialize)]
struct Api<'c> {
    api: &'c str,
    verdict: Verdict,
    bump: Bump,
}

#[derive(Serialize)]
struct Entry<'c> {
    api: &'c str,
    rule: &'c str,
    pointer: &'c str,
    file: Option<&'c str>,
    line: Option<usize>,
    was: Option<Place<'c>>,
    operation: Option<&'c str>,
    operations: &'c [String],
    before: Option<&'c str>,
    after: Option<&'c str>,
    wire: Wire,
    rust: Rust,
    effects: &'c [Effect],
    cause: Cause,
    message: &'c str,
}

#[derive(Serialize)]
struct Place<'c> {
    file: &'c str,
    line: usize,
}

impl<'c> Place<'c> {
    fn new(span: &'c Span) -> Self {
        Self { file: span.source().path().as_str(), line: span.line() }
    }
}

impl<'c> Entry<'c> {
    fn new(change: &'c Change) -> Self {
        let now = change.now.as_ref().map(Place::new);
        Self {
            api: &change.api,
            rule: &change.rule,
            pointer: &change.pointer,
            file: now.as_ref().map(|place| place.file),
            line: now.as_ref().map(|place| place.line),
            was: change.was.as_ref().map(Place::new),
            operation: change.operations.first().map(String::as_str),
            operations: &change.operations,
            before: change.before.as_deref(),
            after: change.after.as_deref(),
            wire: change.wire,
            rust: change.rust,
            effects: &change.effects,
            cause: change.cause,
            message: &change.message,
        }
    }
}

#[cfg(test)]
mod tests;
