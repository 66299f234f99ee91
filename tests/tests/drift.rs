//! What is committed is what would be generated, and a difference cannot go unnoticed.

use std::path::Path;

use bindery_tests::workspace::{ROOT, Workspace};
use xtask::cli::{Bump, Mode, Report, Status, bump, generate};
use xtask::pipeline::bind_api;

/// What mends any difference, as a check says it.
const MEND: &str = "run `cargo xtask generate` and commit the result.";

fn run(root: &Path, mode: Mode) -> Report {
    generate(root, &[], mode, &bind_api)
}

/// What a check of the copy says is not as generated.
fn differences(copy: &Workspace) -> String {
    let report = run(copy.root(), Mode::Check);
    assert_eq!(report.status, Status::Stale, "{}", report.output);
    assert!(report.summary.ends_with(MEND), "{}", report.summary);
    report.output
}

/// Whatever was done to the copy, the command that the check names makes it what is committed.
fn assert_mended(copy: &Workspace) {
    let report = run(copy.root(), Mode::Write);
    assert_eq!(report.status, Status::Done, "{:?}", report.findings);
    assert_eq!(run(copy.root(), Mode::Check).status, Status::Done);
    let contents = |copy: &Workspace| -> Vec<_> {
        let state = copy.state().into_iter().filter(|(path, _)| !path.starts_with(".bindery/"));
        state.map(|(path, (content, _))| (path, content)).collect()
    };
    assert_eq!(contents(copy), contents(&Workspace::copy()));
}

#[test]
fn what_is_committed_is_what_is_generated() {
    let report = run(Path::new(ROOT), Mode::Check);
    let differences = report.output;
    assert_eq!(report.status, Status::Done, "{differences}{}", report.summary);
}

/// A file of each kind that is generated: in a crate and in the facade.
const KINDS: [&str; 8] = [
    "crates/bindery-basic/Cargo.toml",
    "crates/bindery-basic/README.md",
    "crates/bindery-basic/openapi.json",
    "crates/bindery-basic/src/lib.rs",
    "crates/bindery-basic/src/operations.rs",
    "crates/bindery-basic/src/types.rs",
    "crates/bindery/Cargo.toml",
    "crates/bindery/src/lib.rs",
];

#[test]
fn a_byte_in_any_kind_of_file_is_noticed() {
    let copy = Workspace::copy();
    let changed = |path| {
        let text: String = copy.read(path);
        let last = text.strip_suffix('\n').expect("a line end");
        copy.write(path, &format!("{last} "));
        text
    };
    for path in KINDS {
        let text = changed(path);
        assert_eq!(differences(&copy), format!("stale    {path}\n"));
        copy.write(path, &text);
    }
    for path in KINDS {
        changed(path);
    }
    assert_mended(&copy);
}

#[test]
fn a_deleted_file_of_any_kind_is_noticed() {
    let copy = Workspace::copy();
    for path in KINDS {
        let text = copy.read(path);
        copy.remove(path);
        assert_eq!(differences(&copy), format!("missing  {path}\n"));
        copy.write(path, &text);
    }
    for path in KINDS {
        copy.remove(path);
    }
    assert_mended(&copy);
}

#[test]
fn a_file_too_many_in_a_generated_crate_is_noticed() {
    for path in [
        "crates/bindery-vijil/build.rs",
        "crates/bindery-vijil/.hidden",
        "crates/bindery-vijil/src/mine.rs",
        "crates/bindery-vijil/tests/mine.rs",
    ] {
        let copy = Workspace::copy();
        copy.write(path, "");
        assert_eq!(differences(&copy), format!("orphaned {path}\n"));
        assert_mended(&copy);
        assert!(!copy.has("crates/bindery-vijil/tests"), "an emptied folder goes, too");
    }
}

