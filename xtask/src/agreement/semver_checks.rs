//! The opinion of cargo-semver-checks: what it calls a major change, Bindery calls breaking.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Command;

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
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(says(output.status.success(), &text(&output.stdout), &text(&output.stderr)))
}

fn command() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.arg("semver-checks");
    command
}

/// Lints that fail are on its standard output; that it could not compare is an error without any.
fn says(success: bool, output: &str, errors: &str) -> Says {
    let lints = output.lines().filter_map(|it| it.strip_prefix("--- failure "));
    let lints: Vec<&str> = lints.filter_map(|it| it.split(':').next()).collect();
    match (success, lints.is_empty()) {
        (true, _) => Says::Fine,
        (false, false) => Says::Major(lints.join(", ")),
        (false, true) => Says::Nothing(errors.to_owned()),
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

#[cfg(test)]
mod tests {
    use super::super::tests::pair;
    use super::*;

    const FAILURE: &str = "\n--- failure struct_missing: pub struct removed ---\n\nDescription:\nx\n\
        --- failure enum_missing: pub enum removed ---\n";

    #[test]
    fn lints_that_fail_are_major() {
        assert_eq!(says(false, FAILURE, ""), Says::Major("struct_missing, enum_missing".into()));
        assert_eq!(says(true, "", "Summary no semver update required"), Says::Fine);
        assert_eq!(says(false, "", "error: no crate"), Says::Nothing("error: no crate".into()));
    }

    #[test]
    fn what_is_major_has_to_be_breaking() {
        let of = |rust| {
            let wrong = judge(&pair(rust), &says(false, FAILURE, ""))?;
            Some(wrong.what)
        };
        assert_eq!(of("breaking"), None);
        let major = "`p` is major to cargo-semver-checks: struct_missing, enum_missing";
        assert_eq!(of("none").as_deref(), Some(major));
        assert_eq!(of("additive").as_deref(), Some(major));
    }

    #[test]
    fn no_opinion_is_no_agreement_and_another_reason_to_break_is_none() {
        let wrong = judge(&pair("breaking"), &Says::Nothing("error: no crate\n".into())).unwrap();
        assert_eq!(wrong.what, "cargo-semver-checks could not compare `p`: error: no crate");
        assert!(judge(&pair("breaking"), &Says::Fine).is_none());
    }
}
