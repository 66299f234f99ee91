//! The Rust sources of a crate, split by concern: the client, the types, a file of operations per tag.

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;
use syn::{Item, parse_quote};

use crate::config::CredentialPlace;
use crate::refine::Refined;

use super::header::PREAMBLE;
use super::print::{self, module};

/// The files below `src/`, by path, and the crates that they name.
pub(super) fn files(refined: &Refined) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let mut files = BTreeMap::new();
    files.insert("lib.rs".to_owned(), lib(refined));
    files.insert("client.rs".to_owned(), client(refined));
    files.insert("types.rs".to_owned(), types(refined));
    operations(refined, &mut files);
    mocks(refined, &mut files);
    let all = refined.types.values().chain(refined.operations.values());
    let all = all.chain(refined.expectations.values()).flatten();
    let names = print::names(all.chain(&refined.client));
    (files, names)
}

/// The root is short enough to be the same in both printers' eyes; its modules are prettyplease's alone.
fn lib(refined: &Refined) -> String {
    let basic = refined.plan.credentials.iter().any(|it| it.place == CredentialPlace::Basic);
    let secret = if basic { " SecretString," } else { "" };
    let server = if refined.plan.servers.len() > 1 { ", Server" } else { "" };
    format!(
        "// {PREAMBLE}\n\
         #![doc = include_str!(\"../README.md\")]\n\
         #![cfg_attr(docsrs, feature(doc_cfg))]\n\
         #![allow(\n    \
             clippy::doc_lazy_continuation,\n    \
             clippy::doc_overindented_list_items,\n    \
             clippy::large_enum_variant,\n    \
             clippy::manual_range_patterns,\n    \
             clippy::should_implement_trait,\n    \
             clippy::type_complexity,\n    \
             reason = \"names, texts, sizes and statuses are the vendor's\"\n\
         )]\n\n\
         #[rustfmt::skip]\nmod client;\n\
         #[cfg(feature = \"mock\")]\n#[rustfmt::skip]\npub mod mock;\n\
         #[rustfmt::skip]\npub mod operations;\n\
         #[rustfmt::skip]\npub mod types;\n\n\
         pub use bindery_runtime as runtime;\n\
         pub use bindery_runtime::{{\n    \
             Answer, BuildError, CallOptions, Error, ErrorKind, RetryPolicy,{secret} TokenSource,\n\
         }};\n\
         pub use client::{{Client, ClientBuilder{server}}};\n"
    )
}

fn client(refined: &Refined) -> String {
    let imports = [parse_quote!(
        use bindery_runtime::{self as runtime, BuildError};
    )];
    module(
        "The client and what it is made with.",
        &imports,
        &refined.client.iter().collect::<Vec<_>>(),
    )
}

fn types(refined: &Refined) -> String {
    let items: Vec<&Item> = refined.types.values().flatten().collect();
    let names = print::names(items.iter().copied());
    let mut imports: Vec<Item> = Vec::new();
    if names.contains("runtime") {
        imports.push(parse_quote!(
            use bindery_runtime as runtime;
        ));
    }
    let serde: Vec<_> = ["Deserialize", "Deserializer", "Serialize"]
        .into_iter()
        .filter(|name| names.contains(*name))
        .map(|name| syn::Ident::new(name, proc_macro2::Span::call_site()))
        .collect();
    match serde.as_slice() {
        [] => {}
        [one] => imports.push(parse_quote!(use serde::#one;)),
        several => imports.push(parse_quote!(use serde::{#(#several),*};)),
    }
    module("The types that requests and responses are made of.", &imports, &items)
}

/// Operations without a tag stand in the module itself, the others in one of the tag's name.
fn operations(refined: &Refined, files: &mut BTreeMap<String, String>) {
    let docs = "The operations: methods of [`crate::Client`], and the requests that they make.";
    let about = |tag: &str| format!("Operations filed under `{tag}`.");
    tags("operations", (docs, &about), &[], &refined.operations, &imports, files);
}

/// Mocks are laid out as the operations are.
fn mocks(refined: &Refined, files: &mut BTreeMap<String, String>) {
    let docs = "Mocks for tests: what is expected of an operation, and what is replied, in the types of this crate.";
    let about = |tag: &str| format!("Expectations of the operations filed under `{tag}`.");
    let imports = |items: &[&Item], root: bool| -> Vec<Item> {
        let types = print::names(items.iter().copied()).contains("types");
        let mut imports: Vec<Item> = vec![parse_quote!(
            use bindery_runtime as runtime;
        )];
        imports.extend(types.then(|| {
            parse_quote!(
                use crate::types;
            )
        }));
        imports.push(match root {
            true => parse_quote!(
                use crate::Client;
            ),
            false => parse_quote!(
                use super::Expect;
            ),
        });
        imports
    };
    tags("mock", (docs, &about), &refined.mock, &refined.expectations, &imports, files);
}

/// A module with a module for each tag.
fn tags(
    name: &str,
    (docs, about): (&str, &dyn Fn(&str) -> String),
    own: &[Item],
    items: &BTreeMap<Option<String>, Vec<Item>>,
    imports: &dyn Fn(&[&Item], bool) -> Vec<Item>,
    files: &mut BTreeMap<String, String>,
) {
    let mut modules: Vec<Item> = Vec::new();
    for (tag, items) in items {
        let Some(tag) = tag else { continue };
        let ident = syn::Ident::new(tag, proc_macro2::Span::call_site());
        modules.push(parse_quote!(mod #ident;));
        modules.push(parse_quote!(pub use #ident::*;));
        let items: Vec<&Item> = items.iter().collect();
        files.insert(
            format!("{name}/{tag}.rs"),
            module(&about(tag), &imports(&items, false), &items),
        );
    }
    let own: Vec<&Item> = own.iter().chain(items.get(&None).into_iter().flatten()).collect();
    let mut first = if own.is_empty() { Vec::new() } else { imports(&own, true) };
    first.extend(modules);
    files.insert(format!("{name}.rs"), module(docs, &first, &own));
}

fn imports(items: &[&Item], _root: bool) -> Vec<Item> {
    let names = print::names(items.iter().copied());
    let types = names.contains("types").then(|| quote!(, types));
    vec![
        parse_quote!(
            use bindery_runtime::{self as runtime, Error};
        ),
        parse_quote!(use crate::{Client #types};),
    ]
}
