//! Which items can be named from outside, and by which paths.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use syn::{Attribute, Item};

use super::line::line;
use super::tree::{Names, Tree, attributes, is_public, named};

/// More modules under different names than anybody writes.
const MAX_DEPTH: usize = 32;

/// What can be named.
#[derive(Default)]
pub(super) struct Exports {
    /// The shortest public path of each item of the crate, and the conditions of it.
    pub(super) paths: BTreeMap<Names, (String, Vec<String>)>,
    /// Modules and re-exports: their public paths, and their text.
    pub(super) lines: BTreeSet<(String, String)>,
}

/// Walks from the root through what is public.
pub(super) fn exports(tree: &Tree) -> Exports {
    let mut walk = Walk { tree, found: BTreeMap::new(), exports: Exports::default() };
    walk.module(&vec!["crate".to_owned()], "", &[], MAX_DEPTH);
    let Walk { found, mut exports, .. } = walk;
    for (internal, mut paths) in found {
        paths.sort_by_key(|(path, _)| (path.matches("::").count(), path.clone()));
        paths.dedup();
        let mut paths = paths.into_iter();
        let Some((first, conditions)) = paths.next() else { continue };
        for (other, conditions) in paths {
            exports.lines.insert((other, format!("{}use {first}", prefix(&conditions))));
        }
        exports.paths.insert(internal, (first, conditions));
    }
    exports
}

struct Walk<'a> {
    tree: &'a Tree,
    found: BTreeMap<Names, Vec<(String, Vec<String>)>>,
    exports: Exports,
}

impl Walk<'_> {
    /// All that a module shows, below a public path.
    fn module(&mut self, path: &Names, public: &str, conditions: &[String], depth: usize) {
        let tree = self.tree;
        let (Some(module), Some(depth)) = (tree.modules.get(path), depth.checked_sub(1)) else {
            return;
        };
        let below = |name: &str| match public {
            "" => name.to_owned(),
            public => format!("{public}::{name}"),
        };
        for item in &module.items {
            let conditions = add(conditions, attributes(item));
            if let Item::Macro(item) = item
                && let Some(name) = exported(item)
            {
                let text = format!("{}macro {}", prefix(&conditions), matchers(item));
                self.exports.lines.insert((name, text));
                continue;
            }
            let Some((name, visibility)) = named(item) else { continue };
            let full: Names = path.iter().cloned().chain([name.clone()]).collect();
            match item {
                _ if !is_public(visibility) => self.macros(&full, &conditions, depth),
                Item::Mod(_) => self.public_module(&full, &below(&name), &conditions, depth),
                _ => self.found.entry(full).or_default().push((below(&name), conditions)),
            }
        }
        for import in module.imports.iter().filter(|import| import.public) {
            let conditions = add(conditions, &import.attributes);
            let target = tree.resolve(path, &import.path);
            let local = target.first().is_some_and(|first| first == "crate");
            match &import.name {
                None if local => self.module(&target, public, &conditions, depth),
                Some(name) if tree.modules.contains_key(&target) => {
                    self.public_module(&target, &below(name), &conditions, depth);
                }
                Some(name) if local => {
                    self.found.entry(target).or_default().push((below(name), conditions));
                }
                name => {
                    let all = if name.is_none() { "::*" } else { "" };
                    let text = format!("{}use {}{all}", prefix(&conditions), target.join("::"));
                    let name = name.clone().unwrap_or_else(|| format!("*{}", target.join("::")));
                    self.exports.lines.insert((below(&name), text));
                }
            }
        }
    }

    fn public_module(&mut self, path: &Names, public: &str, conditions: &[String], depth: usize) {
        self.exports.lines.insert((public.to_owned(), format!("{}mod", prefix(conditions))));
        self.module(path, public, conditions, depth);
    }

    /// Exported macros are the crate's, wherever they are defined.
    fn macros(&mut self, path: &Names, conditions: &[String], depth: usize) {
        let (Some(module), Some(depth)) = (self.tree.modules.get(path), depth.checked_sub(1))
        else {
            return;
        };
        for item in &module.items {
            match item {
                Item::Macro(item) => {
                    if let Some(name) = exported(item) {
                        let text = format!("{}macro {}", prefix(conditions), matchers(item));
                        self.exports.lines.insert((name, text));
                    }
                }
                Item::Mod(item) => {
                    let below = path.iter().cloned().chain([item.ident.to_string()]).collect();
                    self.macros(&below, conditions, depth);
                }
                _ => {}
            }
        }
    }
}

fn exported(item: &syn::ItemMacro) -> Option<String> {
    let exported = item.attrs.iter().any(|it| it.path().is_ident("macro_export"));
    item.ident.as_ref().filter(|_| exported).map(ToString::to_string)
}

/// What a macro can be called with; what it makes of that is its own affair.
fn matchers(item: &syn::ItemMacro) -> String {
    let mut matchers = Vec::new();
    let mut tokens = item.mac.tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let arrow = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '=');
        if arrow && matches!(token, TokenTree::Group(_)) {
            // As it is: what is a last comma elsewhere is a token here.
            let text = token.to_string();
            matchers.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    matchers.join(" | ")
}

/// The conditions of something, after those of what it stands in.
fn add(conditions: &[String], attributes: &[Attribute]) -> Vec<String> {
    let own = attributes.iter().filter(|it| it.path().is_ident("cfg")).map(line);
    let mut all: Vec<String> = conditions.iter().cloned().chain(own).collect();
    all.dedup();
    all
}

/// Attributes as they stand before something.
pub(super) fn prefix(attributes: &[String]) -> String {
    attributes.iter().map(|attribute| format!("{attribute} ")).collect()
}
