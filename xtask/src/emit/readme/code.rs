//! The examples of a README. Each is a test, since the README is the documentation of the crate.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, Ident, parse_quote};

use crate::config::ApiConfig;
use crate::plan::Plan;
use crate::refine::examples::Call;

/// A client, and a call.
pub(super) fn quick_start(config: &ApiConfig, plan: &Plan, call: &Call) -> String {
    let has_env =
        !plan.credentials.is_empty() && (!plan.servers.is_empty() || plan.base_url_env.is_some());
    let client = match (has_env, plan.servers.is_empty()) {
        (true, _) => quote!(Client::from_env()?),
        (false, false) => quote!(Client::builder().build()?),
        (false, true) => quote!(Client::builder().base_url("https://api.example.com").build()?),
    };
    let Call { expression, parameters } = call;
    let function = parse_quote! {
        async fn example(#parameters) -> Result<(), Box<dyn std::error::Error>> {
            let client = #client;
            let response = #expression.await?;
            println!("{response:?}");
            Ok(())
        }
    };
    block(&[import(config, &quote!(), call)], &function)
}

/// What can go wrong, by kind. Whoever is asked to wait is told how long, whatever the kind.
pub(super) fn errors(config: &ApiConfig, call: &Call) -> String {
    let Call { expression, parameters } = call;
    let function = parse_quote! {
        async fn example(client: &Client, #parameters) {
            let call = #expression;
            match call.await {
                Ok(response) => println!("{response:?}"),
                Err(error) => match (error.retry_after(), error.kind()) {
                    (Some(wait), _) => println!("{error}: come back after {wait:?}"),
                    (_, ErrorKind::Api(documented)) => println!("the vendor says: {documented:?}"),
                    (_, ErrorKind::Transport(_)) if error.is_timeout() => println!("no answer in time"),
                    _ => println!("{error}"),
                },
            }
        }
    };
    block(&[import(config, &quote!(, ErrorKind), call)], &function)
}

/// One call with options of its own, and what comes beside the body.
pub(super) fn options(config: &ApiConfig, call: &Call) -> String {
    let Call { expression, parameters } = call;
    let function = parse_quote! {
        async fn example(client: &Client, #parameters) -> Result<(), Box<dyn std::error::Error>> {
            let call = #expression;
            let answer = call
                .with_options(|it| it.timeout(Duration::from_secs(5)).retry(RetryPolicy::none()))
                .send_with_meta()
                .await?;
            println!("{}: {:?}", answer.status, answer.body);
            Ok(())
        }
    };
    let imports = [
        parse_quote!(
            use std::time::Duration;
        ),
        import(config, &quote!(, RetryPolicy, Call as _), call),
    ];
    block(&imports, &function)
}

/// What an example names of the crate.
fn import(config: &ApiConfig, others: &TokenStream, call: &Call) -> File {
    let name = config.package.replace('-', "_");
    let krate = Ident::new(&name, proc_macro2::Span::call_site());
    let modules = call.modules();
    parse_quote!(use #krate::{Client #others #(, #modules)*};)
}

fn block(imports: &[File], function: &File) -> String {
    let imports: String = imports.iter().map(prettyplease::unparse).collect();
    format!("```rust,no_run\n{imports}\n{}```", prettyplease::unparse(function))
}
