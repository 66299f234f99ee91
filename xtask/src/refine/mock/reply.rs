//! Replies of a mock: a method for each type of body that is documented, which is told the status.
//!
//! A method per status would break the tests of users whenever a vendor documents one status less for the
//! same body. What a client tells apart, a mock does, and no more.

use std::collections::BTreeSet;

use heck::ToSnakeCase as _;
use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Encoding, Operation, Outcome, Response, StatusPattern};

use super::super::examples::Example;
use super::super::requests::{self, Part};
use super::super::{Context, docs, ident, outcomes, paths};

/// The methods of an expectation that end it with a reply.
pub(super) fn methods(
    context: Context<'_>,
    operation: &Operation,
    parts: &[Part<'_>],
) -> TokenStream {
    let mut taken: BTreeSet<String> = parts.iter().map(|it| it.name.to_owned()).collect();
    let documented: Vec<TokenStream> = documented(operation)
        .into_iter()
        .map(|(mut name, response)| {
            // A parameter may be called so.
            while !taken.insert(name.clone()) {
                name.push('_');
            }
            reply(context, &name, response)
        })
        .collect();
    let any_docs = docs::attributes(
        "Replies with anything, documented or not: another body, more headers, a delay.",
    );
    quote! {
        #(#documented)*
        #(#any_docs)*
        #[track_caller]
        pub fn reply_with(self, reply: runtime::mock::Reply) {
            self.expected.reply(reply);
        }
    }
}

/// The first reply of an operation that can be shown, as a call of its method.
pub(super) fn shown(operation: &Operation, example: &mut Example<'_>) -> Option<TokenStream> {
    let (name, status, response) =
        documented(operation).into_iter().find_map(|(name, response)| {
            let code = response.statuses.iter().find_map(|it| match it.on {
                StatusPattern::Code(code) => Some(proc_macro2::Literal::u16_unsuffixed(code)),
                StatusPattern::Range(_) | StatusPattern::Default => None,
            });
            let json = response.encoding == Encoding::Json;
            code.filter(|_| json).map(|code| (name, code, response))
        })?;
    let name = ident(&name);
    let body = response.body.as_ref().map(|body| example.value_of(&body.ty));
    Some(quote!(#name(#status, #body)))
}

/// The responses of an operation, and what the methods for them are called: as the variants are, where there
/// are several of a side.
fn documented(operation: &Operation) -> Vec<(String, &Response)> {
    let named = |outcome: &Outcome, response: &Response, side: &str| match &outcome.sum {
        Some(_) => format!("reply_{}", response.variant.to_snake_case()),
        None => format!("reply_{side}"),
    };
    let mut all: Vec<(String, &Response)> = Vec::new();
    for (outcome, side) in [(&operation.success, "success"), (&operation.failure, "error")] {
        for response in &outcome.responses {
            let mut name = named(outcome, response, side);
            if all.iter().any(|(other, _)| *other == name) {
                name = format!("{name}_{side}");
            }
            all.push((name, response));
        }
    }
    all
}

fn reply(context: Context<'_>, name: &str, response: &Response) -> TokenStream {
    let statuses: Vec<String> =
        outcomes::descriptions(response).into_iter().map(|(on, _)| on).collect();
    let what = if response.body.is_some() { "a body as" } else { "no body, as" };
    let docs = docs::attributes(&format!(
        "Replies with a status and {what} documented for {}.",
        statuses.join(", ")
    ));
    let body = response.body.as_ref().map(|body| {
        let ty = paths::from_outside(&body.ty, |name| context.plan.types.contains_key(name));
        let (accepted, convert) = requests::accepted(context, &ty);
        let value = convert(quote!(body));
        let converted = (value.to_string() != "body").then(|| quote!(let body: #ty = #value;));
        (quote!(body: #accepted), converted)
    });
    let made = match (&body, response.encoding) {
        (None, _) => quote!(runtime::mock::Reply::empty(status)),
        (Some(_), Encoding::Text) => {
            quote!(runtime::mock::Reply::body(status, "text/plain; charset=utf-8", body))
        }
        (Some(_), Encoding::Bytes) => {
            quote!(runtime::mock::Reply::body(status, "application/octet-stream", body))
        }
        (Some(_), _) => quote!(runtime::mock::Reply::json(status, &body)),
    };
    let (argument, converted) = body.unzip();
    let name = ident(name);
    quote! {
        #(#docs)*
        #[track_caller]
        pub fn #name(self, status: u16, #argument) {
            #converted
            self.expected.reply(#made);
        }
    }
}
