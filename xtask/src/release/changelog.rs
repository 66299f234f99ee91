//! The changelog: what of a crate changed, filed under its next version until that is released.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

use super::line::Grade;
use super::status::ReleaseStatus;
use crate::sanitize;

/// Where the changelog is.
pub const FILE: &str = "CHANGELOG.md";
const UNRELEASED: &str = "## Unreleased";

/// What the changelog says about a crate, unless somebody says it better: a line for each effect.
pub fn sentences(status: &ReleaseStatus) -> Vec<String> {
    let line = |it: &crate::surface::Effect| {
        let mark = if it.breaking { "**Breaking:** " } else { "" };
        format!("{mark}`{}`: {}.", it.item, it.what)
    };
    let (breaking, others): (Vec<_>, Vec<_>) = status.effects.iter().partition(|it| it.breaking);
    let mut lines: Vec<_> = breaking.into_iter().chain(others).map(line).collect();
    lines.extend(
        status
            .through
            .iter()
            .map(|(package, version)| format!("Shows the types of `{package}` {version}.")),
    );
    if lines.is_empty() && status.grade == Grade::Hidden {
        lines.push("Documentation, and what callers do not see.".to_owned());
    }
    lines
}

/// The changelog with these lines about a crate that will have that version.
///
/// What stands there about an earlier version that was never released is now about this one. Lines that are
/// there already, also those written by hand, stay as they are.
pub fn insert(text: &str, package: &str, version: &str, lines: &[String]) -> String {
    let (before, mut entries, after) = split(text);
    let title = format!("### `{package}` {version}");
    let of = format!("### `{package}` ");
    let start = entries.iter().position(|line| line.starts_with(&of));
    let start = start.unwrap_or_else(|| {
        // A blank line stands between sections.
        while entries.last().is_some_and(String::is_empty) {
            entries.pop();
        }
        entries.extend([String::new(), String::new(), String::new()]);
        entries.len() - 2
    });
    let length = entries.iter().skip(start + 1).position(|line| line.starts_with("##"));
    let end = length.map_or(entries.len(), |length| start + 1 + length);
    let mut section: Vec<String> = entries.get(start..end).unwrap_or_default().to_vec();
    while section.last().is_some_and(String::is_empty) {
        section.pop();
    }
    section.drain(..section.len().min(1));
    if section.is_empty() {
        section.push(String::new());
    }
    for line in lines.iter().map(|line| format!("- {}", sanitize::line(line))) {
        if !section.contains(&line) {
            section.push(line);
        }
    }
    section.insert(0, title);
    section.push(String::new());
    entries.splice(start..end, section);
    join(before, entries, after)
}

/// The changelog once all of it is released, under the facade's version, which is the one that people know.
pub fn release(text: &str, facade: &str, version: &str) -> String {
    let (before, entries, after) = split(text);
    if entries.iter().all(String::is_empty) {
        return text.to_owned();
    }
    let mut list = vec![String::new(), format!("## `{facade}` {version}")];
    list.extend(entries);
    join(before, list, after)
}

/// What stands before the unreleased entries, their heading included, these, and what comes behind them.
fn split(text: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        lines.push("# Changelog".to_owned());
    }
    let start = headings(&lines).into_iter().find(|(_, line)| line == UNRELEASED);
    let start = start.map(|(at, _)| at).unwrap_or_else(|| {
        let start = headings(&lines).first().map_or(lines.len(), |(at, _)| *at);
        let blank = start == 0 || lines.get(start - 1).is_some_and(String::is_empty);
        let new = [String::new(), UNRELEASED.to_owned(), String::new()];
        lines.splice(start..start, new.into_iter().skip(usize::from(blank)));
        if blank { start } else { start + 1 }
    });
    let end = headings(&lines).into_iter().map(|(at, _)| at).find(|at| *at > start);
    let after = lines.split_off(end.unwrap_or(lines.len()));
    let entries = lines.split_off(start + 1);
    (lines, entries, after)
}

