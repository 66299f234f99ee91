//! What a client costs those who build with it: three programs that make the same call, one of them with
//! reqwest alone, in a workspace of their own.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use camino::Utf8Path;

use crate::finding::{Finding, Kind};
use crate::output::OutputFolder;
use crate::regular_file;

/// A program that makes one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// With reqwest, rustls and JSON, and nothing else.
    Plain,
    /// With the facade, and the API of the call.
    One,
    /// With the facade, and all APIs.
    All,
}

impl Program {
    /// All of them. The others are compared with the first.
    pub const ALL: [Self; 3] = [Self::Plain, Self::One, Self::All];

    /// The package.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::One => "one",
            Self::All => "all",
        }
    }

    /// What it is, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Plain => "reqwest, rustls, JSON",
            Self::One => "bindery, one feature",
            Self::All => "bindery, all features",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Plain => include_str!("../cost/plain.rs"),
            Self::One | Self::All => include_str!("../cost/client.rs"),
        }
    }

    fn manifest(self, root: &Path, versions: &toml::Table) -> String {
        let version = |name| version(versions, name);
        let dependencies = match self {
            Self::Plain => format!(
                "reqwest = {{ version = {}, default-features = false, features = ['json', 'rustls'] }}\n\
                 serde = {{ version = {}, features = ['derive'] }}\n",
                version("reqwest"),
                version("serde")
            ),
            Self::One | Self::All => {
                let feature = if self == Self::One { "anthropic" } else { "full" };
                let path = toml::Value::from(root.join("crates/bindery").display().to_string());
                format!("bindery = {{ path = {path}, features = ['{feature}'] }}\n")
            }
        };
        format!(
            "[package]\nname = '{}'\nversion = '0.0.0'\nedition = '2024'\npublish = false\n\n\
             [[bin]]\nname = '{}'\npath = 'main.rs'\n\n\
             [dependencies]\n{dependencies}\
             tokio = {{ version = {}, default-features = false, features = ['rt', 'net', 'time'] }}\n",
            self.name(),
            self.name(),
            version("tokio")
        )
    }
}

/// What the workspace asks of a dependency.
fn version(dependencies: &toml::Table, name: &str) -> toml::Value {
    let found = dependencies.get(name);
    let found = found.map(|found| found.get("version").unwrap_or(found));
    found.cloned().unwrap_or_else(|| "*".into())
}

/// Writes the programs into a folder. They get the versions that Bindery's own workspace, `root`, has.
pub fn write(root: &Path, out: &mut OutputFolder) -> Result<(), Finding> {
    let unreadable = |error: io::Error| {
        Finding::error(
            Kind::WorkspaceManifest,
            format!("cannot read the workspace `{}`: {error}", root.display()),
        )
    };
    let read = |path: &str| regular_file::read_to_string(&root.join(path)).map_err(unreadable);
    let root = &root.canonicalize().map_err(unreadable)?;
    let manifest = read("Cargo.toml")?.parse::<toml::Table>();
    let manifest = manifest.map_err(|error| unreadable(io::Error::other(error)))?;
    let versions = manifest.get("workspace").and_then(|it| it.get("dependencies"));
    let versions = versions.and_then(toml::Value::as_table).cloned().unwrap_or_default();
    for program in Program::ALL {
        let folder = Utf8Path::new(program.name());
        out.write(&folder.join("Cargo.toml"), &program.manifest(root, &versions))?;
        out.write(&folder.join("main.rs"), program.source())?;
    }
    let names = Program::ALL.map(|it| format!("'{}'", it.name())).join(", ");
    let manifest = format!(
        "[workspace]\nresolver = '3'\nmembers = [{names}]\n\n[profile.release]\nstrip = true\n"
    );
    out.write("Cargo.toml".into(), &manifest)?;
    out.write("Cargo.lock".into(), &read("Cargo.lock")?)?;
    out.clean()
}

/// The crates that a package of a workspace compiles for this machine, itself included: name and version.
/// What is not on the disk yet is fetched, unless `offline`.
pub fn crates(workspace: &Path, package: &str, offline: bool) -> io::Result<BTreeSet<String>> {
    let mut command = cargo(workspace, "tree");
    command.args(["--package", package, "--edges", "normal,build", "--prefix", "none"]);
    command.args(["--format", "{p}"]).args(offline.then_some("--offline"));
    let output = command.output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    let lines = String::from_utf8_lossy(&output.stdout);
    let words = lines.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "));
    Ok(words.filter(|it| !it.is_empty()).collect())
}

/// What it takes to build a program from nothing, and how large it is.
#[derive(Clone, Copy, Debug)]
pub struct Built {
    /// By the clock on the wall.
    pub time: Duration,
    /// Of all processors, which does not depend on what else they do. Only Linux tells.
    pub processors: Option<Duration>,
    /// Of the stripped program.
    pub bytes: u64,
}

/// Builds a program in a target folder of its own, which is empty before and gone afterwards.
pub fn build(out: &mut OutputFolder, program: Program) -> Result<Built, Finding> {
    let workspace = out.path().to_owned();
    let target = out.scratch(&format!("target/{}", program.name()))?;
    // Cargo takes a relative path from the workspace, where it is run.
    let folder = std::path::absolute(target.path()).map_err(|error| failed(program, &error))?;
    build_in(&workspace, &folder, program).map_err(|error| failed(program, &error))
}

fn build_in(workspace: &Path, target: &Path, program: Program) -> io::Result<Built> {
    let mut command = cargo(workspace, "build");
    command.args(["--release", "--quiet", "--package", program.name(), "--target-dir"]);
    let (start, before) = (Instant::now(), children());
    if !command.arg(target).status()?.success() {
        return Err(io::Error::other("`cargo build` failed"));
    }
    let time = start.elapsed();
    let processors = children().zip(before).map(|(after, before)| after.saturating_sub(before));
    let file = format!("{}{}", program.name(), std::env::consts::EXE_SUFFIX);
    let bytes = fs::metadata(target.join("release").join(file))?.len();
    Ok(Built { time, processors, bytes })
}

