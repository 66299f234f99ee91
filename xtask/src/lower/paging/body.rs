//! What an operation answers with, as far as it matters to lists: the ways to the properties of its body.

use std::collections::BTreeMap;

use crate::lower::product::{Product, Products, Type};
use crate::near::nearest;
use crate::openapi::Document;
use crate::openapi::model::{self, Header, Response};
use crate::plan::paging::{Step, Way};
use crate::plan::{self, Encoding, Operation, Parameter, Place, Property, Shape, Style, TypePlan};

use super::names::{ABOUT, ENVELOPES, is_one};

/// How many properties inside one another a body is searched for.
const DEPTH: usize = 4;

/// How many properties of a body are looked at.
const BREADTH: usize = 2000;

/// The one answer of a success.
pub(super) struct Answer<'a> {
    document: Document<'a>,
    products: &'a Products,
    types: &'a BTreeMap<String, TypePlan>,
    pub(super) operation: &'a Operation,
    /// The type of the body.
    pub(super) body: &'a Type,
}

/// A property of the body, and the way to it.
#[derive(Clone)]
pub(super) struct Leaf<'a> {
    pub(super) way: Way,
    pub(super) property: &'a Property,
    /// Its type, null apart.
    pub(super) ty: &'a Type,
    /// Whether it may be missing or null.
    pub(super) optional: bool,
}

impl<'a> Answer<'a> {
    /// The answer of an operation that has one: JSON, the same for all statuses of success.
    pub(super) fn of(
        document: Document<'a>,
        products: &'a Products,
        types: &'a BTreeMap<String, TypePlan>,
        operation: &'a Operation,
    ) -> Option<Self> {
        let [response] = operation.success.responses.as_slice() else { return None };
        let body = response.body.as_ref().filter(|_| response.encoding == Encoding::Json)?;
        let body = member(products, &operation.responses, &body.name)?;
        Some(Self { document, products, types, operation, body })
    }