/// The headings of versions, with the lines that they are in. What stands in code or in a comment is none.
fn headings(lines: &[String]) -> Vec<(usize, String)> {
    let text = lines.join("\n");
    let starts = Parser::new(&text).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => Some(range.start),
        _ => None,
    });
    let number = |start| text.get(..start).map_or(0, |before| before.matches('\n').count());
    let line = |number: usize| Some((number, lines.get(number)?.clone()));
    starts.map(number).filter_map(line).filter(|(_, line)| line.starts_with("## ")).collect()
}

/// The lines as a text with one line end at its end.
fn join(mut before: Vec<String>, mut entries: Vec<String>, after: Vec<String>) -> String {
    while entries.last().is_some_and(String::is_empty) {
        entries.pop();
    }
    before.extend(entries);
    if !after.is_empty() {
        before.push(String::new());
    }
    before.extend(after);
    before.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# Changelog\n\nText.\n\n## Unreleased\n\n- By hand.\n\n## `a` 0.1.0\n\n- Old.\n";

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn each_crate_has_a_section_under_what_is_not_released() {
        let text = insert(TEXT, "b", "0.2.0", &lines(&["One.", "Two."]));
        let text = insert(&text, "c", "0.3.0", &lines(&["Three."]));
        let expected = "# Changelog\n\nText.\n\n## Unreleased\n\n- By hand.\n\n### `b` 0.2.0\n\n- One.\n- Two.\n\n\
                        ### `c` 0.3.0\n\n- Three.\n\n## `a` 0.1.0\n\n- Old.\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_second_time_changes_nothing_and_a_later_version_takes_over() {
        let once = insert(TEXT, "b", "0.1.1", &lines(&["One."]));
        assert_eq!(insert(&once, "b", "0.1.1", &lines(&["One."])), once);
        let by_hand = once.replace("- One.", "- One.\n- Mine.");
        let later = insert(&by_hand, "b", "0.2.0", &lines(&["One.", "Two."]));
        assert!(later.contains("### `b` 0.2.0\n\n- One.\n- Mine.\n- Two.\n\n##"), "{later}");
        assert!(!later.contains("0.1.1"));
    }

    #[test]
    fn a_changelog_that_is_not_there_is_made() {
        let expected = "# Changelog\n\n## Unreleased\n\n### `b` 0.2.0\n\n- One.\n";
        assert_eq!(insert("", "b", "0.2.0", &lines(&["One."])), expected);
        let old = "# Changelog\n\n## `a` 0.1.0\n\n- Old.\n";
        let expected =
            "# Changelog\n\n## Unreleased\n\n### `b` 0.2.0\n\n- One.\n\n## `a` 0.1.0\n\n- Old.\n";
        assert_eq!(insert(old, "b", "0.2.0", &lines(&["One."])), expected);
    }

    #[test]
    fn a_release_is_what_was_unreleased() {
        let text = release(TEXT, "a", "0.2.0");
        let expected = "# Changelog\n\nText.\n\n## Unreleased\n\n## `a` 0.2.0\n\n- By hand.\n\n## `a` 0.1.0\n\n- Old.\n";
        assert_eq!(text, expected);
        assert_eq!(release(&text, "a", "0.2.0"), text);
    }

    #[test]
    fn what_stands_in_code_or_in_a_comment_is_no_heading() {
        let hidden = "# Changelog\n\n```\n## Unreleased\n```\n\n<!--\n## Unreleased\n-->\n\n## `a` 0.1.0\n\n- Old.\n";
        let after = insert(hidden, "b", "0.2.0", &["One.".to_owned()]);
        let expected =
            hidden.replace("## `a`", "## Unreleased\n\n### `b` 0.2.0\n\n- One.\n\n## `a`");
        assert_eq!(after, expected);
    }
}
