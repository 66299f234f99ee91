//! What the standards say: the objects of an OpenAPI document, the keywords of each, and what they mean.
//!
//! `keyword` says what there is to say of a keyword, `objects` and `schema` are the tables of OpenAPI and
//! of JSON Schema, and `walk` goes through a document by them. All that orders, rewrites, lowers or compares
//! documents goes by these tables. They alone know that a property may be called `$ref`, and that an example is
//! data which nobody rewrites.

mod gaps;
pub mod keyword;
pub(crate) mod media_type;
mod objects;
mod operation;
mod page;
pub(crate) mod path;
mod schema;
mod walk;

pub(crate) use keyword::{Holds, ObjectType};
pub(crate) use objects::{
    COMPONENTS, DOCUMENT, ENCODING, HEADER, OPERATION, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE,
};
pub(crate) use operation::{METHODS, OperationRef, count_operations, operations};
pub use page::page;
pub(crate) use schema::SCHEMA;
pub(crate) use walk::{walk, walk_mut};
