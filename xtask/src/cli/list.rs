//! `list`: the APIs and what their clients are made with.

use std::path::Path;

use comfy_table::{ColumnConstraint, Table, Width};

use super::bind::{Bind, Outcome, bind_all};
use super::report::{PADDING, Report, Status, new_table, plural, text_of};
use crate::catalog::Catalog;
use crate::config::{ApiConfig, CredentialPlace};
use crate::finding::Severity;
use crate::render::WIDTH;
use crate::sanitize::plain_line;

/// What a cell says where the answer could not be found out.
const UNKNOWN: &str = "?";

/// Shows all APIs, as far as they can be read.
pub fn list(root: &Path, bind: Bind<'_>) -> Report {
    let mut report = Report::new();
    let catalog = Catalog::open(root);
    report.add("", &catalog.findings);
    let outcomes = bind_all(&catalog.entries.iter().collect::<Vec<_>>(), bind);
    let headings = ["API", "Crate", "Base url", "Credential", "Operations"];
    let mut table = new_table(headings);
    for outcome in &outcomes {
        report.add(&outcome.entry.name, &outcome.findings);
        table.add_row(row(outcome).map(|cell| plain_line(&cell, usize::MAX)));
    }
    keep_words_whole(&mut table);
    // What does not arrive in a crate is for `generate` to tell; here it would bury the table.
    report.findings.retain(|(_, finding)| finding.severity == Severity::Error);
    report.output = text_of(&table);
    if report.count(Severity::Error) > 0 {
        report.status = Status::Failed;
        report.summary = format!("{}.", plural(report.findings.len(), "error", "errors"));
    }
    report
}

/// Names are for copying, so columns break between words, as far as the table's width allows.
fn keep_words_whole(table: &mut Table) {
    let words: Vec<usize> =
        (0..table.column_count()).map(|index| longest_word(table, index)).collect();
    // A blank stands between two columns besides the padding.
    let between = words.len().saturating_sub(1) * usize::from(PADDING + 1);
    let fits = |limit: &usize| {
        words.iter().map(|word| word.min(limit)).sum::<usize>() + between <= usize::from(WIDTH)
    };
    let limit = (1..=usize::from(WIDTH)).rev().find(fits).unwrap_or(1);
    for (index, word) in words.iter().enumerate() {
        let Ok(word) = u16::try_from(*word.min(&limit)) else { continue };
        let padding = if index + 1 < words.len() { PADDING } else { 0 };
        if let Some(column) = table.column_mut(index) {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(word + padding)));
        }
    }
}

fn longest_word(table: &Table, column: usize) -> usize {
    let cells = table.column_cells_with_header_iter(column).flatten();
    let widths = cells.map(|cell| cell.content().split(' ').map(width).max().unwrap_or(0));
    widths.max().unwrap_or(0)
}

fn width(word: &str) -> usize {
    word.chars().count()
}

fn row(outcome: &Outcome<'_>) -> [String; 5] {
    let unknown = || UNKNOWN.to_owned();
    let operations = outcome.krate.as_ref().map(|krate| krate.calls.len().to_string());
    let name = outcome.entry.name.clone();
    let Some(config) = &outcome.entry.config else {
        return [name, unknown(), unknown(), unknown(), unknown()];
    };
    [
        name,
        format!("{} {}", config.package, config.version),
        base_url(config, outcome),
        credentials(config, outcome),
        operations.unwrap_or_else(unknown),
    ]
}

fn base_url(config: &ApiConfig, outcome: &Outcome<'_>) -> String {
    match (&outcome.krate, &config.base_url_env) {
        (Some(krate), env) if krate.base_url.is_some() || env.is_none() => {
            krate.base_url.clone().unwrap_or_else(|| "none".to_owned())
        }
        (_, Some(env)) => format!("from ${env}"),
        (_, None) => UNKNOWN.to_owned(),
    }
}

/// Returns the credentials of the client, which the page may ask for; of one that is not made, what is decided.
fn credentials(config: &ApiConfig, outcome: &Outcome<'_>) -> String {
    let all: Vec<String> = match (&outcome.krate, &config.credential) {
        (Some(krate), _) => {
            krate.credentials.iter().map(|it| credential(&it.place, &it.env)).collect()
        }
        (None, Some(decided)) => vec![credential(&decided.place, &decided.env)],
        (None, None) => return UNKNOWN.to_owned(),
    };
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}

/// `bearer from $BASIC_TOKEN`, `x-api-key from $ANTHROPIC_ADMIN_KEY`, `basic from $A_USER and $A_PASSWORD`
fn credential(place: &CredentialPlace, env: &[String]) -> String {
    let place = match place {
        CredentialPlace::Header(name) => name.clone(),
        place => place.to_string(),
    };
    format!("{place} from ${}", env.join(" and $"))
}
