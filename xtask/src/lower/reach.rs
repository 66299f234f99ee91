//! What operations reach: the schemas that references lead to from what is sent, and from what is received.

use std::collections::{BTreeMap, BTreeSet};

use crate::openapi::model::Content;
use crate::openapi::{Document, SCHEMA, Schema, walk};

use super::hierarchy::Hierarchy;

/// The references to the components that may stand in the place of others, by the references to those.
pub(super) type Kinds = BTreeMap<String, BTreeSet<String>>;

/// The references that operations follow.
#[derive(Default)]
pub(super) struct Reach<'n> {
    /// The references in what each reference leads to.
    pub(super) inside: BTreeMap<&'n str, BTreeSet<&'n str>>,
    /// Those that are followed from what is sent.
    pub(super) sent: BTreeSet<&'n str>,
    /// Those that are followed from what is received.
    pub(super) received: BTreeSet<&'n str>,
}

impl<'n> Reach<'n> {
    /// Follows the references of all operations.
    pub(super) fn of(document: Document<'n>, kinds: &'n Kinds) -> Self {
        let mut reach = Self::default();
        let (sent, received) = exchanged(document);
        reach.sent = reach.follow(document, kinds, references(sent));
        reach.received = reach.follow(document, kinds, references(received));
        reach
    }

    /// Whether an operation reaches what a reference leads to.
    pub(super) fn has(&self, reference: &str) -> bool {
        self.sent.contains(reference) || self.received.contains(reference)
    }

    fn follow(
        &mut self,
        document: Document<'n>,
        kinds: &'n Kinds,
        from: BTreeSet<&'n str>,
    ) -> BTreeSet<&'n str> {
        let mut waiting: Vec<&str> = from.iter().copied().collect();
        let mut reached = from;
        while let Some(next) = waiting.pop() {
            let inside = self.inside.entry(next).or_insert_with(|| {
                let mut inside = references(document.schema(next));
                inside.extend(kinds.get(next).into_iter().flatten().map(String::as_str));
                inside
            });
            waiting.extend(inside.iter().filter(|it| reached.insert(it)));
        }
        reached
    }
}

/// Returns the components that may stand in the place of others.
pub(super) fn kinds(document: Document<'_>, hierarchy: &Hierarchy) -> Kinds {
    let names = document.schemas().map(|(name, _)| name).filter(|_| !hierarchy.is_empty());
    let pointers = names.map(Document::reference_to_schema);
    let kinds = pointers.map(|it| (it.clone(), hierarchy.in_place_of(document, &it)));
    kinds.filter(|(_, kinds)| !kinds.is_empty()).collect()
}

/// Returns the schemas of what operations send and of what they receive, as they stand there. What the vendor sends by
/// itself is received as well.
pub(super) fn exchanged(document: Document<'_>) -> (Vec<Schema<'_>>, Vec<Schema<'_>>) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for call in document.operations() {
        let parameters = call.parameters().filter_map(|it| document.resolve(it));
        sent.extend(parameters.filter_map(|it| it.schema()));
        let body = call.request_body().and_then(|it| document.resolve(it)?.content());
        let media = body.into_iter().flat_map(Content::media_types);
        sent.extend(media.filter_map(|(_, it)| it.schema()));
        for (_, response) in call.responses() {
            let content = document.resolve(response).and_then(|it| it.content());
            let media = content.into_iter().flat_map(Content::media_types);
            received.extend(media.filter_map(|(_, it)| it.schema()));
        }
    }
    received.extend(
        document.hooks().into_iter().flat_map(|it| it.payloads(document)).map(|(_, it)| it),
    );
    (sent, received)
}

/// Returns the references in schemas.
fn references<'n>(schemas: impl IntoIterator<Item = Schema<'n>>) -> BTreeSet<&'n str> {
    let mut found = BTreeSet::new();
    for schema in schemas {
        walk(schema.node(), &SCHEMA, &mut |node, of| {
            if of.is(&SCHEMA) {
                found.extend(Schema::of(node).reference());
            }
        });
    }
    found
}
