//! What a `release.toml` says: the version of a crate.
//!
//! It is apart from the decisions of `api.toml`, because a command writes it: `cargo xtask bump`.

use std::sync::Arc;

use semver::Version;

use super::rules;
use super::table::Table;
use crate::finding::{Finding, Findings};
use crate::read::text;
use crate::source::Source;

/// The version of a crate without a `release.toml`.
pub const FIRST: Version = Version::new(0, 1, 0);

/// Reads the version. `None` when a finding says what is wrong.
pub fn version(source: &Arc<Source>, findings: &mut Findings) -> Option<Version> {
    let node = match text::toml(source, 0..source.text().len()) {
        Ok(node) => node,
        Err(finding) => {
            let finding = finding.why("The version of the crate cannot be read.");
            findings
                .push(finding.help("Mend the line. All that it needs is `version = \"0.1.0\"`."));
            return None;
        }
    };
    let mut own = Findings::default();
    let table = Table::open(&node, "release.toml", &["version"], &mut own);
    let table = table.map(|table| table.with_span(source.start()));
    let text = table.and_then(|table| table.text("version", rules::version, &mut own));
    let sound = own.iter().next().is_none();
    own.iter().for_each(|finding: &Finding| findings.push(finding.clone()));
    text.filter(|_| sound).and_then(|text| Version::parse(&text).ok())
}
