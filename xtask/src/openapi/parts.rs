//! What the objects of the table have in common.

use super::keyword::Holds::Data;
use super::keyword::Role::Annotation;
use super::keyword::Treatment::WithoutEffect;
use super::keyword::{Keyword, ObjectType, Treatment};

/// Of annotations that the crate's documentation leaves out.
pub(super) const KEPT: Treatment =
    WithoutEffect("it is for people; `openapi.json` beside the crate keeps it");
/// Where examples are shown.
pub(super) const IN_CALLS: &str =
    "it fits into the example of a call or of an answer, or says how an argument looks";

pub(super) const fn object(name: &'static str, keywords: &'static [Keyword]) -> ObjectType {
    ObjectType { name, keywords, patterned: None }
}

/// An object whose members are data by names that are not fixed.
pub(super) const fn map(name: &'static str) -> ObjectType {
    ObjectType { name, keywords: &[], patterned: Some(Data) }
}

/// A member that is for people.
pub(super) const fn kept(name: &'static str) -> Keyword {
    Keyword::data(name, Annotation, KEPT)
}

pub(super) static EXTERNAL_DOCS: ObjectType = object(
    "External Documentation",
    &[kept("description"), Keyword::prose_where("url", "the description of an item ends")],
);
