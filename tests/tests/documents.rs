//! What README and ARCHITECTURE say is so: what commands print, which files and libraries there are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bindery_tests::workspace::{ROOT, Workspace};
use xtask::catalog::Catalog;
use xtask::cli::{Mode, Report, Status, generate, list};
use xtask::cost::{self, Program};
use xtask::output::OutputFolder;
use xtask::pipeline::bind_api;
use xtask::render::render;

fn read(path: &str) -> String {
    let text = fs::read_to_string(Path::new(ROOT).join(path));
    text.unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What somebody at a terminal sees of a command.
fn printed(report: &Report) -> String {
    assert_eq!(report.status, Status::Done, "{:?}", report.findings);
    let findings = report.findings.iter().map(|(about, finding)| (about.as_str(), finding));
    let summary = if report.summary.is_empty() { "" } else { "\n" };
    format!("{}{}{}{summary}", report.output, render(findings, false), report.summary)
}

#[test]
fn the_readme_shows_what_the_commands_print() {
    let copy = Workspace::copy();
    let readme = read("README.md");
    let generated = printed(&generate(copy.root(), &[], Mode::Write, &bind_api));
    let listed = printed(&list(copy.root(), &bind_api));
    for text in [generated, listed] {
        assert!(readme.contains(&format!("\n```text\n{text}```\n")), "not in README.md:\n{text}");
    }
}

#[test]
fn the_readme_has_a_row_for_each_api() {
    let readme = read("README.md");
    let catalog = Catalog::open(Path::new(ROOT));
    for api in catalog.configs().expect("decisions about all APIs") {
        let cells =
            [&api.title, &format!("`bindery::{}`", api.name), &format!("`{}`", api.package)];
        let row = format!("| {} | {} | {} | ", cells[0], cells[1], cells[2]);
        assert!(readme.contains(&row), "README.md has no row {row}");
    }
}

/// The words of a text in backticks that look like a path of this workspace.
fn paths(text: &str) -> Vec<String> {
    let roots = ["xtask/", "crates/", "specs/", "tests/", ".ci/", ".github/"];
    let words = text.split('`').skip(1).step_by(2);
    let words = words.filter(|word| roots.iter().any(|root| word.starts_with(root)));
    words.filter(|word| !word.contains(['<', '*', ' '])).flat_map(alternatives).collect()
}

/// `a/{b,c}.rs` as `a/b.rs` and `a/c.rs`.
fn alternatives(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else { return vec![path.to_owned()] };
    let (inside, after) = rest.split_once('}').expect("braces are closed");
    inside.split(',').map(|part| format!("{before}{part}{after}")).collect()
}

#[test]
fn the_files_that_documents_name_are_there() {
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = read(document);
        for path in paths(&text) {
            assert!(Path::new(ROOT).join(&path).exists(), "{document} names {path}");
        }
    }
    assert!(paths(&read("ARCHITECTURE.md")).len() > 20);
}

/// What a table of a manifest names, for all targets or for some, without the packages of this workspace.
fn dependencies(manifest: &str, table: &str) -> BTreeSet<String> {
    let manifest: toml::Table = read(manifest).parse().expect("a manifest");
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let targets = targets.into_iter().flat_map(toml::Table::values).filter_map(|it| it.get(table));
    let tables = manifest.get(table).into_iter().chain(targets);
    let names = tables.filter_map(toml::Value::as_table).flat_map(toml::Table::keys);
    names.filter(|name| !name.starts_with("bindery") && *name != "xtask").cloned().collect()
}

/// The first cells of the table that follows a line of ARCHITECTURE.md.
fn named(line: &str) -> BTreeSet<String> {
    let text = read("ARCHITECTURE.md");
    let (_, rest) = text.split_once(&format!("\n{line}\n\n")).expect("the line");
    let rows = rest.lines().take_while(|line| line.starts_with('|')).skip(2);
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    cells.flat_map(|cell| cell.split(',')).map(|name| name.trim().to_owned()).collect()
}

#[test]
fn the_architecture_gives_a_reason_for_each_dependency() {
    let crates: Vec<String> = fs::read_dir(Path::new(ROOT).join("crates"))
        .expect("the crates")
        .map(|item| item.expect("a crate").file_name().into_string().expect("a name"))
        .map(|name| format!("crates/{name}/Cargo.toml"))
        .collect();
    let all = |manifests: &[&str], table: &str| -> BTreeSet<String> {
        manifests.iter().flat_map(|manifest| dependencies(manifest, table)).collect()
    };
    let clients: Vec<&str> = crates.iter().map(String::as_str).collect();
    let client = all(&clients, "dependencies");
    let generator: BTreeSet<_> =
        dependencies("xtask/Cargo.toml", "dependencies").difference(&client).cloned().collect();
    let manifests = [&clients[..], &["xtask/Cargo.toml", "tests/Cargo.toml"]].concat();
    let mut tests = all(&manifests, "dev-dependencies");
    tests.extend(all(&["tests/Cargo.toml", "tests/fuzz/Cargo.toml"], "dependencies"));
    tests.retain(|name| !client.contains(name) && !generator.contains(name));

    assert_eq!(named("What users of a client compile:"), client);
    assert_eq!(named("What the generator uses besides:"), generator);
    assert_eq!(named("What the tests and the benchmark use besides:"), tests);
}

