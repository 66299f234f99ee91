//! Mocks: what a test expects of each operation, and what it replies, in the types of the crate.
//!
//! An expectation is filled by the same calls of the runtime as the request itself, so the two cannot
//! encode a parameter in different ways.

mod reply;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::config::CredentialPlace;
use crate::plan::{Operation, Place, Plan};
use crate::prose;

use super::examples::{Call, Example};
use super::requests::{self, Part};
use super::{Context, client, docs, ident, paths};

/// The credential that a mock's client is made with.
const CREDENTIAL: &str = "a-credential-for-tests";
const USER: &str = "a-user-for-tests";

/// The items of the module itself: the server, and what it can be told to expect.
pub(super) fn server(context: Context<'_>) -> Vec<Item> {
    let plan = context.plan;
    let server_docs = docs::attributes(&format!(
        "A server on this machine that stands in for the vendor's, in tests.\n\nWhen it is dropped, it fails the \
         test if something came that was not expected, or did not come.{}",
        example(context)
    ));
    let expect_docs = docs::attributes("What a [`MockServer`] can be told to expect.");
    let methods = server_methods(plan);
    vec![
        parse_quote! {
            #(#server_docs)*
            #[derive(Debug)]
            pub struct MockServer {
                inner: runtime::mock::MockServer,
            }
        },
        parse_quote! { impl MockServer { #methods } },
        parse_quote! {
            #(#expect_docs)*
            #[derive(Debug)]
            #[must_use = "nothing is expected until a reply is given"]
            pub struct Expect<'s> {
                server: &'s runtime::mock::MockServer,
                times: u32,
            }
        },
    ]
}

fn server_methods(plan: &Plan) -> TokenStream {
    let credentials = plan.credentials.iter().map(|it| {
        client::credential_call(
            it,
            |argument, _| if argument == "user" { USER } else { CREDENTIAL },
        )
    });
    let hiding = plan.credentials.iter().filter_map(|it| match &it.place {
        CredentialPlace::Query(name) => Some(quote!(.hiding(#name))),
        _ => None,
    });
    quote! {
        /// Starts the server, at a port of its own.
        ///
        /// # Panics
        ///
        /// If this machine has no port left.
        pub async fn start() -> Self {
            Self { inner: runtime::mock::MockServer::start().await #(#hiding)* }
        }
        /// The base url of the server, for a client that is made otherwise than [`client`](Self::client).
        #[must_use]
        pub fn url(&self) -> String {
            self.inner.url()
        }
        /// A client of the server, with a made-up credential and without retries, so that a test sees
        /// every reply. It names its operations to the server, where the paths of several fit.
        ///
        /// # Panics
        ///
        /// If this machine has no certificates for TLS.
        pub fn client(&self) -> Client {
            let client = Client::builder()
                .base_url(self.inner.url())
                #(#credentials)*
                .retry(runtime::RetryPolicy::none())
                .configure(runtime::reqwest::ClientBuilder::no_proxy)
                .layer(runtime::mock::naming)
                .build();
            match client {
                Ok(client) => client,
                Err(error) => panic!("no client of the mock can be made: {error}"),
            }
        }
        /// Starts to expect one call: name its operation next.
        pub fn expect(&self) -> Expect<'_> {
            self.expect_times(1)
        }
        /// Starts to expect so many equal calls: name their operation next.
        pub fn expect_times(&self, times: u32) -> Expect<'_> {
            Expect { server: &self.inner, times }
        }
        /// Checks now that all that was expected has come, and nothing else, and starts anew.
        ///
        /// # Panics
        ///
        /// If not, with all differences.
        #[track_caller]
        pub fn verify(&self) {
            self.inner.verify();
        }
    }
}

/// A test of the first operation that has something to reply, which compiles.
fn example(context: Context<'_>) -> String {
    let found = context.plan.operations.iter().find_map(|(name, operation)| {
        let mut example = Example::new(context);
        let reply = reply::shown(operation, &mut example)?;
        Some((name, operation, reply, example))
    });
    let Some((name, operation, reply, mut example)) = found else { return String::new() };
    let krate = ident(&context.crate_name());
    let expression = example.call(name, operation);
    let method = ident(name);
    let body = quote! {
        let server = MockServer::start().await;
        server.expect().#method().#reply;
        let client = server.client();
        let response = #expression.send().await?;
        server.verify();
    };
    let call = Call { expression: body, parameters: example.parameters() };
    let Call { expression: body, parameters } = &call;
    let modules = call.modules();
    let import: syn::File = parse_quote!(use #krate::mock::MockServer; #(use #krate::#modules;)*);
    let test: syn::File = parse_quote! {
        async fn test(#parameters) -> Result<(), Box<dyn std::error::Error>> { #body Ok(()) }
    };
    let text = format!("{}\n{}", prettyplease::unparse(&import), prettyplease::unparse(&test));
    format!("\n\n```no_run\n{text}```")
}

/// The items of an operation.
pub(super) fn items(context: Context<'_>, name: &str, operation: &Operation) -> Vec<Item> {
    let parts = requests::parts(context, operation);
    let (method, request) = (ident(name), ident(&operation.builder));
    let method_docs =
        docs::attributes(&format!("Expects a call of [`Client::{name}`](crate::Client::{name})."));
    let docs = docs::attributes(&format!(
        "What is expected of a call of [`Client::{name}`](crate::Client::{name}), and what is replied. What is \
         not said may be anything.\n\nThe methods that reply panic if no such call could be made."
    ));
    let path = path_setter(context, operation, &parts);
    let setters = parts.iter().filter_map(|part| setter(context, operation, part));
    let replies = reply::methods(context, operation, &parts);
    vec![
        parse_quote! {
            impl<'s> Expect<'s> {
                #(#method_docs)*
                pub fn #method(self) -> #request<'s> {
                    let expected = self.server.expect(crate::operations::#request::OPERATION);
                    #request { expected: expected.times(self.times) }
                }
            }
        },
        parse_quote! {
            #(#docs)*
            #[derive(Debug)]
            #[must_use = "nothing is expected until a reply is given"]
            pub struct #request<'s> {
                expected: runtime::mock::Expect<'s>,
            }
        },
        parse_quote! {
            impl #request<'_> {
                #path
                #(#setters)*
                /// Expects a header. There may be others.
                pub fn with_header(mut self, name: &str, value: &str) -> Self {
                    self.expected = self.expected.header(name, value);
                    self
                }
                #replies
            }
        },
    ]
}

/// Says what the path parameters are to be: all of them, as the client takes them, because a vendor may rename
/// them without changing a call.
fn path_setter(
    context: Context<'_>,
    operation: &Operation,
    parts: &[Part<'_>],
) -> Option<TokenStream> {
    let in_path = |part: &&Part<'_>| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|it| it.name == part.name && it.place == Place::Path)
    };
    let set: Vec<Set> =
        parts.iter().filter(in_path).map(|it| Set::of(context, operation, it)).collect();
    let names: Vec<String> = parts.iter().filter(in_path).map(|it| prose::code(it.wire)).collect();
    let what = format!("Expects this for the path: {}. Any will do unless set.", names.join(", "));
    (!set.is_empty()).then(|| method("with_path", &what, &set))
}

/// Says what another parameter or the body is to be.
fn setter(context: Context<'_>, operation: &Operation, part: &Part<'_>) -> Option<TokenStream> {
    let parameter = operation.parameters.iter().find(|it| it.name == part.name);
    let what = match parameter.map(|it| it.place) {
        Some(Place::Path) => return None,
        Some(_) => prose::code(part.wire),
        None => "the body".to_owned(),
    };
    let what = format!("Expects this for {what}. Anything will do unless set.");
    Some(method(part.name, &what, &[Set::of(context, operation, part)]))
}

/// How a part of the expected request is set.
struct Set {
    argument: TokenStream,
    converted: Option<TokenStream>,
    statement: TokenStream,
}

impl Set {
    fn of(context: Context<'_>, operation: &Operation, part: &Part<'_>) -> Self {
        let name = ident(part.name);
        let ty = paths::argument(&part.ty, "Option").unwrap_or(&part.ty);
        let (accepted, convert) = requests::accepted(context, ty);
        let value = convert(quote!(#name));
        // The method has a variable of this name itself.
        let local = if part.name == "request" { ident("request_") } else { name.clone() };
        let is_as_given = local == value.to_string();
        let converted = (!is_as_given).then(|| quote!(let #local: #ty = #value;));
        let local = quote!(#local);
        let parameter = operation.parameters.iter().find(|it| it.name == part.name);
        let statement = match (parameter, &operation.body) {
            (Some(parameter), _) => requests::set_parameter(parameter, &local),
            (None, Some(body)) => requests::set_body(body, &local),
            (None, None) => TokenStream::new(),
        };
        Self { argument: quote!(#name: #accepted), converted, statement }
    }
}

fn method(name: &str, what: &str, set: &[Set]) -> TokenStream {
    let (name, docs) = (ident(name), docs::attributes(what));
    let arguments = set.iter().map(|it| &it.argument);
    let converted = set.iter().map(|it| &it.converted);
    let statements = set.iter().map(|it| &it.statement);
    let many = (set.len() > 6).then(requests::many_arguments);
    quote! {
        #(#docs)*
        #many
        pub fn #name(mut self, #(#arguments),*) -> Self {
            #(#converted)*
            let request = self.expected.request();
            #(#statements)*
            self
        }
    }
}

#[cfg(test)]
mod tests;
