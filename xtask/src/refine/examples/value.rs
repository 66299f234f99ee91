//! Values in examples: in the vendor's own words where its page has an example that fits.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value as Json;
use syn::{Type, parse_quote};

use super::super::constructors::{self, is_argument};
use super::super::{binary, ident, paths, required};
use super::Example;
use crate::plan::{Docs, Property, Shape};

/// How deep arguments are nested before an example gives up on showing them.
const DEPTH: usize = 3;

/// How many values an example shows at most: more is nothing to learn a call from.
const VALUES: usize = 16;

/// How many parameters stand for parts of a value, before one stands for all of it.
const PARTS: usize = 4;

impl Example<'_> {
    /// A value of a type, from the vendor's example if that has one that fits.
    pub(super) fn value(
        &mut self,
        ty: &Type,
        docs: &Docs,
        example: Option<&Json>,
        wire: &str,
        depth: usize,
    ) -> TokenStream {
        let example = example.or(docs.example.as_ref());
        if let Some(inner) = paths::argument(ty, "Box") {
            return self.value(inner, docs, example, wire, depth);
        }
        if paths::argument(ty, "Option").is_some() {
            return quote!(None);
        }
        if let Some(item) = paths::argument(ty, "Vec") {
            // Of what would an empty list be, if it may be of anything that becomes an item?
            return match constructors::converts(self.context, item) {
                true => {
                    let item = self.value(item, &Docs::default(), None, wire, depth);
                    quote!([#item])
                }
                false => quote!(vec![]),
            };
        }
        if paths::is_map(ty) {
            return quote!(Default::default());
        }
        match paths::name(ty).as_deref() {
            Some("String") => {
                let text =
                    example.and_then(Json::as_str).map_or_else(|| placeholder(wire), str::to_owned);
                quote!(#text)
            }
            None if binary::is_binary(ty) => quote!("…"),
            Some("bool") => {
                let value = example.and_then(Json::as_bool).unwrap_or(true);
                quote!(#value)
            }
            Some(whole @ ("i32" | "i64" | "u64")) => {
                let value = example
                    .and_then(Json::as_i64)
                    .and_then(|it| i32::try_from(it).ok())
                    .filter(|it| *it >= 0 || whole != "u64")
                    .unwrap_or(1);
                let value = proc_macro2::Literal::i32_unsuffixed(value);
                quote!(#value)
            }
            Some("f64") => quote!(1.0),
            None if paths::kept(ty).is_some_and(|it| it == "Number") => {
                let value = example.and_then(Json::as_f64).filter(|it| it.is_sign_positive());
                let value = proc_macro2::Literal::f64_unsuffixed(value.unwrap_or(1.0));
                quote!(#value)
            }
            Some(name) => self.named(name, example, depth),
            None if *ty == parse_quote!(uuid::Uuid) => quote!(uuid::Uuid::nil()),
            None if paths::kept(ty).is_some() => quote!(#ty::UNIX_EPOCH),
            None => quote!(serde_json::Value::Null),
        }
    }

    fn named(&mut self, name: &str, example: Option<&Json>, depth: usize) -> TokenStream {
        let ty = ident(name);
        self.shown += 1;
        match self.context.plan.types.get(name).map(|it| &it.shape) {
            Some(Shape::Enum(variants)) => {
                let shown = variants
                    .iter()
                    .find(|it| Some(it.value.as_str()) == example.and_then(Json::as_str));
                match shown.or(variants.first()) {
                    Some(variant) => {
                        let variant = ident(&variant.name);
                        quote!(types::#ty::#variant)
                    }
                    None => quote!(types::#ty::from("…")),
                }
            }
            _ if depth > DEPTH || self.shown > VALUES => self.given(name),
            Some(Shape::Struct(properties)) => {
                let mut fields: Vec<&Property> = properties.values().collect();
                fields.sort_by(|a, b| a.name.cmp(&b.name));
                let before = self.given.len();
                let arguments = fields.iter().filter(|it| is_argument(it)).map(|property| {
                    let inner = match property.flatten {
                        true => example,
                        false => example.and_then(|it| it.get(&property.wire)),
                    };
                    self.value(&property.ty, &property.docs, inner, &property.wire, depth + 1)
                });
                let arguments: Vec<TokenStream> = arguments.collect();
                if self.given.len() > before + PARTS {
                    self.given.truncate(before);
                    return self.given(name);
                }
                match required::name(self.context, name, arguments.len()) {
                    None => quote!(types::#ty::new(#(#arguments),*)),
                    Some(required) => {
                        let required = ident(&required);
                        let fields = fields.iter().filter(|it| is_argument(it));
                        let fields = fields.map(|it| (&it.name, &it.ty));
                        let path = quote!(types::#required);
                        let required = self.named_fields(&path, fields, arguments);
                        quote!(types::#ty::new(#required))
                    }
                }
            }
            Some(Shape::Union(_) | Shape::Choice(_)) => self.alternative(name, example, depth),
            Some(Shape::Opaque) => quote!(serde_json::Value::Null),
            Some(Shape::Parts) | None => self.given(name),
        }
    }

    /// A struct of what is required. A field takes the value itself, not what can become one.
    pub(super) fn named_fields<'f>(
        &self,
        path: &TokenStream,
        fields: impl Iterator<Item = (&'f String, &'f Type)>,
        values: Vec<TokenStream>,
    ) -> TokenStream {
        let members = fields.zip(values).map(|((name, ty), value)| {
            let name = ident(name);
            if paths::argument(ty, "Vec").is_some() {
                quote!(#name: vec![])
            } else if paths::argument(ty, "Box").is_some() {
                quote!(#name: Box::new(#value))
            } else if constructors::converts(self.context, ty) {
                quote!(#name: #value.into())
            } else {
                quote!(#name: #value)
            }
        });
        quote!(#path { #(#members),* })
    }

    fn alternative(&mut self, name: &str, example: Option<&Json>, depth: usize) -> TokenStream {
        let alternatives = match self.context.plan.types.get(name).map(|it| &it.shape) {
            Some(Shape::Union(union)) => &union.alternatives,
            Some(Shape::Choice(alternatives)) => alternatives,
            _ => return self.given(name),
        };
        let Some(first) = alternatives.first() else { return self.given(name) };
        let (ty, variant) = (ident(name), ident(&first.name));
        let wire = first.wire.as_deref().unwrap_or(&first.name);
        let inner = example.and_then(|it| it.get(wire)).or(example.filter(|it| !it.is_object()));
        let value = self.value(&first.ty, &first.docs, inner, wire, depth + 1);
        // A variant takes the value itself, not what can become one.
        if paths::argument(&first.ty, "Vec").is_some() {
            return quote!(types::#ty::#variant(vec![]));
        }
        match paths::name(&first.ty).as_deref() {
            Some("String") => quote!(types::#ty::#variant(#value.into())),
            None if paths::kept(&first.ty).is_some() => {
                quote!(types::#ty::#variant(#value.into()))
            }
            _ if paths::argument(&first.ty, "Box").is_some() => {
                quote!(types::#ty::#variant(Box::new(#value)))
            }
            _ => quote!(types::#ty::#variant(#value)),
        }
    }
}

/// A word for a string that the vendor gives no example of.
fn placeholder(wire: &str) -> String {
    match wire {
        "email" => "user@example.com".to_owned(),
        wire => wire.to_owned(),
    }
}
