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
