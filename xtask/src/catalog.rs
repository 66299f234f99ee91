//! The APIs under `specs/`: a folder each, with the vendor's pages and our `api.toml`.
//!
//! What is wrong with one API is kept with it, so that it does not hide the next.

pub(crate) mod folder;
mod loose;
mod past;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use semver::Version;

use crate::config::{ApiConfig, module_name, release};
use crate::finding::{Finding, Findings, Kind};
use crate::near::nearest;
use crate::source::Source;

pub use loose::loose;

/// The folder with all APIs, relative to the workspace.
pub const SPECS: &str = "specs";
const CONFIG: &str = "api.toml";
/// Where a crate's version is: in its API's folder, and for the facade in [`SPECS`] itself.
pub const RELEASE: &str = "release.toml";
/// The surface of a crate's last release, beside its version.
pub const SURFACE: &str = "surface.txt";

/// A document of ours with the constructs that no vendor's page has, in a folder like those of the APIs. Its crate
/// shows what is emitted of them, and is for nobody to use.
const GOLDEN: &str = "tests/golden/spec";
/// Where that crate is.
pub(crate) const GOLDEN_CRATE: &str = "tests/golden/client";

/// An API to generate: decisions and pages, as found on disk.
#[derive(Clone, Debug)]
pub struct Api {
    /// What `api.toml` says.
    pub config: ApiConfig,
    /// The pages, ordered by path. Never empty.
    pub pages: Vec<Arc<Source>>,
}

/// All APIs, in the order of their names.
#[derive(Debug)]
pub struct Catalog {
    /// The APIs.
    pub entries: Vec<Entry>,
    /// The version of the facade, which is made of all of them.
    pub version: Version,
    /// The document of ours beside them, if it is there.
    pub golden: Option<Entry>,
    /// What is wrong with `specs/` itself.
    pub findings: Findings,
}

/// An API whose decisions are read and whose pages are not yet.
#[derive(Debug)]
pub struct Entry {
    /// The folder's name.
    pub name: String,
    /// The decisions, unless a finding says what is wrong with them.
    pub config: Option<ApiConfig>,
    /// What is wrong with the decisions.
    pub findings: Findings,
    folder: PathBuf,
    /// How findings call the folder.
    shown: String,
}

impl Catalog {
    /// Reads the decisions about all APIs of the workspace.
    pub fn open(root: &Path) -> Self {
        Self::read(root, Entry::open)
    }

    fn read(root: &Path, open: fn(String, PathBuf) -> Entry) -> Self {
        let mut findings = Findings::default();
        let mut entries = Vec::new();
        for item in folder::list(&root.join(SPECS), SPECS, &mut findings) {
            if [RELEASE, SURFACE].contains(&item.name.as_str()) {
                continue;
            }
            if item.kind == folder::FileKind::Folder {
                entries.push(open(item.name, item.path));
            } else {
                let what = format!("`{}` is in no API's folder", item.shown);
                findings.push(Finding::loss(Kind::StrayPage, what).help(format!(
                    "Move it to `{SPECS}/<api>/`, or out of `{SPECS}/` if it is not a page."
                )));
            }
        }
        if entries.is_empty() && !findings.failed() {
            let what = format!("there is no API under `{SPECS}/`");
            findings.push(Finding::error(Kind::NoApi, what).help(format!(
                "Make a folder `{SPECS}/<api>/` with the vendor's pages and an `{CONFIG}`."
            )));
        }
        refuse_shared_packages(&mut entries);
        let version =
            read_version(SPECS, &root.join(SPECS), &mut findings).unwrap_or(release::FIRST);
        let golden = root.join(GOLDEN);
        let golden = golden.is_dir().then(|| Entry::golden(golden));
        Self { entries, version, golden, findings }
    }

    /// The APIs of the given names, or all if no name is given. A name that no API has is a finding.
    pub fn select(&self, names: &[String], findings: &mut Findings) -> Vec<&Entry> {
        let known = || self.entries.iter().map(|entry| entry.name.as_str());
        for name in names.iter().filter(|name| !known().any(|known| known == *name)) {
            let all: Vec<_> = known().collect();
            let help = match nearest(name, known()) {
                Some(near) => format!("Did you mean `{near}`? There are {}.", all.join(", ")),
                None => format!("There are {}.", all.join(", ")),
            };
            let what = format!("there is no API `{name}` under `{SPECS}/`");
            findings.push(Finding::error(Kind::UnknownApi, what).help(help));
        }
        let wanted = |entry: &&Entry| names.is_empty() || names.contains(&entry.name);
        self.entries.iter().filter(wanted).collect()
    }

