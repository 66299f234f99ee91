//! Comparing and writing, as long as nothing stops it.

mod interruption;
mod loading;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use camino::Utf8Path;
use tempfile::TempDir;

use super::*;
use crate::emit::header::PREAMBLE;

/// Files by path, as short as a test wants them.
type Files<'a> = &'a [(&'a str, &'a str)];

/// The folder that the sets of these tests own.
const OWNED: &str = "crates/a";

fn on_disk(files: Files<'_>) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn set(files: Files<'_>) -> FileSet {
    let files = files.iter().map(|(path, text)| ((*path).into(), (*text).to_owned())).collect();
    FileSet { files, owned: BTreeSet::from([OWNED.into()]) }
}

/// All that can be seen of a workspace: folders, and files with content and time of change.
fn state(root: &Path) -> BTreeMap<PathBuf, Option<(String, SystemTime)>> {
    let mut state = BTreeMap::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_owned();
            if name == Path::new(lock::STATE) {
                continue;
            }
            if path.is_dir() {
                state.insert(name, None);
                waiting.push(path);
            } else {
                let time = path.symlink_metadata().unwrap().modified().unwrap();
                state.insert(name, Some((fs::read_to_string(path).unwrap(), time)));
            }
        }
    }
    state
}

fn shown(changes: &[Change]) -> Vec<String> {
    changes.iter().map(ToString::to_string).collect()
}

fn only(findings: Vec<Finding>) -> String {
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings[0].to_string()
}

const OLD: Files<'_> = &[
    ("crates/a/Cargo.toml", "same"),
    ("crates/a/src/lib.rs", "old"),
    ("crates/a/src/gone/deep.rs", "orphan"),
    ("crates/a/mod", "a file where a folder has to be"),
    ("crates/other/kept.rs", "by hand"),
];
const NEW: Files<'_> = &[
    ("crates/a/Cargo.toml", "same"),
    ("crates/a/src/lib.rs", "new"),
    ("crates/a/mod/deep/x.rs", "x"),
    ("crates/b/src/lib.rs", "b"),
];

#[test]
fn every_difference_is_listed() {
    let root = on_disk(OLD);
    let expected = [
        "orphaned crates/a/mod",
        "missing  crates/a/mod/deep/x.rs",
        "orphaned crates/a/src/gone/deep.rs",
        "stale    crates/a/src/lib.rs",
        "missing  crates/b/src/lib.rs",
    ];
    assert_eq!(shown(&compare(root.path(), &set(NEW)).unwrap()), expected);
}

#[test]
fn a_single_byte_is_a_difference() {
    for content in ["a\r\n", "a", "A\n"] {
        let root = on_disk(&[("crates/a/x", content)]);
        let changes = compare(root.path(), &set(&[("crates/a/x", "a\n")])).unwrap();
        assert_eq!(shown(&changes), ["stale    crates/a/x"], "{content:?}");
    }
}

#[test]
fn writing_changes_what_differs_and_nothing_else() {
    let root = on_disk(OLD);
    let before = state(root.path());
    assert_eq!(write(root.path(), &set(NEW)).unwrap().len(), 5);
    let after = state(root.path());
    for same in ["crates/a/Cargo.toml", "crates/other/kept.rs"].map(Path::new) {
        assert_eq!(after[same], before[same]);
    }
    assert!(!after.contains_key(Path::new("crates/a/src/gone")), "emptied folders go");
    assert!(compare(root.path(), &set(NEW)).unwrap().is_empty());
    assert!(write(root.path(), &set(NEW)).unwrap().is_empty());
    assert_eq!(state(root.path()), after);
}

#[test]
fn what_is_equal_needs_no_writable_workspace() {
    let root = on_disk(NEW);
    assert!(write(root.path(), &set(NEW)).unwrap().is_empty());
    assert!(!root.path().join(lock::STATE).exists());
}

#[test]
fn crates_of_apis_that_are_gone_are_orphans() {
    let header = format!("# {PREAMBLE}\n");
    let root = on_disk(&[
        ("crates/a/Cargo.toml", &header),
        ("crates/gone/Cargo.toml", &header),
        ("crates/gone/src/lib.rs", ""),
        ("crates/half/src/lib.rs", &format!("// {PREAMBLE}\n")),
        ("crates/hand/Cargo.toml", "[package]\n"),
    ]);
    let found = abandoned(root.path(), &BTreeSet::from(["a"])).unwrap();
    assert_eq!(found, BTreeSet::from(["crates/gone".into(), "crates/half".into()]));
    let mut set = set(&[("crates/a/Cargo.toml", &header)]);
    set.owned.extend(found);
    let removed = ["orphaned crates/gone/Cargo.toml", "orphaned crates/gone/src/lib.rs"];
    let changes = write(root.path(), &set).unwrap();
    assert_eq!(shown(&changes), [&removed[..], &["orphaned crates/half/src/lib.rs"]].concat());
    assert!(!root.path().join("crates/gone").exists());
    assert!(root.path().join("crates/hand/Cargo.toml").exists());
}

