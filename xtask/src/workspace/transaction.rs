//! Carrying out a journal: forward, and backward if that fails.
//!
//! What is done of a step can be seen on the disk: what is staged no longer was put in place, and what was in that
//! place is its backup. So both directions start from any state between old and new. A file is replaced by one rename:
//! there is no moment without it.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::disk::{duplicate, exists, is_folder, same, wrong_kind};
use super::journal::{self, Journal, Step};
use super::lock::STATE;
use super::plan::{Plan, Staged};
use crate::finding::{Finding, Kind};

/// Runs before each change of the disk, so that tests can stop a write at any of them.
pub(super) type Hook<'a> = &'a dyn Fn(&Path) -> io::Result<()>;

/// Unit tests write a thousand times and outlast no loss of power.
const DURABLE: bool = cfg!(not(test));

/// The disk, while a journal is carried out.
pub(super) struct Transaction<'a> {
    root: &'a Path,
    pending: PathBuf,
    backup: PathBuf,
    hook: Hook<'a>,
}

/// What could not be done.
struct Failure {
    doing: &'static str,
    path: PathBuf,
    error: io::Error,
}

type Result<T> = std::result::Result<T, Failure>;

impl<'a> Transaction<'a> {
    pub(super) fn new(root: &'a Path, hook: Hook<'a>) -> Self {
        let state = root.join(STATE);
        Self { root, pending: state.join("pending"), backup: state.join("backup"), hook }
    }

    /// Whether an earlier run left anything, decided or not.
    pub(super) fn has_remains(&self) -> bool {
        exists(&self.root.join(journal::FILE)) || exists(&self.pending) || exists(&self.backup)
    }

    /// Discards what a run left that was stopped before it had decided anything.
    pub(super) fn clean(&self) -> std::result::Result<(), Finding> {
        self.discard().map_err(|failure| self.unchanged(&failure))
    }

    /// Writes all, or restores what was there and says what the matter is.
    pub(super) fn write(&self, plan: &Plan<'_>) -> std::result::Result<(), Finding> {
        if let Err(failure) = self.stage(plan) {
            // What cannot be discarded now is discarded by the next run.
            let _ = self.discard();
            return Err(self.unchanged(&failure));
        }
        self.resume(&plan.journal)
    }

    /// Completes a decided write, or restores what was there before it.
    pub(super) fn resume(&self, journal: &Journal) -> std::result::Result<(), Finding> {
        let Err(failure) = self.forward(journal) else { return Ok(()) };
        match self.backward(journal) {
            Ok(()) => Err(self.unchanged(&failure)),
            Err(second) => Err(self
                .finding(&failure)
                .why(format!(
                    "Nor could it be undone: cannot {} `{}`: {}. Some files are new, others old.",
                    second.doing,
                    self.shown(&second.path),
                    second.error,
                ))
                .help("Mend that, then run `cargo xtask generate`, which completes it first.")),
        }
    }

    /// Up to the journal, nothing is decided and nothing outside the state folder has changed.
    fn stage(&self, plan: &Plan<'_>) -> Result<()> {
        for folder in [&self.pending, &self.backup] {
            self.act("create", folder, || fs::create_dir(folder))?;
        }
        for (number, staged) in &plan.staged {
            let place = self.pending.join(number.to_string());
            match staged {
                Staged::File(content) => self.create(&place, content)?,
                Staged::Folder(files) => {
                    for (path, content) in files {
                        let path = place.join(path);
                        let folder = path.parent().unwrap_or(&place);
                        self.act("create", folder, || fs::create_dir_all(folder))?;
                        self.create(&path, content)?;
                        self.sync(folder)?;
                    }
                    self.sync(&place)?;
                }
            }
        }
        let draft = self.pending.join("journal.json");
        self.create(&draft, &plan.journal.to_json())?;
        self.sync(&self.pending)?;
        let decided = self.root.join(journal::FILE);
        self.act("create", &decided, || fs::rename(&draft, &decided))
    }

    fn forward(&self, journal: &Journal) -> Result<()> {
        self.sync(&self.root.join(STATE))?;
        for (number, step) in journal.steps.iter().enumerate() {
            let target = self.root.join(step.path());
            let staged = self.pending.join(number.to_string());
            match step {
                Step::Remove(_) | Step::Retire(_) => {
                    self.set_aside(number, &target, matches!(step, Step::Retire(_)))?;
                }
                Step::Folder(_) if is_folder(&target) => {}
                Step::Folder(_) => self.act("create", &target, || fs::create_dir(&target))?,
                Step::Put(_) if exists(&staged) => {
                    self.keep(number, &target)?;
                    self.rename(&staged, &target)?;
                }
                Step::Install(_) if exists(&staged) => self.rename(&staged, &target)?,
                Step::Put(_) | Step::Install(_) => {}
            }
        }
        self.prune(journal)?;
        self.finish(journal)
    }

