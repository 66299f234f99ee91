//! Injection: a document with a payload in every position of a text becomes a crate in which all of them are texts.
//!
//! The quick form looks at the files: with payloads there is as much code as with words, manifests have the same keys,
//! and documentation has no code, no HTML and no links of a payload. The other one compiles the crate and its
//! documentation, warnings denied, and runs where it is asked for.

mod document;
mod judge;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use document::{PAYLOADS, pages};
use judge::{check_characters, check_markdown, code, documentation, headings};
use xtask::catalog::Api;
use xtask::config::ApiConfig;
use xtask::corpus::layout::{Member, write_members};
use xtask::emit::FileSet;
use xtask::finding::{Findings, Severity};
use xtask::output::OutputFolder;
use xtask::pipeline::{STACK, bind_api};
use xtask::render::render;
use xtask::sanitize::printed;
use xtask::source::Source;

const PACKAGE: &str = "bindery-injection";
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The crate of a document with these texts, and what is printed about it.
fn generated(texts: &[String]) -> (FileSet, String) {
    let texts = texts.to_owned();
    // The same room as the command gives.
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let pages: Vec<_> =
            pages(&texts).into_iter().map(|(name, text)| Source::new(name, text)).collect();
        // As for a document of which nothing is decided: its title is the page's.
        let config = ApiConfig::bare(&texts.concat(), PACKAGE, &pages[0]);
        let mut findings = Findings::default();
        let files = bind_api(&Api { config, pages }, &mut findings).map(|it| it.files);
        let errors: Vec<_> = findings.iter().filter(|it| it.severity == Severity::Error).collect();
        let shown = render(findings.iter().map(|it| ("a", it)), false);
        (files.unwrap_or_else(|| panic!("{errors:#?}")), printed(&shown, false))
    });
    thread.expect("a thread").join().expect("no panic")
}

static HOSTILE: LazyLock<(FileSet, String)> =
    LazyLock::new(|| generated(&PAYLOADS.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()));

/// The same with words, of which each needs another name in Rust as well.
static WORDS: LazyLock<(FileSet, String)> = LazyLock::new(|| {
    generated(&(0..PAYLOADS.len()).map(|at| format!("a word/{at}")).collect::<Vec<_>>())
});

fn with<'f>(
    files: &'f FileSet,
    extension: &'static str,
) -> impl Iterator<Item = (&'f str, &'f str)> {
    let files = files.files.iter().filter(move |(path, _)| path.extension() == Some(extension));
    files.map(|(path, text)| (path.as_str(), text.as_str()))
}

fn file<'f>(files: &'f FileSet, name: &str) -> &'f str {
    let found = files.files.iter().find(|(path, _)| path.ends_with(name));
    found.map_or_else(|| panic!("there is no {name}"), |(_, text)| text)
}

#[test]
fn no_text_becomes_code() {
    let code_of = |files: &'static FileSet| code(with(files, "rs").map(|(_, text)| text));
    assert_eq!(code_of(&HOSTILE.0), code_of(&WORDS.0));
}

#[test]
fn no_text_becomes_a_key_of_the_manifest() {
    let manifest = |files: &FileSet| {
        let mut table: toml::Table = file(files, "Cargo.toml").parse().expect("it is TOML");
        let description = table["package"]["description"].as_str().expect("it has one").to_owned();
        assert!(description.starts_with("A client of the ") && !description.contains('\n'));
        table["package"]["description"] = "".into();
        table
    };
    assert_eq!(manifest(&HOSTILE.0), manifest(&WORDS.0));
}

#[test]
fn no_text_becomes_code_or_html_of_the_documentation() {
    for (_, source) in with(&HOSTILE.0, "rs") {
        documentation(source).iter().for_each(|it| check_markdown(it));
    }
    let (hostile, words) = (file(&HOSTILE.0, "README.md"), file(&WORDS.0, "README.md"));
    check_markdown(hostile);
    assert_eq!(headings(hostile), headings(words), "{hostile}");
}

#[test]
fn no_text_hides_or_leads_elsewhere() {
    for (path, text) in &HOSTILE.0.files {
        check_characters(path.as_str(), text);
        let plain =
            path.as_str().chars().all(|it| it.is_ascii_alphanumeric() || "/._-".contains(it));
        assert!(
            plain && path.starts_with(format!("crates/{PACKAGE}")) && !path.as_str().contains(".."),
            "{path}"
        );
    }
}

#[test]
fn no_text_speaks_to_a_terminal_or_a_log() {
    let shown = &HOSTILE.1;
    assert!(shown.contains("canary"), "something is said: {shown}");
    check_characters("findings", shown);
    for line in shown.lines() {
        assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{line}");
        assert!(!line.contains("##vso["), "{line}");
    }
}

#[test]
#[ignore = "it compiles a client and its documentation"]
fn with_payloads_a_crate_compiles_and_documents_without_a_warning() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let out: PathBuf = folder.join("injection");
    let members = [Member { folder: "client", package: PACKAGE, files: &HOSTILE.0 }];
    let mut claimed = OutputFolder::claim(&out, ROOT.as_ref()).expect("a folder of ours");
    write_members(&mut claimed, "".into(), ROOT.as_ref(), &members).expect("a workspace");
    // The same versions as ours, which are on the disk already.
    std::fs::copy(format!("{ROOT}/Cargo.lock"), out.join("Cargo.lock")).expect("a lock file");
    // `mock` is code made of texts, too. What clients are made of has been built for the other constructs.
    for arguments in [&["test"][..], &["doc", "--no-deps"]] {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            .args(arguments)
            .args(["--no-default-features", "--features", "mock", "--quiet"])
            .current_dir(&out)
            .env("CARGO_TARGET_DIR", folder.join("constructs/target"))
            .env("RUSTFLAGS", "-D warnings")
            .env("RUSTDOCFLAGS", "-D warnings")
            .status();
        assert!(status.expect("cargo").success(), "cargo {arguments:?}: see above");
    }
}
