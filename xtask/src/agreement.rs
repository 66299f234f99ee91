//! Agreement with others: whether the compiler says the same of a change as Bindery does.
//!
//! Each pair of pages has programs that use its client. Where the change is called breaking, the program
//! for the old client must not compile against the new one, and for the expected reason; where it is called
//! additive, one more program must compile against the new client alone. [`pair`] reads the pairs, [`layout`]
//! writes their clients and programs, [`judge`] compares opinions, and [`semver_checks`] asks a tool of others.

pub mod judge;
pub mod layout;
pub mod pair;
pub mod semver_checks;

use std::ffi::OsStr;
use std::io;
use std::path::Path;

use crate::catalog::Api;
use crate::corpus::check::check_with;
use crate::diff::{Rust, Wire, compare};
use crate::finding::{Finding, Findings, Kind, Severity};
use crate::output::OutputFolder;
use crate::pipeline::{self, GeneratedCrate};

pub use judge::Opinions;
pub use pair::{Pair, Side};

/// The same of the old and of the new state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sides<T> {
    /// Before the change.
    pub old: T,
    /// After it.
    pub new: T,
}

impl<T> Sides<T> {
    /// That of a side.
    pub fn of(&self, side: Side) -> &T {
        match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }
}

/// A pair and its clients.
#[derive(Clone, Debug)]
pub struct Made {
    /// The pair.
    pub pair: Pair,
    /// The clients.
    pub crates: Sides<GeneratedCrate>,
}

/// Makes both clients of a pair. A client that lacks something of its page proves nothing about the change.
pub fn make(pair: Pair) -> Result<Made, Vec<Finding>> {
    let mut findings = Findings::default();
    let mut client = |side| pipeline::bind_api(&pair.api(side), &mut findings);
    let crates = (client(Side::Old), client(Side::New));
    let lacking = findings.iter().filter(|it| it.severity >= Severity::Loss);
    let lacking: Vec<Finding> = lacking.cloned().collect();
    match crates {
        (Some(old), Some(new)) if lacking.is_empty() => {
            Ok(Made { pair, crates: Sides { old, new } })
        }
        _ => Err(lacking),
    }
}

/// What Bindery says of a change, without having seen a compiler.
pub fn verdicts(old: &Api, new: &Api) -> Option<(Wire, Rust)> {
    let comparison = compare::apis("pair", old.clone(), new.clone()).ok()?;
    let wire = comparison.changes.iter().map(|it| it.wire).max().unwrap_or(Wire::None);
    let rust = comparison.changes.iter().map(|it| it.rust).max().unwrap_or(Rust::None);
    Some((wire, rust))
}

/// What the compiler says of all clients and programs, each side in a workspace of its own below `out`, so
/// that the clients of a pair can be one package. `workspace` is that of Bindery.
pub fn compile(
    workspace: &Path,
    out: &mut OutputFolder,
    made: &[Made],
) -> Result<Sides<Opinions>, Finding> {
    if made.is_empty() {
        return Ok(Sides::default());
    }
    layout::write(out, workspace, made)?;
    let side = |side| compile_side(out.path(), made, side).map_err(|it| no_compiler(&it));
    Ok(Sides { old: side(Side::Old)?, new: side(Side::New)? })
}

fn no_compiler(error: &io::Error) -> Finding {
    Finding::error(Kind::CommandFailed, format!("cannot run cargo: {error}"))
        .why("Only the compiler tells what breaks programs.")
}

fn compile_side(out: &Path, made: &[Made], side: Side) -> io::Result<Opinions> {
    let packages: Vec<String> = made.iter().flat_map(|it| layout::packages(&it.pair)).collect();
    let packages: Vec<&str> = packages.iter().map(String::as_str).collect();
    // To cargo, a package is its name and its path in the workspace, so that in one target folder the new
    // client would be taken for the old one. Whether there is TLS changes nothing of what programs can say,
    // and it takes long to compile.
    let folder = layout::folder(out, side);
    // Cargo runs in the folder, and takes a relative path from there.
    let target = std::path::absolute(folder.join("target"))?;
    let arguments = ["--offline", "--no-default-features", "--target-dir"].map(OsStr::new);
    check_with(&folder, &packages, &[&arguments[..], &[target.as_os_str()]].concat())
}

#[cfg(test)]
mod tests;
