//! From the sources of a crate to its surface.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use semver::Version;
use syn::visit_mut::VisitMut as _;
use syn::{Attribute, Fields, Generics, ImplItem, Item as Syntax, ItemImpl, ItemMacro};

use super::bare::{Bare, marks, shown};
use super::expand::{self, OpenEnum};
use super::export::{exports, prefix};
use super::line::line;
use super::paths::{Scope, parameters};
use super::tree::{Names, Tree, attributes, is_hidden, is_public, named};
use super::{Item, Surface, features};
use crate::finding::{Finding, Kind};

impl Surface {
    /// The surface of the package whose folder is among the files of a workspace.
    pub fn of(
        package: &str,
        version: Version,
        folder: &Utf8Path,
        files: &BTreeMap<Utf8PathBuf, String>,
    ) -> Result<Self, Finding> {
        let unreadable = |what: String| {
            Finding::error(Kind::Surface, format!("cannot tell what `{package}` offers: {what}"))
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
    let open_enum = OpenEnum::read();
    for (path, module) in &tree.modules {
        let scope = Scope { tree, exports: &exports, module: path };
        let mut reader = Reader { scope, open_enum: open_enum.as_ref(), items: &mut items };
        // A macro's call may stand before the enum that it is about.
        let call = |item: &&Syntax| matches!(item, Syntax::Macro(_));
        module.items.iter().filter(|item| !call(item)).for_each(|item| reader.item(item));
        module.items.iter().filter(call).for_each(|item| reader.item(item));
    }
    items
}

/// What stands in one module, as those outside see it.
struct Reader<'a> {
    scope: Scope<'a>,
    open_enum: Option<&'a OpenEnum>,
    items: &'a mut BTreeSet<Item>,
}

impl Reader<'_> {
    fn item(&mut self, item: &Syntax) {
        match item {
            Syntax::Impl(item) => return self.implementation(item),
            Syntax::Macro(item) => return self.call(item),
            _ => {}
        }
        let Some((name, _)) = named(item) else { return };
        let Some((path, conditions)) = self.public(name) else { return };
        let before = prefix(&conditions) + &marks(attributes(item));
        let none = BTreeSet::new();
        match item {
            Syntax::Struct(item) => {
                let generics = self.scope.generics(&item.generics);
                let shape = self.fields(&path, &item.fields, &item.generics);
                self.put(&path, format!("{before}struct{generics}{shape}"));
                let names = item.fields.iter().filter_map(|it| it.ident.as_ref());
                self.derives(&path, &item.attrs, names.map(ToString::to_string), false);
            }
            Syntax::Enum(item) => {
                let generics = self.scope.generics(&item.generics);
                self.put(&path, format!("{before}enum{generics}"));
                self.variants(&path, item);
            }
            Syntax::Fn(item) => {
                let signature = self.scope.signature(&item.sig, &none);
                self.put(&path, before + &signature);
            }
            Syntax::Const(item) => {
                let ty = self.scope.text(&*item.ty, &none);
                self.put(&path, format!("{before}const: {ty}"));
            }
            Syntax::Static(item) => {
                let ty = self.scope.text(&*item.ty, &none);
                self.put(&path, format!("{before}static: {ty}"));
            }
            Syntax::Type(item) => {
                let generics = self.scope.generics(&item.generics);
                let ty = self.scope.text(&*item.ty, &parameters(&item.generics));
                self.put(&path, format!("{before}type{generics} = {ty}"));
            }
            Syntax::Trait(item) => {
                let mut item = item.clone();
                Bare.visit_item_trait_mut(&mut item);
                let text = self.scope.text(&item, &parameters(&item.generics));
                let text = text.trim_start_matches("pub ").trim_start_matches("unsafe ");
                self.put(&path, before + text);
            }
            Syntax::Union(item) => {
                let mut item = item.clone();
                Bare.visit_item_union_mut(&mut item);
                let text = self.scope.text(&item, &parameters(&item.generics));
                self.put(&path, before + text.trim_start_matches("pub "));
            }
            _ => {}
        }
    }

    /// The public path of something in this module, and the conditions of it.
    fn public(&self, name: String) -> Option<(String, Vec<String>)> {
        let full: Names = self.scope.module.iter().cloned().chain([name]).collect();
        self.scope.exports.paths.get(&full).cloned()
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
            let ty = self.scope.text(&field.ty, &parameters);
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

    fn variants(&mut self, path: &str, item: &syn::ItemEnum) {
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
        self.derives(path, &item.attrs, names, unit);
    }

    fn payload(&self, fields: &Fields, generics: &Generics) -> String {
        let mut fields = fields.clone();
        fields.iter_mut().for_each(|field| field.attrs.clear());
        let text = self.scope.text(&fields, &parameters(generics));
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
                let name = self.scope.text(&derived.path, &BTreeSet::new());
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
        let Some((path, conditions)) = self.scope.about(item) else { return };
        let known = parameters(&item.generics);
        let own = self.scope.text(&*item.self_ty, &known);
        let before = prefix(&conditions) + &shown(&item.attrs);
        let header = format!("impl{}", self.scope.generics(&item.generics));
        let Some((of, _)) = &item.trait_ else {
            // For which parameters it is matters, unless it is for all of them.
            let plain = known.is_empty() && (!own.contains('<') || own.ends_with("<'_>"));
            let behind = if plain { String::new() } else { format!(" in {header} {own}") };
            return self.inherent(&path, item, &before, &behind);
        };
        let of = self.scope.text(of, &known);
        let about = if own == path { String::new() } else { format!(" for {own}") };
        let types = item.items.iter().filter_map(|part| match part {
            ImplItem::Type(part) => {
                Some(format!("type {} = {};", part.ident, self.scope.text(&part.ty, &known)))
            }
            _ => None,
        });
        let types: Vec<_> = types.collect();
        let types = match types.is_empty() {
            true => String::new(),
            false => format!(" {{ {} }}", types.join(" ")),
        };
        self.put(&path, format!("{before}{header} {of}{about}{types}"));
    }

    /// The methods and constants of a type.
    fn inherent(&mut self, path: &str, item: &ItemImpl, before: &str, behind: &str) {
        let known = parameters(&item.generics);
        for part in &item.items {
            match part {
                ImplItem::Fn(part) if is_public(&part.vis) && !is_hidden(&part.attrs) => {
                    let text = self.scope.signature(&part.sig, &known);
                    let text = format!("{before}{}{text}{behind}", shown(&part.attrs));
                    self.put(&format!("{path}::{}", part.sig.ident), text);
                }
                ImplItem::Const(part) if is_public(&part.vis) && !is_hidden(&part.attrs) => {
                    let text = self.scope.text(&part.ty, &known);
                    let text = format!("{before}{}const: {text}{behind}", shown(&part.attrs));
                    self.put(&format!("{path}::{}", part.ident), text);
                }
                _ => {}
            }
        }
    }

    /// The runtime's macro is expanded; of any other, the call is all that is known.
    fn call(&mut self, item: &ItemMacro) {
        let subject = expand::subject(&item.mac.tokens).filter(|_| item.ident.is_none());
        let Some(name) = subject else { return };
        let Some((path, _)) = self.public(name.clone()) else { return };
        let is_open = item.mac.path.segments.last().is_some_and(|it| it.ident == expand::OPEN_ENUM);
        let expanded = self.open_enum.filter(|_| is_open).and_then(|it| it.expand(&name));
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
}
