//! Operations: a method of the client that takes what is required, a setter for each thing that is not,
//! and what the request is to the runtime, which sends it.

mod send;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, Type, parse_quote};

use crate::plan::{Operation, Retry};
use crate::prose;

use super::{Context, constructors, docs, examples, ident, outcomes, paging, paths, required};

pub(crate) use send::is_streamed;

/// A parameter or the body, as a member of the request.
struct Part<'a> {
    name: &'a str,
    wire: &'a str,
    ty: Type,
    required: bool,
    docs: &'a crate::plan::Docs,
}

/// The items of an operation.
pub(super) fn items(context: Context<'_>, name: &str, operation: &Operation) -> Vec<Item> {
    let parts = parts(context, operation);
    let method = method(context, name, operation, &parts);
    let fields = parts.iter().map(|part| {
        let (name, ty) = (ident(part.name), &part.ty);
        quote!(#name: #ty,)
    });
    let setters = parts.iter().filter(|it| !it.required).map(|part| setter(context, part));
    let setters: Vec<TokenStream> = setters.collect();
    let request = ident(operation.request_name());
    let request_docs = docs::attributes(&format!("The request of {}.", operation.link(name)));
    let owner = ident(operation.group.as_ref().map_or("Client", |it| &it.name));
    let needed = parts.iter().filter(|it| it.required);
    let required = required::name(context, operation.request_name(), needed.clone().count());
    let required = required.map(|it| {
        let fields = needed.map(|it| required::Field {
            name: it.name,
            wire: it.wire,
            ty: &it.ty,
            about: it.docs,
        });
        required::item(&it, &operation.link(name), fields)
    });
    let own: [Item; 2] = [
        parse_quote! {
            impl #owner { #method }
        },
        parse_quote! {
            #(#request_docs)*
            #[derive(Clone, Debug)]
            #[must_use = "nothing is sent until it is awaited"]
            pub struct #request {
                caller: runtime::Caller,
                #(#fields)*
            }
        },
    ];
    let setters = (!setters.is_empty()).then(|| {
        parse_quote! {
            impl #request { #(#setters)* }
        }
    });
    let call = send::call(context, name, operation);
    required
        .into_iter()
        .chain(own)
        .chain(setters)
        .chain(call)
        .chain(paging::items(context, operation))
        .collect()
}

/// The parameters and the body, in the order of the arguments.
fn parts<'a>(context: Context<'_>, operation: &'a Operation) -> Vec<Part<'a>> {
    let from_outside =
        |ty: &Type| paths::from_outside(ty, |name| context.plan.types.contains_key(name));
    let mut parts: Vec<Part<'a>> = operation
        .parameters
        .iter()
        .map(|it| Part {
            name: &it.name,
            wire: &it.wire,
            ty: from_outside(&it.ty),
            required: it.required,
            docs: &it.docs,
        })
        .collect();
    if let Some(it) = &operation.body {
        parts.push(Part {
            name: &it.name,
            wire: "body",
            ty: from_outside(&it.ty),
            required: it.required,
            docs: &it.docs,
        });
    }
    parts
}

