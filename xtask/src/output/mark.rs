//! The mark of an output folder: a file that lists what was made there.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use crate::regular_file;

/// The name of the mark.
pub(super) const FILE: &str = ".bindery-output";
/// Where a file is written before it takes its place.
pub(super) const NEW: &str = ".bindery-output.new";
/// What is locked while a command fills the folder.
pub(super) const LOCK: &str = ".bindery-output.lock";
/// What a mark starts with.
const TITLE: &str = "# Made by `cargo xtask`. What is listed is replaced and removed by the next run, and nothing else.";

/// Something that a command made in the folder, by its path there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Listed {
    /// A file.
    File(String),
    /// A folder for the time of a run, with all that is in it. The mark shows a slash behind it.
    Folder(String),
}

impl Listed {
    /// Returns the path in the folder.
    pub(super) fn path(&self) -> &str {
        match self {
            Self::File(path) | Self::Folder(path) => path,
        }
    }

    fn from_line(line: &str) -> Self {
        match line.strip_suffix('/') {
            Some(path) => Self::Folder(path.to_owned()),
            None => Self::File(line.to_owned()),
        }
    }

    fn line(&self) -> String {
        match self {
            Self::File(path) => format!("{path}\n"),
            Self::Folder(path) => format!("{path}/\n"),
        }
    }
}

/// Returns what is listed, if there is a mark. A link is none.
pub(super) fn read(folder: &Path) -> io::Result<Option<BTreeSet<Listed>>> {
    let path = folder.join(FILE);
    if !path.symlink_metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let bytes = regular_file::read(&path)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines();
    if lines.next() != Some(TITLE) {
        return Ok(None);
    }
    Ok(Some(lines.map(Listed::from_line).collect()))
}

/// Writes the mark, all of it or none.
pub(super) fn write(folder: &Path, listed: &BTreeSet<Listed>) -> io::Result<()> {
    let lines: BTreeSet<String> = listed.iter().map(Listed::line).collect();
    let text = format!("{TITLE}\n{}", String::from_iter(lines));
    super::replace(folder, &folder.join(FILE), &text)
}
