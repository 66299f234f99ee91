//! `explain`: what a kind of finding or a rule of `diff` means.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value as Json;
use textwrap::{Options, WordSeparator, WordSplitter};

use super::report::Report;
use crate::diff::Verdict;
use crate::diff::rules::{Rule, rules};
use crate::finding::{Example, Finding, Kind, Severity};
use crate::near::{nearest_few, offered};
use crate::render::WIDTH;

/// How many names are offered for one that is not known.
const OFFERED: usize = 3;

/// Explains a kind of finding or a rule; without a name, lists all of them.
pub fn explain(name: Option<&str>) -> Report {
    let Some(name) = name else {
        return Report { output: list(), ..Report::new() };
    };
    if let Some(kind) = Kind::named(name) {
        return Report { output: of_kind(kind), ..Report::new() };
    }
    let rules = rules();
    match rules.get(name) {
        Some(rule) => Report { output: of_rule(name, rule), ..Report::new() },
        None => Report::failure(unknown(name, &rules)),
    }
}

fn unknown(name: &str, rules: &BTreeMap<String, Rule>) -> Finding {
    let kinds = Kind::ALL.iter().map(|kind| kind.name());
    let rules = || rules.keys().map(String::as_str);
    let mut near = nearest_few(name, kinds.chain(rules()), OFFERED);
    if near.is_empty() {
        // The list has rules without the place that their names begin with.
        let stem = format!("-{}", name.trim_start_matches(['*', '-']));
        near = rules().filter(|rule| rule.ends_with(&stem)).take(OFFERED).collect();
    }
    let what = format!("neither a kind of finding nor a rule of `diff` is called `{name}`");
    let finding = Finding::error(Kind::UnknownKind, what);
    match near.is_empty() {
        true => finding,
        false => finding
            .help(format!("Did you mean {}? `cargo xtask explain` lists all.", offered(&near))),
    }
}

fn of_kind(kind: Kind) -> String {
    let entry = kind.entry();
    let severities: Vec<_> = entry.severities.iter().map(|it| it.as_str()).collect();
    let mut text = format!("{kind} ({})\n\n", severities.join(" or "));
    paragraph(&mut text, "", entry.what);
    paragraph(&mut text, "Why it matters: ", entry.why);
    paragraph(&mut text, "What to do: ", entry.help);
    match entry.example {
        Some(Example::Document(example)) => block(&mut text, "A document that has it:", example),
        Some(Example::Config(example)) => block(&mut text, "An `api.toml` that has it:", example),
        Some(Example::Page(example)) => block(&mut text, "A page that has it:", example),
        None => {}
    }
    if kind.is_acceptable() {
        let accept = format!("[[accept]]\nfinding = \"{kind}\"\nreason = \"…\"\n");
        block(&mut text, "Where it is known and meant to be so, `api.toml` says:", &accept);
    }
    text
}

fn of_rule(name: &str, rule: &Rule) -> String {
    let mut text = format!("{name} ({})\n\n", words(&rule.verdicts).join(" or "));
    match &rule.example {
        None => paragraph(&mut text, "", &rule.what),
        Some(_) => paragraph(&mut text, "For example: ", &rule.what),
    }
    if let Some((before, now)) = &rule.example {
        let gravest = rule.verdicts.last().copied().unwrap_or_default();
        paragraph(&mut text, "Why it matters: ", why(gravest));
        paragraph(&mut text, "What to do: ", help(gravest));
        block(&mut text, "What was there:", &fragment(before));
        block(&mut text, "What is there now:", &fragment(now));
    }
    text
}

/// Names and first sentences, in a line each. Rules that differ in their place alone share a line.
fn list() -> String {
    let sections = [
        (Severity::Error, "Errors"),
        (Severity::Loss, "Losses"),
        (Severity::Deviation, "Deviations"),
        (Severity::Untyped, "Untyped values"),
        (Severity::Note, "Notes"),
    ];
    let mut text = String::new();
    let longest = Kind::ALL.iter().map(|kind| kind.name().len()).max().unwrap_or(0);
    for (severity, title) in sections {
        let mut kinds: Vec<_> =
            Kind::ALL.iter().filter(|kind| kind.entry().severity() == severity).collect();
        kinds.sort_by_key(|kind| kind.name());
        let _ = writeln!(text, "{title}\n");
        for kind in kinds {
            let _ = writeln!(text, "  {kind:<longest$}  {}", kind.entry().what);
        }
        text.push('\n');
    }
    let mut stems: BTreeMap<String, BTreeSet<Verdict>> = BTreeMap::new();
    for (name, rule) in rules() {
        stems.entry(without_place(&name)).or_default().extend(rule.verdicts);
    }
    text.push_str("Rules of `diff`; a star stands for a place, such as `request-property`\n\n");
    let longest = stems.keys().map(String::len).max().unwrap_or(0);
    for (stem, verdicts) in stems {
        let _ = writeln!(text, "  {stem:<longest$}  {}", words(&verdicts).join(", "));
    }
    text
}

