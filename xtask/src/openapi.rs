//! The shape of an OpenAPI document: which members its objects have, in which order, and what they hold.
//!
//! Ordering, respelling and the search for references all walk a document by this one table. It alone
//! knows that a property may be called `$ref`, and that an example is data which nobody rewrites.

mod table;

use crate::node::Node;

pub(crate) use table::{
    COMPONENTS, DOCUMENT, METHODS, OPERATION, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE, SCHEMA,
};

use table::CALLBACK;
/// A kind of object in an OpenAPI document.
pub(crate) struct Kind {
    /// Its members in customary order.
    pub(crate) fields: &'static [(&'static str, Shape)],
}

/// What a member holds.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// Data, kept as the page has it.
    Leaf,
    /// A set of names.
    Names,
    /// An object of a kind; where the page has an array instead, each of its items.
    One(&'static Kind),
    /// An array of objects.
    List(&'static Kind),
    /// Objects by name.
    Map(&'static Kind),
    /// Objects by name, among which extensions stand.
    Extensible(&'static Kind),
}

use Shape::{Extensible, Leaf, List, Map, Names, One};

impl Kind {
    /// What the member of that name holds.
    pub(crate) fn shape(&self, name: &str) -> Shape {
        let field = self.fields.iter().find(|(field, _)| *field == name);
        match field {
            Some((_, shape)) => *shape,
            // A callback has a path item by each of its expressions.
            None if std::ptr::eq(self, &CALLBACK) && !name.starts_with("x-") => One(&PATH_ITEM),
            None => Leaf,
        }
    }

    /// Whether this is that kind.
    pub(crate) fn is(&self, other: &'static Kind) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Shows every object below a node of a kind, the node first.
pub(crate) fn walk<'a>(
    node: &'a Node,
    kind: &'static Kind,
    visit: &mut dyn FnMut(&'a Node, &'static Kind),
) {
    visit(node, kind);
    for (name, member) in node.members() {
        match kind.shape(name) {
            Leaf | Names => {}
            One(kind) if member.as_array().is_some() => {
                member.items().for_each(|item| walk(item, kind, visit));
            }
            One(kind) => walk(member, kind, visit),
            List(kind) => member.items().for_each(|item| walk(item, kind, visit)),
            Map(kind) => member.members().for_each(|(_, value)| walk(value, kind, visit)),
            Extensible(kind) => member
                .members()
                .filter(|(name, _)| !name.starts_with("x-"))
                .for_each(|(_, value)| walk(value, kind, visit)),
        }
    }
}

/// Shows every object below a node of a kind to change it, the node last.
pub(crate) fn walk_mut(
    node: &mut Node,
    kind: &'static Kind,
    visit: &mut dyn FnMut(&mut Node, &'static Kind),
) {
    for (name, member) in node.each_mut() {
        match kind.shape(name) {
            Leaf | Names => {}
            One(kind) if member.as_array().is_some() => {
                member.items_mut().for_each(|item| walk_mut(item, kind, visit));
            }
            One(kind) => walk_mut(member, kind, visit),
            List(kind) => member.items_mut().for_each(|item| walk_mut(item, kind, visit)),
            Map(kind) => member.each_mut().for_each(|(_, value)| walk_mut(value, kind, visit)),
            Extensible(kind) => member
                .each_mut()
                .filter(|(name, _)| !name.starts_with("x-"))
                .for_each(|(_, value)| walk_mut(value, kind, visit)),
        }
    }
    visit(node, kind);
}
