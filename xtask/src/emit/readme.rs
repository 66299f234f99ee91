//! The README of a crate, which is also its documentation's first page: its example is a test.

use quote::quote;

use crate::config::{ApiConfig, CredentialPlace};
use crate::plan::Plan;
use crate::prose;
use crate::refine::{Refined, docs, examples};

use super::header::PREAMBLE;

/// The README.
pub(super) fn readme(config: &ApiConfig, refined: &Refined) -> String {
    let plan = &refined.plan;
    let title = docs::markdown(&plan.title);
    let mut sections = vec![
        format!("<!-- {PREAMBLE} -->\n\n# {}", config.package),
        format!("A Rust client of the {title}, generated from {} by Bindery.", pages(config)),
        format!(
            "```toml\n[dependencies]\n{} = \"{}\"\n```",
            config.package,
            minor(&config.version.to_string())
        ),
    ];
    sections.extend(refined.example.as_ref().map(|call| example(config, plan, call)));
    sections.push(format!("## Operations\n\n{}", operations(plan)));
    sections.extend(authentication(plan));
    sections.extend(servers(plan));
    sections.push(errors(config));
    sections.join("\n\n") + "\n"
}

fn pages(config: &ApiConfig) -> String {
    match &config.docs {
        Some(url) => format!("the [vendor's documentation](<{url}>)"),
        None => "the vendor's documentation".to_owned(),
    }
}

fn minor(version: &str) -> String {
    version.split('.').take(2).collect::<Vec<_>>().join(".")
}

fn example(config: &ApiConfig, plan: &Plan, call: &proc_macro2::TokenStream) -> String {
    let name = config.package.replace('-', "_");
    let krate = syn::Ident::new(&name, proc_macro2::Span::call_site());
    let types = examples::names_types(call).then(|| quote!(, types));
    let has_env =
        plan.credential.is_some() && (!plan.servers.is_empty() || plan.base_url_env.is_some());
    let client = match (has_env, plan.servers.is_empty()) {
        (true, _) => quote!(Client::from_env()?),
        (false, false) => quote!(Client::builder().build()?),
        (false, true) => quote!(Client::builder().base_url("https://api.example.com").build()?),
    };
    let import: syn::File = syn::parse_quote!(use #krate::{Client #types};);
    let function: syn::File = syn::parse_quote! {
        async fn example() -> Result<(), Box<dyn std::error::Error>> {
            let client = #client;
            let response = #call.send().await?;
            println!("{response:?}");
            Ok(())
        }
    };
    let text = format!("{}\n{}", prettyplease::unparse(&import), prettyplease::unparse(&function));
    format!("```rust,no_run\n{text}```")
}

fn operations(plan: &Plan) -> String {
    let rows = plan.operations.iter().map(|(name, operation)| {
        let summary = docs::markdown(operation.docs.text.lines().next().unwrap_or_default());
        let line = docs::method_and_path(&operation.method, &operation.path);
        format!("| `{name}` | {} | {} |", docs::cell(&line), docs::cell(&summary))
    });
    let rows: Vec<String> = rows.collect();
    format!("| method | request | |\n| --- | --- | --- |\n{}", rows.join("\n"))
}

fn authentication(plan: &Plan) -> Option<String> {
    let credential = plan.credential.as_ref()?;
    let place = match &credential.place {
        CredentialPlace::Bearer => "`Authorization: Bearer`".to_owned(),
        CredentialPlace::Header(name) => prose::code(name),
    };
    let from_env = match (&plan.base_url_env, plan.servers.is_empty()) {
        (Some(base_url), true) => {
            format!(
                "`Client::from_env()` reads it from `{}`, and the base url from `{base_url}`.",
                credential.env
            )
        }
        (None, true) => String::new(),
        (_, false) => format!("`Client::from_env()` reads it from `{}`.", credential.env),
    };
    Some(format!(
        "## Authentication\n\nThe client is given its credential once and sends it in {place} with every \
         request, never to another host and never in `Debug` or an error. {from_env}"
    ).trim_end().to_owned())
}

fn servers(plan: &Plan) -> Option<String> {
    match plan.servers.as_slice() {
        [] => Some(
            "## Server\n\nThe vendor's page names no server: give one to `Client::new` or to the builder's `base_url`."
                .to_owned(),
        ),
        [_] => None,
        several => {
            let rows: Vec<String> =
                several.iter().map(|it| format!("- `Server::{}`: <{}>", it.name, it.url)).collect();
            let first = several.first().map_or("", |it| it.name.as_str());
            Some(format!(
                "## Servers\n\n{}\n\nRequests go to `Server::{first}` unless the builder's `base_url` is given another.",
                rows.join("\n")
            ))
        }
    }
}

fn errors(config: &ApiConfig) -> String {
    let name = config.package.replace('-', "_");
    format!(
        "## Errors\n\nEvery call gives a `{name}::Error`, which keeps the operation, the status, the headers and \
         the raw body. `api()` is the body that the vendor documents for the status; a body that does not decode \
         says at which JSON path. A status that is not documented is an error that keeps its body."
    )
}
