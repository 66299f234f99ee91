//! Which paths the generator may write: inside the workspace, and what it generates alone.

use std::path::{Path, PathBuf};

use camino::{Utf8Component, Utf8Path};

use crate::catalog::{RELEASE, SPECS, SURFACE};
use crate::finding::Finding;

/// The most bytes of a name on ext4, XFS and APFS; NTFS takes as many units of UTF-16.
const LONGEST: usize = 255;

/// Where a path of a file set is on the disk, unless it is one that must not be written.
///
/// What is there already is not looked at, only the way to it.
pub(super) fn place(root: &Path, path: &Utf8Path) -> Result<PathBuf, Finding> {
    let refuse = |why: &str| {
        Finding::error("unsafe-path", format!("`{path}` cannot be generated: {why}"))
            .why("The generator writes the crates that it makes, and nothing else.")
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
    let full = root.join(path);
    for ancestor in path.ancestors().skip(1).filter(|ancestor| !ancestor.as_str().is_empty()) {
        let kind = root.join(ancestor).symlink_metadata().map(|metadata| metadata.file_type());
        if kind.is_ok_and(|kind| kind.is_symlink()) {
            return Err(refuse(&format!("`{ancestor}` is a symbolic link"))
                .help("Put a real folder in its place, or delete it."));
        }
    }
    Ok(full)
}

/// Among the pages, what was released is the only thing that a command writes.
fn is_record(path: &Utf8Path) -> bool {
    path.components().count() <= 3
        && path.file_name().is_some_and(|it| [RELEASE, SURFACE].contains(&it))
}
