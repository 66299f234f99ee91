//! `agreement`: pairs of pages, and whether the compiler says of each change what Bindery says.

use std::path::{Path, PathBuf};

use super::report::{Report, Status, new_table, plural, text_of};
use crate::agreement::semver_checks::{self, Says};
use crate::agreement::{self, Made, Side, judge, pair};
use crate::finding::{Finding, Kind};
use crate::output::OutputFolder;

/// Where the pairs are, unless told otherwise.
const PAIRS: &str = "tests/pairs";

/// What to compare.
#[derive(Debug)]
pub struct Agreement {
    /// The folder of the pairs.
    pub pairs: Option<PathBuf>,
    /// Where the workspaces of clients and programs go.
    pub out: Option<PathBuf>,
    /// Whether to ask cargo-semver-checks, too.
    pub semver_checks: bool,
}

/// Compares all opinions of all pairs.
pub fn agreement(root: &Path, wanted: &Agreement) -> Report {
    if wanted.semver_checks && !semver_checks::installed() {
        return Report::failure(
            Finding::error(Kind::CommandFailed, "`cargo semver-checks` cannot be run")
                .why("It was to be asked for its opinion.")
                .help("Install it with `cargo install cargo-semver-checks --locked`, or leave it out."),
        );
    }
    let out = wanted.out.clone().unwrap_or_else(|| {
        let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        target.unwrap_or_else(|| root.join("target")).join("agreement")
    });
    let folder = wanted.pairs.clone().unwrap_or_else(|| root.join(PAIRS));
    let given = make(&folder);
    OutputFolder::claim(&out, root)
        .and_then(|mut out| compare(root, &mut out, given, wanted.semver_checks))
        .unwrap_or_else(Report::failure)
}

/// What a folder gives to compare.
struct Given {
    made: Vec<Made>,
    /// How many pairs cannot be used.
    unusable: usize,
    findings: Vec<Finding>,
}

fn make(folder: &Path) -> Given {
    let mut findings = Vec::new();
    let pairs = pair::read(folder, &mut findings);
    let mut unusable = findings.len();
    if pairs.is_empty() && findings.is_empty() {
        let what = format!("there is no pair in `{}`", folder.display());
        findings.push(Finding::error(Kind::Pair, what).help("Name the folder that holds them."));
    }
    let mut made = Vec::new();
    for pair in pairs {
        match agreement::make(pair) {
            Ok(it) => made.push(it),
            Err(why) => {
                unusable += 1;
                findings.extend(why);
            }
        }
    }
    Given { made, unusable, findings }
}

fn compare(
    root: &Path,
    out: &mut OutputFolder,
    given: Given,
    semver: bool,
) -> Result<Report, Finding> {
    let Given { made, unusable, mut findings } = given;
    let mut table = new_table(["Pair", "Wire", "Rust", "Compiler", "Semver", "Agreed"]);
    let mut agreed = 0;
    let said = agreement::compile(root, out, &made)?;
    for Made { pair, .. } in &made {
        let ours = agreement::verdicts(&pair.api(Side::Old), &pair.api(Side::New));
        let mut wrong = judge::judge(pair, &said, ours);
        let says = match semver {
            true => Some(semver_checks::ask(out.path(), pair).map_err(|it| not_asked(&it))?),
            false => None,
        };
        wrong.extend(says.iter().filter_map(|it| semver_checks::judge(pair, it)));
        agreed += usize::from(wrong.is_empty());
        table.add_row([
            pair.name.clone(),
            judge::word(pair.claim.wire),
            judge::word(pair.claim.rust),
            judge::of_compiler(pair, &said),
            says.as_ref().map_or("–", Says::as_str).to_owned(),
            if wrong.is_empty() { "yes" } else { "no" }.to_owned(),
        ]);
        findings.extend(wrong);
    }
    let mut report = Report::new();
    report.output = format!("{}\n", text_of(&table));
    let all = plural(made.len() + unusable, "pair", "pairs");
    report.summary = format!("{all}: {agreed} agreed, {unusable} cannot be used.");
    if !findings.is_empty() {
        report.status = Status::Failed;
    }
    findings.into_iter().for_each(|it| report.push(it));
    Ok(report)
}

fn not_asked(error: &std::io::Error) -> Finding {
    Finding::error(Kind::CommandFailed, format!("cannot run `cargo semver-checks`: {error}"))
        .why("It was to be asked for its opinion.")
        .help("Check that it can be started from here, or leave it out.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares what a folder holds, none of which can be compiled.
    fn nothing_of(folder: &Path) -> (Report, Vec<String>) {
        let pairs = Some(folder.to_owned());
        let out = Some(folder.join("out"));
        let report = agreement(folder, &Agreement { pairs, out, semver_checks: false });
        let says = report.findings.iter().map(|(_, it)| it.what.clone()).collect();
        (report, says)
    }

    #[test]
    fn no_pair_is_no_agreement() {
        let folder = tempfile::tempdir().unwrap();
        let (report, says) = nothing_of(folder.path());
        assert_eq!(report.status, Status::Failed);
        assert_eq!(report.summary, "0 pairs: 0 agreed, 0 cannot be used.");
        assert_eq!(says, [format!("there is no pair in `{}`", folder.path().display())]);
    }

    #[test]
    fn a_pair_that_cannot_be_used_counts_and_fails() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("p")).unwrap();
        let (report, says) = nothing_of(folder.path());
        assert_eq!(report.status, Status::Failed);
        assert_eq!(report.summary, "1 pair: 0 agreed, 1 cannot be used.");
        assert!(says[0].contains("pair.toml` cannot be read"), "{says:?}");
    }
}
