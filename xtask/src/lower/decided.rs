//! Decisions of `api.toml` about single operations.

use std::collections::BTreeMap;

use crate::config::{Said, nearest};
use crate::finding::Finding;
use crate::plan::{Operation, Retry};

use super::Lowering;

impl Lowering<'_> {
    /// Says of operations whether they may be sent twice, if that is decided.
    pub(super) fn retries(&mut self, operations: &mut BTreeMap<String, Operation>) {
        for decision in &self.config.retries {
            let text = &decision.operation.text;
            let call = |it: &&mut Operation| it.key().to_string() == *text;
            match operations.values_mut().find(call) {
                Some(operation) => {
                    let (idempotent, reason) = (decision.idempotent, decision.reason.clone());
                    operation.retry = Some(Retry { idempotent, reason });
                }
                None => {
                    let why = "what is decided about its retries would have no effect";
                    let finding = unknown("unused-retry", &decision.operation, operations, why);
                    self.findings.push(finding);
                }
            }
        }
    }
}

/// That a decision is about an operation that there is not.
pub(super) fn unknown(
    kind: &'static str,
    operation: &Said,
    operations: &BTreeMap<String, Operation>,
    why: &str,
) -> Finding {
    let calls: Vec<String> = operations.values().map(|it| it.key().to_string()).collect();
    let near = nearest(&operation.text, calls.iter().map(String::as_str));
    let near = near.map(|it| format!(", such as `{it}`")).unwrap_or_default();
    Finding::error(kind, format!("there is no operation `{}`", operation.text))
        .at(&operation.span)
        .why(why)
        .help(format!("name an operation of the page{near}, or take the decision out"))
}

#[cfg(test)]
mod tests;
