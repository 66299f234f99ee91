//! The mark of an output folder: a file that lists what was made there.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// The name of the mark.
pub(super) const FILE: &str = ".bindery-output";
/// Where a file is written before it takes its place.
pub(super) const NEW: &str = ".bindery-output.new";
/// What a mark starts with.
const TITLE: &str = "# Made by `cargo xtask`. What is listed is replaced and removed by the next run, and nothing else.";

/// Returns what is listed, if there is a mark. A link is none.
pub(super) fn read(folder: &Path) -> io::Result<Option<BTreeSet<String>>> {
    let path = folder.join(FILE);
    if !path.symlink_metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let bytes = fs::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines();
    if lines.next() != Some(TITLE) {
        return Ok(None);
    }
    Ok(Some(lines.map(str::to_owned).collect()))
}

/// Writes the mark, all of it or none.
pub(super) fn write(folder: &Path, ours: &BTreeSet<String>) -> io::Result<()> {
    let lines = ours.iter().map(|path| format!("{path}\n"));
    let text = format!("{TITLE}\n{}", lines.collect::<String>());
    super::replace(folder, &folder.join(FILE), &text)
}
