//! One spelling for what can be spelled in several ways, so that the same thing is equal by construction.
//!
//! Null is a flag of a schema (`nullable: true`), whether the page says it so, in a list of types, or as one
//! of two alternatives. Bounds that exclude themselves are numbers. What is the default, or says nothing, is
//! not there. A union of nothing but types is a list of types, an `allOf` of one is that one, and sets are
//! sorted. What we add ourselves (`x-bindery`) is not the vendor's, and is not compared.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::tree::{Document, Forest, Id, Members, Value, target};
use crate::node::{self, Node, pointer_token};
use crate::read::grammar::{
    DOCUMENT, Kind, OPERATION, PARAMETER, REQUEST_BODY, SCHEMA, Shape, walk,
};
use crate::source::Span;

/// Plants a bound document in its normal form.
pub(super) fn plant(forest: &mut Forest, document: &Node) -> Document {
    let mut wanted = HashSet::new();
    walk(document, &DOCUMENT, &mut |node, _| {
        wanted.extend(node.str("$ref").and_then(target));
    });
    let origin = forest.root_origin();
    let mut planter = Planter { forest, wanted, targets: HashMap::new(), pointer: String::new() };
    let root = planter.one(document, Some(&DOCUMENT), origin);
    Document { root, targets: planter.targets }
}

struct Planter<'f> {
    forest: &'f mut Forest,
    /// The pointers that references lead to.
    wanted: HashSet<String>,
    targets: HashMap<String, Id>,
    pointer: String,
}

impl Planter<'_> {
    fn one(&mut self, node: &Node, kind: Option<&'static Kind>, origin: usize) -> Id {
        let schema = kind.is_some_and(|kind| kind.is(&SCHEMA));
        let id = match &node.value {
            node::Value::Object(members) => {
                let mut planted = Members::new();
                let kept = members.iter().filter(|(name, _)| !name.text.starts_with("x-bindery"));
                for (name, member) in kept {
                    let shape = kind.map_or(Shape::Leaf, |kind| kind.shape(&name.text));
                    let id = self.below(&name.text, origin, |planter, origin| {
                        planter.shape(member, shape, origin)
                    });
                    let name = self.forest.text(&name.text);
                    planted.insert(name, id);
                }
                if let Some(kind) = kind {
                    let mut normal = Normal { forest: self.forest, members: planted };
                    normal.object(kind);
                    planted = normal.members;
                }
                self.forest.add(Value::Object(planted), &node.span, origin)
            }
            node::Value::Array(items) => self.array(items, kind, &node.span, origin),
            node::Value::Bool(true) if schema => {
                self.forest.add(Value::Object(Members::new()), &node.span, origin)
            }
            node::Value::Bool(it) => self.forest.add(Value::Bool(*it), &node.span, origin),
            node::Value::Null => self.forest.add(Value::Null, &node.span, origin),
            node::Value::Number(it) => {
                self.forest.add(Value::Number(it.clone()), &node.span, origin)
            }
            node::Value::String(it) => {
                let text = self.forest.text(it);
                self.forest.add(Value::String(text), &node.span, origin)
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
        kind: Option<&'static Kind>,
        span: &Span,
        origin: usize,
    ) -> Id {
        let planted = items.iter().enumerate().map(|(at, item)| {
            self.below(&at.to_string(), origin, |planter, origin| planter.one(item, kind, origin))
        });
        let planted = planted.collect();
        self.forest.add(Value::Array(planted), span, origin)
    }

    fn shape(&mut self, node: &Node, shape: Shape, origin: usize) -> Id {
        match shape {
            Shape::Leaf | Shape::Names => self.one(node, None, origin),
            Shape::One(kind) | Shape::List(kind) => self.one(node, Some(kind), origin),
            Shape::Map(kind) => self.map(node, kind, false, origin),
            Shape::Extensible(kind) => self.map(node, kind, true, origin),
        }
    }

    fn map(&mut self, node: &Node, kind: &'static Kind, extensible: bool, origin: usize) -> Id {
        let Some(members) = node.as_object() else { return self.one(node, None, origin) };
        let mut planted = Members::new();
        for (name, member) in members {
            let kind = Some(kind).filter(|_| !(extensible && name.text.starts_with("x-")));
            let id =
                self.below(&name.text, origin, |planter, origin| planter.one(member, kind, origin));
            let name = self.forest.text(&name.text);
            planted.insert(name, id);
        }
        self.forest.add(Value::Object(planted), &node.span, origin)
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
        let origin = self.forest.origin_below(origin, name);
        let id = plant(self, origin);
        self.pointer.truncate(length);
        id
    }
}

/// The members of an object on their way into the normal form.
struct Normal<'f> {
    forest: &'f mut Forest,
    members: Members,
}