#[test]
fn what_is_in_the_way_is_one_error_and_changes_nothing() {
    let in_the_way = [
        (&[("crates/a/src/lib.rs/x", ""), ("crates/a/y", "old")][..], "crates/a/src/lib.rs"),
        (&[("crates/b", "no folder"), ("crates/a/y", "old")][..], "crates/b"),
        (&[(".bindery", "no folder"), ("crates/a/y", "old")][..], ".bindery"),
    ];
    for (files, path) in in_the_way {
        let root = on_disk(files);
        let before = state(root.path());
        let error = only(write(root.path(), &set(NEW)).unwrap_err());
        assert!(error.contains(&format!("`{path}")), "{error}");
        assert_eq!(state(root.path()), before);
        assert!(!interrupted(root.path()));
    }
}

#[test]
fn paths_that_are_not_ours_are_refused() {
    let paths =
        ["../x", "/x", "", ".git/config", "specs/a/page.md", "crates/a/../../x", "crates/a/b:c"];
    for path in paths {
        let root = on_disk(&[]);
        let error = only(write(root.path(), &set(&[(path, "x")])).unwrap_err());
        assert!(error.starts_with("error[unsafe-path]"), "{error}");
        assert!(state(root.path()).is_empty(), "{path}");
    }
}

#[test]
fn sets_that_clash_with_themselves_are_refused() {
    let clashes: [Files<'_>; 2] = [
        &[("crates/a/X.rs", ""), ("crates/a/x.rs", "")],
        &[("crates/a/x", ""), ("crates/a/x/y", "")],
    ];
    for files in clashes {
        let error = only(compare(on_disk(&[]).path(), &set(files)).unwrap_err());
        assert!(error.starts_with("error[clashing-paths]"), "{error}");
    }
    let all = FileSet { owned: BTreeSet::from(["crates".into()]), ..FileSet::default() };
    assert!(compare(on_disk(&[]).path(), &all).is_err());
}

#[cfg(unix)]
#[test]
fn links_are_neither_followed_nor_kept() {
    use std::os::unix::fs::symlink;
    let root = on_disk(&[("elsewhere/lib.rs", "kept"), ("crates/a/y", "")]);
    symlink("../../elsewhere", root.path().join("crates/a/src")).unwrap();
    let wanted = set(&[("crates/a/src/lib.rs", "new")]);
    assert!(
        only(write(root.path(), &wanted).unwrap_err())
            .contains("`crates/a/src` is a symbolic link")
    );
    assert_eq!(
        shown(&write(root.path(), &set(&[("crates/a/y", "")])).unwrap()),
        ["orphaned crates/a/src"]
    );
    assert!(root.path().join("elsewhere/lib.rs").exists());
    fs::remove_dir_all(root.path().join("crates/a")).unwrap();
    symlink("../elsewhere", root.path().join(OWNED)).unwrap();
    for files in [&[][..], &[("crates/a/x", ""), ("crates/a/src/y", "")]] {
        let error = only(compare(root.path(), &set(files)).unwrap_err());
        assert_eq!(error, "error[unsafe-path]: `crates/a` is a symbolic link");
    }
}

#[test]
fn two_runs_do_not_write_at_once() {
    let root = on_disk(OLD);
    let held = Lock::exclusive(root.path()).unwrap();
    assert!(only(write(root.path(), &set(NEW)).unwrap_err()).starts_with("error[locked]"));
    assert!(Lock::shared(root.path()).is_err());
    drop(held);
    let checks = (Lock::shared(root.path()).unwrap(), Lock::shared(root.path()).unwrap());
    assert!(write(root.path(), &set(NEW)).is_err());
    drop(checks);
    assert!(write(root.path(), &set(NEW)).is_ok());
}

#[test]
fn a_journal_of_somebody_else_leads_nowhere_else() {
    for step in [
        r#"{"retire":"xtask"}"#,
        r#"{"remove":"README.md"}"#,
        r#"{"put":"tests/Cargo.toml"}"#,
        r#"{"remove":"crates"}"#,
    ] {
        let root = tempfile::tempdir().unwrap();
        for folder in ["xtask", "crates", ".bindery/pending", ".bindery/backup"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join("README.md"), "ours").unwrap();
        let journal = format!(r#"{{"version":1,"steps":[{step}]}}"#);
        fs::write(root.path().join(".bindery/journal.json"), journal).unwrap();
        let finding = recover(root.path()).unwrap_err();
        assert!(finding.what.contains("is not for generated files"), "{step}: {}", finding.what);
        assert!(root.path().join("README.md").is_file() && root.path().join("xtask").is_dir());
    }
}
