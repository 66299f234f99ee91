//! Replies of a mock: a method for each documented status, which takes the body that is documented for it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Encoding, Operation, Response, Statuses};

use super::super::requests::{self, Part};
use super::super::{Context, docs, examples, ident, outcomes, paths};

/// The methods of an expectation that end it with a reply.
pub(super) fn methods(
    context: Context<'_>,
    operation: &Operation,
    parts: &[Part<'_>],
) -> TokenStream {
    let mut taken: BTreeSet<String> = parts.iter().map(|it| it.name.to_owned()).collect();
    let documented = documented(operation).into_iter().map(|(on, description, response)| {
        let mut name = name(on);
        // A parameter may be called so.
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        reply(context, operation, &name, on, &description, response)
    });
    let any_docs = docs::attributes(
        "Replies with anything, documented or not: another status, more headers, a delay.",
    );
    let documented: Vec<TokenStream> = documented.collect();
    quote! {
        #(#documented)*
        #(#any_docs)*
        #[track_caller]
        pub fn reply_with(self, reply: runtime::mock::Reply) {
            self.expected.reply(reply);
        }
    }
}

/// The first reply of an operation whose body can be shown, as a call of its method.
pub(super) fn example(context: Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let all = documented(operation);
    let (on, _, response) = all.iter().find(|(on, _, response)| {
        matches!(on, Statuses::Code(_)) && response.encoding == Encoding::Json
    })?;
    let name = ident(&name(*on));
    let body = response.body.as_ref().map(|body| {
        let ty = context.type_of(&operation.responses, body);
        examples::value_of(context, &ty)
    });
    Some(quote!(#name(#body)))
}

/// Each status that is documented, with what is said about it and the response it is for.
fn documented(operation: &Operation) -> Vec<(Statuses, String, &Response)> {
    let all = operation.success.responses.iter().chain(&operation.failure.responses);
    let mut all: Vec<_> = all
        .flat_map(|response| {
            let descriptions = outcomes::descriptions(response);
            let statuses = response.statuses.iter().zip(descriptions);
            statuses.map(move |(status, (_, text))| (status.on, text, response))
        })
        .collect();
    all.sort_by_key(|(on, ..)| *on);
    // A default may be one for a success and for an error: it is the same method.
    all.dedup_by_key(|(on, ..)| *on);
    all
}

fn name(on: Statuses) -> String {
    match on {
        Statuses::Code(code) => format!("reply_{code}"),
        Statuses::Range(digit) => format!("reply_{digit}xx"),
        Statuses::Default => "reply_default".to_owned(),
    }
}

fn reply(
    context: Context<'_>,
    operation: &Operation,
    name: &str,
    on: Statuses,
    description: &str,
    response: &Response,
) -> TokenStream {
    let (parameter, status, what) = match on {
        Statuses::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            (None, quote!(#code), format!("`{on}`"))
        }
        Statuses::Range(_) => {
            (Some(quote!(status: u16,)), quote!(status), format!("a status of `{on}`"))
        }
        Statuses::Default => (
            Some(quote!(status: u16,)),
            quote!(status),
            "a status that nothing else is documented for".to_owned(),
        ),
    };
    let text = docs::about_with(&format!("Replies with {what}"), description);
    let docs = docs::attributes(&text);
    let body = response.body.as_ref().map(|body| {
        let ty = context.type_of(&operation.responses, body);
        let ty = paths::from_outside(&ty, |name| context.plan.types.contains_key(name));
        let (accepted, convert) = requests::accepted(context, &ty);
        let value = convert(quote!(body));
        let converted = (value.to_string() != "body").then(|| quote!(let body: #ty = #value;));
        (quote!(body: #accepted), converted)
    });
    let made = match (&body, response.encoding) {
        (None, _) => quote!(runtime::mock::Reply::empty(#status)),
        (Some(_), Encoding::Text) => {
            quote!(runtime::mock::Reply::body(#status, "text/plain; charset=utf-8", body))
        }
        (Some(_), Encoding::Bytes) => {
            quote!(runtime::mock::Reply::body(#status, "application/octet-stream", body))
        }
        (Some(_), _) => quote!(runtime::mock::Reply::json(#status, &body)),
    };
    let (argument, converted) = body.unzip();
    let name = ident(name);
    quote! {
        #(#docs)*
        #[track_caller]
        pub fn #name(self, #parameter #argument) {
            #converted
            self.expected.reply(#made);
        }
    }
}