/// Members of a schema that are sets.
const SETS: [&str; 3] = ["required", "type", "enum"];

/// Members of a schema that say nothing when they are an empty object.
const EMPTY_SCHEMAS: [&str; 7] = [
    "additionalProperties",
    "items",
    "additionalItems",
    "unevaluatedItems",
    "unevaluatedProperties",
    "propertyNames",
    "properties",
];

/// Members of a schema that check nothing.
pub(super) const ANNOTATIONS: [&str; 9] = [
    "title",
    "description",
    "$comment",
    "example",
    "examples",
    "externalDocs",
    "deprecated",
    "default",
    "xml",
];

impl Normal<'_> {
    fn object(&mut self, kind: &'static Kind) {
        if kind.is(&SCHEMA) {
            self.schema();
        } else if kind.is(&PARAMETER) {
            self.drop_false(&["required", "deprecated", "allowEmptyValue", "allowReserved"]);
            self.style();
        } else if kind.is(&REQUEST_BODY) {
            self.drop_false(&["required"]);
        } else if kind.is(&OPERATION) {
            self.drop_false(&["deprecated"]);
            self.drop_empty(&["tags", "parameters", "callbacks"]);
            self.sort("tags");
        }
    }

    fn schema(&mut self) {
        self.bound("minimum", "exclusiveMinimum");
        self.bound("maximum", "exclusiveMaximum");
        self.drop_false(&["nullable", "deprecated", "readOnly", "writeOnly", "uniqueItems"]);
        for name in ["minLength", "minItems", "minProperties"] {
            self.drop_if(name, |forest, id| forest.number(id) == Some(0.0));
        }
        self.drop_if("pattern", |forest, id| forest.str(id) == Some(""));
        self.drop_empty(&[
            "required",
            "dependentRequired",
            "dependentSchemas",
            "patternProperties",
        ]);
        for name in EMPTY_SCHEMAS {
            self.drop_if(name, |forest, id| forest.members(id).is_some_and(|it| it.is_empty()));
        }
        SETS.iter().for_each(|name| self.sort(name));
        self.null_type();
        ["anyOf", "oneOf"].iter().for_each(|name| self.union(name));
        self.null_value();
        self.example();
        self.single("allOf");
    }

    fn drop_if(&mut self, name: &str, says_nothing: impl Fn(&Forest, Id) -> bool) {
        if self.members.get(name).is_some_and(|id| says_nothing(self.forest, *id)) {
            self.members.remove(name);
        }
    }

    fn drop_false(&mut self, names: &[&str]) {
        for name in names {
            self.drop_if(name, |forest, id| matches!(forest.item(id).value, Value::Bool(false)));
        }
    }

    fn drop_empty(&mut self, names: &[&str]) {
        for name in names {
            self.drop_if(name, |forest, id| match &forest.item(id).value {
                Value::Array(items) => items.is_empty(),
                Value::Object(members) => members.is_empty(),
                _ => false,
            });
        }
    }

    /// In 3.0 `exclusiveMinimum: true` says of `minimum` that it is itself excluded.
    fn bound(&mut self, bound: &str, exclusive: &str) {
        let Some(&id) = self.members.get(exclusive) else { return };
        let Value::Bool(excluded) = self.forest.item(id).value else { return };
        self.members.remove(exclusive);
        if let Some(limit) = self.members.get(bound).copied().filter(|_| excluded) {
            self.members.remove(bound);
            self.put(exclusive, limit);
        }
    }

    /// The order of a set is nobody's business, nor is saying a thing twice.
    fn sort(&mut self, name: &str) {
        let Some(&id) = self.members.get(name) else { return };
        let Some(items) = self.forest.array(id) else { return };
        // Long texts look alike; the class tells them apart.
        let key =
            |item: &Id| (super::text::short(self.forest, *item), self.forest.item(*item).class);
        let mut keyed: Vec<_> = items.iter().map(|item| (key(item), *item)).collect();
        keyed.sort();
        keyed.dedup_by(|(a, _), (b, _)| a == b);
        let items: Vec<Id> = keyed.into_iter().map(|(_, item)| item).collect();
        self.replace(name, id, Value::Array(items));
    }

    fn null_type(&mut self) {
        let Some(&id) = self.members.get("type") else { return };
        let Some(items) = self.forest.array(id).map(<[Id]>::to_vec) else { return };
        let is_null = |it: &Id| self.forest.str(*it) == Some("null");
        let null = items.iter().copied().find(is_null).filter(|_| items.len() > 1);
        let rest: Vec<Id> = items.into_iter().filter(|it| null.is_none() || !is_null(it)).collect();
        if let Some(null) = null {
            self.nullable(null);
        }
        match rest.as_slice() {
            [only] => self.put("type", *only),
            _ => self.replace("type", id, Value::Array(rest)),
        }
    }

    fn union(&mut self, name: &str) {
        let Some(&id) = self.members.get(name) else { return };
        let Some(branches) = self.forest.array(id).map(<[Id]>::to_vec) else { return };
        let only = |it: Id, kind: &str| {
            self.only_type(it).is_some_and(|it| self.forest.str(it) == Some(kind))
        };
        let null = branches.iter().copied().find(|it| only(*it, "null"));
        let null = null.filter(|_| branches.len() > 1);
        let rest: Vec<Id> =
            branches.iter().copied().filter(|it| null.is_none() || !only(*it, "null")).collect();
        let types: Option<Vec<Id>> = rest
            .iter()
            .map(|it| self.only_type(*it).filter(|it| self.forest.str(*it).is_some()))
            .collect();
        let length = rest.len();
        if let Some(null) = null {
            self.nullable(null);
            self.replace(name, id, Value::Array(rest));
        }
        match types {
            Some(types) if length > 1 && !self.members.contains_key("type") => {
                self.members.remove(name);
                self.replace("type", id, Value::Array(types));
                self.sort("type");
            }
            _ => self.single(name),
        }
    }

    /// The type of a schema that says nothing else.
    fn only_type(&self, id: Id) -> Option<Id> {
        let members = self.forest.members(id)?;
        members.get("type").copied().filter(|_| members.len() == 1)
    }

    fn null_value(&mut self) {
        let Some(&id) = self.members.get("enum") else { return };
        let Some(values) = self.forest.array(id).map(<[Id]>::to_vec) else { return };
        let is_null = |it: &Id| matches!(self.forest.item(*it).value, Value::Null);
        let Some(null) = values.iter().copied().find(is_null) else { return };
        if self.members.contains_key("type") && !self.members.contains_key("nullable") {
            return;
        }
        let rest: Vec<Id> = values.iter().copied().filter(|it| !is_null(it)).collect();
        if rest.is_empty() {
            return;
        }
        self.nullable(null);
        self.replace("enum", id, Value::Array(rest));
    }

    fn example(&mut self) {
        let Some(&id) = self.members.get("example") else { return };
        if !self.members.contains_key("examples") {
            self.members.remove("example");
            self.replace("examples", id, Value::Array(vec![id]));
        }
    }

    /// A composition of one schema is that schema, unless the two speak of the same things.
    fn single(&mut self, name: &str) {
        let Some(&id) = self.members.get(name) else { return };
        let Some([only]) = self.forest.array(id) else { return };
        let Some(inner) = self.forest.members(*only).cloned() else { return };
        let checks = inner.keys().any(|it| !ANNOTATIONS.contains(&&**it));
        let outer = |it: &Arc<str>| &**it != name && self.members.contains_key(it);
        // `nullable` outside means all of it; inside it would be about the one alternative.
        if checks && !inner.keys().any(outer) && !self.members.contains_key("discriminator") {
            self.members.remove(name);
            self.members.extend(inner);
        }
    }

    fn style(&mut self) {
        let place = self.members.get("in").and_then(|it| self.forest.str(*it)).unwrap_or("header");
        let usual = if matches!(place, "query" | "cookie") { "form" } else { "simple" };
        let style = self.members.get("style").and_then(|it| self.forest.str(*it));
        let exploded = style.unwrap_or(usual) == "form";
        let is_usual = style == Some(usual);
        self.drop_if("style", |_, _| is_usual);
        self.drop_if(
            "explode",
            |forest, id| matches!(forest.item(id).value, Value::Bool(it) if it == exploded),
        );
    }

    /// Says null where it was said in another spelling.
    fn nullable(&mut self, said: Id) {
        if !self.members.contains_key("nullable") {
            self.replace("nullable", said, Value::Bool(true));
        }
    }

    fn put(&mut self, name: &str, id: Id) {
        let name = self.forest.text(name);
        self.members.insert(name, id);
    }

    fn replace(&mut self, name: &str, at: Id, value: Value) {
        let span = self.forest.item(at).span.clone();
        let origin = self.forest.origin(at);
        let id = self.forest.add(value, &span, origin);
        self.put(name, id);
    }
}
