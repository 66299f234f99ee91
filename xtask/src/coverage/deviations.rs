//! What a crate does otherwise than its page says, gathered for those who use it.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Findings, Kind, Severity};

/// What a crate does otherwise than its page says: what that means, by the kind of finding, and where.
#[derive(Clone, Debug, Default)]
pub struct Deviations(pub BTreeMap<(Kind, String), Places>);

/// The places of a deviation.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// How many there are.
    pub count: usize,
    /// The operations that they stand in, as `METHOD /path`. What several operations share stands in none.
    pub operations: BTreeSet<String>,
}

impl Deviations {
    /// Gathers the deviations among findings that nobody has accepted.
    pub fn of(findings: &Findings) -> Self {
        let mut all = Self::default();
        for finding in findings.iter().filter(|it| it.severity == Severity::Deviation) {
            let places = all.0.entry((finding.kind, finding.why.clone())).or_default();
            places.count += 1;
            places.operations.extend(finding.operation.clone());
        }
        all
    }
}
