//! Files as they are in a revision of the repository, by asking `git`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use camino::Utf8PathBuf;

use crate::finding::{Finding, Kind};
use crate::sanitize::plain_line;

/// Where work branches off from, unless said otherwise: the first that there is.
const MAIN: &[&str] = &["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/// A revision of the repository that a workspace is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// What was asked for.
    pub asked: String,
    /// The commit, in full.
    pub commit: String,
}

/// The revision of the given name, or the merge base with the main branch.
pub fn base(root: &Path, asked: Option<&str>) -> Result<Revision, Finding> {
    if let Some(asked) = asked {
        // An option in place of a revision would be carried out.
        let named = format!("{asked}^{{commit}}");
        let commit = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &named]);
        return match commit {
            Ok(commit) => Ok(Revision { asked: asked.to_owned(), commit }),
            Err(says) => Err(unknown(root, asked, &says)),
        };
    }
    for branch in MAIN {
        if git(root, &["rev-parse", "--verify", "--quiet", branch]).is_ok() {
            return match git(root, &["merge-base", "HEAD", branch]) {
                Ok(commit) => Ok(Revision { asked: format!("merge base with {branch}"), commit }),
                Err(says) => Err(unknown(root, branch, &says)),
            };
        }
    }
    Err(unknown(root, "main", ""))
}

/// The files of a revision below the given folders of the workspace, by path. Links and submodules are left out.
pub fn files(
    root: &Path,
    revision: &Revision,
    folders: &[&str],
) -> Result<BTreeMap<Utf8PathBuf, Vec<u8>>, Finding> {
    let mut arguments = vec!["ls-tree", "-r", "-z", &revision.commit, "--"];
    arguments.extend(folders);
    let listed = git(root, &arguments).map_err(|says| unreadable(revision, &says))?;
    let entries: Vec<(&str, &str)> = listed.split('\0').filter_map(entry).collect();
    let objects: String = entries.iter().map(|(object, _)| format!("{object}\n")).collect();
    let output = batch(root, objects).map_err(|says| unreadable(revision, &says))?;
    let mut rest = output.as_slice();
    let mut files = BTreeMap::new();
    for (_, path) in entries {
        let (content, after) = object(rest)
            .ok_or_else(|| unreadable(revision, &format!("git does not give `{path}`")))?;
        files.insert(Utf8PathBuf::from(path), content.to_vec());
        rest = after;
    }
    Ok(files)
}

/// Whether anything in a folder of the workspace is not as it was in a revision.
pub fn is_changed(root: &Path, revision: &Revision, folder: &str) -> Result<bool, Finding> {
    // What a repository says of how its files are shown is not asked.
    let asked =
        ["diff", "--name-only", "--no-ext-diff", "--no-textconv", &revision.commit, "--", folder];
    let changed = git(root, &asked).map_err(|says| unreadable(revision, &says))?;
    Ok(!changed.is_empty())
}

/// `100644 blob <object>\t<path>`, for regular files alone.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (about, path) = line.split_once('\t')?;
    let (mode, object) = about.split_once(" blob ")?;
    mode.starts_with("100").then_some((object, path))
}

/// `<object> blob <size>\n<content>\n`
fn object(output: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = output.iter().position(|byte| *byte == b'\n')?;
    let header = std::str::from_utf8(output.get(..end)?).ok()?;
    let size: usize = header.rsplit(' ').next()?.parse().ok()?;
    let content = output.get(end + 1..)?.get(..size)?;
    Some((content, output.get(end + 1 + size + 1..)?))
}

fn batch(root: &Path, objects: String) -> Result<Vec<u8>, String> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let input = child.stdin.take();
    // Both pipes are of limited size, so the names are written while the contents are read.
    let writer = thread::spawn(move || input.map(|mut it| it.write_all(objects.as_bytes())));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let _ = writer.join();
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err("git cat-file failed".to_owned()),
    }
}

