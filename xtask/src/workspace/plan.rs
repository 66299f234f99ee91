//! What a write does, in which order: after each step, cargo can load the workspace.
//!
//! Cargo loads all manifests of a workspace before it does anything, also before it starts the generator that would
//! complete a write. It refuses a folder of a crate without a manifest, a manifest without sources, a dependency that is
//! not there, and one that does not have the version or the feature that is asked for. So a crate comes and goes as a
//! whole, what names others changes after those have come and before those go, and while versions change nothing is
//! asked of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use camino::Utf8Path;

use super::compare::{Change, Difference};
use super::disk::is_folder;
use super::journal::{Journal, Step};
use super::manifest::{is_manifest, offer, parse, path_dependencies, without_requirements};
use crate::emit::FileSet;
use crate::regular_file;

/// A write that is not decided yet.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// The steps.
    pub(super) journal: Journal,
    /// What is staged, by the number of the step.
    pub(super) staged: BTreeMap<usize, Staged<'a>>,
}

/// What waits to take its place.
#[derive(Debug)]
pub(super) enum Staged<'a> {
    /// A file.
    File(Cow<'a, str>),
    /// A folder: its files, by their paths in it.
    Folder(Vec<(&'a Utf8Path, &'a str)>),
}

/// Plans the changes, which are those of the set from the disk.
pub(super) fn plan<'a>(root: &Path, set: &'a FileSet, changes: &'a [Change]) -> Plan<'a> {
    let (orphans, files): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| change.difference == Difference::Orphaned);
    let retired = retired(root, set);
    let new = new_crates(root, set);
    let of_new = |path: &Utf8Path| new.iter().any(|folder| path.starts_with(folder));
    let mut plan = Plan { journal: Journal::new(), staged: BTreeMap::new() };
    for Change { path, .. } in orphans {
        // It may be where a folder has to be, or spelled as a file is that comes.
        if !retired.iter().any(|folder| path.starts_with(folder)) {
            plan.push(Step::Remove(path.clone()), None);
        }
    }
    let stale = files.iter().filter(|it| it.difference == Difference::Stale);
    for (path, text) in transitional(root, set, stale.map(|it| it.path.as_path())) {
        plan.push(Step::Put(path.to_owned()), Some(Staged::File(text.into())));
    }
    let coming = files.iter().map(|it| it.path.as_path()).filter(|path| !of_new(path));
    for folder in new_folders(root, coming.clone().chain(new.iter().copied())) {
        plan.push(Step::Folder(folder.to_owned()), None);
    }
    let mut steps: Vec<_> = coming.map(|path| (rank(set, path), path, false)).collect();
    steps.extend(new.iter().map(|path| (rank(set, &path.join("Cargo.toml")), *path, true)));
    steps.sort();
    for (_, path, is_crate) in steps {
        match is_crate {
            true => {
                let staged = Staged::Folder(inside(set, path));
                plan.push(Step::Install(path.to_owned()), Some(staged));
            }
            false => {
                let text = set.files.get(path).map(String::as_str).unwrap_or_default();
                plan.push(Step::Put(path.to_owned()), Some(Staged::File(text.into())));
            }
        }
    }
    for folder in retired {
        plan.push(Step::Retire(folder.to_owned()), None);
    }
    plan
}

impl<'a> Plan<'a> {
    fn push(&mut self, step: Step, staged: Option<Staged<'a>>) {
        if let Some(staged) = staged {
            self.staged.insert(self.journal.steps.len(), staged);
        }
        self.journal.steps.push(step);
    }
}

/// The folders that are owned and of which nothing stays.
fn retired<'a>(root: &Path, set: &'a FileSet) -> BTreeSet<&'a Utf8Path> {
    let stays = |folder: &Utf8Path| set.files.keys().any(|path| path.starts_with(folder));
    let owned = set.owned.iter().map(AsRef::as_ref);
    owned.filter(|folder| !stays(folder) && is_folder(&root.join(folder))).collect()
}

/// The folders of crates of which there is nothing yet.
fn new_crates<'a>(root: &Path, set: &'a FileSet) -> BTreeSet<&'a Utf8Path> {
    let manifests = set.files.keys().filter(|path| is_manifest(path));
    let folders = manifests.filter_map(|path| path.parent());
    folders.filter(|folder| root.join(folder).symlink_metadata().is_err()).collect()
}

/// The folders that have to be there for these paths and are not.
fn new_folders<'a>(
    root: &Path,
    paths: impl Iterator<Item = &'a Utf8Path>,
) -> BTreeSet<&'a Utf8Path> {
    let folders = paths.flat_map(|path| path.ancestors().skip(1));
    folders.filter(|it| !it.as_str().is_empty() && !is_folder(&root.join(it))).collect()
}

fn inside<'a>(set: &'a FileSet, folder: &Utf8Path) -> Vec<(&'a Utf8Path, &'a str)> {
    let files = set.files.iter();
    files
        .filter_map(|(path, text)| Some((path.strip_prefix(folder).ok()?, text.as_str())))
        .collect()
}

/// Manifests come after other files, and those that name crates by their path after these crates.
fn rank(set: &FileSet, path: &Utf8Path) -> usize {
    let names_others = |text: &String| !path_dependencies(&parse(text)).is_empty();
    match set.files.get(path).filter(|_| is_manifest(path)) {
        None => 0,
        Some(text) if names_others(text) => 2,
        Some(_) => 1,
    }
}

/// If crates are to have other versions or features: the manifests that may ask for those that they have, as they are
/// but asking for none.
fn transitional<'a>(
    root: &Path,
    set: &FileSet,
    stale: impl Iterator<Item = &'a Utf8Path>,
) -> Vec<(&'a Utf8Path, String)> {
    let text = |path: &Utf8Path| regular_file::read_to_string(&root.join(path)).unwrap_or_default();
    let manifests: Vec<_> =
        stale.filter(|path| is_manifest(path)).map(|path| (path, text(path))).collect();
    let changes = manifests.iter().any(|(path, old)| {
        let new = set.files.get(*path).map(String::as_str).unwrap_or_default();
        offer(&parse(old)) != offer(&parse(new))
    });
    let manifests = manifests.into_iter().filter(|_| changes);
    manifests.filter_map(|(path, old)| Some((path, without_requirements(&old)?))).collect()
}
