//! The Rust sources of a crate, split by concern: the client, the types, a file of operations per tag.

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;
use syn::{Item, parse_quote};

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
    let all = refined.types.values().chain(refined.operations.values()).flatten();
    let names = print::names(all.chain(&refined.client));
    (files, names)
}

/// The root is short enough to be the same in both printers' eyes; its modules are prettyplease's alone.
fn lib(refined: &Refined) -> String {
    let server = if refined.plan.servers.len() > 1 { ", Server" } else { "" };
    format!(
        "// {PREAMBLE}\n\
         #![doc = include_str!(\"../README.md\")]\n\
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
         #[rustfmt::skip]\npub mod operations;\n\
         #[rustfmt::skip]\npub mod types;\n\n\
         pub use bindery_runtime as runtime;\n\
         pub use bindery_runtime::{{BuildError, Error, ErrorKind}};\n\
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
    let mut root: Vec<Item> = Vec::new();
    for (tag, items) in &refined.operations {
        let Some(tag) = tag else { continue };
        let name = syn::Ident::new(tag, proc_macro2::Span::call_site());
        root.push(parse_quote!(mod #name;));
        root.push(parse_quote!(pub use #name::*;));
        let items: Vec<&Item> = items.iter().collect();
        let text = module(&format!("Operations filed under `{tag}`."), &imports(&items), &items);
        files.insert(format!("operations/{tag}.rs"), text);
    }
    let own: Vec<&Item> = refined.operations.get(&None).into_iter().flatten().collect();
    let mut imports = if own.is_empty() { Vec::new() } else { imports(&own) };
    imports.extend(root);
    let docs = "The operations: methods of [`crate::Client`], and the requests that they make.";
    files.insert("operations.rs".to_owned(), module(docs, &imports, &own));
}

fn imports(items: &[&Item]) -> Vec<Item> {
    let names = print::names(items.iter().copied());
    let types = names.contains("types").then(|| quote!(, types));
    vec![
        parse_quote!(
            use bindery_runtime::{self as runtime, Error};
        ),
        parse_quote!(use crate::{Client #types};),
    ]
}
