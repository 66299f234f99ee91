//! One spelling for what can be spelled in several ways, so that the same thing is equal by construction.
//!
//! Null is a flag of a schema (`nullable: true`), whether the page says it so, in a list of types, or as one
//! of two alternatives. Bounds that exclude themselves are numbers. What is the default, or says nothing, is
//! not there. A union of nothing but types is a list of types, an `allOf` of one is that one, and sets are
//! sorted. What we add ourselves (`x-bindery`) is not the vendor's, and is not compared.

mod members;

use std::collections::{HashMap, HashSet};

use super::tree::{Document, Id, Members, SchemaArena, Value, target};
use crate::node::{self, Node, pointer_token};
use crate::openapi::normal::is_silent;
use crate::openapi::{DOCUMENT, Holds, ObjectType, SCHEMA, Schema, walk};
use crate::source::Span;

use members::Normal;

/// Plants a bound document in its normal form.
pub(super) fn plant(arena: &mut SchemaArena, document: &Node) -> Document {
    let mut wanted = HashSet::new();
    walk(document, &DOCUMENT, &mut |node, _| {
        wanted.extend(Schema::of(node).reference().and_then(target));
    });
    let origin = arena.root_origin();
    let mut planter = Planter { arena, wanted, targets: HashMap::new(), pointer: String::new() };
    let root = planter.one(document, Some(&DOCUMENT), origin);
    let document = Document { root, targets: planter.targets };
    arena.link(&document);
    document
}

struct Planter<'f> {
    arena: &'f mut SchemaArena,
    /// The pointers that references lead to.
    wanted: HashSet<String>,
    targets: HashMap<String, Id>,
    pointer: String,
}

impl Planter<'_> {
    fn one(&mut self, node: &Node, object: Option<&'static ObjectType>, origin: usize) -> Id {
        let schema = object.is_some_and(|object| object.is(&SCHEMA));
        let id = match &node.value {
            node::Value::Object(members) => {
                let mut planted = Members::new();
                let kept = members.iter().filter(|(name, _)| !name.text.starts_with("x-bindery"));
                for (name, member) in kept {
                    let shape = object.map_or(Holds::Data, |object| object.holds(&name.text));
                    let id = self.below(&name.text, origin, |planter, origin| {
                        planter.shape(member, shape, origin)
                    });
                    let value = self.arena.at(id);
                    // Whatever an anchor is for, it is for references that name it.
                    let is_named = |it: &str| self.wanted.contains(it);
                    if object.is_some_and(|it| is_silent(it, node, &name.text, value, is_named)) {
                        continue;
                    }
                    let name = self.arena.text(&name.text);
                    planted.insert(name, id);
                }
                if let Some(object) = object {
                    let mut normal = Normal { arena: self.arena, members: planted };
                    normal.object(object);
                    planted = normal.members;
                }
                self.arena.add(Value::Object(planted), &node.span, origin)
            }
            node::Value::Array(items) => self.array(items, object, &node.span, origin),
            node::Value::Bool(true) if schema => {
                self.arena.add(Value::Object(Members::new()), &node.span, origin)
            }
            node::Value::Bool(it) => self.arena.add(Value::Bool(*it), &node.span, origin),
            node::Value::Null => self.arena.add(Value::Null, &node.span, origin),
            node::Value::Number(it) => {
                self.arena.add(Value::Number(it.clone()), &node.span, origin)
            }
            node::Value::String(it) => {
                let text = self.arena.text(it);
                self.arena.add(Value::String(text), &node.span, origin)
            }
        };
        let leads_here = matches!(node.value, node::Value::Object(_)) || schema;
        if leads_here && self.wanted.contains(&self.pointer) {
            self.targets.insert(self.pointer.clone(), id);
        }
        id
    }

    fn array(
        &mut self,
        items: &[Node],
        object: Option<&'static ObjectType>,
        span: &Span,
        origin: usize,
    ) -> Id {
        let planted = items.iter().enumerate().map(|(at, item)| {
            self.below(&at.to_string(), origin, |planter, origin| planter.one(item, object, origin))
        });
        let planted = planted.collect();
        self.arena.add(Value::Array(planted), span, origin)
    }

    fn shape(&mut self, node: &Node, shape: Holds, origin: usize) -> Id {
        match shape {
            Holds::Data | Holds::Names => self.one(node, None, origin),
            Holds::One(object) | Holds::List(object) => self.one(node, Some(object), origin),
            Holds::Map(object) => self.map(node, object, false, origin),
            Holds::Extensible(object) => self.map(node, object, true, origin),
        }
    }

    fn map(
        &mut self,
        node: &Node,
        object: &'static ObjectType,
        extensible: bool,
        origin: usize,
    ) -> Id {
        let Some(members) = node.as_object() else { return self.one(node, None, origin) };
        let mut planted = Members::new();
        for (name, member) in members {
            let object = Some(object).filter(|_| !(extensible && name.text.starts_with("x-")));
            let id = self
                .below(&name.text, origin, |planter, origin| planter.one(member, object, origin));
            let name = self.arena.text(&name.text);
            planted.insert(name, id);
        }
        self.arena.add(Value::Object(planted), &node.span, origin)
    }

    fn below(
        &mut self,
        name: &str,
        origin: usize,
        plant: impl FnOnce(&mut Self, usize) -> Id,
    ) -> Id {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&pointer_token(name));
        let origin = self.arena.origin_below(origin, name);
        let id = plant(self, origin);
        self.pointer.truncate(length);
        id
    }
}