    /// The properties of the body, and of the objects that only hold others, nearest first.
    pub(super) fn leaves(&self) -> Vec<Leaf<'a>> {
        let mut leaves = self.properties(self.body, &Way::default());
        let mut at = 0;
        while let Some(leaf) = leaves.get(at).cloned() {
            let holds =
                is_one(&leaf.property.wire, ENVELOPES) || is_one(&leaf.property.wire, ABOUT);
            if holds && leaf.way.0.len() < DEPTH && leaves.len() < BREADTH {
                leaves.extend(self.properties(leaf.ty, &leaf.way));
            }
            at += 1;
        }
        leaves
    }

    /// The properties of a type, if it is a struct.
    pub(super) fn properties(&self, ty: &Type, way: &Way) -> Vec<Leaf<'a>> {
        let Type::Named(of) = ty else { return Vec::new() };
        let Some(Shape::Struct(properties)) = self.types.get(of).map(|it| &it.shape) else {
            return Vec::new();
        };
        let own = properties.iter().filter(|(_, it)| !it.flatten);
        own.filter_map(|(name, property)| {
            let (ty, optional) = without_null(member(self.products, of, name)?);
            let mut way = way.clone();
            let (name, wire) = (name.clone(), property.wire.clone());
            way.0.push(Step { of: of.clone(), name, wire, ty: plan::unknown() });
            Some(Leaf { way, property, ty, optional })
        })
        .collect()
    }

    /// The property that names lead to, with dots between, from a type. A name may have dots itself. The error
    /// says what is missing where.
    pub(super) fn find(&self, from: &Type, names: &str) -> Result<Leaf<'a>, String> {
        self.find_from(from, names, &Way::default())
    }

    fn find_from(&self, from: &Type, names: &str, way: &Way) -> Result<Leaf<'a>, String> {
        let own = self.properties(from, way);
        let fitting = own.iter().filter(|it| names.starts_with(&it.property.wire));
        let mut failed = None;
        for leaf in fitting {
            let rest = names.get(leaf.property.wire.len()..).unwrap_or_default();
            match rest.strip_prefix('.') {
                Some(rest) => match self.find_from(leaf.ty, rest, &leaf.way) {
                    Ok(found) => return Ok(found),
                    Err(error) => failed = Some(error),
                },
                None if rest.is_empty() => return Ok(leaf.clone()),
                None => {}
            }
        }
        Err(failed.unwrap_or_else(|| {
            let name = names.split('.').next().unwrap_or(names);
            let place = match way.is_empty() {
                true => "the body".to_owned(),
                false => format!("`{}`", way.wire()),
            };
            let near = nearest(name, own.iter().map(|it| it.property.wire.as_str()));
            let near = near.map(|it| format!(" (did you mean `{it}`?)")).unwrap_or_default();
            format!("{place} has no property `{name}`{near}")
        }))
    }

    /// The type of what stands in a list: objects, or any JSON.
    pub(super) fn item_of(&self, ty: &'a Type) -> Option<&'a Type> {
        let Type::Array(item) = ty else { return None };
        let (item, _) = without_null(item);
        let object = match item {
            Type::Named(name) => {
                self.types.get(name).is_some_and(|it| !matches!(it.shape, Shape::Enum(_)))
            }
            Type::Map(_) | Type::Any => true,
            _ => false,
        };
        object.then_some(item)
    }

    /// The query parameters that may be left out and are written as they are, with their types.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&'a Parameter, &'a Type)> {
        let free =
            |it: &&Parameter| it.place == Place::Query && !it.required && it.style == Style::Plain;
        self.operation.parameters.iter().filter(free).filter_map(|it| Some((it, self.type_of(it)?)))
    }

    /// The type of a parameter, null apart.
    pub(super) fn type_of(&self, parameter: &Parameter) -> Option<&'a Type> {
        member(self.products, &self.operation.request, &parameter.name).map(|it| without_null(it).0)
    }

    /// A query parameter as the page has it.
    pub(super) fn described(&self, parameter: &Parameter) -> Option<model::Parameter<'a>> {
        let call = self.document.operation(self.operation.key())?;
        let mut all = call.parameters().filter_map(|it| self.document.resolve(it));
        let is_query = |it: &model::Parameter<'_>| it.location() == Some(Place::Query);
        all.find(|it| is_query(it) && it.name() == Some(&parameter.wire))
    }

    /// The headers of that name that the page documents for a success.
    pub(super) fn headers(&self, name: &str) -> impl Iterator<Item = Header<'a>> {
        let document = self.document;
        let call = document.operation(self.operation.key());
        let all = call.into_iter().flat_map(model::Operation::responses);
        let successes = all.filter(|(status, _)| status.starts_with('2'));
        let headers = successes.filter_map(move |(_, it)| document.resolve(it));
        headers
            .flat_map(Response::headers)
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .filter_map(move |(_, it)| document.resolve(it))
    }
}

/// The type of a property of the lowered document.
fn member<'p>(products: &'p Products, of: &str, name: &str) -> Option<&'p Type> {
    match products.get(of)? {
        Product::Object(members) => members.get(name).map(|it| &it.ty),
        Product::String => None,
    }
}

/// A type without null, and whether null was in it.
fn without_null(ty: &Type) -> (&Type, bool) {
    match ty {
        Type::Nullable(inner) => (inner, true),
        ty => (ty, false),
    }
}

/// Whether a type is a whole number.
pub(super) fn is_whole(ty: &Type) -> bool {
    matches!(ty, Type::Int32 | Type::Int64 | Type::Uint64)
}

/// Whether a parameter takes a cursor: as it is, or written out.
pub(super) fn takes(parameter: &Type, cursor: &Type) -> bool {
    match cursor {
        Type::String | Type::Uuid => parameter == cursor || *parameter == Type::String,
        Type::Int32 | Type::Int64 | Type::Uint64 => {
            parameter == cursor || *parameter == Type::String
        }
        _ => false,
    }
}
