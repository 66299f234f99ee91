//! What the vendor calls: webhooks of a document, and callbacks of its operations.

use super::{
    Content, Document, Operation, OperationKey, PathItem, REFERENCE, Schema, Tree, path_items_in,
};
use crate::openapi::media_type::{is_json, is_range};

/// An operation that the vendor calls and somebody else answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hook<'n, T = &'n crate::node::Node> {
    /// The name of the webhook or of the callback.
    pub(crate) name: &'n str,
    /// The operation that it is a callback of; none of a webhook.
    pub(crate) callback_of: Option<OperationKey<'n>>,
    /// What is called. Its path is the name of the webhook, or the expression of the callback.
    pub(crate) operation: Operation<'n, T>,
    /// The reference that leads there, if one does: what several refer to is a finding at each.
    pub(crate) reference: Option<T>,
}

impl<'n, T: Tree<'n>> Hook<'n, T> {
    /// Returns the schemas of its body in JSON, by the media types.
    pub(crate) fn payloads(self, document: Document<'n, T>) -> Vec<(&'n str, Schema<'n, T>)> {
        let body = self.operation.request_body().and_then(|it| document.resolve(it));
        let content = body.and_then(|it| it.content());
        let media_types = content.into_iter().flat_map(Content::media_types);
        let json = media_types.filter(|(name, _)| is_json(name) || is_range(name));
        json.filter_map(|(name, it)| Some((name, it.schema()?))).collect()
    }
}

impl<'n, T: Tree<'n>> Document<'n, T> {
    /// Returns what the vendor calls, in the order of the document. What leads to something that is called is followed; a
    /// callback of a callback is none of an operation.
    pub(crate) fn hooks(self) -> Vec<Hook<'n, T>> {
        let mut hooks = Vec::new();
        for (name, item) in self.webhooks().into_iter().flat_map(path_items_in) {
            self.hooks_of((name, None), (name, item), None, &mut hooks);
        }
        for operation in self.operations() {
            for (name, declared) in operation.callbacks().into_iter().flat_map(T::members) {
                let Some(callback) = declared.resolve(self.node()) else { continue };
                let items = path_items_in(callback).filter(|(path, _)| *path != REFERENCE);
                for item in items {
                    let of = (name, Some(operation.key));
                    self.hooks_of(of, item, referring(declared), &mut hooks);
                }
            }
        }
        hooks
    }

    fn hooks_of(
        self,
        (name, callback_of): (&'n str, Option<OperationKey<'n>>),
        (path, declared): (&'n str, PathItem<'n, T>),
        reference: Option<T>,
        hooks: &mut Vec<Hook<'n, T>>,
    ) {
        let reference = reference.or(referring(declared.node()));
        let item = self.resolve(declared);
        let operations = item.into_iter().flat_map(|it| it.operations(path));
        let hook = |operation| Hook { name, callback_of, operation, reference };
        hooks.extend(operations.map(hook));
    }
}

/// Returns what stands in a place if it is a reference.
fn referring<'n, T: Tree<'n>>(declared: T) -> Option<T> {
    declared.get(REFERENCE).map(|_| declared)
}
