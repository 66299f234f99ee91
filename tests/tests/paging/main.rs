//! Lists that come page by page, in a client of their own: it is generated, its documentation is compiled, and
//! a program follows its lists.
//!
//! No vendor of ours has lists yet. Compiling takes long, so this runs where it is asked for.

use std::path::PathBuf;
use std::process::Command;

use bindery_tests::workspace::ROOT;
use xtask::catalog::Api;
use xtask::config::ApiConfig;
use xtask::corpus::layout::{Member, write_members};
use xtask::emit::FileSet;
use xtask::emit::header::PREAMBLE;
use xtask::finding::{Findings, Severity};
use xtask::pipeline::bind_api;
use xtask::source::Source;

const MANIFEST: &str = r#"
[package]
name = "program"
version = "0.0.0"
edition.workspace = true
publish = false

[dependencies]
client = { path = "../client", package = "bindery-lists", default-features = false }
tokio.workspace = true
"#;

/// The files of the client, of which nothing may be lost.
fn client() -> FileSet {
    let mut findings = Findings::default();
    let decisions = Source::new("api.toml", include_str!("api.toml"));
    let config = ApiConfig::parse("lists", &decisions, &mut findings);
    let api = config.map(|config| Api {
        config,
        pages: vec![Source::new("page.json", include_str!("page.json"))],
    });
    let emission = api.and_then(|api| bind_api(&api, &mut findings));
    let bad: Vec<String> = findings
        .iter()
        .filter(|it| it.severity > Severity::Note)
        .map(ToString::to_string)
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
    emission.expect("a client").files
}

/// Writes the client and the program, and says where.
fn workspace() -> PathBuf {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("paging");
    let mut program = FileSet::default();
    let manifest = format!("# {PREAMBLE}\n{MANIFEST}");
    program.files.insert("crates/program/Cargo.toml".into(), manifest);
    program.files.insert("crates/program/src/lib.rs".into(), String::new());
    let text = include_str!("program.rs").to_owned();
    program.files.insert("crates/program/tests/lists.rs".into(), text);
    let client = client();
    let members = [
        Member { folder: "client", package: "bindery-lists", files: &client },
        Member { folder: "program", package: "program", files: &program },
    ];
    write_members(&out, ROOT.as_ref(), &members).expect("a workspace");
    // The same versions as ours, which are on the disk already.
    std::fs::copy(format!("{ROOT}/Cargo.lock"), out.join("Cargo.lock")).expect("a lock file");
    out
}

#[test]
#[ignore = "it compiles a client and a program"]
fn all_items_of_a_list_arrive_and_none_without_an_end() {
    let out = workspace();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["test", "--workspace", "--no-default-features", "--quiet"])
        .current_dir(&out)
        // Settings of this run are not those of the other one.
        .env("CARGO_TARGET_DIR", out.join("target"))
        .env("RUSTFLAGS", "-D warnings")
        .status();
    assert!(status.expect("cargo").success(), "see above");
}
