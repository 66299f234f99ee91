//! What all formats say in the same words.

use super::super::change::{Bump, Cause, Change, Comparison, Rust, Verdict, Wire};
use crate::prose::plural;

/// The verdicts, the gravest first.
pub(super) const VERDICTS: [Verdict; 4] =
    [Verdict::Breaking, Verdict::Review, Verdict::Additive, Verdict::None];

/// The changes of a verdict, in the order of the comparison.
pub(super) fn of(comparison: &Comparison, verdict: Verdict) -> Vec<&Change> {
    comparison.changes.iter().filter(|change| change.verdict() == verdict).collect()
}

/// `2 breaking, 1 to review, 4 additions`, without what there is none of.
pub(super) fn counts(count: impl Fn(Verdict) -> usize) -> String {
    let each = VERDICTS.map(|verdict| (count(verdict), verdict));
    let said: Vec<_> = each
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, verdict)| format!("{count} {}", verdict_word(*verdict, *count)))
        .collect();
    said.join(", ")
}

/// The title of the section with the changes of a verdict.
pub(super) fn title(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Breaking => "Breaking",
        Verdict::Review => "To review",
        Verdict::Additive => "Additive",
        Verdict::None => "Without effect",
    }
}

/// The first sentences of a report.
pub(super) struct Headline {
    /// `Breaking`, `No change`.
    pub verdict: &'static str,
    /// What stands behind the verdict in a line: `:`, `.` or nothing.
    pub mark: &'static str,
    /// `2 breaking, 1 to review, in 2 APIs. The version needs a minor bump.`
    pub rest: String,
}

/// Returns the verdict, the counts and the version bump.
pub(super) fn headline(comparison: &Comparison) -> Headline {
    let bump = bump_sentence(comparison.bump());
    let apis = plural(comparison.apis.len(), "API", "APIs");
    let several = comparison.apis.len() > 1;
    if comparison.changes.is_empty() {
        let (mark, rest) = match several {
            true => ("", format!("in {apis}. {bump}")),
            false => (".", bump.to_owned()),
        };
        return Headline { verdict: "No change", mark, rest };
    }
    let counted = counts(|verdict| of(comparison, verdict).len());
    let apis = if several { format!(", in {apis}") } else { String::new() };
    let rest = format!("{counted}{apis}. {bump}");
    Headline { verdict: title(comparison.verdict()), mark: ":", rest }
}

fn verdict_word(verdict: Verdict, count: usize) -> &'static str {
    match verdict {
        Verdict::Breaking => "breaking",
        Verdict::Review => "to review",
        Verdict::Additive if count == 1 => "addition",
        Verdict::Additive => "additions",
        Verdict::None => "without effect",
    }
}

pub(super) fn bump_sentence(bump: Bump) -> &'static str {
    match bump {
        Bump::None => "The version may stay as it is.",
        Bump::Patch => "The version needs a patch bump.",
        Bump::Minor => "The version needs a minor bump.",
        Bump::Major => "The version needs a major bump.",
    }
}

pub(super) fn bump(bump: Bump) -> &'static str {
    match bump {
        Bump::None => "none",
        Bump::Patch => "patch",
        Bump::Minor => "minor",
        Bump::Major => "major",
    }
}

/// What becomes of calls; nothing is a dash.
pub(super) fn wire(wire: Wire) -> &'static str {
    match wire {
        Wire::None => "—",
        Wire::Additive => "additive",
        Wire::Review => "to review",
        Wire::Breaking => "breaking",
    }
}

/// What becomes of programs; nothing is a dash.
pub(super) fn rust(rust: Rust) -> &'static str {
    match rust {
        Rust::None => "—",
        Rust::Additive => "additive",
        Rust::Unknown => "could not be determined",
        Rust::Breaking => "breaking",
    }
}

/// Whose change it is, if it is not the vendor's.
pub(super) fn cause(cause: Cause) -> Option<&'static str> {
    match cause {
        Cause::Page => None,
        Cause::Config => Some("caused by api.toml"),
        Cause::Generator => Some("caused by the generator"),
    }
}

/// What a change is about: its one operation, or the schema that several of them share.
pub(super) enum Subject<'c> {
    /// No operation.
    None,
    /// One operation.
    Operation(&'c str),
    /// Several operations, and what they share, if it has a name.
    Shared { name: Option<String>, operations: &'c [String] },
}

pub(super) fn subject(change: &Change) -> Subject<'_> {
    match change.operations.as_slice() {
        [] => Subject::None,
        [operation] => Subject::Operation(operation),
        operations => Subject::Shared { name: component(&change.pointer), operations },
    }
}

/// The name of the component that a pointer leads into: `Invite` of `/components/schemas/Invite/type`.
fn component(pointer: &str) -> Option<String> {
    let mut parts = pointer.trim_start_matches('#').strip_prefix("/components/")?.split('/');
    let name = parts.nth(1).filter(|name| !name.is_empty())?;
    Some(name.replace("~1", "/").replace("~0", "~"))
}

/// Where a change is: in the new page, or in the old one.
pub(super) fn place(change: &Change) -> Option<String> {
    change.now.as_ref().or(change.was.as_ref()).map(ToString::to_string)
}
