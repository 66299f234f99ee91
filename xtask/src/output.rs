//! What goes where the caller says: a folder that a command fills, and single files.
//!
//! A folder belongs to a command if it was empty, or if it has our mark. The mark lists what was made in it, and only
//! that is ever replaced or removed. Links are not followed: neither one that is named, nor one in the folder. What leads
//! to a place that is named is the caller's, links included.

mod file;
mod mark;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

use camino::{Utf8Component, Utf8Path};

use crate::catalog::SPECS;
use crate::finding::{Finding, Kind};
use crate::regular_file;
use crate::workspace::{self, Lock};
use mark::Listed;

pub use file::{check_file, check_files, write_file, write_files};

/// A folder that a command fills, and that is left as it is but for what it, or an earlier run, made in it.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    /// Two commands at once would remove each other's files.
    _lock: Lock,
    /// What the mark lists: all that this run and earlier ones made.
    listed: BTreeSet<Listed>,
    /// What of it this run made.
    current: BTreeSet<Listed>,
}

/// A folder in an output folder that does not outlive a run.
#[derive(Debug)]
pub struct ScratchFolder<'a> {
    output: &'a OutputFolder,
    path: String,
}

impl OutputFolder {
    /// Takes a folder for the files of a command. One that is not there is made. `workspace` is that of Bindery.
    pub fn claim(folder: &Path, workspace: &Path) -> Result<Self, Finding> {
        let folder = &named(folder);
        match folder.symlink_metadata() {
            Ok(metadata) if metadata.is_symlink() => return Err(link(folder)),
            Ok(metadata) if !metadata.is_dir() => return Err(no_folder(folder)),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {
                refuse_ways_back(folder)?;
                refuse_own_folders(folder, workspace)?;
                fs::create_dir_all(folder).map_err(|error| impossible("create", folder, &error))?;
            }
            Err(error) => return Err(impossible("look at", folder, &error)),
        }
        let unreadable = |error| impossible("read", folder, &error);
        if mark::read(folder).map_err(unreadable)?.is_none() {
            // A run that was stopped before it had a mark leaves the beginning of one.
            let is_begun = |name: &OsStr| name == mark::NEW;
            for item in fs::read_dir(folder).map_err(unreadable)? {
                if !is_begun(&item.map_err(unreadable)?.file_name()) {
                    return Err(unmarked(folder));
                }
            }
            refuse_own_folders(folder, workspace)?;
            mark::write(folder, &BTreeSet::new())
                .map_err(|error| impossible("mark", folder, &error))?;
        }
        let lock = workspace::open_file(&folder.join(mark::LOCK))
            .map_err(|error| impossible("lock", folder, &error))?;
        let lock = Lock::of_file(lock)?;
        let listed = mark::read(folder).map_err(unreadable)?.unwrap_or_default();
        Ok(Self { root: folder.to_owned(), _lock: lock, listed, current: BTreeSet::new() })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Notes that files are about to be made, before any is, so that those of a run that is stopped are known as ours.
    /// Those that are there and that nobody of us made are left out.
    pub fn announce<'a>(
        &mut self,
        paths: impl IntoIterator<Item = &'a Utf8Path>,
    ) -> Result<(), Finding> {
        let count = self.listed.len();
        for path in paths {
            if self.place(path).is_ok_and(|place| place.symlink_metadata().is_err()) {
                self.listed.insert(Listed::File(path.to_string()));
            }
        }
        if self.listed.len() == count { Ok(()) } else { self.mark() }
    }

    /// Gives a file this content. One that has it already is not touched.
    pub fn write(&mut self, path: &Utf8Path, content: &str) -> Result<(), Finding> {
        let place = self.place(path)?;
        let file = Listed::File(path.to_string());
        let shown = place.display();
        let there = place.symlink_metadata().is_ok();
        let failed = |error: io::Error| impossible("write", &place, &error);
        if there && regular_file::read(&place).map_err(failed)? == content.as_bytes() {
            self.current.insert(file);
            return Ok(());
        }
        if there && !self.listed.contains(&file) {
            return Err(Finding::error(
                Kind::Output,
                format!("`{shown}` is there, and was not made here"),
            )
            .why("What others made is not overwritten.")
            .help("Move it away, or name another folder."));
        }
        self.announce([path])?;
        replace(&self.root, &place, content).map_err(failed)?;
        self.current.insert(file);
        Ok(())
    }

