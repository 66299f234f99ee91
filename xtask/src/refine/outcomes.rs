//! What an operation's responses come to: one type, or an enum by status where they differ.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, Type, parse_quote};

use crate::plan::{Encoding, Operation, Outcome, Response, Status, StatusPattern};

use super::{Context, docs, ident};

/// The enum of successes that are of several types.
pub(super) fn sum(link: &str, name: &str, outcome: &Outcome) -> Vec<Item> {
    let type_docs = docs::attributes(&format!("What {link} gives, by status."));
    let ident = ident(name);
    let members = outcome.responses.iter().map(|response| {
        let texts = descriptions(response);
        let texts: Vec<String> =
            texts.iter().map(|(on, text)| docs::about_with(on, text)).collect();
        let docs = docs::attributes(&texts.join("\n\n"));
        let variant = super::ident(&response.variant);
        let payload = response.body.as_ref().map(|body| {
            let ty = &body.ty;
            quote!((#ty))
        });
        quote!(#(#docs)* #variant #payload,)
    });
    vec![parse_quote! {
        #(#type_docs)*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#members)*
        }
    }]
}

/// The type of the success, as seen from outside of the module of types.
pub(super) fn type_of(context: Context<'_>, operation: &Operation) -> Type {
    let outcome = &operation.success;
    match (&outcome.sum, outcome.responses.first()) {
        (Some(sum), _) => {
            let sum = ident(sum);
            parse_quote!(types::#sum)
        }
        (None, Some(Response { body: Some(body), .. })) => {
            super::paths::from_outside(&body.ty, |name| context.plan.types.contains_key(name))
        }
        (None, _) => parse_quote!(()),
    }
}

/// What a response comes to by its status.
pub(super) fn by_status(operation: &Operation) -> TokenStream {
    let mut arms = Vec::new();
    for response in &operation.success.responses {
        let value = success(&operation.success, response);
        arms.extend(patterns(response, &any_success(), &value));
    }
    let mut failing = failing(operation);
    if let Some(unlisted) = unlisted(operation) {
        // Where all successes come to the same, one arm is for all of them.
        if operation.success.responses.iter().all(|it| it.body.is_none()) {
            arms.retain(|arm| !is_of_success(arm.first));
        }
        // It takes what is no success for what is not documented.
        if !has_default_failure(operation) {
            failing.retain(|arm| arm.first != StatusPattern::Default);
        }
        arms.push(unlisted);
    }
    arms.extend(failing);
    matched(arms)
}

/// Whether a status, or a hundred of them, is one of success in any API.
fn is_of_success(on: StatusPattern) -> bool {
    matches!(on, StatusPattern::Code(200..=299) | StatusPattern::Range(2))
}

/// The arm of a success that the vendor does not list. What was asked for was done, so it is never the error that
/// is documented for all other statuses, but the one success there is, if the body shows that it is that.
fn unlisted(operation: &Operation) -> Option<Arm> {
    if lists_all(&operation.success) {
        return None;
    }
    let value = match operation.success.responses.as_slice() {
        [] | [Response { body: None, .. }] if has_default_failure(operation) => {
            quote!(response.empty())
        }
        [] | [Response { body: None, .. }] => quote!(response.unlisted_empty()),
        [Response { encoding: Encoding::Text, .. }] => quote!(response.unlisted_text()),
        // Any bytes would do: those of a part of the file, or of a promise that it will be there.
        [Response { encoding: Encoding::Bytes, .. }] => return undocumented_success(operation),
        [_] => quote!(response.unlisted_json()),
        // Which of them it is, nobody says.
        _ => return undocumented_success(operation),
    };
    Some(match has_default_failure(operation) {
        true => Arm { first: StatusPattern::Range(2), pattern: any_success(), value },
        false => Arm { first: StatusPattern::Default, pattern: quote!(_), value },
    })
}

/// The arm of a success that is not listed and cannot be told to be one that is, where it would be taken for an
/// error otherwise.
fn undocumented_success(operation: &Operation) -> Option<Arm> {
    let value = quote!(Err(response.undocumented()));
    (has_default_failure(operation) && !lists_all(&operation.success)).then(|| Arm {
        first: StatusPattern::Range(2),
        pattern: any_success(),
        value,
    })
}

/// Whether an error is documented for all statuses that nothing else is said about.
fn has_default_failure(operation: &Operation) -> bool {
    lists(&operation.failure, |on| on == StatusPattern::Default)
}

/// Whether each 2xx is a documented success.
fn lists_all(success: &Outcome) -> bool {
    lists(success, |on| matches!(on, StatusPattern::Range(2) | StatusPattern::Default))
}

/// Whether any response is for statuses of a kind.
fn lists(outcome: &Outcome, kind: fn(StatusPattern) -> bool) -> bool {
    outcome.responses.iter().flat_map(|it| &it.statuses).any(|it| kind(it.on))
}

/// Whether `status` is one of a success.
pub(super) fn is_success(response: &Response) -> TokenStream {
    let within = |digit: u16| {
        let [first, last] = [digit * 100, digit * 100 + 99];
        let [first, last] = [first, last].map(proc_macro2::Literal::u16_unsuffixed);
        quote!((#first..=#last).contains(&status))
    };
    let tests = response.statuses.iter().map(|it| match it.on {
        StatusPattern::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(status == #code)
        }
        StatusPattern::Range(digit) => within(digit),
        StatusPattern::Default => within(2),
    });
    quote!(#(#tests)||*)
}

/// An arm of a match over the status.
struct Arm {
    /// The first of the statuses, by which arms are sorted.
    first: StatusPattern,
    pattern: TokenStream,
    value: TokenStream,
}

/// The arms of the documented errors, and of what is not documented.
fn failing(operation: &Operation) -> Vec<Arm> {
    let mut arms = Vec::new();
    for response in &operation.failure.responses {
        let value = failure(response);
        arms.extend(patterns(response, &quote!(_), &value));
    }
    if !has_default_failure(operation) {
        let value = quote!(Err(response.undocumented()));
        arms.push(Arm { first: StatusPattern::Default, pattern: quote!(_), value });
    }
    arms
}

/// Single statuses come before ranges, ranges before the rest.
fn matched(mut arms: Vec<Arm>) -> TokenStream {
    arms.sort_by_key(|arm| arm.first);
    match arms.as_slice() {
        // Nothing is documented, so there is nothing to match.
        [Arm { value, .. }] => value.clone(),
        arms => {
            let arms = arms.iter().map(|Arm { pattern, value, .. }| quote!(#pattern => #value,));
            quote!(match response.status().as_u16() { #(#arms)* })
        }
    }
}

/// A response may be for a code, for a range and for the rest: an arm for each of the three sorts.
fn patterns(response: &Response, rest: &TokenStream, value: &TokenStream) -> Vec<Arm> {
    let (mut codes, mut ranges, mut arms) = (Vec::new(), Vec::new(), Vec::new());
    for status in &response.statuses {
        match &status.on {
            StatusPattern::Code(code) => codes.push(proc_macro2::Literal::u16_unsuffixed(*code)),
            StatusPattern::Range(digit) => {
                ranges.push(hundred(*digit));
            }
            StatusPattern::Default => {
                let (pattern, value) = (rest.clone(), value.clone());
                arms.push(Arm { first: StatusPattern::Default, pattern, value });
            }
        }
    }
    let first =
        |wanted: fn(&StatusPattern) -> bool| response.statuses.iter().map(|it| it.on).find(wanted);
    let value = || value.clone();
    if let Some(first) = first(|it| matches!(it, StatusPattern::Code(_))) {
        arms.push(Arm { first, pattern: quote!(#(#codes)|*), value: value() });
    }
    if let Some(first) = first(|it| matches!(it, StatusPattern::Range(_))) {
        arms.push(Arm { first, pattern: quote!(_ if #(#ranges)||*), value: value() });
    }
    arms
}

/// The pattern of every success. A range of codes would overlap with a code that has an arm of its own.
fn any_success() -> TokenStream {
    let success = hundred(2);
    quote!(_ if #success)
}

/// Whether a response has one of the hundred statuses that begin with a digit.
fn hundred(digit: u16) -> TokenStream {
    match digit {
        1 => quote!(response.status().is_informational()),
        2 => quote!(response.status().is_success()),
        3 => quote!(response.status().is_redirection()),
        4 => quote!(response.status().is_client_error()),
        _ => quote!(response.status().is_server_error()),
    }
}

fn success(outcome: &Outcome, response: &Response) -> TokenStream {
    let wrap = outcome.sum.as_ref().map(|sum| variant_of(sum, response));
    let Some(_) = &response.body else {
        return match wrap {
            None => quote!(response.empty()),
            Some(variant) => quote!(response.empty().map(|()| #variant)),
        };
    };
    let body = match response.encoding {
        Encoding::Text => quote!(response.text()),
        Encoding::Bytes => quote!(response.bytes()),
        _ => quote!(response.json()),
    };
    match wrap {
        None => body,
        Some(variant) => quote!(#body.map(#variant)),
    }
}

fn failure(response: &Response) -> TokenStream {
    let variant = ident(&response.variant);
    let error = match (&response.body, response.encoding) {
        (None, _) => quote!(response.error_of(ApiError::#variant)),
        (Some(_), Encoding::Text) => quote!(response.error_text(ApiError::#variant)),
        (Some(_), Encoding::Bytes) => quote!(response.error_bytes(ApiError::#variant)),
        (Some(_), _) => quote!(response.error_with(ApiError::#variant)),
    };
    quote!(Err(#error))
}

fn variant_of(sum: &str, response: &Response) -> TokenStream {
    let (sum, variant) = (ident(sum), ident(&response.variant));
    quote!(types::#sum::#variant)
}

/// The statuses of a response, and what the vendor says about each.
pub(super) fn descriptions(response: &Response) -> Vec<(String, String)> {
    let line = |status: &Status| {
        let on = match status.on {
            StatusPattern::Default => "any other status".to_owned(),
            statuses => format!("`{statuses}`"),
        };
        (on, docs::with_facts(&status.description, &response.facts))
    };
    response.statuses.iter().map(line).collect()
}
