//! Which paths the generator may write: inside the workspace, and what it generates alone.

use std::path::{Path, PathBuf};

use camino::{Utf8Component, Utf8Path};

use crate::catalog::{RELEASE, SPECS, SURFACE};
use crate::finding::{Finding, Kind};

/// The most bytes of a name on ext4, XFS and APFS; NTFS takes as many units of UTF-16.
const LONGEST: usize = 255;

/// Where a path of a file set is on the disk, unless it is one that must not be written.
///
/// What is there already is not looked at, only the way to it.
pub(super) fn place(root: &Path, path: &Utf8Path) -> Result<PathBuf, Finding> {
    let refuse = |why: &str| {
        Finding::error(Kind::UnsafePath, format!("`{path}` cannot be generated: {why}"))
    };
    let normal = |part| matches!(part, Utf8Component::Normal(_));
    if path.as_str().is_empty() || !path.components().all(normal) {
        return Err(refuse("it leaves the workspace").help("This is a defect of the generator."));
    }
    if path.components().any(|part| part.as_str().len() > LONGEST) {
        return Err(refuse("no common file system has names that long")
            .help("This is a defect of the generator, which shortens the names that it makes."));
    }
    let odd = |c: char| c.is_control() || "\\:*?\"<>|".contains(c);
    if path.as_str().contains(odd) {
        return Err(refuse("not every system can have that name").help("Rename what it is for."));
    }
    if (path.starts_with(SPECS) && !is_record(path)) || path.as_str().starts_with('.') {
        return Err(
            refuse("it is not for generated files").help("Generated files live under `crates/`.")
        );
    }
    path.parent().map_or(Ok(()), |folder| refuse_links(root, folder))?;
    Ok(root.join(path))
}

/// Refuses a folder that is a link or is behind one. The finding is about the link, so that it is the same for all files
/// behind it.
pub(super) fn refuse_links(root: &Path, folder: &Utf8Path) -> Result<(), Finding> {
    let is_link = |path: &&Utf8Path| root.join(path).is_symlink();
    let mut folders = folder.ancestors().filter(|it| !it.as_str().is_empty());
    folders.find(is_link).map_or(Ok(()), |link| {
        Err(Finding::error(Kind::UnsafePath, format!("`{link}` is a symbolic link"))
            .why("Generated files belong into it, and behind a link they would be elsewhere.")
            .help("Put a real folder in its place, or delete it."))
    })
}

/// Among the pages, what was released is the only thing that a command writes.
fn is_record(path: &Utf8Path) -> bool {
    path.components().count() <= 3
        && path.file_name().is_some_and(|it| [RELEASE, SURFACE].contains(&it))
}
