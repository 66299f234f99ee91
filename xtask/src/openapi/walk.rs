//! Goes through a document by the tables, object by object.

use super::keyword::Holds::{Data, Extensible, List, Map, Names, One};
use super::keyword::ObjectType;
use crate::node::Node;

/// Shows every object below a node of a type, the node first.
pub(crate) fn walk<'a>(
    node: &'a Node,
    of: &'static ObjectType,
    visit: &mut dyn FnMut(&'a Node, &'static ObjectType),
) {
    visit(node, of);
    for (name, member) in node.members() {
        match of.holds(name) {
            Data | Names => {}
            One(of) if member.as_array().is_some() => {
                member.items().for_each(|item| walk(item, of, visit));
            }
            One(of) => walk(member, of, visit),
            List(of) => member.items().for_each(|item| walk(item, of, visit)),
            Map(of) => member.members().for_each(|(_, value)| walk(value, of, visit)),
            Extensible(of) => member
                .members()
                .filter(|(name, _)| !name.starts_with("x-"))
                .for_each(|(_, value)| walk(value, of, visit)),
        }
    }
}

/// Shows every object below a node of a type to change it, the node last.
pub(crate) fn walk_mut(
    node: &mut Node,
    of: &'static ObjectType,
    visit: &mut dyn FnMut(&mut Node, &'static ObjectType),
) {
    for (name, member) in node.each_mut() {
        match of.holds(name) {
            Data | Names => {}
            One(of) if member.as_array().is_some() => {
                member.items_mut().for_each(|item| walk_mut(item, of, visit));
            }
            One(of) => walk_mut(member, of, visit),
            List(of) => member.items_mut().for_each(|item| walk_mut(item, of, visit)),
            Map(of) => member.each_mut().for_each(|(_, value)| walk_mut(value, of, visit)),
            Extensible(of) => member
                .each_mut()
                .filter(|(name, _)| !name.starts_with("x-"))
                .for_each(|(_, value)| walk_mut(value, of, visit)),
        }
    }
    visit(node, of);
}
