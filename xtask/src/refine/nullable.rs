//! Properties that may be left out and may be null: where a caller sends them, these are two things.
//!
//! `Option<Option<T>>` says which: `None` leaves it out, `Some(None)` is null. Where something is only received the two are
//! read alike, since nobody needs the difference and everybody would have to unwrap twice.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{Type, parse_quote};

use crate::plan::{Encoding, Plan, Property, Shape, Union};

use super::paths;

/// Puts the option for null into those properties that are sent in JSON.
pub(super) fn restore(plan: &mut Plan) {
    let sent = sent(plan);
    for (_, ty) in plan.types.iter_mut().filter(|(name, _)| sent.contains(*name)) {
        let Shape::Struct(properties) = &mut ty.shape else { continue };
        for property in properties.values_mut().filter(|it| it.nullable) {
            let ty = &property.ty;
            property.ty = parse_quote!(Option<#ty>);
        }
    }
}

/// Whether a property has the option for null.
pub(super) fn is_in(property: &Property) -> bool {
    paths::argument(&property.ty, "Option")
        .is_some_and(|it| paths::argument(it, "Option").is_some())
}

/// The names of the types that requests in JSON are made of.
fn sent(plan: &Plan) -> BTreeSet<String> {
    let bodies = plan.operations.values().filter_map(|it| it.body.as_ref());
    let bodies = bodies.filter(|it| it.encoding == Encoding::Json);
    let mut waiting: Vec<String> = bodies.flat_map(|it| names(plan, &it.ty)).collect();
    let mut sent = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let shape = plan.types.get(&name).map(|it| &it.shape);
        if sent.insert(name) {
            let types: Vec<&Type> = match shape {
                Some(Shape::Struct(properties)) => properties.values().map(|it| &it.ty).collect(),
                Some(Shape::Union(Union { alternatives, .. }) | Shape::Choice(alternatives)) => {
                    alternatives.iter().map(|it| &it.ty).collect()
                }
                _ => Vec::new(),
            };
            waiting.extend(types.into_iter().flat_map(|it| names(plan, it)));
        }
    }
    sent
}

/// The names of the crate's types in a type.
fn names(plan: &Plan, ty: &Type) -> Vec<String> {
    fn gather(tokens: proc_macro2::TokenStream, found: &mut Vec<String>) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Ident(ident) => found.push(ident.to_string()),
                proc_macro2::TokenTree::Group(group) => gather(group.stream(), found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    gather(ty.to_token_stream(), &mut found);
    found.retain(|it| plan.types.contains_key(it));
    found
}

#[cfg(test)]
mod tests;
