//! The stages one after the other, for one API.

use crate::catalog::Api;
use crate::emit::{self, FileSet};
use crate::finding::Findings;
use crate::{generate, lower, read, refine};

/// What the pipeline makes of an API.
#[derive(Clone, Debug, Default)]
pub struct Emission {
    /// The files of its crate.
    pub files: FileSet,
    /// How many operations it has.
    pub operations: usize,
    /// How many types of its own.
    pub types: usize,
    /// Where requests go unless told otherwise.
    pub base_url: Option<String>,
}

/// Reads, lowers, generates, refines and emits. `None` when a finding says why it cannot be done.
pub fn bind_api(api: &Api, findings: &mut Findings) -> Option<Emission> {
    let bound = read::read(api, findings)?;
    let lowered = lower::lower(&bound, &api.config, findings)?;
    let generated = generate::generate(lowered, &api.config.span, findings)?;
    let refined = refine::refine(generated);
    let files = emit::emit(&api.config, &bound, &refined);
    Some(Emission {
        files,
        operations: refined.plan.operations.len(),
        types: refined.types.len(),
        base_url: refined.plan.servers.first().map(|it| it.url.clone()),
    })
}
