//! Which items of a crate come from which place of its document.
//!
//! The plan knows where each of its types is from. Two documents are compared by place; this is how a change of
//! one finds the Rust that it is the reason for.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use crate::node::Node;
use crate::plan::{Plan, Shape};
use crate::source::Span;

/// Rust items by their places.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    types: BTreeMap<Place, Vec<Type>>,
    operations: BTreeMap<String, Operation>,
    /// The operations by their methods.
    calls: BTreeMap<String, String>,
    /// Where in the document each type comes from, by its name.
    pointers: BTreeMap<String, Vec<String>>,
}

/// A type that comes from a schema.
#[derive(Clone, Debug)]
pub struct Type {
    /// Its name.
    pub name: String,
    /// The Rust names of its fields, or of its variants, by their names on the wire.
    pub members: BTreeMap<String, String>,
}

/// What comes from an operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The method of the client.
    pub method: String,
    /// The request that it makes.
    pub builder: String,
    /// The types in which its responses come together.
    pub sums: Vec<String>,
    /// The Rust names of its parameters, by their names on the wire.
    pub members: BTreeMap<String, String>,
    /// The variants of the crate's error that its documented errors are, by their statuses as the document has them.
    pub errors: BTreeMap<String, String>,
}

/// The bytes of a page that a schema covers.
type Place = (Utf8PathBuf, usize, usize);

impl Origins {
    /// What the items that a plan restores come from.
    pub fn of(plan: &Plan) -> Self {
        let mut types: BTreeMap<Place, Vec<Type>> = BTreeMap::new();
        for (name, ty) in &plan.types {
            if let Some(span) = &ty.span {
                let ty = Type { name: name.clone(), members: members(&ty.shape) };
                types.entry(place(span)).or_default().push(ty);
            }
        }
        let operations = plan.operations.iter().map(|(method, operation)| {
            let call = operation.key().to_string();
            let sums = [&operation.success.sum, &operation.failure.sum];
            let failures = operation.failure.responses.iter();
            let errors = failures.flat_map(|it| {
                let statuses = it.statuses.iter().map(|status| status.on.to_string());
                statuses.map(|status| (status, it.variant.clone()))
            });
            let parameters = operation.parameters.iter();
            let operation = Operation {
                method: method.clone(),
                builder: operation.builder.clone(),
                sums: sums.into_iter().flatten().cloned().collect(),
                members: parameters.map(|it| (it.wire.clone(), it.name.clone())).collect(),
                errors: errors.collect(),
            };
            (call, operation)
        });
        let operations: BTreeMap<_, _> = operations.collect();
        let calls = operations.iter().map(|(call, it)| (it.method.clone(), call.clone())).collect();
        Self { types, operations, calls, pointers: BTreeMap::new() }
    }

    /// The types that come from the schema at a place.
    pub fn types(&self, span: &Span) -> &[Type] {
        self.types.get(&place(span)).map_or(&[], Vec::as_slice)
    }

    /// Finds where in its document each type comes from. Spans alone cannot tell what is inside of what: that of a
    /// schema is where it begins.
    pub fn locate(&mut self, document: &Node) {
        document.each_with_pointer(&mut |node, pointer, _| {
            for ty in self.types.get(&place(&node.span)).into_iter().flatten() {
                self.pointers.entry(ty.name.clone()).or_default().push(pointer.to_owned());
            }
        });
    }

    /// Returns the pointers of the schemas that a type comes from.
    pub fn schemas(&self, ty: &str) -> impl Iterator<Item = &str> {
        self.pointers.get(ty).into_iter().flatten().map(String::as_str)
    }

    /// The operation that a method of the client calls, as `METHOD /path`.
    pub fn call(&self, method: &str) -> Option<&str> {
        self.calls.get(method).map(String::as_str)
    }

    /// What comes from an operation, given as `METHOD /path`.
    pub fn operation(&self, call: &str) -> Option<&Operation> {
        self.operations.get(call)
    }
}

fn place(span: &Span) -> Place {
    let range = span.range();
    (span.source().path().to_owned(), range.start, range.end)
}

fn members(shape: &Shape) -> BTreeMap<String, String> {
    match shape {
        Shape::Struct(properties) => {
            properties.values().map(|it| (it.wire.clone(), it.name.clone())).collect()
        }
        Shape::Enum(variants) => {
            variants.iter().map(|it| (it.value.clone(), it.name.clone())).collect()
        }
        Shape::Union(union) => {
            let named = union.alternatives.iter();
            named.filter_map(|it| Some((it.wire.clone()?, it.name.clone()))).collect()
        }
        Shape::Choice(alternatives) => {
            let named = alternatives.iter();
            named.filter_map(|it| Some((it.wire.clone()?, it.name.clone()))).collect()
        }
        Shape::Parts | Shape::Opaque => BTreeMap::new(),
    }
}
