//! Whether anybody is told of a change.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use camino::Utf8PathBuf;
use serde_json::Value as Json;

use super::Place;
use crate::catalog::Api;
use crate::config::ApiConfig;
use crate::corpus::outcome::with_pointers;
use crate::diff::wire::means_the_same;
use crate::finding::{Findings, Kind, Severity};
use crate::node::{Node, Value};
use crate::openapi::keyword::Treatment;
use crate::openapi::{DOCUMENT, walk_mut};
use crate::pipeline;
use crate::read::text;
use crate::source::Source;

/// The kinds of notes that say of something that it is not taken at all.
const LEFT_OUT: [Kind; 12] = [
    Kind::OtherMediaType,
    Kind::OtherScheme,
    Kind::ParameterNotInPath,
    Kind::IgnoredHeader,
    Kind::LoneDiscriminator,
    Kind::LongKeyword,
    Kind::MisplacedKeyword,
    Kind::NoContent,
    Kind::OneWayProperty,
    Kind::OtherServer,
    Kind::ServerUrl,
    Kind::Unenforced,
];

/// What shows a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The crate differs, in code or in documentation.
    Crate,
    /// A finding points there.
    Finding,
    /// Both documents mean the same.
    Same,
    /// The table says that it has no effect.
    WithoutEffect,
    /// Nothing.
    Silent,
}

/// What the pipeline makes of a document.
struct Made {
    /// The files of the crate, but for the document itself.
    files: Option<BTreeMap<Utf8PathBuf, String>>,
    /// The document with the places of its values in the text.
    document: Option<Node>,
    /// The places of findings.
    findings: BTreeSet<String>,
    /// Those of what did not arrive as a whole.
    whole: BTreeSet<String>,
}

/// Judges the change of a keyword between two documents.
pub(super) fn judge(old: &Json, new: &Json, place: &Place) -> Verdict {
    let (before, after) = (make(old), make(new));
    if before.files != after.files {
        return Verdict::Crate;
    }
    if [&before, &after].into_iter().any(|it| it.is_told(&place.pointer)) {
        return Verdict::Finding;
    }
    let documents = before.document.as_ref().zip(after.document.as_ref());
    if documents.is_some_and(|(before, after)| means_the_same(before, after)) {
        return Verdict::Same;
    }
    let told = documents.map(|(before, after)| [before, after].map(without_what_may_be_untold));
    if told.is_some_and(|[before, after]| means_the_same(&before, &after)) {
        return Verdict::WithoutEffect;
    }
    let treatment = match place.keyword.treatment {
        Treatment::Gap(gap) => gap.otherwise.unwrap_or(place.keyword.treatment),
        treatment => treatment,
    };
    match treatment {
        Treatment::WithoutEffect(_) | Treatment::TypesWhere(_) | Treatment::DocumentedWhere(_) => {
            Verdict::WithoutEffect
        }
        _ => Verdict::Silent,
    }
}

/// Returns a document without what the table says has no effect, or is told in some places alone.
fn without_what_may_be_untold(document: &Node) -> Node {
    let mut node = document.clone();
    walk_mut(&mut node, &DOCUMENT, &mut |node, of| {
        let is_told = |name: &str| {
            let treatment = of.keyword(name).map(|it| it.treatment);
            !matches!(treatment, Some(Treatment::WithoutEffect(_) | Treatment::DocumentedWhere(_)))
        };
        if let Value::Object(members) = &mut node.value {
            members.retain(|key, _| is_told(&key.text));
        }
    });
    node
}

impl Made {
    /// Whether a finding is in a place, or is of something around it that did not arrive as a whole. Something is
    /// around a component if it is around every reference that leads there.
    fn is_told(&self, pointer: &str) -> bool {
        let from = self.findings.range::<str, _>((Bound::Included(pointer), Bound::Unbounded));
        let alike = from.map_while(|it| it.strip_prefix(pointer));
        let is_inside = |rest: &str| rest.is_empty() || rest.starts_with('/');
        alike.into_iter().any(is_inside)
            || self.is_lost(pointer)
            || self.is_lost_on_every_way(pointer)
    }

    /// Whether no operation comes to a place in a component but by references in what did not arrive as a whole.
    fn is_lost_on_every_way(&self, pointer: &str) -> bool {
        let Some(document) = &self.document else { return false };
        let references = references(document);
        let mut open: Vec<String> = component(pointer).into_iter().collect();
        let mut seen = BTreeSet::from_iter(open.clone());
        let mut is_lost = false;
        while let Some(target) = open.pop() {
            for (at, to) in &references {
                if component(to).as_ref() != Some(&target) {
                    continue;
                }
                match component(at) {
                    _ if self.is_lost(at) => is_lost = true,
                    Some(next) => open.extend(Some(next).filter(|it| seen.insert(it.clone()))),
                    None => return false,
                }
            }
        }
        is_lost
    }

    /// Whether something around a place did not arrive as a whole.
    fn is_lost(&self, pointer: &str) -> bool {
        let ends = pointer.match_indices('/').map(|(at, _)| at).chain([pointer.len()]);
        ends.filter_map(|at| pointer.get(..at)).any(|it| self.whole.contains(it))
    }
}

/// Returns the references of a document, each with where it stands and where it leads.
fn references(document: &Node) -> Vec<(String, String)> {
    let mut references: Vec<(String, String)> = Vec::new();
    document.each_with_pointer(&mut |node, at, key| {
        let is_reference = key.is_some_and(|it| it.text == "$ref");
        let to = node.as_str().filter(|_| is_reference || at.contains("/discriminator/mapping/"));
        references.extend(to.map(|it| (at.to_owned(), it.trim_start_matches('#').to_owned())));
    });
    references
}

/// Returns the component that a place is in.
fn component(pointer: &str) -> Option<String> {
    let tokens = || pointer.split('/').take(4);
    pointer.starts_with("/components/").then(|| tokens().collect::<Vec<_>>().join("/"))
}

fn make(json: &Json) -> Made {
    let source = Source::new("document.json", format!("{json:#}"));
    let title = json.pointer("/info/title").and_then(Json::as_str).unwrap_or("API");
    let config = ApiConfig::bare(title, "mutated", &source);
    let api = Api { config, pages: vec![source.clone()] };
    let mut findings = Findings::default();
    let krate = pipeline::guarded(&mut findings, |it| pipeline::bind_api(&api, it));
    let files = krate.map(|it| it.files.files.into_iter());
    let files = files.map(|it| it.filter(|(path, _)| path.extension() != Some("json")).collect());
    let document = text::json(&source, 0..source.text().len()).ok();
    let (mut places, mut whole) = (BTreeSet::new(), BTreeSet::new());
    for (finding, pointer) in with_pointers(document.as_ref(), &findings) {
        // What is in no text has no place.
        if pointer.is_empty() {
            continue;
        }
        if finding.severity >= Severity::Untyped || LEFT_OUT.contains(&finding.kind) {
            whole.insert(pointer.clone());
        }
        places.insert(pointer);
    }
    Made { files, document, findings: places, whole }
}
