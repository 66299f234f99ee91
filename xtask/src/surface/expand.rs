//! What the runtime's macro for open enums gives an enum, read from the macro itself.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Item, ItemImpl};

use super::paths::ident;

/// The macro's name.
pub(super) const OPEN_ENUM: &str = "open_enum";
/// The file that defines it. It is the one that the emitted crates are compiled with.
const DEFINITION: &str = include_str!("../../../crates/bindery-runtime/src/open_enum.rs");
/// The crate that `$crate` stands for.
const RUNTIME: &str = "bindery_runtime";

/// What the macro makes of a call.
pub(super) struct OpenEnum {
    body: TokenStream,
}

impl OpenEnum {
    /// Reads the definition. `None` if the macro is not as it is known.
    pub(super) fn read() -> Option<Self> {
        let file = syn::parse_file(DEFINITION).ok()?;
        let arms = file.items.into_iter().find_map(|item| match item {
            Item::Macro(item) if item.ident.as_ref().is_some_and(|it| it == OPEN_ENUM) => {
                Some(item.mac.tokens)
            }
            _ => None,
        })?;
        let groups = arms.into_iter().filter_map(|token| match token {
            TokenTree::Group(group) => Some(group.stream()),
            _ => None,
        });
        let [_, body]: [TokenStream; 2] = groups.collect::<Vec<_>>().try_into().ok()?;
        Some(Self { body })
    }

    /// The implementations for the enum of that name.
    pub(super) fn expand(&self, name: &str) -> Option<Vec<ItemImpl>> {
        let file: syn::File = syn::parse2(substitute(self.body.clone(), name)).ok()?;
        let implementations = file.items.into_iter().map(|item| match item {
            Item::Impl(item) => Some(item),
            _ => None,
        });
        implementations.collect()
    }
}

/// The body for an enum of that name and without variants, which are only in the bodies of functions.
fn substitute(body: TokenStream, name: &str) -> TokenStream {
    let mut tokens = body.into_iter();
    let mut result = TokenStream::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' => match tokens.next() {
                Some(TokenTree::Ident(it)) => {
                    let text = if it == "crate" { RUNTIME } else { name };
                    result.extend([TokenTree::from(ident(text))]);
                }
                // A repetition ends with `*`, behind a separator or not.
                Some(TokenTree::Group(_)) => {
                    let end = |token: &TokenTree| matches!(token, TokenTree::Punct(it) if "*+?".contains(it.as_char()));
                    while tokens.next().is_some_and(|token| !end(&token)) {}
                }
                other => result.extend(other),
            },
            TokenTree::Group(group) => {
                let inside = substitute(group.stream(), name);
                let group = proc_macro2::Group::new(group.delimiter(), inside);
                result.extend([TokenTree::from(group)]);
            }
            other => result.extend([other]),
        }
    }
    result
}

/// The type that a macro is called for, if the call begins with it.
pub(super) fn subject(call: &TokenStream) -> Option<String> {
    match call.clone().into_iter().next()? {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

/// The variants of a call of [`OPEN_ENUM`], and what they stand for on the wire.
pub(super) fn values(call: &TokenStream) -> Vec<(String, String)> {
    let Some(TokenTree::Group(variants)) = call.clone().into_iter().nth(1) else {
        return Vec::new();
    };
    let mut values = Vec::new();
    let mut variant = None;
    for token in variants.stream() {
        match token {
            TokenTree::Ident(name) => variant = Some(name.to_string()),
            TokenTree::Literal(value) => {
                // A value is a line of the record, whatever the page put into it.
                let text = value.to_string().replace(['\n', '\r'], " ");
                values.extend(variant.take().map(|variant| (variant, text)));
            }
            _ => {}
        }
    }
    values
}
