//! All files of an krate, in memory, before any of them is written or compared.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

use crate::sanitize;

/// Files by their path relative to the workspace, with forward slashes.
#[derive(Clone, Debug, Default)]
pub struct FileSet {
    /// The files and their contents.
    pub files: BTreeMap<Utf8PathBuf, String>,
    /// Folders of which every file is generated, so that any other file in them is an orphan.
    pub owned: BTreeSet<Utf8PathBuf>,
}

impl FileSet {
    /// Adds a generated file. No character of it is hidden, wherever the text in it is from.
    pub fn insert(&mut self, path: Utf8PathBuf, text: String) {
        let text = sanitize::file(&path, text);
        self.files.insert(path, text);
    }

    /// Adds all that another set holds.
    pub fn extend(&mut self, other: FileSet) {
        self.files.extend(other.files);
        self.owned.extend(other.owned);
    }
}
