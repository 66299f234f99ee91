//! Whether those who have an opinion of a change agree about it.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::check::Opinion;
use crate::diff::{Rust, Wire};
use crate::finding::{Finding, Kind};

use super::pair::{Pair, Program, Side};
use super::{Sides, layout};

/// What the compiler says, by package.
pub type Opinions = BTreeMap<String, Opinion>;

/// What is not as the pair claims, in the compiler's opinion and, if it has one, in Bindery's.
pub fn judge(pair: &Pair, said: &Sides<Opinions>, ours: Option<(Wire, Rust)>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for side in Side::BOTH {
        let opinions = said.of(side);
        if !opinions.get(&pair.package).is_some_and(|it| it.compiled) {
            let what = format!("the {} client of `{}` does not compile", side.as_str(), pair.name);
            findings.push(disagreement(pair, what));
            continue;
        }
        let wrong = |it| of_program(pair, &it, side, opinions);
        findings.extend(pair.programs().filter_map(wrong));
    }
    findings.extend(ours.into_iter().flat_map(|ours| of_verdicts(pair, ours)));
    findings
}

/// What is not as claimed when the compiler has seen a program with the client of a side.
fn of_program(
    pair: &Pair,
    program: &Program<'_>,
    side: Side,
    opinions: &Opinions,
) -> Option<Finding> {
    let package = layout::package(pair, program);
    let opinion = opinions.get(&package);
    let nothing = BTreeSet::new();
    let fails = program.fails == Some(side);
    let expected = if fails { &pair.claim.errors } else { &nothing };
    if opinion.is_some_and(|it| it.errors == *expected && it.compiled != fails) {
        return None;
    }
    let found = match opinion {
        None => "it was not reached".to_owned(),
        Some(it) if it.errors.len() > 1 => format!("there are {}", kinds(&it.errors)),
        Some(it) => format!("there is {}", kinds(&it.errors)),
    };
    let what = format!(
        "`{}.rs` of `{}` and the {} client: expected {}, and {found}",
        program.name,
        pair.name,
        side.as_str(),
        kinds(expected),
    );
    Some(disagreement(pair, what))
}

/// What the compiler says of the programs against the new client, in a word or a list of codes.
pub fn of_compiler(pair: &Pair, said: &Sides<Opinions>) -> String {
    let side = |program: &Program<'_>| program.fails.unwrap_or(Side::New);
    let errors = pair.programs().flat_map(|it| {
        let opinion = said.of(side(&it)).get(&layout::package(pair, &it));
        let where_ = side(&it).as_str();
        let errors = opinion.map(|it| it.errors.clone()).unwrap_or_default();
        errors.into_iter().map(move |error| format!("{error} {where_}"))
    });
    let errors: Vec<String> = errors.collect();
    if errors.is_empty() { "none".to_owned() } else { errors.join(", ") }
}

fn of_verdicts(pair: &Pair, (wire, rust): (Wire, Rust)) -> impl Iterator<Item = Finding> {
    let claim = &pair.claim;
    let differs = |about, claimed: String, ours: String| {
        let what = format!("`{}` is {claimed} {about}, and Bindery says {ours}", pair.name);
        (claimed != ours).then(|| disagreement(pair, what))
    };
    let wire = differs("on the wire", word(claim.wire), word(wire));
    let rust = differs("in Rust", word(claim.rust), word(rust));
    wire.into_iter().chain(rust)
}

/// The word for a verdict.
pub fn word(verdict: impl std::fmt::Debug) -> String {
    format!("{verdict:?}").to_lowercase()
}

fn kinds(errors: &BTreeSet<String>) -> String {
    match errors.is_empty() {
        true => "no error".to_owned(),
        false => errors.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
    }
}

pub(super) fn disagreement(pair: &Pair, what: String) -> Finding {
    Finding::error(Kind::Disagreement, what).at(&pair.span).why(pair.claim.why.clone())
}
