//! The crates that are released, each with the place of its record.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use semver::Version;

use crate::catalog::{Catalog, RELEASE, SPECS, SURFACE, folder};
use crate::emit::{FileSet, facade};
use crate::finding::{Finding, Findings, Kind};
use crate::source::Source;
use crate::surface::Surface;

/// The package that all clients depend on. It is made by hand.
pub const RUNTIME: &str = "bindery-runtime";

/// A crate that is released.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its package.
    pub package: String,
    /// The API that it is a client of, by the name of its folder; none for the runtime and the facade.
    pub api: Option<String>,
    /// Its version as it stands.
    pub version: Version,
    /// The folder of its record.
    pub place: Utf8PathBuf,
    /// The surface of its last release; none if there was no release of that package.
    pub released: Option<Surface>,
    /// Its files as they are to be; none if they are not made this time.
    pub files: Option<BTreeMap<Utf8PathBuf, String>>,
}

impl Member {
    /// The file of the recorded surface.
    pub fn surface_file(&self) -> Utf8PathBuf {
        self.place.join(SURFACE)
    }

    /// The file that says the version, where a generator made the crate.
    pub fn release_file(&self) -> Utf8PathBuf {
        self.place.join(RELEASE)
    }

    /// The folder of the crate.
    pub fn folder(&self) -> Utf8PathBuf {
        Utf8Path::new("crates").join(&self.package)
    }

    /// Its surface as it is now. `None` if it is not made this time, or a finding says what is wrong.
    pub fn surface(&self, findings: &mut Findings) -> Option<Surface> {
        let files = self.files.as_ref()?;
        let surface = Surface::of(&self.package, self.version.clone(), &self.folder(), files);
        match surface {
            Ok(surface) => Some(Surface { content: Some(digest(files)), ..surface }),
            Err(finding) => {
                findings.push(finding);
                None
            }
        }
    }
}

/// All crates of a workspace, each after those that it depends on. The files of clients and facade are those
/// of the set.
pub fn members(
    root: &Path,
    catalog: &Catalog,
    set: &FileSet,
    findings: &mut Findings,
) -> Vec<Member> {
    let made = |package: &str| {
        let folder = Utf8Path::new("crates").join(package);
        let files = set.files.iter().filter(|(path, _)| path.starts_with(&folder));
        let files: BTreeMap<_, _> =
            files.map(|(path, text)| (path.clone(), text.clone())).collect();
        (!files.is_empty()).then_some(files)
    };
    let mut members = Vec::new();
    members.extend(runtime(root, findings));
    for config in catalog.entries.iter().filter_map(|entry| entry.config.as_ref()) {
        members.push(Member {
            package: config.package.clone(),
            api: Some(config.name.clone()),
            version: config.version.clone(),
            place: Utf8Path::new(SPECS).join(&config.name),
            released: None,
            files: made(&config.package),
        });
    }
    members.push(Member {
        package: facade::PACKAGE.to_owned(),
        api: None,
        version: catalog.version.clone(),
        place: SPECS.into(),
        released: None,
        files: made(facade::PACKAGE),
    });
    for member in &mut members {
        member.released = released(root, member, findings);
    }
    members
}

/// The surface of the last release, if there was one under this name.
fn released(root: &Path, member: &Member, findings: &mut Findings) -> Option<Surface> {
    let source = read(root, &member.surface_file(), findings)?;
    let surface = Surface::parse(&source, findings)?;
    if surface.package == member.package {
        return Some(surface);
    }
    let what = format!("the record is one of `{}`, not of `{}`", surface.package, member.package);
    findings.push(Finding::note(Kind::RenamedPackage, what).at(&source.start()));
    None
}

/// The runtime as it is on the disk, if the workspace has it.
fn runtime(root: &Path, findings: &mut Findings) -> Option<Member> {
    let place = Utf8Path::new("crates").join(RUNTIME);
    let manifest = read(root, &place.join("Cargo.toml"), findings)?;
    let table: toml::Table = manifest.text().parse().unwrap_or_default();
    let version = table.get("package").and_then(|it| it.get("version")?.as_str());
    let Some(version) = version.and_then(|it| Version::parse(it).ok()) else {
        findings.push(
            Finding::error(Kind::RuntimeVersion, "the manifest of the runtime has no version")
                .at(&manifest.start()),
        );
        return None;
    };
    let mut files = BTreeMap::from([(place.join("Cargo.toml"), manifest.text().to_owned())]);
    let src = place.join("src");
    for file in folder::files(&root.join(&src), src.as_str(), findings) {
        if let Some(source) = file.read(findings) {
            files.insert(file.shown.into(), source.text().to_owned());
        }
    }
    let package = RUNTIME.to_owned();
    Some(Member { package, api: None, version, place, released: None, files: Some(files) })
}

/// A file of the workspace. Without a finding, there is none.
pub(crate) fn read(root: &Path, path: &Utf8Path, findings: &mut Findings) -> Option<Arc<Source>> {
    let full = root.join(path);
    if full.symlink_metadata().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
        return None;
    }
    folder::item(path.file_name()?, full, path.to_string(), findings)?.read(findings)
}

/// A number that is another one for other files (FNV-1a). Nobody attacks it, and it is the same everywhere.
fn digest(files: &BTreeMap<Utf8PathBuf, String>) -> u64 {
    let texts = files.iter().flat_map(|(path, text)| [path.as_str(), text.as_str()]);
    let bytes = texts.flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
