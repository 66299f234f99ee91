//! The client: where it sends, with which credential, and how it is made.

mod credential;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::config::CredentialPlace;
use crate::plan::{Plan, Server};
use crate::prose;

use super::{docs, ident};
pub(super) use credential::credential_call;
use credential::{credential_arguments, credentials};

/// The items of the module of the client.
pub(super) fn items(plan: &Plan) -> Vec<Item> {
    let mut items = vec![settings(plan), client(plan), client_methods(plan), api_client(plan)];
    items.push(builder());
    items.extend(credentials(plan));
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
    let constants: Vec<String> =
        plan.headers.iter().map(|(name, value)| prose::code(&format!("{name}: {value}"))).collect();
    let constants = match constants.as_slice() {
        [] => String::new(),
        constants => format!(
            "\n\nEvery request carries {}, unless the builder's `header` sets another value.",
            constants.join(", ")
        ),
    };
    let docs = docs::attributes(&format!(
        "A client of the {}.\n\nCheap to clone; clones share their connections.{constants}",
        docs::markdown(&plan.title)
    ));
    parse_quote! {
        #(#docs)*
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(crate) inner: runtime::Client,
        }
    }
}

fn client_methods(plan: &Plan) -> Item {
    let new = new(plan);
    let from_env = from_env(plan);
    let with_credentials = with_credentials(plan);
    let request_docs = docs::attributes(
        "A call of something that the vendor offers and this crate does not describe, at a path below the base url: \
         with the credentials, retries and limits of the client.",
    );
    parse_quote! {
        impl Client {
            #new
            #from_env
            /// Starts a builder, to change the defaults.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::of(&SETTINGS)
            }
            #with_credentials
            #(#request_docs)*
            pub fn request(&self, method: runtime::Method, path: impl AsRef<str>) -> runtime::RawCall {
                self.inner.raw(method, path)
            }
        }
    }
}

/// A client for somebody else, over the same connections.
fn with_credentials(plan: &Plan) -> Option<TokenStream> {
    let (name, argument, ty, given) = match plan.credentials.as_slice() {
        [] => return None,
        [_] => (
            ident("with_credential"),
            ident("credential"),
            quote!(Credential),
            quote!([credential.into()]),
        ),
        _ => (
            ident("with_credentials"),
            ident("credentials"),
            quote!(impl IntoIterator<Item = Credential>),
            quote!(credentials.into_iter().map(Into::into)),
        ),
    };
    let what = if plan.credentials.len() == 1 { "another credential" } else { "other credentials" };
    let docs = docs::attributes(&format!(
        "The client with {what}, for instance of another tenant. Both share their connections.\n\n# Errors\n\n\
         When no request could be made with what is given."
    ));
    Some(quote! {
        #(#docs)*
        pub fn #name(&self, #argument: #ty) -> Result<Self, BuildError> {
            Ok(Self { inner: self.inner.with_credentials(#given)? })
        }
    })
}

/// How the runtime makes the client.
fn api_client(plan: &Plan) -> Item {
    let credential = match plan.credentials.as_slice() {
        [] => quote!(runtime::Credential),
        _ => quote!(Credential),
    };
    parse_quote! {
        impl runtime::ApiClient for Client {
            type Credential = #credential;
            fn from_runtime(inner: runtime::Client) -> Self {
                Self { inner }
            }
        }
    }
}

/// What a client cannot do without is an argument: a server where the vendor names none, and the
/// credential.
fn new(plan: &Plan) -> TokenStream {
    let (mut arguments, mut calls) = (Vec::new(), Vec::new());
    if plan.servers.is_empty() {
        arguments.push(quote!(base_url: impl AsRef<str>));
        calls.push(quote!(.base_url(base_url)));
    }
    for credential in &plan.credentials {
        arguments.extend(credential_arguments(credential));
        calls.push(credential_call(credential, |argument, _| ident(argument)));
    }
    let credentials = match plan.credentials.len() {
        0 => "",
        1 => "this credential and ",
        _ => "these credentials and ",
    };
    let (server, unknown) = match plan.servers.is_empty() {
        true => (" for this server,", "\n\nThe vendor's page names no server."),
        false => ("", ""),
    };
    let docs = docs::attributes(&format!(
        "A client{server} with {credentials}the default settings.{unknown}\n\n\
         # Errors\n\nWhen no request could be made with what is given."
    ));
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
    if plan.credentials.is_empty() {
        return None;
    }
    for credential in &plan.credentials {
        let what = match plan.credentials.len() {
            1 => "the credential".to_owned(),
            _ => format!("the credential in {}", credential.place.in_words()),
        };
        for (argument, env) in credential.arguments() {
            let is_whole = argument == credential.name;
            let what = if is_whole { what.clone() } else { format!("the {argument}") };
            variables.push(format!("- `{env}`: {what}"));
        }
        calls.push(credential_call(credential, |argument, env| match &credential.place {
            // Beside a key, there is none.
            CredentialPlace::Basic if argument == "password" => {
                quote!(runtime::env::secret_or_empty(#env)?)
            }
            _ => quote!(runtime::env::secret(#env)?),
        }));
    }
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

fn builder() -> Item {
    parse_quote! {
        /// Builds a [`Client`].
        pub type ClientBuilder = runtime::ClientBuilder<Client>;
    }
}

/// The servers of a vendor that has several.
fn servers(servers: &[Server]) -> Vec<Item> {
    let docs = docs::attributes(
        "The servers that the vendor documents, for [`ClientBuilder::base_url`](runtime::ClientBuilder::base_url).",
    );
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

#[cfg(test)]
mod tests;
