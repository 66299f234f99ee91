//! What the vendor documents as errors: one enum for all operations, with a variant for each type of body.
//!
//! A variant per status would be renamed by each status that a vendor adds, and an enum per operation would have to be
//! handled once for each of them.

use std::collections::BTreeSet;

use quote::quote;
use syn::{GenericArgument, Item, PathArguments, Type, parse_quote};

use crate::lower::naming::Scope;
use crate::plan::{Plan, StatusPattern};

use super::{docs, ident, paths};

/// A variant of the enum.
#[derive(Debug)]
pub(super) struct Variant {
    name: String,
    /// The type of the body, if there is one.
    ty: Option<Type>,
    statuses: BTreeSet<StatusPattern>,
}

/// Returns the variants, by which the documented errors of all operations are called from here on.
pub(super) fn name_all(plan: &mut Plan) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    let mut scope = Scope::with(&["Empty"]);
    for operation in plan.operations.values_mut() {
        for response in &mut operation.failure.responses {
            let ty = response.body.as_ref().map(|it| it.ty.clone());
            let statuses = response.statuses.iter().map(|it| it.on);
            let found = variants.iter_mut().find(|it| it.ty == ty);
            let variant = match found {
                Some(variant) => variant,
                None => {
                    let name = match &ty {
                        Some(ty) => scope.claim(&word(ty)),
                        None => "Empty".to_owned(),
                    };
                    variants.push(Variant { name, ty, statuses: BTreeSet::new() });
                    let Some(last) = variants.last_mut() else { continue };
                    last
                }
            };
            variant.statuses.extend(statuses);
            response.variant.clone_from(&variant.name);
        }
    }
    variants.sort_by(|a, b| a.name.cmp(&b.name));
    variants
}

/// A word for a type.
fn word(ty: &Type) -> String {
    let Type::Path(path) = ty else { return "Other".to_owned() };
    let Some(last) = path.path.segments.last() else { return "Other".to_owned() };
    let inner = match &last.arguments {
        PathArguments::AngleBracketed(all) => all.args.iter().rev().find_map(|it| match it {
            GenericArgument::Type(ty) => Some(word(ty)),
            _ => None,
        }),
        _ => None,
    };
    match (last.ident.to_string().as_str(), inner) {
        ("Vec", Some(inner)) => format!("{inner}List"),
        (_, Some(inner)) if paths::is_map(ty) => format!("{inner}Map"),
        ("Box" | "Option", Some(inner)) => inner,
        ("String", _) => "Text".to_owned(),
        ("Value", _) => "Json".to_owned(),
        ("bool", _) => "Bool".to_owned(),
        ("i32" | "i64" | "u32" | "u64" | "f32" | "f64", _) => "Number".to_owned(),
        (name, _) => name.to_owned(),
    }
}

/// The enum, and the error of a call.
pub(super) fn items(plan: &Plan, variants: &[Variant]) -> Vec<Item> {
    let known = |name: &str| plan.types.contains_key(name);
    let members = variants.iter().map(|variant| {
        let statuses: Vec<String> = variant.statuses.iter().map(on).collect();
        let docs = docs::attributes(&format!("Documented for {}.", statuses.join(", ")));
        let name = ident(&variant.name);
        let payload = variant.ty.as_ref().map(|ty| {
            let ty = paths::from_outside(ty, known);
            quote!((#ty))
        });
        quote!(#(#docs)* #name #payload,)
    });
    let what = match variants {
        [] => "The vendor documents no error of any operation so far.",
        _ => {
            "What the vendor documents as an error, by the type of its body. Which operation has which is in the \
             documentation of its method; [`Error::status`](runtime::Error::status) tells statuses of one body apart."
        }
    };
    let docs = docs::attributes(what);
    vec![
        parse_quote! {
            #(#docs)*
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum ApiError { #(#members)* }
        },
        parse_quote! {
            /// Why a call did not give what the vendor documents: one type for all operations.
            pub type Error = runtime::Error<ApiError>;
        },
    ]
}

fn on(statuses: &StatusPattern) -> String {
    match statuses {
        StatusPattern::Default => "any other status".to_owned(),
        statuses => format!("`{statuses}`"),
    }
}

#[cfg(test)]
mod tests;
