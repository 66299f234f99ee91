//! `anyOf` whose alternatives a value may be all at once: one object that has the members of each.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::openapi::{COUNTS, Schema};

use super::Lowering;
use super::candidate::Candidate;

/// Returns the object that the alternatives make together, if they are objects of which none excludes another and which
/// agree about the members that they share. Of an enum, a value would keep the members of one alternative only.
pub(super) fn object(schema: Schema<'_>, candidates: &[Candidate]) -> Option<Node> {
    let (first, others) = candidates.split_first()?;
    let is_open = schema.union_keyword() == Some("anyOf") && schema.discriminator().is_none();
    let keeps_all =
        || pairs(candidates).all(|(one, other)| one.distinct.differs(&other.distinct, false));
    let plain = candidates.iter().all(|it| is_plain(it.schema()));
    if !is_open || !plain || keeps_all() || !agree(candidates) {
        return None;
    }
    let others: Vec<Schema<'_>> = others.iter().map(Candidate::schema).collect();
    Some(schema.several_objects(first.schema(), &others))
}

impl Lowering<'_> {
    /// Reports how many members each alternative has, where they differ: of the one object they are, that does not hold.
    pub(super) fn report_counts(&mut self, candidates: &[Candidate]) {
        for count in COUNTS {
            let said = candidates.iter().map(|it| it.schema().node().get(count));
            let said: Vec<Option<&Node>> = said.collect();
            if said.iter().all(|it| Some(it) == said.first()) {
                continue;
            }
            for value in said.into_iter().flatten() {
                let what =
                    format!("`{count}` of one alternative is not told, since all are one type");
                self.findings.push(Finding::note(Kind::Unenforced, what).at(&value.span));
            }
        }
    }
}

fn pairs(candidates: &[Candidate]) -> impl Iterator<Item = (&Candidate, &Candidate)> {
    let rest = |at| candidates.iter().skip(at + 1);
    candidates.iter().enumerate().flat_map(move |(at, one)| rest(at).map(move |other| (one, other)))
}

/// Whether it is an object of properties alone.
fn is_plain(schema: Schema<'_>) -> bool {
    schema.has_property()
        && matches!(schema.types_without_null().as_slice(), [] | ["object"])
        && schema.union_keyword().is_none()
        && schema.other_properties().is_none()
        && schema.additional_properties().is_none_or(|it| it.node().as_bool() != Some(false))
}

/// Whether the members that several have are described alike in each.
fn agree(candidates: &[Candidate]) -> bool {
    let mut known = BTreeMap::new();
    candidates.iter().flat_map(|it| it.schema().properties()).all(|(name, property)| {
        let described = property.without_any_annotations();
        match known.get(name) {
            Some(known) => *known == described,
            None => known.insert(name, described).is_none(),
        }
    })
}

#[cfg(test)]
mod tests;
