//! What a path in a module stands for, and how those outside the crate write it.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Fields, Generics, ItemImpl, Signature, Type, TypePath};

use super::bare::Bare;
use super::export::Exports;
use super::line::line;
use super::tree::{Names, Tree};

/// Where the runtime keeps what its macros need; the names there are those of other crates.
const PRIVATE: [&str; 2] = ["bindery_runtime", "__private"];

/// The traits that serde shows at its root too.
const SERDE: &[&str] =
    &["de::Deserialize", "de::Deserializer", "ser::Serialize", "ser::Serializer"];

/// What every program can name without its path, as paths below `std`, `core` and `alloc`.
const PRELUDE: &[&str] = &[
    "borrow::ToOwned",
    "boxed::Box",
    "clone::Clone",
    "cmp::Eq",
    "cmp::Ord",
    "cmp::PartialEq",
    "cmp::PartialOrd",
    "convert::AsMut",
    "convert::AsRef",
    "convert::From",
    "convert::Into",
    "convert::TryFrom",
    "convert::TryInto",
    "default::Default",
    "fmt::Debug",
    "hash::Hash",
    "iter::IntoIterator",
    "iter::Iterator",
    "marker::Copy",
    "marker::Send",
    "marker::Sized",
    "marker::Sync",
    "ops::Drop",
    "ops::Fn",
    "ops::FnMut",
    "ops::FnOnce",
    "option::Option",
    "result::Result",
    "string::String",
    "string::ToString",
    "vec::Vec",
];

/// A module, from which paths are seen.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) tree: &'a Tree,
    pub(super) exports: &'a Exports,
    pub(super) module: &'a Names,
}

impl Scope<'_> {
    /// Syntax in one line, with every path as those outside would write it.
    pub(super) fn text<T: ToTokens + Resolve + Clone>(
        &self,
        syntax: &T,
        known: &BTreeSet<String>,
    ) -> String {
        let mut syntax = syntax.clone();
        syntax.resolve(&mut Resolver { scope: self, known });
        line(&syntax).trim_end_matches(',').to_owned()
    }

    /// A function's signature without its name.
    pub(super) fn signature(&self, signature: &Signature, outer: &BTreeSet<String>) -> String {
        let mut signature = signature.clone();
        Bare.visit_signature_mut(&mut signature);
        let mut known = parameters(&signature.generics);
        known.extend(outer.iter().cloned());
        let name = format!("fn {}", signature.ident);
        self.text(&signature, &known).replacen(&name, "fn", 1)
    }

    /// `<T: Bound> where …`, or nothing.
    pub(super) fn generics(&self, generics: &Generics) -> String {
        let known = parameters(generics);
        let conditions = generics.where_clause.as_ref();
        let conditions = conditions.map(|it| format!(" {}", self.text(it, &known)));
        self.text(generics, &known) + &conditions.unwrap_or_default()
    }

    /// The type that an implementation is filed under: its own, or else one that the trait is about.
    pub(super) fn about(&self, item: &ItemImpl) -> Option<(String, Vec<String>)> {
        if let Some(own) = self.exported(&item.self_ty) {
            return Some(own);
        }
        // What is implemented for a private type concerns nobody.
        let local = |name: &Names| name.first().is_some_and(|first| first == "crate");
        let mut own = Mentioned { scope: self, paths: Vec::new() };
        own.visit_type_mut(&mut item.self_ty.as_ref().clone());
        if own.paths.iter().any(local) {
            return None;
        }
        let mut mentioned = Mentioned { scope: self, paths: Vec::new() };
        mentioned.visit_path_mut(&mut item.trait_.as_ref()?.0.clone());
        mentioned.paths.iter().find_map(|path| self.exports.paths.get(path).cloned())
    }

    fn exported(&self, ty: &Type) -> Option<(String, Vec<String>)> {
        match ty {
            Type::Path(path) => self.exports.paths.get(&self.absolute(&path.path)).cloned(),
            Type::Reference(reference) => self.exported(&reference.elem),
            Type::Paren(inner) => self.exported(&inner.elem),
            Type::Group(inner) => self.exported(&inner.elem),
            _ => None,
        }
    }

    fn absolute(&self, path: &syn::Path) -> Names {
        let names: Names = path.segments.iter().map(|it| it.ident.to_string()).collect();
        match path.leading_colon {
            Some(_) => names,
            None => self.tree.resolve(self.module, &names),
        }
    }

    /// How those outside write the path that stands here as this.
    fn outside(&self, path: &syn::Path) -> Names {
        let absolute = self.absolute(path);
        let local = absolute.first().is_some_and(|first| first == "crate");
        if local {
            // The longest beginning that has a public path: behind a type, a variant or a constant.
            for end in (1..=absolute.len()).rev() {
                let (known, rest) = absolute.split_at(end);
                if let Some((public, _)) = self.exports.paths.get(known) {
                    return public
                        .split("::")
                        .chain(rest.iter().map(String::as_str))
                        .map(str::to_owned)
                        .collect();
                }
            }
            return absolute;
        }
        let start = absolute.first().map(String::as_str);
        let below = absolute.get(1..).unwrap_or_default().join("::");
        match start {
            Some("std" | "core" | "alloc") if PRELUDE.contains(&below.as_str()) => {
                absolute.last().cloned().into_iter().collect()
            }
            // They have these names at the root and in the module where they are defined.
            Some("serde") if SERDE.contains(&below.as_str()) => {
                start.into_iter().map(str::to_owned).chain(absolute.last().cloned()).collect()
            }
            _ => match absolute.get(2..) {
                Some(rest) if !rest.is_empty() && absolute.iter().take(2).eq(PRIVATE) => {
                    rest.to_vec()
                }
                _ => absolute,
            },
        }
    }
}

