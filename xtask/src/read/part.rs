//! What one page adds to an API.

use std::sync::Arc;

use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::source::{Source, Span};

/// What a page adds to an API: an OpenAPI document.
#[derive(Debug)]
pub(super) struct Part {
    /// The document, 3.0 to 3.2.
    pub(super) document: Node,
    /// The page that it is from.
    pub(super) page: Arc<Source>,
}

/// Two places describe one operation.
pub(super) fn same_operation(method: &str, path: &str, later: &Span, first: &Span) -> Finding {
    let name = format!("{} {path}", method.to_ascii_uppercase());
    let first = format!("{first}");
    Finding::error(Kind::SameOperation, format!("`{name}` is described twice, first at {first}"))
        .at(later)
        .help(format!(
            "Keep the page that is up to date and take the other away: {} or {first}.",
            later
        ))
}
