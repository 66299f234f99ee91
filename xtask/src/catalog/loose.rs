//! Pages that stand anywhere: a file, or a folder of files, without a place under `specs/`.

use std::fs;
use std::path::Path;

use super::{Api, CONFIG, folder, is_missing, page_files, read_version};
use crate::config::ApiConfig;
use crate::finding::{Finding, Findings, Kind};
use crate::source::Source;

/// The name of an API that has no folder under `specs/`.
const NAME: &str = "api";

/// The API whose pages are at a path: one page, or all files of a folder, with the decisions that lie among them.
/// `None` when a finding says why it cannot be read.
pub fn loose(path: &Path, findings: &mut Findings) -> Option<Api> {
    let shown = path.display().to_string().replace('\\', "/");
    // What is named on a command line may be a link; what is found in a folder may not.
    let place = fs::canonicalize(path);
    let (files, config) = match &place {
        Ok(place) if place.is_dir() => {
            (page_files(place, &shown, findings), decisions(place, &shown, findings))
        }
        Ok(place) => {
            let page = folder::item(&shown, place.clone(), shown.clone(), findings);
            (page.into_iter().collect(), None)
        }
        Err(error) => {
            findings.push(
                Finding::error(Kind::Unreadable, format!("cannot read `{shown}`: {error}"))
                    .help("Name a page, or a folder of pages, that is there."),
            );
            return None;
        }
    };
    let pages: Vec<_> = files.iter().filter_map(|file| file.read(findings)).collect();
    if pages.is_empty() && !findings.failed() {
        let what = format!("`{shown}` holds no page");
        findings
            .push(Finding::error(Kind::NoPage, what).help("Name a page, or a folder of pages."));
    }
    let first = pages.first().cloned().unwrap_or_else(|| Source::new(shown.as_str(), ""));
    let config = config.unwrap_or_else(|| ApiConfig::bare("API", NAME, &first));
    (!findings.failed()).then_some(Api { config, pages })
}

/// The decisions of a folder that has some. If something is wrong with them, a finding tells.
fn decisions(folder: &Path, shown: &str, findings: &mut Findings) -> Option<ApiConfig> {
    let version = read_version(shown, folder, findings)?;
    let path = folder.join(CONFIG);
    if is_missing(&path) {
        return None;
    }
    let item = folder::item(CONFIG, path, format!("{shown}/{CONFIG}"), findings)?;
    let config = ApiConfig::parse(NAME, &item.read(findings)?, findings)?;
    Some(ApiConfig { version, ..config })
}

#[cfg(test)]
mod tests {
    use super::super::{RELEASE, SURFACE};
    use super::*;

    #[test]
    fn a_file_is_a_page_and_a_folder_is_its_pages() {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in [("a.md", "a"), ("b.md", "b"), (CONFIG, "title = 'Named'")] {
            fs::write(root.path().join(name), text).unwrap();
        }
        let mut findings = Findings::default();
        let one = loose(&root.path().join("b.md"), &mut findings).unwrap();
        let all = loose(root.path(), &mut findings).unwrap();
        assert_eq!((one.pages.len(), all.pages.len()), (1, 2));
        assert_eq!((one.config.title.as_str(), all.config.title.as_str()), ("API", "Named"));
    }

    #[test]
    fn what_was_released_is_no_page() {
        let root = tempfile::tempdir().unwrap();
        let ours = [(CONFIG, "title = 'A'"), (RELEASE, "version = '0.3.0'"), (SURFACE, "")];
        for (name, text) in ours.into_iter().chain([("a.md", "a")]) {
            fs::write(root.path().join(name), text).unwrap();
        }
        let mut findings = Findings::default();
        let api = loose(root.path(), &mut findings).unwrap();
        let names: Vec<_> = api.pages.iter().map(|it| it.path().file_name()).collect();
        assert_eq!(names, [Some("a.md")]);
        assert_eq!(api.config.version.to_string(), "0.3.0");
        fs::write(root.path().join(RELEASE), "version = 'one'").unwrap();
        assert!(loose(root.path(), &mut findings).is_none() && findings.failed());
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        let root = tempfile::tempdir().unwrap();
        let mut findings = Findings::default();
        assert!(loose(&root.path().join("none"), &mut findings).is_none());
        assert!(loose(root.path(), &mut findings).is_none());
        let kinds: Vec<_> = findings.iter().map(|it| it.kind.name()).collect();
        assert_eq!(kinds, ["unreadable"]);
    }
}
