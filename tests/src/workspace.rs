//! Copies of this workspace for the generator to work on: the vendors' pages, and the crates.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

/// The folder of this workspace.
pub const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A copy, until it is dropped. Its paths are relative and have forward slashes.
///
/// What cannot be done with it is a panic, as in any test.
#[derive(Debug)]
pub struct Workspace {
    root: TempDir,
}

/// The content of each file and when it was last changed.
pub type State = BTreeMap<String, (Vec<u8>, SystemTime)>;

#[allow(clippy::missing_panics_doc, reason = "the type says so for all its methods")]
impl Workspace {
    /// Copies this workspace: what the generator reads and what it writes.
    #[must_use]
    pub fn copy() -> Self {
        let workspace = Self { root: tempfile::tempdir().expect("a folder") };
        for folder in ["specs", "crates", "tests/golden"] {
            for file in files(&Path::new(ROOT).join(folder)) {
                let path = file.strip_prefix(ROOT).expect("a file in the workspace");
                let copy = workspace.root().join(path);
                fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
                fs::write(copy, fs::read(&file).expect("a file")).expect("a copy");
            }
        }
        workspace
    }

    /// Its folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// What a file says.
    #[must_use]
    pub fn read(&self, path: &str) -> String {
        let text = fs::read_to_string(self.root().join(path));
        text.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Gives a file another content, or makes one.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Replaces a text that is in a file by another.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not say {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Removes a file, or a folder with all that is in it.
    pub fn remove(&self, path: &str) {
        let path = self.root().join(path);
        let removed =
            if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Whether there is such a file or folder.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.root().join(path).exists()
    }

    /// All files as they are now.
    #[must_use]
    pub fn state(&self) -> State {
        let state = files(self.root()).into_iter().map(|file| {
            let path = file.strip_prefix(self.root()).expect("a file in the copy");
            let path = path.to_str().expect("a name in UTF-8").replace('\\', "/");
            let time = file.metadata().and_then(|metadata| metadata.modified()).expect("a time");
            (path, (fs::read(&file).expect("a file"), time))
        });
        state.collect()
    }
}

/// All files in a folder and in the folders in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for item in fs::read_dir(&folder).expect("a folder") {
            let path = item.expect("an item").path();
            if path.is_dir() { waiting.push(path) } else { found.push(path) }
        }
    }
    found
}
