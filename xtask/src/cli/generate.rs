//! `generate`: all APIs in memory, then all of them on the disk or none.

use std::collections::BTreeSet;
use std::path::Path;

use camino::Utf8Path;
use comfy_table::CellAlignment;

use super::bind::{Bind, Outcome, bind_all};
use super::golden;
use super::report::{Report, Status, new_table, plural, text_of};
use crate::catalog::Catalog;
use crate::config::ApiConfig;
use crate::emit::{FileSet, facade};
use crate::finding::{Finding, Findings, Kind, Severity};
use crate::release;
use crate::sanitize::plain_line;
use crate::workspace::{self, Change, Difference, Lock};

/// What to do with what was generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write it.
    Write,
    /// Compare it.
    Check,
}

/// Generates the named APIs, or all if none is named, and the facade over all.
pub fn generate(root: &Path, names: &[String], mode: Mode, bind: Bind<'_>) -> Report {
    let mut report = Report::new();
    // A check holds off writers; a write takes its own lock once it knows that it has to write.
    let lock = match mode {
        Mode::Check => Lock::shared(root).map(Some),
        Mode::Write => workspace::recover(root).map(|note| {
            note.into_iter().for_each(|note| report.push(note));
            None
        }),
    };
    let _lock = match lock {
        Ok(lock) => lock,
        Err(finding) => return Report::failure(finding),
    };
    let catalog = Catalog::open(root);
    let mut unknown = catalog.findings.clone();
    let entries = catalog.select(names, &mut unknown);
    report.add("", &unknown);
    let outcomes = bind_all(&entries, bind);
    outcomes.iter().for_each(|outcome| report.add(&outcome.entry.name, &outcome.findings));
    let mut set = file_set(root, &catalog, &outcomes, Finding::note, &mut report);
    if names.is_empty() {
        set.extend(golden::file_set(&catalog, bind, &mut report));
    }
    // A crate that lacks something of its page is not what anybody would release.
    if report.count(Severity::Loss) == 0 {
        versions(root, &catalog, &set, mode, &mut report);
    }
    match mode {
        Mode::Write => write(root, &outcomes, &set, &mut report),
        Mode::Check => check(root, names, &set, &mut report),
    }
    report
}

/// Says which crates have changed further than their versions say. Who generates is about to see to it.
fn versions(root: &Path, catalog: &Catalog, set: &FileSet, mode: Mode, report: &mut Report) {
    let mut findings = Findings::default();
    let members = release::members(root, catalog, set, &mut findings);
    let statuses = release::statuses(members, false, &mut findings);
    report.add("", &findings);
    let make = match mode {
        Mode::Write => Finding::note,
        Mode::Check => Finding::error,
    };
    for status in statuses {
        let about = status.member.api.clone().unwrap_or_default();
        report.findings.extend(status.finding(make).map(|finding| (about, finding)));
    }
}

