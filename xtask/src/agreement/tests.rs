//! Pairs on the disk, and opinions as a compiler would have them; nothing is compiled here.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::corpus::check::Opinion;

const OLD: &str = r#"
openapi: 3.0.0
info: {title: T, version: "1"}
servers: [{url: "https://example.com"}]
paths:
  /a:
    get:
      operationId: a
      responses: {"204": {description: done}}
"#;

/// The claims for which the programs of a pair are complete.
fn claim(rust: &str) -> String {
    let errors = if rust == "none" { "" } else { "errors = ['E0308']" };
    format!("rust = '{rust}'\nwire = 'none'\nwhy = 'r'\n{errors}\n")
}

/// A folder with one pair.
fn folder(name: &str, claim: &str, addition: bool) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| {
        let path = folder.path().join(name).join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("pair.toml", claim);
    write("old.yaml", OLD);
    write("new.yaml", &OLD.replace("done", "it is done"));
    write("consumer.rs", "// consumer");
    if addition {
        write("addition.rs", "// addition");
    }
    folder
}

fn read_all(folder: &TempDir) -> (Vec<Pair>, Vec<String>) {
    let mut findings = Vec::new();
    let pairs = pair::read(folder.path(), &mut findings);
    (pairs, findings.into_iter().map(|it| it.what).collect())
}

fn read(claim: &str, addition: bool) -> Result<Pair, String> {
    let (mut pairs, findings) = read_all(&folder("p", claim, addition));
    pairs.pop().ok_or_else(|| findings.join("; "))
}

/// A pair of which that is claimed.
pub(super) fn pair(rust: &str) -> Pair {
    read(&claim(rust), rust == "additive").unwrap()
}

/// Opinions in which everything compiles but the packages with errors.
fn opinions(errors: &[(&str, &[&str])]) -> Opinions {
    let opinion = |name: &str| {
        let errors = errors.iter().filter(|it| it.0 == name).flat_map(|it| it.1);
        let errors = errors.map(|it| (*it).to_owned()).collect::<std::collections::BTreeSet<_>>();
        Opinion { compiled: errors.is_empty(), errors, ..Opinion::default() }
    };
    let packages = ["pair-p", "consumer-pair-p", "addition-pair-p"];
    packages.map(|it| (it.to_owned(), opinion(it))).into_iter().collect()
}

fn judged(pair: &Pair, old: Opinions, new: Opinions) -> Vec<String> {
    let findings = judge::judge(pair, &Sides { old, new }, None);
    findings.into_iter().map(|it| it.what).collect()
}

#[test]
fn what_is_breaking_breaks_the_program_for_the_reason_that_is_given() {
    let pair = pair("breaking");
    let fails = |code| opinions(&[("consumer-pair-p", &[code])]);
    assert_eq!(judged(&pair, opinions(&[]), fails("E0308")), [""; 0]);
    assert_eq!(
        judged(&pair, opinions(&[]), opinions(&[])),
        ["`consumer.rs` of `p` and the new client: expected E0308, and there is no error"]
    );
    assert_eq!(
        judged(&pair, opinions(&[]), fails("E0432")),
        ["`consumer.rs` of `p` and the new client: expected E0308, and there is E0432"]
    );
    assert_eq!(
        judged(&pair, fails("E0308"), fails("E0308")),
        ["`consumer.rs` of `p` and the old client: expected no error, and there is E0308"]
    );
}

#[test]
fn what_is_additive_breaks_nothing_and_lets_more_compile() {
    let pair = pair("additive");
    let added = || opinions(&[("addition-pair-p", &["E0308"])]);
    assert_eq!(judged(&pair, added(), opinions(&[])), [""; 0]);
    assert_eq!(
        judged(&pair, added(), opinions(&[("consumer-pair-p", &["E0061"])])),
        ["`consumer.rs` of `p` and the new client: expected no error, and there is E0061"]
    );
    assert_eq!(
        judged(&pair, opinions(&[]), opinions(&[])),
        ["`addition.rs` of `p` and the old client: expected E0308, and there is no error"]
    );
    assert_eq!(
        judged(&pair, added(), added()),
        ["`addition.rs` of `p` and the new client: expected no error, and there is E0308"]
    );
}

