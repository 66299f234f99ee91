//! Writes that are stopped: by errors, by being killed, and by both.

use std::cell::Cell;
use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use proptest::prelude::*;

use super::*;

/// What happens at a change of the disk.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    Fail,
    Kill,
}

/// What a test throws to stop a write as a kill would: nothing of the write runs any more.
struct Killed;

pub(super) type Written = Result<Vec<Change>, Vec<Finding>>;

/// Writes with events at the given changes; `None` if it was killed. Also tells how far it came.
fn write_with_events(
    root: &Path,
    set: &FileSet,
    event: impl Fn(usize) -> Option<Event>,
) -> (usize, Option<Written>) {
    let count = Cell::new(0);
    let hook = |_: &Path| {
        let number = count.replace(count.get() + 1);
        match event(number) {
            Some(Event::Kill) => resume_unwind(Box::new(Killed)),
            Some(Event::Fail) => Err(io::Error::from(ErrorKind::StorageFull)),
            None => Ok(()),
        }
    };
    let result = catch_unwind(AssertUnwindSafe(|| write_with(root, set, &hook)));
    (count.get(), result.ok())
}

#[test]
fn a_file_that_nobody_may_replace_leaves_everything_as_it_was() {
    let mut failed = 0;
    for (fixed, _) in OLD.iter().filter(|(old, _)| NEW.iter().any(|(new, _)| new == old)) {
        let root = on_disk(OLD);
        let before = state(root.path());
        // What may not be replaced may be read: it gets among the backups.
        let kept = Cell::new(false);
        let hook = |path: &Path| match path.ends_with(fixed) && kept.replace(true) {
            true => Err(io::Error::from(ErrorKind::PermissionDenied)),
            false => Ok(()),
        };
        if write_with(root.path(), &set(NEW), &hook).is_err() {
            assert_eq!(state(root.path()), before, "{fixed}");
            assert!(!interrupted(root.path()), "{fixed}");
            failed += 1;
        }
    }
    assert!(failed > 0, "nothing was to be replaced");
}

/// Writes until a change of the disk, as if killed then. Also tells how far it came.
pub(super) fn kill_at(root: &Path, set: &FileSet, killed: usize) -> (usize, Option<Written>) {
    write_with_events(root, set, |number| (number == killed).then_some(Event::Kill))
}

/// Contents alone, for states that were reached on different ways.
fn contents(root: &Path) -> BTreeMap<PathBuf, Option<String>> {
    let text = |file: Option<(String, SystemTime)>| file.map(|(text, _)| text);
    state(root).into_iter().map(|(path, file)| (path, text(file))).collect()
}

/// What `OLD` becomes when `NEW` is written.
fn new_contents() -> BTreeMap<PathBuf, Option<String>> {
    let root = on_disk(OLD);
    write(root.path(), &set(NEW)).unwrap();
    contents(root.path())
}

#[test]
fn a_failure_at_any_step_leaves_everything_as_it_was() {
    for failing in 0.. {
        let root = on_disk(OLD);
        let before = state(root.path());
        let event = |number| (number == failing).then_some(Event::Fail);
        let (count, result) = write_with_events(root.path(), &set(NEW), event);
        assert!(!interrupted(root.path()));
        match result.unwrap() {
            Err(findings) => {
                assert_eq!(state(root.path()), before, "step {failing}");
                assert!(only(findings).starts_with("error[workspace-write]: cannot "));
            }
            // Removing what is left of a write that is done may fail.
            Ok(_) => assert_eq!(contents(root.path()), new_contents(), "step {failing}"),
        }
        if count <= failing {
            assert!(failing > 20, "only {failing} steps");
            return;
        }
    }
}

#[test]
fn a_kill_at_any_step_ends_as_old_or_new() {
    for killed in 0.. {
        let root = on_disk(OLD);
        let old = contents(root.path());
        let event = |number| (number == killed).then_some(Event::Kill);
        let (_, result) = write_with_events(root.path(), &set(NEW), event);
        let decided = interrupted(root.path());
        let note = recover(root.path()).unwrap();
        assert_eq!(note.is_some(), decided);
        assert!(!interrupted(root.path()));
        let now = contents(root.path());
        assert!(now == new_contents() || (now == old && !decided), "step {killed}: {now:?}");
        write(root.path(), &set(NEW)).unwrap();
        assert_eq!(contents(root.path()), new_contents(), "step {killed}");
        let remains = fs::read_dir(root.path().join(lock::STATE)).unwrap();
        assert_eq!(remains.count(), 1, "only the lock is left after step {killed}");
        if result.is_some() {
            return;
        }
    }
}

