//! The public surface of a crate: what a caller can name, and nothing else.
//!
//! Signatures and types stay. Bodies, documentation, private items and fields, and how a type is
//! encoded (which the lowered document and the plan show) are left out. A struct that has nothing
//! but private fields stands there with none.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit_mut::VisitMut;
use syn::{
    Attribute, Block, Fields, File, Ident, ImplItem, Item, ItemImpl, ItemMod, Receiver, Type,
    Visibility, parse_quote,
};

/// The surface of the crate with that folder, file by file.
///
/// # Panics
///
/// When a file cannot be read or parsed.
#[must_use]
pub fn surface(folder: &Path) -> String {
    let mut modules = Vec::new();
    load(&folder.join("src/lib.rs"), &folder.join("src"), &mut modules);
    let public = modules.iter().flat_map(|module| &module.file.items).filter_map(public_name);
    let public: BTreeSet<_> = public.collect();
    let mut text = String::new();
    for Module { path, mut file } in modules {
        reduce(&mut file, &public);
        if !file.items.is_empty() {
            let path = path.strip_prefix(folder).unwrap_or(&path).display();
            text.push_str(&format!("// {path}\n\n{}\n", prettyplease::unparse(&file)));
        }
    }
    text
}

struct Module {
    path: PathBuf,
    file: File,
}

/// Reads a file, and the modules that it declares. `folder` is where those are.
fn load(path: &Path, folder: &Path, modules: &mut Vec<Module>) {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let below: Vec<_> = file.items.iter().filter_map(declared).collect();
    modules.push(Module { path: path.to_owned(), file });
    for name in below {
        load(&folder.join(format!("{name}.rs")), &folder.join(name), modules);
    }
}

