//! Whether cargo could load the workspace, at each moment of a write and before it.

use std::cell::Cell;
use std::io::{self, ErrorKind};

use toml::Value;

use super::*;

/// The manifest of a crate with a feature.
fn manifest(name: &str, version: &str, feature: &str) -> String {
    format!(
        "# {PREAMBLE}\n[package]\nname = \"{name}\"\nversion = \"{version}\"\n[features]\n{feature} = []\n"
    )
}

/// The manifest of a crate that names others: each with its version and a feature of it.
fn facade(version: &str, clients: &[(&str, &str, &str)]) -> String {
    let asked = clients.iter().map(|(name, _, feature)| format!("\"{name}?/{feature}\", "));
    let named = clients.iter().map(|(name, version, _)| {
        format!("{name} = {{ version = \"{version}\", path = \"../{name}\", optional = true }}\n")
    });
    let (asked, named) = (asked.collect::<String>(), named.collect::<String>());
    format!(
        "# {PREAMBLE}\n[package]\nname = \"facade\"\nversion = \"{version}\"\n[features]\nall = [{asked}]\n\
         [dependencies]\nruntime.workspace = true\n{named}"
    )
}

fn root_manifest(version: &str) -> String {
    let runtime = format!("runtime = {{ path = \"crates/runtime\", version = \"{version}\" }}");
    format!("[workspace]\nmembers = [\"crates/*\"]\n[workspace.dependencies]\n{runtime}\n")
}

/// Manifests by folder, each with sources and an unlike file beside.
fn workspace(root: &str, crates: &[(&str, String)]) -> Vec<(String, String)> {
    let mut files = vec![("Cargo.toml".to_owned(), root_manifest(root))];
    for (name, manifest) in crates {
        files.push((format!("crates/{name}/Cargo.toml"), manifest.clone()));
        files.push((format!("crates/{name}/src/lib.rs"), format!("// {PREAMBLE}\n// {root}\n")));
        files.push((format!("crates/{name}/src/deep/{root}.rs"), String::new()));
    }
    files
}

/// Of the crates, one goes, one comes, and one gets another version and another feature; all that name them follow.
fn old_and_new() -> (TempDir, FileSet) {
    let old = workspace(
        "0.1.0",
        &[
            ("alpha", manifest("alpha", "0.1.0", "mock")),
            ("beta", manifest("beta", "0.1.0", "mock")),
            ("facade", facade("0.1.0", &[("alpha", "0.1.0", "mock"), ("beta", "0.1.0", "mock")])),
            ("runtime", manifest("runtime", "0.1.0", "mock")),
        ],
    );
    let new = workspace(
        "0.2.0",
        &[
            ("alpha", manifest("alpha", "0.2.0", "test")),
            ("facade", facade("0.2.0", &[("alpha", "0.2.0", "test"), ("gamma", "0.1.0", "mock")])),
            ("gamma", manifest("gamma", "0.1.0", "mock")),
            ("runtime", manifest("runtime", "0.2.0", "mock")),
        ],
    );
    let old: Vec<_> = old.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let files = new.into_iter().map(|(path, text)| (path.into(), text)).collect();
    let owned = ["alpha", "beta", "gamma"].map(|name| Utf8Path::new("crates").join(name));
    (on_disk(&old), FileSet { files, owned: owned.into_iter().collect() })
}

/// What keeps cargo from loading the workspace, as far as that is known here.
fn broken(root: &Path) -> Option<String> {
    let read = |folder: &Path| -> Result<toml::Table, String> {
        let path = folder.join("Cargo.toml");
        let text = fs::read_to_string(&path).map_err(|error| format!("{path:?}: {error}"))?;
        text.parse().map_err(|error| format!("{path:?}: {error}"))
    };
    let check = |folder: &Path,
                 table: &toml::Table,
                 within: Option<&Value>|
     -> Result<(), String> {
        let dependencies = within.and_then(|it| it.get("dependencies")).and_then(Value::as_table);
        for (name, dependency) in dependencies.into_iter().flatten() {
            let Some(path) = dependency.get("path").and_then(Value::as_str) else { continue };
            let named = read(&folder.join(path))?;
            let version = named["package"]["version"].as_str().unwrap().parse().unwrap();
            let wanted = dependency.get("version").and_then(Value::as_str).unwrap_or("*");
            if !semver::VersionReq::parse(wanted).unwrap().matches(&version) {
                return Err(format!("{folder:?} wants {name} {wanted}, which is {version}"));
            }
            let features = table.get("features").and_then(Value::as_table).into_iter().flatten();
            let asked = features.flat_map(|(_, list)| list.as_array().unwrap());
            let prefix = format!("{name}?/");
            for feature in asked.filter_map(|it| it.as_str().unwrap().strip_prefix(&prefix)) {
                if named["features"].get(feature).is_none() {
                    return Err(format!("{folder:?} wants {name} with {feature}"));
                }
            }
        }
        Ok(())
    };
    let all = || -> Result<(), String> {
        let table = read(root)?;
        check(root, &table, table.get("workspace"))?;
        for item in fs::read_dir(root.join("crates")).unwrap() {
            let folder = item.unwrap().path();
            let table = read(&folder)?;
            if !folder.join("src/lib.rs").is_file() {
                return Err(format!("{folder:?} has no sources"));
            }
            check(&folder, &table, Some(&Value::Table(table.clone())))?;
        }
        Ok(())
    };
    all().err()
}