#[test]
fn what_can_neither_be_done_nor_undone_is_completed_later() {
    for failing in 0.. {
        let root = on_disk(OLD);
        let event = |number| (number >= failing).then_some(Event::Fail);
        let (count, result) = write_with_events(root.path(), &set(NEW), event);
        if interrupted(root.path()) {
            let findings = result.unwrap().unwrap_err();
            assert!(findings[0].why.starts_with("Nor could it be undone: cannot "));
            recover(root.path()).unwrap();
            assert_eq!(contents(root.path()), new_contents(), "step {failing}");
        }
        if count <= failing {
            return;
        }
    }
}

/// A workspace in which the first file is in its place and the rest is not.
fn half_written() -> TempDir {
    let at = |killed| {
        let root = on_disk(OLD);
        let event = |number| (number == killed).then_some(Event::Kill);
        write_with_events(root.path(), &set(NEW), event);
        root
    };
    let root = (0..).map(at).find(|root| root.path().join("crates/a/mod/deep/x.rs").exists());
    let root = root.unwrap();
    assert!(interrupted(root.path()) && !root.path().join("crates/b/src/lib.rs").exists());
    root
}

#[test]
fn a_write_that_cannot_be_completed_is_undone() {
    let root = half_written();
    let blocked = root.path().join("crates/b/src/lib.rs");
    fs::create_dir_all(&blocked).unwrap();
    let error = recover(root.path()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "error[workspace-write]: cannot replace `crates/b/src/lib.rs`: is a directory"
    );
    fs::remove_dir_all(root.path().join("crates/b")).unwrap();
    assert_eq!(contents(root.path()), contents(on_disk(OLD).path()));
}

#[test]
fn a_journal_that_cannot_be_trusted_is_not_followed() {
    let journals = [
        "",
        "{}",
        r#"{"version": 2, "steps": []}"#,
        r#"{"version": 1, "steps": [{"remove": "../x"}]}"#,
        r#"{"version": 1, "steps": [{"explode": "x"}]}"#,
    ];
    for journal in journals {
        let root = on_disk(&[(journal::FILE, journal), ("crates/a/x", "")]);
        let before = state(root.path());
        assert!(recover(root.path()).is_err(), "{journal}");
        assert!(write(root.path(), &set(NEW)).is_err(), "{journal}");
        assert_eq!(state(root.path()), before);
    }
}

/// Few names and few contents, so that sets meet.
fn some_files() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    const PATHS: [&str; 6] =
        ["crates/a/x", "crates/a/y", "crates/a/y/z", "crates/a/y/w/v", "crates/b/x", "crates/b/y"];
    let path = prop::sample::select(&PATHS[..]);
    let content = prop::sample::select(&["", "0", "1"][..]);
    proptest::collection::btree_map(path, content, 0..6)
        .prop_filter("a file is no folder", |files| {
            let inside = |path: &str, folder: &str| path.starts_with(&format!("{folder}/"));
            !files.keys().any(|path| files.keys().any(|other| inside(other, path)))
        })
        .prop_map(|files| files.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_kill_while_a_failure_is_undone_ends_as_old_or_new(
        failing in 0..40usize,
        later in 1..30usize,
    ) {
        let root = on_disk(OLD);
        let old = contents(root.path());
        let event = |number| match number {
            _ if number == failing => Some(Event::Fail),
            _ if number == failing + later => Some(Event::Kill),
            _ => None,
        };
        write_with_events(root.path(), &set(NEW), event);
        recover(root.path()).unwrap();
        let now = contents(root.path());
        prop_assert!(now == old || now == new_contents(), "{:?}", now);
    }

    #[test]
    fn any_set_is_written_over_any_other(
        old in some_files(),
        new in some_files(),
        killed in 0..40usize,
    ) {
        let root = on_disk(&old);
        let wanted = set(&new);
        let before = state(root.path());
        let event = |number| (number == killed).then_some(Event::Kill);
        if let Some(Err(_)) = write_with_events(root.path(), &wanted, event).1 {
            // A folder is where a file has to be.
            prop_assert_eq!(state(root.path()), before);
            return Ok(());
        }
        recover(root.path()).unwrap();
        write(root.path(), &wanted).unwrap();
        prop_assert!(compare(root.path(), &wanted).unwrap().is_empty());
        let after = state(root.path());
        for (path, file) in after.iter().filter(|(path, _)| path.starts_with(OWNED)) {
            let path = Utf8Path::from_path(path).unwrap();
            prop_assert!(file.is_none() || wanted.files.contains_key(path));
        }
        prop_assert!(write(root.path(), &wanted).unwrap().is_empty());
        prop_assert_eq!(state(root.path()), after);
    }
}
