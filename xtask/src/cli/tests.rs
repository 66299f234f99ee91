//! The commands, with a stand-in for the pipeline.

use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use tempfile::TempDir;

use super::*;
use crate::catalog::Api;
use crate::config::CredentialDecision;
use crate::emit::FileSet;
use crate::emit::header::PREAMBLE;
use crate::finding::{Findings, Kind};
use crate::pipeline::{GeneratedCrate, bind_api};
use crate::plan::Credential;
use crate::workspace;

/// A workspace in which each API has one page with the given text.
fn on_disk(apis: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, page) in apis {
        let config = format!(
            "title = '{name}'\nbase_url_env = 'A_URL'\n[credential]\nbearer = true\nname = 'token'\n\
             env = 'A_TOKEN'\nreason = 'r'\n"
        );
        put(&root, &format!("specs/{name}/api.toml"), &config);
        put(&root, &format!("specs/{name}/page.md"), page);
    }
    root
}

fn put(root: &TempDir, path: &str, text: &str) {
    let path = root.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Stands in for the pipeline: the page says what happens.
fn stand_in(api: &Api, findings: &mut Findings) -> Option<GeneratedCrate> {
    let page = &api.pages[0];
    match page.text() {
        "error" => findings.push(Finding::error(Kind::Syntax, "wrong").at(&page.start())),
        "loss" => findings.push(Finding::loss(Kind::ExternalReference, "lost").at(&page.start())),
        "note" => findings.push(Finding::note(Kind::Inferred, "noted").at(&page.start())),
        "panic" => panic!("the page asks for it"),
        "nothing" => return None,
        _ => {}
    }
    let folder = Utf8Path::new("crates").join(&api.config.package);
    let mut files = FileSet { owned: BTreeSet::from([folder.clone()]), ..FileSet::default() };
    files.files.insert(folder.join("Cargo.toml"), format!("# {PREAMBLE}\n"));
    files.files.insert(folder.join("src/lib.rs"), page.text().to_owned());
    let base_url = page.text().strip_prefix("at ").map(str::to_owned);
    let calls = vec!["GET /a".to_owned(), "GET /b".to_owned()];
    let document = crate::node::Node::object(&page.start());
    Some(GeneratedCrate {
        deviating: Default::default(),
        files,
        calls,
        described: 2,
        document,
        positions: Default::default(),
        types: 3,
        base_url,
        credentials: decided_credential(api).into_iter().collect(),
        origins: Default::default(),
    })
}

fn decided_credential(api: &Api) -> Option<Credential> {
    let CredentialDecision { place, name, env, .. } = api.config.credential.clone()?;
    Some(Credential { place, name, env })
}

fn run(root: &TempDir, names: &[&str], mode: Mode) -> Report {
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    generate(root.path(), &names, mode, &stand_in)
}

fn findings(report: &Report) -> Vec<String> {
    report.findings.iter().map(|(about, finding)| format!("{about}: {finding}")).collect()
}

#[test]
fn generate_writes_and_says_what() {
    let root = on_disk(&[("alpha", ""), ("beta", "note")]);
    let report = run(&root, &[], Mode::Write);
    let expected = "\
API         Pages   Operations   Types   Files changed
──────────────────────────────────────────────────────
alpha           1            2       3               2
beta            1            2       3               2
(bindery)                                            2
";
    assert_eq!(report.output, expected);
    assert_eq!(report.summary, "2 APIs, 6 files: 6 written, 0 removed.");
    assert_eq!(findings(&report), ["beta: note[inferred] specs/beta/page.md:1: noted"]);
    assert_eq!(report.status, Status::Done);
    let again = run(&root, &[], Mode::Write);
    assert_eq!(again.summary, "2 APIs, 6 files: nothing had to change.");
    assert_eq!(run(&root, &[], Mode::Check).status, Status::Done);
}

#[test]
fn one_failure_keeps_everything_from_being_written() {
    for (page, kind) in [
        ("error", "syntax"),
        ("loss", "external-reference"),
        ("panic", "defect"),
        ("nothing", "defect"),
    ] {
        let root = on_disk(&[("alpha", page), ("beta", ""), ("gamma", page)]);
        let report = run(&root, &[], Mode::Write);
        assert_eq!(report.status, Status::Failed, "{page}");
        assert!(report.summary.ends_with(" Nothing was written."), "{}", report.summary);
        let kinds: Vec<_> =
            report.findings.iter().map(|(api, it)| (api.as_str(), it.kind.name())).collect();
        assert_eq!(kinds, [("alpha", kind), ("gamma", kind)]);
        assert!(!root.path().join("crates").exists() && !root.path().join(".bindery").exists());
    }
}

#[test]
fn a_check_lists_every_difference_and_writes_nothing() {
    let root = on_disk(&[("alpha", ""), ("beta", "")]);
    run(&root, &[], Mode::Write);
    put(&root, "crates/bindery-alpha/src/lib.rs", "changed");
    put(&root, "crates/bindery-beta/src/extra.rs", "");
    fs::remove_file(root.path().join("crates/bindery/src/lib.rs")).unwrap();
    let report = run(&root, &[], Mode::Check);
    let expected = "\
missing  crates/bindery/src/lib.rs
stale    crates/bindery-alpha/src/lib.rs
orphaned crates/bindery-beta/src/extra.rs
";
    assert_eq!(report.output, expected);
    assert_eq!(report.status, Status::Stale);
    assert_eq!(
        report.summary,
        "3 files are not as generated: run `cargo xtask generate` and commit the result."
    );
    assert_eq!(run(&root, &[], Mode::Check).output, expected);

    let only_beta = run(&root, &["beta"], Mode::Check);
    assert!(!only_beta.output.contains("alpha") && only_beta.output.contains("beta"));
    assert!(only_beta.summary.contains("`cargo xtask generate beta`"), "{}", only_beta.summary);
}

#[test]
fn a_check_lists_differences_of_the_apis_that_work_beside_the_others_errors() {
    let root = on_disk(&[("alpha", "error"), ("beta", "")]);
    let report = run(&root, &[], Mode::Check);
    assert_eq!(report.status, Status::Failed);
    assert!(report.output.contains("missing  crates/bindery-beta/src/lib.rs\n"));
}

#[test]
fn named_apis_alone_are_generated() {
    let root = on_disk(&[("alpha", "error"), ("beta", "")]);
    assert_eq!(run(&root, &["beta"], Mode::Write).status, Status::Done);
    assert!(!root.path().join("crates/bindery-alpha").exists());
    assert!(root.path().join("crates/bindery/src/lib.rs").exists());
    let report = run(&root, &["beta", "gamma"], Mode::Write);
    assert_eq!(report.status, Status::Failed);
    let unknown = ": error[unknown-api]: there is no API `gamma` under `specs/`";
    assert_eq!(findings(&report), [unknown, NOT_IN_FACADE]);
}

const NOT_IN_FACADE: &str =
    "alpha: note[not-in-facade]: `bindery` does not show `bindery-alpha`, which is not there";

fn facade(root: &TempDir) -> toml::Table {
    let manifest = root.path().join("crates/bindery/Cargo.toml");
    fs::read_to_string(manifest).unwrap().parse().unwrap()
}

#[test]
fn the_facade_names_no_crate_that_is_not_there() {
    let root = on_disk(&[("alpha", "error"), ("beta", "")]);
    let report = run(&root, &["beta"], Mode::Write);
    assert_eq!((report.status, findings(&report)), (Status::Done, vec![NOT_IN_FACADE.to_owned()]));
    assert!(facade(&root)["dependencies"].get("bindery-alpha").is_none());
    assert!(facade(&root)["features"].get("alpha").is_none());
    assert_eq!(run(&root, &["beta"], Mode::Check).status, Status::Done);
    // Without its sources, cargo loads it as little.
    put(&root, "crates/bindery-alpha/Cargo.toml", &format!("# {PREAMBLE}\n"));
    assert_eq!(findings(&run(&root, &["beta"], Mode::Check)), [NOT_IN_FACADE]);
    put(&root, "specs/alpha/page.md", "");
    assert_eq!(run(&root, &["alpha"], Mode::Write).status, Status::Done);
    assert!(facade(&root)["dependencies"].get("bindery-alpha").is_some());
}

#[test]
fn the_facade_names_a_crate_that_is_not_made_as_it_is_on_the_disk() {
    let root = on_disk(&[("alpha", ""), ("beta", "")]);
    run(&root, &[], Mode::Write);
    let manifest = format!("# {PREAMBLE}\n[package]\nversion = \"0.3.0\"\n");
    put(&root, "crates/bindery-alpha/Cargo.toml", &manifest);
    put(&root, "specs/alpha/release.toml", "version = \"0.5.0\"");
    put(&root, "specs/alpha/page.md", "error");
    run(&root, &["beta"], Mode::Write);
    let alpha = &facade(&root)["dependencies"]["bindery-alpha"];
    assert_eq!(alpha["version"].as_str(), Some("0.3.0"));
}

#[test]
fn what_would_keep_cargo_from_loading_is_not_written() {
    let root = on_disk(&[("alpha", ""), ("beta", "")]);
    run(&root, &[], Mode::Write);
    put(&root, "Cargo.toml", "[workspace]\nmembers = ['tests', 'crates/*']\n");
    let named = "[dependencies]\nbindery-beta = { path = '../crates/bindery-beta' }\n";
    put(&root, "tests/Cargo.toml", named);
    fs::remove_dir_all(root.path().join("specs/beta")).unwrap();
    let report = run(&root, &[], Mode::Write);
    assert_eq!(report.status, Status::Failed);
    let expected = ": error[would-not-load]: `tests/Cargo.toml` names `crates/bindery-beta`, which is to be removed";
    assert_eq!(findings(&report), [expected]);
    assert!(root.path().join("crates/bindery-beta/Cargo.toml").exists());
    put(&root, "tests/Cargo.toml", "");
    assert_eq!(run(&root, &[], Mode::Write).status, Status::Done);
}

#[test]
fn a_crate_made_by_hand_is_not_overwritten() {
    let root = on_disk(&[("alpha", "")]);
    put(&root, "crates/bindery-alpha/src/notes.rs", "mine");
    let report = run(&root, &[], Mode::Write);
    let expected = ": error[not-generated]: `crates/bindery-alpha` is there, and was not generated";
    assert_eq!((report.status, findings(&report)), (Status::Failed, vec![expected.to_owned()]));
    assert!(root.path().join("crates/bindery-alpha/src/notes.rs").exists());
    assert!(!root.path().join("crates/bindery").exists());
}

#[test]
fn the_facade_needs_all_decisions() {
    let root = on_disk(&[("alpha", ""), ("beta", "")]);
    put(&root, "specs/alpha/api.toml", "titel = 'A'");
    let report = run(&root, &["beta"], Mode::Write);
    assert_eq!(report.status, Status::Failed);
    let kinds: Vec<_> =
        report.findings.iter().map(|(api, it)| (api.as_str(), it.kind.name())).collect();
    assert_eq!(kinds, [("alpha", "config-unknown-key")]);
}

#[test]
fn the_crate_of_an_api_that_is_gone_goes() {
    let root = on_disk(&[("alpha", ""), ("beta", "")]);
    run(&root, &[], Mode::Write);
    fs::remove_dir_all(root.path().join("specs/beta")).unwrap();
    let check = run(&root, &["alpha"], Mode::Check);
    assert!(check.output.contains("orphaned crates/bindery-beta/Cargo.toml\n"), "{}", check.output);
    assert_eq!(run(&root, &[], Mode::Write).summary, "1 API, 4 files: 2 written, 2 removed.");
    assert!(!root.path().join("crates/bindery-beta").exists());
}

#[test]
fn without_any_api_nothing_is_removed() {
    let root = on_disk(&[("alpha", "")]);
    run(&root, &[], Mode::Write);
    fs::remove_dir_all(root.path().join("specs/alpha")).unwrap();
    assert_eq!(run(&root, &[], Mode::Write).status, Status::Failed);
    assert!(root.path().join("crates/bindery-alpha/Cargo.toml").exists());
}

#[test]
fn an_interrupted_write_is_told_and_completed() {
    let root = on_disk(&[("alpha", "")]);
    run(&root, &[], Mode::Write);
    put(&root, ".bindery/journal.json", r#"{"version": 1, "steps": []}"#);
    let check = run(&root, &[], Mode::Check);
    assert_eq!(check.status, Status::Stale);
    assert!(check.output.starts_with("an earlier run was stopped while it wrote"));
    assert!(workspace::interrupted(root.path()));
    let report = run(&root, &[], Mode::Write);
    assert_eq!(
        (report.status, report.findings[0].1.kind.name()),
        (Status::Done, "interrupted-write")
    );
    assert_eq!(run(&root, &[], Mode::Check).status, Status::Done);
}

#[test]
fn list_shows_what_is_known() {
    let root = on_disk(&[("alpha", "at https://a.io"), ("beta", "error"), ("gamma", "loss")]);
    let report = list(root.path(), &stand_in);
    let expected = "\
API     Crate                 Base url       Credential             Operations
──────────────────────────────────────────────────────────────────────────────
alpha   bindery-alpha 0.1.0   https://a.io   bearer from $A_TOKEN   2
beta    bindery-beta 0.1.0    from $A_URL    bearer from $A_TOKEN   ?
gamma   bindery-gamma 0.1.0   from $A_URL    bearer from $A_TOKEN   2
";
    assert_eq!(report.output, expected);
    assert_eq!((report.status, report.summary.as_str()), (Status::Failed, "1 error."));
}

#[test]
fn list_shows_the_credentials_that_the_page_asks_for() {
    let root =
        on_disk(&[("alpha", PAGE_WITH_TWO_KEYS), ("beta", "# Nothing to make a client of\n")]);
    put(&root, "specs/alpha/api.toml", "title = 'A'");
    put(&root, "specs/beta/api.toml", "title = 'B'");
    let report = list(root.path(), &bind_api);
    for said in ["x-key from $ALPHA_X_KEY, bearer from ", "$ALPHA_TOKEN\n"] {
        assert!(report.output.contains(said), "{}", report.output);
    }
    let beta = report.output.lines().find(|line| line.starts_with("beta")).unwrap();
    let cells: Vec<_> = beta.split_whitespace().collect();
    assert_eq!(cells[3..], ["?", "?", "?"], "{beta}");
}

const PAGE_WITH_TWO_KEYS: &str = r#"{"openapi": "3.1.0", "info": {"title": "A", "version": "1"},
"servers": [{"url": "https://a.io"}], "security": [{"token": [], "key": []}],
"paths": {"/a": {"get": {"operationId": "get_a", "responses": {"204": {"description": "Done"}}}}},
"components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"},
"key": {"type": "apiKey", "in": "header", "name": "x-key"}}}}"#;

