//! Items to text. prettyplease is the only printer, and it prints item by item, so that a reader gets a
//! blank line between two.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{File, Item};

use super::header::PREAMBLE;

/// A module: its first line, its documentation, its imports, its items.
pub(super) fn module(docs: &str, imports: &[Item], items: &[&Item]) -> String {
    let mut text = format!("// {PREAMBLE}\n");
    text.extend(docs.lines().map(|line| format!("//! {line}").trim_end().to_owned() + "\n"));
    if !imports.is_empty() {
        text.push('\n');
        text.extend(imports.iter().map(print));
    }
    for item in items {
        text.push('\n');
        text.push_str(&print(item));
    }
    text
}

fn print(item: &Item) -> String {
    let items = vec![item.clone()];
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items })
}

/// All names that stand in items, for what they need to import and to depend on.
pub(super) fn names<'i>(items: impl IntoIterator<Item = &'i Item>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in items {
        collect(item.to_token_stream(), &mut names);
    }
    names
}

fn collect(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                names.insert(ident.to_string());
            }
            TokenTree::Group(group) => collect(group.stream(), names),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
