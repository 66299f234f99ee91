//! The fourth stage: from progenitor's types and the plan to the items of a crate.
//!
//! One file per concern: `structs` and their `constructors`, open `enums`, `unions`, the sums by
//! status in `outcomes`, the `errors` of all operations, an operation's request in `requests`, the `client` itself, and the
//! `examples` and `docs` that go with them.

mod binary;
mod client;
mod constructors;
pub mod docs;
mod enums;
mod errors;
pub(crate) mod examples;
mod groups;
mod mock;
mod nullable;
mod outcomes;
mod paging;
pub(crate) mod paths;
mod reach;
mod requests;
mod required;
mod roles;
mod structs;
mod unions;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};
use syn::{Item, Type};

use crate::generate::Generated;
use crate::plan::{Operation, Plan, Shape, TypePlan};

use self::examples::Call;
pub(crate) use self::requests::is_streamed;

/// The items of a crate, by the module that they go into, and the plan that they follow.
///
/// Syntax trees are a hundred times as large as what is printed of them, so those that there is one of for each type
/// or operation are made when they are asked for, and nobody has to hold all of them.
#[derive(Debug)]
pub struct Refined {
    /// The client and what it is made with.
    pub client: Vec<Item>,
    /// The module of errors.
    pub errors: Vec<Item>,
    /// The module of mocks.
    pub mock: Vec<Item>,
    /// The simplest operation as a call, for the README.
    pub example: Option<Call>,
    /// The plan.
    pub plan: Plan,
    roles: BTreeMap<String, String>,
    /// The types that only answers have.
    received: BTreeSet<String>,
}

/// The operations of a tag, with their names.
type Tagged<'a> = BTreeMap<Option<&'a str>, Vec<(&'a str, &'a Operation)>>;

impl Refined {
    /// The types in the order of their names, each as its items.
    pub fn types(&self) -> impl Iterator<Item = Vec<Item>> {
        let named = self.named_types();
        named.into_iter().map(|(name, ty)| self.context().items_of_type(name, ty))
    }

    /// The items of the types of these names.
    pub(crate) fn items_of_types<'a>(
        &'a self,
        names: impl Iterator<Item = &'a String>,
    ) -> impl Iterator<Item = Item> {
        let mut named = self.named_types();
        names.flat_map(move |name| {
            let ty = named.remove(name.as_str());
            ty.map(|ty| self.context().items_of_type(name, ty)).unwrap_or_default()
        })
    }

    /// The items of the type of that name.
    #[cfg(test)]
    pub(crate) fn type_of_name(&self, name: &str) -> Vec<Item> {
        let ty = self.named_types().remove(name);
        ty.map(|ty| self.context().items_of_type(name, ty)).unwrap_or_default()
    }

    /// How many types there are.
    pub fn count_types(&self) -> usize {
        self.named_types().len()
    }

    /// The operations of each tag; without a tag, those that have none.
    pub fn by_tag(&self) -> Tagged<'_> {
        let mut all = Tagged::new();
        for (name, operation) in &self.plan.operations {
            let module = operation.tag.as_ref().map(|it| it.module.as_str());
            all.entry(module).or_default().push((name, operation));
        }
        all
    }

    /// What gives the group of a tag, and the group itself, if operations are grouped.
    pub fn group(&self, operations: &[(&str, &Operation)]) -> Option<(Item, Item)> {
        let (_, first) = operations.first()?;
        let (tag, group) = (first.tag.as_ref()?, first.group.as_ref()?);
        let accessor = groups::accessor(group, &tag.module, &tag.title);
        Some((accessor, groups::item(group, &tag.title, operations)))
    }

    /// What an operation is in the module of operations.
    pub fn operation(&self, name: &str, operation: &Operation) -> Vec<Item> {
        requests::items(self.context(), name, operation)
    }

    /// The module of webhooks, if there are some.
    pub fn webhooks(&self) -> Option<Vec<Item>> {
        let webhooks = self.plan.webhooks.as_ref()?;
        Some(webhooks::items(self.context(), webhooks))
    }

    fn named_types(&self) -> BTreeMap<&str, NamedType<'_>> {
        let types = self.plan.types.iter().filter(|(_, plan)| !matches!(plan.shape, Shape::Parts));
        let types = types.map(|(name, plan)| (name.as_str(), NamedType::Planned(plan)));
        let sums = self.plan.operations.iter().filter_map(|(name, operation)| {
            Some((operation.success.sum.as_deref()?, NamedType::Sum(name, operation)))
        });
        types.chain(sums).collect()
    }

    fn context(&self) -> Context<'_> {
        Context { plan: &self.plan, roles: &self.roles, received: &self.received }
    }
}

/// A type of the crate.
enum NamedType<'a> {
    /// One of the plan.
    Planned(&'a TypePlan),
    /// What an operation gives for several statuses: its name, and the operation.
    Sum(&'a str, &'a Operation),
}

/// Restores what lowering set aside.
pub fn refine(Generated { mut plan }: Generated) -> Refined {
    binary::restore(&mut plan);
    nullable::restore(&mut plan);
    let errors = errors::name_all(&mut plan);
    let roles = roles::all(&plan);
    let received = reach::only_received(&plan);
    let context = Context { plan: &plan, roles: &roles, received: &received };
    let mock = mock::server(context);
    let client = client::items(&plan);
    let errors = errors::items(&plan, &errors);
    let simplest = plan.operations.iter().min_by_key(|(_, it)| examples::effort(it));
    let example = simplest.map(|(name, operation)| Call::new(context, name, operation));
    Refined { client, errors, mock, example, plan, roles, received }
}

/// What every pass looks things up in.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    plan: &'a Plan,
    roles: &'a BTreeMap<String, String>,
    received: &'a BTreeSet<String>,
}

impl<'a> Context<'a> {
    fn items_of_type(self, name: &str, ty: NamedType<'_>) -> Vec<Item> {
        let plan = match ty {
            NamedType::Sum(operation_name, operation) => {
                let link = operation.link(operation_name);
                return outcomes::sum(&link, name, &operation.success);
            }
            NamedType::Planned(plan) => plan,
        };
        match &plan.shape {
            Shape::Struct(properties) => structs::items(self, name, plan, properties),
            Shape::Enum(variants) => enums::items(name, plan, variants),
            Shape::Union(union) => unions::union(self, name, plan, union),
            Shape::Choice(alternatives) => unions::choice(self, name, plan, alternatives),
            Shape::Opaque => vec![structs::opaque(self, name, plan)],
            Shape::Parts => Vec::new(),
        }
    }

    /// The name of the crate as code of its users writes it.
    fn crate_name(self) -> String {
        self.plan.package.replace('-', "_")
    }

    /// Whether a type is an open enum, which text can become.
    fn is_enum(self, name: &str) -> bool {
        self.plan.types.get(name).is_some_and(|it| matches!(it.shape, Shape::Enum(_)))
    }

    /// The properties of which a type takes one, if it is a choice.
    fn names_of_choice(self, ty: &Type) -> Vec<&'a str> {
        let name = paths::name(ty).unwrap_or_default();
        let Some(Shape::Choice(alternatives)) = self.plan.types.get(&name).map(|it| &it.shape)
        else {
            return Vec::new();
        };
        alternatives.iter().filter_map(|it| it.wire.as_deref()).collect()
    }

    /// What the documentation of a type says where the vendor says nothing.
    fn what_is(self, name: &str) -> String {
        let role = self.roles.get(name).cloned();
        role.unwrap_or_else(|| format!("`{name}`"))
    }
}

/// A name that lowering made, as an identifier.
fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

#[cfg(test)]
mod tests;
