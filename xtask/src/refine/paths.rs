//! Types as a person would write them: `Option<String>` for
//! `::std::option::Option<::std::string::String>`.
//!
//! Lowering gives no type a name of the prelude, so the short names mean the same.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{GenericArgument, Path, PathArguments, Type};

/// Shortens every path in a type.
pub(super) fn shorten(ty: &mut Type) {
    Shorten.visit_type_mut(ty);
}

struct Shorten;

impl VisitMut for Shorten {
    /// progenitor boxes an optional value of the type that it stands in as a whole. serde takes only a bare
    /// `Option` for one that may be missing, so the box goes inside.
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Some(inner) = argument(ty, "Box").and_then(|it| argument(it, "Option")) {
            *ty = syn::parse_quote!(Option<Box<#inner>>);
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        path.leading_colon = None;
        let names: Vec<String> = path.segments.iter().map(|it| it.ident.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let drop = match names.as_slice() {
            ["types", _] => 1,
            ["std", "option" | "string" | "vec" | "boxed", _] => 2,
            ["chrono", "offset" | "naive", _] => {
                path.segments = path
                    .segments
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| *at != 1)
                    .map(|(_, it)| it.clone())
                    .collect();
                return;
            }
            _ => return,
        };
        path.segments = path.segments.iter().skip(drop).cloned().collect();
    }
}

/// Gathers the names in tokens that are looked up in scope: those before `::` or `<`, and those that are derived.
/// A field or a method of the same name is none.
pub(crate) fn looked_up(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut derives = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) => {
                derives = ident == "derive";
                if let Some(TokenTree::Punct(next)) = tokens.peek()
                    && matches!((next.as_char(), next.spacing()), (':', Spacing::Joint) | ('<', _))
                {
                    names.insert(ident.to_string());
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

/// What stands between the angle brackets of a type of that name: `T` of `Option<T>`.
pub(super) fn argument<'t>(ty: &'t Type, of: &str) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|it| it.ident == of)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().rev().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
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
            ["Clone", "Serialize", "Vec", "chrono", "types"]
        );
    }

    #[test]
    fn paths_are_as_short_as_they_can_be() {
        let mut ty: Type = parse_quote!(
            ::std::option::Option<::std::vec::Vec<::chrono::DateTime<::chrono::offset::Utc>>>
        );
        shorten(&mut ty);
        let short: Type = parse_quote!(Option<Vec<chrono::DateTime<chrono::Utc>>>);
        assert_eq!(ty, short);
        let mut ty: Type = parse_quote!(::std::boxed::Box<::std::option::Option<Node>>);
        shorten(&mut ty);
        assert_eq!(ty, parse_quote!(Option<Box<Node>>));
        let outside = from_outside(&parse_quote!(Option<Invite>), |name| name == "Invite");
        assert_eq!(outside.to_token_stream().to_string(), "Option < types :: Invite >");
    }
}
