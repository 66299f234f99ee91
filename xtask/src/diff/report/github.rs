//! Annotations: commands in the log of a workflow that GitHub shows beside the lines of the vendor's page.

use super::super::change::{Change, Comparison, Verdict};
use super::{escape, words};
use crate::prose::plural;

/// GitHub shows so many annotations of each level for a step, and drops the rest without a word.
const SHOWN: usize = 10;
const MAX_MESSAGE: usize = 1_000;
const MAX_PROPERTY: usize = 300;

/// A command for each change that matters, the gravest first, at most ten of each level.
///
/// Where there are more, the last of the level says how many are left out.
pub fn github(comparison: &Comparison) -> String {
    let levels =
        [(Verdict::Breaking, "error"), (Verdict::Review, "warning"), (Verdict::Additive, "notice")];
    let mut text = String::new();
    for (verdict, level) in levels {
        let changes = words::of(comparison, verdict);
        let shown = if changes.len() > SHOWN { SHOWN - 1 } else { SHOWN };
        for change in changes.iter().take(shown) {
            text.push_str(&command(level, change));
        }
        if changes.len() > SHOWN {
            let rest = plural(changes.len() - shown, "change is", "changes are");
            let title = words::title(verdict);
            text.push_str(&format!(
                "::{level} title={title}::{rest} not shown here; `cargo xtask diff` shows all\n"
            ));
        }
    }
    text
}

fn command(level: &str, change: &Change) -> String {
    let mut properties = Vec::new();
    // An annotation of an old page would be shown beside some line of the new one.
    if let Some(now) = &change.now {
        let file = escape::command_property(now.source().path().as_str(), MAX_PROPERTY);
        properties.push(format!("file={file},line={}", now.line()));
    }
    let title = format!("{}: {}", words::title(change.verdict()), change.rule);
    properties.push(format!("title={}", escape::command_property(&title, MAX_PROPERTY)));
    let message = escape::command_data(&message(change), MAX_MESSAGE);
    format!("::{level} {}::{message}\n", properties.join(","))
}

fn message(change: &Change) -> String {
    let mut parts = vec![change.message.clone()];
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => parts.push(format!("{before} → {after}")),
        (Some(before), None) => parts.push(format!("was: {before}")),
        (None, Some(after)) => parts.push(format!("now: {after}")),
        (None, None) => {}
    }
    parts.extend(change.effects.iter().take(3).map(|it| format!("{}: {}", it.item, it.what)));
    if change.effects.len() > 3 {
        parts.push(format!("and {} more effects in Rust", change.effects.len() - 3));
    }
    match change.operations.as_slice() {
        [] => {}
        [operation] => parts.push(operation.clone()),
        many => parts.push(format!("{} operations", many.len())),
    }
    parts.join("; ")
}

#[cfg(test)]
mod tests;
