//! The lowered document: named objects of plain properties, and their spelling in openapiv3.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{
    AdditionalProperties, ArrayType, Components, Info, IntegerFormat, IntegerType, NumberType,
    ObjectType, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat, StringType,
    Type as SchemaType, VariantOrUnknownOrEmpty,
};

/// A schema so plain that every generator takes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// Any JSON value.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// A whole number of 64 bits without a sign.
    Uint64,
    /// A number of double precision.
    Double,
    /// Any number.
    Number,
    /// A string.
    String,
    /// A string that is an instant (RFC 3339).
    DateTime,
    /// A string that is a calendar date (RFC 3339, full-date).
    Date,
    /// A string that is a UUID (RFC 9562).
    Uuid,
    /// A list.
    Array(Box<Type>),
    /// An object of any properties.
    Map(Box<Type>),
    /// A value that may be null.
    Nullable(Box<Type>),
    /// A schema of the lowered document.
    Named(String),
}

/// The names of the schemas for which the runtime has types that keep what progenitor's would not: any number, and times
/// as vendors write them. No type of a page has one of them.
pub const OF_RUNTIME: [(&str, &str); 3] =
    [(NUMBER, "runtime::Number"), (DATE_TIME, "runtime::DateTime"), (DATE, "runtime::Date")];

const NUMBER: &str = "BinderyNumber";
const DATE_TIME: &str = "BinderyDateTime";
const DATE: &str = "BinderyDate";

/// The schemas of the lowered document by name.
pub type Products = BTreeMap<String, Product>;

/// A schema of the lowered document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Product {
    /// An object with these properties.
    Object(BTreeMap<String, Member>),
    /// A string; the plan says which.
    String,
}

/// A property of a [`Product`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Its type.
    pub ty: Type,
    /// Whether it is listed as required.
    pub required: bool,
}

impl Type {
    /// The type, or it and null.
    pub fn or_null(self, nullable: bool) -> Self {
        match self {
            Self::Nullable(_) | Self::Any => self,
            _ if nullable => Self::Nullable(Box::new(self)),
            _ => self,
        }
    }

    /// The type without null.
    pub fn without_null(self) -> Self {
        match self {
            Self::Nullable(inner) => *inner,
            other => other,
        }
    }

    /// Calls a function with the name of the schema in it, if it is one of the lowered document.
    pub fn each_name<'t>(&'t self, each: &mut impl FnMut(&'t str)) {
        match self {
            Self::Named(name) => each(name),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.each_name(each),
            _ => {}
        }
    }

    /// The same, to put another name in its place.
    pub fn rename(&mut self, rename: &mut impl FnMut(&mut String)) {
        match self {
            Self::Named(name) => rename(name),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.rename(rename),
            _ => {}
        }
    }

    /// The name of the schema in it for which the runtime has the type.
    fn of_runtime(&self) -> Option<&'static str> {
        match self {
            Self::Number => Some(NUMBER),
            Self::DateTime => Some(DATE_TIME),
            Self::Date => Some(DATE),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.of_runtime(),
            _ => None,
        }
    }

    fn schema(&self) -> ReferenceOr<Schema> {
        let kind = match self {
            Self::Named(name) => return reference(name),
            Self::Nullable(inner) => return nullable(inner),
            Self::Any => SchemaKind::Any(Default::default()),
            Self::Boolean => SchemaKind::Type(SchemaType::Boolean(Default::default())),
            Self::Int32 => integer(VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32)),
            Self::Int64 => integer(VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64)),
            Self::Uint64 => integer(VariantOrUnknownOrEmpty::Unknown("uint64".to_owned())),
            Self::Double => SchemaKind::Type(SchemaType::Number(NumberType::default())),
            Self::Number => return reference(NUMBER),
            Self::String => string(VariantOrUnknownOrEmpty::Empty),
            Self::DateTime => return reference(DATE_TIME),
            Self::Date => return reference(DATE),
            Self::Uuid => string(VariantOrUnknownOrEmpty::Unknown("uuid".to_owned())),
            Self::Array(items) => SchemaKind::Type(SchemaType::Array(ArrayType {
                items: Some(items.schema().map_boxed()),
                min_items: None,
                max_items: None,
                unique_items: false,
            })),
            Self::Map(values) => SchemaKind::Type(SchemaType::Object(ObjectType {
                additional_properties: Some(AdditionalProperties::Schema(Box::new(
                    values.schema(),
                ))),
                ..ObjectType::default()
            })),
        };
        ReferenceOr::Item(of_kind(kind))
    }
}