/// Writes, fails at the given change of the disk, and looks before each that comes after. Tells how many there were, and
/// whether it was written.
fn write_and_look(root: &Path, set: &FileSet, failing: Option<usize>) -> (usize, bool) {
    let count = Cell::new(0);
    let hook = |_: &Path| {
        let number = count.replace(count.get() + 1);
        if failing.is_none_or(|failing| number > failing) {
            assert_eq!(broken(root), None, "change {number}, after a failure of {failing:?}");
        }
        if failing == Some(number) { Err(io::Error::from(ErrorKind::StorageFull)) } else { Ok(()) }
    };
    let written = write_with(root, set, &hook).is_ok();
    assert_eq!(broken(root), None, "after a failure of {failing:?}");
    (count.get(), written)
}

#[test]
fn a_workspace_can_be_loaded_at_each_moment_of_a_write_and_of_undoing_it() {
    let (root, set) = old_and_new();
    assert_eq!(broken(root.path()), None);
    let (count, _) = write_and_look(root.path(), &set, None);
    assert!(compare(root.path(), &set).unwrap().is_empty());
    assert!(!root.path().join("crates/beta").exists() && count > 30, "{count} changes");
    for failing in 0..count {
        let (root, set) = old_and_new();
        let before = state(root.path());
        let (_, written) = write_and_look(root.path(), &set, Some(failing));
        assert!(written || state(root.path()) == before, "change {failing}");
    }
}

#[test]
fn a_workspace_can_be_loaded_while_a_write_that_was_stopped_is_completed() {
    for killed in 0.. {
        let (root, set) = old_and_new();
        let (count, _) = super::interruption::kill_at(root.path(), &set, killed);
        let look = |_: &Path| broken(root.path()).map_or(Ok(()), |it| Err(io::Error::other(it)));
        look(root.path()).unwrap();
        recover_with(root.path(), &look).unwrap();
        write_with(root.path(), &set, &look).unwrap();
        assert!(compare(root.path(), &set).unwrap().is_empty());
        if killed >= count {
            return;
        }
    }
}

#[test]
fn empty_folders_in_a_crate_that_goes_do_not_keep_it() {
    let (root, set) = old_and_new();
    fs::create_dir_all(root.path().join("crates/beta/src/empty/deep")).unwrap();
    write(root.path(), &set).unwrap();
    assert!(!root.path().join("crates/beta").exists());
}

#[test]
fn crates_that_somebody_names_are_not_removed() {
    let (root, set) = old_and_new();
    assert!(problems(root.path(), &set).is_empty());
    let hand = root.path().join("crates/hand");
    fs::create_dir_all(&hand).unwrap();
    let says = |dependency: &str| {
        let text = format!("[package]\nname = 'hand'\n[dev-dependencies]\n{dependency}\n");
        fs::write(hand.join("Cargo.toml"), text).unwrap();
        problems(root.path(), &set).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let error = "error[would-not-load]: `crates/hand/Cargo.toml`";
    assert_eq!(says("alpha = { path = '../alpha' }"), [""; 0]);
    let named = format!("{error} names `crates/beta`, which is to be removed");
    assert_eq!(says("beta = { path = '../alpha/../beta' }"), [named]);
    let version = format!("{error} asks for `crates/alpha` in version 0.1, which it will not have");
    assert_eq!(says("alpha = { path = '../alpha', version = '0.1' }"), [version]);
    fs::write(hand.join("Cargo.toml"), "[package]\nname = 'gamma'\n").unwrap();
    let shared = "`gamma` is also the package of `crates/hand/Cargo.toml`";
    assert_eq!(problems(root.path(), &set)[0].what, shared);
}

#[test]
fn a_crate_that_others_made_is_not_taken() {
    let (_, set) = old_and_new();
    for files in [
        &[("crates/gamma/notes.txt", "")][..],
        &[("crates/gamma/src/lib.rs", "mine")],
        &[("crates/facade/Cargo.toml", "mine"), ("crates/facade/src/lib.rs", "mine")],
    ] {
        let found = problems(on_disk(files).path(), &set);
        assert_eq!(found.len(), 1, "{files:?}");
        assert!(found[0].what.ends_with("is there, and was not generated"), "{files:?}");
    }
    let header = format!("// {PREAMBLE}");
    for files in [
        &[("crates/facade/README.md", "mine")][..],
        &[("crates/gamma/src/lib.rs", &header), ("crates/gamma/Cargo.toml", "<<<<<<<")],
    ] {
        assert!(problems(on_disk(files).path(), &set).is_empty(), "{files:?}");
    }
}

#[cfg(unix)]
#[test]
fn the_lock_and_the_folders_of_crates_are_no_links() {
    use std::os::unix::fs::symlink;
    for target in ["elsewhere", "nowhere"] {
        let (root, set) = old_and_new();
        fs::create_dir_all(root.path().join("elsewhere")).unwrap();
        symlink(format!("../{target}"), root.path().join("crates/gamma")).unwrap();
        let findings = write(root.path(), &set).unwrap_err();
        assert!(findings[0].what.ends_with("`crates/gamma` is a symbolic link"), "{findings:?}");
        fs::remove_file(root.path().join("crates/gamma")).unwrap();
        fs::create_dir(root.path().join(lock::STATE)).unwrap();
        symlink(format!("../{target}"), root.path().join(".bindery/lock")).unwrap();
        assert!(only(write(root.path(), &set).unwrap_err()).contains("is a symbolic link"));
        assert!(!root.path().join("nowhere").exists());
        assert_eq!(fs::read_dir(root.path().join("elsewhere")).unwrap().count(), 0);
    }
}
