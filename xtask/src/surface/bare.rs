//! What of an item callers do not see, taken away, and which of its attributes they do.

use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, FnArg, Meta, Pat};

use super::export::prefix;
use super::line::line;

/// Removes what is between a function and its body: `mut`, patterns, attributes.
pub(super) struct Bare;

impl VisitMut for Bare {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.clear();
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.clear();
    }

    fn visit_fn_arg_mut(&mut self, argument: &mut FnArg) {
        visit_mut::visit_fn_arg_mut(self, argument);
        match argument {
            FnArg::Receiver(receiver) => receiver.mutability = None,
            FnArg::Typed(typed) => match typed.pat.as_mut() {
                Pat::Ident(name) => (name.mutability, name.by_ref) = (None, None),
                pattern => *pattern = syn::parse_quote!(_),
            },
        }
    }
}

/// The attributes that matter to callers, each with a blank behind it.
pub(super) fn shown(attributes: &[Attribute]) -> String {
    let conditions = attributes.iter().filter(|it| it.path().is_ident("cfg"));
    prefix(&conditions.map(line).collect::<Vec<_>>()) + &marks(attributes)
}

/// The same without the conditions of an item, which are known together with its path.
pub(super) fn marks(attributes: &[Attribute]) -> String {
    let shown = attributes.iter().filter_map(|it| {
        match (it.path().get_ident()?.to_string().as_str(), &it.meta) {
            // Messages are for people.
            (name @ ("must_use" | "deprecated" | "non_exhaustive"), _) => {
                Some(format!("#[{name}]"))
            }
            ("repr", Meta::List(_)) => Some(line(it)),
            _ => None,
        }
    });
    let mut shown: Vec<String> = shown.collect();
    shown.sort();
    prefix(&shown)
}
