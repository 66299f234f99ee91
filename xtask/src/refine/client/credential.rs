//! Credentials: the type that has a function for each that the vendor documents, and how one is given.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Item, parse_quote};

use crate::config::CredentialPlace;
use crate::plan::{Credential, Plan};

use super::super::{docs, ident};

/// A call of the builder's method that takes a credential. What that is made of follows from each argument
/// and its environment variable.
pub(in super::super) fn credential_call<T: ToTokens>(
    credential: &Credential,
    value: impl Fn(&str, &str) -> T,
) -> TokenStream {
    let name = ident(&credential.name);
    let values = credential.arguments().map(|(argument, env)| value(argument, env));
    quote!(.credential(Credential::#name(#(#values),*)))
}

/// The arguments that a credential is given as. Those of basic authentication are fixed: a token that
/// expires is no password.
pub(super) fn credential_arguments(credential: &Credential) -> Vec<TokenStream> {
    let ty = match credential.place {
        CredentialPlace::Basic => quote!(runtime::SecretString),
        _ => quote!(runtime::TokenSource),
    };
    let argument = |(name, _)| {
        let name = ident(name);
        quote!(#name: impl Into<#ty>)
    };
    credential.arguments().map(argument).collect()
}

/// What a client can prove an identity with.
pub(super) fn credentials(plan: &Plan) -> Vec<Item> {
    if plan.credentials.is_empty() {
        return Vec::new();
    }
    let methods = plan.credentials.iter().map(credential);
    let docs = docs::attributes(
        "A credential, for [`ClientBuilder::credential`](runtime::ClientBuilder::credential) or, for one call, \
         [`CallOptions::credential`](runtime::CallOptions::credential). It is sent only to hosts that the vendor's page \
         or the caller names.",
    );
    vec![
        parse_quote! {
            #(#docs)*
            #[derive(Clone, Debug)]
            pub struct Credential(runtime::Credential);
        },
        parse_quote! { impl Credential { #(#methods)* } },
        parse_quote! {
            impl From<Credential> for runtime::Credential {
                fn from(credential: Credential) -> Self {
                    credential.0
                }
            }
        },
    ]
}

fn credential(credential: &Credential) -> TokenStream {
    let name = ident(&credential.name);
    let made = match &credential.place {
        CredentialPlace::Bearer => quote!(bearer_from(#name)),
        CredentialPlace::Basic => quote!(basic(user, password)),
        CredentialPlace::Header(header) => quote!(header_from(#header, #name)),
        CredentialPlace::Query(parameter) => quote!(query_from(#parameter, #name)),
        CredentialPlace::Cookie(cookie) => quote!(cookie_from(#cookie, #name)),
    };
    let given = match &credential.place {
        CredentialPlace::Basic => "user and password. A key without a password has an empty one.",
        _ => "a text, or a [`TokenSource`](runtime::TokenSource) that is asked for one.",
    };
    let docs = docs::attributes(&format!("Sent in {}: {given}", credential.place.in_words()));
    let arguments = credential_arguments(credential);
    quote! {
        #(#docs)*
        pub fn #name(#(#arguments),*) -> Self {
            Self(runtime::Credential::#made)
        }
    }
}
