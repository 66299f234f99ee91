//! A page as a vendor publishes it.

use std::sync::Arc;

use xtask::catalog::Api;
use xtask::config::ApiConfig;
use xtask::source::Source;

use crate::check;

/// Runs the pipeline on a page. Bytes that are no UTF-8 never get there.
pub(super) fn check(input: &[u8]) {
    if let Ok(text) = std::str::from_utf8(input) {
        check::with_room(|| check::pipeline(&api("specs/a/page.md", text)));
    }
}

/// An API of which there is one page, and no decision.
pub(super) fn api(path: &str, text: &str) -> Api {
    let page = Source::new(path, text);
    Api { config: ApiConfig::bare("Some API", "bindery-a", &page), pages: vec![Arc::clone(&page)] }
}
