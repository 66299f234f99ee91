//! What a command has to say, before any of it is printed.

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};

use crate::finding::{Finding, Findings, Severity};
pub(super) use crate::prose::plural;
use crate::render::WIDTH;

/// Blanks between two columns of a table.
pub(super) const PADDING: u16 = 2;

/// The answer to a command.
#[derive(Debug)]
pub struct Report {
    /// The result, with a line end after each line.
    pub output: String,
    /// All findings, each with the API that it is about, or with an empty text.
    pub findings: Vec<(String, Finding)>,
    /// Commands to the log of a workflow, which are meant to be carried out, with a line end after each. They are
    /// printed behind the result, and with nothing broken up.
    pub commands: String,
    /// One line that says how it went.
    pub summary: String,
    /// How it went.
    pub status: Status,
}

/// How a command went; the number is the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is done.
    Done = 0,
    /// It is not, and nothing was changed.
    Failed = 1,
    /// What is on the disk is not what would be generated.
    Stale = 4,
    /// A change is as grave as was asked to fail on.
    Threshold = 5,
}

impl Report {
    /// The answer to a command of which nothing could be done.
    pub fn failure(finding: Finding) -> Self {
        let findings = vec![(String::new(), finding)];
        Self { findings, status: Status::Failed, ..Self::new() }
    }

    pub(super) fn new() -> Self {
        let (output, commands, summary) = Default::default();
        Self { output, findings: Vec::new(), commands, summary, status: Status::Done }
    }

    pub(super) fn add(&mut self, about: &str, findings: &Findings) {
        self.findings.extend(findings.iter().map(|finding| (about.to_owned(), finding.clone())));
    }

    pub(super) fn push(&mut self, finding: Finding) {
        self.findings.push((String::new(), finding));
    }

    /// How many findings weigh that much.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|(_, finding)| finding.severity == severity).count()
    }
}

/// A table of the output's width with these headings.
pub(super) fn new_table<const N: usize>(headings: [&str; N]) -> Table {
    let rule = LineStyle::none().fill('─').junction('─');
    let mut table = Table::new();
    table
        .load_style(TableStyle::new().header_separator(rule))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .set_header(headings);
    for (index, column) in table.column_iter_mut().enumerate() {
        // Blanks behind the last column would only make the table wider.
        column.set_padding((0, if index + 1 < N { PADDING } else { 0 }));
    }
    table
}

/// The table as text, each line with a line end and without blanks before it.
pub(super) fn text_of(table: &Table) -> String {
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
