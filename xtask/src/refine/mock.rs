//! Mocks: the server that stands in for the vendor's, and a test that shows how it is used.
//!
//! A mock takes the calls of the client themselves, so that there is nothing to emit for each operation.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, Type, parse_quote};

use crate::plan::{Encoding, Operation, Response, StatusPattern};

use super::examples::{Call, Example};
use super::{Context, client, docs, ident, paths};

/// The credential that a mock's client is made with.
const CREDENTIAL: &str = "a-credential-for-tests";
const USER: &str = "a-user-for-tests";

/// The items of the module.
pub(super) fn server(context: Context<'_>) -> Vec<Item> {
    let credentials = context.plan.credentials.iter().map(|it| {
        client::credential_call(
            it,
            |argument, _| if argument == "user" { USER } else { CREDENTIAL },
        )
    });
    let docs = docs::attributes(&format!(
        "A server on this machine that stands in for the vendor's, in tests.\n\nWhen it is dropped, it fails the \
         test if something came that was not expected, or did not come.{}",
        example(context)
    ));
    vec![
        parse_quote! {
            #(#docs)*
            pub type MockServer = runtime::mock::Server<Client>;
        },
        parse_quote! {
            impl runtime::mock::Mocked for Client {
                fn with_made_up_credentials() -> ClientBuilder {
                    Client::builder() #(#credentials)*
                }
            }
        },
    ]
}

/// A test of the first operation that has something to reply, which compiles.
fn example(context: Context<'_>) -> String {
    let found = context.plan.operations.iter().find_map(|(name, operation)| {
        let mut example = Example::new(context);
        let is_ours = |name: &str| context.plan.types.contains_key(name);
        let reply = reply(operation, is_ours, &mut example)?;
        Some((name, operation, reply, example))
    });
    let Some((name, operation, reply, mut example)) = found else { return String::new() };
    let krate = ident(&context.crate_name());
    let expression = example.call(name, operation);
    let body = quote! {
        let server = MockServer::start().await;
        let client = server.client();
        let call = #expression;
        server.expect(call.clone()).reply(#reply);
        let response = call.await?;
        server.verify();
    };
    let call = Call { expression: body, parameters: example.parameters() };
    let Call { expression: body, parameters } = &call;
    let modules = call.modules();
    let import: syn::File =
        parse_quote!(use #krate::mock::{MockServer, Reply}; #(use #krate::#modules;)*);
    let test: syn::File = parse_quote! {
        async fn test(#parameters) -> Result<(), Box<dyn std::error::Error>> { #body Ok(()) }
    };
    let text = format!("{}\n{}", prettyplease::unparse(&import), prettyplease::unparse(&test));
    format!("\n\n```no_run\n{text}```")
}

/// The first reply of an operation that can be shown.
fn reply(
    operation: &Operation,
    is_ours: impl Fn(&str) -> bool,
    example: &mut Example<'_>,
) -> Option<TokenStream> {
    let all = operation.success.responses.iter().chain(&operation.failure.responses);
    let code = |response: &Response| {
        response.statuses.iter().find_map(|it| match it.on {
            StatusPattern::Code(code) => Some(proc_macro2::Literal::u16_unsuffixed(code)),
            StatusPattern::Range(_) | StatusPattern::Default => None,
        })
    };
    let (status, response) = all
        .filter(|it| it.encoding == Encoding::Json)
        .find_map(|it| code(it).map(|code| (code, it)))?;
    Some(match &response.body {
        // What is empty does not say of which type it is.
        Some(body) if is_empty(&body.ty) => {
            let ty = paths::from_outside(&body.ty, is_ours);
            quote!(Reply::json(#status, <#ty>::default()))
        }
        Some(body) => {
            let value = example.value_of(&body.ty);
            quote!(Reply::json(#status, #value))
        }
        None => quote!(Reply::empty(#status)),
    })
}

/// Whether the value that is shown of a type is empty.
fn is_empty(ty: &Type) -> bool {
    let of = |name| paths::argument(ty, name).is_some();
    of("Vec") || of("Option") || paths::is_map(ty)
}

#[cfg(test)]
mod tests;
