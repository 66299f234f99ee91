//! From the sources of a crate to its surface.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use quote::ToTokens;
use semver::Version;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Fields, FnArg, Generics, ImplItem, Item as Syntax, ItemImpl, ItemMacro, Meta, Pat,
    Signature, Type, TypePath,
};

use super::export::{Exports, exports, prefix};
use super::line::line;
use super::tree::{Names, Tree, attributes, is_hidden, is_public};
use super::{Item, Surface, expand, features};
use crate::finding::Finding;

/// Where the runtime keeps what its macros need; the names there are those of other crates.
const PRIVATE: [&str; 2] = ["bindery_runtime", "__private"];

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

impl Surface {
    /// The surface of the package whose folder is among the files of a workspace.
    pub fn of(
        package: &str,
        version: Version,
        folder: &Utf8Path,
        files: &BTreeMap<Utf8PathBuf, String>,
    ) -> Result<Self, Finding> {
        let unreadable = |what: String| {
            Finding::error("surface", format!("cannot tell what `{package}` offers: {what}"))
                .why("Without that, nobody knows which version it asks for.")
                .help("Mend the file, or generate the crate anew.")
        };
        let tree = Tree::load(files, &folder.join("src")).map_err(unreadable)?;
        let mut items = extract(&tree);
        let manifest = files.get(&folder.join("Cargo.toml")).map_or("", String::as_str);
        items.extend(features::features(manifest).map_err(unreadable)?);
        Ok(Self { package: package.to_owned(), version, content: None, items })
    }
}

fn extract(tree: &Tree) -> BTreeSet<Item> {
    let exports = exports(tree);
    let mut items: BTreeSet<_> =
        exports.lines.iter().filter_map(|(path, text)| Item::new(path, text)).collect();
    for (path, module) in &tree.modules {
        let mut reader = Reader { tree, exports: &exports, module: path, items: &mut items };
        // A macro's call may stand before the enum that it is about.
        let call = |item: &&Syntax| matches!(item, Syntax::Macro(_));
        module.items.iter().filter(|item| !call(item)).for_each(|item| reader.item(item));
        module.items.iter().filter(call).for_each(|item| reader.item(item));
    }
    items
}

/// What stands in one module, as those outside see it.
struct Reader<'a> {
    tree: &'a Tree,
    exports: &'a Exports,
    module: &'a Names,
    items: &'a mut BTreeSet<Item>,
}

