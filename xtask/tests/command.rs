//! The command as a shell sees it: exit statuses, and what goes to which stream.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const CONFIG: &str = "title = 'A'\n";
const PAGE: &str = "\
openapi: 3.1.0
info: { title: A, version: '1' }
servers: [{ url: 'https://a.example.com' }]
paths:
  /ping:
    get:
      operationId: ping
      responses: { '204': { description: Done } }
";

/// A workspace with one API.
fn workspace() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("specs/a")).unwrap();
    fs::write(root.path().join("specs/a/api.toml"), CONFIG).unwrap();
    fs::write(root.path().join("specs/a/page.yaml"), PAGE).unwrap();
    root
}

/// Exit status, standard output, standard error.
fn run(root: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.arg("--root").arg(root).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn done_stale_failed_and_wrong_usage_are_told_apart() {
    let root = workspace();
    let (status, out, err) = run(root.path(), &["generate", "--check"]);
    assert_eq!((status, err.as_str()), (4, ""), "{out}");
    assert!(out.contains("missing  crates/bindery-a/Cargo.toml\n"), "{out}");
    assert!(out.ends_with(": run `cargo xtask generate` and commit the result.\n"), "{out}");

    let (status, out, err) = run(root.path(), &["generate"]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    assert!(out.starts_with("API ") && out.contains(" written, 0 removed.\n"), "{out}");

    let (status, out, _) = run(root.path(), &["generate", "--check", "a"]);
    assert_eq!(status, 0);
    assert!(out.ends_with(" files: up to date.\n"), "{out}");

    let (status, out, err) = run(root.path(), &["list"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("https://a.example.com"), "{out}");

    fs::write(root.path().join("specs/a/page.yaml"), "openapi: [").unwrap();
    for command in ["generate", "list"] {
        let (status, _, err) = run(root.path(), &[command]);
        assert_eq!(status, 1, "{err}");
        assert!(err.contains("error[syntax]") && err.contains("specs/a/page.yaml:1:"), "{err}");
        assert!(!err.contains('\u{1b}'), "no colours where there is no terminal: {err:?}");
    }

    assert_eq!(run(root.path(), &["generate", "--chek"]).0, 2);
    assert_eq!(run(root.path(), &[]).0, 2);
}

/// The files in a folder, by path, and what they say. Links are shown and not followed.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            match path.is_dir() && !path.is_symlink() {
                true => waiting.push(path),
                false => {
                    let text = fs::read_to_string(&path).unwrap_or_default();
                    found.push(format!("{}: {text}", path.display()));
                }
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_folder_that_is_not_its_own_is_left_as_it_is() {
    let root = workspace();
    let folder = |name: &str| root.path().join(name).display().to_string();
    fs::create_dir_all(folder("documents")).unwrap();
    fs::write(root.path().join("documents/good.yaml"), PAGE).unwrap();
    for path in ["out/good/notes.txt", "out/Cargo.toml", "out/target/plain/x", "elsewhere/lib.rs"] {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "mine").unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("../../elsewhere", root.path().join("out/good/src")).unwrap();
    let before = files(root.path());
    let (documents, out) = (folder("documents"), folder("out"));
    let bindery = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    for command in [&["corpus", &documents][..], &["agreement", &documents], &["cost"]] {
        let (status, printed, err) = run(bindery, &[command, &["--out", &out]].concat());
        assert_eq!((status, printed.as_str()), (1, ""), "{command:?}");
        // Long lines are folded.
        let said = err.split_whitespace().filter(|it| *it != "│").collect::<Vec<_>>().join(" ");
        assert!(said.contains("is not empty, and was not made by this command"), "{said}");
        assert!(said.contains("help: Name a folder that is empty"), "{said}");
        assert_eq!(files(root.path()), before, "{command:?}");
    }
}

#[test]
fn a_report_that_cannot_be_written_is_refused_before_any_crate_is_made() {
    let root = workspace();
    let path = |name: &str| root.path().join(name).display().to_string();
    fs::create_dir_all(path("documents")).unwrap();
    fs::write(path("documents/good.yaml"), PAGE).unwrap();
    let report = path("none/report.json");
    let (documents, out) = (path("documents"), path("out"));
    let bindery = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let arguments = ["corpus", &documents, "--out", &out, "--report"];
    for report in [&documents, &report] {
        let (status, printed, err) = run(bindery, &[&arguments[..], &[report]].concat());
        assert_eq!((status, printed.as_str()), (1, ""), "{report}");
        assert!(err.contains("error[output]"), "{err}");
        assert!(files(Path::new(&out)).iter().all(|it| it.contains(".bindery-output")), "{out}");
    }
    // One beside the crates is as good as any.
    let report = path("out/report.json");
    let (status, ..) = run(bindery, &[&arguments[..], &[&report]].concat());
    assert_eq!(status, 0);
    assert!(Path::new(&report).is_file());
}

#[test]
fn a_folder_without_apis_is_no_workspace() {
    let empty = tempfile::tempdir().unwrap();
    let (status, out, err) = run(empty.path(), &["generate"]);
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(err.contains("`specs`") || err.contains("`specs/`"), "{err}");
}

/// Lines that GitHub would carry out, wherever they are from.
fn commands(log: &str) -> Vec<&str> {
    let is_command = |line: &&str| line.trim_start().starts_with("::") || line.contains("##[");
    log.split(['\n', '\r']).filter(is_command).collect()
}

#[test]
fn no_text_of_a_page_is_a_command_to_a_log() {
    let hostile = "x ##[stop-commands]y\\n::add-mask::z\\r  ::error::w";
    let root = workspace();
    let page = |description: &str| {
        PAGE.replace(
            "get:\n",
            &format!("get:\n      summary: \"{description}\"\n      tags: [\"{description}\"]\n"),
        )
        .replace("description: Done", &format!("description: \"{description}\""))
    };
    let path = root.path().join("specs/a/page.yaml");
    // What it says is in findings, in the sentences of changes, and in their values.
    let old = page("a").replace("/ping", "/##[set-env]ping");
    fs::write(
        &path,
        old.replace(
            "responses:",
            &format!("parameters: [{{ name: \"{hostile}\", in: query }}]\n      responses:"),
        ),
    )
    .unwrap();
    let new = root.path().join("::new.yaml");
    fs::write(&new, page(hostile).replace("'204'", "'205'")).unwrap();
    let (old, new) = (path.to_str().unwrap(), new.to_str().unwrap());
    for arguments in [
        &["generate", "--check"][..],
        &["generate"],
        &["list"],
        &["diff", old, new, "--format", "text"],
        &["diff", old, new, "--format", "markdown"],
        &["diff", old, new, "--format", "json"],
        &["diff", old, new, "--format", "html"],
        &["diff", old, "##[error]"],
        &["generate", "\n::add-mask::a", "##[error]b"],
        &["generate", "--\n::error::"],
        &["\n::error::"],
    ] {
        let (_, out, err) = run(root.path(), arguments);
        assert_eq!(commands(&(out + "\n" + &err)), [""; 0], "{arguments:?}");
    }
    // Those that are meant to be commands are, and hold no others.
    let (_, out, _) = run(root.path(), &["diff", old, new, "--format", "github"]);
    let lines: Vec<&str> = out.lines().collect();
    assert!(!lines.is_empty() && !out.contains("##["), "{out}");
    for line in lines {
        let level = line.strip_prefix("::").and_then(|it| it.split([' ', ':']).next());
        assert!(matches!(level, Some("error" | "warning" | "notice")), "{line}");
    }
}

#[test]
fn json_on_the_standard_output_says_what_the_file_says() {
    let root = workspace();
    let old = root.path().join("specs/a/page.yaml");
    let new = root.path().join("new.yaml");
    fs::write(&new, PAGE.replace("/ping", "/##[x]\u{202e}ping")).unwrap();
    let out = root.path().join("report.json");
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    let (_, printed, _) = run(root.path(), &["diff", old, new, "--format", "json"]);
    run(root.path(), &["diff", old, new, "--format", "json", "--out", out.to_str().unwrap()]);
    assert_eq!(printed, fs::read_to_string(out).unwrap());
    let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let operations =
        report["changes"].as_array().unwrap().iter().map(|it| it["operation"].as_str());
    assert!(operations.flatten().any(|it| it == "GET /##[x]\u{202e}ping"), "{printed}");
}

#[cfg(unix)]
mod pipes {
    use std::process::{Child, Stdio};
    use std::thread;
    use std::time::{Duration, Instant};

    use super::*;

    /// How long a command may take, on a busy machine as well.
    const LIMIT: Duration = Duration::from_secs(60);

    /// Exit status and standard error of a command that ends by itself.
    fn run(root: &Path, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("--root").arg(root).args(arguments);
        let mut child: Child =
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let start = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if start.elapsed() > LIMIT {
                child.kill().unwrap();
                panic!("{arguments:?} waits");
            }
            thread::sleep(Duration::from_millis(5));
        }
        let output = child.wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    #[test]
    fn no_command_waits_for_a_pipe_in_place_of_a_file() {
        let root = workspace();
        let at = |path: &str| root.path().join(path);
        fs::write(at("Cargo.toml"), "[workspace]\nmembers = ['crates/*']\n").unwrap();
        fs::create_dir_all(at("crates/other")).unwrap();
        let (status, err) = run(root.path(), &["generate"]);
        assert_eq!(status, 0, "{err}");
        // With what `generate` says of it.
        for (path, says) in [
            ("specs/a/page.yaml", "is a link or a special file"),
            ("specs/a/api.toml", "is a link or a special file"),
            ("specs/a/release.toml", "is a link or a special file"),
            ("specs/a/surface.txt", "is a link or a special file"),
            ("crates/bindery-a/Cargo.toml", "is there and is no file"),
            ("crates/bindery-a/README.md", "is there and is no file"),
            ("crates/bindery-a/src/lib.rs", "is there and is no file"),
            ("crates/bindery-gone/Cargo.toml", ": it is not a regular file"),
            ("crates/other/Cargo.toml", ": it is not a regular file"),
            ("Cargo.toml", ": it is not a regular file"),
            (".bindery/journal.json", ": it is not a regular file"),
            // It is an orphan, and goes.
            ("crates/bindery-a/src/new.rs", ""),
            // They are not read, as nothing is to be written.
            (".bindery/lock", ""),
            ("Cargo.lock", ""),
            ("CHANGELOG.md", ""),
        ] {
            let (place, kept) = (at(path), at("kept"));
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            let was_there = fs::rename(&place, &kept).is_ok();
            let pipe = || assert!(Command::new("mkfifo").arg(&place).status().unwrap().success());
            pipe();
            let argument = place.to_string_lossy();
            let (status, err) =
                run(root.path(), &["diff", &argument, &at("specs/a").to_string_lossy()]);
            assert!(status == 1 && err.contains("is a link or a special"), "{path}: {err}");
            for arguments in
                [&["generate", "--check"][..], &["list"], &["bump", "--dry-run"], &["bump"]]
            {
                run(root.path(), arguments);
            }
            if !place.exists() {
                pipe();
            }
            let (status, err) = run(root.path(), &["generate"]);
            let expected = if says.is_empty() { 0 } else { 1 };
            assert!(status == expected && err.contains(says), "{path}: {status} {err}");
            drop(fs::remove_file(&place));
            if was_there {
                fs::rename(&kept, &place).unwrap();
            }
        }
        let (status, err) =
            run(root.path(), &["diff", "/dev/zero", &at("specs/a").to_string_lossy()]);
        assert!(status == 1 && err.contains("is a link or a special file"), "{err}");
    }
}
