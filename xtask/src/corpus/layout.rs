//! The workspace that holds the crates of a corpus.

use std::fs;
use std::io;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};

use crate::emit::FileSet;
use crate::emit::header::PREAMBLE;
use crate::finding::{Finding, Kind};
use crate::output::OutputFolder;
use crate::regular_file;

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

/// Writes `OUT/Cargo.toml` and a folder per document of which there is a crate, and removes what is left of an earlier
/// run. What cannot be written of a document is that document's failure.
pub fn write(
    out: &mut OutputFolder,
    workspace: &Path,
    outcomes: &mut [Outcome],
) -> Result<(), Finding> {
    let here = Utf8Path::new("");
    let all: Vec<_> = outcomes.iter().filter_map(member).collect();
    announce(out, here, &all)?;
    for outcome in outcomes.iter_mut() {
        let written = member(outcome).map_or(Ok(()), |it| write_crate(out, here, &it));
        if let Err(finding) = written {
            out.give_up(Utf8Path::new(&outcome.folder));
            outcome.fail(finding);
        }
    }
    let members: Vec<_> = outcomes.iter().filter_map(member).collect();
    write_manifest(out, here, workspace, &members)?;
    out.clean()
}

fn member(outcome: &Outcome) -> Option<Member<'_>> {
    let Outcome { folder, package, files, .. } = outcome;
    files.as_ref().map(|files| Member { folder, package, files })
}

/// Writes a workspace into a folder in an output folder: a manifest, and a folder per crate. What is there already and
/// equal is not touched, so that a second check compiles nothing twice.
pub fn write_members(
    out: &mut OutputFolder,
    folder: &Utf8Path,
    workspace: &Path,
    members: &[Member<'_>],
) -> Result<(), Finding> {
    announce(out, folder, members)?;
    members.iter().try_for_each(|member| write_crate(out, folder, member))?;
    write_manifest(out, folder, workspace, members)
}

fn announce(
    out: &mut OutputFolder,
    folder: &Utf8Path,
    members: &[Member<'_>],
) -> Result<(), Finding> {
    let paths: Vec<_> = members.iter().flat_map(|it| files(folder, it)).map(|it| it.0).collect();
    out.announce(paths.iter().map(AsRef::as_ref))
}

fn write_crate(
    out: &mut OutputFolder,
    folder: &Utf8Path,
    member: &Member<'_>,
) -> Result<(), Finding> {
    files(folder, member).try_for_each(|(path, text)| out.write(&path, text))
}

/// The files of a crate where they are to be.
fn files<'a>(
    folder: &Utf8Path,
    member: &'a Member<'_>,
) -> impl Iterator<Item = (Utf8PathBuf, &'a str)> {
    let from = Utf8PathBuf::from("crates").join(member.package);
    let to = folder.join(member.folder);
    member.files.files.iter().filter_map(move |(path, text)| {
        Some((to.join(path.strip_prefix(&from).ok()?), text.as_str()))
    })
}

fn write_manifest(
    out: &mut OutputFolder,
    folder: &Utf8Path,
    workspace: &Path,
    members: &[Member<'_>],
) -> Result<(), Finding> {
    let manifest = manifest(workspace, members).map_err(|error| {
        let what = format!("cannot read `{}`: {error}", workspace.join("Cargo.toml").display());
        Finding::error(Kind::WorkspaceManifest, what)
    })?;
    out.write(&folder.join("Cargo.toml"), &manifest)
}

/// The members by name, and what they inherit: the settings and dependencies of Bindery's own workspace.
fn manifest(workspace: &Path, members: &[Member<'_>]) -> io::Result<String> {
    let own: toml::Table = regular_file::read_to_string(&workspace.join("Cargo.toml"))?
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
