//! `new` with what is required, and a setter for each thing that is not.
//!
//! Arguments stand in the order of their names, so that a vendor who moves properties about on a page
//! cannot make two of them change places.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Item, Type, parse_quote};

use crate::plan::{Presence, Property};
use crate::prose;

use super::{Context, binary, docs, ident, nullable, paths, required};

/// Whether `new` asks for a property.
pub(super) fn is_argument(property: &Property) -> bool {
    let required = property.presence != Presence::Optional;
    required && property.constant.is_none() && !is_rest(property)
}

/// Whether a property holds those that the page does not name.
pub(super) fn is_rest(property: &Property) -> bool {
    property.flatten && paths::is_map(&property.ty)
}

/// Whether everything can be left out, so that the type has an empty value.
fn derives_default(fields: &[&Property]) -> bool {
    fields.iter().all(|it| !is_argument(it) && it.constant.is_none())
}

/// The constructor and the setters.
pub(super) fn items(context: Context<'_>, name: &str, fields: &[&Property]) -> Vec<Item> {
    let setters = fields.iter().filter(|it| !is_argument(it) && it.constant.is_none());
    let setters: Vec<TokenStream> = setters.map(|field| setter(context, field, fields)).collect();
    let arguments: Vec<&Property> = fields.iter().copied().filter(|it| is_argument(it)).collect();
    let required = required::name(context, name, arguments.len());
    let new = constructor(context, fields, required.as_deref());
    let ident = ident(name);
    let for_tests = for_tests(context, name);
    let mut items: Vec<Item> = Vec::new();
    items.extend(required.map(|required| {
        let fields = arguments.iter().map(|it| required::Field {
            name: &it.name,
            wire: &it.wire,
            ty: &it.ty,
            about: &it.docs,
        });
        required::item(&required, &format!("[`{name}::new`]"), fields)
    }));
    items.push(parse_quote! {
        #for_tests
        impl #ident {
            #new
            #(#setters)*
        }
    });
    if !fields.iter().any(|it| is_argument(it)) && !derives_default(fields) {
        items.push(parse_quote! {
            #for_tests
            impl Default for #ident {
                fn default() -> Self {
                    Self::new()
                }
            }
        });
    }
    items
}

