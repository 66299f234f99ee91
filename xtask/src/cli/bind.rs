//! All APIs through the pipeline, whatever happens to one of them.

use crate::catalog::{Api, Entry};
use crate::finding::{Finding, Findings};
use crate::pipeline::Emission;
use crate::quiet;

/// The pipeline, as the commands call it: [`crate::pipeline::bind_api`], or a stand-in of a test.
pub type Bind<'a> = &'a dyn Fn(&Api, &mut Findings) -> Option<Emission>;

/// What came of an API.
pub(super) struct Outcome<'a> {
    pub(super) entry: &'a Entry,
    pub(super) pages: usize,
    pub(super) emission: Option<Emission>,
    pub(super) findings: Findings,
}

/// Loads and binds the APIs, one after the other. Without an emission there is an error that says why.
pub(super) fn bind_all<'a>(entries: &[&'a Entry], bind: Bind<'_>) -> Vec<Outcome<'a>> {
    entries.iter().map(|entry| bind_one(entry, bind)).collect()
}

fn bind_one<'a>(entry: &'a Entry, bind: Bind<'_>) -> Outcome<'a> {
    let mut findings = entry.findings.clone();
    let api = entry.config.as_ref().and_then(|_| entry.load(&mut findings));
    let pages = api.as_ref().map_or(0, |api| api.pages.len());
    let result = quiet::catch(|| bind(api.as_ref()?, &mut findings));
    let emission = result.unwrap_or_else(|says| {
        findings.push(defect(format!("the generator broke off: {says}")));
        None
    });
    if emission.is_none() && !findings.failed() {
        findings.push(defect("the generator gave neither a crate nor a reason".to_owned()));
    }
    Outcome { entry, pages, emission: emission.filter(|_| !findings.failed()), findings }
}

fn defect(what: String) -> Finding {
    Finding::error("defect", what)
        .why("No input may do that; the other APIs are not concerned.")
        .help("Report it with the page. Taking pages out tells which one it is.")
}
