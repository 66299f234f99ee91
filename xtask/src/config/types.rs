//! `[[type]]`: what a type takes beyond what the page says of it.

use crate::finding::{Finding, Findings, Kind};
use crate::node::Node;

use super::paging::{Said, required};
use super::rules;
use super::table::Table;

/// What is decided about a type.
#[derive(Clone, Debug)]
pub struct TypeDecision {
    /// The type, as the crate calls it.
    pub name: Said,
    /// Whether any of its properties may be left out.
    pub partial: bool,
    /// Whether it keeps members that the page does not declare.
    pub undeclared: bool,
    /// Why it is decided.
    pub reason: String,
}

/// Reads a `[[type]]`.
pub(super) fn decision(node: &Node, findings: &mut Findings) -> Option<TypeDecision> {
    const KEYS: [&str; 4] = ["name", "partial", "undeclared", "reason"];
    let table = Table::open(node, "[[type]]", &KEYS, findings)?;
    let name = required(&table, "name", rules::upper_camel_case, findings);
    let mut flag = |key| !table.has(key) || table.is_true(key, findings).is_some();
    let is_legal = flag("partial") & flag("undeclared");
    let reason = table.text("reason", rules::prose, findings);
    let (partial, undeclared) = (table.has("partial"), table.has("undeclared"));
    let (name, reason) = (name?, reason?);
    if !partial && !undeclared {
        findings.push(
            Finding::error(Kind::ConfigNoEffect, "nothing is decided about the type")
                .at(table.span())
                .help("Add `partial = true` or `undeclared = true`."),
        );
    }
    is_legal.then_some(TypeDecision { name, partial, undeclared, reason })
}
