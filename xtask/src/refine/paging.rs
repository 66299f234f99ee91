//! The items of a list that comes page by page: a method beside `send`, on the request of one page.

mod ways;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Type, parse_quote};

use crate::plan::paging::{From, Next, Paging, Step, Way};
use crate::plan::{Operation, Shape};
use crate::prose;

use super::{Context, docs, examples, ident, outcomes, paths};
use ways::{bare, borrowed, end_type, flag, number, owned, read, taken};

/// The method `items` of an operation whose list comes page by page.
pub(super) fn items(
    context: Context<'_>,
    name: &str,
    operation: &Operation,
) -> Option<TokenStream> {
    let paging = operation.paging.as_ref().filter(|it| is_whole(context, it))?;
    let list = list_type(context, operation, paging);
    let item = paths::argument(&list, "Vec")?;
    let turn = PageRequest::of(operation, paging, item)?;
    let failure = outcomes::type_of(context, operation, &operation.failure);
    let docs = docs::attributes(&documentation(context, name, operation, paging));
    let PageRequest { step, start, set, page, make } = turn;
    let begin = start.as_ref().map(|start| quote!(let start = #start;));
    Some(quote! {
        #(#docs)*
        pub fn items(self) -> runtime::Items<#item, #failure> {
            #begin
            runtime::Items::new(Self::OPERATION, move |at: Option<#step>| {
                #set
                async move {
                    #page
                    Ok(#make)
                }
            })
        }
    })
}

/// How one page is asked for, and what is made of it.
struct PageRequest {
    /// The type of what leads to a page.
    step: Type,
    /// What leads to the first page, if that is a number.
    start: Option<TokenStream>,
    /// Makes the call of the page `at`.
    set: TokenStream,
    /// Sends it, and takes from the page what leads to the next one, before its items.
    page: TokenStream,
    /// The page as the runtime takes it.
    make: TokenStream,
}

impl PageRequest {
    fn of(operation: &Operation, paging: &Paging, item: &Type) -> Option<Self> {
        let items = taken(&paging.items);
        let send = quote!(let page = call.send().await?;);
        let request = quote! {
            let mut request = call.into_request();
            if let Some(at) = at {
                request.at(at);
            }
        };
        let copy = quote!(let call = self.clone(););
        Some(match &paging.next {
            Next::Url { at } => {
                let next = owned(at, &quote!(page));
                let page = quote! {
                    #request
                    let page = Self::decode_response(request.send().await?)?;
                    let next = #next;
                };
                let make = quote!(runtime::Page::at_url(#items, next));
                Self { step: parse_quote!(String), start: None, set: copy, page, make }
            }
            Next::Link => {
                let page = quote! {
                    #request
                    let response = request.send().await?;
                    let headers = response.headers().clone();
                    let page = Self::decode_response(response)?;
                };
                let make = quote!(runtime::Page::linked(#items, &headers));
                Self { step: parse_quote!(String), start: None, set: copy, page, make }
            }
            Next::Cursor { from, at, parameter, more } => {
                let field = ident(parameter);
                let step = parameter_type(operation, parameter)?;
                let next = cursor(*from, at, &paging.items, &step, item);
                let more = more.as_ref().map(flag);
                let let_more = more.as_ref().map(|more| quote!(let more = #more;));
                let saying = more.map(|_| quote!(.saying(more)));
                let set = quote! {
                    let mut call = self.clone();
                    if at.is_some() {
                        call.#field = at;
                    }
                };
                let page = quote!(#send let next = #next; #let_more);
                let make = match step.to_token_stream().to_string().as_str() {
                    "String" => quote!(runtime::Page::named(#items, next) #saying),
                    _ => quote!(runtime::Page::leading(#items, next) #saying),
                };
                Self { step, start: None, set, page, make }
            }
            Next::Page { parameter, first, pages } => {
                let (start, set, largest) = numbered(operation, parameter, *first)?;
                let last = pages.as_ref().map(|way| {
                    let pages = number(way);
                    match first {
                        0 => quote!(#pages.map(|pages| pages.saturating_sub(1))),
                        _ => pages,
                    }
                });
                let last = last.unwrap_or_else(|| quote!(None));
                let page = quote!(#send let last = #last;);
                let make = quote!(runtime::Page::numbered(#items, number, last).within(#largest));
                Self { step: parse_quote!(u64), start: Some(start), set, page, make }
            }
            Next::Offset { parameter, total } => {
                let (start, set, largest) = numbered(operation, parameter, 0)?;
                let total = total.as_ref().map_or_else(|| quote!(None), number);
                let page = quote!(#send let total = #total;);
                let make = quote!(runtime::Page::at_offset(#items, number, total).within(#largest));
                Self { step: parse_quote!(u64), start: Some(start), set, page, make }
            }
        })
    }
}

/// Whether all types on the ways are still structs. One of which no type could be made is any JSON.
fn is_whole(context: Context<'_>, paging: &Paging) -> bool {
    let is_struct = |step: &Step| {
        let plan = context.plan.types.get(&step.of);
        plan.is_some_and(|it| matches!(it.shape, Shape::Struct(_)))
    };
    paging.ways().flat_map(|it| &it.0).all(is_struct)
}

/// The type of the list, without what may be around it.
fn list_type(context: Context<'_>, operation: &Operation, paging: &Paging) -> Type {
    let ty = match paging.items.0.last() {
        Some(step) => step.ty.clone(),
        None => return outcomes::type_of(context, operation, &operation.success),
    };
    let ty = paths::from_outside(&bare(ty), |name| context.plan.types.contains_key(name));
    bare(ty)
}

/// The type that a parameter takes.
fn parameter_type(operation: &Operation, name: &str) -> Option<Type> {
    let parameter = operation.parameters.iter().find(|it| it.name == name)?;
    paths::argument(&parameter.ty, "Option").cloned()
}

/// The cursor, as the parameter takes it.
fn cursor(from: From, at: &Way, items: &Way, step: &Type, item: &Type) -> TokenStream {
    let value = match from {
        From::Body => owned(at, &quote!(page)),
        From::LastItem => {
            let (list, optional) = borrowed(items);
            let last = match optional {
                true => quote!(#list.and_then(|items| items.last())),
                false => quote!(#list.last()),
            };
            let (value, lacks) = read(at, &quote!(item));
            match (lacks, paths::argument(item, "Option").is_some()) {
                (false, false) => quote!(#last.map(|item| #value)),
                (true, false) => quote!(#last.and_then(|item| #value)),
                (false, true) => quote!(#last.and_then(|item| item.as_ref()).map(|item| #value)),
                (true, true) => {
                    quote!(#last.and_then(|item| item.as_ref()).and_then(|item| #value))
                }
            }
        }
    };
    match *step == end_type(at) {
        true => value,
        false => quote!(#value.map(|it| it.to_string())),
    }
}

/// Where the caller starts, and the call of a page by its number. What no parameter can hold is no page
/// that there is.
fn numbered(
    operation: &Operation,
    parameter: &str,
    first: u64,
) -> Option<(TokenStream, TokenStream, TokenStream)> {
    let (field, ty) = (ident(parameter), parameter_type(operation, parameter)?);
    let first = proc_macro2::Literal::u64_unsuffixed(first);
    if ty == parse_quote!(u64) {
        let set = quote! {
            let number = at.unwrap_or(start);
            let mut call = self.clone();
            call.#field = Some(number);
        };
        return Some((quote!(self.#field.unwrap_or(#first)), set, quote!(u64::MAX)));
    }
    let start = quote!(self.#field.and_then(|it| u64::try_from(it).ok()).unwrap_or(#first));
    let set = quote! {
        let number = at.unwrap_or(start);
        let mut call = self.clone();
        call.#field = Some(#ty::try_from(number).unwrap_or(#ty::MAX));
    };
    Some((start, set, quote!(#ty::MAX)))
}

/// What the method gives, how it goes from page to page, and a loop that compiles.
fn documentation(
    context: Context<'_>,
    name: &str,
    operation: &Operation,
    paging: &Paging,
) -> String {
    let wire = |parameter: &str| {
        let named = operation.parameters.iter().find(|it| it.name == parameter);
        prose::code(named.map_or(parameter, |it| &it.wire))
    };
    let what = match paging.items.is_empty() {
        true => "Streams the items of the list, from this page to the last.".to_owned(),
        false => {
            format!(
                "Streams the items of {}, from this page to the last.",
                prose::code(&paging.items.wire())
            )
        }
    };
    let how = match &paging.next {
        Next::Url { at } => format!("its url is in {}", prose::code(&at.wire())),
        Next::Link => "its url is in the header `Link`".to_owned(),
        Next::Cursor { from: From::Body, at, parameter, .. } => {
            format!("{} takes {} of the page before", wire(parameter), prose::code(&at.wire()))
        }
        Next::Cursor { from: From::LastItem, at, parameter, .. } => {
            format!("{} takes {} of the last item", wire(parameter), prose::code(&at.wire()))
        }
        Next::Page { parameter, .. } => format!("{} is its number", wire(parameter)),
        Next::Offset { parameter, .. } => format!("{} is where it starts", wire(parameter)),
    };
    let refused = match &paging.next {
        Next::Url { .. } | Next::Link => {
            " A url of another origin is refused, since the credential would go along."
        }
        _ => "",
    };
    let example = examples::items(context, name, operation);
    format!(
        "{what}\n\n\
         A page is asked for when the items of the one before have been taken: {how}.{refused} A page that leads \
         back to an earlier one is an error, perhaps after items that were there before. A page without items is \
         the last, unless the vendor says that there is more, or \
         [`past_empty`](runtime::Items::past_empty) says otherwise.\n\n\
         # Errors\n\n\
         Those of [`send`](Self::send), for each page. After one there are no more items.\n\n\
         # Example\n\n\
         ```no_run\n{example}```"
    )
}

#[cfg(test)]
mod tests;
