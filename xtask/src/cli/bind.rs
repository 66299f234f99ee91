//! All APIs through the pipeline, whatever happens to one of them.

use crate::catalog::{Api, Entry};
use crate::finding::Findings;
use crate::pipeline::{self, GeneratedCrate};

/// The pipeline, as the commands call it: [`crate::pipeline::bind_api`], or a stand-in of a test.
pub type Bind<'a> = &'a dyn Fn(&Api, &mut Findings) -> Option<GeneratedCrate>;

/// What came of an API.
pub(super) struct Outcome<'a> {
    pub(super) entry: &'a Entry,
    pub(super) pages: usize,
    pub(super) krate: Option<GeneratedCrate>,
    pub(super) findings: Findings,
}

/// Loads and binds the APIs, one after the other. Without an krate there is an error that says why.
pub(super) fn bind_all<'a>(entries: &[&'a Entry], bind: Bind<'_>) -> Vec<Outcome<'a>> {
    entries.iter().map(|entry| bind_one(entry, bind)).collect()
}

fn bind_one<'a>(entry: &'a Entry, bind: Bind<'_>) -> Outcome<'a> {
    let mut findings = entry.findings.clone();
    let api = entry.config.as_ref().and_then(|_| entry.load(&mut findings));
    let pages = api.as_ref().map_or(0, |api| api.pages.len());
    let krate = pipeline::guarded(&mut findings, |findings| bind(api.as_ref()?, findings));
    Outcome { entry, pages, krate: krate.filter(|_| !findings.failed()), findings }
}