fn failed(program: Program, error: &io::Error) -> Finding {
    Finding::error(Kind::CommandFailed, format!("cannot build `{}`: {error}", program.name()))
        .why("The program did not build, so there is nothing to measure.")
        .help("See what cargo says above.")
}

/// The time that processors have spent on the children of this process, and on theirs.
fn children() -> Option<Duration> {
    of_children(&fs::read_to_string("/proc/self/stat").ok()?)
}

/// Two fields, in hundredths of a second. The name of the process may have anything in it, so what is
/// counted begins after the parenthesis that closes it.
fn of_children(stat: &str) -> Option<Duration> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(13).map(str::parse::<u64>);
    let (user, system) = (fields.next()?.ok()?, fields.next()?.ok()?);
    Some(Duration::from_millis(user.saturating_add(system).saturating_mul(10)))
}

/// Whether a variable of the environment is a setting of the build that started this one. It would be measured, too, or
/// put the program where nobody looks for it.
fn is_setting(name: &OsStr) -> bool {
    const NAMES: [&str; 7] = [
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_INCREMENTAL",
        "CARGO_TARGET_DIR",
        "RUSTC",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTC_WRAPPER",
        "RUSTFLAGS",
    ];
    let Some(name) = name.to_str() else { return false };
    let is_of_target = name.starts_with("CARGO_TARGET_") && name.ends_with("_RUSTFLAGS");
    let is_of_all = ["CARGO_BUILD_", "CARGO_PROFILE_"].iter().any(|it| name.starts_with(it));
    is_of_target || is_of_all || NAMES.contains(&name)
}

fn cargo(workspace: &Path, what: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_setting(name)) {
        command.env_remove(name);
    }
    command.arg(what).current_dir(workspace);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace that asks for these dependencies, and where its programs go.
    fn workspace(dependencies: &str) -> (tempfile::TempDir, OutputFolder) {
        let root = tempfile::tempdir().unwrap();
        let manifest = format!("[workspace.dependencies]\n{dependencies}");
        fs::write(root.path().join("Cargo.toml"), manifest).unwrap();
        fs::write(root.path().join("Cargo.lock"), "version = 4\n").unwrap();
        let out = OutputFolder::claim(&root.path().join("out"), root.path()).unwrap();
        (root, out)
    }

    fn dependencies(out: &Path, program: Program) -> toml::Table {
        let manifest = fs::read_to_string(out.join(program.name()).join("Cargo.toml")).unwrap();
        manifest.parse::<toml::Table>().unwrap()["dependencies"].as_table().unwrap().clone()
    }

    #[test]
    fn programs_ask_for_the_versions_of_the_workspace_and_for_no_more_than_they_need() {
        let (root, mut out) =
            workspace("reqwest = { version = '7.1' }\nserde = '6.2'\ntokio = '5'\n");
        write(root.path(), &mut out).unwrap();
        let out = out.path();
        let plain = dependencies(out, Program::Plain);
        assert_eq!(plain.keys().collect::<Vec<_>>(), ["reqwest", "serde", "tokio"]);
        assert_eq!(plain["reqwest"]["version"].as_str(), Some("7.1"));
        assert_eq!(plain["serde"]["version"].as_str(), Some("6.2"));
        for (program, feature) in [(Program::One, "anthropic"), (Program::All, "full")] {
            let client = dependencies(out, program);
            assert_eq!(client.keys().collect::<Vec<_>>(), ["bindery", "tokio"]);
            assert_eq!(client["bindery"]["features"], vec![feature].into());
            assert_eq!(client["tokio"], plain["tokio"]);
        }
        assert_eq!(fs::read_to_string(out.join("Cargo.lock")).unwrap(), "version = 4\n");
    }

    #[test]
    fn a_folder_that_is_no_workspace_costs_an_error_and_no_panic() {
        let (root, mut out) = workspace("tokio = 5");
        write(root.path(), &mut out).unwrap();
        fs::write(root.path().join("Cargo.toml"), "[").unwrap();
        assert!(write(root.path(), &mut out).is_err());
        let error = crates(out.path(), "nobody", true).unwrap_err().to_string();
        assert!(error.contains("plain"), "{error}");
    }

    /// Until now, `CARGO_BUILD_TARGET` put the program elsewhere, and other flags were measured.
    #[test]
    fn no_setting_of_another_build_is_measured() {
        for name in [
            "RUSTFLAGS",
            "CARGO_BUILD_TARGET",
            "CARGO_BUILD_RUSTFLAGS",
            "CARGO_PROFILE_RELEASE_LTO",
            "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS",
        ] {
            assert!(is_setting(name.as_ref()), "{name}");
        }
        for name in ["PATH", "CARGO_HOME", "RUSTUP_TOOLCHAIN", "CARGO_TARGET_ARM_LINKER"] {
            assert!(!is_setting(name.as_ref()), "{name}");
        }
    }

    #[test]
    fn the_time_of_children_is_read_whatever_the_process_is_called() {
        let stat = "7 (a) 1 (b) R 1 2 3 4 5 6 7 8 9 10 900 800 250 50 20 0";
        assert_eq!(of_children(stat), Some(Duration::from_secs(3)));
        for other in ["", "7 (a) R 1 2", "7 (a) R 1 2 3 4 5 6 7 8 9 10 11 12 x 50"] {
            assert_eq!(of_children(other), None, "{other}");
        }
    }
}
