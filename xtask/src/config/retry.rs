//! `[[retry]]`: whether an operation may be sent twice, where its method does not say it.

use crate::finding::{Finding, Findings, Kind};
use crate::node::Node;
use crate::source::Span;

use super::paging::{Said, required};
use super::rules;
use super::table::Table;

/// Methods that RFC 9110 §9.2.2 calls idempotent.
const IDEMPOTENT: [&str; 6] = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"];

/// What is decided about sending an operation again.
#[derive(Clone, Debug)]
pub struct RetryDecision {
    /// The operation, as `METHOD /path`.
    pub operation: Said,
    /// Whether sending it twice does what sending it once does.
    pub idempotent: bool,
    /// Why it is decided.
    pub reason: String,
    /// Where it is decided.
    pub span: Span,
}

/// Reads a `[[retry]]`.
pub(super) fn retry(node: &Node, findings: &mut Findings) -> Option<RetryDecision> {
    let table = Table::open(node, "[[retry]]", &["operation", "idempotent", "reason"], findings)?;
    let operation = required(&table, "operation", rules::operation, findings);
    let idempotent = table.boolean("idempotent", findings);
    let reason = table.text("reason", rules::prose, findings);
    let (operation, idempotent, reason) = (operation?, idempotent?, reason?);
    let method = operation.text.split(' ').next().unwrap_or_default();
    if is_idempotent(method) == idempotent {
        findings.push(no_effect(method, idempotent, &table.span_of("idempotent")));
        return None;
    }
    Some(RetryDecision { operation, idempotent, reason, span: table.span().clone() })
}

/// Whether an operation with this method is idempotent if nothing else is decided.
pub(crate) fn is_idempotent(method: &str) -> bool {
    IDEMPOTENT.contains(&method)
}

fn no_effect(method: &str, idempotent: bool, span: &Span) -> Finding {
    let (not, again) = match idempotent {
        true => ("", "The client sends it again as it is."),
        false => (" not", "The client sends it again only if the vendor has not acted, as it is."),
    };
    Finding::error(
        Kind::ConfigNoEffect,
        format!("by its method, `{method}` is{not} idempotent already"),
    )
    .at(span)
    .why(again)
}

#[cfg(test)]
mod tests;
