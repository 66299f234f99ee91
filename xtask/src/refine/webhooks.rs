//! Webhooks: an enum of their payloads, and how the vendor signs them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, Type, parse_quote};

use crate::config::{OwnScheme, SignatureScheme};
use crate::plan::{Alternative, Docs, Shape, TypePlan, Union, Webhooks};

use super::{Context, docs, ident, paths, unions};

const ABOUT: &str = "What the vendor sends by itself: the payload of a webhook or of a callback.";

/// The items of the module of webhooks.
pub(super) fn items(context: Context<'_>, webhooks: &Webhooks) -> Vec<Item> {
    let from_outside =
        |ty: &Type| paths::from_outside(ty, |name| context.plan.types.contains_key(name));
    let payloads = webhooks.payloads.iter().cloned();
    let payloads: Vec<Alternative> =
        payloads.map(|it| Alternative { ty: from_outside(&it.ty), ..it }).collect();
    let scheme = webhooks.scheme.as_ref().map(scheme);
    let payloads = match &webhooks.tag {
        Some(tag) => by_tag(context, tag, payloads),
        None => by_name(&payloads),
    };
    scheme.into_iter().chain(payloads).collect()
}

/// A payload that says itself which one it is, is decoded as any other union is.
fn by_tag(context: Context<'_>, tag: &str, alternatives: Vec<Alternative>) -> Vec<Item> {
    let union = Union { tag: Some(tag.to_owned()), alternatives };
    let docs = Docs { text: ABOUT.to_owned(), ..Docs::default() };
    let plan = TypePlan { docs, span: None, shape: Shape::Union(union.clone()) };
    unions::union(context, "Webhook", &plan, &union)
}

/// Of any other, the caller knows from somewhere else what it is: by the url that it came to, or by a header.
fn by_name(payloads: &[Alternative]) -> Vec<Item> {
    let about = docs::attributes(ABOUT);
    let members = payloads.iter().map(|it| unions::member(it, None));
    let arms = payloads.iter().filter_map(|it| {
        let (wire, name) = (it.wire.as_ref()?, ident(&it.name));
        Some(quote!(#wire => delivery.payload().map(Self::#name),))
    });
    let unknown =
        docs::attributes("A webhook that the vendor's page does not name, with its JSON.");
    let named = docs::attributes(
        "Decodes the payload of the webhook that has this name on the vendor's page. Nothing in the payload says which \
         one it is.\n\n# Errors\n\nWhere and why the payload does not fit its type.",
    );
    vec![
        parse_quote! {
            #(#about)*
            #[derive(Clone, Debug, PartialEq, Serialize)]
            #[serde(untagged)]
            #[non_exhaustive]
            pub enum Webhook {
                #(#members)*
                #(#unknown)*
                Unknown(serde_json::Value),
            }
        },
        parse_quote! {
            impl Webhook {
                #(#named)*
                pub fn named(
                    name: &str,
                    delivery: &runtime::webhook::Delivery,
                ) -> Result<Self, runtime::DecodeError> {
                    match name {
                        #(#arms)*
                        _ => delivery.payload().map(Self::Unknown),
                    }
                }
            }
        },
    ]
}

fn scheme(scheme: &SignatureScheme) -> Item {
    let text = format!("How the vendor signs webhooks: {}", docs::markdown(&scheme.reason));
    let docs = docs::attributes(&text);
    let value = match &scheme.own {
        None => quote!(runtime::webhook::Scheme::STANDARD),
        Some(own) => own_scheme(own),
    };
    parse_quote! {
        #(#docs)*
        pub const SCHEME: runtime::webhook::Scheme = #value;
    }
}

fn own_scheme(own: &OwnScheme) -> TokenStream {
    let signature = &own.signature;
    let separator = own.separator.map(|it| quote!(.separator(#it)));
    let prefix = own.prefix.as_ref().map(|it| quote!(.prefix(#it)));
    let encoding = own.encoding.as_deref().map(|it| {
        let name = ident(if it == "base64" { "Base64" } else { "Hex" });
        quote!(.encoding(runtime::webhook::Encoding::#name))
    });
    let digest = own.digest.as_deref().map(|it| {
        let name = ident(match it {
            "sha1" => "Sha1",
            "sha512" => "Sha512",
            _ => "Sha256",
        });
        quote!(.digest(runtime::webhook::Digest::#name))
    });
    let signed = own.signed.as_ref().map(|it| quote!(.signed(#it)));
    let id = own.id.as_ref().map(|it| quote!(.id(#it)));
    let time = match (&own.timestamp, &own.timestamp_prefix) {
        (Some(it), _) => Some(quote!(Header(#it))),
        (None, Some(it)) => Some(quote!(BesideSignature(#it))),
        (None, None) => None,
    };
    let time = time.map(|it| quote!(.timestamp(runtime::webhook::Timestamp::#it)));
    let secret = own
        .secret_prefix
        .as_ref()
        .map(|it| quote!(.secret(runtime::webhook::Secret::Base64 { prefix: #it })));
    quote! {
        runtime::webhook::Scheme::new(#signature)
            #separator #prefix #encoding #digest #signed #id #time #secret
    }
}

#[cfg(test)]
mod tests;
