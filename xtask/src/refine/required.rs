//! What is required, as a struct with names, where it is too much for arguments in a row: two of the same type would change
//! places unnoticed.

use quote::quote;
use syn::{Item, Type, parse_quote};

use crate::plan::Docs;
use crate::prose;

use super::{Context, docs, ident};

/// So many arguments can be told apart by their places.
const FEW: usize = 4;

/// Returns the name of the struct that takes what a type requires, if it requires so much. What only answers have is
/// made in tests alone, where JSON has names.
pub(super) fn name(context: Context<'_>, of: &str, arguments: usize) -> Option<String> {
    (arguments > FEW && !context.received.contains(of)).then(|| {
        let is_request = |name: &str| {
            context.plan.operations.values().any(|operation| operation.request_name() == name)
        };
        let is_free = |name: &String| !context.plan.types.contains_key(name) && !is_request(name);
        let numbered = (2..).map(|number: usize| format!("{of}Required{number}"));
        let mut names = std::iter::once(format!("{of}Required")).chain(numbered);
        names.find(is_free).unwrap_or_default()
    })
}

/// Something that is required.
pub(super) struct Field<'f> {
    pub(super) name: &'f str,
    pub(super) wire: &'f str,
    pub(super) ty: &'f Type,
    pub(super) about: &'f Docs,
}

/// The struct.
pub(super) fn item<'f>(
    name: &str,
    taken_by: &str,
    fields: impl Iterator<Item = Field<'f>>,
) -> Item {
    let members = fields.map(|Field { name, wire, ty, about }| {
        let docs = docs::of(about, &prose::code(wire));
        let name = ident(name);
        quote!(#(#docs)* pub #name: #ty,)
    });
    let docs = docs::attributes(&format!("What {taken_by} cannot do without."));
    let name = ident(name);
    parse_quote! {
        #(#docs)*
        #[derive(Clone, Debug)]
        pub struct #name { #(#members)* }
    }
}
