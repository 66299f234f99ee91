//! Items to text. prettyplease is the only printer, and it prints item by item, so that a reader gets a
//! blank line between two.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{File, Item};

use crate::refine::paths::looked_up;

use super::header::PREAMBLE;

/// Items as text, and the names in them that are looked up in the scope of their module, for what they need to import
/// and to depend on: those that a path starts with, and those of traits.
#[derive(Default)]
pub(super) struct Printed {
    text: String,
    pub(super) names: BTreeSet<String>,
}

impl Printed {
    /// Prints items, of which none is held once it is printed.
    pub(super) fn add(&mut self, items: impl IntoIterator<Item = Item>) {
        for item in items {
            looked_up(item.to_token_stream(), &mut self.names);
            self.text.push('\n');
            self.text.push_str(&print(item));
        }
    }
}

/// A module: its first line, its documentation, its imports, its items.
pub(super) fn module(docs: &str, imports: Vec<Item>, items: &Printed) -> String {
    let mut text = format!("// {PREAMBLE}\n");
    text.extend(docs.lines().map(|line| format!("//! {line}").trim_end().to_owned() + "\n"));
    if !imports.is_empty() {
        text.push('\n');
        text.extend(imports.into_iter().map(print));
    }
    text + &items.text
}

/// An item as text.
pub(super) fn print(item: Item) -> String {
    let items = vec![item];
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items })
}
