//! Folders of APIs, in order and not.

use std::fs;

use tempfile::TempDir;

use super::*;

/// A workspace with these files.
fn workspace(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn lines(findings: &Findings) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

#[test]
fn an_api_is_its_decisions_and_its_pages_in_order() {
    let root = workspace(&[
        ("specs/basic/api.toml", "title = 'Basic'"),
        ("specs/basic/z.md", "z"),
        ("specs/basic/a/b.md", "b"),
        ("specs/basic/a/api.toml", "a page as any other"),
        ("specs/basic/.hidden", "no page"),
        ("specs/alpha/api.toml", "title = 'Alpha'"),
        ("specs/alpha/a.md", "a"),
    ]);
    let catalog = Catalog::open(root.path());
    let names: Vec<_> = catalog.entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["alpha", "basic"]);
    let mut findings = Findings::default();
    let api = catalog.entries[1].load(&mut findings).unwrap();
    let pages: Vec<_> = api.pages.iter().map(|page| page.path().as_str()).collect();
    assert_eq!(pages, ["specs/basic/a/api.toml", "specs/basic/a/b.md", "specs/basic/z.md"]);
    assert_eq!(catalog.configs().unwrap().len(), 2);
    assert!(lines(&catalog.findings).is_empty() && lines(&findings).is_empty());
}

#[test]
fn what_is_wrong_with_one_api_does_not_hide_the_next() {
    let root = workspace(&[
        ("specs/a/page.md", ""),
        ("specs/b/api.toml", "title = 'B'"),
        ("specs/c/api.toml", "tilte = 'C'"),
        ("specs/c/page.md", ""),
        ("specs/not-a-module/api.toml", "title = 'D'"),
        ("specs/stray.md", ""),
    ]);
    let catalog = Catalog::open(root.path());
    assert_eq!(
        lines(&catalog.findings),
        ["loss[stray-page]: `specs/stray.md` is in no API's folder"]
    );
    let mut findings = Findings::default();
    for entry in &catalog.entries {
        entry.findings.iter().for_each(|finding| findings.push(finding.clone()));
        assert!(entry.load(&mut findings).is_none());
    }
    assert!(catalog.configs().is_none());
    let found: Vec<_> = findings.iter().map(|finding| finding.kind.name()).collect();
    let expected = ["config-missing", "no-page", "config-unknown-key", "folder-name", "no-page"];
    assert_eq!(found, expected);
}

#[test]
fn releases_are_no_pages() {
    let root = workspace(&[
        ("specs/release.toml", "version = '2.0.0'"),
        ("specs/surface.txt", ""),
        ("specs/a/api.toml", "title = 'A'"),
        ("specs/a/release.toml", "version = '0.3.0'"),
        ("specs/a/surface.txt", ""),
        ("specs/a/page.md", ""),
        ("specs/b/api.toml", "title = 'B'"),
    ]);
    let catalog = Catalog::open(root.path());
    assert_eq!(
        (catalog.version.to_string().as_str(), lines(&catalog.findings).len()),
        ("2.0.0", 0)
    );
    let configs = catalog.configs().unwrap();
    assert_eq!(
        configs.iter().map(|it| it.version.to_string()).collect::<Vec<_>>(),
        ["0.3.0", "0.1.0"]
    );
    let api = catalog.entries[0].load(&mut Findings::default()).unwrap();
    assert_eq!(api.pages.len(), 1);
}

#[test]
fn a_version_that_is_none_is_an_error() {
    let root = workspace(&[
        ("specs/release.toml", "version = 2"),
        ("specs/a/api.toml", "title = 'A'"),
        ("specs/a/release.toml", "version = 'one'"),
    ]);
    let catalog = Catalog::open(root.path());
    assert!(catalog.findings.failed() && catalog.configs().is_none());
    assert!(
        lines(&catalog.entries[0].findings)[0]
            .starts_with("error[config-value] specs/a/release.toml:1")
    );
}

#[test]
fn an_unknown_name_is_told_with_the_nearest() {
    let root = workspace(&[("specs/basic/api.toml", "title = 'Basic'")]);
    let catalog = Catalog::open(root.path());
    let mut findings = Findings::default();
    assert!(catalog.select(&["bacis".to_owned()], &mut findings).is_empty());
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.what, "there is no API `bacis` under `specs/`");
    assert_eq!(finding.help, "Did you mean `basic`? There are basic.");
    assert_eq!(catalog.select(&[], &mut Findings::default()).len(), 1);
}

#[test]
fn two_apis_cannot_share_a_package() {
    let root = workspace(&[
        ("specs/a_b/api.toml", "title = 'A'"),
        ("specs/c/api.toml", "title = 'C'\npackage = 'bindery-a_b'"),
    ]);
    let catalog = Catalog::open(root.path());
    assert!(catalog.entries[0].findings.iter().next().is_none());
    assert_eq!(
        lines(&catalog.entries[1].findings),
        [
            "error[config-duplicate] specs/c/api.toml:1: the package `bindery-a_b` is also that of `a_b`"
        ]
    );
    assert!(catalog.entries[1].config.is_none());
}

#[test]
fn a_workspace_without_apis_is_an_error() {
    for files in [&[("other", "")][..], &[("specs/.keep", "")][..]] {
        let catalog = Catalog::open(workspace(files).path());
        assert!(catalog.findings.failed(), "{files:?}");
    }
}

#[test]
fn pages_must_be_text() {
    let root = workspace(&[("specs/a/api.toml", "title = 'A'"), ("specs/a/good.md", "")]);
    fs::write(root.path().join("specs/a/page.md"), b"one\ntwo \xff\n").unwrap();
    let mut findings = Findings::default();
    assert!(Catalog::open(root.path()).entries[0].load(&mut findings).is_none());
    assert_eq!(
        lines(&findings),
        ["error[not-utf8] specs/a/page.md:2: `specs/a/page.md` is not UTF-8"]
    );
}

#[test]
fn a_file_larger_than_any_page_is_refused() {
    let root = workspace(&[("specs/a/api.toml", "title = 'A'")]);
    let file = fs::File::create(root.path().join("specs/a/page.md")).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    let mut findings = Findings::default();
    assert!(Catalog::open(root.path()).entries[0].load(&mut findings).is_none());
    assert_eq!(findings.iter().next().unwrap().kind.name(), "page-too-large");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let root = workspace(&[("specs/a/api.toml", "title = 'A'"), ("secret.md", "")]);
    symlink("../../secret.md", root.path().join("specs/a/page.md")).unwrap();
    symlink("a", root.path().join("specs/b")).unwrap();
    fs::create_dir(root.path().join("specs/c")).unwrap();
    symlink("../a/api.toml", root.path().join("specs/c/api.toml")).unwrap();
    let catalog = Catalog::open(root.path());
    assert_eq!(
        lines(&catalog.findings),
        ["error[not-a-file]: `specs/b` is a link or a special file"]
    );
    let mut findings = Findings::default();
    assert!(catalog.entries[0].load(&mut findings).is_none());
    assert!(lines(&findings)[0].contains("`specs/a/page.md` is a link"));
    assert!(lines(&catalog.entries[1].findings)[0].contains("`specs/c/api.toml` is a link"));
}