/// How many crates of others a client may bring along besides reqwest with rustls and JSON.
const BESIDES: usize = 10;

#[test]
fn the_architecture_names_all_that_a_client_brings_besides_reqwest() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Path::new(ROOT);
    let mut out = OutputFolder::claim(folder.path(), root).expect("an empty folder");
    cost::write(root, &mut out).expect("the programs are written");
    let crates = |workspace: &Path, package: &str| {
        cost::crates(workspace, package, true).unwrap_or_else(|error| panic!("{package}: {error}"))
    };
    let plain = crates(folder.path(), Program::Plain.name());
    assert!(plain.iter().any(|name| name.starts_with("rustls v")), "{plain:?}");
    let mut besides = BTreeSet::new();
    for api in Catalog::open(root).configs().expect("decisions about all APIs") {
        let client = crates(root, &api.package);
        besides.extend(
            client.difference(&plain).filter_map(|it| it.split(' ').next()).map(str::to_owned),
        );
    }
    besides.retain(|name| !name.starts_with("bindery-"));
    assert!(besides.len() <= BESIDES, "{besides:?}");
    assert_eq!(named("What of it reqwest with rustls and JSON does not bring:"), besides);
}

#[test]
fn no_dependency_of_the_workspace_is_unused() {
    let workspace: toml::Table = read("Cargo.toml").parse().expect("a manifest");
    let declared = workspace["workspace"]["dependencies"].as_table().expect("dependencies");
    let mut manifests =
        ["xtask/Cargo.toml", "tests/Cargo.toml", "tests/fuzz/Cargo.toml"].map(read).to_vec();
    for item in fs::read_dir(Path::new(ROOT).join("crates")).expect("the crates") {
        manifests
            .push(fs::read_to_string(item.expect("a crate").path().join("Cargo.toml")).unwrap());
    }
    let used = |name: &str| {
        let inherits =
            [format!("\n{name}.workspace = true"), format!("\n{name} = {{ workspace = true")];
        manifests.iter().any(|text| inherits.iter().any(|line| text.contains(line)))
    };
    let unused: Vec<_> = declared.keys().filter(|name| !used(name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// The sections of SECURITY.md whose lists are no promises.
const NO_PROMISES: [&str; 4] =
    ["Supported versions", "Reporting", "Out of scope", "Known weaknesses"];

/// The promises of a section of SECURITY.md: items of a list, each with the tests below it.
fn promises(section: &str) -> Vec<(String, Vec<&str>)> {
    let mut promises: Vec<(String, Vec<&str>)> = Vec::new();
    for line in section.lines() {
        let test = line.strip_prefix("  - `").and_then(|it| it.strip_suffix('`'));
        match (line.strip_prefix("- "), test, promises.last_mut()) {
            (_, Some(test), Some((_, tests))) => tests.push(test),
            (Some(promise), _, _) => promises.push((promise.to_owned(), Vec::new())),
            (None, None, Some((promise, tests))) if line.starts_with("  ") => {
                assert!(tests.is_empty(), "neither a promise nor a test: {line}");
                promise.extend([" ", line.trim_start()]);
            }
            _ => assert!(!line.contains(".rs::"), "a test without a promise: {line}"),
        }
    }
    promises
}

/// Fails unless there is such a test: `file.rs::name`.
fn assert_is_test(test: &str) {
    let (file, name) = test.split_once("::").expect("a file and a name");
    let source = read(file);
    let start = source.find(&format!("fn {name}("));
    let start = start.unwrap_or_else(|| panic!("{test} is not there"));
    // An attribute stands above it, and nothing between the two but attributes.
    let above = source[..start].rsplit("\n\n").next().unwrap_or_default();
    assert!(above.contains("test]") || above.contains("test("), "{test} is no test: {above}");
}

#[test]
fn every_promise_of_security_names_tests_that_there_are() {
    let text = read("SECURITY.md");
    let mut count = 0;
    for section in text.split("\n## ").skip(1) {
        let title = section.lines().next().unwrap_or_default();
        if NO_PROMISES.contains(&title) {
            continue;
        }
        let promises = promises(section);
        assert!(!promises.is_empty(), "no promise is found in the section {title}");
        for (promise, tests) in &promises {
            assert!(!tests.is_empty(), "a promise without a test: {promise}");
            tests.iter().for_each(|test| assert_is_test(test));
        }
        count += promises.len();
    }
    assert!(count > 20, "the lists are read: {count} promises");
}
