//! The stages, one after the other, for one API.

use crate::catalog::Api;
use crate::emit::FileSet;
use crate::finding::Findings;

/// What the stages make of an API.
#[derive(Clone, Debug, Default)]
pub struct Emission {
    /// The files of the crate.
    pub files: FileSet,
    /// How many operations the client has.
    pub operations: usize,
    /// How many types it has.
    pub types: usize,
    /// The base url that a client has by default.
    pub base_url: Option<String>,
}

/// Runs all stages for one API. `None` when a finding says why it cannot be done.
pub fn bind_api(_api: &Api, _findings: &mut Findings) -> Option<Emission> {
    None
}
