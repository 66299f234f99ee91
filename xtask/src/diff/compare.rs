//! Two states of an API, compared on the wire and in Rust, and the two joined.

mod rust_side;

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use camino::Utf8PathBuf;

use crate::catalog::Api;
use crate::finding::{Finding, Findings, Kind};
use crate::pipeline::STACK;
use crate::release::{self, Grade};
use crate::surface::Effect;

use super::change::{ApiSummary, Bump, Cause, Change, Comparison, Rust, Verdict, Wire};
use super::join;
use super::origins::Origins;
use super::state::{Found, State};
use super::wire;
use rust_side::RustSide;

/// All APIs of two states of a workspace, by name; those of one state alone are new, or gone.
pub fn workspaces(
    old: BTreeMap<String, Found>,
    mut new: BTreeMap<String, Found>,
    names: &[String],
) -> (Comparison, Vec<(String, Findings)>) {
    let mut comparison = Comparison::default();
    let mut problems = Vec::new();
    let all: BTreeSet<String> = old.keys().chain(new.keys()).cloned().collect();
    let mut old = old;
    for name in all.into_iter().filter(|it| names.is_empty() || names.contains(it)) {
        let (before, after) = (old.remove(&name), new.remove(&name));
        match one(&name, before, after) {
            Ok((changes, summary)) => {
                comparison.changes.extend(changes);
                comparison.apis.push(summary);
            }
            Err(findings) => problems.push((name, findings)),
        }
    }
    (comparison, problems)
}

/// One API of which there is an old and a new state.
pub fn apis(name: &str, old: Api, new: Api) -> Result<Comparison, Findings> {
    let found = |api| Found { api: Some(api), ..Found::default() };
    let (changes, summary) = one(name, Some(found(old)), Some(found(new)))?;
    Ok(Comparison { changes, apis: vec![summary] })
}

fn one(
    name: &str,
    old: Option<Found>,
    new: Option<Found>,
) -> Result<(Vec<Change>, ApiSummary), Findings> {
    let committed = old.as_ref().and_then(|it| it.committed.clone());
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        (None, new) => return Ok(appeared(name, new.as_ref())),
        (old, None) => return Ok(went(name, old.as_ref())),
    };
    let (old, new) = both(old, new)?;
    let rust = RustSide::of(&old, &new, committed.as_ref());
    let wire = wire::compare(&old.document, &new.document);
    let mut changes = joined(name, wire, rust, &old, &new);
    changes.sort_by_key(|change| std::cmp::Reverse(change.verdict()));
    let summary = ApiSummary {
        api: name.to_owned(),
        verdict: changes.iter().map(Change::verdict).max().unwrap_or_default(),
        bump: bump(&changes, &old, &new),
        old_pages: old.api.pages.clone(),
        new_pages: new.api.pages.clone(),
    };
    Ok((changes, summary))
}

/// Reads and generates both states at the same time.
fn both(old: Found, new: Found) -> Result<(State, State), Findings> {
    let made = thread::scope(|scope| {
        let make = |found: Found| {
            let work = move || match found.api {
                Some(api) => State::of(api),
                None => Err(found.findings),
            };
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)
        };
        let (old, new) = (make(old), make(new));
        [old, new].map(|it| it.ok().and_then(|it| it.join().ok()))
    });
    let broke = || {
        let mut findings = Findings::default();
        findings.push(
            Finding::error(Kind::Defect, "the comparison broke off")
                .why("No input may do that.")
                .help("Report it with the pages."),
        );
        Err(findings)
    };
    let [old, new] = made.map(|it| it.unwrap_or_else(broke));
    match (old, new) {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (old, new) => {
            let mut all = Findings::default();
            for findings in [old.err(), new.err()].into_iter().flatten() {
                findings.iter().for_each(|it| all.push(it.clone()));
            }
            Err(all)
        }
    }
}

fn joined(api: &str, wire: Vec<Change>, rust: RustSide, old: &State, new: &State) -> Vec<Change> {
    let (page, generator) = match rust {
        RustSide::Known { page, generator } => (page, generator),
        RustSide::Unknown(why) => {
            let mut changes: Vec<Change> = wire
                .into_iter()
                .map(|change| Change { api: api.to_owned(), rust: Rust::Unknown, ..change })
                .collect();
            changes.push(undetermined(api, &why, new));
            return changes;
        }
    };
    let (before, after) = (origins(old), origins(new));
    let sides = [(&before, old), (&after, new)]
        .map(|(origins, state)| join::Side { origins, surface: state.surface.as_ref().ok() });
    let (mut effects, alone) = join::join(&wire, page, sides);
    harmless_names(&wire, &mut effects);
    let redirected = redirected(&wire, &before, &after);
    effects.iter_mut().zip(redirected).for_each(|(effects, more)| effects.extend(more));
    let decided = old.api.config.span.source().text() != new.api.config.span.source().text();
    // Pages without an `api.toml` have themselves for it, and decide nothing.
    let is_page = new.api.pages.iter().any(|it| it.path() == new.api.config.span.source().path());
    // Today's generator makes both of what is compared here.
    let cause = if decided && !is_page { Cause::Config } else { Cause::Page };
    let mut changes: Vec<Change> = wire
        .into_iter()
        .zip(effects)
        .map(|(change, effects)| {
            let (api, rust) = (api.to_owned(), verdict_of(&effects));
            Change { api, rust, effects, ..change }
        })
        .collect();
    changes.extend(alone.into_iter().map(|effect| of_effect(api, effect, cause, new)));
    let by_generator = generator.into_iter();
    changes.extend(by_generator.map(|effect| of_effect(api, effect, Cause::Generator, new)));
    changes
}