#[test]
fn what_breaks_in_silence_compiles() {
    let claim = claim("breaking").replace("errors = ['E0308']", "silent = true");
    let pair = read(&claim, false).unwrap();
    assert_eq!(judged(&pair, opinions(&[]), opinions(&[])), [""; 0]);
    assert_eq!(
        judged(&pair, opinions(&[]), opinions(&[("consumer-pair-p", &["E0308"])])),
        ["`consumer.rs` of `p` and the new client: expected no error, and there is E0308"]
    );
}

#[test]
fn a_client_or_a_program_that_was_not_compiled_shows_nothing() {
    let pair = pair("breaking");
    let client = opinions(&[("pair-p", &["E0308"]), ("consumer-pair-p", &["E0308"])]);
    let expected = ["the new client of `p` does not compile"];
    assert_eq!(judged(&pair, opinions(&[]), client), expected);
    let mut unreached = opinions(&[]);
    unreached.remove("consumer-pair-p");
    assert_eq!(
        judged(&pair, unreached, opinions(&[("consumer-pair-p", &["E0308"])])),
        ["`consumer.rs` of `p` and the old client: expected no error, and it was not reached"]
    );
}

#[test]
fn our_own_verdicts_are_compared_too() {
    let said = Sides { old: opinions(&[]), new: opinions(&[]) };
    let judged = |ours| {
        let findings = judge::judge(&pair("none"), &said, Some(ours));
        findings.into_iter().map(|it| it.what).collect::<Vec<_>>()
    };
    assert_eq!(judged((Wire::None, Rust::None)), [""; 0]);
    assert_eq!(
        judged((Wire::Review, Rust::Breaking)),
        [
            "`p` is none on the wire, and Bindery says review",
            "`p` is none in Rust, and Bindery says breaking"
        ]
    );
}

#[test]
fn claims_that_cannot_be_shown_are_refused() {
    for (claim, addition, expected) in [
        (claim("unknown"), false, "what cannot be determined is no claim"),
        (claim("additive"), false, "an addition wants an `addition.rs`"),
        (claim("breaking"), true, "`addition.rs` is for what is additive"),
        (claim("none") + "silent = true", false, "only what is breaking can be `silent`"),
        (
            claim("breaking").replace("'E0308'", ""),
            false,
            "`errors` has to say how the program fails",
        ),
        (claim("none") + "errors = ['E1']", false, "there are `errors`, and no program that fails"),
        (
            claim("breaking") + "silent = true",
            false,
            "there are `errors`, and no program that fails",
        ),
    ] {
        assert_eq!(read(&claim, addition).map(|it| it.name), Err(expected.to_owned()), "{claim}");
    }
    let unknown = read(&(claim("none") + "error = []"), false).map(|it| it.name).unwrap_err();
    assert!(unknown.starts_with("unknown field `error`"), "{unknown}");
}

#[test]
fn a_pair_has_two_pages_and_a_legal_name() {
    let wrong = folder("A pair", &claim("none"), false);
    let (pairs, findings) = read_all(&wrong);
    assert!(pairs.is_empty());
    assert!(findings[0].ends_with("is no name of a pair"), "{findings:?}");

    let both = folder("p", &claim("none"), false);
    fs::write(both.path().join("p/new.json"), "{}").unwrap();
    let (pairs, findings) = read_all(&both);
    assert!(pairs.is_empty());
    assert!(findings[0].ends_with("has not exactly one new page"), "{findings:?}");
}

