//! `corpus`: a folder of documents, a crate each, and the figures of what arrived.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use comfy_table::CellAlignment;

use super::progress::Progress;
use super::report::{Report, Status, new_table, plural, text_of};
use crate::corpus::check::{Opinion, check};
use crate::corpus::examples::results::{Failure, Results};
use crate::corpus::input::{self, Document, Input};
use crate::corpus::outcome::{Making, Outcome};
use crate::corpus::report::{Totals, json, totals};
use crate::corpus::{examples, layout, make};
use crate::finding::{Finding, Kind};
use crate::output::{OutputFolder, check_file, write_file};
use crate::sanitize;

/// What to do with a folder of documents.
#[derive(Debug)]
pub struct Corpus {
    /// The folder.
    pub input: PathBuf,
    /// Where the workspace of crates goes.
    pub out: PathBuf,
    /// How many documents at a time.
    pub jobs: usize,
    /// Whether to compile the crates.
    pub check: bool,
    /// Whether to read the documents' examples by the types, and to write them again.
    pub examples: bool,
    /// Where the report goes.
    pub report: Option<PathBuf>,
}

/// Makes all crates of a folder.
pub fn corpus(root: &Path, corpus: &Corpus) -> Report {
    run(root, corpus).unwrap_or_else(Report::failure)
}

fn run(root: &Path, corpus: &Corpus) -> Result<Report, Finding> {
    let input = input::read(&corpus.input).map_err(|error| unreadable(&corpus.input, &error))?;
    let mut out = OutputFolder::claim(&corpus.out, root)?;
    corpus.report.as_deref().map_or(Ok(()), check_file)?;
    let progress = Progress::start(Some(input.documents.len()));
    let done = |document: &Document| progress.done(&document.name);
    let making = if corpus.examples { Making::Examples } else { Making::Crate };
    let mut outcomes = make(&input.documents, corpus.jobs, making, &done);
    drop(progress);
    layout::write(&mut out, root, &mut outcomes)?;
    let packages: Vec<&str> = outcomes.iter().map(|it| it.package.as_str()).collect();
    let opinions = match corpus.check {
        true => Some(check(out.path(), &packages).map_err(|error| no_compiler(&error))?),
        false => None,
    };
    if corpus.examples {
        let open = outcomes.iter().filter(|it| it.examples.is_some()).count();
        let progress = Progress::start(Some(open));
        examples::run::run(out.path(), root, &mut outcomes, corpus.jobs, &|it| progress.done(it))?;
    }
    let totals = totals(&outcomes, opinions.as_ref());
    let mut report = report(&input, &totals, opinions.as_ref());
    if corpus.examples {
        report.output += &examples_table(&outcomes);
    }
    if let Some(path) = &corpus.report {
        let text = format!("{:#}\n", json(&outcomes, opinions.as_ref()));
        if let Err(finding) = write_file(path, &sanitize::json(&text)) {
            report.push(finding);
            report.status = Status::Failed;
        }
    }
    // What a page lacks is counted; what this machine lacks has to be seen.
    for Outcome { name, findings, .. } in &outcomes {
        let unwritten = findings.iter().filter(|(finding, _)| finding.kind == Kind::Output);
        report.findings.extend(unwritten.map(|(finding, _)| (name.clone(), finding.clone())));
    }
    let links = input.links.iter().map(|name| {
        let what = format!("`{}` is a link", corpus.input.join(name).display());
        Finding::note(Kind::Link, what)
    });
    links.for_each(|link| report.push(link));
    Ok(report)
}

fn unreadable(path: &Path, error: &io::Error) -> Finding {
    Finding::error(Kind::Unreadable, format!("cannot read `{}`: {error}", path.display()))
        .why("The figures would not be those of the whole folder.")
        .help("Name a folder that can be read, with all that is in it.")
}

fn no_compiler(error: &io::Error) -> Finding {
    Finding::error(Kind::CommandFailed, format!("cannot run cargo: {error}"))
        .why("The crates were to be compiled.")
        .help("Check that `cargo` can be started from here, or leave `--check` out.")
}

