//! Objects: structs with public fields, to which the vendor may add.

use std::collections::BTreeMap;

use quote::quote;
use syn::{Attribute, Item, parse_quote};

use crate::plan::{Presence, Property, TypePlan};
use crate::prose;

use super::constructors;
use super::{Context, docs, ident};

/// The items of a struct: itself, and what it is made with.
pub(super) fn items(
    context: Context<'_>,
    name: &str,
    plan: &TypePlan,
    properties: &BTreeMap<String, Property>,
) -> Vec<Item> {
    let mut fields: Vec<&Property> = properties.values().collect();
    fields.sort_by(|a, b| a.name.cmp(&b.name));
    let type_docs = docs::of(&plan.docs, &context.what_is(name));
    let ident = ident(name);
    let (default, default_for_tests) = constructors::derive_default(context, name, &fields);
    let members = fields.iter().map(|it| member(it));
    let decode = fields.iter().any(|it| it.flatten).then(|| decode(context, name, &fields));
    let deserialize = decode.is_none().then(|| quote!(, Deserialize));
    let item: Item = parse_quote! {
        #(#type_docs)*
        #[derive(Clone, Debug, #default PartialEq, Serialize #deserialize)]
        #default_for_tests
        #[non_exhaustive]
        pub struct #ident {
            #(#members)*
        }
    };
    let mut items = vec![item];
    items.extend(constructors::items(context, name, &fields));
    items.extend(decode);
    items
}

/// How an object is read of which a part has no name of its own. What serde derives for it would copy that part once
/// more for each such object around it.
fn decode(context: Context<'_>, name: &str, fields: &[&Property]) -> Item {
    let names_of = |field: &Property| match field.flatten {
        false => vec![field.wire.clone()],
        true => context.names_of_choice(&field.ty).into_iter().map(str::to_owned).collect(),
    };
    let mut known: Vec<String> = fields.iter().flat_map(|it| names_of(it)).collect();
    known.sort_unstable();
    let values = fields.iter().map(|it| {
        let (name, wire) = (super::ident(&it.name), &it.wire);
        if super::nullable::is_in(it) {
            quote!(#name: object.nullable(#wire)?)
        } else if !it.flatten {
            quote!(#name: object.member(#wire)?)
        } else if constructors::is_rest(it) {
            quote!(#name: object.others(&[#(#known),*])?)
        } else {
            let names = names_of(it);
            quote!(#name: object.choice(&[#(#names),*])?)
        }
    });
    let ident = ident(name);
    parse_quote! {
        impl<'de> Deserialize<'de> for #ident {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let object = runtime::Object::read(deserializer)?;
                Ok(Self { #(#values),* })
            }
        }
    }
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

fn member(property: &Property) -> proc_macro2::TokenStream {
    let docs = docs::of(&property.docs, &prose::code(&property.wire));
    let serde = serde_attributes(property);
    let (name, ty) = (ident(&property.name), &property.ty);
    quote! {
        #(#docs)*
        #(#serde)*
        pub #name: #ty,
    }
}

fn serde_attributes(property: &Property) -> Vec<Attribute> {
    let mut arguments = Vec::new();
    if property.flatten {
        arguments.push(quote!(flatten));
    } else if property.wire != property.name {
        let wire = &property.wire;
        arguments.push(quote!(rename = #wire));
    }
    if property.presence == Presence::Optional {
        // An option that is not there needs no default; any other type does.
        if super::nullable::is_in(property) {
            arguments.push(quote!(default, deserialize_with = "bindery_runtime::nullable"));
        }
        if super::paths::argument(&property.ty, "Option").is_some() {
            arguments.push(quote!(skip_serializing_if = "Option::is_none"));
        }
    }
    match arguments.is_empty() {
        true => Vec::new(),
        false => vec![parse_quote!(#[serde(#(#arguments),*)])],
    }
}
