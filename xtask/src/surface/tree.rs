//! The modules of a crate, and what a path in one of them stands for.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Item, ItemUse, UseTree, Visibility};

/// More modules in each other, and more imports of imports, than anybody writes.
const MAX_DEPTH: usize = 32;

/// The segments of a path. Those of this crate begin with `crate`.
pub(super) type Names = Vec<String>;

/// All modules by their paths.
pub(super) struct Tree {
    pub(super) modules: BTreeMap<Names, Module>,
}

/// A module.
#[derive(Default)]
pub(super) struct Module {
    /// What stands in it, without tests and what documentation hides.
    pub(super) items: Vec<Item>,
    /// The names that it gives to what stands elsewhere.
    pub(super) imports: Vec<Import>,
    /// The names of what stands in it, and whether they are public.
    names: BTreeMap<String, bool>,
}

/// `use path as name`, or `use path::*`.
pub(super) struct Import {
    /// The name; none for all names of the path.
    pub(super) name: Option<String>,
    /// What is imported, as written.
    pub(super) path: Names,
    /// Whether the name is public.
    pub(super) public: bool,
    /// The attributes that say when.
    pub(super) attributes: Vec<Attribute>,
}

impl Tree {
    /// Reads the modules from the root on. The files are those of a workspace.
    pub(super) fn load(
        files: &BTreeMap<Utf8PathBuf, String>,
        src: &Utf8Path,
    ) -> Result<Self, String> {
        let mut tree = Self { modules: BTreeMap::new() };
        let root = parse(files, &[src.join("lib.rs")])?;
        tree.add(files, src, vec!["crate".to_owned()], root)?;
        Ok(tree)
    }

    fn add(
        &mut self,
        files: &BTreeMap<Utf8PathBuf, String>,
        folder: &Utf8Path,
        path: Names,
        items: Vec<Item>,
    ) -> Result<(), String> {
        if path.len() > MAX_DEPTH {
            return Err(format!("modules stand in each other more than {MAX_DEPTH} deep"));
        }
        let mut module = Module::default();
        for item in items.into_iter().filter(|item| !is_hidden(attributes(item))) {
            if let Some((name, visibility)) = named(&item) {
                module.names.insert(name, is_public(visibility));
            }
            match item {
                Item::Use(item) => imports(&item, &mut module.imports),
                Item::Mod(mut item) => {
                    let name = item.ident.to_string();
                    let inside = match item.content.take() {
                        Some((_, items)) => items,
                        None => {
                            let places = [format!("{name}.rs"), format!("{name}/mod.rs")];
                            parse(files, &places.map(|place| folder.join(place)))?
                        }
                    };
                    let below = path.iter().cloned().chain([name.clone()]).collect();
                    self.add(files, &folder.join(name), below, inside)?;
                    module.items.push(Item::Mod(item));
                }
                item => module.items.push(item),
            }
        }
        self.modules.insert(path, module);
        Ok(())
    }

    /// What a path stands for in a module. What is not of this crate stays as it is written.
    pub(super) fn resolve(&self, module: &[String], path: &[String]) -> Names {
        self.follow(module, path, MAX_DEPTH)
    }

    fn follow(&self, module: &[String], path: &[String], depth: usize) -> Names {
        let (mut at, mut rest) = match path.split_first() {
            Some((first, rest)) if first == "crate" => (vec![first.clone()], rest),
            Some((first, rest)) if first == "self" => (module.to_vec(), rest),
            Some((first, _)) if first == "super" => (module.to_vec(), path),
            Some((first, rest)) => match self.lookup(module, first, false, depth) {
                Some(found) => (found, rest),
                None => return path.to_vec(),
            },
            None => return Vec::new(),
        };
        while let Some((_, below)) = rest.split_first().filter(|(first, _)| *first == "super") {
            at.pop();
            rest = below;
        }
        for name in rest {
            match self.lookup(&at, name, at != module, depth) {
                Some(found) => at = found,
                None => at.push(name.clone()),
            }
        }
        at
    }

