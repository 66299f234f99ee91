//! The report as Markdown that fits a comment of a pull request, and reads well in a terminal.

use indexmap::IndexMap;

use super::super::change::{Change, Comparison, Rust, Verdict};
use super::escape::{code, sentence};
use super::words::{self, Headline, Subject};
use crate::prose::plural;
use crate::surface::Effect;

/// The last line of the report, which no reader sees: the comment that has it is the one to update.
pub const MARKER: &str = "<!-- bindery-review -->";

/// What fits a comment: GitHub takes 65,536 characters, and we count bytes, of which there are no fewer. The rest
/// is room for what the workflow that posts it puts behind each `@`.
pub const COMMENT_LIMIT: usize = 60_000;

const MAX_MESSAGE: usize = 600;
const MAX_VALUE: usize = 160;
const MAX_NAME: usize = 120;
/// Effects of one change that are listed.
const MAX_EFFECTS: usize = 4;
/// What the lines at the end take at most.
const RESERVED: usize = 400;

/// The report in at most so many bytes. What does not fit is left out from the end, where the additions are,
/// and counted.
pub fn markdown(comparison: &Comparison, limit: usize) -> String {
    let mut page = Page::new(limit.saturating_sub(RESERVED));
    let Headline { verdict, mark, rest } = words::headline(comparison);
    let headline = format!("**{verdict}{mark}** {rest}\n");
    if headline.len() + RESERVED > limit {
        return headline.chars().scan(0, |used, c| within(used, c, limit)).collect();
    }
    page.text.push_str(&headline);
    apis(&mut page, comparison);
    for verdict in words::VERDICTS {
        let changes = words::of(comparison, verdict);
        if changes.is_empty() {
            continue;
        }
        match verdict {
            Verdict::Breaking | Verdict::Review => table(&mut page, verdict, &changes),
            Verdict::Additive | Verdict::None => folded(&mut page, verdict, &changes),
        }
    }
    page.end()
}

fn within(used: &mut usize, c: char, limit: usize) -> Option<char> {
    *used += c.len_utf8();
    (*used <= limit).then_some(c)
}

/// Text that does not grow beyond its limit, and knows what it left out.
struct Page {
    text: String,
    limit: usize,
    full: bool,
    left_out: IndexMap<Verdict, usize>,
}

impl Page {
    fn new(limit: usize) -> Self {
        Self { text: String::new(), limit, full: false, left_out: IndexMap::new() }
    }

    /// Adds a text if there is room for it and for what has to follow. Once there is none, nothing is added
    /// any more, so that what is shown is always the gravest.
    fn push(&mut self, text: &str, closing: &str) -> bool {
        self.full |= self.text.len() + text.len() + closing.len() > self.limit;
        if !self.full {
            self.text.push_str(text);
        }
        !self.full
    }

    fn leave_out(&mut self, verdict: Verdict, count: usize) {
        *self.left_out.entry(verdict).or_default() += count;
    }

    fn end(mut self) -> String {
        let count: usize = self.left_out.values().sum();
        if count > 0 {
            let counts = words::counts(|it| self.left_out.get(&it).copied().unwrap_or(0));
            self.text.push_str(&format!(
                "\n**Left out here for length: {} ({counts}).** All are in the full report: run \
                 `cargo xtask diff`, or open the files that the workflow of this pull request keeps as its \
                 artifact.\n",
                plural(count, "change", "changes"),
            ));
        }
        self.text.push_str(&format!("\n{MARKER}\n"));
        self.text
    }
}

/// What each API asks for, where there is more than one.
fn apis(page: &mut Page, comparison: &Comparison) {
    let changed: Vec<_> =
        comparison.apis.iter().filter(|api| api.verdict > Verdict::None).collect();
    if comparison.apis.len() < 2 || changed.is_empty() {
        return;
    }
    let mut head = "\n| API | Verdict | Bump |\n| --- | --- | --- |\n".to_owned();
    for api in changed {
        let (name, verdict) = (code(&api.api, MAX_NAME), words::title(api.verdict));
        head.push_str(&format!("| {name} | {verdict} | {} |\n", words::bump(api.bump)));
        if !page.push(&head, "") {
            break;
        }
        head.clear();
    }
}

fn table(page: &mut Page, verdict: Verdict, changes: &[&Change]) {
    let mut head = format!(
        "\n### {}\n\n| Where | Change | Calls | Rust | Rule |\n| --- | --- | --- | --- | --- |\n",
        words::title(verdict)
    );
    for (index, change) in changes.iter().enumerate() {
        head.push_str(&row(change));
        if !page.push(&head, "") {
            page.leave_out(verdict, changes.len() - index);
            return;
        }
        head.clear();
    }
}