/// Until now, a program of `p` and the client of `p-consumer` were one package.
#[test]
fn no_two_crates_of_a_folder_are_one_package() {
    let folder = folder("p", &claim("additive"), true);
    let add = |name: &str| {
        let to = folder.path().join(name);
        fs::create_dir(&to).unwrap();
        for file in fs::read_dir(folder.path().join("p")).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    };
    for name in ["p-consumer", "p-addition", "consumer-pair-p", "pair-p", "p-p"] {
        add(name);
    }
    let (pairs, findings) = read_all(&folder);
    assert_eq!((pairs.len(), findings), (6, Vec::new()));
    let packages: Vec<String> = pairs.iter().flat_map(layout::packages).collect();
    let distinct: std::collections::BTreeSet<&String> = packages.iter().collect();
    assert_eq!(distinct.len(), packages.len(), "{packages:?}");
    // Nor where a name is cut, and another is what becomes of it.
    let long = "x".repeat(100);
    add(&long);
    let (pairs, _) = read_all(&folder);
    let cut = pairs.iter().find(|it| it.name == long).unwrap().package.clone();
    add(cut.strip_prefix("pair-").unwrap());
    let (pairs, findings) = read_all(&folder);
    assert_eq!(pairs.len(), 7);
    assert!(findings[0].ends_with("would be one package"), "{findings:?}");
}

#[test]
fn decisions_hold_for_both_pages_and_leave_the_package() {
    let folder = folder("p", &claim("none"), false);
    let decide = |text: &str| fs::write(folder.path().join("p/api.toml"), text).unwrap();
    decide("title = 'Decided'\npackage = 'bindery-other'\n");
    let (pairs, findings) = read_all(&folder);
    assert_eq!(findings, [""; 0]);
    for side in Side::BOTH {
        let config = pairs[0].api(side).config;
        assert_eq!((&*config.title, &*config.package), ("Decided", "pair-p"));
    }
    decide("tittle = 'Decided'\n");
    assert_eq!(read_all(&folder).1, ["`api.toml` has no key `tittle`"]);
}

#[test]
fn a_client_that_lacks_something_proves_nothing() {
    let mut pair = pair("none");
    assert!(make(pair.clone()).is_ok());
    let lacking = OLD.replace("\"204\"", "\"999\"");
    pair.pages.new = crate::source::Source::new("new.yaml", lacking);
    let findings = make(pair).unwrap_err();
    assert!(findings.iter().any(|it| it.severity >= Severity::Loss), "{findings:?}");
}

#[test]
fn each_side_is_a_workspace_of_clients_and_programs() {
    let made = [make(pair("additive")).unwrap()];
    let out = tempfile::tempdir().unwrap();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut folder = crate::output::OutputFolder::claim(out.path(), workspace).unwrap();
    layout::write(&mut folder, workspace, &made).unwrap();
    let text = |path: &str| fs::read_to_string(out.path().join(path)).unwrap();
    for side in ["old", "new"] {
        let manifest: toml::Table = text(&format!("{side}/Cargo.toml")).parse().unwrap();
        let members = &manifest["workspace"]["members"];
        let expected = ["pair-p", "consumer-pair-p", "addition-pair-p"].map(toml::Value::from);
        assert_eq!(members.as_array().unwrap(), &expected);
        let client: toml::Table = text(&format!("{side}/pair-p/Cargo.toml")).parse().unwrap();
        assert_eq!(client["package"]["name"].as_str(), Some("pair-p"));
        let path = format!("{side}/consumer-pair-p/Cargo.toml");
        let consumer: toml::Table = text(&path).parse().unwrap();
        assert_eq!(consumer["dependencies"]["client"]["path"].as_str(), Some("../pair-p"));
        assert!(out.path().join(side).join("Cargo.lock").exists());
    }
    assert_eq!(text("old/addition-pair-p/src/lib.rs"), "// addition");
    assert!(text("old/pair-p/openapi.json").contains("\"done\""));
    assert!(text("new/pair-p/openapi.json").contains("\"it is done\""));
}