    /// Removes what an earlier run made, or this one and then gave up, and nothing else.
    pub fn clean(&mut self) -> Result<(), Finding> {
        for earlier in self.listed.difference(&self.current) {
            let Listed::File(path) = earlier else { continue };
            // What is a link now, or behind one, is somebody else's.
            let Ok(place) = self.place(Utf8Path::new(path)) else { continue };
            match fs::remove_file(&place) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(impossible("remove", &place, &error));
                }
                _ => self.prune(&place),
            }
        }
        // A folder of a run that was stopped is for the run that makes it anew.
        let is_kept = |it: &Listed| matches!(it, Listed::Folder(_)) || self.current.contains(it);
        self.listed.retain(is_kept);
        self.mark()
    }

    /// Takes back what this run made in a folder: it is removed with what is left of earlier runs.
    pub fn give_up(&mut self, folder: &Utf8Path) {
        self.current.retain(|it| !Utf8Path::new(it.path()).starts_with(folder));
    }

    /// An empty folder for the time of a run.
    pub fn scratch(&mut self, path: &str) -> Result<ScratchFolder<'_>, Finding> {
        let listed = Listed::Folder(path.to_owned());
        let place = self.root.join(path);
        self.way(Utf8Path::new(path))?;
        if place.symlink_metadata().is_ok() && !self.listed.contains(&listed) {
            return Err(Finding::error(
                Kind::Output,
                format!("`{}` was not made here", place.display()),
            )
            .why("It would be emptied.")
            .help("Move it away, or name another folder."));
        }
        self.current.insert(listed.clone());
        if self.listed.insert(listed) {
            self.mark()?;
        }
        let scratch = ScratchFolder { output: self, path: path.to_owned() };
        scratch.clear()?;
        Ok(scratch)
    }

    /// Where a file is: in folders that are folders, and nothing else than a file itself.
    fn place(&self, path: &Utf8Path) -> Result<PathBuf, Finding> {
        self.way(path)?;
        let place = self.root.join(path);
        match place.symlink_metadata() {
            Ok(metadata) if metadata.is_symlink() => Err(link(&place)),
            Ok(metadata) if !metadata.is_file() => {
                Err(impossible("write", &place, &io::Error::other("it is there and no file")))
            }
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(impossible("write", &place, &error))
            }
            _ => Ok(place),
        }
    }

    /// Whether nothing on the way to a path leads elsewhere.
    fn way(&self, path: &Utf8Path) -> Result<(), Finding> {
        let normal = |part: Utf8Component<'_>| matches!(part, Utf8Component::Normal(_));
        if path.as_str().is_empty()
            || !path.components().all(normal)
            || path.as_str().contains(char::is_control)
        {
            let why = io::Error::other("it is no path of a file in the folder");
            return Err(impossible("write", &self.root.join(path), &why));
        }
        let folders = path.ancestors().skip(1).filter(|folder| !folder.as_str().is_empty());
        for folder in folders.map(|folder| self.root.join(folder)) {
            match folder.symlink_metadata() {
                Ok(metadata) if metadata.is_symlink() => return Err(link(&folder)),
                Ok(metadata) if !metadata.is_dir() => return Err(no_folder(&folder)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes the folders that are empty without a file.
    fn prune(&self, file: &Path) {
        let folders = file.ancestors().skip(1).take_while(|folder| *folder != self.root);
        for folder in folders {
            // One that is not empty cannot be removed, and is not to be.
            if fs::remove_dir(folder).is_err() {
                return;
            }
        }
    }

    fn mark(&self) -> Result<(), Finding> {
        mark::write(&self.root, &self.listed)
            .map_err(|error| impossible("mark", &self.root, &error))
    }
}

impl ScratchFolder<'_> {
    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.output.root.join(&self.path)
    }

    fn clear(&self) -> Result<(), Finding> {
        self.output.way(Utf8Path::new(&self.path))?;
        // Of a link, the link is removed and not what it leads to.
        fs::remove_dir_all(self.path()).or_else(|error| match error.kind() {
            ErrorKind::NotFound => Ok(()),
            _ => Err(impossible("remove", &self.path(), &error)),
        })
    }
}

impl Drop for ScratchFolder<'_> {
    fn drop(&mut self) {
        // What is left is cleared by the next run.
        let _ = self.clear();
    }
}

