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
use xtask::output::OutputFolder;
use xtask::pipeline::bind_api;
use xtask::source::Source;

const MANIFEST: &str = r#"
[package]
name = "program"
version = "0.0.0"
edition.workspace = true
publish = false

[dependencies]
client = { path = "../client", package = "bindery-constructs", default-features = false, features = ["mock", "webhooks"] }
basic = { path = "../basic", package = "bindery-basic-auth", default-features = false, features = ["mock"] }
cookie = { path = "../cookie", package = "bindery-cookie", default-features = false, features = ["mock"] }
oauth = { path = "../oauth", package = "bindery-oauth", default-features = false, features = ["mock"] }
several = { path = "../several", package = "bindery-several", default-features = false, features = ["mock"] }
query = { path = "../query", package = "bindery-query", default-features = false, features = ["mock"] }
tokio.workspace = true
"#;

const PROGRAMS: &[(&str, &str)] = &[
    ("calls", include_str!("calls.rs")),
    ("credentials", include_str!("credentials.rs")),
    ("downloads", include_str!("downloads.rs")),
    ("lists", include_str!("lists.rs")),
    ("webhooks", include_str!("webhooks.rs")),
];

/// The folders and packages of clients that differ in their credentials, and the schemes of these: `auth`, and `key`
/// if there is one.
const CREDENTIALS: &[(&str, &str, &str)] = &[
    ("basic", "bindery-basic-auth", r#"{"type": "http", "scheme": "basic"}"#),
    ("cookie", "bindery-cookie", r#"{"type": "apiKey", "in": "cookie", "name": "sid"}"#),
    ("oauth", "bindery-oauth", r#"{"type": "oauth2", "flows": {}}"#),
    (
        "several",
        "bindery-several",
        r#"{"type": "http", "scheme": "basic"}, "key": {"type": "apiKey", "in": "query", "name": "key"}"#,
    ),
    ("query", "bindery-query", r#"{"type": "apiKey", "in": "query", "name": "key"}"#),
];

/// The files of a client, of which nothing may be lost.
fn client(name: &str, decisions: &str, page: &str) -> FileSet {
    let mut findings = Findings::default();
    let decisions = Source::new("api.toml", decisions);
    let config = ApiConfig::parse(name, &decisions, &mut findings);
    let api = config.map(|config| Api { config, pages: vec![Source::new("page.json", page)] });
    let krate = api.and_then(|api| bind_api(&api, &mut findings));
    let bad: Vec<String> = findings
        .iter()
        .filter(|it| it.severity > Severity::Note)
        .map(ToString::to_string)
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
    krate.expect("a client").files
}

/// Writes the client and the program, and says where.
fn workspace() -> PathBuf {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("clients");
    let mut program = FileSet::default();
    let manifest = format!("# {PREAMBLE}\n{MANIFEST}");
    program.files.insert("crates/program/Cargo.toml".into(), manifest);
    program.files.insert("crates/program/src/lib.rs".into(), String::new());
    for (name, text) in PROGRAMS {
        program.files.insert(format!("crates/program/tests/{name}.rs").into(), (*text).to_owned());
    }
    let constructs = client("constructs", include_str!("api.toml"), include_str!("page.json"));
    let credentials = CREDENTIALS.iter().map(|(folder, package, scheme)| {
        let page = include_str!("credentials.json").replace("\"scheme\"", scheme);
        client(folder, &format!("title = \"Credentials\"\npackage = \"{package}\""), &page)
    });
    let credentials: Vec<FileSet> = credentials.collect();
    let mut members = vec![
        Member { folder: "client", package: "bindery-constructs", files: &constructs },
        Member { folder: "program", package: "program", files: &program },
    ];
    members.extend(
        CREDENTIALS.iter().zip(&credentials).map(|(&(folder, package, _), files)| Member {
            folder,
            package,
            files,
        }),
    );
    let mut folder = OutputFolder::claim(&out, ROOT.as_ref()).expect("a folder");
    write_members(&mut folder, "".into(), ROOT.as_ref(), &members).expect("a workspace");
    // The same versions as ours, which are on the disk already.
    let lock = std::fs::read_to_string(format!("{ROOT}/Cargo.lock")).expect("a lock file");
    folder.write("Cargo.lock".into(), &lock).expect("a lock file");
    folder.clean().expect("a folder without what an earlier run made");
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