/// Syntax of which the paths can be written anew.
pub(super) trait Resolve {
    fn resolve(&mut self, resolver: &mut Resolver<'_>);
}

macro_rules! resolve {
    ($($ty:ty => $visit:ident),* $(,)?) => {$(
        impl Resolve for $ty {
            fn resolve(&mut self, resolver: &mut Resolver<'_>) {
                resolver.$visit(self);
            }
        }
    )*};
}

resolve!(
    Fields => visit_fields_mut,
    Generics => visit_generics_mut,
    Signature => visit_signature_mut,
    syn::ItemTrait => visit_item_trait_mut,
    syn::ItemUnion => visit_item_union_mut,
    syn::Path => visit_path_mut,
    syn::WhereClause => visit_where_clause_mut,
    Type => visit_type_mut,
);

pub(super) struct Resolver<'a> {
    scope: &'a Scope<'a>,
    /// Parameters, which are no paths.
    known: &'a BTreeSet<String>,
}

impl Resolver<'_> {
    fn rewrite(&self, path: &mut syn::Path) {
        let Some(first) = path.segments.first() else { return };
        if path.leading_colon.is_none() && self.known.contains(&first.ident.to_string()) {
            return;
        }
        let arguments: Vec<_> = path.segments.iter().map(|it| it.arguments.clone()).collect();
        let names = self.scope.outside(path);
        let ahead = names.len().saturating_sub(arguments.len());
        let behind = arguments.len().saturating_sub(names.len());
        let segments = names.iter().enumerate().map(|(index, name)| syn::PathSegment {
            ident: ident(name),
            arguments: match index.checked_sub(ahead) {
                Some(index) => arguments.get(index + behind).cloned().unwrap_or_default(),
                None => syn::PathArguments::None,
            },
        });
        let segments = segments.collect();
        *path = syn::Path { leading_colon: None, segments };
    }
}

impl VisitMut for Resolver<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        self.rewrite(path);
    }

    /// In `<T as a::B>::C` the path of the trait ends where the angle does.
    fn visit_type_path_mut(&mut self, ty: &mut TypePath) {
        let Some(own) = &mut ty.qself else { return self.visit_path_mut(&mut ty.path) };
        self.visit_type_mut(&mut own.ty);
        visit_mut::visit_path_mut(self, &mut ty.path);
        let segments: Vec<_> = ty.path.segments.iter().cloned().collect();
        let (of, rest) = segments.split_at(own.position.min(segments.len()));
        let leading_colon = ty.path.leading_colon;
        let mut path = syn::Path { leading_colon, segments: of.iter().cloned().collect() };
        self.rewrite(&mut path);
        own.position = path.segments.len();
        path.segments.extend(rest.iter().cloned());
        ty.path = path;
    }
}

/// Collects what paths stand for.
struct Mentioned<'a> {
    scope: &'a Scope<'a>,
    paths: Vec<Names>,
}

impl VisitMut for Mentioned<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        self.paths.push(self.scope.absolute(path));
        visit_mut::visit_path_mut(self, path);
    }
}

/// A name that was one before.
pub(super) fn ident(name: &str) -> syn::Ident {
    let span = proc_macro2::Span::call_site();
    match name.strip_prefix("r#") {
        Some(name) => syn::Ident::new_raw(name, span),
        None => syn::Ident::new(name, span),
    }
}

/// The names of types and constants that generics declare.
pub(super) fn parameters(generics: &Generics) -> BTreeSet<String> {
    let types = generics.type_params().map(|it| it.ident.to_string());
    types.chain(generics.const_params().map(|it| it.ident.to_string())).collect()
}
