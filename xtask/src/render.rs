//! Findings as text for a terminal or a log.
//!
//! Pages are untrusted: a terminal must not carry out what a vendor wrote, nor a minified line of a
//! megabyte fill the screen. So all text goes through [`plain`], and snippets are cut.

mod snippet;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::{self, Display};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use crate::finding::{Finding, Kind, Severity};
use crate::sanitize::{plain, plain_line};
use snippet::Snippet;
use textwrap::{WordSeparator, WordSplitter};

/// How wide the output is at most, as long as words fit.
pub const WIDTH: u16 = 100;
/// A finding's sentence; longer than that is quoted data.
const MAX_SENTENCE: usize = 600;
const MAX_ADVICE: usize = 2_000;

/// Renders findings: errors in full, then losses, then a line for each deviation, untyped value and note. What is the
/// same in many places is shown at the first of them, with how many more there are.
///
/// Each comes with the API that it is about, which is shown if the finding has no place.
pub fn render<'a>(
    findings: impl IntoIterator<Item = (&'a str, &'a Finding)>,
    colour: bool,
) -> String {
    let mut findings: Vec<_> = findings.into_iter().collect();
    findings.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
    let mut left = BTreeMap::new();
    for (about, finding) in &findings {
        *left.entry(likeness(about, finding)).or_insert(0_usize) += 1;
    }
    let mut text = String::new();
    for (about, finding) in findings {
        if finding.severity <= Severity::Deviation {
            // The first of its like tells of all.
            let Some(count) = left.remove(&likeness(about, finding)) else { continue };
            text.push_str(&note(about, finding, count - 1));
        } else {
            text.push_str(&full(about, finding, colour));
        }
        text.push('\n');
    }
    text
}

/// What two findings have in common that differ in their place alone.
fn likeness<'a>(about: &'a str, finding: &'a Finding) -> (&'a str, Severity, Kind, &'a str) {
    (about, finding.severity, finding.kind, &finding.what)
}

fn note(about: &str, finding: &Finding, more: usize) -> String {
    let place = match &finding.span {
        Some(span) => span.to_string(),
        None => about.to_owned(),
    };
    let place = if place.is_empty() { place } else { format!(" {place}") };
    let severity = finding.severity.as_str();
    let line = format!("{severity}[{}]{place}: {}", finding.kind, finding.what);
    let more = match more {
        0 => "",
        1 => " (and in one more place)",
        more => &format!(" (and in {more} more places)"),
    };
    plain_line(&line, MAX_SENTENCE) + more
}

fn full(about: &str, finding: &Finding, colour: bool) -> String {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    // A path is for copying and clicking, so lines break at blanks alone.
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(WIDTH.into())
        .with_word_separator(WordSeparator::AsciiSpace)
        .with_word_splitter(WordSplitter::NoHyphenation);
    let view = View::new(about, finding);
    let mut text = String::new();
    // Writing to a string fails only where miette cannot show the snippet; the rest is still true.
    if handler.render_report(&mut text, &view).is_err() {
        text = format!("{view}\n");
    }
    text
}

/// A finding in the form that miette takes.
#[derive(Debug)]
struct View {
    severity: Severity,
    what: String,
    why: Option<Why>,
    help: String,
    snippet: Option<Snippet>,
}

#[derive(Debug)]
struct Why(String);

impl View {
    fn new(about: &str, finding: &Finding) -> Self {
        let severity = finding.severity.as_str();
        let place = match finding.span {
            None if !about.is_empty() => format!(" {about}"),
            _ => String::new(),
        };
        let what = format!("{severity}[{}]{place}: {}", finding.kind, finding.what);
        let why = plain(&finding.why, MAX_ADVICE);
        Self {
            severity: finding.severity,
            what: plain_line(&what, MAX_SENTENCE),
            why: (!why.is_empty()).then_some(Why(why)),
            help: plain(&finding.help, MAX_ADVICE),
            snippet: finding.span.as_ref().map(Snippet::new),
        }
    }
}

impl Diagnostic for View {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Note | Severity::Untyped => miette::Severity::Advice,
            Severity::Deviation | Severity::Loss => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        if self.help.is_empty() { None } else { Some(Box::new(&self.help)) }
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let snippet = self.snippet.as_ref()?;
        Some(Box::new(std::iter::once(LabeledSpan::underline(snippet.mark()))))
    }
}

impl Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for View {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.why.as_ref().map(|why| why as _)
    }
}

impl Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "note: {}", self.0)
    }
}

impl Error for Why {}

#[cfg(test)]
mod tests;