/// The name of a rule with a star for the place that it is about.
fn without_place(name: &str) -> String {
    const SIDES: [&str; 2] = ["request-", "response-"];
    const PLACES: [&str; 5] =
        ["parameter-property-", "parameter-", "property-", "body-", "header-"];
    let of_call = SIDES.iter().find_map(|side| name.strip_prefix(side));
    let rest = of_call.and_then(|it| PLACES.iter().find_map(|place| it.strip_prefix(place)));
    let rest = rest.or_else(|| name.strip_prefix("schema-"));
    rest.map_or_else(|| name.to_owned(), |rest| format!("*-{rest}"))
}

/// The verdicts, the gravest first, as the JSON of `diff` has them.
fn words(verdicts: &BTreeSet<Verdict>) -> Vec<&'static str> {
    let word = |verdict: &Verdict| match verdict {
        Verdict::None => "none",
        Verdict::Additive => "additive",
        Verdict::Review => "review",
        Verdict::Breaking => "breaking",
    };
    verdicts.iter().rev().map(word).collect()
}

fn why(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::None => "Calls go on as before, and so do programs that make them.",
        Verdict::Additive => {
            "Calls go on as before, and there is more that can be called, sent or read."
        }
        Verdict::Review => "Whether calls go on as before depends on what the page does not say.",
        Verdict::Breaking => {
            "Calls that worked may be refused, or answers may not be what was promised."
        }
    }
}

fn help(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::None => "Nothing has to be done.",
        Verdict::Additive => "Generate anew, and let `cargo xtask bump` raise the version.",
        Verdict::Review => "Look whether the calls that you know of are among those that change.",
        Verdict::Breaking => {
            "Tell those who call it; `cargo xtask bump` writes the change into the changelog."
        }
    }
}

/// A fragment in one line if it fits, and else indented.
fn fragment(json: &Json) -> String {
    let line = json.to_string();
    match line.chars().count() + INDENT.len() <= usize::from(WIDTH) {
        true => line,
        false => serde_json::to_string_pretty(json).unwrap_or(line),
    }
}

const INDENT: &str = "    ";

fn paragraph(text: &mut String, start: &str, sentence: &str) {
    let options = Options::new(usize::from(WIDTH))
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    text.push_str(&textwrap::fill(&format!("{start}{sentence}"), options));
    text.push('\n');
}

fn block(text: &mut String, title: &str, block: &str) {
    let _ = writeln!(text, "\n{title}\n\n{}", textwrap::indent(block.trim_end(), INDENT));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Status;

    fn explained(name: &str) -> String {
        let report = explain(Some(name));
        assert_eq!(report.status, Status::Done, "{name}");
        report.output
    }

    fn too_wide(text: &str) -> Vec<&str> {
        text.lines().filter(|line| line.chars().count() > usize::from(WIDTH)).collect()
    }

    #[test]
    fn a_kind_is_explained_with_what_has_it() {
        let expected = "\
reference-cycle (loss)

A `$ref` only leads back to itself.
Why it matters: Nothing ever says what it is.
What to do: Fetch the page again; if it is published like this, tell the vendor.

A document that has it:

    components:
      schemas:
        One: {$ref: '#/components/schemas/Other'}
        Other: {$ref: '#/components/schemas/One'}

Where it is known and meant to be so, `api.toml` says:

    [[accept]]
    finding = \"reference-cycle\"
    reason = \"…\"
";
        assert_eq!(explained("reference-cycle"), expected);
    }

    #[test]
    fn a_rule_is_explained_by_what_is_said_of_its_example() {
        let expected = "\
request-property-max-decreased (breaking)

For example: the maximum of `p` of `Thing` in requests changed from 9 to 5.
Why it matters: Calls that worked may be refused, or answers may not be what was promised.
What to do: Tell those who call it; `cargo xtask bump` writes the change into the changelog.

What was there:

    {\"maximum\":9}

What is there now:

    {\"maximum\":5}
";
        assert_eq!(explained("request-property-max-decreased"), expected);
    }

    #[test]
    fn all_that_is_listed_is_explained_and_fits() {
        let list = explain(None).output;
        assert_eq!(too_wide(&list), [""; 0]);
        for kind in Kind::ALL {
            assert!(list.contains(&format!("  {kind} ")), "{kind}");
            assert_eq!(too_wide(&explained(kind.name())), [""; 0], "{kind}");
        }
        for (name, rule) in rules() {
            assert!(list.contains(&format!("  {} ", without_place(&name))), "{name}");
            assert_eq!(too_wide(&of_rule(&name, &rule)), [""; 0], "{name}");
            assert!(Kind::named(&name).is_none(), "{name} is both");
        }
    }

    #[test]
    fn for_what_is_not_known_the_nearest_is_offered() {
        for (name, near) in [
            ("bad-renam", "`bad-rename`"),
            ("formStyle", "`form-style`"),
            ("*-max-decreased", "`request-body-max-decreased`"),
        ] {
            let report = explain(Some(name));
            assert_eq!(report.status, Status::Failed);
            assert!(report.findings[0].1.help.contains(near), "{}", report.findings[0].1.help);
        }
    }
}