/// A reference cannot carry `nullable` in 3.0, so it goes into an `allOf` of one.
fn nullable(inner: &Type) -> ReferenceOr<Schema> {
    let mut schema = match inner.schema() {
        ReferenceOr::Item(schema) => schema,
        reference => of_kind(SchemaKind::AllOf { all_of: vec![reference] }),
    };
    schema.schema_data.nullable = true;
    ReferenceOr::Item(schema)
}

fn reference(name: &str) -> ReferenceOr<Schema> {
    ReferenceOr::Reference { reference: format!("#/components/schemas/{name}") }
}

fn integer(format: VariantOrUnknownOrEmpty<IntegerFormat>) -> SchemaKind {
    SchemaKind::Type(SchemaType::Integer(IntegerType { format, ..IntegerType::default() }))
}

fn string(format: VariantOrUnknownOrEmpty<StringFormat>) -> SchemaKind {
    SchemaKind::Type(SchemaType::String(StringType { format, ..StringType::default() }))
}

fn of_kind(schema_kind: SchemaKind) -> Schema {
    Schema { schema_data: SchemaData::default(), schema_kind }
}

/// `ReferenceOr<Schema>` to `ReferenceOr<Box<Schema>>`, which openapiv3 asks for in some places.
trait Boxed {
    fn map_boxed(self) -> ReferenceOr<Box<Schema>>;
}

impl Boxed for ReferenceOr<Schema> {
    fn map_boxed(self) -> ReferenceOr<Box<Schema>> {
        match self {
            Self::Reference { reference } => ReferenceOr::Reference { reference },
            Self::Item(schema) => ReferenceOr::Item(Box::new(schema)),
        }
    }
}

/// Spells the lowered document as OpenAPI 3.0. It has no paths: operations are emitted from the plan.
pub fn document(title: &str, products: &Products) -> OpenAPI {
    let plain = || ReferenceOr::Item(of_kind(string(VariantOrUnknownOrEmpty::Empty)));
    let schemas = products.iter().map(|(name, product)| (name.clone(), product.schema()));
    let types = products.values().flat_map(Product::types);
    let of_runtime: BTreeSet<&str> = types.filter_map(Type::of_runtime).collect();
    let of_runtime = of_runtime.into_iter().map(|name| (name.to_owned(), plain()));
    let schemas = schemas.chain(of_runtime).collect();
    OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: Info { title: title.to_owned(), version: "0".to_owned(), ..Info::default() },
        components: Some(Components { schemas, ..Components::default() }),
        ..OpenAPI::default()
    }
}

impl Product {
    /// The types of the properties, in the order of their names.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let members = match self {
            Self::Object(members) => Some(members),
            Self::String => None,
        };
        members.into_iter().flat_map(BTreeMap::values).map(|it| &it.ty)
    }

    /// The same, to change them.
    pub fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let members = match self {
            Self::Object(members) => Some(members),
            Self::String => None,
        };
        members.into_iter().flat_map(BTreeMap::values_mut).map(|it| &mut it.ty)
    }

    fn schema(&self) -> ReferenceOr<Schema> {
        let Self::Object(members) = self else {
            return ReferenceOr::Item(of_kind(string(VariantOrUnknownOrEmpty::Empty)));
        };
        let required =
            members.iter().filter(|(_, it)| it.required).map(|(name, _)| name.clone()).collect();
        let properties = members
            .iter()
            .map(|(name, member)| (name.clone(), member.ty.schema().map_boxed()))
            .collect();
        let object = ObjectType { properties, required, ..ObjectType::default() };
        ReferenceOr::Item(of_kind(SchemaKind::Type(SchemaType::Object(object))))
    }
}
