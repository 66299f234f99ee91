//! The documents of a folder: which files are OpenAPI documents, and what their crates are called.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// A file that holds an OpenAPI document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The file's name without its ending, which is also the folder of the crate.
    pub name: String,
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
}

/// Reads all files of a folder, not those in folders below it.
pub fn read(folder: &Path) -> io::Result<Input> {
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let mut input = Input::default();
    let (mut names, mut packages) = (BTreeSet::new(), BTreeSet::new());
    for file in files {
        let path = file.path();
        let Some(file_name) =
            path.file_name().and_then(|it| it.to_str()).filter(|_| path.is_file())
        else {
            continue;
        };
        let stem = path.file_stem().and_then(|it| it.to_str()).unwrap_or(file_name);
        match fs::read(&path).map(String::from_utf8)? {
            Ok(text) if is_openapi(&text) => {
                let name = unused(stem.to_owned(), &mut names);
                let package = unused(package(&name), &mut packages);
                input.documents.push(Document { name, package, text });
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
    format!("corpus-{}", words.join("-"))
}

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
