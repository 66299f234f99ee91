//! `bump`: the versions that the changes since the last release ask for, and the record of a release.

use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};

use super::bind::{Bind, Outcome, bind_all};
use super::generate::{failed, file_set, problems};
use super::report::{Report, Status, new_table, plural, text_of};
use crate::catalog::Catalog;
use crate::emit::{FileSet, facade};
use crate::finding::{Finding, Findings};
use crate::release::{self, Grade, RUNTIME, ReleaseStatus, changelog, manifests};
use crate::workspace;

/// What to bump, and how far to go.
#[derive(Clone, Debug, Default)]
pub struct Bump {
    /// The APIs; none for all.
    pub apis: Vec<String>,
    /// Whether only to say it.
    pub dry_run: bool,
    /// Whether to record what there is as released, in place of raising versions.
    pub released: bool,
}

/// Files that show people how to depend on the facade.
const SHOWING: [&str; 2] = ["README.md", "crates/bindery/README.md"];

/// Raises versions, or records a release.
pub fn bump(root: &Path, what: &Bump, bind: Bind<'_>) -> Report {
    let mut report = Report::new();
    if let (false, true) = (what.dry_run, workspace::interrupted(root)) {
        match workspace::recover(root) {
            Ok(note) => note.into_iter().for_each(|note| report.push(note)),
            Err(finding) => return Report::failure(finding),
        }
    }
    let mut catalog = Catalog::open(root);
    let mut unknown = catalog.findings.clone();
    let names: Vec<String> =
        catalog.select(&what.apis, &mut unknown).iter().map(|entry| entry.name.clone()).collect();
    report.add("", &unknown);
    let (mut set, statuses) = statuses(root, &catalog, &names, bind, &mut report);
    if what.released {
        // Two crates with one version would be two things under one name.
        let behind = statuses.iter().filter_map(|it| it.finding(Finding::error));
        report.findings.extend(behind.map(|finding| (String::new(), finding)));
    }
    if failed(&mut report) {
        report.summary = format!("{}. Nothing was written.", problems(&report));
        return report;
    }
    let mut findings = Findings::default();
    let mut files = Written { root, findings: &mut findings, files: Default::default() };
    if what.released {
        files.release(&statuses);
    } else {
        let raised = raise(&mut catalog, &statuses);
        if raised {
            let mut again = Report::new();
            let entries = catalog.entries.iter().filter(|entry| names.contains(&entry.name));
            let outcomes = bind_all(&entries.collect::<Vec<_>>(), bind);
            set = file_set(root, &catalog, &outcomes, Finding::error, &mut again);
        }
        files.bump(&statuses);
        report.output = table(&statuses);
    }
    set.files.extend(files.files);
    report.add("", &findings);
    finish(root, what, &set, &statuses, &mut report);
    report
}

/// The files as the versions stand, and how the crates stand.
fn statuses(
    root: &Path,
    catalog: &Catalog,
    names: &[String],
    bind: Bind<'_>,
    report: &mut Report,
) -> (FileSet, Vec<ReleaseStatus>) {
    let entries = catalog.entries.iter().filter(|entry| names.contains(&entry.name));
    let outcomes = bind_all(&entries.collect::<Vec<_>>(), bind);
    for Outcome { entry, findings, .. } in &outcomes {
        report.add(&entry.name, findings);
    }
    // What only was not made yet must not be taken for removed.
    let set = file_set(root, catalog, &outcomes, Finding::error, report);
    let mut findings = Findings::default();
    let members = release::members(root, catalog, &set, &mut findings);
    let statuses = release::statuses(members, true, &mut findings);
    report.add("", &findings);
    (set, statuses)
}

/// Gives the decisions the versions that are wanted. Whether any is another one.
fn raise(catalog: &mut Catalog, statuses: &[ReleaseStatus]) -> bool {
    let mut raised = false;
    for ReleaseStatus { member, wanted, .. } in statuses.iter().filter(|it| it.is_made()) {
        raised |= member.version != *wanted;
        if member.package == facade::PACKAGE {
            catalog.version = wanted.clone();
        }
        for config in catalog.entries.iter_mut().filter_map(|entry| entry.config.as_mut()) {
            if config.package == member.package {
                config.version = wanted.clone();
            }
        }
    }
    raised
}

/// Files beside the generated ones.
struct Written<'a> {
    root: &'a Path,
    findings: &'a mut Findings,
    files: std::collections::BTreeMap<Utf8PathBuf, String>,
}

