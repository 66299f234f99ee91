//! Reading folders and files that somebody dropped in: in order, bounded, and never through a link.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::finding::{Finding, Findings, Kind};
use crate::regular_file;
use crate::source::Source;

/// More than any page; a file beyond it is something else.
const MAX_SIZE: u64 = 64 << 20;

/// What a folder holds.
#[derive(Debug)]
pub(crate) struct Item {
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// The path for people: relative to the workspace, with forward slashes.
    pub(crate) shown: String,
    pub(crate) kind: FileKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    File,
    Folder,
}

/// The items of a folder by name, without those whose name starts with a dot.
pub(super) fn list(folder: &Path, shown: &str, findings: &mut Findings) -> Vec<Item> {
    let names = fs::read_dir(folder).and_then(|items| {
        items.map(|item| item.map(|item| item.file_name())).collect::<io::Result<Vec<_>>>()
    });
    let mut names = names.unwrap_or_else(|error| {
        findings.push(unreadable(shown, &error));
        Vec::new()
    });
    names.sort();
    let mut items = Vec::new();
    for name in names {
        let path = folder.join(&name);
        let Some(name) = name.to_str() else {
            let what = format!("the name of `{shown}/{}` is not UTF-8", name.display());
            findings.push(Finding::error(Kind::PageName, what));
            continue;
        };
        if !name.starts_with('.') {
            let shown = format!("{shown}/{name}");
            items.extend(item(name, path, shown, findings));
        }
    }
    items
}

/// All files in a folder and in the folders in it, by path.
pub(crate) fn files(folder: &Path, shown: &str, findings: &mut Findings) -> Vec<Item> {
    let mut files = Vec::new();
    let mut waiting = vec![(folder.to_owned(), shown.to_owned())];
    while let Some((folder, shown)) = waiting.pop() {
        for item in list(&folder, &shown, findings) {
            match item.kind {
                FileKind::File => files.push(item),
                FileKind::Folder => waiting.push((item.path, item.shown)),
            }
        }
    }
    files.sort_by(|a, b| a.shown.cmp(&b.shown));
    files
}

impl Item {
    /// The text of a file. `None` when a finding says why there is none.
    pub(crate) fn read(&self, findings: &mut Findings) -> Option<Arc<Source>> {
        match self.bytes().map(String::from_utf8) {
            Ok(Ok(text)) if text.len() as u64 > MAX_SIZE => {
                let what = format!("`{}` is larger than {} MiB", self.shown, MAX_SIZE >> 20);
                findings.push(Finding::error(Kind::PageTooLarge, what));
                None
            }
            Ok(Ok(text)) => Some(Source::new(self.shown.as_str(), text)),
            Ok(Err(error)) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes());
                let source = Source::new(self.shown.as_str(), text);
                findings.push(
                    Finding::error(Kind::NotUtf8, format!("`{}` is not UTF-8", self.shown))
                        .at(&source.span(at..at + 1)),
                );
                None
            }
            Err(error) => {
                findings.push(unreadable(&self.shown, &error));
                None
            }
        }
    }

    /// One byte more than allowed tells that there are too many.
    fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        regular_file::open(&self.path)?.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// The file or folder at a path, if it is one.
pub(crate) fn item(
    name: &str,
    path: PathBuf,
    shown: String,
    findings: &mut Findings,
) -> Option<Item> {
    let kind = match fs::symlink_metadata(&path).map(|metadata| metadata.file_type()) {
        Ok(kind) if kind.is_dir() => FileKind::Folder,
        Ok(kind) if kind.is_file() => FileKind::File,
        Ok(_) => {
            findings.push(
                Finding::error(Kind::NotAFile, format!("`{shown}` is a link or a special file"))
                    .why("What is read must be in the repository.")
                    .help("Put a copy of the file in its place."),
            );
            return None;
        }
        Err(error) => {
            findings.push(unreadable(&shown, &error));
            return None;
        }
    };
    Some(Item { name: name.to_owned(), path, shown, kind })
}

fn unreadable(shown: &str, error: &io::Error) -> Finding {
    Finding::error(Kind::Unreadable, format!("cannot read `{shown}`: {error}"))
}
