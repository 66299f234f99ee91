//! What a page says and no reader knows.
//!
//! The extract and the TOML blocks have no specification, so a vendor may have written a member that
//! was not there when their readers were.

use crate::finding::{Finding, Findings, Kind};
use crate::node::Node;

/// Reports the members of an object that are not known. Empty ones say nothing.
pub(super) fn report_unknown(object: &Node, known: &[&str], findings: &mut Findings) {
    for (name, value) in object.as_object().into_iter().flatten() {
        if known.contains(&name.text.as_str()) || value.is_empty() {
            continue;
        }
        findings.push(
            Finding::loss(
                Kind::UnknownMember,
                format!("`{}` is no member that Bindery knows", name.text),
            )
            .at(&name.span),
        );
    }
}
