//! What must not be written: what others made, and what would leave a workspace that cargo cannot load.
//!
//! Cargo loads all manifests before it starts any command, that of the generator included. What would keep it from
//! that has to be said before, as nobody could undo it by a command.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use semver::{Version, VersionReq};
use toml::{Table, Value};

use super::compare::{CRATES, files, is_absence, is_generated, read_names};
use super::disk::is_folder;
use super::manifest::{is_manifest, offer, parse, path_dependencies};
use crate::emit::FileSet;
use crate::finding::{Finding, Kind};
use crate::regular_file;

/// Returns what is wrong with writing a set, though each of its files could be written.
pub fn problems(root: &Path, set: &FileSet) -> Vec<Finding> {
    let mut problems = not_generated(root, set);
    let manifests = generated_manifests(set);
    let owned: BTreeSet<&Utf8Path> = set.owned.iter().map(AsRef::as_ref).collect();
    for (manifest, table) in other_manifests(root, set, &mut problems) {
        let folder = manifest.parent().unwrap_or(Utf8Path::new(""));
        let name = package(&table, "name");
        if name.is_some_and(|name| manifests.values().any(|it| package(it, "name") == Some(name))) {
            problems.push(shared_name(&manifest, name.unwrap_or_default()));
        }
        for (path, version) in path_dependencies(&table) {
            let Some(named) = normal(&folder.join(path)) else { continue };
            match manifests.get(named.as_path()) {
                Some(generated) if !fits(version, package(generated, "version")) => {
                    problems.push(other_version(&manifest, &named, version));
                }
                None if owned.contains(named.as_path()) => {
                    problems.push(removed(&manifest, &named))
                }
                _ => {}
            }
        }
    }
    problems
}

/// Returns the version of a generated crate as it is on the disk, if it says one; `None` if cargo could not load it.
pub fn version_on_disk(root: &Path, package: &str) -> Option<Option<Version>> {
    let folder = root.join(CRATES).join(package);
    let is_file = |path: &Path| path.symlink_metadata().is_ok_and(|it| it.is_file());
    let (manifest, library) = (folder.join("Cargo.toml"), folder.join("src/lib.rs"));
    if !(is_folder(&folder) && is_file(&manifest) && is_file(&library)) {
        return None;
    }
    let table: Table = regular_file::read_to_string(&manifest).ok()?.parse().ok()?;
    Some(offer(&table).0.and_then(|version| Version::parse(version).ok()))
}

/// Returns the manifests of the set's crates, by folder.
fn generated_manifests(set: &FileSet) -> BTreeMap<&Utf8Path, Table> {
    let manifests = set.files.iter().filter(|(path, _)| is_manifest(path));
    let tables = manifests.filter_map(|(path, text)| {
        Some((path.parent().filter(|folder| folder.starts_with(CRATES))?, parse(text)))
    });
    tables.collect()
}

/// What a manifest says of its package.
fn package<'a>(manifest: &'a Table, key: &str) -> Option<&'a str> {
    manifest.get("package").and_then(|it| it.get(key)?.as_str())
}

/// Returns the manifests of the workspace that are not in the set, and that of the workspace itself, by path. What is
/// there and cannot be read is a problem.
fn other_manifests(
    root: &Path,
    set: &FileSet,
    problems: &mut Vec<Finding>,
) -> Vec<(Utf8PathBuf, Table)> {
    let mut read = |path: Utf8PathBuf| {
        let text = match set.files.get(&path) {
            Some(text) => Ok(text.clone()),
            None => regular_file::read_to_string(&root.join(&path)),
        };
        match text {
            Ok(text) => Some((path, parse(&text))),
            Err(error) => {
                problems.extend((!is_absence(&error)).then(|| unreadable(&path, &error)));
                None
            }
        }
    };
    let Some(workspace) = read("Cargo.toml".into()) else { return Vec::new() };
    let members = workspace.1.get("workspace").and_then(|it| it.get("members")?.as_array());
    let mut folders = Vec::new();
    for member in members.into_iter().flatten().filter_map(Value::as_str) {
        match member.strip_suffix("/*") {
            Some(folder) => {
                let names = read_names(&root.join(folder)).unwrap_or_default();
                folders.extend(names.into_iter().map(|name| Utf8Path::new(folder).join(name)));
            }
            None => folders.push(member.into()),
        }
    }
    let owned = |folder: &Utf8PathBuf| set.owned.contains(folder);
    let manifests = folders.iter().filter(|it| !owned(it)).map(|it| it.join("Cargo.toml"));
    // The facade is generated, and names what is there by construction.
    let manifests = manifests.filter(|path| !set.files.contains_key(path));
    let others: Vec<_> = manifests.filter_map(read).collect();
    std::iter::once(workspace).chain(others).collect()
}

