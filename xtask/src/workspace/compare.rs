//! What on the disk differs from the file set. Contents are compared byte by byte.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};

use super::place::{place, refuse_links};
use crate::emit::FileSet;
use crate::emit::header::PREAMBLE;
use crate::finding::{Finding, Kind};
use crate::regular_file;

/// Where the crates are.
pub(super) const CRATES: &str = "crates";

/// A file that is not as it is generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path, relative to the workspace.
    pub path: Utf8PathBuf,
    /// How it differs.
    pub difference: Difference,
}

/// How a file on the disk differs from the file set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Its content is another.
    Stale,
    /// It is not there.
    Missing,
    /// It is there and should not be.
    Orphaned,
}

/// Lists every file that differs, by path, or everything that keeps the set from being compared.
pub fn compare(root: &Path, set: &FileSet) -> Result<Vec<Change>, Vec<Finding>> {
    let mut problems = clashes(set);
    let mut changes = BTreeMap::new();
    for (path, content) in &set.files {
        match difference(root, path, content) {
            Ok(Some(difference)) => drop(changes.insert(path.clone(), difference)),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    for folder in &set.owned {
        match files(root, folder) {
            Ok(found) => changes.extend(
                found
                    .into_iter()
                    .filter(|path| !set.files.contains_key(path))
                    .map(|path| (path, Difference::Orphaned)),
            ),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        // One link is one problem, however many files are to be behind it.
        let mut told = BTreeSet::new();
        problems.retain(|problem| told.insert(problem.what.clone()));
        return Err(problems);
    }
    Ok(changes.into_iter().map(|(path, difference)| Change { path, difference }).collect())
}

/// The folders of generated crates that belong to none of the packages. Whoever owns them in a file
/// set makes orphans of all files in them.
pub fn abandoned(root: &Path, packages: &BTreeSet<&str>) -> Result<BTreeSet<Utf8PathBuf>, Finding> {
    let crates = root.join(CRATES);
    let names = match read_names(&crates) {
        Ok(names) => names,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(unreadable(Utf8Path::new(CRATES), &error)),
    };
    let generated = |name: &String| {
        let folder = crates.join(name);
        if folder.is_symlink() {
            return false;
        }
        // Either file tells, so that a crate of which one was deleted is found too.
        ["Cargo.toml", "src/lib.rs"].iter().any(|file| is_generated(&folder.join(file)))
    };
    Ok(names
        .iter()
        .filter(|name| !packages.contains(name.as_str()) && generated(name))
        .map(|name| Utf8Path::new(CRATES).join(name))
        .collect())
}

/// A set must be one that every file system can hold.
fn clashes(set: &FileSet) -> Vec<Finding> {
    let mut spellings: BTreeMap<String, &Utf8Path> = BTreeMap::new();
    let mut problems = Vec::new();
    let mut refuse = |what: String| {
        problems.push(Finding::error(Kind::ClashingPaths, what));
    };
    for path in set.files.keys() {
        if let Some(other) = spellings.insert(path.as_str().to_lowercase(), path) {
            refuse(format!("`{path}` and `{other}` are one file where case does not count"));
        }
        if let Some(file) = path.ancestors().skip(1).find(|folder| set.files.contains_key(*folder))
        {
            refuse(format!("`{file}` is to be a file and a folder"));
        }
    }
    for folder in set.owned.iter().filter(|folder| folder.components().count() < 2) {
        refuse(format!("`{folder}` is too much to own"));
    }
    problems
}

fn difference(root: &Path, path: &Utf8Path, content: &str) -> Result<Option<Difference>, Finding> {
    let full = place(root, path)?;
    let metadata = match full.symlink_metadata() {
        Ok(metadata) => metadata,
        Err(error) if is_absence(&error) => return Ok(Some(Difference::Missing)),
        Err(error) => return Err(unreadable(path, &error)),
    };
    if !metadata.is_file() {
        return Err(Finding::error(Kind::NotAFile, format!("`{path}` is there and is no file"))
            .why("A generated file belongs in its place; nothing is written as long as it cannot.")
            .help("Move it out of the way or delete it, then run the command again."));
    }
    if metadata.len() != content.len() as u64 {
        return Ok(Some(Difference::Stale));
    }
    let bytes = regular_file::read(&full).map_err(|error| unreadable(path, &error))?;
    Ok((bytes != content.as_bytes()).then_some(Difference::Stale))
}

/// Everything in a folder that is not a folder, links included, which are not followed.
pub(super) fn files(root: &Path, folder: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Finding> {
    // If the folder is a link, what is in it is elsewhere.
    refuse_links(root, folder)?;
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let names = match read_names(&root.join(&folder)) {
            Ok(names) => names,
            Err(error) if is_absence(&error) => continue,
            Err(error) => return Err(unreadable(&folder, &error)),
        };
        for name in names {
            let path = folder.join(name);
            let metadata = root.join(&path).symlink_metadata();
            match metadata.map_err(|error| unreadable(&path, &error))?.is_dir() {
                true => waiting.push(path),
                false => found.push(path),
            }
        }
    }
    Ok(found)
}

pub(super) fn read_names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for item in fs::read_dir(folder)? {
        let name = item?.file_name().into_string().map_err(|name| {
            io::Error::new(ErrorKind::InvalidData, format!("{name:?} in it is not UTF-8"))
        })?;
        names.push(name);
    }
    names.sort();
    Ok(names)
}

/// Whether a file starts with the mark of generated ones.
pub(super) fn is_generated(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = regular_file::open(path).and_then(|file| file.take(100).read_to_end(&mut start));
    let text = String::from_utf8_lossy(&start);
    read.is_ok() && text.trim_start_matches(['#', '/', ' ']).starts_with(PREAMBLE)
}

/// What is not there, also because something on the way to it is no folder.
pub(super) fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn unreadable(path: &Utf8Path, error: &io::Error) -> Finding {
    Finding::error(Kind::Unreadable, format!("cannot read `{path}`: {error}"))
        .why("Whether it is as generated cannot be told.")
}

/// `stale    crates/bindery-basic/src/lib.rs`
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<8} {}", self.difference.to_string(), self.path)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stale => "stale",
            Self::Missing => "missing",
            Self::Orphaned => "orphaned",
        })
    }
}