#[test]
fn hand_written_folders_are_nobodys_business() {
    let copy = Workspace::copy();
    for path in ["crates/bindery/NOTES.md", "crates/bindery-runtime/src/mine.rs", "crates/mine/a"] {
        copy.write(path, "");
    }
    assert_eq!(run(copy.root(), Mode::Check).status, Status::Done);
    run(copy.root(), Mode::Write);
    assert!(copy.has("crates/bindery/NOTES.md") && copy.has("crates/mine/a"));
}

#[test]
fn all_differences_are_told_at_once() {
    let copy = Workspace::copy();
    copy.write("crates/bindery-anthropic/src/extra.rs", "");
    copy.remove("crates/bindery-basic/README.md");
    copy.write("crates/bindery/src/lib.rs", "");
    let expected = "\
stale    crates/bindery/src/lib.rs
orphaned crates/bindery-anthropic/src/extra.rs
missing  crates/bindery-basic/README.md
";
    assert_eq!(differences(&copy), expected);
    assert_mended(&copy);
}

#[test]
fn other_line_ends_are_a_difference() {
    let copy = Workspace::copy();
    let path = "crates/bindery-betterstack/openapi.json";
    copy.write(path, &copy.read(path).replace('\n', "\r\n"));
    assert_eq!(differences(&copy), format!("stale    {path}\n"));
    assert_mended(&copy);
}

#[test]
fn a_changed_page_is_noticed() {
    let copy = Workspace::copy();
    let page = "specs/basic/create-team-invite.md";
    copy.edit(page, "description: Creates a new invite", "description: Makes a new invite");
    assert!(differences(&copy).contains("stale    crates/bindery-basic/openapi.json\n"));
    copy.edit(page, "description: Makes a new invite", "description: Creates a new invite");
    assert_eq!(run(copy.root(), Mode::Check).status, Status::Done);
}

#[test]
fn a_crate_whose_pages_are_gone_is_noticed_and_goes() {
    let copy = Workspace::copy();
    copy.remove("specs/vijil");
    let report = run(copy.root(), Mode::Check);
    // The facade lost a module, so more is wrong than that files are stale.
    let wrong: Vec<_> = report.findings.iter().map(|(_, finding)| finding.kind.name()).collect();
    assert_eq!((report.status, wrong.contains(&"version-behind")), (Status::Failed, true));
    let differences = report.output;
    for line in [
        "orphaned crates/bindery-vijil/Cargo.toml",
        "orphaned crates/bindery-vijil/src/lib.rs",
        "stale    crates/bindery/Cargo.toml",
        "stale    crates/bindery/src/lib.rs",
    ] {
        assert!(differences.lines().any(|it| it == line), "{line} is not in\n{differences}");
    }
    assert_eq!(run(copy.root(), Mode::Write).status, Status::Done);
    assert!(!copy.has("crates/bindery-vijil"));
    assert!(!copy.read("crates/bindery/src/lib.rs").contains("vijil"));
}