    /// The decisions about all APIs, if there is nothing wrong with any of them.
    pub fn configs(&self) -> Option<Vec<&ApiConfig>> {
        self.entries.iter().map(|entry| entry.config.as_ref()).collect()
    }
}

impl Entry {
    fn open(name: String, folder: PathBuf) -> Self {
        let mut findings = Findings::default();
        if let Err(wrong) = module_name(&name) {
            let what = format!("the folder `{SPECS}/{name}` has no legal name: {wrong}");
            findings.push(Finding::error(Kind::FolderName, what));
        }
        let shown = format!("{SPECS}/{name}");
        let config = read_config(&name, &folder, &shown, &mut findings);
        let version = read_version(&shown, &folder, &mut findings);
        let config = config.zip(version).map(|(config, version)| ApiConfig { version, ..config });
        let config = config.filter(|_| !findings.failed());
        Self { name, config, findings, folder, shown }
    }

    fn golden(folder: PathBuf) -> Self {
        let (name, shown) = ("golden".to_owned(), GOLDEN.to_owned());
        let mut findings = Findings::default();
        let config = read_config(&name, &folder, &shown, &mut findings);
        let config = config.map(|config| ApiConfig { publish: false, ..config });
        Self { name, config, findings, folder, shown }
    }

    /// Reads the pages. `None` when there is nothing to generate from, which a finding tells.
    pub fn load(&self, findings: &mut Findings) -> Option<Api> {
        let shown = &self.shown;
        let mut own = Findings::default();
        let files = page_files(&self.folder, shown, &mut own);
        let pages: Vec<_> = files.iter().filter_map(|file| file.read(&mut own)).collect();
        if files.is_empty() && !own.failed() {
            let what = format!("`{shown}` holds no page");
            own.push(Finding::error(Kind::NoPage, what));
        }
        let failed = own.failed();
        own.iter().for_each(|finding| findings.push(finding.clone()));
        if failed {
            return None;
        }
        Some(Api { config: self.config.clone()?, pages })
    }
}

/// The files of an API's folder that are the vendor's. What is ours lies among them: decisions, and what was released.
fn page_files(folder: &Path, shown: &str, findings: &mut Findings) -> Vec<folder::Item> {
    let ours = [CONFIG, RELEASE, SURFACE].map(|name| format!("{shown}/{name}"));
    let mut files = folder::files(folder, shown, findings);
    files.retain(|file| !ours.contains(&file.shown));
    files
}

/// The version that stands in a folder. `None` when a finding says what is wrong with it.
fn read_version(shown: &str, folder: &Path, findings: &mut Findings) -> Option<Version> {
    let path = folder.join(RELEASE);
    if is_missing(&path) {
        return Some(release::FIRST);
    }
    let item = folder::item(RELEASE, path, format!("{shown}/{RELEASE}"), findings)?;
    release::version(&item.read(findings)?, findings)
}

fn is_missing(path: &Path) -> bool {
    path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

fn read_config(
    name: &str,
    folder: &Path,
    shown: &str,
    findings: &mut Findings,
) -> Option<ApiConfig> {
    if is_missing(&folder.join(CONFIG)) {
        let what = format!("there is no `{shown}/{CONFIG}`");
        let finding = Finding::error(Kind::ConfigMissing, what);
        findings.push(finding);
        return None;
    }
    ApiConfig::parse(name, &config_text(shown, folder, findings)?, findings)
}

fn config_text(shown: &str, folder: &Path, findings: &mut Findings) -> Option<Arc<Source>> {
    let shown = format!("{shown}/{CONFIG}");
    folder::item(CONFIG, folder.join(CONFIG), shown, findings)?.read(findings)
}

/// Two crates cannot have one name; to a registry, hyphen and underscore are the same.
fn refuse_shared_packages(entries: &mut [Entry]) {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for entry in entries {
        let Some(config) = &entry.config else { continue };
        let Some(owner) = owners.get(&config.package.replace('-', "_")) else {
            owners.insert(config.package.replace('-', "_"), entry.name.clone());
            continue;
        };
        let what = format!("the package `{}` is also that of `{owner}`", config.package);
        let finding = Finding::error(Kind::ConfigDuplicate, what)
            .at(&config.span)
            .why("Each API becomes a crate of its own.")
            .help("Give one of them another name with `package = \"bindery-…\"`.");
        entry.findings.push(finding);
        entry.config = None;
    }
}

#[cfg(test)]
mod tests;
