//! Items to text. prettyplease is the only printer, and it prints item by item, so that a reader gets a
//! blank line between two.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{File, Item};

use crate::refine::paths::looked_up;

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

/// The names in items that are looked up in the scope of their module, for what they need to import and to
/// depend on: those that a path starts with, and those of traits.
pub(super) fn names<'i>(items: impl IntoIterator<Item = &'i Item>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in items {
        looked_up(item.to_token_stream(), &mut names);
    }
    names
}
