//! The client: where it sends, with which credential, and how it is made.

mod setters;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::config::CredentialPlace;
use crate::plan::{Credential, Plan, Server};
use crate::prose;

use super::{docs, ident};

/// The items of the module of the client.
pub(super) fn items(plan: &Plan) -> Vec<Item> {
    let mut items = vec![settings(plan), client(plan), client_methods(plan)];
    items.extend(builder(plan));
    if plan.servers.len() > 1 {
        items.extend(servers(&plan.servers));
    }
    items
}

fn settings(plan: &Plan) -> Item {
    let base_url = match plan.servers.first() {
        Some(server) => {
            let url = &server.url;
            quote!(Some(#url))
        }
        None => quote!(None),
    };
    let headers = plan.headers.iter().map(|(name, value)| quote!((#name, #value)));
    parse_quote! {
        static SETTINGS: runtime::Settings = runtime::Settings {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            base_url: #base_url,
            headers: &[#(#headers),*],
        };
    }
}

fn client(plan: &Plan) -> Item {
    let docs = docs::attributes(&format!(
        "A client of the {}.\n\nCheap to clone; clones share their connections.",
        docs::markdown(&plan.title)
    ));
    parse_quote! {
        #(#docs)*
        #[derive(Clone, Debug)]
        pub struct Client {
            inner: runtime::Client,
        }
    }
}

fn client_methods(plan: &Plan) -> Item {
    let new = new(plan);
    let from_env = from_env(plan);
    let builder_docs = docs::attributes("Starts a builder, to change the defaults.");
    parse_quote! {
        impl Client {
            #new
            #from_env
            #(#builder_docs)*
            pub fn builder() -> ClientBuilder {
                ClientBuilder { inner: runtime::ClientBuilder::new(&SETTINGS) }
            }
            pub(crate) fn runtime(&self) -> &runtime::Client {
                &self.inner
            }
        }
    }
}

/// What a client cannot do without: a server where the vendor names none, and the credential.
fn needs(plan: &Plan) -> Vec<(String, TokenStream)> {
    let mut needs = Vec::new();
    if plan.servers.is_empty() {
        needs.push(("base_url".to_owned(), quote!(impl AsRef<str>)));
    }
    if let Some(credential) = &plan.credential {
        needs.push((credential.name.clone(), quote!(impl Into<runtime::TokenSource>)));
    }
    needs
}

fn new(plan: &Plan) -> TokenStream {
    let needs = needs(plan);
    let what = match (plan.servers.is_empty(), &plan.credential) {
        (true, Some(_)) => {
            "A client for this server, with this credential and the default settings.\n\nThe vendor's page names no server."
        }
        (true, None) => {
            "A client for this server, with the default settings.\n\nThe vendor's page names no server."
        }
        (false, Some(_)) => "A client with this credential and the default settings.",
        (false, None) => "A client with the default settings.",
    };
    let docs = docs::attributes(&format!(
        "{what}\n\n# Errors\n\nWhen no request could be made with what is given."
    ));
    let arguments = needs.iter().map(|(name, ty)| {
        let name = ident(name);
        quote!(#name: #ty)
    });
    let calls = needs.iter().map(|(name, _)| {
        let name = ident(name);
        quote!(.#name(#name))
    });
    quote! {
        #(#docs)*
        pub fn new(#(#arguments),*) -> Result<Self, BuildError> {
            Self::builder()#(#calls)*.build()
        }
    }
}

fn from_env(plan: &Plan) -> Option<TokenStream> {
    let mut variables = Vec::new();
    let mut calls = Vec::new();
    if plan.servers.is_empty() {
        let env = plan.base_url_env.as_ref()?;
        variables.push(format!("- `{env}`: the base url"));
        calls.push(quote!(.base_url(runtime::env::string(#env)?)));
    }
    let credential = plan.credential.as_ref()?;
    let (env, name) = (&credential.env, ident(&credential.name));
    variables.push(format!("- `{env}`: the credential"));
    calls.push(quote!(.#name(runtime::env::secret(#env)?)));
    let docs = docs::attributes(&format!(
        "A client with what stands in the environment:\n\n{}\n\n# Errors\n\nWhen a variable is not set, or \
         when no request could be made with it.",
        variables.join("\n")
    ));
    Some(quote! {
        #(#docs)*
        pub fn from_env() -> Result<Self, BuildError> {
            Self::builder()#(#calls)*.build()
        }
    })
}

fn builder(plan: &Plan) -> Vec<Item> {
    let docs = docs::attributes("Builds a [`Client`].");
    let credential = plan.credential.as_ref().map(credential);
    let rest = setters::all(plan);
    vec![
        parse_quote! {
            #(#docs)*
            #[derive(Debug)]
            #[must_use = "a builder does nothing until `build` is called"]
            pub struct ClientBuilder {
                inner: runtime::ClientBuilder,
            }
        },
        parse_quote! {
            impl ClientBuilder {
                #credential
                #rest
            }
        },
    ]
}

fn credential(credential: &Credential) -> TokenStream {
    let name = ident(&credential.name);
    let (place, made) = match &credential.place {
        CredentialPlace::Bearer => {
            ("`Authorization: Bearer`".to_owned(), quote!(runtime::Credential::bearer_from(#name)))
        }
        CredentialPlace::Header(header) => (
            format!("the header {}", prose::code(header)),
            quote!(runtime::Credential::header_from(#header, #name)),
        ),
    };
    let docs = docs::attributes(&format!(
        "The credential, sent in {place} with every request and never to another host: a text, or a \
         [`TokenSource`](runtime::TokenSource) that is asked for one."
    ));
    quote! {
        #(#docs)*
        pub fn #name(mut self, #name: impl Into<runtime::TokenSource>) -> Self {
            self.inner = self.inner.credential(#made);
            self
        }
    }
}

/// The servers of a vendor that has several.
fn servers(servers: &[Server]) -> Vec<Item> {
    let docs =
        docs::attributes("The servers that the vendor documents, for [`ClientBuilder::base_url`].");
    let members = servers.iter().enumerate().map(|(at, server)| {
        let text = docs::markdown(&server.description);
        let default = if at == 0 { ", used unless another is set" } else { "" };
        let url = prose::code(&server.url);
        let docs = docs::attributes(&format!("{url}{default}\n\n{text}"));
        let default = (at == 0).then(|| quote!(#[default]));
        let name = ident(&server.name);
        quote!(#(#docs)* #default #name,)
    });
    let urls = servers.iter().map(|server| {
        let (name, url) = (ident(&server.name), &server.url);
        quote!(Self::#name => #url,)
    });
    vec![
        parse_quote! {
            #(#docs)*
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum Server { #(#members)* }
        },
        parse_quote! {
            impl Server {
                /// The base url.
                pub const fn url(self) -> &'static str {
                    match self { #(#urls)* }
                }
            }
        },
        parse_quote! {
            impl AsRef<str> for Server {
                fn as_ref(&self) -> &str {
                    self.url()
                }
            }
        },
    ]
}
