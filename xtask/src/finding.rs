//! What the stages report: one thing, its place, why it matters, and what to do.
//!
//! A stage never prints and never stops at the first problem of a page: it adds findings to the
//! [`Findings`] that it is given and goes on with what it has.

mod kind;

use std::fmt;

use crate::source::Span;

pub use kind::{Entry, Example, Kind};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For the reader's knowledge; the crate is complete.
    Note,
    /// A value arrives as JSON without a type, though the page says more about it.
    Untyped,
    /// Something is sent or read otherwise than the page says.
    Deviation,
    /// An operation, a body, a credential or a whole schema does not arrive in the crate.
    Loss,
    /// The API cannot be generated.
    Error,
}

impl Severity {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Untyped => "untyped",
            Self::Deviation => "deviation",
            Self::Loss => "loss",
            Self::Error => "error",
        }
    }

    /// Whether `api.toml` can say that something of this weight is known and meant to be so.
    pub fn is_acceptable(self) -> bool {
        matches!(self, Self::Deviation | Self::Loss)
    }
}

/// One thing that a stage noticed.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// What kind of thing it is.
    pub kind: Kind,
    /// The operation that it is about, as `METHOD /path`, if it is about one.
    pub operation: Option<String>,
    /// Where it is, if it is in a text.
    pub span: Option<Span>,
    /// What is the case.
    pub what: String,
    /// Why that matters.
    pub why: String,
    /// What to do.
    pub help: String,
}

impl Finding {
    /// Something that keeps an API from being generated.
    pub fn error(kind: Kind, what: impl Into<String>) -> Self {
        Self::new(Severity::Error, kind, what)
    }

    /// Something that does not arrive in the crate.
    pub fn loss(kind: Kind, what: impl Into<String>) -> Self {
        Self::new(Severity::Loss, kind, what)
    }

    /// Something that is sent or read otherwise than the page says.
    pub fn deviation(kind: Kind, what: impl Into<String>) -> Self {
        Self::new(Severity::Deviation, kind, what)
    }

    /// A value that arrives as JSON, though the page says more about it.
    pub fn untyped(kind: Kind, what: impl Into<String>) -> Self {
        Self::new(Severity::Untyped, kind, what)
    }

    /// Something worth knowing.
    pub fn note(kind: Kind, what: impl Into<String>) -> Self {
        Self::new(Severity::Note, kind, what)
    }

    fn new(severity: Severity, kind: Kind, what: impl Into<String>) -> Self {
        debug_assert!(kind.entry().severities.contains(&severity), "`{kind}` as {severity:?}");
        let (why, help) = (kind.entry().why.to_owned(), kind.entry().help.to_owned());
        Self { severity, kind, operation: None, span: None, what: what.into(), why, help }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, span: &Span) -> Self {
        self.span = Some(span.clone());
        self
    }

    /// Says why it matters here, in place of what holds of its kind.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// Says what to do here, in place of what holds of its kind.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// One line, as logs and tests want it: `error[unresolved-reference] specs/a/page.md:3: …`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.severity.as_str(), self.kind)?;
        if let Some(span) = &self.span {
            write!(f, " {span}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// The findings of one API, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
    operation: Option<String>,
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, mut finding: Finding) {
        finding.operation = finding.operation.or_else(|| self.operation.clone());
        self.list.push(finding);
    }

    /// Says which operation the following findings are about.
    pub fn about(&mut self, operation: Option<String>) {
        self.operation = operation;
    }

    /// Whether any of them keeps the API from being generated.
    pub fn failed(&self) -> bool {
        self.list.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Makes notes of the losses and deviations that are accepted. A decision that accepts nothing is an error: it would
    /// accept a loss that nobody has seen.
    pub fn accept(&mut self, accepted: &[Accepted]) {
        for decision in accepted {
            let mut found = false;
            for finding in self.list.iter_mut().filter(|it| it.severity.is_acceptable()) {
                let same = finding.kind == decision.finding
                    && (decision.operation.is_none() || finding.operation == decision.operation);
                if same {
                    found = true;
                    finding.severity = Severity::Note;
                    finding.what =
                        format!("{} (accepted: {})", finding.what, decision.reason.trim());
                }
            }
            if !found {
                let what = format!("nothing of the kind `{}` is found to accept", decision.finding);
                self.list.push(Finding::error(Kind::UnusedAccept, what).at(&decision.span));
            }
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }
}

/// A loss that does not fail a run.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The kind of the finding.
    pub finding: Kind,
    /// The operation that it is about, as `METHOD /path`; without it, all of them.
    pub operation: Option<String>,
    /// Why the crate is good without it.
    pub reason: String,
    /// Where it is decided.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn accepted(finding: Kind, operation: Option<&str>) -> Accepted {
        let operation = operation.map(str::to_owned);
        Accepted {
            finding,
            operation,
            reason: "known".to_owned(),
            span: Source::new("api.toml", "").start(),
        }
    }

    fn lines(decisions: &[Accepted]) -> Vec<String> {
        let mut findings = Findings::default();
        findings.about(Some("GET /a".to_owned()));
        findings.push(Finding::loss(Kind::StrayPage, "a is gone"));
        findings.about(Some("GET /b".to_owned()));
        findings.push(Finding::loss(Kind::StrayPage, "b is gone"));
        findings.accept(decisions);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_accepted_loss_is_a_note_that_says_why() {
        let one = lines(&[accepted(Kind::StrayPage, Some("GET /b"))]);
        assert_eq!(
            one,
            ["loss[stray-page]: a is gone", "note[stray-page]: b is gone (accepted: known)"]
        );
        let all = lines(&[accepted(Kind::StrayPage, None)]);
        let expected = [
            "note[stray-page]: a is gone (accepted: known)",
            "note[stray-page]: b is gone (accepted: known)",
        ];
        assert_eq!(all, expected);
    }

    #[test]
    fn accepting_what_is_not_lost_is_an_error() {
        let lines = lines(&[accepted(Kind::StrayPage, Some("GET /c"))]);
        assert_eq!(lines.len(), 3);
        assert_eq!(
            lines[2],
            "error[unused-accept] api.toml:1: nothing of the kind `stray-page` is found to accept"
        );
    }
}
