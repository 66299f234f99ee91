//! Which types lie behind others.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::Type;

use crate::plan::{Plan, Shape};

/// Returns the types that only answers and webhooks have: nobody makes one, unless to reply with it in a test.
pub(super) fn only_received(plan: &Plan) -> BTreeSet<String> {
    let sent = plan.operations.values().flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|it| &it.ty);
        parameters.chain(operation.body.iter().map(|it| &it.ty))
    });
    let received = plan.operations.values().flat_map(|operation| {
        let outcomes = [&operation.success, &operation.failure];
        let responses = outcomes.into_iter().flat_map(|it| &it.responses);
        responses.filter_map(|it| it.body.as_ref()).map(|it| &it.ty)
    });
    let received =
        received.chain(plan.webhooks.iter().flat_map(|it| &it.payloads).map(|it| &it.ty));
    let (received, sent) = (behind(plan, received), behind(plan, sent));
    received.difference(&sent).cloned().collect()
}

/// Returns the names of these types and of all behind them.
fn behind<'t>(plan: &Plan, types: impl Iterator<Item = &'t Type>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut left: Vec<String> = types.flat_map(|it| names(plan, it)).collect();
    while let Some(name) = left.pop() {
        let Some(ty) = plan.types.get(&name) else { continue };
        if !found.insert(name) {
            continue;
        }
        let inner: Vec<&Type> = match &ty.shape {
            Shape::Struct(properties) => properties.values().map(|it| &it.ty).collect(),
            Shape::Union(union) => union.alternatives.iter().map(|it| &it.ty).collect(),
            Shape::Choice(alternatives) => alternatives.iter().map(|it| &it.ty).collect(),
            Shape::Enum(_) | Shape::Parts | Shape::Opaque => Vec::new(),
        };
        left.extend(inner.into_iter().flat_map(|it| names(plan, it)));
    }
    found
}

/// The types of the crate that a type names.
fn names(plan: &Plan, ty: &Type) -> Vec<String> {
    fn gather(tokens: TokenStream, plan: &Plan, names: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    let name = ident.to_string();
                    if plan.types.contains_key(&name) {
                        names.push(name);
                    }
                }
                TokenTree::Group(group) => gather(group.stream(), plan, names),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    gather(ty.to_token_stream(), plan, &mut found);
    found
}
