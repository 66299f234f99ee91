//! `diff`: what changed between two states, in the form that the reader asked for.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::report::{Report, Status};
use crate::catalog::loose;
use crate::diff::{Comparison, Verdict, compare, git, report, state};
use crate::finding::{Finding, Findings, Kind};
use crate::output::{check_file, write_file};
use crate::render::WIDTH;

/// What to compare, and how to show it.
#[derive(Debug)]
pub struct Diff {
    /// The revision that is the old state; without it, where work branched off from the main branch.
    pub base: Option<String>,
    /// APIs, or two files or folders.
    pub what: Vec<String>,
    /// The form.
    pub format: Format,
    /// The verdict from which on the exit status is 5.
    pub fail_on: FailOn,
    /// Where the report goes instead of the standard output.
    pub out: Option<PathBuf>,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a comment of a pull request; cut to fit one
    #[default]
    Markdown,
    /// For programs
    Json,
    /// Annotations of a workflow run on GitHub
    Github,
    /// For a terminal
    Text,
    /// A page for a browser, in one file
    Html,
}

/// The verdict from which on a comparison fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Something breaks, on the wire or in Rust
    Breaking,
    /// Somebody has to look
    Review,
    /// Never
    #[default]
    None,
}

impl FailOn {
    fn is_met(self, verdict: Verdict) -> bool {
        match self {
            Self::Breaking => verdict >= Verdict::Breaking,
            Self::Review => verdict >= Verdict::Review,
            Self::None => false,
        }
    }
}

/// Compares, and shows the result.
pub fn diff(root: &Path, options: &Diff) -> Report {
    if let Some(Err(finding)) = options.out.as_deref().map(check_file) {
        return Report::failure(finding);
    }
    let mut answer = Report::new();
    let Some(comparison) = comparison(root, options.base.as_deref(), &options.what, &mut answer)
    else {
        answer.status = Status::Failed;
        return answer;
    };
    let text = shown(&comparison, options.format, options.out.is_none());
    match &options.out {
        None if options.format == Format::Github => answer.commands = text,
        None => answer.output = text,
        Some(path) => match write_file(path, &text) {
            Ok(()) => answer.summary = format!("The report is in {}.", path.display()),
            Err(finding) => return Report::failure(finding),
        },
    }
    if answer.status == Status::Done && options.fail_on.is_met(comparison.verdict()) {
        answer.status = Status::Threshold;
    }
    answer
}

/// The comparison that the arguments ask for. What cannot be compared is in the answer, which has failed then; what
/// can be is shown all the same.
pub(super) fn comparison(
    root: &Path,
    base: Option<&str>,
    what: &[String],
    answer: &mut Report,
) -> Option<Comparison> {
    if let ([old, new], None) = (what, base)
        && (is_path(old) || is_path(new))
    {
        return of_paths(Path::new(old), Path::new(new), answer);
    }
    let revision = git::base(root, base).map_err(|it| answer.push(it)).ok()?;
    let mut add = |findings: Findings| answer.add("", &findings);
    let old = state::revision(root, &revision).map_err(&mut add).ok()?;
    let new = state::working_tree(root).map_err(&mut add).ok()?;
    let unknown = what.iter().filter(|it| !old.contains_key(*it) && !new.contains_key(*it));
    let unknown: Vec<_> = unknown.map(|it| unknown_api(it, what.len(), base)).collect();
    if !unknown.is_empty() {
        unknown.into_iter().for_each(|it| answer.push(it));
        return None;
    }
    for (api, found) in old.iter().filter(|(api, _)| what.is_empty() || what.contains(api)) {
        // Without an API there is a problem, which the comparison returns.
        if found.api.is_some() {
            answer.add(api, &found.findings);
        }
    }
    let (comparison, problems) = compare::workspaces(old, new, what);
    for (api, findings) in &problems {
        answer.add(api, findings);
        answer.status = Status::Failed;
    }
    Some(comparison)
}

fn of_paths(old: &Path, new: &Path, answer: &mut Report) -> Option<Comparison> {
    let mut findings = Findings::default();
    let (old, new) = (loose(old, &mut findings), loose(new, &mut findings));
    let result = match (old, new) {
        (Some(old), Some(new)) => compare::apis("api", old, new),
        _ => Err(findings),
    };
    result.map_err(|findings| answer.add("", &findings)).ok()
}

/// Returns what is wrong with a name, one of so many: two of them may have been meant as files.
fn unknown_api(name: &str, names: usize, base: Option<&str>) -> Finding {
    let (what, help) = match (names, base) {
        (2, None) => (
            format!("`{name}` is no API, then or now, and no file or folder of that name is there"),
            "`cargo xtask list` shows the APIs. To compare files, check their paths.",
        ),
        (2, Some(_)) => (
            format!("there is no API `{name}`, then or now"),
            "`cargo xtask list` shows the APIs. To compare two files, leave `--base` out.",
        ),
        _ => (
            format!("there is no API `{name}`, then or now"),
            "`cargo xtask list` shows the APIs. To compare files, name two of them.",
        ),
    };
    Finding::error(Kind::UnknownApi, what).help(help)
}

/// APIs are words; whatever else there is, is a path.
fn is_path(argument: &str) -> bool {
    argument.contains(['/', '\\', '.']) || Path::new(argument).exists()
}

/// Reports end in one line end, whatever their form.
fn shown(comparison: &Comparison, format: Format, printed: bool) -> String {
    let text = match format {
        Format::Markdown => report::markdown(comparison, report::COMMENT_LIMIT),
        Format::Json => report::json(comparison),
        Format::Github => report::github(comparison),
        Format::Text => {
            let colour = printed && io::stdout().is_terminal() && super::colour_is_wanted();
            report::text(comparison, colour, WIDTH.into())
        }
        Format::Html => report::html(comparison),
    };
    format!("{}\n", text.trim_end_matches('\n'))
}

#[cfg(test)]
mod tests;