/// A path as it is named, without a slash or a dot at its end, behind which a link would be followed.
fn named(path: &Path) -> PathBuf {
    path.components().collect()
}

/// Puts a new file in place of what there is. A rename takes a link for what it is, and so does creating a new file.
fn replace(root: &Path, place: &Path, content: &str) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = root.join(mark::NEW);
    match fs::remove_file(&new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    File::create_new(&new)?.write_all(content.as_bytes())?;
    fs::rename(&new, place).inspect_err(|_| drop(fs::remove_file(&new)))
}

/// Crates and pages of this workspace stand in folders of their own: a workspace among its crates, and cargo loads
/// neither.
fn refuse_own_folders(folder: &Path, workspace: &Path) -> Result<(), Finding> {
    let there = folder.ancestors().find_map(|it| {
        let it = if it.as_os_str().is_empty() { Path::new(".") } else { it };
        it.canonicalize().ok()
    });
    for own in ["crates", SPECS] {
        let own_folder = workspace.join(own).canonicalize();
        if let (Some(there), Ok(own_folder)) = (&there, own_folder)
            && there.starts_with(own_folder)
        {
            let what = format!("`{}` is in `{own}/` of the workspace", folder.display());
            return Err(Finding::error(Kind::Output, what)
                .why("Its crates and pages are there; what else is there keeps them from being loaded.")
                .help("Name a folder elsewhere, such as one in the target folder."));
        }
    }
    Ok(())
}

/// Where `..` follows a folder that is not there, it cannot be known before what it leads to.
fn refuse_ways_back(folder: &Path) -> Result<(), Finding> {
    let leads_back = folder.components().any(|it| it == Component::ParentDir);
    let is_known = || folder.parent().is_some_and(|it| it.canonicalize().is_ok());
    if !leads_back || is_known() {
        return Ok(());
    }
    let what = format!("`{}` goes back by `..` from a folder that is not there", folder.display());
    Err(Finding::error(Kind::Output, what)
        .why("Where it leads is known only when all of it has been made.")
        .help("Name the folder without `..`."))
}

fn unmarked(folder: &Path) -> Finding {
    let what = format!("`{}` is not empty, and was not made by this command", folder.display());
    Finding::error(Kind::Output, what)
        .why(format!(
            "It has no `{}`, which lists what was made here: whatever is in it would be taken for somebody else's.",
            mark::FILE
        ))
        .help(
            "Name a folder that is empty or not there. If an earlier version made this one, delete it, then run the \
             command again.",
        )
}

fn link(path: &Path) -> Finding {
    Finding::error(Kind::Output, format!("`{}` is a symbolic link", path.display()))
        .why("What is written or removed behind a link is in a place that nobody named.")
        .help("Name the place that it leads to, or put a folder or a file in its place.")
}

fn no_folder(path: &Path) -> Finding {
    Finding::error(Kind::Output, format!("`{}` is there and is no folder", path.display()))
        .why("Files are to be written into it.")
        .help("Move it away, or name another folder.")
}

fn impossible(doing: &str, path: &Path, error: &io::Error) -> Finding {
    Finding::error(Kind::Output, format!("cannot {doing} `{}`: {error}", path.display()))
        .why("What the command makes has to be written somewhere.")
        .help("Name a place that can be written, with short names on the way to it.")
}
