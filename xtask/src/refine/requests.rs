//! Operations: a method of the client that takes what is required, a setter for each thing that is not,
//! and `send`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, Type, parse_quote};

use crate::plan::{Body, Encoding, Operation, Parameter, Place, Style};
use crate::prose;

use super::{Context, constructors, docs, examples, ident, outcomes, paging, paths};

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
    let send = send(context, name, operation);
    let builder = ident(&operation.builder);
    let builder_docs = docs::attributes(&format!("The request of [`Client::{name}`]."));
    let paging = paging::items(context, name, operation);
    let paging = paging.map(|items| parse_quote!(impl<'a> #builder<'a> { #items }));
    let own: [Item; 3] = [
        parse_quote! {
            impl Client { #method }
        },
        parse_quote! {
            #(#builder_docs)*
            #[derive(Clone, Debug)]
            #[must_use = "nothing is sent until `send` is awaited"]
            pub struct #builder<'a> {
                client: &'a Client,
                #(#fields)*
            }
        },
        parse_quote! {
            impl #builder<'_> {
                #(#setters)*
                #send
            }
        },
    ];
    own.into_iter().chain(paging).collect()
}

fn parts<'a>(context: Context<'_>, operation: &'a Operation) -> Vec<Part<'a>> {
    let ty = |name: &str| {
        let ty = context.type_of(&operation.request, name);
        paths::from_outside(&ty, |name| context.plan.types.contains_key(name))
    };
    let mut parts: Vec<Part<'a>> = operation
        .parameters
        .iter()
        .map(|it| Part {
            name: &it.name,
            wire: &it.wire,
            ty: ty(&it.name),
            required: it.required,
            docs: &it.docs,
        })
        .collect();
    if let Some(it) = &operation.body {
        parts.push(Part {
            name: &it.name,
            wire: "body",
            ty: ty(&it.name),
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
        let (name, ty) = (ident(part.name), accepted(context, &part.ty).0);
        quote!(#name: #ty)
    });
    let values = parts.iter().map(|part| {
        let name = ident(part.name);
        let value = accepted(context, &part.ty).1(quote!(#name));
        match part.required {
            true if value.to_string() == part.name => quote!(#name),
            true => quote!(#name: #value),
            false => quote!(#name: None),
        }
    });
    let (name, builder) = (ident(name), ident(&operation.builder));
    let many = (parts.iter().filter(|it| it.required).count() > 6).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the vendor requires them all")]),
    );
    quote! {
        #(#docs)*
        #many
        pub fn #name(&self, #(#arguments),*) -> #builder<'_> {
            #builder { client: self, #(#values),* }
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
    // The line of the operation stands right under the summary.
    text = match text.split_once("\n\n") {
        _ if text.starts_with("```") => format!("{line}\n\n{text}"),
        Some((summary, rest)) => format!("{summary}\n\n{line}\n\n{rest}"),
        None => format!("{text}\n\n{line}"),
    };
    let arguments: Vec<String> = parts
        .iter()
        .filter(|it| it.required && !it.docs.text.is_empty())
        .map(|part| docs::item(&format!("`{}`", part.name), &docs::markdown(&part.docs.text)))
        .collect();
    if !arguments.is_empty() {
        text = format!("{text}\n\n# Arguments\n\n{}", arguments.join("\n"));
    }
    if operation.success.sum.is_some() || !operation.failure.responses.is_empty() {
        text = format!("{text}\n\n# Responses\n\n{}", responses(operation));
    }
    let example = examples::call(context, name, operation);
    docs::attributes(&format!("{text}\n\n# Example\n\n```no_run\n{example}```"))
}

fn responses(operation: &Operation) -> String {
    let all = operation.success.responses.iter().chain(&operation.failure.responses);
    let lines: Vec<String> =
        all.flat_map(outcomes::descriptions).map(|(on, text)| docs::item(&on, &text)).collect();
    lines.join("\n")
}

fn setter(context: Context<'_>, part: &Part<'_>) -> TokenStream {
    let docs = docs::of(part.docs, &format!("Sets {}.", prose::code(part.wire)));
    let name = ident(part.name);
    let inner = paths::argument(&part.ty, "Option").unwrap_or(&part.ty);
    let (ty, convert) = accepted(context, inner);
    let value = convert(quote!(#name));
    quote! {
        #(#docs)*
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

/// As for fields, but for types named from outside of their module.
fn accepted(context: Context<'_>, ty: &Type) -> (Type, fn(TokenStream) -> TokenStream) {
    match paths::name_from_outside(ty) {
        Some(name) if context.is_enum(&name) => {
            (parse_quote!(impl Into<#ty>), |value| quote!(#value.into()))
        }
        _ => constructors::accepted(context, ty),
    }
}

fn send(context: Context<'_>, name: &str, operation: &Operation) -> TokenStream {
    let success = outcomes::type_of(context, operation, &operation.success);
    let failure = outcomes::type_of(context, operation, &operation.failure);
    let docs = docs::attributes(
        "Sends the request.\n\n# Errors\n\nWhen the request cannot be sent, when the vendor answers with an \
         error, with a status that it does not document, or with a body that does not decode. The error \
         keeps status, headers and body.",
    );
    let settings: Vec<TokenStream> = operation
        .parameters
        .iter()
        .map(|it| {
            let name = ident(&it.name);
            set_parameter(it, &quote!(self.#name))
        })
        .chain(operation.body.as_ref().map(|body| {
            let name = ident(&body.name);
            match body.required {
                true => set_body(body, &quote!(self.#name)),
                false => {
                    let set = set_body(body, &quote!(body));
                    quote!(if let Some(body) = self.#name { #set })
                }
            }
        }))
        .collect();
    let mutable = (!settings.is_empty()).then(|| quote!(mut));
    let outcome = outcomes::by_status(operation);
    let (method, path) = (ident(&operation.method), &operation.path);
    let accept = match operation.accept.as_slice() {
        [] => quote!(None),
        types => {
            let types = types.join(", ");
            quote!(Some(#types))
        }
    };
    quote! {
        #(#docs)*
        pub async fn send(self) -> Result<#success, Error<#failure>> {
            static OPERATION: runtime::Operation = runtime::Operation {
                id: #name,
                method: runtime::Method::#method,
                path: #path,
                accept: #accept,
            };
            let #mutable request = self.client.runtime().request(&OPERATION);
            #(#settings)*
            let response = request.send().await?;
            #outcome
        }
    }
}

/// The line that puts a parameter into the request.
fn set_parameter(parameter: &Parameter, value: &TokenStream) -> TokenStream {
    let wire = &parameter.wire;
    match (parameter.place, parameter.style) {
        (Place::Path, Style::Label) => quote!(request.path_label(#wire, &#value);),
        (Place::Path, Style::Matrix) => quote!(request.path_matrix(#wire, &#value);),
        (Place::Path, _) => quote!(request.path(#wire, &#value);),
        (Place::Query, Style::Joined(sign)) => quote!(request.query_joined(#wire, #sign, &#value);),
        (Place::Query, Style::Object) => quote!(request.query_object(&#value);),
        (Place::Query, Style::Deep) => quote!(request.query_deep(#wire, &#value);),
        (Place::Query, Style::Json) => quote!(request.query_json(#wire, &#value);),
        (Place::Query, _) => quote!(request.query(#wire, &#value);),
        (Place::Header, _) => quote!(request.header(#wire, &#value);),
        (Place::Cookie, _) => quote!(request.cookie(#wire, &#value);),
    }
}

/// The line that puts the body into the request.
fn set_body(body: &Body, value: &TokenStream) -> TokenStream {
    let media_type = &body.media_type;
    match body.encoding {
        Encoding::Json if media_type == "application/json" => quote!(request.json(&#value);),
        Encoding::Json => quote!(request.json_as(#media_type, &#value);),
        Encoding::Form => quote!(request.form(&#value);),
        Encoding::Multipart => quote!(request.multipart(&#value);),
        Encoding::Text => quote!(request.text(#media_type, &#value);),
        Encoding::Bytes => quote!(request.bytes(#media_type, #value);),
    }
}
