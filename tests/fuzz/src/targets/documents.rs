//! An OpenAPI document as a tree.

use crate::check;

use super::pages::api;

/// Runs the pipeline on a document. What is no UTF-8 is no JSON either.
pub(super) fn check(input: &[u8]) {
    if let Ok(text) = std::str::from_utf8(input) {
        check::with_room(|| check::pipeline(&api("specs/a/openapi.json", text)));
    }
}
