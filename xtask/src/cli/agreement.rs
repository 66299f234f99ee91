//! `agreement`: pairs of pages, and whether the compiler says of each change what Bindery says.

use std::io;
use std::path::{Path, PathBuf};

use super::report::{Report, Status, new_table, plural, text_of};
use crate::agreement::semver_checks::{self, Says};
use crate::agreement::{self, Made, Side, judge, layout, pair};
use crate::finding::Finding;

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
            Finding::error("not-installed", "`cargo semver-checks` cannot be run")
                .why("It was to be asked for its opinion.")
                .help("Install it with `cargo install cargo-semver-checks --locked`, or leave it out."),
        );
    }
    let out = wanted.out.clone().unwrap_or_else(|| {
        let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        target.unwrap_or_else(|| root.join("target")).join("agreement")
    });
    let mut findings = Vec::new();
    let pairs = wanted.pairs.clone().unwrap_or_else(|| root.join(PAIRS));
    let made = make(&pairs, &mut findings);
    compare(root, &out, &made, wanted.semver_checks, findings).unwrap_or_else(|error| {
        Report::failure(
            Finding::error("agreement", format!("`{}`: {error}", out.display()))
                .why("Clients and programs have to be written for the compiler.")
                .help("Name a place that can be written with `--out`."),
        )
    })
}

fn make(folder: &Path, findings: &mut Vec<Finding>) -> Vec<Made> {
    let pairs = pair::read(folder, findings);
    if pairs.is_empty() {
        let what = format!("there is no pair in `{}`", folder.display());
        findings.push(Finding::error("pair", what).help("Name the folder that holds them."));
    }
    let mut made = Vec::new();
    for pair in pairs {
        match agreement::make(pair) {
            Ok(it) => made.push(it),
            Err(why) => findings.extend(why),
        }
    }
    made
}

fn compare(
    root: &Path,
    out: &Path,
    made: &[Made],
    semver: bool,
    mut findings: Vec<Finding>,
) -> io::Result<Report> {
    layout::write(out, root, made)?;
    let said = agreement::compile(out, made)?;
    let mut table = new_table(["Pair", "Wire", "Rust", "Compiler", "Semver", "Agreed"]);
    let mut agreed = 0;
    for Made { pair, .. } in made {
        let ours = agreement::verdicts(&pair.api(Side::Old), &pair.api(Side::New));
        let mut wrong = judge::judge(pair, &said, ours);
        let says = if semver { Some(semver_checks::ask(out, pair)?) } else { None };
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
    report.summary = format!("{}, {agreed} agreed.", plural(made.len(), "pair", "pairs"));
    if !findings.is_empty() {
        report.status = Status::Failed;
    }
    findings.into_iter().for_each(|it| report.push(it));
    Ok(report)
}
