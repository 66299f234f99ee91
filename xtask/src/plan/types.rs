//! What the schemas of the lowered document become in Rust.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;
use syn::Type;

use crate::node::pointer_token;
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
    /// Whether it may be left out, and may be null as well.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
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
    /// What tells it apart from the others, if no tag does.
    #[serde(skip_serializing_if = "Distinct::is_empty")]
    pub distinct: Distinct,
    /// The property of the lowered schema that has its type.
    pub property: String,
    /// Its Rust type.
    #[serde(skip)]
    pub ty: Type,
    /// What the vendor says about it.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
}

/// What tells one alternative of a union apart from the others. Members are JSON pointers (RFC 6901).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Distinct {
    /// The members that not all alternatives declare.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// The names of all members, if there are no others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<Vec<String>>,
    /// The members that are there, though they may be null.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    /// The members that have another constant than in other alternatives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<(String, Constants)>,
}

impl Distinct {
    /// Whether no value that is one alternative is taken for the other, or loses a member by being both. Where they
    /// do not exclude each other, that takes more.
    pub fn differs(&self, other: &Self, exclusive: bool) -> bool {
        let excludes = |(pointer, values): &(String, Constants)| {
            other.constants.iter().any(|(it, others)| it == pointer && values.excludes(others))
        };
        let within =
            |one: &Self, other: &Self| one.members.iter().all(|it| other.members.contains(it));
        let differ = self.members != other.members;
        let nested = within(self, other) || within(other, self);
        self.constants.iter().any(excludes) || differ && (exclusive || nested)
    }

    /// Says that a member is a constant, whatever else its values were.
    pub fn is_constant(&mut self, member: &str, value: &str) {
        let pointer = format!("/{}", pointer_token(member));
        self.constants.retain(|(it, _)| *it != pointer);
        self.constants.push((pointer, Constants::Strings(vec![value.to_owned()])));
    }

    /// Whether nothing tells it apart.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The values that a member may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the names are those of JSON Schema")]
pub enum Constants {
    Strings(Vec<String>),
    Integers(Vec<i64>),
    Booleans(Vec<bool>),
    /// Values of any types.
    Json(Vec<Json>),
}

impl Constants {
    /// Whether there is only one.
    pub fn is_single(&self) -> bool {
        self.values().len() == 1
    }

    /// The values of both.
    pub fn or(self, other: &Self) -> Self {
        let mut values = self.values();
        let new = other.values().into_iter().filter(|it| !values.contains(it));
        let new: Vec<Json> = new.collect();
        values.extend(new);
        Self::of(values)
    }

    /// Whether no value is one of both.
    pub fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Strings(one), Self::Strings(other)) => !one.iter().any(|it| other.contains(it)),
            _ => {
                let others = other.values();
                !self.values().iter().any(|it| others.contains(it))
            }
        }
    }

    /// Constants of one type, if they are.
    pub fn of(values: Vec<Json>) -> Self {
        fn each<'v, T>(values: &'v [Json], one: impl Fn(&'v Json) -> Option<T>) -> Option<Vec<T>> {
            values.iter().map(one).collect()
        }
        each(&values, |it| it.as_str().map(str::to_owned))
            .map(Self::Strings)
            .or_else(|| each(&values, Json::as_i64).map(Self::Integers))
            .or_else(|| each(&values, Json::as_bool).map(Self::Booleans))
            .unwrap_or(Self::Json(values))
    }

    fn values(&self) -> Vec<Json> {
        match self {
            Self::Strings(values) => values.iter().map(|it| it.as_str().into()).collect(),
            Self::Integers(values) => values.iter().map(|it| (*it).into()).collect(),
            Self::Booleans(values) => values.iter().map(|it| (*it).into()).collect(),
            Self::Json(values) => values.clone(),
        }
    }
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

impl JsonType {
    /// Whether values of the type have no parts.
    pub fn is_scalar(self) -> bool {
        matches!(self, Self::Boolean | Self::Integer | Self::Number | Self::String)
    }

    /// Whether a value may be of both.
    pub fn shares_values(self, other: Self) -> bool {
        let is_number = |it| matches!(it, Self::Integer | Self::Number);
        self == other
            || self == Self::Any
            || other == Self::Any
            || is_number(self) && is_number(other)
    }
}
