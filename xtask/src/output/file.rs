//! Single files that the caller names, such as a report.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use crate::finding::Finding;

use super::{impossible, link, named, no_folder};

/// Checks that a file can be written at a place that the caller names, as far as that shows without writing: before
/// the work that the file is to tell of.
pub fn check_file(path: &Path) -> Result<(), Finding> {
    let path = &named(path);
    let failed = |error: io::Error| impossible("write", path, &error);
    match path.symlink_metadata() {
        Ok(metadata) if metadata.is_symlink() => Err(link(path)),
        Ok(metadata) if metadata.is_dir() => Err(failed(ErrorKind::IsADirectory.into())),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
            folder.map_or(Ok(()), |it| it.metadata().map(drop).map_err(failed))
        }
        Err(error) => Err(failed(error)),
    }
}

/// Checks the same of files in a folder, which need not be there.
pub fn check_files(folder: &Path, names: &[&str]) -> Result<(), Finding> {
    let folder = &named(folder);
    match folder.symlink_metadata() {
        Ok(metadata) if metadata.is_symlink() => Err(link(folder)),
        Ok(metadata) if !metadata.is_dir() => Err(no_folder(folder)),
        Ok(_) => names.iter().try_for_each(|name| check_file(&folder.join(name))),
        Err(_) => Ok(()),
    }
}

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
