//! Credentials of several documents under one roof.
//!
//! Two schemes that send alike are one, whatever they say about themselves. One that sends otherwise
//! than another of its name gets a name of its own.

use crate::finding::{Finding, Findings, Kind};
use crate::node::{Key, Node};
use crate::openapi::{DOCUMENT, walk_mut};
use crate::read::part::Part;

/// Moves the security schemes of the parts into the bound document.
pub(super) fn unite(parts: &mut [Part], bound: &mut Node, findings: &mut Findings) {
    for Part { document, .. } in parts {
        let schemes = document.get_mut("components").and_then(|it| it.take("securitySchemes"));
        for (key, scheme) in schemes.iter().filter_map(Node::as_object).flatten() {
            let span = &scheme.span;
            let known = bound.entry("components", span).entry("securitySchemes", span);
            let name = name_for(known, &key.text, scheme);
            if name != key.text {
                rename(document, &key.text, &name);
            }
            if known.get(&name).is_some() {
                continue;
            }
            if name != key.text {
                findings.push(renamed(key, &name));
            }
            known.members_mut().insert(Key::new(name, &key.span), scheme.clone());
        }
    }
}

/// The name itself, or with a number behind it, under which there is this scheme or none.
fn name_for(known: &Node, name: &str, scheme: &Node) -> String {
    let mut candidate = name.to_owned();
    let mut number = 2_usize;
    while known.get(&candidate).is_some_and(|other| !sends_alike(other, scheme)) {
        candidate = format!("{name}{number}");
        number += 1;
    }
    candidate
}

fn sends_alike(a: &Node, b: &Node) -> bool {
    let bare = |scheme: &Node| {
        let mut scheme = scheme.clone();
        scheme.take("description");
        scheme.take("bearerFormat");
        scheme
    };
    bare(a) == bare(b)
}

/// Requires a scheme by its new name wherever a document requires it.
fn rename(document: &mut Node, old: &str, new: &str) {
    walk_mut(document, &DOCUMENT, &mut |node, _| {
        let requirements = node.get_mut("security").into_iter().flat_map(Node::items_mut);
        for requirement in requirements {
            if let Some(scopes) = requirement.take(old) {
                requirement.set(new, scopes);
            }
        }
    });
}

fn renamed(key: &Key, name: &str) -> Finding {
    let old = &key.text;
    Finding::note(
        Kind::Renamed,
        format!("the credential `{old}` is not the `{old}` of another page, and becomes `{name}`"),
    )
    .at(&key.span)
    .why("The pages send different credentials under one name, so the document has each.")
}
