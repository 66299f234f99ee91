//! The files of an API's folder, for references from one to another: vendors publish documents in parts.
//!
//! What a reference leads to in another file becomes a component of the document that refers to it, so that all later
//! stages know references within a document alone. Only the files of the folder are looked at: nothing above it, and
//! nothing at an address.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::{legacy, text};
use crate::node::{Node, percent_decoded, pointer_name, pointer_token};
use crate::openapi::{COMPONENTS, DOCUMENT, Holds, ObjectType, SCHEMA, walk_mut};
use crate::source::Source;

/// The files, each parsed when it is first asked for.
pub(super) struct Files<'a> {
    pages: Vec<(&'a Arc<Source>, OnceCell<Option<Node>>)>,
    /// Those that others refer to.
    referred: BTreeSet<Utf8PathBuf>,
}

impl<'a> Files<'a> {
    /// The files of an API. Where none refers to another, none is parsed.
    pub(super) fn of(pages: &'a [Arc<Source>]) -> Self {
        let refers = pages.iter().any(|page| refers_elsewhere(page.text()));
        let pages = if refers { pages } else { &[] };
        let pages = pages.iter().map(|page| (page, OnceCell::new())).collect();
        let mut files = Self { pages, referred: BTreeSet::new() };
        let mut referred = BTreeSet::new();
        for (page, _) in files.pages.iter().filter(|(page, _)| refers_elsewhere(page.text())) {
            if let Some(root) = files.root(page.path()) {
                files.collect(root, page.path(), &mut referred);
            }
        }
        files.referred = referred;
        files
    }

    /// Whether a page is no description by itself, but a part of another.
    pub(super) fn is_part(&self, page: &Source) -> bool {
        self.referred.contains(page.path())
            && self.root(page.path()).is_some_and(|root| {
                ["openapi", "swagger"].iter().all(|it| root.get(it).is_none())
                    && !legacy::is_extract(root)
            })
    }

    /// Makes components of what a document refers to in other files.
    pub(super) fn bundle(&self, document: &mut Node, page: &Source) {
        if self.referred.is_empty() {
            return;
        }
        let mut bundle = Bundle {
            files: self,
            page: page.path(),
            names: BTreeMap::new(),
            taken: BTreeSet::new(),
            wanted: BTreeMap::new(),
            waiting: Vec::new(),
        };
        let known = document.get("components").cloned();
        bundle.rewrite(document, &DOCUMENT, page.path(), known.as_ref());
        while let Some(Part { section, name, of, file, pointer }) = bundle.waiting.pop() {
            let target = self.root(&file).and_then(|root| root.pointer(&pointer));
            let Some(mut target) = target.cloned() else { continue };
            bundle.rewrite(&mut target, of, &file, known.as_ref());
            let span = target.span.clone();
            document.entry("components", &span).entry(section, &span).set(&name, target);
        }
    }

    fn root(&self, path: &Utf8Path) -> Option<&Node> {
        let (page, root) = self.pages.iter().find(|(page, _)| page.path() == path)?;
        let parse = || {
            let all = 0..page.text().len();
            let is_json = page.text().trim_start_matches('\u{feff}').trim_start().starts_with('{');
            if is_json { text::json(page, all) } else { text::yaml(page, all) }.ok()
        };
        root.get_or_init(parse).as_ref()
    }

    fn collect(&self, node: &Node, from: &Utf8Path, referred: &mut BTreeSet<Utf8PathBuf>) {
        if let Some((file, _)) = node.str("$ref").and_then(|it| self.resolve(it, from))
            && file != from
        {
            referred.insert(file);
        }
        let inside = node.members().map(|(_, it)| it).chain(node.items());
        inside.for_each(|it| self.collect(it, from, referred));
    }

    /// The file and the pointer of a reference, if it leads to a file of the folder.
    fn resolve(&self, reference: &str, from: &Utf8Path) -> Option<(Utf8PathBuf, String)> {
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let path =
            if file.is_empty() { from.to_owned() } else { joined(from, &percent_decoded(file))? };
        let is_there = self.pages.iter().any(|(page, _)| page.path() == path);
        is_there.then(|| (path, format!("#{pointer}")))
    }
}

/// Whether a text has a reference that does not begin with `#`.
fn refers_elsewhere(text: &str) -> bool {
    text.match_indices("$ref").any(|(at, key)| {
        let rest = text.get(at + key.len()..).unwrap_or_default();
        let rest = rest.trim_start_matches(['"', '\'', ':', ' ', '\t', '\r', '\n']);
        !rest.starts_with('#')
    })
}

