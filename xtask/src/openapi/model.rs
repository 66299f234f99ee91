//! An OpenAPI document as the standard has it: a view for each object, with a method for each member that is read.
//!
//! Views are typed and the tree below them is not, as in rust-analyzer's syntax trees. A view holds a value of the tree
//! and nothing else, so that making one costs nothing, and what it does not know is still there: [`Schema::node`],
//! [`Schema::span`]. `lower` looks at nodes, `diff` at the values of two documents in one arena; [`Tree`] is what both
//! can do. The text of a member stands here and nowhere else, and a test holds it to the tables beside.

#[macro_use]
mod view;

mod content;
mod document;
mod hook;
mod operation;
mod parameter;
mod schema;
mod security;
mod server;
mod tree;

pub(crate) use content::{Content, Header, MediaType, RequestBody, Response};
pub(crate) use document::Document;
pub(crate) use hook::Hook;
pub(crate) use operation::{METHODS, Operation, OperationKey, PathItem, path_items_in};
pub(crate) use parameter::Parameter;
pub use parameter::{ParameterLocation, ParameterStyle};
pub(crate) use schema::{Discriminator, Schema};
pub(crate) use security::{SchemeKind, SecurityRequirement, SecurityScheme};
pub(crate) use server::Server;
pub(crate) use tree::Tree;

/// The name of the member that refers to something.
pub(crate) const REFERENCE: &str = "$ref";

/// Something that stands in a document as an object of the standard, or as a reference to one.
pub(crate) trait View<'n, T> {
    fn of(value: T) -> Self;
    fn value(&self) -> T;
}

#[cfg(test)]
mod tests;