    /// What a name stands for in a module, if it stands for something there.
    fn lookup(&self, path: &[String], name: &str, outside: bool, depth: usize) -> Option<Names> {
        let module = self.modules.get(path)?;
        let depth = depth.checked_sub(1)?;
        if module.names.contains_key(name) {
            return Some(path.iter().cloned().chain([name.to_owned()]).collect());
        }
        let mut named = module.imports.iter().filter(|it| it.name.as_deref() == Some(name));
        if let Some(import) = named.next() {
            // `use serde;` names another crate, not itself.
            let itself = import.path.first().is_some_and(|first| first == name);
            return Some(match itself {
                true => import.path.clone(),
                false => self.follow(path, &import.path, depth),
            });
        }
        let all = module.imports.iter().filter(|it| it.name.is_none() && (it.public || !outside));
        all.map(|import| self.follow(path, &import.path, depth)).find_map(|from| {
            let public = self.modules.get(&from)?.names.get(name).is_some_and(|public| *public);
            let found = self.lookup(&from, name, true, depth)?;
            // What a module imports for itself is not what a glob finds.
            (public || !self.modules.get(&from)?.names.contains_key(name)).then_some(found)
        })
    }
}

fn parse(
    files: &BTreeMap<Utf8PathBuf, String>,
    places: &[Utf8PathBuf],
) -> Result<Vec<Item>, String> {
    let found = places.iter().find_map(|place| Some((place, files.get(place)?)));
    let Some((place, text)) = found else {
        let place = places.first().map_or("", |place| place.as_str());
        return Err(format!("there is no `{place}`"));
    };
    let mut file =
        syn::parse_file(text).map_err(|error| format!("`{place}` is no Rust: {error}"))?;
    Outside.visit_file_mut(&mut file);
    Ok(file.items)
}

/// Takes away what nobody outside can tell: what functions do, and what documentation says. It is most of a crate.
struct Outside;

impl VisitMut for Outside {
    fn visit_item_fn_mut(&mut self, function: &mut syn::ItemFn) {
        function.block.stmts = Vec::new();
        visit_mut::visit_item_fn_mut(self, function);
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut syn::ImplItemFn) {
        function.block.stmts = Vec::new();
        visit_mut::visit_impl_item_fn_mut(self, function);
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes
            .retain(|it| !(it.path().is_ident("doc") && it.meta.require_name_value().is_ok()));
        attributes.shrink_to_fit();
    }
}

fn imports(item: &ItemUse, imports: &mut Vec<Import>) {
    let mut waiting = vec![(Names::new(), &item.tree)];
    while let Some((mut path, tree)) = waiting.pop() {
        let mut add = |name: Option<String>, path: Names| {
            let (public, attributes) = (is_public(&item.vis), item.attrs.clone());
            imports.push(Import { name, path, public, attributes });
        };
        match tree {
            UseTree::Path(tree) => {
                path.push(tree.ident.to_string());
                waiting.push((path, &tree.tree));
            }
            UseTree::Group(tree) => {
                waiting.extend(tree.items.iter().map(|tree| (path.clone(), tree)));
            }
            UseTree::Glob(_) => add(None, path),
            UseTree::Name(tree) => {
                let name = tree.ident.to_string();
                if name != "self" {
                    path.push(name);
                }
                add(path.last().cloned(), path);
            }
            UseTree::Rename(tree) => {
                if tree.ident != "self" {
                    path.push(tree.ident.to_string());
                }
                add(Some(tree.rename.to_string()), path);
            }
        }
    }
}

/// The name of an item, and who can use it.
pub(super) fn named(item: &Item) -> Option<(String, &Visibility)> {
    let (name, visibility) = match item {
        Item::Const(item) => (&item.ident, &item.vis),
        Item::Enum(item) => (&item.ident, &item.vis),
        Item::Fn(item) => (&item.sig.ident, &item.vis),
        Item::Mod(item) => (&item.ident, &item.vis),
        Item::Static(item) => (&item.ident, &item.vis),
        Item::Struct(item) => (&item.ident, &item.vis),
        Item::Trait(item) => (&item.ident, &item.vis),
        Item::Type(item) => (&item.ident, &item.vis),
        Item::Union(item) => (&item.ident, &item.vis),
        _ => return None,
    };
    Some((name.to_string(), visibility))
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

pub(super) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether something is only for tests, or no part of the public interface.
pub(super) fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| {
        let says = |word| it.parse_args::<syn::Ident>().is_ok_and(|name| name == word);
        (it.path().is_ident("cfg") && says("test")) || (it.path().is_ident("doc") && says("hidden"))
    })
}
