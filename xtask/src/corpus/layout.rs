//! The workspace that holds the crates of a corpus.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use camino::Utf8PathBuf;

use crate::emit::FileSet;
use crate::emit::header::PREAMBLE;

use super::outcome::Outcome;

/// A crate of the workspace.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// The folder in the workspace.
    pub folder: &'a str,
    /// The package; its files are below `crates/<package>/` in the file set.
    pub package: &'a str,
    /// The files.
    pub files: &'a FileSet,
}

/// Writes `OUT/Cargo.toml` and a folder per document of which there is a crate.
pub fn write(out: &Path, workspace: &Path, outcomes: &[Outcome]) -> io::Result<()> {
    let mut members = Vec::new();
    for Outcome { name, package, files, .. } in outcomes {
        members.extend(files.iter().map(|files| Member { folder: name, package, files }));
    }
    write_members(out, workspace, &members)
}

/// Writes `OUT/Cargo.toml` and a folder per crate. What is there already and equal is not touched, so that a
/// second check compiles nothing twice; what is left of an earlier run is removed.
pub fn write_members(out: &Path, workspace: &Path, members: &[Member<'_>]) -> io::Result<()> {
    fs::create_dir_all(out)?;
    let manifest = manifest(workspace, members)?;
    remove_others(out, members)?;
    for member in members {
        write_crate(out, member)?;
    }
    write_if_new(&out.join("Cargo.toml"), &manifest)
}

fn write_crate(out: &Path, member: &Member<'_>) -> io::Result<()> {
    let folder = out.join(member.folder);
    let from = Utf8PathBuf::from("crates").join(member.package);
    let mut kept = BTreeSet::new();
    for (path, text) in &member.files.files {
        let Ok(inside) = path.strip_prefix(&from) else { continue };
        let path = folder.join(inside);
        write_if_new(&path, text)?;
        kept.insert(path);
    }
    for path in files(&folder)? {
        if !kept.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Removes the crates of documents that are gone. A folder that no earlier run made is left alone.
fn remove_others(out: &Path, members: &[Member<'_>]) -> io::Result<()> {
    for entry in fs::read_dir(out)? {
        let path = entry?.path();
        let known = members.iter().any(|it| path.file_name() == Some(it.folder.as_ref()));
        let ours =
            fs::read_to_string(path.join("Cargo.toml")).is_ok_and(|text| text.contains(PREAMBLE));
        if !known && ours && path.is_dir() {
            fs::remove_dir_all(path)?;
        }
    }
    Ok(())
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => found.extend(files(&path)?),
            false => found.push(path),
        }
    }
    Ok(found)
}

fn write_if_new(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// The members by name, and what they inherit: the settings and dependencies of Bindery's own workspace.
fn manifest(workspace: &Path, members: &[Member<'_>]) -> io::Result<String> {
    let own: toml::Table = fs::read_to_string(workspace.join("Cargo.toml"))?
        .parse()
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    let inherited =
        own.get("workspace").and_then(toml::Value::as_table).cloned().unwrap_or_default();
    let mut table = toml::Table::new();
    table.insert("resolver".into(), "3".into());
    let members: Vec<toml::Value> = members.iter().map(|it| it.folder.into()).collect();
    table.insert("members".into(), members.into());
    for key in ["package", "lints", "dependencies"] {
        if let Some(value) = inherited.get(key) {
            table.insert(key.into(), value.clone());
        }
    }
    let runtime = fs::canonicalize(workspace.join("crates/bindery-runtime"))?;
    if let Some(dependency) = table
        .get_mut("dependencies")
        .and_then(|it| it.get_mut("bindery-runtime"))
        .and_then(toml::Value::as_table_mut)
    {
        dependency.insert("path".into(), runtime.to_string_lossy().into_owned().into());
    }
    let mut root = toml::Table::new();
    root.insert("workspace".into(), table.into());
    Ok(format!("# {PREAMBLE}\n\n{root}"))
}
