//! Lists that come page by page: what leads from the request of one page to that of the next.

mod ways;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Item, Type, parse_quote};

use crate::plan::paging::{From, Next, Paging, Step, Way};
use crate::plan::{Operation, Shape};
use crate::prose;

use super::{Context, examples, ident, outcomes, paths};
use ways::{bare, borrowed, end_type, flag, number, owned, read, taken};

/// How an operation whose list comes page by page is followed.
pub(super) fn items(context: Context<'_>, operation: &Operation) -> Option<Item> {
    let (item, Turn { cursor, first, turn, page, make }) = turn(context, operation)?;
    let request = ident(operation.request_name());
    let output = outcomes::type_of(context, operation);
    let first = first.map(|first| {
        quote! {
            fn first(&self) -> Option<#cursor> {
                Some(#first)
            }
        }
    });
    let headers = match operation.paging.as_ref()?.next {
        Next::Link => quote!(headers),
        _ => quote!(_),
    };
    Some(parse_quote! {
        impl runtime::Paged for #request {
            type Item = #item;
            type Cursor = #cursor;
            #first
            fn turn(&mut self, to: #cursor) {
                #turn
            }
            fn page(&self, page: #output, #headers: &runtime::HeaderMap) -> runtime::PageOf<Self> {
                #page
                #make
            }
        }
    })
}

fn turn(context: Context<'_>, operation: &Operation) -> Option<(Type, Turn)> {
    let paging = operation.paging.as_ref().filter(|it| is_whole(context, it))?;
    let list = list_type(context, operation, paging);
    let item = paths::argument(&list, "Vec")?.clone();
    let turn = Turn::of(operation, paging, &item)?;
    Some((item, turn))
}

/// How a call becomes that of another page, and what is made of a page.
struct Turn {
    /// The type of what leads to a page.
    cursor: Type,
    /// What leads to the page that the call is of, if that is a number.
    first: Option<TokenStream>,
    /// Makes it the call of the page that `to` leads to.
    turn: TokenStream,
    /// Takes from the page what leads to the next one, before its items.
    page: TokenStream,
    /// The page as the runtime takes it.
    make: TokenStream,
}

impl Turn {
    fn of(operation: &Operation, paging: &Paging, item: &Type) -> Option<Self> {
        let items = taken(&paging.items);
        let to_url = quote!(self.caller.turn_to(to););
        Some(match &paging.next {
            Next::Url { at } => {
                let next = owned(at, &quote!(page));
                let page = quote!(let next = #next;);
                let make = quote!(runtime::Page::at_url(#items, next));
                Self { cursor: parse_quote!(String), first: None, turn: to_url, page, make }
            }
            Next::Link => {
                let make = quote!(runtime::Page::linked(#items, headers));
                let page = TokenStream::new();
                Self { cursor: parse_quote!(String), first: None, turn: to_url, page, make }
            }
            Next::Cursor { from, at, parameter, more } => {
                let field = ident(parameter);
                let step = parameter_type(operation, parameter)?;
                let next = cursor(*from, at, &paging.items, &step, item);
                let more = more.as_ref().map(flag);
                let let_more = more.as_ref().map(|more| quote!(let more = #more;));
                let saying = more.map(|_| quote!(.saying(more)));
                let turn = quote!(self.#field = Some(to););
                let page = quote!(let next = #next; #let_more);
                let make = match step.to_token_stream().to_string().as_str() {
                    "String" => quote!(runtime::Page::named(#items, next) #saying),
                    _ => quote!(runtime::Page::leading(#items, next) #saying),
                };
                Self { cursor: step, first: None, turn, page, make }
            }
            Next::Page { parameter, first, pages } => {
                let (start, turn, within) = numbered(operation, parameter, *first)?;
                let last = pages.as_ref().map(|way| {
                    let pages = number(way);
                    match first {
                        0 => quote!(#pages.map(|pages| pages.saturating_sub(1))),
                        _ => pages,
                    }
                });
                let last = last.unwrap_or_else(|| quote!(None));
                let page = quote!(let last = #last;);
                let make = quote!(runtime::Page::numbered(#items, runtime::Paged::first(self), last) #within);
                Self { cursor: parse_quote!(u64), first: Some(start), turn, page, make }
            }
            Next::Offset { parameter, total } => {
                let (start, turn, within) = numbered(operation, parameter, 0)?;
                let total = total.as_ref().map_or_else(|| quote!(None), number);
                let page = quote!(let total = #total;);
                let make = quote!(runtime::Page::at_offset(#items, runtime::Paged::first(self), total) #within);
                Self { cursor: parse_quote!(u64), first: Some(start), turn, page, make }
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
        None => return outcomes::type_of(context, operation),
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

/// Where the call is, how it becomes the call of a page by its number, and which numbers its parameter cannot hold:
/// there is no such page.
fn numbered(
    operation: &Operation,
    parameter: &str,
    first: u64,
) -> Option<(TokenStream, TokenStream, Option<TokenStream>)> {
    let (field, ty) = (ident(parameter), parameter_type(operation, parameter)?);
    let first = proc_macro2::Literal::u64_unsuffixed(first);
    if ty == parse_quote!(u64) {
        let start = quote!(self.#field.unwrap_or(#first));
        return Some((start, quote!(self.#field = Some(to);), None));
    }
    let start = quote!(self.#field.and_then(|it| u64::try_from(it).ok()).unwrap_or(#first));
    let turn = quote!(self.#field = Some(#ty::try_from(to).unwrap_or(#ty::MAX)););
    Some((start, turn, Some(quote!(.within(#ty::MAX)))))
}

/// How the list goes from page to page, and a loop that compiles.
pub(super) fn documentation(
    context: Context<'_>,
    name: &str,
    operation: &Operation,
) -> Option<String> {
    turn(context, operation)?;
    let paging = operation.paging.as_ref()?;
    let wire = |parameter: &str| {
        let named = operation.parameters.iter().find(|it| it.name == parameter);
        prose::code(named.map_or(parameter, |it| &it.wire))
    };
    let of = match paging.items.is_empty() {
        true => "the items of the list".to_owned(),
        false => format!("the items of {}", prose::code(&paging.items.wire())),
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
    let example = examples::items(context, name, operation);
    Some(format!(
        "[`items`](runtime::Paged::items) streams {of}, from this page to the last, and \
         [`pages`](runtime::Paged::pages) the pages. How the next page is asked for: {how}.\n\n\
         ```no_run\n{example}```"
    ))
}

#[cfg(test)]
mod tests;
