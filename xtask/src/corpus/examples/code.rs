//! The types that read examples, as code that is compiled and not read: without documentation, constructors and setters.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Item;

use crate::refine::Refined;

/// Returns the items of some types, each on a line.
pub(super) fn of<'a>(refined: &'a Refined, names: impl Iterator<Item = &'a String>) -> String {
    let mut text = String::new();
    for item in refined.items_of_types(names) {
        if is_needed(&item) {
            text += &without_documentation(item.into_token_stream()).to_string();
            text.push('\n');
        }
    }
    text
}

/// Whether an item is a type, or says how one is read or written.
fn is_needed(item: &Item) -> bool {
    let Item::Impl(item) = item else { return true };
    let name = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
    name.is_some_and(|it| it.ident == "Deserialize" || it.ident == "Serialize")
}

fn without_documentation(tokens: TokenStream) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut rest = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign)
                if sign.as_char() == '#' && tokens.peek().is_some_and(is_documentation) =>
            {
                tokens.next();
            }
            TokenTree::Group(group) => {
                let inside = without_documentation(group.stream());
                rest.push(Group::new(group.delimiter(), inside).into());
            }
            other => rest.push(other),
        }
    }
    rest.into_iter().collect()
}

fn is_documentation(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket
        && matches!(first, Some(TokenTree::Ident(name)) if name == "doc")
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn documentation_is_left_out_and_other_attributes_stay() {
        let item = quote!(
            #[doc = "A thing."]
            #[derive(Clone)]
            struct Thing {
                #[doc = "a"]
                #[serde(x)]
                a: B,
            }
        );
        let expected = quote!(
            #[derive(Clone)]
            struct Thing {
                #[serde(x)]
                a: B,
            }
        );
        assert_eq!(without_documentation(item).to_string(), expected.to_string());
    }
}
