//! Unions and choices: sums that were lowered as products, a property for each alternative.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value as Json;
use syn::{Item, parse_quote};

use crate::plan::{Alternative, Constants, Distinct, JsonType, TypePlan, Union};
use crate::prose;

use super::{Context, docs, ident};

/// One of several schemas. What fits none of them is kept as it came.
pub(super) fn union(context: Context<'_>, name: &str, plan: &TypePlan, union: &Union) -> Vec<Item> {
    let type_docs = docs::of(&plan.docs, &context.what_is(name));
    let ident = ident(name);
    let members = union.alternatives.iter().map(|it| member(it, None));
    let unknown = docs::attributes(match &union.tag {
        Some(_) => "A kind that the vendor's page does not name, with its JSON.",
        None => "A value of a JSON type that the vendor's page does not name.",
    });
    let decode = match &union.tag {
        Some(tag) => by_tag(tag, &union.alternatives),
        None => by_trial(&union.alternatives),
    };
    vec![
        parse_quote! {
            #(#type_docs)*
            #[derive(Clone, Debug, PartialEq, Serialize)]
            #[serde(untagged)]
            #[non_exhaustive]
            pub enum #ident {
                #(#members)*
                #(#unknown)*
                Unknown(serde_json::Value),
            }
        },
        parse_quote! {
            impl<'de> Deserialize<'de> for #ident {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    #decode
                }
            }
        },
    ]
}

/// Exactly one of several properties.
pub(super) fn choice(
    context: Context<'_>,
    name: &str,
    plan: &TypePlan,
    alternatives: &[Alternative],
) -> Vec<Item> {
    let type_docs = docs::of(&plan.docs, &context.what_is(name));
    let ident = ident(name);
    let members = alternatives.iter().map(|it| member(it, it.wire.as_deref()));
    vec![parse_quote! {
        #(#type_docs)*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum #ident {
            #(#members)*
        }
    }]
}

pub(super) fn member(alternative: &Alternative, rename: Option<&str>) -> TokenStream {
    let otherwise = match &alternative.wire {
        Some(wire) => prose::code(wire),
        None => "One of the vendor's alternatives.".to_owned(),
    };
    let docs = docs::of(&alternative.docs, &otherwise);
    let (name, ty) = (ident(&alternative.name), &alternative.ty);
    let rename = rename.map(|wire| quote!(#[serde(rename = #wire)]));
    quote!(#(#docs)* #rename #name(#ty),)
}

fn by_tag(tag: &str, alternatives: &[Alternative]) -> TokenStream {
    let arms = alternatives.iter().filter_map(|it| {
        let (wire, name) = (it.wire.as_ref()?, ident(&it.name));
        Some(quote!(Some(#wire) => tagged.decode().map(Self::#name),))
    });
    quote! {
        let tagged = runtime::Tagged::read(deserializer, #tag)?;
        match tagged.tag() {
            #(#arms)*
            _ => Ok(Self::Unknown(tagged.into_json())),
        }
    }
}

fn by_trial(alternatives: &[Alternative]) -> TokenStream {
    let trials = alternatives.iter().map(|it| {
        let name = ident(&it.name);
        let json = ident(match it.json {
            JsonType::Any => "Any",
            JsonType::Boolean => "Boolean",
            JsonType::Integer => "Integer",
            JsonType::Number => "Number",
            JsonType::String => "String",
            JsonType::Array => "Array",
            JsonType::Object => "Object",
        });
        let distinct = distinct(&it.distinct);
        quote!(.alternative(runtime::JsonType::#json, Self::#name) #distinct)
    });
    quote!(runtime::Untagged::read(deserializer)? #(#trials)* .finish(Self::Unknown))
}

/// What is said of an alternative so that it is told apart from the others.
fn distinct(distinct: &Distinct) -> TokenStream {
    let constants = distinct.constants.iter().map(|(pointer, values)| match values {
        Constants::Strings(values) => quote!(.constant(#pointer, &[#(#values),*])),
        Constants::Booleans(values) => quote!(.constant(#pointer, &[#(#values),*])),
        Constants::Integers(values) => {
            let values = values.iter().map(|it| proc_macro2::Literal::i64_unsuffixed(*it));
            quote!(.constant(#pointer, &[#(#values),*]))
        }
        Constants::Json(values) => {
            let values = values.iter().map(Json::to_string);
            quote!(.constant(#pointer, runtime::Constants::json(&[#(#values),*])))
        }
    });
    let members = &distinct.members;
    let declares = (!members.is_empty()).then(|| quote!(.declares(&[#(#members),*])));
    let closed = distinct.closed.as_ref().map(|names| quote!(.closed(&[#(#names),*])));
    let required = &distinct.required;
    let requires = (!required.is_empty()).then(|| quote!(.requires(&[#(#required),*])));
    quote!(#(#constants)* #declares #requires #closed)
}
