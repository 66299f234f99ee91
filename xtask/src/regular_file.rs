//! Reading files that somebody may have put in place of ours: regular ones alone, since whoever opens a pipe waits for
//! another to write to it, and a device may have no end.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Opens a regular file to read it, or the one that a link leads to.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    refuse_special(path)?;
    File::open(path)
}

/// Returns the content of a regular file.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns the text of a regular file.
pub(crate) fn read_to_string(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text)?;
    Ok(text)
}

/// Returns an error if what is at a path cannot be read as a file.
pub(crate) fn refuse_special(path: &Path) -> io::Result<()> {
    match fs::metadata(path)? {
        metadata if metadata.is_file() => Ok(()),
        metadata if metadata.is_dir() => Err(ErrorKind::IsADirectory.into()),
        _ => Err(io::Error::other("it is not a regular file")),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::process::Command;
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_regular_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), "text").unwrap();
        symlink("file", at("link")).unwrap();
        for name in ["file", "link"] {
            assert_eq!(read_to_string(&at(name)).unwrap(), "text");
            assert_eq!(read(&at(name)).unwrap(), b"text");
        }
        assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        symlink("pipe", at("link to a pipe")).unwrap();
        symlink("/dev/zero", at("device")).unwrap();
        for name in ["pipe", "link to a pipe", "device"] {
            let (path, (sender, receiver)) = (at(name), mpsc::channel());
            thread::spawn(move || sender.send(read(&path).unwrap_err().to_string()));
            let error = receiver.recv_timeout(Duration::from_secs(20));
            assert_eq!(error.unwrap(), "it is not a regular file", "{name}");
        }
        assert_eq!(read(folder.path()).unwrap_err().kind(), ErrorKind::IsADirectory);
        assert_eq!(read(&at("none")).unwrap_err().kind(), ErrorKind::NotFound);
    }
}