fn report(input: &Input, totals: &Totals, opinions: Option<&BTreeMap<String, Opinion>>) -> Report {
    let mut report = Report::new();
    let skipped = plural(input.skipped.len(), "file is", "files are");
    report.output = format!(
        "{}\n{}\n{}\n{skipped} no OpenAPI document.\n",
        verdicts(input, totals),
        kinds(totals),
        code(totals)
    );
    if let Some(opinions) = opinions {
        for message in opinions.values().flat_map(|it| it.messages.iter().take(1)) {
            report.output += &format!("{}\n", sanitize::plain(message, 4000));
        }
        let made = input.documents.len() - totals.verdicts.get("failed").copied().unwrap_or(0);
        report.output += &format!("{} of {made} crates compile without a warning.\n", totals.clean);
        if totals.clean != made {
            report.status = Status::Failed;
        }
    }
    let rest = totals.operations_in.max(1);
    let schemas = totals.positions.typed + totals.positions.untyped;
    report.summary = format!(
        "{}: {} of {} operations arrived, {:.2} % of them complete; {:.2} % of {} schemas typed; {} of Rust.",
        plural(input.documents.len(), "document", "documents"),
        totals.operations_out,
        totals.operations_in,
        percent(totals.complete, rest),
        percent(totals.positions.typed, schemas.max(1)),
        schemas,
        megabytes(totals.bytes),
    );
    report
}

/// The figures of all examples, and what those that fail have in common.
fn examples_table(outcomes: &[Outcome]) -> String {
    let results = examples::results::total(outcomes);
    let failed = results.failures.len();
    let mut figures = new_table([
        "Examples",
        "Valid",
        "Passed",
        "Same bytes",
        "Untyped",
        "Failed",
        "No type",
        "Not judged",
    ]);
    let Results { tried, valid, passed, byte_equal, untyped, without_type, unjudged, .. } = results;
    let counts = [tried, valid, passed, byte_equal, untyped, failed, without_type, unjudged];
    figures.add_row(counts.map(|it| it.to_string()));
    right(&mut figures, &[0, 1, 2, 3, 4, 5, 6, 7]);
    let mut by_reason: BTreeMap<&str, Vec<&Failure>> = BTreeMap::new();
    for failure in &results.failures {
        by_reason.entry(&failure.reason).or_default().push(failure);
    }
    let mut by_reason: Vec<_> = by_reason.into_iter().collect();
    by_reason.sort_by_key(|(_, failures)| std::cmp::Reverse(failures.len()));
    let mut reasons = new_table(["Failed because", "Count", "For instance"]);
    for (reason, failures) in &by_reason {
        let first = failures.first().map(|it| it.pointer.as_str()).unwrap_or_default();
        let cells = [(*reason).to_owned(), failures.len().to_string(), first.to_owned()];
        reasons.add_row(cells.map(|it| sanitize::plain_line(&it, 200)));
    }
    right(&mut reasons, &[1]);
    let reasons = if failed == 0 { String::new() } else { format!("\n{}", text_of(&reasons)) };
    format!("\n{}{reasons}", text_of(&figures))
}

fn verdicts(input: &Input, totals: &Totals) -> String {
    let mut table = new_table(["Outcome", "Documents", "Share"]);
    for verdict in ["ok", "partial", "failed"] {
        let count = totals.verdicts.get(verdict).copied().unwrap_or(0);
        let share = format!("{:.1} %", percent(count, input.documents.len().max(1)));
        table.add_row([verdict.to_owned(), count.to_string(), share]);
    }
    right(&mut table, &[1, 2]);
    text_of(&table)
}

fn kinds(totals: &Totals) -> String {
    let mut table = new_table(["Finding", "Kind", "Count"]);
    for ((severity, kind), count) in &totals.kinds {
        table.add_row([(*severity).to_owned(), kind.to_string(), count.to_string()]);
    }
    right(&mut table, &[2]);
    text_of(&table)
}

fn code(totals: &Totals) -> String {
    let mut table = new_table(["Rust without comments", "Size", "Bytes per operation"]);
    for (kind, bytes) in totals.code.kinds() {
        let each = bytes / totals.operations_out.max(1);
        table.add_row([kind.to_owned(), megabytes(bytes), each.to_string()]);
    }
    right(&mut table, &[1, 2]);
    text_of(&table)
}

fn right(table: &mut comfy_table::Table, columns: &[usize]) {
    for column in columns {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of counts far below 2^52")]
fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole as f64
}

#[expect(clippy::cast_precision_loss, reason = "a size far below 2^52")]
fn megabytes(bytes: usize) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
