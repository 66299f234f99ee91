//! What is on the disk, looked at without following a link.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::regular_file;

/// Whether there is anything of that name, be it a link to nowhere.
pub(super) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether there is a folder of that name, not a link to one.
pub(super) fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
}

/// Gives a file a second name, or its content where the file system knows no second names. Nobody writes into either:
/// they are replaced.
pub(super) fn duplicate(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    regular_file::refuse_special(from)?;
    // Half a copy must not be taken for a whole one.
    let part = to.with_extension("part");
    fs::copy(from, &part)?;
    fs::rename(part, to)
}

/// Whether two files hold the same.
pub(super) fn same(one: &Path, other: &Path) -> bool {
    let read = |path| regular_file::refuse_special(path).and_then(|()| fs::read(path)).ok();
    read(one).is_some_and(|content| read(other).as_ref() == Some(&content))
}

/// The error about a folder where a file should be, or the other way round.
pub(super) fn wrong_kind(path: &Path) -> io::Error {
    if is_folder(path) { ErrorKind::IsADirectory.into() } else { ErrorKind::NotADirectory.into() }
}
