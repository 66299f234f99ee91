//! The names in types and in tokens.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Path, Type};

pub(super) use crate::generate::argument;
use crate::lower::product::OF_RUNTIME;

/// Gathers the names in tokens that are looked up in scope: those before `::` or `<`, and those that are derived.
/// A field or a method of the same name is none. Of a name behind `::` there is the path as well: `runtime::Date`.
pub(crate) fn looked_up(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut derives = false;
    let mut module = None;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) => {
                derives = ident == "derive";
                if let Some(module) = module.take() {
                    names.insert(format!("{module}::{ident}"));
                }
                if let Some(TokenTree::Punct(next)) = tokens.peek()
                    && matches!((next.as_char(), next.spacing()), (':', Spacing::Joint) | ('<', _))
                {
                    names.insert(ident.to_string());
                    module = (next.as_char() == ':').then(|| ident.to_string());
                }
            }
            TokenTree::Group(group) if derives => {
                let derived = group.stream().into_iter().filter_map(|token| match token {
                    TokenTree::Ident(ident) => Some(ident.to_string()),
                    _ => None,
                });
                names.extend(derived);
            }
            TokenTree::Group(group) => looked_up(group.stream(), names),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Prefixes types of the crate with the module that they are in, for use outside of it.
pub(super) fn from_outside(ty: &Type, is_ours: impl Fn(&str) -> bool) -> Type {
    struct Prefix<F>(F);
    impl<F: Fn(&str) -> bool> VisitMut for Prefix<F> {
        fn visit_path_mut(&mut self, path: &mut Path) {
            visit_mut::visit_path_mut(self, path);
            if path.get_ident().is_some_and(|it| (self.0)(&it.to_string())) {
                *path = syn::parse_quote!(types::#path);
            }
        }
    }
    let mut ty = ty.clone();
    Prefix(is_ours).visit_type_mut(&mut ty);
    ty
}

/// The name of a type of the crate's that is named from outside of its module.
pub(super) fn name_from_outside(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let mut segments = path.path.segments.iter();
    match (segments.next(), segments.next(), segments.next()) {
        (Some(module), Some(name), None) if module.ident == "types" => Some(name.ident.to_string()),
        _ => None,
    }
}

/// The name of a type of the runtime that keeps what the vendor writes: a number or a time.
pub(super) fn kept(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let names: Vec<String> = path.path.segments.iter().map(|it| it.ident.to_string()).collect();
    match names.as_slice() {
        [module, name]
            if module == "runtime" && OF_RUNTIME.iter().any(|(_, ty)| ty.ends_with(name)) =>
        {
            Some(name.clone())
        }
        _ => None,
    }
}

/// Whether a type is an object of any properties.
pub(super) fn is_map(ty: &Type) -> bool {
    ["BTreeMap", "Map"].iter().any(|of| argument(ty, of).is_some())
}

/// The name of a type that is no more than a name.
pub(super) fn name(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.get_ident().map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::parse_quote;

    use super::*;

    #[test]
    fn fields_and_methods_are_not_looked_up() {
        let mut names = BTreeSet::new();
        let tokens = quote::quote! {
            #[derive(Clone, Serialize)]
            struct A { uuid: chrono::NaiveDate, b: Vec<types::B> }
            fn types(&self) { self.runtime.serde_json() }
        };
        looked_up(tokens, &mut names);
        assert_eq!(
            names.into_iter().collect::<Vec<_>>(),
            ["Clone", "Serialize", "Vec", "chrono", "chrono::NaiveDate", "types", "types::B"]
        );
    }

    #[test]
    fn types_of_the_crate_are_in_their_module_for_others() {
        let outside = from_outside(&parse_quote!(Option<Invite>), |name| name == "Invite");
        assert_eq!(outside.to_token_stream().to_string(), "Option < types :: Invite >");
    }
}
