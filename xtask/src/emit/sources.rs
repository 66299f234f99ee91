//! The Rust sources of a crate, split by concern: the client, the types, a file of operations per tag.

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;
use syn::{Item, parse_quote};

use crate::config::CredentialPlace;
use crate::plan::Operation;
use crate::refine::Refined;

use super::header::PREAMBLE;
use super::print::{Printed, module};
use super::webhooks;

/// The files below `src/`, by path, and the crates that they name.
pub(super) fn files(refined: &Refined) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let mut sources = Sources::default();
    sources.files.insert("lib.rs".to_owned(), lib(refined));
    sources.client(refined);
    sources.types(refined);
    sources.operations(refined);
    sources.mocks(refined);
    sources.webhooks(refined);
    (sources.files, sources.names)
}

/// What is printed so far.
#[derive(Default)]
struct Sources {
    files: BTreeMap<String, String>,
    /// The names in all items.
    names: BTreeSet<String>,
}

/// The root is short enough to be the same in both printers' eyes; its modules are prettyplease's alone.
fn lib(refined: &Refined) -> String {
    let basic = refined.plan.credentials.iter().any(|it| it.place == CredentialPlace::Basic);
    let secret = if basic { " SecretString," } else { "" };
    let webhooks = match refined.plan.webhooks {
        Some(_) => "#[cfg(feature = \"webhooks\")]\n#[rustfmt::skip]\npub mod webhooks;\n",
        None => "",
    };
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
         #[rustfmt::skip]\npub mod types;\n{webhooks}\n\
         pub use bindery_runtime as runtime;\n\
         pub use bindery_runtime::{{\n    \
             Answer, BuildError, CallOptions, Error, ErrorKind, RetryPolicy,{secret} TokenSource,\n\
         }};\n\
         pub use client::{{Client, ClientBuilder{server}}};\n"
    )
}

impl Sources {
    fn add(&mut self, path: String, docs: &str, imports: Vec<Item>, items: Printed) {
        self.files.insert(path, module(docs, imports, &items));
        self.names.extend(items.names);
    }

    fn client(&mut self, refined: &Refined) {
        let imports = vec![parse_quote!(
            use bindery_runtime::{self as runtime, BuildError};
        )];
        let mut items = Printed::default();
        items.add(refined.client.iter().cloned());
        self.add("client.rs".to_owned(), "The client and what it is made with.", imports, items);
    }

    fn types(&mut self, refined: &Refined) {
        let mut items = Printed::default();
        refined.types().for_each(|ty| items.add(ty));
        let mut imports: Vec<Item> = Vec::new();
        if items.names.contains("runtime") {
            imports.push(parse_quote!(
                use bindery_runtime as runtime;
            ));
        }
        let serde: Vec<_> = ["Deserialize", "Deserializer", "Serialize"]
            .into_iter()
            .filter(|name| items.names.contains(*name))
            .map(|name| syn::Ident::new(name, proc_macro2::Span::call_site()))
            .collect();
        match serde.as_slice() {
            [] => {}
            [one] => imports.push(parse_quote!(use serde::#one;)),
            several => imports.push(parse_quote!(use serde::{#(#several),*};)),
        }
        let docs = "The types that requests and responses are made of.";
        self.add("types.rs".to_owned(), docs, imports, items);
    }

    /// Operations without a tag stand in the module itself, the others in one of the tag's name.
    fn operations(&mut self, refined: &Refined) {
        let layout = Layout {
            name: "operations",
            docs: "The operations: methods of [`crate::Client`], and the requests that they make.",
            about: &|tag| format!("Operations filed under `{tag}`."),
            own: &[],
            items: &|name, operation| refined.operation(name, operation),
            imports: &imports_of_operations,
        };
        self.tags(refined, &layout);
    }

    /// Mocks are laid out as the operations are.
    fn mocks(&mut self, refined: &Refined) {
        let layout = Layout {
            name: "mock",
            docs: "Mocks for tests: what is expected of an operation, and what is replied, in the types of this crate.",
            about: &|tag| format!("Expectations of the operations filed under `{tag}`."),
            own: &refined.mock,
            items: &|name, operation| refined.expectation(name, operation),
            imports: &imports_of_mocks,
        };
        self.tags(refined, &layout);
    }

    fn webhooks(&mut self, refined: &Refined) {
        let Some((webhooks, own)) = refined.plan.webhooks.as_ref().zip(refined.webhooks()) else {
            return;
        };
        let mut items = Printed::default();
        items.add(own);
        let imports = webhooks::imports(&items.names);
        let docs = webhooks::docs(&refined.plan, webhooks);
        self.add("webhooks.rs".to_owned(), &docs, imports, items);
    }

    /// A module with a module for each tag.
    fn tags(&mut self, refined: &Refined, layout: &Layout<'_>) {
        let mut modules: Vec<Item> = Vec::new();
        let mut own = Printed::default();
        own.add(layout.own.iter().cloned());
        for (tag, operations) in refined.by_tag() {
            let mut items = Printed::default();
            let into = if tag.is_some() { &mut items } else { &mut own };
            operations
                .into_iter()
                .for_each(|(name, operation)| into.add((layout.items)(name, operation)));
            let Some(tag) = tag else { continue };
            let ident = syn::Ident::new(tag, proc_macro2::Span::call_site());
            modules.push(parse_quote!(mod #ident;));
            modules.push(parse_quote!(pub use #ident::*;));
            let imports = (layout.imports)(&items.names, false);
            self.add(format!("{}/{tag}.rs", layout.name), &(layout.about)(tag), imports, items);
        }
        let mut first =
            if own.is_empty() { Vec::new() } else { (layout.imports)(&own.names, true) };
        first.extend(modules);
        self.add(format!("{}.rs", layout.name), layout.docs, first, own);
    }
}

/// A module that has a module for each tag.
struct Layout<'a> {
    name: &'a str,
    docs: &'a str,
    /// The first line of a tag's module.
    about: &'a dyn Fn(&str) -> String,
    /// What stands in the module itself, before the operations without a tag.
    own: &'a [Item],
    /// What an operation is in it.
    items: &'a dyn Fn(&str, &Operation) -> Vec<Item>,
    /// What items with these names import, in the module itself and in one of a tag.
    imports: &'a dyn Fn(&BTreeSet<String>, bool) -> Vec<Item>,
}

fn imports_of_operations(names: &BTreeSet<String>, _is_root: bool) -> Vec<Item> {
    let types = names.contains("types").then(|| quote!(, types));
    vec![
        parse_quote!(
            use bindery_runtime::{self as runtime, Error};
        ),
        parse_quote!(use crate::{Client #types};),
    ]
}

fn imports_of_mocks(names: &BTreeSet<String>, is_root: bool) -> Vec<Item> {
    let mut imports: Vec<Item> = vec![parse_quote!(
        use bindery_runtime as runtime;
    )];
    imports.extend(names.contains("types").then(|| {
        parse_quote!(
            use crate::types;
        )
    }));
    imports.push(match is_root {
        true => parse_quote!(
            use crate::Client;
        ),
        false => parse_quote!(
            use super::Expect;
        ),
    });
    imports
}
