//! The APIs as they were: what is wrong with our decisions of that time does not keep the pages from being compared.
//!
//! The rules of `api.toml` change, and a state before such a change breaks them without anybody's fault.

use std::path::{Path, PathBuf};

use super::{CONFIG, Catalog, Entry, config_text, read_version};
use crate::config::{ApiConfig, default_package, release};
use crate::finding::{Finding, Findings, Severity};
use crate::source::Source;

impl Catalog {
    /// Reads what an earlier state of a workspace holds. What today's rules find wrong with the decisions about an API
    /// is a note, and what can be understood of them counts.
    pub fn of_the_past(root: &Path) -> Self {
        Self::read(root, Entry::of_the_past)
    }
}

impl Entry {
    fn of_the_past(name: String, folder: PathBuf) -> Self {
        let strict = Self::open(name, folder);
        if strict.config.is_some() {
            return strict;
        }
        let Self { name, findings: wrong, folder, shown, .. } = strict;
        let mut findings = Findings::default();
        wrong.iter().for_each(|finding| findings.push(forgiven(finding)));
        // All that these find has just been found.
        let mut known = Findings::default();
        let source = config_text(&shown, &folder, &mut known)
            .unwrap_or_else(|| Source::new(format!("{shown}/{CONFIG}"), ""));
        let bare = || {
            let package = default_package(&name);
            ApiConfig { name: name.clone(), ..ApiConfig::bare(&name, &package, &source) }
        };
        let config = ApiConfig::understood(&name, &source, &mut known).unwrap_or_else(bare);
        let version = read_version(&shown, &folder, &mut known);
        let version = version.unwrap_or(release::FIRST);
        Self { config: Some(ApiConfig { version, ..config }), name, findings, folder, shown }
    }
}

fn forgiven(finding: &Finding) -> Finding {
    let mut finding = finding.clone();
    finding.severity = Severity::Note;
    finding.what = format!("in the state to compare with, {}", finding.what);
    finding
        .why(
            "Such a decision is left out there: the pages are compared all the same, and what is said about the crate \
             may be its absence.",
        )
        .help("Nothing, if that state is older than the rule. A later one can be named with `--base REV`.")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// What is understood of an API with this `api.toml` and this `release.toml`, and what is said.
    fn past(config: &str, version: &str) -> (ApiConfig, Vec<String>) {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("specs/a_b");
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [(CONFIG, config), (super::super::RELEASE, version), ("page.md", "")] {
            fs::write(folder.join(name), text).unwrap();
        }
        let catalog = Catalog::of_the_past(root.path());
        let entry = &catalog.entries[0];
        let mut findings = entry.findings.clone();
        let api = entry.load(&mut findings).unwrap();
        assert!(!findings.failed() && api.pages.len() == 1);
        (api.config, findings.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_is_wrong_is_a_note_and_the_rest_counts() {
        let (config, notes) = past("version = '0.1.0'\ntitle = 'A'\n[header]", "version = '0.3.0'");
        let expected = [
            "note[config-unknown-key] specs/a_b/api.toml:1: in the state to compare with, `api.toml` has no key \
             `version`",
            "note[config-type] specs/a_b/api.toml:3: in the state to compare with, `header` must be a list of tables, \
             and this is an object",
        ];
        assert_eq!(notes, expected);
        assert_eq!((config.title.as_str(), config.version.to_string().as_str()), ("A", "0.3.0"));
    }

    #[test]
    fn where_nothing_is_understood_nothing_is_decided() {
        for (config, version) in [("[", "version = '0.1.0'"), ("", "version = 1")] {
            let (config, notes) = past(config, version);
            assert_eq!((config.name.as_str(), config.package.as_str()), ("a_b", "bindery-a-b"));
            assert!(!notes.is_empty());
        }
    }

    #[test]
    fn decisions_that_are_in_order_are_taken_as_they_are() {
        let (config, notes) = past("title = 'A'\npackage = 'bindery-x'", "version = '0.3.0'");
        assert_eq!((config.package.as_str(), notes.len()), ("bindery-x", 0));
    }
}
