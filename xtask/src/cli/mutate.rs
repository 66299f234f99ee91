//! `mutate`: real documents changed keyword by keyword, and the changes that nothing shows.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::progress::Progress;
use super::report::{Report, Status, new_table, plural, text_of};
use crate::corpus::input::{self, Document};
use crate::finding::{Finding, Kind};
use crate::mutation::{self, Mutation, Original, Verdict};
use crate::read::text;
use crate::sanitize;
use crate::source::Source;

/// How many silent changes are listed.
const MOST_LISTED: usize = 200;

/// What to change.
#[derive(Debug)]
pub struct Mutate {
    /// The folder with the documents.
    pub input: PathBuf,
    /// How many keywords.
    pub count: usize,
    /// What decides which ones.
    pub seed: u64,
    /// How many at a time.
    pub jobs: usize,
}

/// Changes keywords of all documents of a folder.
pub fn mutate(mutate: &Mutate) -> Report {
    let input = match input::read(&mutate.input) {
        Ok(input) => input,
        Err(error) => {
            let what = format!("cannot read `{}`: {error}", mutate.input.display());
            return Report::failure(Finding::error(Kind::Unreadable, what));
        }
    };
    let originals: Vec<Original> = input.documents.iter().filter_map(original).collect();
    let progress = Progress::start(Some(mutate.count));
    let done = || progress.done("");
    let mutations = mutation::mutate(&originals, mutate.count, mutate.seed, mutate.jobs, &done);
    drop(progress);
    report(mutate, originals.len(), &mutations)
}

/// Returns what a document in JSON or in YAML holds.
fn original(document: &Document) -> Option<Original> {
    let source = Source::new(document.name.clone(), document.text.clone());
    let whole = 0..document.text.len();
    let read = text::json(&source, whole.clone()).or_else(|_| text::yaml(&source, whole));
    Some(Original { name: document.name.clone(), document: read.ok()?.to_json() })
}

fn report(mutate: &Mutate, documents: usize, mutations: &[Mutation]) -> Report {
    let mut report = Report::new();
    let of = |verdict: Verdict| mutations.iter().filter(move |it| it.verdict == verdict);
    report.output = table(mutations);
    let silent = of(Verdict::Silent).count();
    for mutation in of(Verdict::Silent).take(MOST_LISTED) {
        let Mutation { document, place, change, .. } = mutation;
        let line = format!("silent {document} {}: {change}", place.pointer);
        report.output += &format!("{}\n", sanitize::plain_line(&line, 300));
    }
    report.summary = format!(
        "{} of {} changes could be tried, in {} with seed {}: {} by the crate, {} by findings, {} mean the same, \
         {} without effect, {silent} silent.",
        mutations.len(),
        mutate.count,
        plural(documents, "document", "documents"),
        mutate.seed,
        plural(of(Verdict::Crate).count(), "is shown", "are shown"),
        of(Verdict::Finding).count(),
        of(Verdict::Same).count(),
        of(Verdict::WithoutEffect).count(),
    );
    if silent > 0 || mutations.is_empty() {
        report.status = Status::Failed;
    }
    report
}

/// The keywords of which a change was silent.
fn table(mutations: &[Mutation]) -> String {
    let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for mutation in mutations {
        let (tried, silent) = counts.entry(mutation.place.name()).or_default();
        *tried += 1;
        *silent += usize::from(mutation.verdict == Verdict::Silent);
    }
    let mut table = new_table(["Object", "Keyword", "Tried", "Silent"]);
    let silent = counts.into_iter().filter(|(_, (_, silent))| *silent > 0);
    for ((object, keyword), (tried, silent)) in silent {
        table.add_row([
            object.to_owned(),
            keyword.to_owned(),
            tried.to_string(),
            silent.to_string(),
        ]);
    }
    text_of(&table)
}