fn row(change: &Change) -> String {
    let mut place = subject(change);
    if let Some(page) = words::place(change) {
        place = format!("{place}, {}", code(&page, MAX_NAME));
    }
    format!(
        "| {place} | {} | {} | {} | {} |\n",
        what(change),
        words::wire(change.wire),
        rust(change),
        code(&change.rule, MAX_NAME)
    )
}

/// The message, and what was and is there, unless the message says it.
fn what(change: &Change) -> String {
    let mut text = sentence(&change.message, MAX_MESSAGE);
    let (before, after) = (change.before.as_deref(), change.after.as_deref());
    let said = |it: Option<&str>| it.is_none_or(|it| change.message.contains(&format!("`{it}`")));
    if let Some(values) = values(before, after).filter(|_| !(said(before) && said(after))) {
        text.push_str(&format!(" ({values})"));
    }
    if let Some(cause) = words::cause(change.cause) {
        text.push_str(&format!(", {cause}"));
    }
    text
}

fn values(before: Option<&str>, after: Option<&str>) -> Option<String> {
    let code = |text| code(text, MAX_VALUE);
    Some(match (before, after) {
        (Some(before), Some(after)) => format!("{} → {}", code(before), code(after)),
        (Some(before), None) => format!("was {}", code(before)),
        (None, Some(after)) => format!("now {}", code(after)),
        (None, None) => return None,
    })
}

/// What the change is about: an operation, or what several of them share.
fn subject(change: &Change) -> String {
    match words::subject(change) {
        Subject::None => code(&change.api, MAX_NAME),
        Subject::Operation(operation) => code(operation, MAX_NAME),
        Subject::Shared { name: Some(name), operations } => {
            format!("{} in {} operations", code(&name, MAX_NAME), operations.len())
        }
        Subject::Shared { name: None, operations } => {
            let first = operations.first().map(String::as_str).unwrap_or_default();
            let more = plural(operations.len().saturating_sub(1), "operation", "operations");
            format!("{} and {more} more", code(first, MAX_NAME))
        }
    }
}

/// The verdict in Rust, and what it comes from.
fn rust(change: &Change) -> String {
    match (change.rust, effects(change)) {
        (verdict, None) => words::rust(verdict).to_owned(),
        (Rust::Breaking, Some(effects)) => format!("**breaking:** {effects}"),
        (verdict, Some(effects)) => format!("{}: {effects}", words::rust(verdict)),
    }
}

/// What becomes of the items of the crate, the breaking effects first.
fn effects(change: &Change) -> Option<String> {
    let breaking = change.effects.iter().filter(|it| it.breaking);
    let others = change.effects.iter().filter(|it| !it.breaking);
    let mut parts: Vec<_> = breaking.chain(others).take(MAX_EFFECTS).map(effect).collect();
    if change.effects.len() > MAX_EFFECTS {
        parts.push(format!("and {} more", change.effects.len() - MAX_EFFECTS));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn effect(effect: &Effect) -> String {
    let item = code(&effect.item, MAX_NAME);
    let what = sentence(&effect.what, MAX_VALUE);
    match values(effect.before.as_deref(), effect.after.as_deref()) {
        Some(values) => format!("{item}: {what} ({values})"),
        None => format!("{item}: {what}"),
    }
}

/// Changes that nobody has to read, by what they are about.
fn folded(page: &mut Page, verdict: Verdict, changes: &[&Change]) {
    const CLOSING: &str = "\n</details>\n";
    let mut groups: IndexMap<String, Vec<&Change>> = IndexMap::new();
    for change in changes {
        groups.entry(subject(change)).or_default().push(change);
    }
    let count = plural(changes.len(), "change", "changes");
    let mut head =
        format!("\n<details>\n<summary>{}: {count}</summary>\n\n", words::title(verdict));
    let (mut opened, mut shown) = (false, 0);
    'all: for (subject, changes) in &groups {
        head.push_str(&format!("- {subject}\n"));
        for change in changes {
            head.push_str(&item(change));
            if !page.push(&head, CLOSING) {
                break 'all;
            }
            (opened, shown) = (true, shown + 1);
            head.clear();
        }
    }
    if opened {
        page.text.push_str(CLOSING);
    }
    if shown < changes.len() {
        page.leave_out(verdict, changes.len() - shown);
    }
}

fn item(change: &Change) -> String {
    let mut parts = vec![what(change)];
    parts.extend(effects(change));
    parts.push(code(&change.rule, MAX_NAME));
    parts.extend(words::place(change).map(|it| code(&it, MAX_NAME)));
    format!("  - {}\n", parts.join("; "))
}

#[cfg(test)]
mod tests;
