//! Single files that the caller names, such as a report.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use crate::finding::Finding;

use super::{impossible, link, named, no_folder};

/// Writes a file that the caller names, in place of one of that name. A link is refused; a device or a pipe takes what
/// is written.
pub fn write_file(path: &Path, text: &str) -> Result<(), Finding> {
    let path = &named(path);
    let failed = |error: io::Error| impossible("write", path, &error);
    let file = match path.symlink_metadata() {
        Ok(metadata) if metadata.is_symlink() => return Err(link(path)),
        Ok(_) => File::options().write(true).truncate(true).open(path),
        // What is there by now is not ours.
        Err(error) if error.kind() == ErrorKind::NotFound => File::create_new(path),
        Err(error) => Err(error),
    };
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed)
}

/// Writes files of these names into a folder that the caller names, which is made if it is not there. Other files in it
/// are left alone.
pub fn write_files(folder: &Path, files: &[(&str, &str)]) -> Result<(), Finding> {
    let folder = &named(folder);
    match folder.symlink_metadata() {
        Ok(metadata) if metadata.is_symlink() => return Err(link(folder)),
        Ok(metadata) if !metadata.is_dir() => return Err(no_folder(folder)),
        _ => fs::create_dir_all(folder).map_err(|error| impossible("create", folder, &error))?,
    }
    files.iter().try_for_each(|(name, text)| write_file(&folder.join(name), text))
}
