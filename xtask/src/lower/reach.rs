//! What operations reach: the schemas that references lead to from what is sent, and from what is received.

use std::collections::{BTreeMap, BTreeSet};

use crate::node::Node;
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
        reach.sent = reach.follow(document, kinds, sent);
        reach.received = reach.follow(document, kinds, received);
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
                let mut inside = BTreeSet::new();
                references(document.schema(next).map(Schema::node), &mut inside);
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

/// The references in what operations send and in what they receive.
fn exchanged(document: Document<'_>) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let (mut sent, mut received) = (BTreeSet::new(), BTreeSet::new());
    for call in document.operations() {
        let parameters = call.parameters().filter_map(|it| document.resolve(it));
        parameters.for_each(|it| references(it.schema().map(Schema::node), &mut sent));
        let body = call.request_body().and_then(|it| document.resolve(it)?.content());
        for (_, media) in body.into_iter().flat_map(Content::media_types) {
            references(media.schema().map(Schema::node), &mut sent);
        }
        for (_, response) in call.responses() {
            let content = document.resolve(response).and_then(|it| it.content());
            for (_, media) in content.into_iter().flat_map(Content::media_types) {
                references(media.schema().map(Schema::node), &mut received);
            }
        }
    }
    (sent, received)
}

fn references<'n>(schema: Option<&'n Node>, found: &mut BTreeSet<&'n str>) {
    let Some(schema) = schema else { return };
    walk(schema, &SCHEMA, &mut |node, of| {
        if of.is(&SCHEMA) {
            found.extend(Schema::of(node).reference());
        }
    });
}