fn origins(state: &State) -> Origins {
    let mut origins = state.krate.as_ref().map(|it| it.origins.clone()).unwrap_or_default();
    origins.locate(&state.document);
    origins
}

/// A surface cannot tell whether an argument in the place of another means the same. The page can: if its change
/// is none to calls, only the name is another, and callers do not write it.
fn harmless_names(wire: &[Change], effects: &mut [Vec<Effect>]) {
    for (change, effects) in wire.iter().zip(effects) {
        effects.retain(|effect| change.wire > Wire::None || !join::only_names_differ(effect));
    }
}

/// Methods that are there as before, and now call something that another method called.
fn redirected(wire: &[Change], old: &Origins, new: &Origins) -> Vec<Vec<Effect>> {
    let effects = wire.iter().map(|change| {
        let about_names = change.rule.starts_with("api-operation-id-");
        let operations = change.operations.iter().filter(|_| about_names);
        let renamed = operations.filter_map(|call| {
            let (before, after) = (old.operation(call)?, new.operation(call)?);
            let called = old.call(&after.method).filter(|it| *it != call)?;
            // What it called has to be there still: an operation that moved takes its method along.
            (before.method != after.method && new.operation(called).is_some()).then(|| Effect {
                item: format!("Client::{}", after.method),
                before: Some(called.to_owned()),
                after: Some(call.clone()),
                breaking: true,
                what: format!("calls `{call}` in place of `{called}`, and programs still compile"),
            })
        });
        renamed.collect()
    });
    effects.collect()
}

/// A change of the crate that no change of the document explains.
fn of_effect(api: &str, effect: Effect, cause: Cause, new: &State) -> Change {
    let by = match cause {
        Cause::Config => "our decisions changed",
        Cause::Page => "it follows from what changed elsewhere in the page",
        Cause::Generator => "the generator makes something else of the same page",
    };
    let decisions = (cause == Cause::Config).then(|| new.api.config.span.clone());
    Change {
        api: api.to_owned(),
        rule: "rust-surface-changed".to_owned(),
        now: decisions,
        before: effect.before.clone(),
        after: effect.after.clone(),
        message: format!("`{}`: {}; {by}", effect.item, effect.what),
        rust: verdict_of(std::slice::from_ref(&effect)),
        effects: vec![effect],
        cause,
        ..Change::default()
    }
}

fn undetermined(api: &str, why: &str, new: &State) -> Change {
    Change {
        api: api.to_owned(),
        rule: "rust-undetermined".to_owned(),
        now: new.api.pages.first().map(|page| page.start()),
        rust: Rust::Unknown,
        cause: Cause::Page,
        message: format!("what becomes of the crate cannot be determined: {why}"),
        ..Change::default()
    }
}

fn appeared(name: &str, new: Option<&Found>) -> (Vec<Change>, ApiSummary) {
    let pages = new.and_then(|it| it.api.as_ref()).map(|it| it.pages.clone()).unwrap_or_default();
    let change = Change {
        api: name.to_owned(),
        rule: "api-added".to_owned(),
        now: pages.first().map(|page| page.start()),
        wire: Wire::Additive,
        rust: Rust::Additive,
        message: format!("the API `{name}` is new"),
        ..Change::default()
    };
    let (verdict, bump) = (Verdict::Additive, Bump::None);
    let api = name.to_owned();
    (vec![change], ApiSummary { api, verdict, bump, old_pages: Vec::new(), new_pages: pages })
}

fn went(name: &str, old: Option<&Found>) -> (Vec<Change>, ApiSummary) {
    let pages = old.and_then(|it| it.api.as_ref()).map(|it| it.pages.clone()).unwrap_or_default();
    let change = Change {
        api: name.to_owned(),
        rule: "api-removed".to_owned(),
        was: pages.first().map(|page| page.start()),
        rust: Rust::Breaking,
        wire: Wire::Review,
        message: format!("the API `{name}` is gone, and with it its crate and the facade's module"),
        ..Change::default()
    };
    let version = old.and_then(|it| it.api.as_ref()).map(|it| it.config.version.clone());
    let bump = release::bump(&version.unwrap_or(semver::Version::new(0, 1, 0)), Grade::Breaking);
    let verdict = Verdict::Breaking;
    let api = name.to_owned();
    (vec![change], ApiSummary { api, verdict, bump, old_pages: pages, new_pages: Vec::new() })
}

fn verdict_of(effects: &[Effect]) -> Rust {
    let verdicts =
        effects.iter().map(|it| if it.breaking { Rust::Breaking } else { Rust::Additive });
    verdicts.max().unwrap_or(Rust::None)
}

/// The version is the crate's, so it is what happens to the crate that counts. What cannot be told may break.
fn bump(changes: &[Change], old: &State, new: &State) -> Bump {
    // The bound document names the pages that it is from. Where nothing changed in it, that is all that can differ.
    let is_code = |path: &Utf8PathBuf| !changes.is_empty() || path.extension() != Some("json");
    let files = |state: &State| {
        let files = state.krate.as_ref().map(|it| it.files.files.clone());
        files.map(|it| it.into_iter().filter(|(path, _)| is_code(path)).collect::<BTreeMap<_, _>>())
    };
    let grade = match changes.iter().map(|it| it.rust).max().unwrap_or(Rust::None) {
        Rust::Breaking | Rust::Unknown => Grade::Breaking,
        Rust::Additive => Grade::Additive,
        Rust::None if files(old) != files(new) => Grade::Hidden,
        Rust::None => Grade::Same,
    };
    release::bump(&old.api.config.version, grade)
}

#[cfg(test)]
mod tests;
