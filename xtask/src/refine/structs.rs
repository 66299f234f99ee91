//! Objects: structs with public fields, to which the vendor may add.

use std::collections::BTreeMap;

use quote::quote;
use syn::{Attribute, Item, Type, parse_quote};

use crate::plan::{Presence, Property, TypePlan};
use crate::prose;

use super::constructors::{self, Field};
use super::{Context, docs, ident};

/// The items of a struct: itself, and what it is made with.
pub(super) fn items(
    context: Context<'_>,
    name: &str,
    plan: &TypePlan,
    properties: &BTreeMap<String, Property>,
) -> Vec<Item> {
    let mut fields: Vec<Field<'_>> = properties
        .iter()
        .map(|(lowered, property)| Field { property, ty: context.type_of(name, lowered) })
        .collect();
    fields.sort_by(|a, b| a.property.name.cmp(&b.property.name));
    let type_docs = docs::of(&plan.docs, &context.what_is(name));
    let ident = ident(name);
    let default = constructors::derives_default(&fields).then(|| quote!(Default,));
    let members = fields.iter().map(member);
    let item: Item = parse_quote! {
        #(#type_docs)*
        #[derive(Clone, Debug, #default PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub struct #ident {
            #(#members)*
        }
    };
    let mut items = vec![item];
    items.extend(constructors::items(context, name, &fields));
    items
}

/// A schema of which no type could be made: any JSON, under its name.
pub(super) fn opaque(context: Context<'_>, name: &str, plan: &TypePlan) -> Item {
    let docs = docs::of(&plan.docs, &context.what_is(name));
    let ident = ident(name);
    parse_quote! {
        #(#docs)*
        pub type #ident = serde_json::Value;
    }
}

fn member(field: &Field<'_>) -> proc_macro2::TokenStream {
    let property = field.property;
    let docs = docs::of(&property.docs, &prose::code(&property.wire));
    let serde = serde_attributes(property, &field.ty);
    let (name, ty) = (ident(&property.name), &field.ty);
    quote! {
        #(#docs)*
        #(#serde)*
        pub #name: #ty,
    }
}

fn serde_attributes(property: &Property, ty: &Type) -> Vec<Attribute> {
    let mut arguments = Vec::new();
    if property.flatten {
        arguments.push(quote!(flatten));
    } else if property.wire != property.name {
        let wire = &property.wire;
        arguments.push(quote!(rename = #wire));
    }
    if property.presence == Presence::Optional {
        // An option that is not there needs no default; any other type does.
        if super::paths::argument(ty, "Option").is_some() {
            arguments.push(quote!(skip_serializing_if = "Option::is_none"));
        }
    }
    match arguments.is_empty() {
        true => Vec::new(),
        false => vec![parse_quote!(#[serde(#(#arguments),*)])],
    }
}
