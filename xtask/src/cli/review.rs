//! `review`: everything that a pull request is told, on a laptop and in a workflow alike.

use std::path::{Path, PathBuf};

use super::bind::Bind;
use super::diff::comparison;
use super::generate::{Mode, generate};
use super::report::{Report, Status};
use crate::diff::{Comparison, report};
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
}

/// Checks that the crates are as generated, compares with the base, and prints what would be posted.
pub fn review(root: &Path, options: &Review, bind: Bind<'_>) -> Report {
    let mut answer = generate(root, &[], Mode::Check, bind);
    let checked = (answer.status, std::mem::take(&mut answer.output), answer.summary.clone());
    let comparison = comparison(root, options.base.as_deref(), &[], &mut answer);
    let Some(comparison) = comparison else {
        answer.status = Status::Failed;
        return answer;
    };
    let comment = comment(&comparison, &checked);
    if let Some(folder) = &options.out
        && let Err(finding) = write(folder, &comparison, &comment)
    {
        answer.push(finding);
        answer.status = Status::Failed;
    }
    answer.output = comment;
    if options.annotate {
        answer.output += &report::github(&comparison);
    }
    answer
}

/// The report, and before it what has to be done before anything can land.
fn comment(comparison: &Comparison, (status, stale, summary): &(Status, String, String)) -> String {
    let notice = match status {
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
    };
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
