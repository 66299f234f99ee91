//! The documents of a folder: which files are OpenAPI documents, and what their crates are called.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use crate::read::text::MAX_BYTES;
use crate::regular_file;
use crate::short::{LONGEST, short};

/// A file that holds an OpenAPI document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The file's name without its ending.
    pub name: String,
    /// The folder of the crate: the same, or the package if that is no name for a folder.
    pub folder: String,
    /// The package, legal and unlike any other of the folder.
    pub package: String,
    /// The text.
    pub text: String,
}

/// What a folder holds.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The documents, ordered by name.
    pub documents: Vec<Document>,
    /// Files that hold no OpenAPI document, by name.
    pub skipped: Vec<String>,
    /// Links, which are not followed, by name.
    pub links: Vec<String>,
}

/// Reads all files of a folder, not those in folders below it.
pub fn read(folder: &Path) -> io::Result<Input> {
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let mut input = Input::default();
    let (mut names, mut folders, mut packages) = Default::default();
    for file in files {
        let (path, kind) = (file.path(), file.file_type()?);
        let Some(file_name) = path.file_name().and_then(|it| it.to_str()) else { continue };
        if kind.is_symlink() {
            input.links.push(file_name.to_owned());
        }
        if !kind.is_file() {
            continue;
        }
        // What is longer than a page may be is not even read.
        let is_too_long = file.metadata()?.len() > MAX_BYTES as u64;
        if is_too_long {
            input.skipped.push(file_name.to_owned());
            continue;
        }
        let stem = path.file_stem().and_then(|it| it.to_str()).unwrap_or(file_name);
        match regular_file::read(&path).map(String::from_utf8)? {
            Ok(text) if is_openapi(&text) => {
                let name = unused(stem.to_owned(), &mut names);
                let package = unused(package(&name), &mut packages);
                let folder = folder_name(&name, &package, &mut folders);
                input.documents.push(Document { name, folder, package, text });
            }
            _ => input.skipped.push(file_name.to_owned()),
        }
    }
    Ok(input)
}

/// Whether a text says of itself that it is an OpenAPI document, in JSON or in YAML.
fn is_openapi(text: &str) -> bool {
    let says = |line: &str| {
        let line = line.trim_start_matches(['\u{feff}', '{', ' ', '\t']);
        ["\"openapi\"", "'openapi'", "openapi"].iter().any(|key| {
            line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'))
        })
    };
    text.lines().any(says) || text.split(',').any(says)
}

/// A legal package name: `1password.com__events` becomes `corpus-1password-com-events`.
fn package(name: &str) -> String {
    let words: Vec<String> = name
        .split(|it: char| !it.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    short(format!("corpus-{}", words.join("-")), '-', LONGEST)
}

/// The document's name if it can be that of a folder, everywhere and beside what else is there; else the package's,
/// which can be. To some systems, upper and lower case are the same.
fn folder_name(name: &str, package: &str, taken: &mut BTreeSet<String>) -> String {
    const OF_CARGO: [&str; 3] = ["cargo.lock", "cargo.toml", "target"];
    const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];
    let lower = name.to_lowercase();
    let first = lower.split('.').next().unwrap_or_default();
    let numbered = first.len() == 4 && (first.starts_with("com") || first.starts_with("lpt"));
    // Members of a workspace are patterns.
    let legal = |it: char| it.is_alphanumeric() || "._-+@,= ".contains(it);
    let fits = name.len() <= LONGEST
        && name.chars().all(legal)
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && !(numbered || DEVICES.contains(&first) || OF_CARGO.contains(&lower.as_str()))
        // Packages have such names.
        && !lower.starts_with("corpus-");
    match fits && taken.insert(lower) {
        true => name.to_owned(),
        false => package.to_owned(),
    }
}

/// The wanted name, or it with the first number that makes it another than those taken.
fn unused(wanted: String, taken: &mut BTreeSet<String>) -> String {
    let mut name = wanted.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{wanted}-{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_from_other_files_by_what_they_say() {
        assert!(is_openapi("{\"info\": {}, \"openapi\": \"3.0.0\"}"));
        assert!(is_openapi("# spec\nopenapi: 3.1.0\n"));
        assert!(!is_openapi("{\"swagger\": \"2.0\"}"));
        assert!(!is_openapi("about openapi documents"));
    }

    #[test]
    fn packages_are_legal_and_each_its_own() {
        assert_eq!(package("1password.com__events"), "corpus-1password-com-events");
        let mut taken = BTreeSet::new();
        assert_eq!(unused("a".into(), &mut taken), "a");
        assert_eq!(unused("a".into(), &mut taken), "a-2");
        let long = package(&"x".repeat(250));
        assert!(long.len() == LONGEST && long.starts_with("corpus-xxx"), "{long}");
    }

    #[test]
    fn a_folder_is_one_on_every_system_and_none_of_cargo() {
        let mut taken = BTreeSet::new();
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(folder_name("1password.com__events", "p", &mut taken), "1password.com__events");
        let others =
            ["target", "Cargo.toml", "CON", "com1", ".hidden", "a.", "a*b", "a[1]", "a\nb"];
        for name in others.into_iter().chain([long.as_str(), "1Password.com__events"]) {
            assert_eq!(folder_name(name, "p", &mut taken), "p", "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_counted_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.yaml"), "openapi: 3.0.0").unwrap();
        std::os::unix::fs::symlink("a.yaml", folder.path().join("b.yaml")).unwrap();
        let input = read(folder.path()).unwrap();
        assert_eq!((input.documents.len(), input.links), (1, vec!["b.yaml".to_owned()]));
    }

    #[test]
    fn what_is_longer_than_a_page_may_be_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = fs::File::create(folder.path().join("a.json")).unwrap();
        // It takes no room on the disk.
        file.set_len(MAX_BYTES as u64 + 1).unwrap();
        assert_eq!(read(folder.path()).unwrap().skipped, ["a.json"]);
    }

    #[test]
    fn a_folder_is_read_in_the_order_of_names() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("b.json", "{\"openapi\": \"3.0.0\"}"),
            ("a.yaml", "openapi: 3.0.0"),
            ("c.txt", "none"),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let input = read(folder.path()).unwrap();
        let names: Vec<_> = input.documents.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(input.skipped, ["c.txt"]);
    }
}
