//! The opinion of cargo-semver-checks: what it calls a major change, Bindery calls breaking.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

use crate::diff::Rust;
use crate::finding::Finding;

use super::judge::disagreement;
use super::{Pair, Side, layout};

/// What it says of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// It asks for a major version, for these reasons.
    Major(String),
    /// It does not.
    Fine,
    /// It could not tell, and said this.
    Nothing(String),
}

impl Says {
    /// The word for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Major(_) => "major",
            Self::Fine => "not major",
            Self::Nothing(_) => "nothing",
        }
    }
}

/// Whether it is installed.
pub fn installed() -> bool {
    let asked = command().arg("--version").output();
    asked.is_ok_and(|it| it.status.success())
}

/// Asks about the clients of a pair, which were written below `out`.
pub fn ask(out: &Path, pair: &Pair) -> io::Result<Says> {
    let client = |side| layout::folder(out, side).join(&pair.package);
    let output = command()
        .arg("--manifest-path")
        .arg(client(Side::New).join("Cargo.toml"))
        .arg("--baseline-root")
        .arg(client(Side::Old))
        // The versions are equal, so the question has to be put: would a minor release do?
        .args(["--release-type", "minor", "--only-explicit-features", "--color", "never"])
        .env("CARGO_TARGET_DIR", out.join("target"))
        .env("CARGO_NET_OFFLINE", "true")
        .env_remove("RUSTFLAGS")
        .output()?;
    Ok(says(&output))
}

fn command() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.arg("semver-checks");
    command
}

fn says(output: &Output) -> Says {
    let text = String::from_utf8_lossy(&output.stdout);
    let lints = text.lines().filter_map(|it| it.strip_prefix("--- failure "));
    let lints: Vec<&str> = lints.filter_map(|it| it.split(':').next()).collect();
    match (output.status.success(), lints.is_empty()) {
        (true, _) => Says::Fine,
        (false, false) => Says::Major(lints.join(", ")),
        (false, true) => Says::Nothing(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// What is wrong if it says that of a pair.
pub fn judge(pair: &Pair, says: &Says) -> Option<Finding> {
    let what = match says {
        Says::Major(lints) if pair.claim.rust != Rust::Breaking => {
            format!("`{}` is major to cargo-semver-checks: {lints}", pair.name)
        }
        Says::Nothing(text) => {
            format!("cargo-semver-checks could not compare `{}`: {}", pair.name, text.trim())
        }
        _ => return None,
    };
    Some(disagreement(pair, what))
}