fn method(
    context: Context<'_>,
    name: &str,
    operation: &Operation,
    parts: &[Part<'_>],
) -> TokenStream {
    let docs = method_docs(context, name, operation, parts);
    let arguments = parts.iter().filter(|it| it.required).map(|part| {
        let (name, ty) = (ident(part.name), constructors::accepted(context, &part.ty).0);
        quote!(#name: #ty)
    });
    let count = parts.iter().filter(|it| it.required).count();
    let required = required::name(context, operation.request_name(), count);
    let arguments = match required.as_deref().map(ident) {
        Some(required) => quote!(required: #required),
        None => quote!(#(#arguments),*),
    };
    let values = parts.iter().map(|part| {
        let name = ident(part.name);
        let value = constructors::accepted(context, &part.ty).1(quote!(#name));
        match part.required {
            true if required.is_some() => quote!(#name: required.#name),
            true if value.to_string() == part.name => quote!(#name),
            true => quote!(#name: #value),
            false => quote!(#name: None),
        }
    });
    let name = ident(operation.group.as_ref().map_or(name, |it| &it.method));
    let builder = ident(operation.request_name());
    quote! {
        #(#docs)*
        pub fn #name(&self, #arguments) -> #builder {
            #builder {
                caller: self.inner.caller(),
                #(#values),*
            }
        }
    }
}

/// The vendor's words, the line of the operation, what comes back, and an example.
fn method_docs(
    context: Context<'_>,
    name: &str,
    operation: &Operation,
    parts: &[Part<'_>],
) -> Vec<syn::Attribute> {
    let title = format!("`{name}`");
    let mut text = docs::text(&operation.docs, &title);
    let line = docs::method_and_path(&operation.method, &operation.path);
    let line = match &operation.server {
        Some(server) => format!("{line}\n\n{}", at_server(server)),
        None => line,
    };
    let line = match &operation.retry {
        Some(retry) => format!("{line}\n\n{}", when_again(retry)),
        None => line,
    };
    // The line of the operation stands right under the summary.
    text = match text.split_once("\n\n") {
        _ if text.starts_with("```") => format!("{line}\n\n{text}"),
        Some((summary, rest)) => format!("{summary}\n\n{line}\n\n{rest}"),
        None => format!("{text}\n\n{line}"),
    };
    let arguments: Vec<String> = parts
        .iter()
        .filter(|it| it.required && !(it.docs.text.is_empty() && it.docs.facts.is_empty()))
        .map(|part| docs::item(&format!("`{}`", part.name), &docs::short_text(part.docs)))
        .collect();
    if !arguments.is_empty() {
        text = format!("{text}\n\n# Arguments\n\n{}", arguments.join("\n"));
    }
    let says_more = operation.success.responses.iter().any(|it| !it.facts.is_empty());
    if says_more || operation.success.sum.is_some() || !operation.failure.responses.is_empty() {
        text = format!("{text}\n\n# Responses\n\n{}", responses(operation));
    }
    if is_streamed(operation) {
        text += "\n\nThe body can be read as it arrives, by [`send_streaming`](runtime::Streamed::send_streaming).";
    }
    if let Some(pages) = paging::documentation(context, name, operation) {
        text = format!("{text}\n\n# Pages\n\n{pages}");
    }
    let example = examples::call(context, name, operation);
    docs::attributes(&format!("{text}\n\n# Example\n\n```no_run\n{example}```"))
}

/// Where an operation is that is not at the base url.
fn at_server(server: &str) -> String {
    let code = prose::code(server);
    match server.starts_with('/') {
        true => format!("At {code} of the server, whatever the path of the base url."),
        false => format!("At {code}, unless a base url is set."),
    }
}

/// When an operation is sent again that is an exception.
fn when_again(retry: &Retry) -> String {
    let again = match retry.idempotent {
        true => "It is sent again after a failure although its method is not idempotent",
        false => {
            "It is sent again only if the vendor has not acted, although its method is idempotent"
        }
    };
    format!("{again}: {}", docs::markdown(&retry.reason))
}

fn responses(operation: &Operation) -> String {
    let success = operation.success.responses.iter().flat_map(outcomes::descriptions);
    let failure = operation.failure.responses.iter().flat_map(|response| {
        let on = format!(" (`ApiError::{}`)", response.variant);
        outcomes::descriptions(response).into_iter().map(move |(status, text)| (status + &on, text))
    });
    let lines: Vec<String> =
        success.chain(failure).map(|(on, text)| docs::item(&on, &text)).collect();
    lines.join("\n")
}

fn setter(context: Context<'_>, part: &Part<'_>) -> TokenStream {
    let docs = docs::of(part.docs, &format!("Sets {}.", prose::code(part.wire)));
    let name = ident(part.name);
    let inner = paths::argument(&part.ty, "Option").unwrap_or(&part.ty);
    let (ty, convert) = constructors::accepted(context, inner);
    let value = convert(quote!(#name));
    quote! {
        #(#docs)*
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}
