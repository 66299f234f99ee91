//! References: each leads to something that one of the pages has.
//!
//! A page pruned to an operation can refer to what only another page describes, so it is the bound
//! document that has to hold it.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Findings, Kind};
use crate::node::{Node, pointer_name};
use crate::openapi::{DOCUMENT, SCHEMA, walk, walk_mut};
use crate::source::Span;

/// For how many references that lead nowhere the nearest name is looked for, and how long names may be:
/// it takes time, and past the first few nobody reads it.
const NEAREST: (usize, usize) = (20, 200);

/// Reports references that lead nowhere, and takes away tags of a union that do. What is behind one is lost;
/// the rest of the document is not.
pub(super) fn check(document: &mut Node, findings: &mut Findings) {
    let mut references: BTreeMap<String, (Span, usize)> = BTreeMap::new();
    walk(document, &DOCUMENT, &mut |node, _| {
        if let Some((reference, text)) = node.get("$ref").and_then(|it| Some((it, it.as_str()?))) {
            let entry = references.entry(text.to_owned());
            entry.or_insert_with(|| (reference.span.clone(), 0)).1 += 1;
        }
    });
    let mut unresolved_so_far = 0;
    let mut known = BTreeMap::new();
    for (reference, (span, count)) in &references {
        if !reference.starts_with('#') {
            findings.push(external(reference, span));
        } else if document.pointer(reference).is_none() {
            let near =
                (unresolved_so_far < NEAREST.0).then(|| nearest(document, reference)).flatten();
            findings.push(unresolved(reference, near, span, *count));
            unresolved_so_far += 1;
        } else if !ends(document, reference, &mut known) {
            findings.push(
                Finding::loss(
                    Kind::ReferenceCycle,
                    format!("`{reference}` only leads back to itself"),
                )
                .at(span),
            );
        }
    }
    drop_dangling_tags(document, findings);
}

/// Whether something stands at the end of a chain of references, given some of which that is known.
fn ends<'d>(document: &'d Node, reference: &'d str, known: &mut BTreeMap<&'d str, bool>) -> bool {
    let (mut at, mut passed) = (reference, BTreeSet::new());
    let ends = loop {
        if let Some(ends) = known.get(at) {
            break *ends;
        }
        if !passed.insert(at) {
            break false;
        }
        match document.pointer(at).and_then(|node| node.str("$ref")) {
            Some(next) => at = next,
            None => break true,
        }
    };
    known.extend(passed.into_iter().map(|it| (it, ends)));
    ends
}

fn external(reference: &str, span: &Span) -> Finding {
    Finding::loss(Kind::ExternalReference, format!("`{reference}` is in another file")).at(span)
}

fn unresolved(reference: &str, near: Option<String>, span: &Span, count: usize) -> Finding {
    let places = match count {
        0 | 1 => String::new(),
        _ => format!(" (from {count} places, of which this is the first)"),
    };
    let help = match near {
        Some(near) => format!(
            "The nearest name that exists is `{near}`. Fetch the page again, or tell the vendor."
        ),
        None => "Fetch the page again; if it is published like this, tell the vendor.".to_owned(),
    };
    Finding::loss(Kind::UnresolvedReference, format!("`{reference}` leads to nothing{places}"))
        .at(span)
        .help(help)
}

/// The name beside the one that is missing that looks most like it.
fn nearest(document: &Node, reference: &str) -> Option<String> {
    let (parent, name) = reference.rsplit_once('/')?;
    let name = pointer_name(name);
    let names = document.pointer(parent)?.members().map(|(candidate, _)| candidate);
    let names = names.filter(|candidate| candidate.len().max(name.len()) <= NEAREST.1);
    let scored = names.map(|candidate| (strsim::damerau_levenshtein(candidate, &name), candidate));
    let (distance, near) = scored.min()?;
    (distance <= 3.max(name.len() / 3)).then(|| near.to_owned())
}

/// A page that is pruned to one operation can lose schemas that only a union's tags lead to.
fn drop_dangling_tags(document: &mut Node, findings: &mut Findings) {
    let mut dangling = Vec::new();
    walk(document, &DOCUMENT, &mut |node, object| {
        let mapping = node
            .get("discriminator")
            .filter(|_| object.is(&SCHEMA))
            .and_then(|it| it.get("mapping"));
        for (_, target) in mapping.into_iter().flat_map(Node::members) {
            let text = target.as_str().unwrap_or_default();
            let by_name = || document.pointer(&format!("/components/schemas/{text}"));
            let found = if text.starts_with('#') { document.pointer(text) } else { by_name() };
            if found.is_none() {
                dangling.push(target.clone());
            }
        }
    });
    if dangling.is_empty() {
        return;
    }
    walk_mut(document, &DOCUMENT, &mut |node, object| {
        let mapping = node
            .get_mut("discriminator")
            .filter(|_| object.is(&SCHEMA))
            .and_then(|it| it.get_mut("mapping"));
        if let Some(mapping) = mapping {
            mapping.members_mut().retain(|_, target| !dangling.contains(target));
        }
    });
    dangling.dedup();
    for target in dangling {
        let what = format!("the tag of a union leads to {target:?}, which the page does not have");
        findings.push(Finding::loss(Kind::DanglingTag, what).at(&target.span));
    }
}
