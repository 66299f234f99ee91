//! Decisions of `api.toml` about single operations.

use std::collections::BTreeMap;

use crate::config::Said;
use crate::finding::{Finding, Kind};
use crate::near::nearest;
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
                    let finding = unknown(Kind::UnusedRetry, &decision.operation, operations);
                    self.findings.push(finding);
                }
            }
        }
    }
}

/// That a decision is about an operation that there is not.
pub(super) fn unknown(
    kind: Kind,
    operation: &Said,
    operations: &BTreeMap<String, Operation>,
) -> Finding {
    let calls: Vec<String> = operations.values().map(|it| it.key().to_string()).collect();
    let near = nearest(&operation.text, calls.iter().map(String::as_str));
    let near = near.map(|it| format!(", such as `{it}`")).unwrap_or_default();
    Finding::error(kind, format!("there is no operation `{}`", operation.text))
        .at(&operation.span)
        .help(format!("Name an operation of the page{near}, or take the decision out."))
}

#[cfg(test)]
mod tests;