/// The standard output of git without the last line end, or what it says to the standard error.
fn git(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output();
    let output = output.map_err(|error| format!("cannot run git: {error}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}

fn unknown(root: &Path, asked: &str, says: &str) -> Finding {
    let shallow = git(root, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|it| it == "true");
    let inside = git(root, &["rev-parse", "--git-dir"]).is_ok();
    let says = if says.is_empty() { String::new() } else { format!(": {}", plain_line(says, 300)) };
    let finding =
        Finding::error(Kind::NoBase, format!("cannot find `{asked}` to compare with{says}"));
    match (inside, shallow) {
        (false, _) => finding.help(
            "This is no git repository: name two files or folders, `cargo xtask diff OLD NEW`.",
        ),
        (true, true) => finding.help(
            "This clone is shallow. Fetch what is missing with `git fetch --unshallow origin`, and \
             the main branch with `git fetch origin main`; or name a revision that is there with \
             `--base REV`.",
        ),
        (true, false) => finding
            .help("Name a revision with `--base REV`; `git branch --all` lists the branches."),
    }
}

fn unreadable(revision: &Revision, says: &str) -> Finding {
    let short = revision.commit.get(..12).unwrap_or(&revision.commit);
    Finding::error(Kind::NoBase, format!("cannot read revision {short}: {}", plain_line(says, 300)))
        .help("In a partial or shallow clone, fetch the revision first: `git fetch origin REV`.")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn run(root: &Path, arguments: &[&str]) {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let all: Vec<&str> = identity.iter().chain(arguments).copied().collect();
        git(root, &all).unwrap();
    }

    /// A repository with a commit on `main` and another on the branch that is checked out.
    fn repository() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        run(root, &["init", "--quiet", "--initial-branch=main"]);
        fs::create_dir_all(root.join("specs/a")).unwrap();
        fs::write(root.join("specs/a/page one.md"), "one\r\n\0").unwrap();
        fs::write(root.join("other"), "other").unwrap();
        run(root, &["add", "--all"]);
        run(root, &["commit", "--quiet", "--message=one"]);
        run(root, &["checkout", "--quiet", "-b", "work"]);
        fs::write(root.join("specs/a/page one.md"), "two").unwrap();
        run(root, &["commit", "--quiet", "--all", "--message=two"]);
        folder
    }

    #[test]
    fn the_base_is_where_work_branched_off() {
        let folder = repository();
        let base = base(folder.path(), None).unwrap();
        let files = files(folder.path(), &base, &["specs", "crates"]).unwrap();
        let expected = BTreeMap::from([("specs/a/page one.md".into(), b"one\r\n\0".to_vec())]);
        assert_eq!(files, expected);
        assert_eq!(base.asked, "merge base with main");
    }

    #[test]
    fn a_revision_can_be_named() {
        let folder = repository();
        let base = base(folder.path(), Some("HEAD")).unwrap();
        let files = files(folder.path(), &base, &["specs"]).unwrap();
        assert_eq!(files.values().next().map(Vec::as_slice), Some(b"two".as_slice()));
        let error = super::base(folder.path(), Some("--help")).unwrap_err();
        assert!(error.what.starts_with("cannot find `--help` to compare with"), "{}", error.what);
    }

    #[test]
    fn a_shallow_clone_is_told_what_to_fetch() {
        let (folder, clone) = (repository(), tempfile::tempdir().unwrap());
        run(folder.path(), &["checkout", "--quiet", "main"]);
        let from = format!("file://{}", folder.path().display());
        let to = clone.path().join("clone");
        run(
            clone.path(),
            &["clone", "--quiet", "--depth=1", "--branch=work", &from, to.to_str().unwrap()],
        );
        for asked in [None, Some("HEAD~1")] {
            let error = base(&to, asked).unwrap_err();
            assert!(error.help.contains("git fetch --unshallow origin"), "{}", error.help);
        }
    }

    #[test]
    fn outside_of_a_repository_files_can_be_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = base(folder.path(), None).unwrap_err();
        assert!(error.help.contains("cargo xtask diff OLD NEW"), "{}", error.help);
    }
}
