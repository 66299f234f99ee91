//! The Rust sources of a crate, split by concern: the client, the types, a file of operations per tag.

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;
use syn::{Item, parse_quote};

use crate::config::CredentialPlace;
use crate::refine::{Refined, is_streamed};

use super::header::PREAMBLE;
use super::print::{Printed, module, print};
use super::webhooks;

/// The files below `src/`, by path, and the crates that they name.
pub(super) fn files(refined: &Refined) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let mut sources = Sources::default();
    sources.files.insert("lib.rs".to_owned(), lib(refined));
    sources.client(refined);
    sources.errors(refined);
    sources.types(refined);
    sources.operations(refined);
    sources.mock(refined);
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

/// The root is written for rustfmt; what is skipped in it, its modules above all, is prettyplease's.
fn lib(refined: &Refined) -> String {
    let plan = &refined.plan;
    let own = [
        (true, "Client"),
        (true, "ClientBuilder"),
        (!plan.credentials.is_empty(), "Credential"),
        (plan.servers.len() > 1, "Server"),
    ];
    let basic = plan.credentials.iter().any(|it| it.place == CredentialPlace::Basic);
    let shared = [
        (true, "Answer"),
        (true, "BuildError"),
        (true, "Call"),
        (true, "CallOptions"),
        (true, "ErrorKind"),
        (plan.operations.values().any(|it| it.paging.is_some()), "Paged"),
        (true, "RetryPolicy"),
        (basic, "SecretString"),
        (plan.operations.values().any(is_streamed), "Streamed"),
        (true, "TokenSource"),
    ];
    let webhooks = match plan.webhooks {
        Some(_) => "#[cfg(feature = \"webhooks\")]\n#[rustfmt::skip]\npub mod webhooks;\n",
        None => "",
    };
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
         #[rustfmt::skip]\nmod error;\n\
         #[cfg(feature = \"mock\")]\n#[rustfmt::skip]\npub mod mock;\n\
         #[rustfmt::skip]\npub mod operations;\n\
         #[rustfmt::skip]\npub mod types;\n{webhooks}\n\
         pub use bindery_runtime as runtime;\n\
         {}{}pub use error::{{ApiError, Error}};\n",
        reexport("bindery_runtime", &shared),
        reexport("client", &own),
    )
}

/// Names of a module that the root has, too.
fn reexport(module: &str, names: &[(bool, &str)]) -> String {
    let name = |name: &str| syn::Ident::new(name, proc_macro2::Span::call_site());
    let module = name(module);
    let names = names.iter().filter(|(is_there, _)| *is_there).map(|it| name(it.1));
    print(parse_quote!(#[rustfmt::skip] pub use #module::{#(#names),*};))
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

    fn errors(&mut self, refined: &Refined) {
        let mut items = Printed::default();
        items.add(refined.errors.iter().cloned());
        let types = items.names.contains("types").then(|| {
            parse_quote!(
                use crate::types;
            )
        });
        let runtime = parse_quote!(
            use bindery_runtime as runtime;
        );
        let imports = [runtime].into_iter().chain(types).collect();
        let docs = "What the vendor documents as errors.";
        self.add("error.rs".to_owned(), docs, imports, items);
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

    /// Operations without a tag stand in the module itself, the others in one of the tag's name.
    fn operations(&mut self, refined: &Refined) {
        let mut modules: Vec<Item> = Vec::new();
        let mut own = Printed::default();
        let mut stands = Stands::default();
        for (tag, operations) in refined.by_tag() {
            let mut items = Printed::default();
            let group = refined.group(&operations);
            let is_grouped = group.is_some();
            if let Some((accessor, group)) = group {
                own.add([accessor]);
                items.add([group]);
                stands.client = true;
            }
            stands.operations |= tag.is_none();
            let into = if tag.is_some() { &mut items } else { &mut own };
            operations
                .into_iter()
                .for_each(|(name, operation)| into.add(refined.operation(name, operation)));
            let Some(tag) = tag else { continue };
            let ident = syn::Ident::new(tag, proc_macro2::Span::call_site());
            if is_grouped {
                modules.push(parse_quote!(pub mod #ident;));
            } else {
                modules.push(parse_quote!(mod #ident;));
                modules.push(parse_quote!(pub use #ident::*;));
            }
            let stands = Stands { operations: true, client: !is_grouped };
            let imports = imports_of_operations(&items.names, stands);
            let docs = format!("Operations filed under `{tag}`.");
            self.add(format!("operations/{tag}.rs"), &docs, imports, items);
        }
        stands.client |= stands.operations;
        let mut first = imports_of_operations(&own.names, stands);
        first.extend(modules);
        let docs = "The operations: methods of [`crate::Client`], and the requests that they make.";
        self.add("operations.rs".to_owned(), docs, first, own);
    }

    fn mock(&mut self, refined: &Refined) {
        let credential = (!refined.plan.credentials.is_empty()).then(|| quote!(, Credential));
        let imports: Vec<Item> = vec![
            parse_quote!(
                use bindery_runtime as runtime;
            ),
            parse_quote!(use crate::{Client, ClientBuilder #credential};),
            parse_quote!(
                pub use runtime::mock::Reply;
            ),
        ];
        let mut items = Printed::default();
        items.add(refined.mock.iter().cloned());
        let docs =
            "Mocks for tests: a server that is told which calls to expect and what to reply.";
        self.add("mock.rs".to_owned(), docs, imports, items);
    }
}

/// What stands in a module of operations.
#[derive(Clone, Copy, Default)]
struct Stands {
    /// Requests.
    operations: bool,
    /// Methods of the client.
    client: bool,
}

fn imports_of_operations(names: &BTreeSet<String>, stands: Stands) -> Vec<Item> {
    let mut own: Vec<syn::Ident> = Vec::new();
    let name = |name: &str| syn::Ident::new(name, proc_macro2::Span::call_site());
    own.extend(stands.operations.then(|| name("ApiError")));
    own.extend(stands.client.then(|| name("Client")));
    own.extend(names.contains("types").then(|| name("types")));
    let runtime = stands.operations.then(|| {
        parse_quote!(
            use bindery_runtime as runtime;
        )
    });
    let own = match own.as_slice() {
        [] => None,
        [one] => Some(parse_quote!(use crate::#one;)),
        several => Some(parse_quote!(use crate::{#(#several),*};)),
    };
    runtime.into_iter().chain(own).collect()
}
