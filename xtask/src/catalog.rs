//! The APIs under `specs/`: a folder each, with the vendor's pages and our `api.toml`.

use std::sync::Arc;

use crate::config::ApiConfig;
use crate::source::Source;

/// An API to generate: decisions and pages, as found on disk.
#[derive(Debug)]
pub struct Api {
    /// What `api.toml` says.
    pub config: ApiConfig,
    /// The pages, ordered by path. Never empty.
    pub pages: Vec<Arc<Source>>,
}
