//! What a command has to say, on its way out: the one place that prints.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use super::report::{Report, Status};
use crate::finding::{Finding, Severity};
use crate::render::render;
use crate::sanitize::printed;

/// Results go to the standard output; problems go to the standard error, and so does the summary
/// of a run that failed.
pub(super) fn print(report: &Report) -> io::Result<()> {
    let findings = report.findings.iter().map(|(about, finding)| (about.as_str(), finding));
    let findings = render(findings, colourful()) + &more(report);
    let summary = match report.summary.is_empty() {
        true => String::new(),
        false => format!("{}\n", report.summary),
    };
    let (result, problem) = match report.status {
        Status::Failed => (String::new(), summary),
        Status::Done | Status::Stale | Status::Threshold => (summary, String::new()),
    };
    // All that is printed passes here, where nothing in it can be a command to a terminal or to the log of a
    // workflow. The commands that are ours have been escaped value by value.
    let colour = io::stdout().is_terminal();
    io::stdout().write_all(printed(&report.output, colour).as_bytes())?;
    io::stdout().write_all(report.commands.as_bytes())?;
    io::stderr().write_all(printed(&(findings + &problem), colourful()).as_bytes())?;
    io::stdout().write_all(printed(&result, false).as_bytes())?;
    io::stdout().flush()
}

/// How to learn more about the gravest finding, if there is more to learn. Of a deviation and of what weighs less, only a
/// line is shown.
fn more(report: &Report) -> String {
    let gravest = report.findings.iter().map(|(_, finding)| finding).max_by_key(|it| it.severity);
    let has_more =
        |it: &&Finding| it.severity <= Severity::Deviation || it.kind.entry().example.is_some();
    match gravest.filter(has_more) {
        Some(finding) => format!("more: cargo xtask explain {}\n", finding.kind),
        None => String::new(),
    }
}

/// Says how the command is used. It may quote an argument, and that may be the name of a file.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    let wants_colour = |is_terminal: bool| is_terminal && colour_is_wanted();
    let text = |colour: bool| match colour {
        true => printed(&error.render().ansi().to_string(), true),
        false => printed(&error.render().to_string(), false),
    };
    // If it cannot be said, the exit status says it.
    let _ = match error.use_stderr() {
        true => io::stderr().write_all(text(wants_colour(io::stderr().is_terminal())).as_bytes()),
        false => io::stdout().write_all(text(wants_colour(io::stdout().is_terminal())).as_bytes()),
    };
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn colourful() -> bool {
    io::stderr().is_terminal() && colour_is_wanted()
}

/// What the environment says about colour.
pub(super) fn colour_is_wanted() -> bool {
    let set = |name| std::env::var_os(name).filter(|value: &OsString| !value.is_empty());
    let dumb = set("TERM").is_some_and(|term| term == "dumb");
    set("NO_COLOR").is_none() && !dumb
}
