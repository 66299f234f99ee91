//! The normal form of one object: what its members say, in the one spelling.

use std::sync::Arc;

use super::super::text::short;
use super::super::tree::{Forest, Id, Members, Value};
use crate::openapi::{HEADER, OPERATION, ObjectType, PARAMETER, REQUEST_BODY, SCHEMA};

/// The members of an object on their way into the normal form.
pub(super) struct Normal<'f> {
    pub(super) forest: &'f mut Forest,
    pub(super) members: Members,
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

impl Normal<'_> {
    pub(super) fn object(&mut self, object: &'static ObjectType) {
        if object.is(&SCHEMA) {
            self.schema();
        } else if object.is(&PARAMETER) || object.is(&HEADER) {
            self.drop_false(&["required", "deprecated", "allowEmptyValue", "allowReserved"]);
            self.style();
        } else if object.is(&REQUEST_BODY) {
            self.drop_false(&["required"]);
        } else if object.is(&OPERATION) {
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
        let key = |item: &Id| (short(self.forest, *item), self.forest.item(*item).class);
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
        let only =
            |it: Id, ty: &str| self.only_type(it).is_some_and(|it| self.forest.str(it) == Some(ty));
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
        let checks = inner.keys().any(|it| !SCHEMA.is_annotation(it));
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
