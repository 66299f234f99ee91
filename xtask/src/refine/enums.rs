//! Lists of strings: open enums, also for sending, since a vendor adds a value before a crate knows it.

use quote::quote;
use syn::{Item, parse_quote};

use crate::plan::{EnumVariant, TypePlan};
use crate::prose;

use super::{docs, ident};

/// The items of an enum: itself, and the macro of the runtime that gives it its conversions.
pub(super) fn items(name: &str, plan: &TypePlan, variants: &[EnumVariant]) -> Vec<Item> {
    let type_docs = docs::of(&plan.docs, &format!("`{name}`"));
    let ident = ident(name);
    let members = variants.iter().map(|variant| {
        let docs = docs::attributes(&prose::code(&variant.value));
        let name = super::ident(&variant.name);
        quote!(#(#docs)* #name,)
    });
    let unknown = docs::attributes("A value that the vendor's page does not name.");
    let names = variants.iter().map(|variant| {
        let (name, value) = (super::ident(&variant.name), &variant.value);
        quote!(#name = #value)
    });
    vec![
        parse_quote! {
            #(#type_docs)*
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #ident {
                #(#members)*
                #(#unknown)*
                Unknown(String),
            }
        },
        parse_quote! {
            runtime::open_enum!(#ident { #(#names),* });
        },
    ]
}
