//! The operations of a document.

use crate::node::Node;

/// The methods that an operation of a client can have, in the order of the standard (OpenAPI 3.2.0, section 4.9.1).
/// `query`, which 3.2 adds, is none of them.
pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation where it stands in a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationRef<'n> {
    /// The path template.
    pub(crate) path: &'n str,
    /// The method, as it is written in a document.
    pub(crate) method: &'static str,
    /// The path item.
    pub(crate) item: &'n Node,
    /// The operation itself.
    pub(crate) node: &'n Node,
}

impl OperationRef<'_> {
    /// Returns what tells the operation from all others: `GET /teams/{id}`.
    pub(crate) fn key(&self) -> String {
        format!("{} {}", self.method.to_ascii_uppercase(), self.path)
    }
}

/// Iterates over the operations of a document, in the order of its paths.
pub(crate) fn operations(document: &Node) -> impl Iterator<Item = OperationRef<'_>> {
    let items = document.get("paths").into_iter().flat_map(Node::members);
    let items = items.filter(|(path, _)| !path.starts_with("x-"));
    items.flat_map(|(path, item)| {
        METHODS.into_iter().filter_map(move |method| {
            item.get(method).map(|node| OperationRef { path, method, item, node })
        })
    })
}

/// Returns how many operations a document describes, those included that no client can name.
pub(crate) fn count_operations(document: &Node) -> usize {
    let items = document.get("paths").into_iter().flat_map(Node::members);
    let items = items.filter(|(path, _)| !path.starts_with("x-"));
    let others = items.map(|(_, item)| {
        let additional = item.get("additionalOperations").and_then(Node::as_object);
        usize::from(item.get("query").is_some()) + additional.map_or(0, |it| it.len())
    });
    operations(document).count() + others.sum::<usize>()
}
