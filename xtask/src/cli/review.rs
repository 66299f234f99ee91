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
use crate::finding::Finding;
use crate::output::write_files;

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

/// Checks that the crates are as generated, compares with the base, and prints what would be posted.
pub fn review(root: &Path, options: &Review, bind: Bind<'_>) -> Report {
    let mut answer = match options.drift_at {
        Some(_) => Report::new(),
        None => generate(root, &[], Mode::Check, bind),
    };
    let checked = (answer.status, std::mem::take(&mut answer.output), answer.summary.clone());
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
        None => drift(&checked),
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

/// Says what has to be done before anything can land.
fn drift((status, stale, summary): &(Status, String, String)) -> String {
    match status {
        Status::Done | Status::Threshold => String::new(),
        Status::Stale => format!(
            "**The crates are not as generated.** Run `cargo xtask generate` and commit the \
             result.\n\n{}\n\n",
            crate::prose::block(stale)
        ),
        Status::Failed => format!(
            "**The crates cannot be generated as they should.** {}\n\n",
            crate::prose::block(summary)
        ),
    }
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
    write_files(folder, &[("report.md", comment), ("report.json", &json), ("report.html", &html)])
}

#[cfg(test)]
mod tests;
