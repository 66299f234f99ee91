//! Path items and their operations.

use std::fmt;

use super::{Document, Parameter, RequestBody, Response, SecurityRequirement, Server, Tree};
use crate::openapi::path;

/// The methods that an operation of a client can have, in the order of the standard (OpenAPI 3.2.0, section 4.9.1).
/// `query`, which 3.2 adds, is none of them.
pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What tells an operation from all others. It is shown as `GET /teams/{id}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OperationKey<'n> {
    /// The path template.
    pub(crate) path: &'n str,
    /// The method, in any case.
    pub(crate) method: &'n str,
}

impl OperationKey<'_> {
    /// Returns the names of the parameters in the path, each once.
    pub(crate) fn path_parameters(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for name in path::parameters(self.path).filter(|it| !it.is_empty()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

impl fmt::Display for OperationKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_ascii_uppercase(), self.path)
    }
}

view! {
    /// A Path Item Object.
    PathItem: PATH_ITEM {
        parameters_node: value "parameters",
        parameters: list Parameter "parameters",
        servers: value "servers",
        query: value "query",
        additional_operations: value "additionalOperations",
    }
}

impl<'n, T: Tree<'n>> PathItem<'n, T> {
    /// Iterates over the operations, in the order of the standard.
    pub(crate) fn operations(self, path: &'n str) -> impl Iterator<Item = Operation<'n, T>> {
        METHODS.into_iter().filter_map(move |method| {
            let value = self.value.get(method)?;
            Some(Operation { key: OperationKey { path, method }, item: self, value })
        })
    }

    /// Returns how many operations there are that no client can name.
    pub(super) fn count_other_operations(self) -> usize {
        let additional = self.additional_operations().map_or(0, |it| it.members().count());
        usize::from(self.query().is_some()) + additional
    }
}

/// Iterates over path items by their paths: those of a document, of a callback, or webhooks by their names.
pub(crate) fn path_items_in<'n, T: Tree<'n>>(
    items: T,
) -> impl Iterator<Item = (&'n str, PathItem<'n, T>)> {
    let items = items.members().filter(|(path, _)| !path.starts_with("x-"));
    items.map(|(path, item)| (path, PathItem::of(item)))
}

/// An Operation Object where it stands in a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation<'n, T = &'n crate::node::Node> {
    pub(crate) key: OperationKey<'n>,
    /// The path item, which says what holds for all of its operations.
    pub(crate) item: PathItem<'n, T>,
    value: T,
}

members! {
    Operation: OPERATION {
        tags: texts "tags",
        summary: text "summary",
        description: text "description",
        external_docs: value "externalDocs",
        bindery_url: text "x-bindery-url",
        operation_id: text "operationId",
        is_deprecated: flag "deprecated",
        has_sunset: has "x-sunset",
        own_servers: value "servers",
        security_node: value "security",
        parameters_node: value "parameters",
        own_parameters: list Parameter "parameters",
        request_body: one RequestBody "requestBody",
        responses_node: value "responses",
        responses: map Response "responses",
        callbacks: value "callbacks",
    }
}

impl<'n, T: Tree<'n>> Operation<'n, T> {
    /// Returns the address of the vendor's page about it.
    pub(crate) fn url(self) -> Option<&'n str> {
        let url = self.external_docs().and_then(|it| it.get("url")?.as_str());
        url.or_else(|| self.bindery_url())
    }

    /// Iterates over its own parameters and then those of its path item, which its own can override.
    pub(crate) fn parameters(self) -> impl Iterator<Item = Parameter<'n, T>> {
        self.own_parameters().chain(self.item.parameters())
    }

    /// Returns the operation with what the references of its object lead to.
    pub(crate) fn resolved(self, document: Document<'n, T>) -> Self {
        Self { value: self.value.resolve(document.node()).unwrap_or(self.value), ..self }
    }

    /// Returns the list of servers that it has in place of those of the document.
    pub(crate) fn servers_node(self) -> Option<T> {
        let lists = [self.own_servers(), self.item.servers()];
        lists.into_iter().flatten().find(|it| it.items().next().is_some())
    }

    /// Iterates over the servers that it has in place of those of the document.
    pub(crate) fn servers(self) -> impl Iterator<Item = Server<'n, T>> {
        self.servers_node().into_iter().flat_map(T::items).map(Server::of)
    }

    /// Returns the alternatives of what it asks of callers, if it says something of its own.
    pub(crate) fn security(self) -> Option<impl Iterator<Item = SecurityRequirement<'n, T>>> {
        Some(self.security_node()?.items().map(SecurityRequirement::of))
    }

    /// Returns the alternatives of what is asked of callers, if the operation or its document says so.
    pub(crate) fn security_in(
        self,
        document: Document<'n, T>,
    ) -> Option<impl Iterator<Item = SecurityRequirement<'n, T>>> {
        let holds = self.security_node().or(document.security_node())?;
        Some(holds.items().map(SecurityRequirement::of))
    }
}
