//! All files of an emission, in memory, before any of them is written or compared.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

/// Files by their path relative to the workspace, with forward slashes.
#[derive(Clone, Debug, Default)]
pub struct FileSet {
    /// The files and their contents.
    pub files: BTreeMap<Utf8PathBuf, String>,
    /// Folders of which every file is generated, so that any other file in them is an orphan.
    pub owned: BTreeSet<Utf8PathBuf>,
}

impl FileSet {
    /// Adds all that another set holds.
    pub fn extend(&mut self, other: FileSet) {
        self.files.extend(other.files);
        self.owned.extend(other.owned);
    }
}
