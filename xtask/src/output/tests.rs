//! Folders that a command fills: whose they are, and what stays.

use tempfile::TempDir;

use super::*;

/// A folder with these files, each of which holds `theirs`.
fn folder(files: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "theirs").unwrap();
    }
    folder
}

fn claim(folder: &Path) -> Result<OutputFolder, Finding> {
    OutputFolder::claim(folder, Path::new("no workspace"))
}

/// Fills a folder with files that hold `ours`, as a command does.
fn fill(folder: &Path, files: &[&str]) -> Vec<String> {
    let mut out = claim(folder).unwrap();
    out.announce(files.iter().copied().map(Utf8Path::new)).unwrap();
    let failed = files.iter().filter_map(|path| out.write(Utf8Path::new(path), "ours").err());
    let failed = failed.map(|finding| finding.to_string()).collect();
    out.clean().unwrap();
    failed
}

/// What is in a folder, without the mark and the lock.
fn all(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(within) = waiting.pop() {
        for item in fs::read_dir(within).unwrap() {
            let path = item.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() && !path.is_symlink() {
                waiting.push(path);
            } else if ![mark::FILE, mark::LOCK].contains(&name.as_str()) {
                found.push(format!("{name}: {}", fs::read_to_string(path).unwrap_or_default()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn two_commands_cannot_fill_a_folder_at_once() {
    let folder = folder(&[]);
    let first = claim(folder.path()).unwrap();
    let refused = claim(folder.path()).unwrap_err();
    assert_eq!(refused.what, "another run of the generator is at work");
    drop(first);
    claim(folder.path()).unwrap();
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_lock_is_not_followed() {
    let (ours, theirs) = (folder(&[]), folder(&[]));
    fill(ours.path(), &["a.txt"]);
    let elsewhere = theirs.path().join("made");
    fs::remove_file(ours.path().join(mark::LOCK)).unwrap();
    std::os::unix::fs::symlink(&elsewhere, ours.path().join(mark::LOCK)).unwrap();
    assert!(claim(ours.path()).unwrap_err().what.contains("symbolic link"));
    assert!(!elsewhere.exists());
}

#[test]
fn a_folder_that_is_not_empty_and_has_no_mark_is_refused() {
    for files in [&["notes.txt"][..], &["good/src/lib.rs", "Cargo.toml"], &[mark::FILE]] {
        let folder = folder(files);
        let refused = claim(folder.path()).unwrap_err();
        assert!(
            refused.what.ends_with("is not empty, and was not made by this command"),
            "{refused}"
        );
        assert!(refused.help.contains("delete it"), "an earlier version left no mark");
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(
            (left, all(folder.path()).len()),
            (files.len(), files.iter().filter(|it| **it != mark::FILE).count())
        );
    }
    let file = folder(&["file"]);
    assert!(claim(&file.path().join("file")).unwrap_err().what.ends_with("is no folder"));
}

#[test]
fn what_an_earlier_run_made_goes_and_nothing_else() {
    let folder = folder(&[]);
    let out = folder.path().join("new/out");
    assert_eq!(fill(&out, &["a/src/lib.rs", "b/src/lib.rs", "Cargo.toml"]), [""; 0]);
    for path in ["a/notes.txt", "b/src/mine.rs", "mine.txt", "c/mine.txt"] {
        fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
        fs::write(out.join(path), "theirs").unwrap();
    }
    let before = fs::metadata(out.join("a/src/lib.rs")).unwrap().modified().unwrap();
    let refused = fill(&out, &["a/src/lib.rs", "c/mine.txt"]);
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(refused[0].ends_with("c/mine.txt` is there, and was not made here"), "{refused:?}");
    let left = [
        "a/notes.txt: theirs",
        "a/src/lib.rs: ours",
        "b/src/mine.rs: theirs",
        "c/mine.txt: theirs",
        "mine.txt: theirs",
    ];
    assert_eq!(all(&out), left);
    assert_eq!(fs::metadata(out.join("a/src/lib.rs")).unwrap().modified().unwrap(), before);
    fill(&out, &[]);
    assert!(!out.join("a/src").exists(), "emptied folders go");
    assert_eq!(all(&out).len(), 4);
}

#[test]
fn what_is_ours_is_replaced_whatever_became_of_it() {
    let folder = folder(&[]);
    fill(folder.path(), &["Cargo.lock"]);
    fs::write(folder.path().join("Cargo.lock"), "changed by cargo").unwrap();
    assert_eq!(fill(folder.path(), &["Cargo.lock"]), [""; 0]);
    assert_eq!(all(folder.path()), ["Cargo.lock: ours"]);
}

#[test]
fn what_a_run_made_that_was_stopped_is_known() {
    let folder = folder(&[]);
    let mut out = claim(folder.path()).unwrap();
    out.announce(["a/x", "a/y"].map(Utf8Path::new)).unwrap();
    out.write("a/x".into(), "half").unwrap();
    fs::write(folder.path().join(mark::NEW), "half").unwrap();
    drop(out);
    fill(folder.path(), &["b"]);
    assert_eq!(all(folder.path()), ["b: ours"]);
}

#[test]
fn what_is_given_up_is_removed() {
    let folder = folder(&[]);
    let mut out = claim(folder.path()).unwrap();
    out.write("a/x".into(), "").unwrap();
    out.write("ab/x".into(), "").unwrap();
    out.give_up("a".into());
    out.clean().unwrap();
    assert_eq!(all(folder.path()), ["ab/x: "]);
}

#[test]
fn paths_lead_nowhere_else() {
    let outer = folder(&["theirs"]);
    let mut out = claim(&outer.path().join("out")).unwrap();
    for path in ["../theirs", "/theirs", "", ".", "a/../../theirs", "a\nb"] {
        assert!(out.write(path.into(), "ours").is_err(), "{path}");
    }
    // A mark that somebody forged.
    let forged = BTreeSet::from(["../theirs", "/theirs"].map(|it| Listed::File(it.to_owned())));
    let place = out.path().to_owned();
    drop(out);
    mark::write(&place, &forged).unwrap();
    fill(&place, &[]);
    let left = all(outer.path());
    assert_eq!(left.len(), 3, "theirs, the mark and the lock: {left:?}");
    assert_eq!(fs::read_to_string(outer.path().join("theirs")).unwrap(), "theirs");
}

#[test]
fn a_folder_among_crates_or_pages_is_refused() {
    let root = folder(&["crates/a/Cargo.toml", "specs/a/api.toml"]);
    let others = "is not empty, and was not made by this command";
    for (path, said) in [
        ("crates/out", "is in `crates/` of the workspace"),
        ("crates", others),
        ("specs/a/out", "is in `specs/` of the workspace"),
        ("specs/a", others),
    ] {
        let refused = OutputFolder::claim(&root.path().join(path), root.path()).unwrap_err();
        assert!(refused.what.ends_with(&format!("{path}` {said}")), "{refused}");
    }
    // What is empty may be a folder of a crate to come.
    fs::create_dir(root.path().join("crates/empty")).unwrap();
    let refused = OutputFolder::claim(&root.path().join("crates/empty"), root.path()).unwrap_err();
    assert!(refused.what.contains(" is in `crates/` "), "{refused}");
    assert_eq!(all(root.path()).len(), 2);
    assert!(OutputFolder::claim(&root.path().join("target/out"), root.path()).is_ok());
}

#[test]
fn a_scratch_folder_is_empty_and_then_gone_unless_somebody_elses() {
    let folder = folder(&[]);
    let mut out = claim(folder.path()).unwrap();
    fs::create_dir_all(folder.path().join("target/theirs/x")).unwrap();
    assert!(out.scratch("target/theirs").unwrap_err().what.ends_with("was not made here"));
    let place = out.scratch("target/ours").unwrap().path();
    fs::create_dir_all(place.join("x")).unwrap();
    let scratch = out.scratch("target/ours").unwrap();
    assert!(!place.exists());
    fs::create_dir_all(place.join("x")).unwrap();
    drop(scratch);
    assert!(!place.exists() && folder.path().join("target/theirs/x").exists());
    // One that a run left that was killed.
    fs::create_dir_all(place.join("x")).unwrap();
    drop(out);
    assert!(claim(folder.path()).unwrap().scratch("target/ours").is_ok());
    assert!(!place.exists());
}

#[test]
fn a_file_that_is_named_is_replaced_and_others_stay() {
    let folder = folder(&["report.md", "other"]);
    let out = folder.path();
    write_file(&out.join("report.md"), "r").unwrap();
    write_files(&out.join("new"), &[("report.md", "r"), ("report.json", "r")]).unwrap();
    write_files(out, &[("report.json", "r")]).unwrap();
    let expected = [
        "new/report.json: r",
        "new/report.md: r",
        "other: theirs",
        "report.json: r",
        "report.md: r",
    ];
    assert_eq!(all(out), expected);
    assert!(write_file(out, "r").is_err(), "a folder");
    assert!(write_files(&out.join("other"), &[]).is_err(), "a file");
    assert!(
        write_file(&out.join("none/report.md"), "r").unwrap_err().what.starts_with("cannot write")
    );
}

/// A place that nobody can write, whoever runs the tests.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_said_with_its_place() {
    for path in ["/proc/out", "/proc/version/out"].map(Path::new) {
        let refused = claim(path).unwrap_err();
        assert!(
            refused.what.starts_with("cannot ") && refused.what.contains("`/proc/"),
            "{refused}"
        );
        assert!(write_file(path, "ours").unwrap_err().what.starts_with("cannot write `/proc/"));
        assert!(!refused.help.is_empty() && write_files(path, &[]).is_err());
    }
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_folder_or_a_mark_that_is_a_link_is_none() {
        let theirs = folder(&[]);
        let outer = folder(&[]);
        for target in [theirs.path(), Path::new("nowhere")] {
            let out = outer.path().join("out");
            symlink(target, &out).unwrap();
            for named in [out.clone(), out.join(""), out.join(".")] {
                assert!(claim(&named).unwrap_err().what.ends_with("out` is a symbolic link"));
                assert!(write_files(&named, &[("x", "ours")]).is_err());
            }
            fs::remove_file(out).unwrap();
        }
        assert_eq!(fs::read_dir(theirs.path()).unwrap().count(), 0);
        claim(theirs.path()).unwrap();
        let out = folder(&["notes.txt"]);
        symlink(theirs.path().join(mark::FILE), out.path().join(mark::FILE)).unwrap();
        assert!(claim(out.path()).unwrap_err().what.contains("is not empty"));
    }

    #[test]
    fn no_link_in_a_folder_is_followed() {
        let theirs = folder(&["file", "folder/lib.rs"]);
        let out = folder(&[]);
        fill(out.path(), &["a/lib.rs", "b/lib.rs", "c", "d/old"]);
        for path in ["a", "b", "d"] {
            fs::remove_dir_all(out.path().join(path)).unwrap();
        }
        fs::remove_file(out.path().join("c")).unwrap();
        for (path, target) in [("a", "folder"), ("d", "folder"), ("c", "file"), ("e", "nowhere")] {
            symlink(theirs.path().join(target), out.path().join(path)).unwrap();
        }
        let refused = fill(out.path(), &["a/lib.rs", "b/lib.rs", "c", "e", "e/x"]);
        assert_eq!(refused.len(), 4, "{refused:?}");
        assert!(refused.iter().all(|it| it.ends_with("is a symbolic link")), "{refused:?}");
        assert_eq!(all(theirs.path()), ["file: theirs", "folder/lib.rs: theirs"]);
        for path in ["a", "c", "d", "e"] {
            assert!(out.path().join(path).is_symlink(), "{path} is not ours to remove");
        }
    }

    #[test]
    fn a_scratch_folder_behind_a_link_is_left_alone() {
        let theirs = folder(&["plain/x"]);
        let out = folder(&[]);
        let mut ours = claim(out.path()).unwrap();
        drop(ours.scratch("target/plain").unwrap());
        symlink(theirs.path(), out.path().join("target")).unwrap();
        assert!(ours.scratch("target/plain").is_err());
        assert_eq!(all(theirs.path()), ["plain/x: theirs"]);
    }

    #[test]
    fn a_file_that_is_named_may_be_no_link() {
        let folder = folder(&["theirs"]);
        for target in ["theirs", "nowhere"] {
            let path = folder.path().join(format!("to-{target}"));
            symlink(target, &path).unwrap();
            assert!(write_file(&path, "ours").unwrap_err().what.ends_with("is a symbolic link"));
        }
        assert_eq!(fs::read_to_string(folder.path().join("theirs")).unwrap(), "theirs");
        assert!(!folder.path().join("nowhere").exists());
        write_file(Path::new("/dev/null"), "ours").unwrap();
    }

    #[test]
    fn a_second_name_of_a_file_keeps_its_content() {
        let folder = folder(&["theirs"]);
        let out = folder.path().join("out");
        fill(&out, &["a"]);
        fs::remove_file(out.join("a")).unwrap();
        fs::hard_link(folder.path().join("theirs"), out.join("a")).unwrap();
        fill(&out, &["a"]);
        assert_eq!(fs::read_to_string(folder.path().join("theirs")).unwrap(), "theirs");
    }
}

#[test]
fn a_way_back_from_a_folder_that_is_not_there_is_refused_before_anything_is_made() {
    let workspace = tempfile::tempdir().unwrap();
    fs::create_dir(workspace.path().join("crates")).unwrap();
    let out = workspace.path().join("target/../crates/x");
    let finding = OutputFolder::claim(&out, workspace.path()).map(drop).unwrap_err();
    assert!(finding.what.contains("`..`"), "{}", finding.what);
    assert!(!workspace.path().join("target").exists());
    assert!(!workspace.path().join("crates/x").exists());
    // Where the folder is there, it is clear what is meant.
    fs::create_dir(workspace.path().join("target")).unwrap();
    assert!(OutputFolder::claim(&out, workspace.path()).is_err());
    let beside = workspace.path().join("target/../out");
    assert!(OutputFolder::claim(&beside, workspace.path()).is_ok());
}

#[test]
fn what_a_run_left_that_was_killed_is_taken_up_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    // Before it had a mark.
    fs::write(folder.path().join(mark::NEW), "# Ma").unwrap();
    let mut out = OutputFolder::claim(folder.path(), Path::new("nowhere")).unwrap();
    // With a folder for the time of the run.
    std::mem::forget(out.scratch("target").unwrap());
    fs::create_dir_all(folder.path().join("target/left")).unwrap();
    drop(out);
    let mut out = OutputFolder::claim(folder.path(), Path::new("nowhere")).unwrap();
    out.clean().unwrap();
    drop(out.scratch("target").unwrap());
    assert!(!folder.path().join("target").exists());
}
