//! Constructs that no vendor of ours has yet, in a client of their own: it is generated, its documentation is
//! compiled, and programs use it, with mocks and without.
//!
//! Compiling takes long, so this runs where it is asked for.

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
client = { path = "../client", package = "bindery-constructs", default-features = false, features = ["mock"] }
tokio.workspace = true
"#;

const PROGRAMS: &[(&str, &str)] = &[
    ("calls", include_str!("calls.rs")),
    ("downloads", include_str!("downloads.rs")),
    ("lists", include_str!("lists.rs")),
];

/// The files of the client, of which nothing may be lost.
fn client() -> FileSet {
    let mut findings = Findings::default();
    let decisions = Source::new("api.toml", include_str!("api.toml"));
    let config = ApiConfig::parse("constructs", &decisions, &mut findings);
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
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("constructs");
    let mut program = FileSet::default();
    let manifest = format!("# {PREAMBLE}\n{MANIFEST}");
    program.files.insert("crates/program/Cargo.toml".into(), manifest);
    program.files.insert("crates/program/src/lib.rs".into(), String::new());
    for (name, text) in PROGRAMS {
        program.files.insert(format!("crates/program/tests/{name}.rs").into(), (*text).to_owned());
    }
    let client = client();
    let members = [
        Member { folder: "client", package: "bindery-constructs", files: &client },
        Member { folder: "program", package: "program", files: &program },
    ];
    write_members(&out, ROOT.as_ref(), &members).expect("a workspace");
    // The same versions as ours, which are on the disk already.
    std::fs::copy(format!("{ROOT}/Cargo.lock"), out.join("Cargo.lock")).expect("a lock file");
    out
}

#[test]
#[ignore = "it compiles a client and a program"]
fn programs_find_the_constructs_as_they_expect_them() {
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
