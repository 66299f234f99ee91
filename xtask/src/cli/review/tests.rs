//! Reviews of a tree that has a generator of its own.

use std::fs;
use std::process::Command;

use super::*;
use crate::pipeline::bind_api;

const PAGE: &str = r#"{"openapi": "3.1.0", "info": {"title": "A", "version": "1"},
"servers": [{"url": "https://a.example.com"}],
"paths": {"/a": {"get": {"operationId": "get_a", "responses": {"204": {"description": "Done"}}}}}}"#;
const CHECKS: &str = "https://example.com/pull/1/checks";

fn git(root: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    let status = Command::new("git").arg("-C").arg(root).args(identity).args(arguments).status();
    assert!(status.unwrap().success(), "{arguments:?}");
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A repository with an API and a generator, and no crates.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "specs/a/api.toml", "title = 'A'");
    put(root, "specs/a/page.json", PAGE);
    put(root, "xtask/src/main.rs", "fn main() {}");
    git(root, &["init", "--quiet", "--initial-branch=main"]);
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message=one"]);
    put(root, "specs/a/page.json", &PAGE.replace("\"/a\"", "\"/b\""));
    folder
}

fn reviewed(root: &Path, drift_at: Option<&str>) -> Report {
    let drift_at = drift_at.map(str::to_owned);
    let options = Review { base: Some("HEAD".to_owned()), out: None, annotate: true, drift_at };
    review(root, &options, &bind_api)
}

#[test]
fn a_tree_with_a_generator_of_its_own_is_compared_and_its_drift_left_to_that() {
    let folder = repository();
    let root = folder.path();
    assert_eq!(reviewed(root, None).status, Status::Stale);

    let report = reviewed(root, Some(CHECKS));
    assert_eq!(report.status, Status::Done, "{:?}", report.findings);
    assert!(report.output.starts_with("**Breaking:**"), "{}", report.output);
    assert!(report.output.contains(&format!("(<{CHECKS}>)")), "{}", report.output);
    assert!(report.output.ends_with(&format!("{}\n", report::MARKER)), "{}", report.output);
    assert!(!report.output.contains("not as generated"), "{}", report.output);
    assert!(!report.output.contains("the base's view"), "{}", report.output);
    assert!(report.commands.starts_with("::error ") && !report.output.contains("::error"));

    put(root, "xtask/src/main.rs", "fn main() { println!() }");
    let report = reviewed(root, Some(CHECKS));
    assert!(report.output.contains("the base's view"), "{}", report.output);
    assert_eq!(report.status, Status::Done);
}

#[test]
fn a_report_is_as_long_as_a_comment_may_be_with_its_notice() {
    let folder = repository();
    let root = folder.path();
    let path = |at: usize| {
        format!(
            r#""/{at}{}": {{"get": {{"operationId": "o{at}", "responses": {{"204": {{"description": "Done"}}}}}}}}"#,
            "x".repeat(200)
        )
    };
    let paths: Vec<String> = (0..400).map(path).collect();
    let page = PAGE.replace("\"paths\": {", &format!("\"paths\": {{{},", paths.join(",")));
    put(root, "specs/a/page.json", &page);
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message=two"]);
    put(root, "specs/a/page.json", PAGE);
    let report = reviewed(root, Some(CHECKS));
    assert!(report.output.contains("**Left out here for length"), "it is a long one");
    assert!(report.output.len() <= report::COMMENT_LIMIT + 1, "{}", report.output.len());
}

#[test]
fn what_keeps_the_crates_from_being_generated_is_shown() {
    let folder = repository();
    let root = folder.path();
    put(root, "specs/a/api.toml", "titel = 'A'\ntitle = 'A'");
    let report = reviewed(root, None);
    assert_eq!(report.status, Status::Failed);
    let notice = "**The crates cannot be generated as they should.** Mend what follows.\n\n\
                  ```text\n\
                  error[config-unknown-key] specs/a/api.toml:1: `api.toml` has no key `titel`\n  \
                  Did you mean `title`?";
    assert!(report.output.contains(notice), "{}", report.output);
}

#[test]
fn a_version_that_does_not_follow_is_no_crate_that_cannot_be_generated() {
    let folder = repository();
    let root = folder.path();
    put(root, "specs/a/release.toml", "version = '0.1.0'");
    let surface = format!("# bindery-a 0.1.0 content {}\nGone struct {{..}}\n", "0".repeat(16));
    put(root, "specs/a/surface.txt", &surface);
    let report = reviewed(root, None);
    let kinds: Vec<_> = report.findings.iter().map(|(_, it)| it.kind).collect();
    assert!(kinds.contains(&Kind::VersionBehind), "{kinds:?}");
    let notice = "**The version does not follow the changes.** Run `cargo xtask bump` and commit the result.\n\n\
                  ```text\na: error[version-behind]";
    assert!(report.output.contains(notice), "{}", report.output);
    assert!(!report.output.contains("cannot be generated"), "{}", report.output);
}

#[test]
fn the_failures_leave_room_for_the_comparison() {
    let mut check = Report::new();
    check.status = Status::Failed;
    for number in 0..50 {
        let long = "x".repeat(2 * LONGEST_LINE);
        check.push(Finding::error(Kind::Syntax, format!("{number} {long}")).help(long.clone()));
        check.push(Finding::note(Kind::Inferred, long));
    }
    let notice = drift(&check);
    assert!(notice.len() < report::COMMENT_LIMIT / 2, "{}", notice.len());
    assert!(notice.contains("\nerror[syntax]: 19 x") && !notice.contains("\nerror[syntax]: 20 x"));
    assert!(notice.contains("\nand 30 more, which `cargo xtask generate --check` shows\n```\n"));
}
