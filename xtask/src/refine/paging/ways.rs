//! The ways through a page, as expressions: properties that may be missing, one inside the other.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Type, parse_quote};

use crate::plan::paging::{Step, Way};
use crate::refine::{ident, paths};

/// The items, moved out of the page: none where something on the way is missing.
pub(super) fn taken(way: &Way) -> TokenStream {
    let (mut value, mut optional) = (quote!(page), false);
    for step in &way.0 {
        let name = ident(&step.name);
        let may_lack = is_optional(step);
        value = match (optional, may_lack) {
            (false, _) => quote!(#value.#name),
            (true, false) => quote!(#value.map(|it| it.#name)),
            (true, true) => quote!(#value.and_then(|it| it.#name)),
        };
        optional |= may_lack;
    }
    match optional {
        true => quote!(#value.unwrap_or_default()),
        false => value,
    }
}

/// A value in the page or in an item, copied out of it: an option if anything on the way may be missing.
pub(super) fn read(way: &Way, from: &TokenStream) -> (TokenStream, bool) {
    let (mut value, mut optional) = (from.clone(), false);
    let last = way.0.len().saturating_sub(1);
    for (at, step) in way.0.iter().enumerate() {
        let name = ident(&step.name);
        let may_lack = is_optional(step);
        value = match (optional, may_lack) {
            (false, false) => quote!(#value.#name),
            (false, true) if at == last => quote!(#value.#name),
            (false, true) => quote!(#value.#name.as_ref()),
            (true, false) => quote!(#value.map(|it| &it.#name)),
            (true, true) => quote!(#value.and_then(|it| it.#name.as_ref())),
        };
        optional |= may_lack;
    }
    let by_reference = way.0.split_last().is_some_and(|(_, before)| before.iter().any(is_optional));
    let value = match (by_reference, is_copy(way)) {
        (true, true) => quote!(#value.copied()),
        (true, false) => quote!(#value.cloned()),
        (false, true) => value,
        (false, false) => quote!(#value.clone()),
    };
    (value, optional)
}

/// The same, always as an option.
pub(super) fn owned(way: &Way, from: &TokenStream) -> TokenStream {
    match read(way, from) {
        (value, true) => value,
        (value, false) => quote!(Some(#value)),
    }
}

pub(super) fn is_copy(way: &Way) -> bool {
    let ty = end_type(way).to_token_stream().to_string();
    ty != "String"
}

/// The type at the end of a way.
pub(super) fn end_type(way: &Way) -> Type {
    let end = way.0.last().map(|step| step.ty.clone());
    end.map_or_else(|| parse_quote!(String), bare)
}

/// The list, where it stands.
pub(super) fn borrowed(way: &Way) -> (TokenStream, bool) {
    let (mut value, mut optional) = (quote!(page), false);
    for step in &way.0 {
        let name = ident(&step.name);
        value = match (optional, is_optional(step)) {
            (false, false) => quote!(#value.#name),
            (false, true) => quote!(#value.#name.as_ref()),
            (true, false) => quote!(#value.map(|it| &it.#name)),
            (true, true) => quote!(#value.and_then(|it| it.#name.as_ref())),
        };
        optional |= is_optional(step);
    }
    (value, optional)
}

/// Whether there is more, if the page says so.
pub(super) fn flag(way: &Way) -> TokenStream {
    owned(way, &quote!(page))
}

/// A number in the page, as the runtime counts. A negative one says nothing.
pub(super) fn number(way: &Way) -> TokenStream {
    let (value, lacks) = read(way, &quote!(page));
    if end_type(way) == parse_quote!(u64) {
        return if lacks { value } else { quote!(Some(#value)) };
    }
    match (value, lacks) {
        (value, true) => quote!(#value.and_then(|it| u64::try_from(it).ok())),
        (value, false) => quote!(u64::try_from(#value).ok()),
    }
}

/// A type without the options and boxes around it.
pub(super) fn bare(ty: Type) -> Type {
    let inner = ["Option", "Box"].iter().find_map(|it| paths::argument(&ty, it)).cloned();
    inner.map_or(ty, bare)
}

fn is_optional(step: &Step) -> bool {
    paths::argument(&step.ty, "Option").is_some()
}
