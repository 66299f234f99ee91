//! The first stage: from a vendor's pages to one bound document.

pub mod text;

use crate::catalog::Api;
use crate::finding::Findings;
use crate::node::Node;

/// One OpenAPI document for a whole API, bound from its pages and our decisions.
#[derive(Debug)]
pub struct Bound {
    /// The document, 3.0 or 3.1, in canonical order. Every node knows its file and line.
    pub document: Node,
}

/// Reads all pages of an API and binds them. `None` when a finding says why it cannot be done.
pub fn read(_api: &Api, _findings: &mut Findings) -> Option<Bound> {
    None
}