    fn backward(&self, journal: &Journal) -> Result<()> {
        for (number, step) in journal.steps.iter().enumerate().rev() {
            let target = self.root.join(step.path());
            let backup = self.backup.join(number.to_string());
            let staged = self.pending.join(number.to_string());
            let is_put = matches!(step, Step::Put(_) | Step::Install(_));
            match step {
                Step::Folder(_) => {
                    self.remove_if_empty(&target)?;
                    continue;
                }
                // What took the place of nothing leaves it.
                _ if is_put && !exists(&staged) && exists(&target) && !exists(&backup) => {
                    self.rename(&target, &staged)?;
                }
                // What took a place leaves it to its backup, without a moment in which there is nothing.
                _ if is_put && !exists(&staged) && exists(&target) => {
                    self.act("replace", &target, || duplicate(&target, &staged))?;
                }
                _ => {}
            }
            // What could not be replaced need not be put back.
            let is_as_before = is_put && exists(&staged) && same(&backup, &target);
            if exists(&backup) && !is_as_before {
                // Its folder is gone if the step had emptied it.
                if let Some(parent) = target.parent() {
                    self.act("create", parent, || fs::create_dir_all(parent))?;
                }
                self.rename(&backup, &target)?;
            }
        }
        self.finish(journal)
    }

    /// The changes must have reached the disk before the journal, which would repeat them, goes.
    fn finish(&self, journal: &Journal) -> Result<()> {
        let mut folders: Vec<_> =
            journal.steps.iter().filter_map(|step| step.path().parent()).collect();
        folders.sort();
        folders.dedup();
        for folder in folders.into_iter().map(|folder| self.root.join(folder)) {
            if folder.is_dir() {
                self.sync(&folder)?;
            }
        }
        let decided = self.root.join(journal::FILE);
        self.act("remove", &decided, || fs::remove_file(&decided))?;
        // All is done; what cannot be discarded now is discarded by the next run.
        let _ = self.discard();
        Ok(())
    }

    /// Moves what is in a place to the backups, if it is not there already. Files alone, unless a folder is to go: it may
    /// hold anything, and backups are thrown away.
    fn set_aside(&self, number: usize, target: &Path, folder: bool) -> Result<()> {
        let backup = self.backup.join(number.to_string());
        if exists(&backup) || !exists(target) {
            return Ok(());
        }
        if is_folder(target) != folder {
            return self.act("replace", target, || Err(wrong_kind(target)));
        }
        self.rename(target, &backup)
    }

    /// Has what is in a place among the backups, too, if there is anything.
    fn keep(&self, number: usize, target: &Path) -> Result<()> {
        let backup = self.backup.join(number.to_string());
        if exists(&backup) || !exists(target) {
            return Ok(());
        }
        if is_folder(target) {
            return self.act("replace", target, || Err(wrong_kind(target)));
        }
        self.act("replace", target, || duplicate(target, &backup))
    }

    /// Removes the folders that the removed files leave empty.
    fn prune(&self, journal: &Journal) -> Result<()> {
        for step in &journal.steps {
            if let Step::Remove(path) = step {
                for folder in path.ancestors().skip(1).filter(|folder| !folder.as_str().is_empty())
                {
                    self.remove_if_empty(&self.root.join(folder))?;
                }
            }
        }
        Ok(())
    }

    /// Removes a folder unless something is in it, or it is gone or no folder.
    fn remove_if_empty(&self, folder: &Path) -> Result<()> {
        let empty = fs::read_dir(folder).is_ok_and(|mut items| items.next().is_none());
        if empty { self.act("remove", folder, || fs::remove_dir(folder)) } else { Ok(()) }
    }

    fn discard(&self) -> Result<()> {
        for folder in [&self.pending, &self.backup] {
            if exists(folder) {
                self.act("remove", folder, || fs::remove_dir_all(folder))?;
            }
        }
        Ok(())
    }

    fn create(&self, path: &Path, content: &str) -> Result<()> {
        self.act("write", path, || {
            let mut file = File::create_new(path)?;
            file.write_all(content.as_bytes())?;
            if DURABLE { file.sync_all() } else { Ok(()) }
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<()> {
        let is_ours = |it: &Path| it.starts_with(&self.pending) || it.starts_with(&self.backup);
        let path = if is_ours(to) { from } else { to };
        self.act("replace", path, || fs::rename(from, to))
    }

    /// Makes the names in a folder outlast a loss of power.
    fn sync(&self, folder: &Path) -> Result<()> {
        self.act("write", folder, || {
            // Only Unix can open a folder for that; elsewhere the file system sees to it.
            if DURABLE && cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
        })
    }

    fn act<T>(
        &self,
        doing: &'static str,
        path: &Path,
        action: impl FnOnce() -> io::Result<T>,
    ) -> Result<T> {
        let done = (self.hook)(path).and_then(|()| action());
        done.map_err(|error| Failure { doing, path: path.to_owned(), error })
    }

    fn unchanged(&self, failure: &Failure) -> Finding {
        self.finding(failure)
            .why("Nothing was changed: a generation is written as a whole or not at all.")
            .help(
                "Make that possible, for example by moving what is in the way or by allowing \
                   you to write there. Then run `cargo xtask generate` again.",
            )
    }

    fn finding(&self, failure: &Failure) -> Finding {
        let Failure { doing, path, error } = failure;
        let what = format!("cannot {doing} `{}`: {error}", self.shown(path));
        Finding::error(Kind::WorkspaceWrite, what)
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(self.root).unwrap_or(path).display().to_string()
    }
}