impl Reader<'_> {
    fn item(&mut self, item: &Syntax) {
        match item {
            Syntax::Impl(item) => return self.implementation(item),
            Syntax::Macro(item) => return self.call(item),
            _ => {}
        }
        let Some((path, conditions)) = super::tree::named(item).and_then(|(name, _)| {
            let full: Names = self.module.iter().cloned().chain([name]).collect();
            self.exports.paths.get(&full).cloned()
        }) else {
            return;
        };
        let before = prefix(&conditions) + &marks(attributes(item));
        let none = BTreeSet::new();
        match item {
            Syntax::Struct(item) => {
                let generics = self.generics(&item.generics);
                let shape = self.fields(&path, &item.fields, &item.generics);
                self.put(&path, format!("{before}struct{generics}{shape}"));
                self.derives(
                    &path,
                    &item.attrs,
                    item.fields.iter().filter_map(|it| it.ident.as_ref().map(ToString::to_string)),
                    false,
                );
            }
            Syntax::Enum(item) => {
                let generics = self.generics(&item.generics);
                self.put(&path, format!("{before}enum{generics}"));
                for variant in &item.variants {
                    let below = format!("{path}::{}", variant.ident);
                    let payload = self.payload(&variant.fields, &item.generics);
                    self.put(&below, format!("{}variant{payload}", shown(&variant.attrs)));
                }
                let unit = item.variants.iter().all(|it| matches!(it.fields, Fields::Unit));
                let names = item.variants.iter().map(|it| match &it.discriminant {
                    Some((_, value)) => format!("{} = {}", it.ident, line(value)),
                    None => it.ident.to_string(),
                });
                self.derives(&path, &item.attrs, names, unit);
            }
            Syntax::Fn(item) => {
                let signature = self.signature(&item.sig, &none);
                self.put(&path, before + &signature);
            }
            Syntax::Const(item) => {
                let ty = self.text(&*item.ty, &none);
                self.put(&path, format!("{before}const: {ty}"));
            }
            Syntax::Static(item) => {
                let ty = self.text(&*item.ty, &none);
                self.put(&path, format!("{before}static: {ty}"));
            }
            Syntax::Type(item) => {
                let generics = self.generics(&item.generics);
                let ty = self.text(&*item.ty, &parameters(&item.generics));
                self.put(&path, format!("{before}type{generics} = {ty}"));
            }
            Syntax::Trait(item) => {
                let mut item = item.clone();
                Bare.visit_item_trait_mut(&mut item);
                let text = self.text(&item, &parameters(&item.generics));
                let text = text.trim_start_matches("pub ").trim_start_matches("unsafe ");
                self.put(&path, before + text);
            }
            Syntax::Union(item) => {
                let mut item = item.clone();
                Bare.visit_item_union_mut(&mut item);
                let text = self.text(&item, &parameters(&item.generics));
                self.put(&path, before + text.trim_start_matches("pub "));
            }
            _ => {}
        }
    }

    fn put(&mut self, path: &str, text: String) {
        self.items.extend(Item::new(path, text));
    }

    /// The public fields become items; what is left is whether there are others.
    fn fields(&mut self, path: &str, fields: &Fields, generics: &Generics) -> &'static str {
        let parameters = parameters(generics);
        let mut private = false;
        for (index, field) in fields.iter().enumerate() {
            if !is_public(&field.vis) || is_hidden(&field.attrs) {
                private = true;
                continue;
            }
            let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
            let ty = self.text(&field.ty, &parameters);
            self.put(&format!("{path}::{name}"), format!("{}field: {ty}", shown(&field.attrs)));
        }
        match (fields, private) {
            (Fields::Named(_), false) => " {}",
            (Fields::Named(_), true) => " {..}",
            (Fields::Unnamed(_), false) => " ()",
            (Fields::Unnamed(_), true) => " (..)",
            (Fields::Unit, _) => "",
        }
    }

    fn payload(&self, fields: &Fields, generics: &Generics) -> String {
        let mut fields = fields.clone();
        fields.iter_mut().for_each(|field| field.attrs.clear());
        let text = self.text(&fields, &parameters(generics));
        if matches!(fields, Fields::Named(_)) { format!(" {text}") } else { text }
    }

    /// What is derived, and the order of the parts if comparing or casting shows it.
    fn derives(
        &mut self,
        path: &str,
        attributes: &[Attribute],
        parts: impl Iterator<Item = String>,
        cast: bool,
    ) {
        let mut ordered = cast;
        for attribute in attributes.iter().filter(|it| it.path().is_ident("derive")) {
            let _ = attribute.parse_nested_meta(|derived| {
                let name = self.text(&derived.path, &BTreeSet::new());
                ordered |= name == "PartialOrd";
                // The derived one is that of any lifetime.
                let text = match name.as_str() {
                    "serde::Deserialize" => "impl<'de> serde::Deserialize<'de>".to_owned(),
                    name => format!("impl {name}"),
                };
                self.put(path, text);
                Ok(())
            });
        }
        let parts: Vec<_> = parts.collect();
        if ordered && parts.len() > 1 {
            self.put(path, format!("order {}", parts.join(", ")));
        }
    }

    fn implementation(&mut self, item: &ItemImpl) {
        let Some((path, conditions)) = self.about(item) else { return };
        let generics = parameters(&item.generics);
        let own = self.text(&*item.self_ty, &generics);
        let before = prefix(&conditions) + &shown(&item.attrs);
        let header = self.generics(&item.generics);
        let Some((of, _)) = &item.trait_ else {
            let plain = item.generics.type_params().next().is_none() && !own.contains('<')
                || own.ends_with("<'_>");
            let context = if plain { String::new() } else { format!(" in impl{header} {own}") };
            for part in &item.items {
                match part {
                    ImplItem::Fn(part) if is_public(&part.vis) && !is_hidden(&part.attrs) => {
                        let text = self.signature(&part.sig, &generics);
                        let text = format!("{before}{}{text}{context}", shown(&part.attrs));
                        self.put(&format!("{path}::{}", part.sig.ident), text);
                    }
                    ImplItem::Const(part) if is_public(&part.vis) && !is_hidden(&part.attrs) => {
                        let text = self.text(&part.ty, &generics);
                        let text = format!("{before}{}const: {text}{context}", shown(&part.attrs));
                        self.put(&format!("{path}::{}", part.ident), text);
                    }
                    _ => {}
                }
            }
            return;
        };
        let of = self.text(of, &generics);
        let about = if own == path { String::new() } else { format!(" for {own}") };
        let types = item.items.iter().filter_map(|part| match part {
            ImplItem::Type(part) => {
                Some(format!("type {} = {};", part.ident, self.text(&part.ty, &generics)))
            }
            _ => None,
        });
        let types: Vec<_> = types.collect();
        let types =
            if types.is_empty() { String::new() } else { format!(" {{ {} }}", types.join(" ")) };
        self.put(&path, format!("{before}impl{header} {of}{about}{types}"));
    }

    /// The type that an implementation is filed under: its own, or else one that the trait is about.
    fn about(&self, item: &ItemImpl) -> Option<(String, Vec<String>)> {
        if let Some(own) = self.exported(&item.self_ty) {
            return Some(own);
        }
        // What is implemented for a private type concerns nobody.
        let local = |name: &Names| name.first().is_some_and(|first| first == "crate");
        let mut own = Mentioned { reader: self, paths: Vec::new() };
        own.visit_type_mut(&mut item.self_ty.as_ref().clone());
        if own.paths.iter().any(local) {
            return None;
        }
        let mut mentioned = Mentioned { reader: self, paths: Vec::new() };
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

    /// The runtime's macro is expanded; of any other, the call is all that is known.
    fn call(&mut self, item: &ItemMacro) {
        if item.ident.is_some() {
            return;
        }
        let Some(name) = expand::subject(&item.mac.tokens) else { return };
        let path: Names = self.module.iter().cloned().chain([name.clone()]).collect();
        let Some((path, _)) = self.exports.paths.get(&path).cloned() else { return };
        let of = item.mac.path.segments.last().map(|it| it.ident.to_string());
        let expanded =
            of.filter(|of| of == expand::OPEN_ENUM).and_then(|_| expand::open_enum(&name));
        let Some(implementations) = expanded else {
            let text = format!("call {}", line(&item.mac));
            return self.put(&path, text);
        };
        implementations.iter().for_each(|item| self.implementation(item));
        for (variant, value) in expand::values(&item.mac.tokens) {
            let below = format!("{path}::{variant}");
            let known = Item::new(&below, "variant");
            if known.is_some_and(|known| self.items.remove(&known)) {
                self.put(&below, format!("variant = {value}"));
            }
        }
    }

    fn signature(&self, signature: &Signature, outer: &BTreeSet<String>) -> String {
        let mut signature = signature.clone();
        Bare.visit_signature_mut(&mut signature);
        let mut known = parameters(&signature.generics);
        known.extend(outer.iter().cloned());
        let name = format!("fn {}", signature.ident);
        self.text(&signature, &known).replacen(&name, "fn", 1)
    }

    /// `<T: Bound> where …`, or nothing.
    fn generics(&self, generics: &Generics) -> String {
        let known = parameters(generics);
        let conditions = generics.where_clause.as_ref();
        let conditions = conditions.map(|it| format!(" {}", self.text(it, &known)));
        self.text(generics, &known) + &conditions.unwrap_or_default()
    }

    /// Syntax in one line, with every path as those outside would write it.
    fn text<T: ToTokens + Resolve + Clone>(&self, syntax: &T, known: &BTreeSet<String>) -> String {
        let mut syntax = syntax.clone();
        syntax.resolve(&mut Resolver { reader: self, known });
        line(&syntax)
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
trait Resolve {
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

struct Resolver<'a> {
    reader: &'a Reader<'a>,
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
        let names = self.reader.outside(path);
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
    reader: &'a Reader<'a>,
    paths: Vec<Names>,
}

impl VisitMut for Mentioned<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        self.paths.push(self.reader.absolute(path));
        visit_mut::visit_path_mut(self, path);
    }
}

/// Removes what is between a function and its body: `mut`, patterns, attributes.
struct Bare;

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

/// A name that was one before.
fn ident(name: &str) -> syn::Ident {
    let span = proc_macro2::Span::call_site();
    match name.strip_prefix("r#") {
        Some(name) => syn::Ident::new_raw(name, span),
        None => syn::Ident::new(name, span),
    }
}

/// The names of types and constants that generics declare.
fn parameters(generics: &Generics) -> BTreeSet<String> {
    let types = generics.type_params().map(|it| it.ident.to_string());
    types.chain(generics.const_params().map(|it| it.ident.to_string())).collect()
}

/// The attributes that matter to callers, each with a blank behind it.
fn shown(attributes: &[Attribute]) -> String {
    let conditions = attributes.iter().filter(|it| it.path().is_ident("cfg"));
    prefix(&conditions.map(line).collect::<Vec<_>>()) + &marks(attributes)
}

/// The same without the conditions of an item, which are known together with its path.
fn marks(attributes: &[Attribute]) -> String {
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