/// The files of all that could be generated, and of the facade if it can be. `absence` makes the finding about an API
/// that the facade lacks.
pub(super) fn file_set(
    root: &Path,
    catalog: &Catalog,
    outcomes: &[Outcome<'_>],
    absence: fn(Kind, String) -> Finding,
    report: &mut Report,
) -> FileSet {
    let mut set = FileSet::default();
    for krate in outcomes.iter().filter_map(|outcome| outcome.krate.as_ref()) {
        set.extend(krate.files.clone());
    }
    // The facade shows all APIs, so it needs the decisions about those that were not asked for too.
    for entry in &catalog.entries {
        if !outcomes.iter().any(|outcome| outcome.entry.name == entry.name) {
            report.add(&entry.name, &entry.findings);
        }
    }
    let Some(configs) = catalog.configs().filter(|configs| !configs.is_empty()) else {
        return set;
    };
    let there = there(root, &set, &configs);
    for config in &configs {
        let is_there = there.iter().any(|it| it.name == config.name);
        // Of those that were asked for, it is said what is wrong.
        if !is_there && !outcomes.iter().any(|it| it.entry.name == config.name) {
            report.findings.push((config.name.clone(), absent(config, absence)));
        }
    }
    let examples = root.join("crates").join(facade::PACKAGE).join("examples");
    let has_example = |name: &str| examples.join(format!("{name}.rs")).is_file();
    let there: Vec<&ApiConfig> = there.iter().collect();
    set.extend(facade::facade(&there, &catalog.version, &has_example));
    let packages: BTreeSet<_> =
        configs.iter().map(|config| config.package.as_str()).chain([facade::PACKAGE]).collect();
    match workspace::abandoned(root, &packages) {
        Ok(folders) => set.owned.extend(folders),
        Err(finding) => report.push(finding),
    }
    workspace::problems(root, &set).into_iter().for_each(|finding| report.push(finding));
    set
}

/// The APIs whose crates are made in this run, or are on the disk; the latter with the version that they have there.
fn there(root: &Path, set: &FileSet, configs: &[&ApiConfig]) -> Vec<ApiConfig> {
    let there = configs.iter().filter_map(|&config| {
        let manifest = Utf8Path::new("crates").join(&config.package).join("Cargo.toml");
        if set.files.contains_key(&manifest) {
            return Some(config.clone());
        }
        let version = workspace::version_on_disk(root, &config.package)?;
        let version = version.unwrap_or_else(|| config.version.clone());
        Some(ApiConfig { version, ..config.clone() })
    });
    there.collect()
}

fn absent(config: &ApiConfig, make: fn(Kind, String) -> Finding) -> Finding {
    let ApiConfig { name, package, .. } = config;
    make(
        Kind::NotInFacade,
        format!("`{}` does not show `{package}`, which is not there", facade::PACKAGE),
    )
    .help(format!("Run `cargo xtask generate {name}`, which makes it and adds it."))
}

fn write(root: &Path, outcomes: &[Outcome<'_>], set: &FileSet, report: &mut Report) {
    if failed(report) {
        report.summary = format!("{}. Nothing was written.", problems(report));
        return;
    }
    match workspace::write(root, set) {
        Ok(changes) => {
            report.output = table(outcomes, &changes);
            report.summary = written(outcomes, set, &changes);
        }
        Err(findings) => {
            findings.into_iter().for_each(|finding| report.push(finding));
            report.status = Status::Failed;
            report.summary = format!("{}.", problems(report));
        }
    }
}

fn check(root: &Path, names: &[String], set: &FileSet, report: &mut Report) {
    let changes = workspace::compare(root, set).unwrap_or_else(|findings| {
        findings.into_iter().for_each(|finding| report.push(finding));
        Vec::new()
    });
    for change in &changes {
        report.output += &format!("{}\n", plain_line(&change.to_string(), usize::MAX));
    }
    let interrupted = workspace::interrupted(root);
    if interrupted {
        report.output += "an earlier run was stopped while it wrote, and is not completed\n";
    }
    if failed(report) {
        report.summary = format!("{}. Nothing was written.", problems(report));
    } else if interrupted || !changes.is_empty() {
        report.status = Status::Stale;
        let command = ["cargo xtask generate"].into_iter().chain(names.iter().map(String::as_str));
        let command = command.collect::<Vec<_>>().join(" ");
        let count = plural(changes.len(), "file is", "files are");
        report.summary = match changes.is_empty() {
            true => format!("Run `{command}`, which completes the earlier run."),
            false => format!("{count} not as generated: run `{command}` and commit the result."),
        };
    } else {
        report.summary = format!("{}: up to date.", plural(set.files.len(), "file", "files"));
    }
}

fn table(outcomes: &[Outcome<'_>], changes: &[Change]) -> String {
    let mut table = new_table(["API", "Pages", "Operations", "Types", "Files changed"]);
    for Outcome { entry, pages, krate, .. } in outcomes {
        let package = entry.config.as_ref().map_or("", |config| config.package.as_str());
        let counts = krate.as_ref().map_or((0, 0), |it| (it.calls.len(), it.types));
        let changed = changes_in(changes, package);
        table.add_row([
            entry.name.clone(),
            pages.to_string(),
            counts.0.to_string(),
            counts.1.to_string(),
            changed.to_string(),
        ]);
    }
    let (facade, changed) =
        (format!("({})", facade::PACKAGE), changes_in(changes, facade::PACKAGE));
    let none = String::new;
    table.add_row([facade, none(), none(), none(), changed.to_string()]);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    text_of(&table)
}

fn changes_in(changes: &[Change], package: &str) -> usize {
    let folder = Utf8Path::new("crates").join(package);
    changes.iter().filter(|change| change.path.starts_with(&folder)).count()
}

/// `4 APIs, 57 files: 3 written, 1 removed.`
fn written(outcomes: &[Outcome<'_>], set: &FileSet, changes: &[Change]) -> String {
    let apis = plural(outcomes.len(), "API", "APIs");
    let files = plural(set.files.len(), "file", "files");
    let orphaned = |change: &&Change| change.difference == Difference::Orphaned;
    let removed = changes.iter().filter(orphaned).count();
    match changes.len() - removed {
        0 if removed == 0 => format!("{apis}, {files}: nothing had to change."),
        written => format!("{apis}, {files}: {written} written, {removed} removed."),
    }
}

/// A loss fails the run like an error: nothing must go missing unnoticed.
pub(super) fn failed(report: &mut Report) -> bool {
    let failed = report.count(Severity::Error) + report.count(Severity::Loss) > 0;
    if failed {
        report.status = Status::Failed;
    }
    failed
}

/// `2 errors, 1 note`
pub(super) fn problems(report: &Report) -> String {
    let counts = [
        (report.count(Severity::Error), "error", "errors"),
        (report.count(Severity::Loss), "loss", "losses"),
        (report.count(Severity::Deviation), "deviation", "deviations"),
        (report.count(Severity::Untyped), "untyped value", "untyped values"),
        (report.count(Severity::Note), "note", "notes"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    counts.map(|(count, one, many)| plural(count, one, many)).collect::<Vec<_>>().join(", ")
}
