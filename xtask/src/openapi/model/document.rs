//! The document as a whole, and what it keeps for reuse.

use super::{
    Operation, OperationKey, PathItem, Schema, SecurityRequirement, SecurityScheme, Server, Tree,
    View, path_items_in,
};
use crate::node::{Node, pointer_token};

view! {
    /// An OpenAPI Object.
    Document: DOCUMENT {
        info: value "info",
        paths: value "paths",
        webhooks: value "webhooks",
        components: value "components",
        security_node: value "security",
        servers_node: value "servers",
        servers: list Server "servers",
    }
}

impl<'n, T: Tree<'n>> Document<'n, T> {
    pub(crate) fn title(self) -> Option<&'n str> {
        self.info()?.get("title")?.as_str()
    }

    pub(crate) fn description(self) -> Option<&'n str> {
        self.info()?.get("description")?.as_str()
    }

    /// Iterates over the path items by their paths, in the order of the document.
    pub(crate) fn path_items(self) -> impl Iterator<Item = (&'n str, PathItem<'n, T>)> {
        self.paths().into_iter().flat_map(path_items_in)
    }

    /// Iterates over the operations, in the order of the paths.
    pub(crate) fn operations(self) -> impl Iterator<Item = Operation<'n, T>> {
        self.path_items().flat_map(|(path, item)| item.operations(path))
    }

    /// Returns how many operations are described, those included that no client can name.
    pub(crate) fn count_operations(self) -> usize {
        let others = self.path_items().map(|(_, item)| item.count_other_operations());
        self.operations().count() + others.sum::<usize>()
    }

    pub(crate) fn operation(self, key: OperationKey<'n>) -> Option<Operation<'n, T>> {
        let item = PathItem::of(self.paths()?.get(key.path)?);
        item.operations(key.path).find(|it| it.key.method.eq_ignore_ascii_case(key.method))
    }

    pub(crate) fn schemas(self) -> impl Iterator<Item = (&'n str, Schema<'n, T>)> {
        self.section("schemas").map(|(name, it)| (name, Schema::of(it)))
    }

    pub(crate) fn security_schemes(self) -> impl Iterator<Item = (&'n str, SecurityScheme<'n, T>)> {
        self.section("securitySchemes").map(|(name, it)| (name, SecurityScheme::of(it)))
    }

    fn section(self, name: &str) -> impl Iterator<Item = (&'n str, T)> {
        let section = self.components().and_then(|it| it.get(name));
        section.into_iter().flat_map(T::members)
    }

    /// Returns the alternatives of what is asked of callers where an operation says nothing of its own.
    pub(crate) fn security(self) -> Option<impl Iterator<Item = SecurityRequirement<'n, T>>> {
        Some(self.security_node()?.items().map(SecurityRequirement::of))
    }

    /// Returns what the references of an object lead to in the end.
    pub(crate) fn resolve<V: View<'n, T>>(self, view: V) -> Option<V> {
        view.value().resolve(self.value).map(V::of)
    }
}

impl<'n> Document<'n> {
    /// Returns the schema that a reference leads to.
    pub(crate) fn schema(self, reference: &str) -> Option<Schema<'n>> {
        self.value.pointer(reference).map(Schema::of)
    }

    /// Returns the reference to a schema that is kept for reuse.
    pub(crate) fn reference_to_schema(name: &str) -> String {
        format!("#/components/schemas/{}", pointer_token(name))
    }

    /// Returns how many values there are in the document.
    pub(crate) fn count_values(self) -> usize {
        fn count(node: &Node) -> usize {
            let inside = node.members().map(|(_, it)| it).chain(node.items());
            1 + inside.map(count).sum::<usize>()
        }
        count(self.value)
    }
}
