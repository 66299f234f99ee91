//! What the schemas of the lowered document become in Rust.

use std::collections::BTreeMap;

use serde::Serialize;
use syn::Type;

use crate::source::Span;

use super::Docs;

/// What a schema of the lowered document becomes in Rust.
#[derive(Clone, Debug, Serialize)]
pub struct TypePlan {
    /// What the vendor says about it.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
    /// Where the page has it.
    #[serde(skip)]
    pub span: Option<Span>,
    /// What it is.
    #[serde(flatten)]
    pub shape: Shape,
}

/// What a type is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A struct, with its properties by their names in the lowered document.
    Struct(BTreeMap<String, Property>),
    /// A list of strings to which the vendor may add.
    Enum(Vec<EnumVariant>),
    /// One of several schemas.
    Union(Union),
    /// Exactly one of several properties of an object.
    Choice(Vec<Alternative>),
    /// Nothing of its own: the parts of an operation.
    Parts,
    /// Any JSON, because no type could be made of it.
    Opaque,
}

/// A property of a struct.
#[derive(Clone, Debug, Serialize)]
pub struct Property {
    /// Its name on the wire.
    pub wire: String,
    /// Its name in Rust.
    pub name: String,
    /// Its Rust type.
    #[serde(skip)]
    pub ty: Type,
    /// Whether it has to be there.
    pub presence: Presence,
    /// The only value that the vendor allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// Whether it is a file of a form.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub upload: bool,
    /// Whether its members stand among the properties of the object.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub flatten: bool,
    /// What the vendor says about it.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
}

/// Whether a property has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// It has to be there, with a value.
    Required,
    /// It has to be there, but may be null.
    Nullable,
    /// It may be left out.
    Optional,
}

/// A value of a string enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnumVariant {
    /// Its name in Rust.
    pub name: String,
    /// The string.
    pub value: String,
}

/// One of several schemas.
#[derive(Clone, Debug, Serialize)]
pub struct Union {
    /// The property by whose value the schema is chosen, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The schemas.
    pub alternatives: Vec<Alternative>,
}

/// One of the schemas of a union, or of the properties of a choice.
#[derive(Clone, Debug, Serialize)]
pub struct Alternative {
    /// Its name in Rust.
    pub name: String,
    /// Its name on the wire: the tag's value, or the property.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wire: Option<String>,
    /// The JSON type that its values have.
    pub json: JsonType,
    /// The property of the lowered schema that has its type.
    pub property: String,
    /// Its Rust type.
    #[serde(skip)]
    pub ty: Type,
    /// What the vendor says about it.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
}

/// The types that JSON values have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are those of JSON Schema")]
pub enum JsonType {
    Any,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}
