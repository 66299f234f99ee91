//! The two states that are compared: pages and what the generator makes of them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};

use crate::catalog::{Api, Catalog};
use crate::config::ApiConfig;
use crate::finding::{Finding, Findings, Kind, Severity};
use crate::node::Node;
use crate::pipeline::{self, GeneratedCrate};
use crate::read;
use crate::surface::Surface;

use super::git::{self, Revision};

/// An API in one of the two states.
#[derive(Debug)]
pub struct State {
    /// Its pages and our decisions.
    pub api: Api,
    /// The bound document.
    pub document: Node,
    /// What is made of it; nothing if it cannot be generated, which the findings tell.
    pub krate: Option<GeneratedCrate>,
    /// What callers of its crate can name, or why that cannot be told.
    pub surface: Result<Surface, String>,
}

/// Everything that is known about an API at some time.
#[derive(Debug, Default)]
pub struct Found {
    /// The API as it would be generated, if its pages can be read.
    pub api: Option<Api>,
    /// The files of its crate as they were committed, by path in the workspace.
    pub committed: Option<BTreeMap<Utf8PathBuf, String>>,
    /// What is wrong with it.
    pub findings: Findings,
}

impl State {
    /// Reads and generates an API. What cannot be read is an error; what cannot be generated has no krate.
    pub fn of(api: Api) -> Result<Self, Findings> {
        let mut findings = Findings::default();
        let krate = pipeline::guarded(&mut findings, |it| pipeline::bind_api(&api, it));
        let document = match &krate {
            Some(krate) => Some(krate.document.clone()),
            // What keeps it from being read has been found.
            None => pipeline::guarded(&mut Findings::default(), |it| read::read(&api, it))
                .map(|bound| bound.document),
        };
        let Some(document) = document else { return Err(findings) };
        let surface = match &krate {
            Some(krate) => surface(&api.config, &krate.files.files),
            None => {
                let first = findings.iter().find(|it| it.severity == Severity::Error);
                let why = first.map_or_else(|| "for no reason given".into(), ToString::to_string);
                Err(format!("no crate can be made of the pages: {why}"))
            }
        };
        Ok(Self { api, document, krate, surface })
    }
}

/// The surface of an API's crate, in files by their paths in the workspace.
pub fn surface(
    config: &ApiConfig,
    files: &BTreeMap<Utf8PathBuf, String>,
) -> Result<Surface, String> {
    let folder = Utf8Path::new("crates").join(&config.package);
    Surface::of(&config.package, config.version.clone(), &folder, files)
        .map_err(|why| why.to_string())
}

/// The APIs of a workspace as they stand on the disk, by name.
pub fn working_tree(root: &Path) -> Result<BTreeMap<String, Found>, Findings> {
    found(Catalog::open(root), &|_| None)
}

/// The APIs of a workspace as they were in a revision, by name, with the crates that were committed.
pub fn revision(root: &Path, revision: &Revision) -> Result<BTreeMap<String, Found>, Findings> {
    let files = git::files(root, revision, &["specs", "crates"]).map_err(one)?;
    let copy = write(&files).map_err(|error| {
        one(Finding::error(Kind::NoBase, format!("cannot unpack the revision: {error}"))
            .help("Check that the folder for temporary files can be written."))
    })?;
    found(Catalog::of_the_past(copy.path()), &|package| committed(&files, package))
}

fn found(
    catalog: Catalog,
    committed: &dyn Fn(&str) -> Option<BTreeMap<Utf8PathBuf, String>>,
) -> Result<BTreeMap<String, Found>, Findings> {
    if catalog.findings.failed() {
        return Err(catalog.findings);
    }
    let entries = catalog.entries.iter().map(|entry| {
        let mut findings = entry.findings.clone();
        let api = entry.config.as_ref().and_then(|_| entry.load(&mut findings));
        let package = entry.config.as_ref().map(|config| config.package.as_str());
        let committed = package.and_then(committed);
        (entry.name.clone(), Found { api, committed, findings })
    });
    Ok(entries.collect())
}

/// Writes the specs of a revision where the catalog can read them.
fn write(files: &BTreeMap<Utf8PathBuf, Vec<u8>>) -> io::Result<tempfile::TempDir> {
    let copy = tempfile::tempdir()?;
    for (path, content) in files.iter().filter(|(path, _)| path.starts_with("specs")) {
        // git has no such paths, but somebody may have made an object by hand.
        if path.components().any(|it| it.as_str() == "..") {
            continue;
        }
        let path = copy.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(copy.path()))?;
        fs::write(path, content)?;
    }
    Ok(copy)
}

fn committed(
    files: &BTreeMap<Utf8PathBuf, Vec<u8>>,
    package: &str,
) -> Option<BTreeMap<Utf8PathBuf, String>> {
    let folder = Utf8Path::new("crates").join(package);
    let sources = files.iter().filter_map(|(path, content)| {
        let text = path.starts_with(&folder).then(|| String::from_utf8(content.clone()).ok())??;
        Some((path.clone(), text))
    });
    let sources: BTreeMap<_, _> = sources.collect();
    (!sources.is_empty()).then_some(sources)
}

fn one(finding: Finding) -> Findings {
    let mut findings = Findings::default();
    findings.push(finding);
    findings
}