/// The name of a module that stands in a file of its own and is no test.
fn declared(item: &Item) -> Option<String> {
    match item {
        Item::Mod(ItemMod { ident, content: None, attrs, .. }) if !is_test(attrs) => {
            Some(ident.to_string())
        }
        _ => None,
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    let test = |it: &Attribute| it.parse_args::<Ident>().is_ok_and(|name| name == "test");
    attributes.iter().any(|it| it.path().is_ident("cfg") && test(it))
}

/// Takes from a file what no caller sees.
fn reduce(file: &mut File, public: &BTreeSet<String>) {
    Strip.visit_file_mut(file);
    file.attrs.clear();
    file.items.retain_mut(|item| keep(item, public));
}

fn keep(item: &mut Item, public: &BTreeSet<String>) -> bool {
    match item {
        Item::Impl(item) => keep_impl(item, public),
        Item::Macro(item) => {
            let exported = item.attrs.iter().any(|it| it.path().is_ident("macro_export"));
            if exported {
                item.mac.tokens = parse_quote!(($($tokens:tt)*) => {};);
            }
            exported || about(&item.mac.tokens).is_some_and(|name| public.contains(&name))
        }
        Item::Struct(item) => {
            keep_public_fields(&mut item.fields);
            is_public(&item.vis)
        }
        Item::Mod(item) => is_public(&item.vis),
        Item::Use(item) => is_public(&item.vis),
        other => public_name(other).is_some(),
    }
}

/// Of an inherent implementation the public items, of a trait's the fact.
fn keep_impl(item: &mut ItemImpl, public: &BTreeSet<String>) -> bool {
    let of_trait = item.trait_.is_some();
    item.items.retain(|item| match item {
        ImplItem::Fn(item) => is_public(&item.vis),
        ImplItem::Const(item) => is_public(&item.vis),
        ImplItem::Type(_) => true,
        _ => false,
    });
    let about_public = named(&item.self_ty).is_none_or(|name| public.contains(&name));
    about_public && (of_trait || !item.items.is_empty())
}

/// The type that a call of a macro makes implementations for, if it says that first.
fn about(call: &TokenStream) -> Option<String> {
    match call.clone().into_iter().next()? {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

fn named(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|it| it.ident.to_string()),
        Type::Reference(reference) => named(&reference.elem),
        _ => None,
    }
}

fn keep_public_fields(fields: &mut Fields) {
    let keep = |fields: syn::punctuated::Punctuated<syn::Field, syn::Token![,]>| {
        fields.into_iter().filter(|field| is_public(&field.vis)).collect()
    };
    match fields {
        Fields::Named(fields) => fields.named = keep(std::mem::take(&mut fields.named)),
        Fields::Unnamed(fields) => fields.unnamed = keep(std::mem::take(&mut fields.unnamed)),
        Fields::Unit => {}
    }
}

/// The name of an item that callers can use.
fn public_name(item: &Item) -> Option<String> {
    let (visibility, name) = match item {
        Item::Const(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        Item::Static(item) => (&item.vis, &item.ident),
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    is_public(visibility).then(|| name.to_string())
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Removes bodies, and the attributes that say nothing to a caller.
struct Strip;

impl VisitMut for Strip {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let say = ["cfg", "derive", "macro_export", "must_use", "non_exhaustive"];
        attributes.retain(|it| say.iter().any(|name| it.path().is_ident(name)));
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.clear();
    }

    /// `mut self` is between a method and its body; `&mut self` is said elsewhere.
    fn visit_receiver_mut(&mut self, receiver: &mut Receiver) {
        receiver.mutability = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reduced(code: &str) -> String {
        let mut file = syn::parse_file(code).expect("the fragment parses");
        let public = file.items.iter().filter_map(public_name).collect();
        reduce(&mut file, &public);
        prettyplease::unparse(&file).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn bodies_and_documentation_are_left_out() {
        let code = "/// Text.\npub fn f(a: u8) -> u8 { a + 1 }\nfn g() {}\npub(crate) fn h() {}";
        assert_eq!(reduced(code), "pub fn f(a: u8) -> u8 {}");
    }

    #[test]
    fn of_a_struct_the_public_fields_stay() {
        let code = "#[derive(Clone)] #[non_exhaustive] pub struct S {
            /** Text. */ #[serde(skip)] pub a: u8, b: u8 } pub struct T(pub u8, u8); struct U;";
        let expected = "#[derive(Clone)] #[non_exhaustive] pub struct S { pub a: u8, } \
                        pub struct T(pub u8);";
        assert_eq!(reduced(code), expected);
    }

    #[test]
    fn variants_stay_without_their_encoding() {
        let code = r#"pub enum E { /** Text. */ #[serde(rename = "a")] A(String), B { c: u8 } }"#;
        assert_eq!(reduced(code), "pub enum E { A(String), B { c: u8 }, }");
    }

    #[test]
    fn of_implementations_the_public_methods_and_the_traits_stay() {
        let code = "pub struct S; struct P;
            impl S { pub fn a(&mut self) { b() } pub fn g(mut self) {} fn c(&self) {} pub(crate) fn d() {} }
            impl S { fn e() {} } impl P { pub fn f() {} } impl Clone for P {}
            impl Clone for &mut P {} impl From<S> for u8 { fn from(s: S) -> u8 { 1 } }
            impl FromStr for S { type Err = (); fn from_str(s: &str) -> () {} }";
        let expected = "pub struct S; impl S { pub fn a(&mut self) {} pub fn g(self) {} } \
                        impl FromStr for S { type Err = (); }";
        assert_eq!(reduced(code), expected);
    }

    #[test]
    fn calls_of_macros_stay_and_definitions_lose_their_body() {
        let code = r#"pub enum E {} open!(E { A = "a" }); thread_local! { static T: u8 = 1 } #[macro_export] macro_rules! m { () => { 1 } }
            macro_rules! n { () => {} }"#;
        let expected = r#"pub enum E {} open!(E { A = "a" }); #[macro_export] macro_rules! m { ($($tokens:tt)*) => {}; }"#;
        assert_eq!(reduced(code), expected);
    }

    #[test]
    fn what_is_reexported_stays() {
        let code = "pub mod types; mod inner; pub use inner::A; use inner::B;";
        assert_eq!(reduced(code), "pub mod types; pub use inner::A;");
    }
}
