//! The first stage: from a vendor's pages to one bound document.
//!
//! `format` recognises what a page is and reads it, `files` follows references from one to another, `bind` puts the pages of an API together,
//! `decide` adds what `api.toml` says, and `canonical` puts the result in an order that no page can
//! change.
//!
//! The document says where its operations are from: `x-bindery-page` is the page, `x-bindery-url` the
//! address at which the vendor publishes it, if the page names it.

pub mod text;

mod apply_config;
mod bind;
mod canonical;
mod docs_page;
mod document;
mod files;
mod format;
mod infer;
mod legacy;
mod markdown;
mod members;
mod part;
mod reason;

pub(crate) mod to_3_1;
mod toml_page;

use std::sync::Arc;

use self::files::Files;
use self::part::Part;
use crate::catalog::Api;
use crate::finding::{Finding, Findings, Kind};
use crate::node::Node;
use crate::openapi::Document;
use crate::source::Source;

/// One OpenAPI document for a whole API, bound from its pages and our decisions.
#[derive(Debug)]
pub struct Spec {
    /// The document, 3.0 or 3.1, in canonical order. Every node knows its file and line.
    pub document: Node,
}

/// Reads all pages of an API and binds them. `None` when a finding says why it cannot be done.
pub fn read(api: &Api, findings: &mut Findings) -> Option<Spec> {
    let mut own = Findings::default();
    let files = Files::of(&api.pages);
    let pages = api.pages.iter().filter(|page| !files.is_part(page));
    let parts: Vec<Part> = pages.flat_map(|page| read_page(page, &files, &mut own)).collect();
    let bound = bind::bind(parts, &api.config, &mut own);
    let failed = own.failed();
    own.iter().for_each(|finding| findings.push(finding.clone()));
    let mut document = bound.filter(|_| !failed)?;
    apply_config::apply_config(&mut document, &api.config);
    canonical::order(&mut document);
    Some(Spec { document })
}

/// Reads one page. All that is wrong with it is found before anything is given up.
fn read_page(page: &Arc<Source>, files: &Files<'_>, findings: &mut Findings) -> Vec<Part> {
    let mut own = Findings::default();
    let parts = format::parts(page, files, &mut own);
    let counts = parts.iter().map(|part| Document::of(&part.document).count_operations());
    let operations: usize = counts.sum();
    if operations == 0 && !own.failed() {
        own.push(Finding::error(Kind::NoOperations, "the page has no operation").at(&page.start()));
    }
    own.iter().for_each(|finding| findings.push(finding.clone()));
    parts
}

#[cfg(test)]
mod tests;
