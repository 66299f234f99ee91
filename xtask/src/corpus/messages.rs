//! What cargo says while it works, message by message.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

/// Runs a command of cargo in a workspace, going on after errors, and hands on its messages.
pub(super) fn each_message(
    workspace: &Path,
    command: &str,
    arguments: &[&OsStr],
    mut take: impl FnMut(Json),
) -> io::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut child = Command::new(cargo)
        .args([command, "--workspace", "--keep-going", "--quiet", "--message-format=json"])
        .args(arguments)
        .current_dir(workspace)
        // Settings of the run that started this one are not those of the workspace that is built.
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            take(serde_json::from_str(&line?).unwrap_or_default());
        }
    }
    child.wait()?;
    Ok(())
}
