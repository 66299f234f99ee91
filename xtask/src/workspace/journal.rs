//! The list of what a write is to do, as it is kept on the disk until that is done.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::compare::{Change, Difference};
use super::place::place;
use crate::finding::Finding;

/// Where the journal is while a write is decided and not done.
pub(super) const FILE: &str = ".bindery/journal.json";
const VERSION: u32 = 1;

/// The steps of a write, in order. Each can be done or undone again, whatever was done before.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    version: u32,
    pub(super) steps: Vec<Step>,
}

/// A step; its number names the staged file and the backup.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Step {
    /// An orphan goes.
    Remove(Utf8PathBuf),
    /// A folder comes.
    Folder(Utf8PathBuf),
    /// A staged file takes its place.
    Put(Utf8PathBuf),
}

impl Journal {
    /// What to do about the changes. Orphans go first, as one may be where a folder has to be.
    pub(super) fn plan(root: &Path, changes: &[Change]) -> Self {
        let (orphans, files): (Vec<_>, Vec<_>) =
            changes.iter().partition(|change| change.difference == Difference::Orphaned);
        let is_new =
            |folder: &&Utf8Path| !folder.as_str().is_empty() && !root.join(folder).is_dir();
        let folders: BTreeSet<_> = files
            .iter()
            .flat_map(|change| change.path.ancestors().skip(1))
            .filter(is_new)
            .collect();
        let steps = orphans
            .iter()
            .map(|change| Step::Remove(change.path.clone()))
            .chain(folders.into_iter().map(|folder| Step::Folder(folder.to_owned())))
            .chain(files.iter().map(|change| Step::Put(change.path.clone())))
            .collect();
        Self { version: VERSION, steps }
    }

    /// The journal that an earlier run left, if it left one.
    pub(super) fn load(root: &Path) -> Result<Option<Self>, Finding> {
        let text = match fs::read_to_string(root.join(FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(&error)),
        };
        let journal: Self = serde_json::from_str(&text).map_err(|error| unusable(&error))?;
        if journal.version != VERSION {
            return Err(unusable(&format!("it is of version {}", journal.version)));
        }
        for step in &journal.steps {
            place(root, step.path())?;
        }
        Ok(Some(journal))
    }

    /// As it is written to the disk.
    pub(super) fn to_json(&self) -> String {
        // Plain strings and numbers always have a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl Step {
    /// What it is about.
    pub(super) fn path(&self) -> &Utf8Path {
        match self {
            Self::Remove(path) | Self::Folder(path) | Self::Put(path) => path,
        }
    }
}

/// `3 files written, 1 removed`
impl fmt::Display for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let put = self.steps.iter().filter(|step| matches!(step, Step::Put(_))).count();
        let removed = self.steps.iter().filter(|step| matches!(step, Step::Remove(_))).count();
        write!(f, "{put} written, {removed} removed")
    }
}

fn unusable(error: &dyn fmt::Display) -> Finding {
    Finding::error("journal", format!("cannot use `{FILE}`: {error}"))
        .why("It lists what a run that was stopped had still to write.")
        .help("Delete the folder `.bindery` and run `cargo xtask generate`, which makes all files anew.")
}
