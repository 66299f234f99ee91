//! The two workspaces, one for each side: the clients, and the programs that use them.

use std::path::{Path, PathBuf};

use camino::{Utf8Path, Utf8PathBuf};

use crate::corpus::layout::{Member, write_members};
use crate::emit::FileSet;
use crate::emit::header::PREAMBLE;
use crate::finding::{Finding, Kind};
use crate::output::OutputFolder;
use crate::regular_file;

use super::pair::{Pair, Program};
use super::{Made, Side};

/// The workspace of a side.
pub fn folder(out: &Path, side: Side) -> PathBuf {
    out.join(side.as_str())
}

/// The package of a program. What it is called stands in front, where no pair's name does: behind the client's package,
/// it would be the client of a pair with that name.
pub fn package(pair: &Pair, program: &Program<'_>) -> String {
    format!("{}-{}", program.name, pair.package)
}

/// All packages of a pair: its client, and its programs.
pub fn packages(pair: &Pair) -> Vec<String> {
    let programs = pair.programs().map(|program| package(pair, &program));
    std::iter::once(pair.package.clone()).chain(programs).collect()
}

/// Writes both workspaces, and removes what is left of an earlier run.
pub fn write(out: &mut OutputFolder, workspace: &Path, made: &[Made]) -> Result<(), Finding> {
    // The same versions as Bindery's own, which are on the disk already.
    let lock = workspace.join("Cargo.lock");
    let lock = regular_file::read_to_string(&lock).map_err(|error| {
        Finding::error(
            Kind::WorkspaceManifest,
            format!("cannot read `{}`: {error}", lock.display()),
        )
    })?;
    for side in Side::BOTH {
        let crates: Vec<_> = made.iter().flat_map(|it| crates(it, side)).collect();
        let member = |(package, files)| Member { folder: package, package, files };
        let members: Vec<_> =
            crates.iter().map(|(package, files)| member((package, files))).collect();
        let folder = Utf8Path::new(side.as_str());
        write_members(out, folder, workspace, &members)?;
        out.write(&folder.join("Cargo.lock"), &lock)?;
    }
    out.clean()
}

/// The crates of a pair on a side, by package.
fn crates(made: &Made, side: Side) -> Vec<(String, FileSet)> {
    let client = (made.pair.package.clone(), made.crates.of(side).files.clone());
    let programs = made.pair.programs().map(|it| program(&made.pair, &it));
    std::iter::once(client).chain(programs).collect()
}

/// The crate of a program, to which the client is `client`.
fn program(pair: &Pair, program: &Program<'_>) -> (String, FileSet) {
    let package = package(pair, program);
    let client = &pair.package;
    let manifest = format!(
        "# {PREAMBLE}\n\n\
         [package]\nname = \"{package}\"\nversion = \"0.0.0\"\npublish = false\n\
         edition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\n\n\
         [dependencies]\n\
         client = {{ path = \"../{client}\", package = \"{client}\", default-features = false }}\n"
    );
    let folder = Utf8PathBuf::from("crates").join(&package);
    let mut files = FileSet::default();
    files.files.insert(folder.join("Cargo.toml"), manifest);
    files.files.insert(folder.join("src/lib.rs"), program.text.to_owned());
    (package, files)
}
