//! Groups of operations: a method of the client that gives one, and its type, which has the operations as methods.

use syn::{Item, parse_quote};

use crate::plan::{Group, Operation};

use super::{docs, ident};

/// The method of the client that gives a group.
pub(super) fn accessor(group: &Group, module: &str, title: &str) -> Item {
    let (accessor, name, module) = (ident(&group.accessor), ident(&group.name), ident(module));
    let docs = docs::attributes(&format!("The operations of {}.", docs::markdown(title)));
    parse_quote! {
        impl Client {
            #(#docs)*
            pub fn #accessor(&self) -> #module::#name {
                #module::#name { inner: self.inner.clone() }
            }
        }
    }
}

/// The type of a group.
pub(super) fn item(group: &Group, title: &str, operations: &[(&str, &Operation)]) -> Item {
    let rows: Vec<String> = operations.iter().filter_map(|(_, it)| row(it)).collect();
    let docs = docs::attributes(&format!(
        "The operations of {title}, as [`Client::{accessor}`](crate::Client::{accessor}) gives them.\n\n\
         | method | request | |\n| --- | --- | --- |\n{}",
        rows.join("\n"),
        title = docs::markdown(title),
        accessor = group.accessor
    ));
    let name = ident(&group.name);
    parse_quote! {
        #(#docs)*
        #[derive(Clone, Debug)]
        pub struct #name {
            pub(super) inner: runtime::Client,
        }
    }
}

fn row(operation: &Operation) -> Option<String> {
    let method = &operation.group.as_ref()?.method;
    Some(docs::operation_row(&format!("[`{method}`](Self::{method})"), operation))
}
