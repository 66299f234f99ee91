//! Types as a person would write them: `Option<String>` for
//! `::std::option::Option<::std::string::String>`.
//!
//! Lowering gives no type a name of the prelude, so the short names mean the same.

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
            _ => return,
        };
        path.segments = path.segments.iter().skip(drop).cloned().collect();
    }
}

/// What stands between the angle brackets of a type of that name: `T` of `Option<T>`.
pub(crate) fn argument<'t>(ty: &'t Type, of: &str) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|it| it.ident == of)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().rev().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn paths_are_as_short_as_they_can_be() {
        let mut ty: Type =
            parse_quote!(::std::option::Option<::std::vec::Vec<::std::string::String>>);
        shorten(&mut ty);
        let short: Type = parse_quote!(Option<Vec<String>>);
        assert_eq!(ty, short);
        let mut ty: Type = parse_quote!(::std::boxed::Box<::std::option::Option<types::Node>>);
        shorten(&mut ty);
        assert_eq!(ty, parse_quote!(Option<Box<Node>>));
    }
}
