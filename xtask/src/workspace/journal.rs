//! The list of what a write is to do, as it is kept on the disk until that is done.

use std::collections::BTreeSet;
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::place::place;
use crate::catalog::{GOLDEN_CRATE, SPECS};
use crate::finding::{Finding, Kind};
use crate::regular_file;

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
    /// A staged file takes its place, and that of an earlier one.
    Put(Utf8PathBuf),
    /// A staged folder takes its place, in which there is nothing yet.
    Install(Utf8PathBuf),
    /// A folder goes with all that is in it.
    Retire(Utf8PathBuf),
}

impl Journal {
    /// A journal without a step.
    pub(super) fn new() -> Self {
        Self { version: VERSION, steps: Vec::new() }
    }

    /// The journal that an earlier run left, if it left one.
    pub(super) fn load(root: &Path) -> Result<Option<Self>, Finding> {
        let text = match regular_file::read_to_string(&root.join(FILE)) {
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
            let makes_crates = matches!(step, Step::Folder(path) if path == "crates");
            if !makes_crates && !is_ours(step.path()) {
                return Err(unusable(&format!("`{}` is not for generated files", step.path())));
            }
        }
        Ok(Some(journal))
    }

    /// As it is written to the disk.
    pub(super) fn to_json(&self) -> String {
        // Plain strings and numbers always have a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// Whether a run writes there: into a crate, beside the pages, or one of the files of the root that versions stand in.
/// A journal that came with somebody else's tree must not lead elsewhere.
fn is_ours(path: &Utf8Path) -> bool {
    let in_crates = path.starts_with("crates") && path.components().count() > 1;
    in_crates
        || path.starts_with(GOLDEN_CRATE)
        || path.starts_with(SPECS)
        || ["Cargo.toml", "Cargo.lock", "CHANGELOG.md"].iter().any(|it| path == *it)
}

impl Step {
    /// What it is about.
    pub(super) fn path(&self) -> &Utf8Path {
        match self {
            Self::Remove(path)
            | Self::Folder(path)
            | Self::Put(path)
            | Self::Install(path)
            | Self::Retire(path) => path,
        }
    }
}

/// `3 files written, 1 file removed, 1 crate added, 0 crates removed`
impl fmt::Display for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A manifest may be put twice.
        let count = |is: fn(&Step) -> bool| {
            let paths = self.steps.iter().filter(|step| is(step)).map(Step::path);
            paths.collect::<BTreeSet<_>>().len()
        };
        let counts = [
            (count(|it| matches!(it, Step::Put(_))), "file", "written"),
            (count(|it| matches!(it, Step::Remove(_))), "file", "removed"),
            (count(|it| matches!(it, Step::Install(_))), "crate", "added"),
            (count(|it| matches!(it, Step::Retire(_))), "crate", "removed"),
        ];
        let words = counts.map(|(count, what, done)| {
            format!("{count} {what}{} {done}", if count == 1 { "" } else { "s" })
        });
        f.write_str(&words.join(", "))
    }
}

fn unusable(error: &dyn fmt::Display) -> Finding {
    Finding::error(Kind::Journal, format!("cannot use `{FILE}`: {error}"))
}
