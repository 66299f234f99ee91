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
        let webhooks = self.webhooks().into_iter().flat_map(path_items_in);
        let mut hooks: Vec<Hook<'n, T>> = Vec::new();
        for (name, item) in webhooks {
            hooks.extend(self.hooks_of(name, name, None, item));
        }
        for operation in self.operations() {
            for (name, callback) in operation.callbacks().into_iter().flat_map(T::members) {
                let Some(callback) = callback.resolve(self.node()) else { continue };
                let items = path_items_in(callback).filter(|(path, _)| *path != REFERENCE);
                for (path, item) in items {
                    hooks.extend(self.hooks_of(name, path, Some(operation.key), item));
                }
            }
        }
        hooks
    }

    fn hooks_of(
        self,
        name: &'n str,
        path: &'n str,
        callback_of: Option<OperationKey<'n>>,
        item: PathItem<'n, T>,
    ) -> Vec<Hook<'n, T>> {
        let item = self.resolve(item);
        let operations = item.into_iter().flat_map(|it| it.operations(path));
        operations.map(|operation| Hook { name, callback_of, operation }).collect()
    }
}
