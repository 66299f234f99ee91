//! `review`: everything that a pull request is told, on a laptop and in a workflow alike.
//!
//! A workflow gives it a pull request of a stranger as data, with a generator that is not the stranger's. Then it
//! compares and leaves drift to whoever has the stranger's generator, since the crates are as that one makes them.

use std::path::{Path, PathBuf};

use super::bind::Bind;
use super::diff::comparison;
use super::generate::{Mode, generate};
use super::report::{Report, Status};
use crate::diff::{Comparison, git, report};
use crate::finding::{Finding, Kind, Severity};
use crate::output::{check_files, write_files};
use crate::prose;
use crate::sanitize::plain_line;

/// What to review.
#[derive(Debug)]
pub struct Review {
    /// The revision to compare with; without it, where work branched off from the main branch.
    pub base: Option<String>,
    /// Where the reports go as files.
    pub out: Option<PathBuf>,
    /// Whether to print annotations for GitHub besides.
    pub annotate: bool,
    /// The address at which drift is judged; without it, it is judged here.
    pub drift_at: Option<String>,
}

/// Where the generator is in a workspace.
const GENERATOR: &str = "xtask";
/// The reports as files: for the comment, for programs, for a browser.
const FILES: [&str; 3] = ["report.md", "report.json", "report.html"];
/// How many stale files or failures the comment shows.
const SHOWN: usize = 20;
/// The most characters of a line about a failure.
const LONGEST_LINE: usize = 500;

/// Checks that the crates are as generated, compares with the base, and prints what would be posted.
pub fn review(root: &Path, options: &Review, bind: Bind<'_>) -> Report {
    if let Some(Err(finding)) = options.out.as_deref().map(|it| check_files(it, &FILES)) {
        return Report::failure(finding);
    }
    let mut answer = match options.drift_at {
        Some(_) => Report::new(),
        None => generate(root, &[], Mode::Check, bind),
    };
    let drift = drift(&answer);
    answer.output.clear();
    let comparison = comparison(root, options.base.as_deref(), &[], &mut answer);
    let Some(comparison) = comparison else {
        answer.status = Status::Failed;
        return answer;
    };
    let notice = match &options.drift_at {
        Some(address) => match base_view(root, options.base.as_deref(), address) {
            Ok(notice) => notice,
            Err(finding) => {
                answer.push(finding);
                answer.status = Status::Failed;
                return answer;
            }
        },
        None => drift,
    };
    let comment = comment(&comparison, &notice);
    if let Some(folder) = &options.out
        && let Err(finding) = write(folder, &comparison, &comment)
    {
        answer.push(finding);
        answer.status = Status::Failed;
    }
    answer.output = comment;
    if options.annotate {
        answer.commands = report::github(&comparison);
    }
    answer
}

/// Returns what has to be done before anything can land, from the report of a check.
fn drift(check: &Report) -> String {
    let failures: Vec<_> =
        check.findings.iter().filter(|(_, it)| it.severity >= Severity::Loss).collect();
    let (notice, lines): (_, Vec<String>) = match check.status {
        Status::Done | Status::Threshold => return String::new(),
        Status::Stale => (
            "**The crates are not as generated.** Run `cargo xtask generate` and commit the result.",
            check.output.lines().map(str::to_owned).collect(),
        ),
        Status::Failed => (
            match failures.iter().all(|(_, it)| it.kind == Kind::VersionBehind) {
                true => {
                    "**The version does not follow the changes.** Run `cargo xtask bump` and commit the result."
                }
                false => "**The crates cannot be generated as they should.** Mend what follows.",
            },
            failures.iter().map(|(api, finding)| failure(api, finding)).collect(),
        ),
    };
    format!("{notice}\n\n{}\n\n", prose::block(&first_lines(&lines)))
}

/// Returns a finding in a line, with its API if it has no place, and in another one what to do.
fn failure(api: &str, finding: &Finding) -> String {
    let about = match finding.span {
        None if !api.is_empty() => format!("{api}: "),
        _ => String::new(),
    };
    let what = plain_line(&format!("{about}{finding}"), LONGEST_LINE);
    match finding.help.is_empty() {
        true => what,
        false => format!("{what}\n  {}", plain_line(&finding.help, LONGEST_LINE)),
    }
}

/// Returns as many entries as leave room for the comparison, and how many more there are.
fn first_lines(entries: &[String]) -> String {
    let mut text = entries.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("\n");
    if entries.len() > SHOWN {
        text += &format!(
            "\nand {} more, which `cargo xtask generate --check` shows",
            entries.len() - SHOWN
        );
    }
    text
}

/// Says where drift is judged, and what a comparison by this generator does not show.
fn base_view(root: &Path, base: Option<&str>, address: &str) -> Result<String, Finding> {
    let base = git::base(root, base)?;
    let mut notice = String::new();
    if git::is_changed(root, &base, GENERATOR)? {
        notice += "**This changes the generator**, and the comparison is the base's view: it shows what the pages \
                   change, and nothing of what the changed generator makes of them.\n\n";
    }
    notice +=
        &format!("Whether the crates are as generated is judged by [the checks](<{address}>).\n\n");
    Ok(notice)
}

/// Returns the report with a notice behind its verdict.
fn comment(comparison: &Comparison, notice: &str) -> String {
    let report = report::markdown(comparison, report::COMMENT_LIMIT.saturating_sub(notice.len()));
    // The verdict stays the first line, and the marker by which the comment is found again the last.
    match report.split_once('\n') {
        Some((first, rest)) if !notice.is_empty() => {
            format!("{first}\n\n{notice}{}\n", rest.trim_matches('\n'))
        }
        _ => format!("{}\n", report.trim_end_matches('\n')),
    }
}

fn write(folder: &Path, comparison: &Comparison, comment: &str) -> Result<(), Finding> {
    let (json, html) = (report::json(comparison), report::html(comparison));
    let texts = [comment, json.as_str(), html.as_str()];
    let files: Vec<_> = FILES.into_iter().zip(texts).collect();
    write_files(folder, &files)
}

#[cfg(test)]
mod tests;
