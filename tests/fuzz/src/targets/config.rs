//! Our decisions beside a page that they are about.

use xtask::catalog::Api;
use xtask::config::ApiConfig;
use xtask::finding::Findings;
use xtask::render::render;
use xtask::source::Source;

use crate::check;

/// A page with something for every decision to be about.
const PAGE: &str = include_str!("../../seeds/documents/lists.json");

/// Reads the decisions, and runs the pipeline with them if nothing is wrong with them.
pub(super) fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let source = Source::new("specs/a/api.toml", text);
    let mut findings = Findings::default();
    let config = ApiConfig::parse("a", &source, &mut findings);
    assert!(config.is_some() || findings.failed(), "there are neither decisions nor a reason");
    check::shows_all("the findings", &render(findings.iter().map(|it| ("a", it)), false));
    if let Some(config) = config {
        let pages = vec![Source::new("specs/a/openapi.json", PAGE)];
        check::with_room(|| check::pipeline(&Api { config, pages }));
    }
}
