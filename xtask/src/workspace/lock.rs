//! One writer at a time: an advisory lock, which the system takes back from a run that is killed.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::finding::{Finding, Kind};

/// How often a lock that is taken is tried again, and after which pause.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(10);

/// The folder for the generator's own state.
pub(super) const STATE: &str = ".bindery";

/// A lock, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// For writing: nobody else writes or checks.
    pub(super) fn exclusive(root: &Path) -> Result<Self, Finding> {
        Self::of_file(open(root).map_err(|error| impossible(&error))?)
    }

    /// For whoever has the file open: nobody else has this lock.
    pub(crate) fn of_file(file: File) -> Result<Self, Finding> {
        taken(|| file.try_lock())?;
        Ok(Self { _file: Some(file) })
    }

    /// For checking: nobody writes meanwhile. It makes no file: without one, nobody ever wrote.
    pub fn shared(root: &Path) -> Result<Self, Finding> {
        match crate::regular_file::open(&file(root)) {
            Ok(file) => {
                taken(|| file.try_lock_shared())?;
                Ok(Self { _file: Some(file) })
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self { _file: None }),
            Err(error) => Err(impossible(&error)),
        }
    }
}

fn open(root: &Path) -> io::Result<File> {
    let state = root.join(STATE);
    if let Err(error) = fs::create_dir(&state) {
        // A link would put the stage where renames cannot reach, or where others do.
        if !state.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return Err(error);
        }
    }
    open_file(&file(root))
}

/// Opens a file to lock it, and makes it if it is not there.
pub(crate) fn open_file(file: &Path) -> io::Result<File> {
    // Opening a link would make a file wherever it leads.
    if file.is_symlink() {
        return Err(io::Error::other("it is a symbolic link"));
    }
    if file.exists() {
        crate::regular_file::refuse_special(file)?;
    }
    File::options().create(true).truncate(false).read(true).write(true).open(file)
}

fn file(root: &Path) -> PathBuf {
    root.join(STATE).join("lock")
}

/// A child that another thread starts holds all locks of this process for the moment in which it is not yet another
/// program. So what is taken is tried again before it is said to be.
fn taken(lock: impl Fn() -> Result<(), TryLockError>) -> Result<(), Finding> {
    let mut result = lock();
    for _ in 0..TRIES {
        if !matches!(result, Err(TryLockError::WouldBlock)) {
            break;
        }
        thread::sleep(PAUSE);
        result = lock();
    }
    result.map_err(|error| match error {
        TryLockError::WouldBlock => {
            Finding::error(Kind::Locked, "another run of the generator is at work")
        }
        TryLockError::Error(error) => impossible(&error),
    })
}

fn impossible(error: &io::Error) -> Finding {
    Finding::error(Kind::WorkspaceWrite, format!("cannot lock `{STATE}/lock`: {error}"))
        .why("The generator keeps its stage there; nothing was changed.")
        .help(format!("Make the workspace writable, and `{STATE}` a folder."))
}
