//! Releases: which version follows from what changed, and what `bump` writes.

use std::collections::BTreeSet;
use std::fs;

use tempfile::TempDir;

use super::*;
use crate::catalog::Api;
use crate::cli::{Mode, generate};
use crate::finding::{Kind, Severity};
use crate::pipeline::GeneratedCrate;

const CLIENT: &str = "pub use bindery_runtime as runtime;\n";

/// Two APIs whose pages are the sources of their crates, and a runtime; all of it released as 0.1.0.
struct Workspace(TempDir);

impl Workspace {
    fn released() -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        for api in ["alpha", "beta"] {
            root.put(&format!("specs/{api}/api.toml"), &format!("title = '{api}'"));
            root.put(
                &format!("specs/{api}/page.md"),
                &format!("{CLIENT}pub struct A {{ pub a: u8 }}\n"),
            );
        }
        root.put("crates/bindery-runtime/Cargo.toml", "[package]\nversion = \"0.1.0\"\n");
        root.put("crates/bindery-runtime/src/lib.rs", "pub struct R;\n");
        root.put(
            "Cargo.toml",
            "[workspace.dependencies]\nbindery-runtime = { version = \"0.1.0\" } # r\n",
        );
        root.put("README.md", "bindery = { version = \"0.1\" }\n");
        root.put("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n- First.\n");
        let report = root.run(Bump { released: true, ..Bump::default() });
        assert_eq!(report.summary, "4 crates recorded as released, 14 files written.");
        assert_eq!(root.check().0, Status::Done);
        root
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn page(&self, api: &str, text: &str) {
        self.put(&format!("specs/{api}/page.md"), &format!("{CLIENT}{text}\n"));
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    #[track_caller]
    fn says(&self, path: &str, text: &str) {
        let all = self.read(path);
        assert!(all.contains(text), "{path} does not say {text:?}:\n{all}");
    }

    fn run(&self, what: Bump) -> Report {
        bump(self.0.path(), &what, &stand_in)
    }

    /// Bumps, and asserts that this once is enough.
    #[track_caller]
    fn bump(&self) -> Report {
        let report = self.run(Bump::default());
        assert_eq!(report.status, Status::Done, "{:?}", report.findings);
        assert_eq!(self.run(Bump::default()).summary, "Nothing had to change.");
        assert_eq!(self.check(), (Status::Done, vec![]));
        report
    }

    fn check(&self) -> (Status, Vec<String>) {
        let report = generate(self.0.path(), &[], Mode::Check, &stand_in);
        let errors = report.findings.iter().filter(|(_, it)| it.severity == Severity::Error);
        (report.status, errors.map(|(_, it)| format!("{}: {}", it.what, it.why)).collect())
    }
}

/// Stands in for the pipeline: the page is the source.
fn stand_in(api: &Api, findings: &mut Findings) -> Option<GeneratedCrate> {
    let page = &api.pages[0];
    if page.text().ends_with("error\n") {
        findings.push(Finding::error(Kind::Syntax, "wrong"));
    }
    let folder = Utf8Path::new("crates").join(&api.config.package);
    let mut files = FileSet { owned: BTreeSet::from([folder.clone()]), ..FileSet::default() };
    let manifest =
        format!("# {}\nversion = \"{}\"\n", crate::emit::header::PREAMBLE, api.config.version);
    files.files.insert(folder.join("Cargo.toml"), manifest);
    files.files.insert(folder.join("src/lib.rs"), page.text().to_owned());
    let document = crate::node::Node::object(&page.start());
    Some(GeneratedCrate {
        deviating: Default::default(),
        files,
        calls: vec![],
        described: 0,
        document,
        positions: Default::default(),
        types: 0,
        base_url: None,
        credentials: vec![],
        origins: Default::default(),
    })
}

#[test]
fn a_release_is_recorded_beside_what_it_is_made_of() {
    let root = Workspace::released();
    root.says("specs/alpha/surface.txt", "# bindery-alpha 0.1.0 content ");
    root.says(
        "specs/alpha/surface.txt",
        "\nA struct {}\nA::a field: u8\nruntime use bindery_runtime\n",
    );
    root.says("specs/alpha/release.toml", "\nversion = \"0.1.0\"\n");
    root.says("specs/surface.txt", "alpha #[cfg(feature = \"alpha\")] use bindery_alpha\n");
    root.says("crates/bindery-runtime/surface.txt", "\nR struct\n");
    root.says("CHANGELOG.md", "## Unreleased\n\n## `bindery` 0.1.0\n\n- First.\n");
    let again = root.run(Bump { released: true, ..Bump::default() });
    assert_eq!(again.summary, "Nothing had to change.");
    assert_eq!(root.run(Bump::default()).summary, "Nothing had to change.");
}

#[test]
fn a_surface_that_broke_wants_a_version_that_says_so() {
    let root = Workspace::released();
    root.page("alpha", "pub struct A { pub a: Option<u8> }");
    let note = generate(root.0.path(), &[], Mode::Write, &stand_in);
    assert_eq!(note.status, Status::Done);
    let (api, finding) = &note.findings[0];
    assert_eq!(
        (api.as_str(), finding.kind.name(), finding.severity),
        ("alpha", "version-behind", Severity::Note)
    );
    assert!(finding.help.contains("`cargo xtask bump`, which makes it 0.2.0"), "{}", finding.help);
    let (status, errors) = root.check();
    assert_eq!(status, Status::Failed);
    assert_eq!(
        errors,
        [
            "since 0.1.0 `bindery-alpha` breaks programs that use it, and its version is 0.1.0: \
         `A::a`: the type became optional",
            "since 0.1.0 `bindery` breaks programs that use it, and its version is 0.1.0: \
         it shows `bindery-alpha`, which is 0.2.0",
        ]
    );

    let report = root.bump();
    let expected = "\
Crate             Released   Version   Becomes   Because
──────────────────────────────────────────────────────────────────────────
bindery-runtime   0.1.0      0.1.0
bindery-alpha     0.1.0      0.1.0     0.2.0     1 breaking
bindery-beta      0.1.0      0.1.0
bindery           0.1.0      0.1.0     0.2.0     shows bindery-alpha 0.2.0
";
    assert_eq!(report.output, expected);
    root.says("specs/alpha/release.toml", "\nversion = \"0.2.0\"\n");
    root.says("specs/release.toml", "\nversion = \"0.2.0\"\n");
    root.says("specs/beta/release.toml", "\nversion = \"0.1.0\"\n");
    root.says("crates/bindery-alpha/Cargo.toml", "\nversion = \"0.2.0\"\n");
    root.says("crates/bindery/Cargo.toml", "\nbindery-alpha = { version = \"0.2.0\", ");
    root.says("README.md", "bindery = { version = \"0.2\" }\n");
    root.says(
        "CHANGELOG.md",
        "## Unreleased\n\n### `bindery-alpha` 0.2.0\n\n\
        - **Breaking:** `A::a`: the type became optional.\n\n### `bindery` 0.2.0\n\n\
        - Shows the types of `bindery-alpha` 0.2.0.\n\n## `bindery` 0.1.0\n",
    );

    let report = root.run(Bump { released: true, ..Bump::default() });
    assert_eq!(report.status, Status::Done, "{:?}", report.findings);
    root.says("specs/alpha/surface.txt", "# bindery-alpha 0.2.0 content ");
    root.says("CHANGELOG.md", "## Unreleased\n\n## `bindery` 0.2.0\n\n### `bindery-alpha` 0.2.0\n");
}

#[test]
fn an_addition_wants_a_patch_before_one_and_a_minor_version_behind_it() {
    let root = Workspace::released();
    root.page("alpha", "pub struct A { pub a: u8 } pub struct B;");
    assert!(root.check().1[0].contains("offers more than it did"));
    root.bump();
    root.says("specs/alpha/release.toml", "\nversion = \"0.1.1\"\n");
    root.says("specs/release.toml", "\nversion = \"0.1.1\"\n");

    root.put("specs/alpha/release.toml", "version = '1.0.0'\n");
    root.bump();
    assert_eq!(root.run(Bump { released: true, ..Bump::default() }).status, Status::Done);
    root.page("alpha", "pub struct A { pub a: u8 } pub struct B; pub struct C;");
    root.bump();
    root.says("specs/alpha/release.toml", "version = \"1.1.0\"\n");
}

#[test]
fn what_callers_do_not_see_is_a_patch_that_no_check_asks_for() {
    let root = Workspace::released();
    root.page("alpha", "/// Text.\npub struct A { pub a: u8 }");
    generate(root.0.path(), &[], Mode::Write, &stand_in);
    assert_eq!(root.check(), (Status::Done, vec![]));
    root.bump();
    root.says("specs/alpha/release.toml", "\nversion = \"0.1.1\"\n");
    root.says(
        "CHANGELOG.md",
        "### `bindery-alpha` 0.1.1\n\n- Documentation, and what callers do not see.\n",
    );
}

#[test]
fn a_version_set_by_hand_stays_if_it_goes_far_enough() {
    let root = Workspace::released();
    root.page("alpha", "pub struct B;");
    root.put("specs/alpha/release.toml", "# mine\nversion = '0.7.0'\n");
    root.bump();
    assert_eq!(root.read("specs/alpha/release.toml"), "# mine\nversion = '0.7.0'\n");
    root.says("specs/release.toml", "\nversion = \"0.2.0\"\n");
    root.says("CHANGELOG.md", "### `bindery-alpha` 0.7.0\n");
    root.put("specs/alpha/release.toml", "# mine\nversion = '0.1.9'\n");
    root.bump();
    assert_eq!(root.read("specs/alpha/release.toml"), "# mine\nversion = \"0.2.0\"\n");
}

#[test]
fn a_version_never_goes_down() {
    let root = Workspace::released();
    root.put("specs/alpha/release.toml", "version = '0.0.1'\n");
    assert!(
        root.check().1[0]
            .contains("`bindery-alpha` is not what was released, and its version is 0.0.1")
    );
    root.bump();
    root.says("specs/alpha/release.toml", "version = \"0.1.1\"\n");
}

#[test]
fn the_runtime_takes_along_whoever_shows_it() {
    let root = Workspace::released();
    root.put("crates/bindery-runtime/src/lib.rs", "pub struct S;\n");
    root.put("specs/beta/page.md", "pub struct A { pub a: u8 }\n");
    root.bump();
    root.says("crates/bindery-runtime/Cargo.toml", "[package]\nversion = \"0.2.0\"\n");
    root.says("Cargo.toml", "bindery-runtime = { version = \"0.2.0\" } # r\n");
    root.says("specs/alpha/release.toml", "\nversion = \"0.2.0\"\n");
    root.says(
        "CHANGELOG.md",
        "### `bindery-alpha` 0.2.0\n\n- Shows the types of `bindery-runtime` 0.2.0.\n",
    );
    // Beta shows it no more, which breaks those who used it there.
    root.says(
        "CHANGELOG.md",
        "### `bindery-beta` 0.2.0\n\n- **Breaking:** `runtime`: removed.\n\n",
    );
}

#[test]
fn named_apis_alone_are_bumped() {
    let root = Workspace::released();
    root.page("alpha", "pub struct B;");
    root.page("beta", "pub struct B;");
    let what = Bump { apis: vec!["beta".to_owned()], ..Bump::default() };
    assert_eq!(root.run(what).status, Status::Done);
    root.says("specs/beta/release.toml", "\nversion = \"0.2.0\"\n");
    root.says("specs/alpha/release.toml", "\nversion = \"0.1.0\"\n");
    root.says("specs/release.toml", "\nversion = \"0.2.0\"\n");
    assert!(!root.read("CHANGELOG.md").contains("alpha"));
}

#[test]
fn a_dry_run_and_a_failed_one_write_nothing() {
    let root = Workspace::released();
    root.page("alpha", "pub struct B;");
    let before = root.read("CHANGELOG.md");
    let report = root.run(Bump { dry_run: true, ..Bump::default() });
    assert_eq!(
        (report.status, report.summary.as_str()),
        (Status::Done, "2 versions raised, 7 files to write. Nothing was written.")
    );
    root.page("beta", "error");
    let report = root.run(Bump::default());
    assert_eq!(
        (report.status, report.summary.as_str()),
        (Status::Failed, "1 error. Nothing was written.")
    );
    assert_eq!(root.read("CHANGELOG.md"), before);
    root.says("specs/alpha/release.toml", "\nversion = \"0.1.0\"\n");
}

#[test]
fn nothing_is_released_twice_under_one_version() {
    let root = Workspace::released();
    root.page("alpha", "pub struct A { pub a: u8 } // another");
    let report = root.run(Bump { released: true, ..Bump::default() });
    assert_eq!(report.status, Status::Failed);
    assert_eq!(report.findings[0].1.kind.name(), "version-behind");
}

#[test]
fn another_api_is_an_addition_and_a_lost_one_breaks() {
    let root = Workspace::released();
    root.put("specs/gamma/api.toml", "title = 'gamma'");
    root.page("gamma", "");
    root.bump();
    root.says("specs/release.toml", "\nversion = \"0.1.1\"\n");
    fs::remove_dir_all(root.0.path().join("specs/beta")).unwrap();
    root.bump();
    root.says("specs/release.toml", "\nversion = \"0.2.0\"\n");
}

#[test]
fn a_crate_that_is_only_not_made_is_no_lost_one() {
    let root = Workspace::released();
    fs::remove_dir_all(root.0.path().join("crates/bindery-beta")).unwrap();
    let report = root.run(Bump { apis: vec!["alpha".into()], ..Bump::default() });
    assert_eq!(report.status, Status::Failed);
    assert_eq!(
        report.findings[0].1.to_string(),
        "error[not-in-facade]: `bindery` does not show `bindery-beta`, which is not there"
    );
    root.bump();
    root.says("specs/release.toml", "\nversion = \"0.1.0\"\n");
}

#[test]
fn a_broken_record_is_told() {
    let root = Workspace::released();
    root.put("specs/alpha/surface.txt", "nothing\n");
    let report = root.run(Bump::default());
    assert_eq!(
        (report.status, report.findings[0].1.kind.name()),
        (Status::Failed, "surface-broken")
    );
    root.put("specs/alpha/surface.txt", "# bindery-other 0.1.0\n");
    let report = generate(root.0.path(), &[], Mode::Check, &stand_in);
    assert_eq!(
        (report.status, report.findings[0].1.kind.name()),
        (Status::Done, "renamed-package")
    );
}
