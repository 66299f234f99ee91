//! The last stage: the file set against the disk, to compare it or to write it.
//!
//! Comparing and writing go by the same list of changes, so that what is written is what a check
//! reports. Writing is all or nothing, in the face of errors and of being killed:
//!
//! 1. New contents are staged in `.bindery/pending/`.
//! 2. The journal `.bindery/journal.json` lists what is to be done. It appears by a rename: from
//!    then on the write is decided.
//! 3. Each file, and each new crate as a whole, is renamed into its place; what it replaces is kept in
//!    `.bindery/backup/`. An error undoes that, from the backups.
//! 4. The journal is removed, then what is left of the stage and the backups.
//!
//! A run that finds a journal completes it. A run that finds a stage without one discards it. Between any two changes of
//! the disk, cargo can load the workspace: `plan` has the order that sees to it.

mod compare;
mod disk;
mod journal;
mod loadable;
mod lock;
mod manifest;
mod place;
mod plan;
mod transaction;

use std::path::Path;

pub use compare::{Change, Difference, abandoned, compare};
pub use loadable::{problems, version_on_disk};
pub use lock::Lock;
pub(crate) use lock::open_file;

use crate::emit::FileSet;
use crate::finding::{Finding, Kind};
use journal::Journal;
use transaction::{Hook, Transaction};

/// Makes the disk equal to the file set and tells what had to change, or changes nothing at all.
///
/// Files that are equal already are not touched; if all are, nothing on the disk is.
pub fn write(root: &Path, set: &FileSet) -> Result<Vec<Change>, Vec<Finding>> {
    write_with(root, set, &|_: &Path| Ok(()))
}

/// Whether an earlier run was stopped while it wrote, and nobody has completed that.
pub fn interrupted(root: &Path) -> bool {
    root.join(journal::FILE).symlink_metadata().is_ok()
}

/// Completes what an earlier run left half done, and says so.
pub fn recover(root: &Path) -> Result<Option<Finding>, Finding> {
    if !interrupted(root) {
        return Ok(None);
    }
    let _lock = Lock::exclusive(root)?;
    recover_with(root, &|_: &Path| Ok(()))
}

fn write_with(root: &Path, set: &FileSet, hook: Hook<'_>) -> Result<Vec<Change>, Vec<Finding>> {
    if compare(root, set)?.is_empty() && !Transaction::new(root, hook).has_remains() {
        return Ok(Vec::new());
    }
    let _lock = Lock::exclusive(root).map_err(|finding| vec![finding])?;
    recover_with(root, hook).map_err(|finding| vec![finding])?;
    // Another run may have written before the lock was ours.
    let changes = compare(root, set)?;
    if !changes.is_empty() {
        let plan = plan::plan(root, set, &changes);
        Transaction::new(root, hook).write(&plan).map_err(|finding| vec![finding])?;
    }
    Ok(changes)
}

fn recover_with(root: &Path, hook: Hook<'_>) -> Result<Option<Finding>, Finding> {
    let transaction = Transaction::new(root, hook);
    let Some(journal) = Journal::load(root)? else {
        transaction.clean()?;
        return Ok(None);
    };
    transaction.resume(&journal)?;
    let what = format!("completed an earlier run that was stopped while it wrote: {journal}");
    Ok(Some(Finding::note(Kind::InterruptedWrite, what)))
}

#[cfg(test)]
mod tests;