impl Written<'_> {
    /// The versions, wherever they stand, and the changelog.
    ///
    /// Where a version was raised by hand in one place, the others follow.
    fn bump(&mut self, statuses: &[ReleaseStatus]) {
        for status in statuses.iter().filter(|it| it.is_made()) {
            let (member, version) = (&status.member, &status.wanted);
            let package = member.package.as_str();
            if package == RUNTIME {
                let manifest = member.folder().join("Cargo.toml");
                self.edit(&manifest, |text| manifests::package(text, version));
                let manifest = Utf8Path::new("Cargo.toml");
                self.edit(manifest, |text| manifests::workspace(text, package, version));
            } else if status.is_behind() {
                self.state(status);
            }
            let lock = Utf8Path::new("Cargo.lock");
            self.edit(lock, |text| manifests::lock(text, package, version));
            if package == facade::PACKAGE {
                for path in SHOWING {
                    self.edit(path.into(), |text| Ok(manifests::prose(text, package, version)));
                }
            }
            if status.grade > Grade::Same {
                let path = Utf8Path::new(changelog::FILE);
                let lines = changelog::sentences(status);
                let text = self.read(path).unwrap_or_default();
                let text = changelog::insert(&text, package, &version.to_string(), &lines);
                self.put(path, Ok(text));
            }
        }
    }

    /// The version in a `release.toml`.
    fn state(&mut self, status: &ReleaseStatus) {
        let path = status.member.release_file();
        let text = self.read(&path);
        let package = &status.member.package;
        self.put(&path, manifests::release(text.as_deref(), package, &status.wanted));
    }

    /// The surfaces as they are, under the versions as they are.
    fn release(&mut self, statuses: &[ReleaseStatus]) {
        for status in statuses {
            let member = &status.member;
            let Some(surface) = member.surface(self.findings) else { continue };
            self.put(&member.surface_file(), Ok(surface.to_string()));
            if member.package != RUNTIME {
                self.state(status);
            }
            if member.package == facade::PACKAGE {
                let version = member.version.to_string();
                let release = |text: &str| Ok(changelog::release(text, &member.package, &version));
                self.edit(changelog::FILE.into(), release);
            }
        }
    }

    /// A file as it is to be, or as it is.
    fn read(&mut self, path: &Utf8Path) -> Option<String> {
        if let Some(text) = self.files.get(path) {
            return Some(text.clone());
        }
        let source = release::read(self.root, path, self.findings)?;
        Some(source.text().to_owned())
    }

    /// Changes a file if there is one.
    fn edit(&mut self, path: &Utf8Path, change: impl FnOnce(&str) -> Result<String, String>) {
        if let Some(text) = self.read(path) {
            self.put(path, change(&text));
        }
    }

    fn put(&mut self, path: &Utf8Path, text: Result<String, String>) {
        match text {
            Ok(text) => drop(self.files.insert(path.to_owned(), text)),
            Err(what) => self.findings.push(manifests::unfit(path, &what)),
        }
    }
}

/// Writes all or nothing, unless only to say it.
fn finish(
    root: &Path,
    what: &Bump,
    set: &FileSet,
    statuses: &[ReleaseStatus],
    report: &mut Report,
) {
    if failed(report) {
        report.output.clear();
        report.summary = format!("{}. Nothing was written.", problems(report));
        return;
    }
    let done =
        if what.dry_run { workspace::compare(root, set) } else { workspace::write(root, set) };
    let changes = match done {
        Ok(changes) => changes,
        Err(findings) => {
            findings.into_iter().for_each(|finding: Finding| report.push(finding));
            report.status = Status::Failed;
            report.summary = format!("{}.", problems(report));
            return;
        }
    };
    let files = plural(changes.len(), "file", "files");
    let raised = statuses.iter().filter(|it| it.is_made() && it.is_behind()).count();
    let about = match what.released {
        true => format!("{} recorded as released", plural(statuses.len(), "crate", "crates")),
        false => format!("{} raised", plural(raised, "version", "versions")),
    };
    report.summary = match (changes.is_empty(), what.dry_run) {
        (true, _) => "Nothing had to change.".to_owned(),
        (false, true) => format!("{about}, {files} to write. Nothing was written."),
        (false, false) => format!("{about}, {files} written."),
    };
}

fn table(statuses: &[ReleaseStatus]) -> String {
    let mut table = new_table(["Crate", "Released", "Version", "Becomes", "Because"]);
    for status in statuses.iter().filter(|it| it.is_made()) {
        let member = &status.member;
        let released = member.released.as_ref().map(|it| it.version.to_string());
        let becomes = match status.is_behind() {
            true => status.wanted.to_string(),
            false => String::new(),
        };
        table.add_row([
            member.package.clone(),
            released.unwrap_or_else(|| "never".to_owned()),
            member.version.to_string(),
            becomes,
            because(status),
        ]);
    }
    text_of(&table)
}

/// `2 breaking, 1 other; shows bindery-runtime 0.2.0`
fn because(status: &ReleaseStatus) -> String {
    let breaking = status.effects.iter().filter(|it| it.breaking).count();
    let others = status.effects.len() - breaking;
    let mut reasons = Vec::new();
    if breaking > 0 {
        reasons.push(format!("{breaking} breaking"));
    }
    if others > 0 {
        reasons.push(plural(others, "addition", "additions"));
    }
    if status.effects.is_empty() && status.grade == Grade::Hidden {
        reasons.push("hidden changes".to_owned());
    }
    let shows =
        |(package, version): &(String, semver::Version)| format!("shows {package} {version}");
    reasons.extend(status.through.iter().map(shows));
    reasons.join(", ")
}

#[cfg(test)]
mod tests;
