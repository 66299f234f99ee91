//! What the standards say: the objects of an OpenAPI document, the keywords of each, and what they mean.
//!
//! `keyword` says what there is to say of a keyword, `objects` and `schema` are the tables of OpenAPI and
//! of JSON Schema, and `walk` goes through a document by them. `model` has a typed view of each object, which is what
//! `lower` and `diff` start from; `normal` knows what schemas say in whatever spelling, `redundant` what follows from the rest of a
//! document, and `compose` makes schemas of others. All that orders, rewrites, lowers or compares documents goes by these
//! tables. They alone know that a property may be called `$ref`, and that an example is
//! data which nobody rewrites.

mod compose;
mod gaps;
pub mod keyword;
pub(crate) mod media_type;
pub(crate) mod model;
pub(crate) mod normal;
mod objects;
mod page;
mod parts;
pub(crate) mod path;
mod redundant;
mod schema;
mod walk;

pub(crate) use compose::COUNTS;
pub(crate) use gaps::is_misplaced;
pub(crate) use keyword::{Holds, ObjectType};
pub(crate) use model::{Document, METHODS, Operation, OperationKey, REFERENCE, Schema, Tree};
pub use model::{ParameterLocation, ParameterStyle};
pub(crate) use normal::OnlyReference;
pub(crate) use objects::{
    COMPONENTS, DOCUMENT, ENCODING, HEADER, OPERATION, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE,
};
pub use page::{names, page};
pub(crate) use redundant::without_redundancy;
pub(crate) use schema::SCHEMA;
pub(crate) use walk::{walk, walk_mut};

/// All tables, for those that views are held to.
#[cfg(test)]
mod tables {
    pub(super) use super::objects::*;
    pub(super) use super::schema::*;
}