/// The path that a relative one leads to from a file. `None` for what is no relative path, or leads above all.
fn joined(from: &Utf8Path, file: &str) -> Option<Utf8PathBuf> {
    if file.contains(':') || file.contains('\\') {
        return None;
    }
    let mut path = from.parent()?.to_owned();
    for component in Utf8Path::new(file).components() {
        match component {
            Utf8Component::Normal(name) => path.push(name),
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                if !path.pop() {
                    return None;
                }
            }
            Utf8Component::RootDir | Utf8Component::Prefix(_) => return None,
        }
    }
    Some(path)
}

/// Something in another file that becomes a component.
struct Part {
    section: &'static str,
    name: String,
    of: &'static ObjectType,
    file: Utf8PathBuf,
    pointer: String,
}

struct Bundle<'f> {
    files: &'f Files<'f>,
    page: &'f Utf8Path,
    /// The names of components by file, pointer and section.
    names: BTreeMap<(Utf8PathBuf, String, &'static str), String>,
    /// The same by section and name.
    taken: BTreeSet<(&'static str, String)>,
    /// By section and wanted name, how many have it.
    wanted: BTreeMap<(&'static str, String), usize>,
    waiting: Vec<Part>,
}

impl Bundle<'_> {
    /// Rewrites the references of what stands in a file, so that they lead to components of the document.
    fn rewrite(
        &mut self,
        node: &mut Node,
        of: &'static ObjectType,
        file: &Utf8Path,
        known: Option<&Node>,
    ) {
        walk_mut(node, of, &mut |node, of| {
            if let Some(reference) = node.get_mut("$ref") {
                self.reference(reference, of, file, known);
            }
            if of.is(&SCHEMA) {
                let mapping = node.get_mut("discriminator").and_then(|it| it.get_mut("mapping"));
                mapping
                    .into_iter()
                    .flat_map(Node::each_mut)
                    // A tag may also lead to a component by its name.
                    .filter(|(_, target)| {
                        target.as_str().is_some_and(|it| it.contains(['#', '/', '.']))
                    })
                    .for_each(|(_, target)| self.reference(target, &SCHEMA, file, known));
            }
        });
    }

    fn reference(
        &mut self,
        node: &mut Node,
        of: &'static ObjectType,
        file: &Utf8Path,
        known: Option<&Node>,
    ) {
        let Some(text) = node.as_str() else { return };
        let is_own = text.starts_with('#') && file == self.page;
        let Some((target, pointer)) = self.files.resolve(text, file).filter(|_| !is_own) else {
            return;
        };
        let new = match section(of) {
            _ if target == self.page => pointer,
            Some(section) => self.component(target, pointer, (section, of), known),
            None => return,
        };
        *node = Node::string(new, &node.span);
    }

    /// The reference to a component that is, or will be, what stands in another file.
    fn component(
        &mut self,
        file: Utf8PathBuf,
        pointer: String,
        (section, of): (&'static str, &'static ObjectType),
        known: Option<&Node>,
    ) -> String {
        let id = (file, pointer, section);
        if let Some(name) = self.names.get(&id) {
            return reference_to(section, name);
        }
        let (file, pointer, _) = &id;
        let wanted = wanted_name(file, pointer);
        let known = known.and_then(|it| it.get(section));
        let count = self.wanted.entry((section, wanted.clone())).or_default();
        let name = loop {
            *count += 1;
            let name = if *count == 1 { wanted.clone() } else { format!("{wanted}{count}") };
            let is_known = known.is_some_and(|it| it.get(&name).is_some());
            if !is_known && self.taken.insert((section, name.clone())) {
                break name;
            }
        };
        let (file, pointer) = (file.clone(), pointer.clone());
        self.waiting.push(Part { section, name: name.clone(), of, file, pointer });
        let reference = reference_to(section, &name);
        self.names.insert(id, name);
        reference
    }
}

fn reference_to(section: &str, name: &str) -> String {
    format!("#/components/{section}/{}", pointer_token(name))
}

/// The section of the components that holds objects of a type.
fn section(of: &'static ObjectType) -> Option<&'static str> {
    let holds = |holds| matches!(holds, Holds::Map(held) if of.is(held));
    COMPONENTS.keywords.iter().find(|it| holds(it.holds)).map(|it| it.name)
}

/// The name of the last thing that a reference names, in the characters that a component may have.
fn wanted_name(file: &Utf8Path, pointer: &str) -> String {
    let last = pointer.rsplit('/').next().map(|it| pointer_name(&percent_decoded(it)));
    let last = last.filter(|it| !it.is_empty() && it != "#");
    let name = last.or(file.file_stem().map(str::to_owned)).unwrap_or_default();
    let legal = |it: char| if it.is_ascii_alphanumeric() || "._-".contains(it) { it } else { '_' };
    let name: String = name.chars().map(legal).collect();
    if name.is_empty() { "part".to_owned() } else { name }
}

#[cfg(test)]
mod tests;
