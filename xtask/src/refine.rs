//! The fourth stage: from progenitor's types and the plan to the items of a crate.
//!
//! One file per concern: `structs` and their `constructors`, open `enums`, `unions`, the sums by
//! status in `outcomes`, an operation's request in `requests`, the `client` itself, and the
//! `examples` and `docs` that go with them.

mod binary;
mod client;
mod constructors;
pub mod docs;
mod enums;
pub(crate) mod examples;
mod mock;
mod outcomes;
mod paging;
pub(crate) mod paths;
mod requests;
mod roles;
mod structs;
mod unions;

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};
use syn::{Item, Type};

use crate::generate::Generated;
use crate::plan::{Operation, Plan, Shape};

use self::examples::Call;

/// The items of a crate, by the module that they go into, and the plan that they follow.
#[derive(Debug)]
pub struct Refined {
    /// The client and what it is made with.
    pub client: Vec<Item>,
    /// The types, by their names.
    pub types: BTreeMap<String, Vec<Item>>,
    /// The operations, by tag.
    pub operations: BTreeMap<Option<String>, Vec<Item>>,
    /// The module of mocks: what they have in common.
    pub mock: Vec<Item>,
    /// What can be expected of each operation, by tag.
    pub expectations: BTreeMap<Option<String>, Vec<Item>>,
    /// The simplest operation as a call, for the README.
    pub example: Option<Call>,
    /// The plan.
    pub plan: Plan,
}

/// Restores what lowering set aside.
pub fn refine(mut generated: Generated) -> Refined {
    for properties in generated.types.values_mut() {
        properties.values_mut().for_each(paths::shorten);
    }
    binary::restore(&mut generated);
    let roles = roles::all(&generated.types, &generated.plan);
    let context = Context { types: &generated.types, plan: &generated.plan, roles: &roles };
    let types = context.all_types();
    let operations = context.all_operations();
    let (mock, expectations) = (mock::server(context), context.all_mocks());
    let client = client::items(&generated.plan);
    let simplest = generated.plan.operations.iter().min_by_key(|(_, it)| examples::effort(it));
    let example = simplest.map(|(name, operation)| Call::new(context, name, operation));
    Refined { client, types, operations, mock, expectations, example, plan: generated.plan }
}

/// What every pass looks things up in.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    types: &'a BTreeMap<String, BTreeMap<String, Type>>,
    plan: &'a Plan,
    roles: &'a BTreeMap<String, Option<String>>,
}

impl Context<'_> {
    fn all_types(self) -> BTreeMap<String, Vec<Item>> {
        let mut types = BTreeMap::new();
        for (name, plan) in &self.plan.types {
            let items = match &plan.shape {
                Shape::Struct(properties) => structs::items(self, name, plan, properties),
                Shape::Enum(variants) => enums::items(name, plan, variants),
                Shape::Union(union) => unions::union(self, name, plan, union),
                Shape::Choice(alternatives) => unions::choice(self, name, plan, alternatives),
                Shape::Opaque => vec![structs::opaque(self, name, plan)],
                Shape::Parts => continue,
            };
            types.insert(name.clone(), items);
        }
        for (name, operation) in &self.plan.operations {
            for outcome in [&operation.success, &operation.failure] {
                if let Some(sum) = &outcome.sum {
                    types.insert(sum.clone(), outcomes::sum(self, name, sum, operation, outcome));
                }
            }
        }
        types
    }

    fn all_operations(self) -> BTreeMap<Option<String>, Vec<Item>> {
        self.by_tag(requests::items)
    }

    fn all_mocks(self) -> BTreeMap<Option<String>, Vec<Item>> {
        self.by_tag(mock::items)
    }

    fn by_tag(
        self,
        items: fn(Self, &str, &Operation) -> Vec<Item>,
    ) -> BTreeMap<Option<String>, Vec<Item>> {
        let mut all: BTreeMap<Option<String>, Vec<Item>> = BTreeMap::new();
        for (name, operation) in &self.plan.operations {
            let module = operation.tag.as_ref().map(|it| it.module.clone());
            all.entry(module).or_default().extend(items(self, name, operation));
        }
        all
    }

    /// The name of the crate as code of its users writes it.
    fn crate_name(self) -> String {
        self.plan.package.replace('-', "_")
    }

    /// Whether a type is an open enum, which text can become.
    fn is_enum(self, name: &str) -> bool {
        self.plan.types.get(name).is_some_and(|it| matches!(it.shape, Shape::Enum(_)))
    }

    /// What the documentation of a type says where the vendor says nothing.
    fn what_is(self, name: &str) -> String {
        let role = self.roles.get(name).cloned().flatten();
        role.unwrap_or_else(|| format!("`{name}`"))
    }

    /// The type of a property of the lowered document. The generator has checked that it is there.
    fn type_of(self, schema: &str, property: &str) -> Type {
        let known = self.types.get(schema).and_then(|properties| properties.get(property));
        known.cloned().unwrap_or_else(|| syn::parse_quote!(serde_json::Value))
    }
}

/// A name that lowering made, as an identifier.
fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

#[cfg(test)]
mod tests;