/// Of the two files that a killed run wanted to write, one is in its place and the other is not.
fn killed() -> Workspace {
    let copy = Workspace::copy();
    let (done, waiting) = ("crates/bindery-basic/src/lib.rs", "crates/bindery-basic/README.md");
    copy.write(".bindery/backup/0", "what was there before");
    copy.write(".bindery/pending/1", &copy.read(waiting));
    copy.write(waiting, "what was there before");
    let steps = format!(r#"[{{"put": "{done}"}}, {{"put": "{waiting}"}}]"#);
    copy.write(".bindery/journal.json", &format!(r#"{{"version": 1, "steps": {steps}}}"#));
    copy
}

#[test]
fn a_killed_generation_is_told_and_completed() {
    let copy = killed();
    let before = copy.state();
    let output = differences(&copy);
    assert!(output.starts_with("stale    crates/bindery-basic/README.md\n"), "{output}");
    assert!(output.contains("an earlier run was stopped while it wrote"), "{output}");
    assert_eq!(copy.state(), before, "a check writes nothing");

    let report = run(copy.root(), Mode::Write);
    let kinds: Vec<_> = report.findings.iter().map(|(_, finding)| finding.kind.name()).collect();
    assert!(kinds.contains(&"interrupted-write"), "{kinds:?}");
    assert!(!copy.has(".bindery/journal.json") && !copy.has(".bindery/pending"));
    assert_mended(&copy);
}

#[test]
fn a_killed_generation_is_not_fresh_even_if_all_files_are() {
    let copy = killed();
    let waiting = "crates/bindery-basic/README.md";
    copy.write(waiting, &copy.read(".bindery/pending/1"));
    let report = run(copy.root(), Mode::Check);
    assert_eq!(report.status, Status::Stale, "{}", report.output);
    assert_eq!(report.summary, "Run `cargo xtask generate`, which completes the earlier run.");
    assert_mended(&copy);
}

/// A property that every answer has had becomes one that some have.
fn less_promised() -> Workspace {
    let copy = Workspace::copy();
    copy.edit(
        "specs/anthropic/create-invite.md",
        "              - role\n              - invited_at\n",
        "              - invited_at\n",
    );
    copy
}

#[test]
fn a_version_that_does_not_follow_its_surface_fails_the_check() {
    let copy = less_promised();
    let note = run(copy.root(), Mode::Write);
    assert_eq!(note.status, Status::Done, "{:?}", note.findings);
    let report = run(copy.root(), Mode::Check);
    assert_eq!((report.status, report.output.as_str()), (Status::Failed, ""));
    let found: Vec<_> =
        report.findings.iter().filter(|(_, it)| it.kind.name() == "version-behind").collect();
    assert_eq!(found.iter().map(|(api, _)| api.as_str()).collect::<Vec<_>>(), ["anthropic", ""]);
    let why = &found[0].1.why;
    assert!(why.contains("`types::Invite::role`: the type became optional"), "{why}");
}

#[test]
fn a_bump_makes_the_versions_follow_and_leaves_a_workspace_that_cargo_reads() {
    let copy = less_promised();
    for file in ["Cargo.toml", "Cargo.lock", "CHANGELOG.md"] {
        copy.write(file, &std::fs::read_to_string(Path::new(ROOT).join(file)).unwrap());
    }
    let report = bump(copy.root(), &Bump::default(), &bind_api);
    assert_eq!(report.status, Status::Done, "{:?}", report.findings);
    assert_eq!(run(copy.root(), Mode::Check).status, Status::Done);
    let says = |path: &str, text: &str| assert!(copy.read(path).contains(text), "{path}: {text}");
    says("specs/anthropic/release.toml", "version = \"0.2.0\"");
    says("specs/basic/release.toml", "version = \"0.1.0\"");
    says("crates/bindery/Cargo.toml", "bindery-anthropic = { version = \"0.2.0\"");
    says("crates/bindery/README.md", "bindery = { version = \"0.2\"");
    says("Cargo.lock", "name = \"bindery-anthropic\"\nversion = \"0.2.0\"");
    says("CHANGELOG.md", "### `bindery-anthropic` 0.2.0\n\n- **Breaking:** ");
    let again = bump(copy.root(), &Bump::default(), &bind_api);
    assert_eq!(again.summary, "Nothing had to change.");
}

#[test]
fn a_generation_that_changes_nothing_touches_nothing() {
    let copy = Workspace::copy();
    let before = copy.state();
    let report = run(copy.root(), Mode::Write);
    assert_eq!(report.status, Status::Done);
    assert_eq!(copy.state(), before, "contents and times");
    assert!(!copy.has(".bindery"));
}

#[test]
fn a_generation_touches_only_what_it_changes() {
    let copy = Workspace::copy();
    let before = copy.state();
    copy.remove("crates/bindery-basic/README.md");
    run(copy.root(), Mode::Write);
    let mut after = copy.state();
    after.retain(|path, _| !path.starts_with(".bindery/"));
    let changed = after.iter().filter(|(path, state)| before.get(*path) != Some(state));
    let changed: Vec<_> = changed.map(|(path, _)| path.as_str()).collect();
    assert_eq!(changed, ["crates/bindery-basic/README.md"]);
}
