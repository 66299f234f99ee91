//! Comparisons with a revision of a repository that is made for the purpose.

use std::fs;
use std::process::Command;

use super::*;
use crate::finding::Severity;

const PAGE: &str = r#"{"openapi": "3.1.0", "info": {"title": "A", "version": "1"},
"servers": [{"url": "https://a.example.com"}],
"paths": {"/a": {"get": {"operationId": "get_a", "responses": {"204": {"description": "Done"}}}}}}"#;

fn git(root: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    let status = Command::new("git").arg("-C").arg(root).args(identity).args(arguments).status();
    assert!(status.unwrap().success(), "{arguments:?}");
}

fn put(root: &Path, name: &str, text: &str) {
    let folder = root.join("specs/a");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

/// A repository with one API.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    put(folder.path(), "api.toml", "title = 'A'");
    put(folder.path(), "page.json", PAGE);
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message=one"]);
    folder
}

#[test]
fn a_name_of_nothing_is_said_to_be_that() {
    let folder = repository();
    let said = |names: &[&str], base: Option<&str>| {
        let names: Vec<_> = names.iter().map(|it| (*it).to_owned()).collect();
        let mut answer = Report::new();
        assert!(comparison(folder.path(), base, &names, &mut answer).is_none());
        let findings = answer.findings.into_iter().map(|(_, it)| (it.what, it.help));
        findings.collect::<Vec<_>>()
    };
    let one = said(&["old"], None);
    assert_eq!(one[0].0, "there is no API `old`, then or now");
    assert!(one[0].1.ends_with("To compare files, name two of them."), "{one:?}");
    let two = said(&["old", "new"], None);
    let expected = ["old", "new"].map(|name| {
        format!("`{name}` is no API, then or now, and no file or folder of that name is there")
    });
    assert_eq!([&two[0].0, &two[1].0], [&expected[0], &expected[1]]);
    assert!(!two[0].1.contains("name two"), "{two:?}");
    assert_eq!(said(&["a", "new"], None).len(), 1, "the other one is an API");
    let with_base = said(&["old.json", "new.json"], Some("HEAD"));
    assert!(with_base[0].1.ends_with("leave `--base` out."), "{with_base:?}");
}

#[test]
fn a_report_that_cannot_be_written_is_refused_before_anything_is_compared() {
    let folder = tempfile::tempdir().unwrap();
    let options = Diff {
        base: None,
        what: vec!["no".to_owned()],
        format: Format::Text,
        fail_on: FailOn::None,
        out: Some(folder.path().to_owned()),
    };
    let report = diff(folder.path(), &options);
    let [(_, finding)] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.kind, crate::finding::Kind::Output);
}

#[test]
fn a_base_from_before_a_rule_is_compared_page_by_page() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    git(root, &["init", "--quiet", "--initial-branch=main"]);
    put(root, "api.toml", "title = 'A'\nversion = '0.1.0'");
    put(root, "page.json", PAGE);
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message=one"]);
    put(root, "api.toml", "title = 'A'");
    put(root, "page.json", &PAGE.replace("\"/a\"", "\"/b\""));

    let mut answer = Report::new();
    let comparison = comparison(root, Some("HEAD"), &[], &mut answer).unwrap();
    let rules: Vec<_> = comparison.changes.iter().map(|it| it.rule.as_str()).collect();
    assert!(rules.contains(&"endpoint-moved"), "{rules:?}");
    let [(api, note)] = answer.findings.as_slice() else { panic!("{:?}", answer.findings) };
    assert_eq!((api.as_str(), note.severity), ("a", Severity::Note));
    assert_eq!(answer.status, Status::Done);
}