/// Nobody makes what only answers have, unless to reply with it.
fn for_tests(context: Context<'_>, name: &str) -> Option<Attribute> {
    context.received.contains(name).then(|| parse_quote!(#[cfg(feature = "mock")]))
}

/// The derive of a type whose value may be empty.
pub(super) fn derive_default(
    context: Context<'_>,
    name: &str,
    fields: &[&Property],
) -> (Option<TokenStream>, Option<Attribute>) {
    match (derives_default(fields), context.received.contains(name)) {
        (false, _) => (None, None),
        (true, false) => (Some(quote!(Default,)), None),
        (true, true) => (None, Some(parse_quote!(#[cfg_attr(feature = "mock", derive(Default))]))),
    }
}

fn constructor(context: Context<'_>, fields: &[&Property], required: Option<&str>) -> TokenStream {
    if derives_default(fields) {
        let docs = docs::attributes("An empty one; everything in it is optional.");
        return quote! {
            #(#docs)*
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let arguments: Vec<&Property> = fields.iter().copied().filter(|it| is_argument(it)).collect();
    let parameters = arguments.iter().map(|field| {
        let (name, ty) = (ident(&field.name), accepted(context, &field.ty).0);
        quote!(#name: #ty)
    });
    let parameters = match required.map(ident) {
        Some(required) => quote!(required: #required),
        None => quote!(#(#parameters),*),
    };
    let values = fields.iter().map(|field| {
        let name = ident(&field.name);
        match &field.constant {
            Some(constant) => {
                let ty = paths::argument(&field.ty, "Option").unwrap_or(&field.ty);
                let value = match paths::name(ty).as_deref() {
                    Some("String") => quote!(#constant.to_owned()),
                    _ => quote!(#constant.into()),
                };
                match field.presence {
                    Presence::Required => quote!(#name: #value),
                    _ => quote!(#name: Some(#value)),
                }
            }
            None if is_rest(field) => quote!(#name: Default::default()),
            None if is_argument(field) && required.is_some() => quote!(#name: required.#name),
            None if is_argument(field) => {
                let value = accepted(context, &field.ty).1(quote!(#name));
                if name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
            }
            None => quote!(#name: None),
        }
    });
    let docs = docs::attributes("Makes one from the required fields; setters add the others.");
    let many = (required.is_none() && arguments.len() > 7).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the vendor requires them all")]),
    );
    quote! {
        #(#docs)*
        #many
        pub fn new(#parameters) -> Self {
            Self { #(#values),* }
        }
    }
}

fn setter(context: Context<'_>, field: &Property, fields: &[&Property]) -> TokenStream {
    let name = ident(&field.name);
    let docs = docs::attributes(&format!("Sets {}.", prose::code(&field.wire)));
    let inner = paths::argument(&field.ty, "Option");
    let nullable = nullable::is_in(field);
    let bare = inner.and_then(|it| paths::argument(it, "Option")).filter(|_| nullable).or(inner);
    let (ty, convert) = accepted(context, bare.unwrap_or(&field.ty));
    let mut value = convert(quote!(#name));
    for _ in 0..usize::from(inner.is_some()) + usize::from(nullable) {
        value = quote!(Some(#value));
    }
    let null = nullable.then(|| null_setter(field, fields));
    quote! {
        #(#docs)*
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
        #null
    }
}

/// The setter of null, unless another property has its name.
fn null_setter(field: &Property, fields: &[&Property]) -> Option<TokenStream> {
    // A name that would be a keyword ends in `_`.
    let wanted = format!("{}_null", field.name.trim_end_matches('_'));
    let name = ident(&field.name);
    let setter = ident(&wanted);
    let docs = docs::attributes(&format!("Sets {} to null.", prose::code(&field.wire)));
    let is_free = !fields.iter().any(|it| it.name == wanted);
    is_free.then(|| {
        quote! {
            #(#docs)*
            #[must_use]
            pub fn #setter(mut self) -> Self {
                self.#name = Some(None);
                self
            }
        }
    })
}

/// What an argument accepts for a value of a type, and how it becomes one: text for a string and for an
/// open enum, the numbers of Rust for any number, an unboxed value for a boxed one, anything with items for a list.
pub(super) fn accepted(context: Context<'_>, ty: &Type) -> (Type, fn(TokenStream) -> TokenStream) {
    if let Some(inner) = paths::argument(ty, "Box") {
        return (inner.clone(), |value| quote!(Box::new(#value)));
    }
    if let Some(item) = paths::argument(ty, "Vec") {
        return match converts(context, item) {
            true => (
                parse_quote!(impl IntoIterator<Item = impl Into<#item>>),
                |value| quote!(#value.into_iter().map(Into::into).collect()),
            ),
            false => (
                parse_quote!(impl IntoIterator<Item = #item>),
                |value| quote!(#value.into_iter().collect()),
            ),
        };
    }
    match converts(context, ty) {
        true => (parse_quote!(impl Into<#ty>), |value| quote!(#value.into())),
        false => (ty.clone(), |value| value),
    }
}

/// Whether a type is made from what people have: from text, from numbers, from bytes.
pub(super) fn converts(context: Context<'_>, ty: &Type) -> bool {
    match paths::name(ty).or_else(|| paths::name_from_outside(ty)).as_deref() {
        Some("String") => true,
        Some(name) => context.is_enum(name),
        None => binary::is_binary(ty) || paths::kept(ty).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{operation, run};

    #[test]
    fn what_may_be_empty_has_an_empty_value_that_only_tests_need_of_answers() {
        let content = |name: &str| json!({"content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}}});
        let mut document = operation(json!({
            "requestBody": content("Sent"), "responses": {"200": content("Received"), "400": content("Both")},
        }));
        let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        let both = json!({"type": "object", "properties": {"b": {"type": "string"}}});
        let sent = json!({"type": "object", "properties": {"both": {"$ref": "#/components/schemas/Both"}}});
        document["components"] = json!({"schemas": {"Sent": sent, "Received": object, "Both": both, "Neither": {"type": "string"}}});
        let outcome = run(document);
        for name in ["Sent", "Both"] {
            let code = outcome.code_of(name);
            assert!(code.contains("#[derive(Clone, Debug, Default,"), "{code}");
            assert!(!code.contains("mock"), "{code}");
        }
        let code = outcome.code_of("Received");
        assert!(code.contains("#[cfg_attr(feature = \"mock\", derive(Default))]"), "{code}");
        assert!(code.contains("#[cfg(feature = \"mock\")]\nimpl Received {"), "{code}");
    }
}