/// A path without steps up and down, if it stays in the workspace.
fn normal(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut normal = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::Normal(name) => normal.push(name),
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => normal.pop().then_some(())?,
            Utf8Component::Prefix(_) | Utf8Component::RootDir => return None,
        }
    }
    Some(normal)
}

fn fits(wanted: Option<&str>, version: Option<&str>) -> bool {
    let wanted = wanted.and_then(|it| VersionReq::parse(it).ok());
    let version = version.and_then(|it| Version::parse(it).ok());
    wanted.zip(version).is_none_or(|(wanted, version)| wanted.matches(&version))
}

/// Returns a finding for each folder of a generated crate in which others have files: these would be overwritten or
/// removed.
fn not_generated(root: &Path, set: &FileSet) -> Vec<Finding> {
    let folders = set.files.keys().filter(|path| is_manifest(path)).filter_map(|it| it.parent());
    let foreign = folders.filter(|folder| folder.starts_with(CRATES)).filter(|folder| {
        let mut wanted = set.files.keys().filter(|path| path.starts_with(folder));
        let is_owned = set.owned.contains(*folder);
        let any = match is_owned {
            // What cannot be read is said when it is compared.
            true => files(root, folder).is_ok_and(|files| !files.is_empty()),
            false => wanted.clone().any(|path| root.join(path).symlink_metadata().is_ok()),
        };
        any && is_folder(&root.join(folder))
            && !is_runtime(folder)
            && !wanted.any(|path| is_generated(&root.join(path)))
    });
    let finding = |folder: &Utf8Path| {
        Finding::error(Kind::NotGenerated, format!("`{folder}` is there, and was not generated"))
    };
    foreign.map(finding).collect()
}

/// Whether a folder is that of the runtime: `bump` sets the version in its manifest, which is made by hand.
fn is_runtime(folder: &Utf8Path) -> bool {
    folder.file_name() == Some(crate::release::RUNTIME)
}

fn unreadable(manifest: &Utf8Path, error: &std::io::Error) -> Finding {
    Finding::error(Kind::Unreadable, format!("cannot read `{manifest}`: {error}"))
        .why("Whether cargo could load the workspace cannot be told.")
}

fn removed(manifest: &Utf8Path, named: &Utf8Path) -> Finding {
    let what = format!("`{manifest}` names `{named}`, which is to be removed");
    Finding::error(Kind::WouldNotLoad, what).help(format!(
        "Take it out of `{manifest}` first, or take back the pages that it is made from."
    ))
}

fn other_version(manifest: &Utf8Path, named: &Utf8Path, version: Option<&str>) -> Finding {
    let version = version.unwrap_or_default();
    let what =
        format!("`{manifest}` asks for `{named}` in version {version}, which it will not have");
    Finding::error(Kind::WouldNotLoad, what)
        .help(format!("Take the version out of `{manifest}`: the path is enough."))
}

fn shared_name(manifest: &Utf8Path, name: &str) -> Finding {
    Finding::error(Kind::WouldNotLoad, format!("`{name}` is also the package of `{manifest}`"))
        .why("Cargo loads no workspace in which two packages have one name.")
        .help("Give the API another `package` in its `api.toml`.")
}