#[test]
fn no_table_is_wider_than_the_output() {
    let word = "x".repeat(60);
    let root = on_disk(&[("alpha", &format!("at https://{word}.io"))]);
    let name = word.to_uppercase();
    let config = format!(
        "title = 'A'\npackage = 'bindery-{}'\n[credential]\nheader = '{word}'\nname = 'key'\n\
         env = '{name}'\nreason = 'r'\n",
        &word[..50]
    );
    put(&root, "specs/alpha/api.toml", &config);
    let report = list(root.path(), &stand_in);
    let widest = report.output.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(crate::render::WIDTH.into()), "{}", report.output);
}

#[test]
fn the_command_line_is_consistent() {
    use clap::CommandFactory;
    Cli::command().debug_assert();
}

/// Their line breaks stay as they are, so one that is behind the end of a line would leave a word on a line of its own.
#[test]
fn no_line_of_a_help_text_is_broken_twice() {
    use clap::CommandFactory;
    let cli = Cli::command();
    let mut texts = 0;
    for command in std::iter::once(&cli).chain(cli.get_subcommands()) {
        let Some(text) = command.get_after_help() else { continue };
        texts += 1;
        for line in text.to_string().lines() {
            assert!(line.chars().count() <= 95, "`{}`: {line}", command.get_name());
        }
    }
    assert!(texts > 5);
}

#[test]
fn nobody_gets_more_threads_than_are_of_use() {
    let asked = |number| threads(NonZeroUsize::new(number));
    assert_eq!((asked(3), asked(usize::MAX)), (3, THREADS));
    assert!((1..=THREADS).contains(&threads(None)));
}
