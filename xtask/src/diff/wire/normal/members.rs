//! The normal form of one object: what its members say, in the one spelling.

use std::sync::Arc;

use super::super::text::short;
use super::super::tree::{Id, Members, SchemaArena, Value, View};
use crate::openapi::normal::{
    ALL_OF, ALL_TYPES, BOUNDS, DISCRIMINATOR, ENUM, EXAMPLE, EXAMPLES, NULLABLE, SETS, TAGS, TYPE,
    UNIONS,
};
use crate::openapi::{OPERATION, ObjectType, SCHEMA, Schema, Tree};

/// The members of an object on their way into the normal form.
pub(super) struct Normal<'f> {
    pub(super) arena: &'f mut SchemaArena,
    pub(super) members: Members,
}

impl Normal<'_> {
    pub(super) fn object(&mut self, object: &'static ObjectType) {
        if object.is(&SCHEMA) {
            self.schema();
        } else if object.is(&OPERATION) {
            self.sort(TAGS);
        }
    }

    fn schema(&mut self) {
        for [bound, exclusive] in BOUNDS {
            self.bound(bound, exclusive);
        }
        SETS.iter().for_each(|name| self.sort(name));
        self.null_type();
        UNIONS.iter().for_each(|name| self.union(name));
        self.null_value();
        self.example();
        self.single(ALL_OF, false);
        self.any_value();
    }

    /// In 3.0 `exclusiveMinimum: true` says of `minimum` that it is itself excluded.
    fn bound(&mut self, bound: &str, exclusive: &str) {
        let Some(&id) = self.members.get(exclusive) else { return };
        let Value::Bool(excluded) = self.arena.item(id).value else { return };
        self.members.remove(exclusive);
        if let Some(limit) = self.members.get(bound).copied().filter(|_| excluded) {
            self.members.remove(bound);
            self.put(exclusive, limit);
        }
    }

    /// The order of a set is nobody's business, nor is saying a thing twice.
    fn sort(&mut self, name: &str) {
        let Some(&id) = self.members.get(name) else { return };
        let Some(items) = self.arena.array(id) else { return };
        // Long texts look alike; the class tells them apart.
        let key = |item: &Id| (short(self.arena, *item), self.arena.item(*item).class);
        let mut keyed: Vec<_> = items.iter().map(|item| (key(item), *item)).collect();
        keyed.sort();
        keyed.dedup_by(|(a, _), (b, _)| a == b);
        let items: Vec<Id> = keyed.into_iter().map(|(_, item)| item).collect();
        self.replace(name, id, Value::Array(items));
    }

    fn null_type(&mut self) {
        let Some(&id) = self.members.get(TYPE) else { return };
        let Some(items) = self.arena.array(id).map(<[Id]>::to_vec) else { return };
        let is_null = |it: &Id| self.arena.str(*it) == Some("null");
        let null = items.iter().copied().find(is_null).filter(|_| items.len() > 1);
        let rest: Vec<Id> = items.into_iter().filter(|it| null.is_none() || !is_null(it)).collect();
        if let Some(null) = null {
            self.nullable(null);
        }
        self.replace(TYPE, id, Value::Array(rest));
        self.types(null.is_some());
    }

    /// Types beside null: whole numbers are numbers, one is no list, and all of them say nothing.
    fn types(&mut self, nullable: bool) {
        let Some(&id) = self.members.get(TYPE) else { return };
        let Some(mut rest) = self.arena.array(id).map(<[Id]>::to_vec) else { return };
        let is = |id: &Id, name: &str| self.arena.str(*id) == Some(name);
        if rest.iter().any(|it| is(it, "number")) {
            rest.retain(|it| !is(it, "integer"));
        }
        let all = |it: &&str| rest.iter().any(|id| self.arena.str(*id) == Some(*it));
        match rest.as_slice() {
            [only] => self.put(TYPE, *only),
            _ if nullable && ALL_TYPES.iter().all(all) => drop(self.members.remove(TYPE)),
            _ => self.replace(TYPE, id, Value::Array(rest)),
        }
    }

    fn union(&mut self, name: &str) {
        let Some(&id) = self.members.get(name) else { return };
        let Some(branches) = self.arena.array(id).map(<[Id]>::to_vec) else { return };
        let is_null = |it: &Id| {
            let branch = self.arena.at(*it);
            Schema::of(branch).is_null() && branch.names().len() == 1
        };
        let null = branches.iter().copied().find(is_null).filter(|_| branches.len() > 1);
        let rest: Vec<Id> =
            branches.iter().copied().filter(|it| null.is_none() || !is_null(it)).collect();
        let types: Option<Vec<Id>> = rest.iter().map(|it| self.only_type(*it)).collect();
        let length = rest.len();
        if let Some(null) = null {
            self.nullable(null);
            self.replace(name, id, Value::Array(rest));
        }
        match types {
            Some(types) if length > 1 && !self.members.contains_key(TYPE) => {
                self.members.remove(name);
                self.replace(TYPE, id, Value::Array(types));
                self.sort(TYPE);
                self.types(null.is_some());
            }
            _ => self.single(name, null.is_some()),
        }
    }

    /// The type of a schema that says nothing else.
    fn only_type(&self, id: Id) -> Option<Id> {
        let schema = self.arena.at(id);
        let only = Schema::of(schema).types_node().filter(|it| it.as_str().is_some());
        only.filter(|_| schema.names().len() == 1).map(View::id)
    }

    fn null_value(&mut self) {
        let Some(&id) = self.members.get(ENUM) else { return };
        let Some(values) = self.arena.array(id).map(<[Id]>::to_vec) else { return };
        let is_null = |it: &Id| self.arena.at(*it).is_null();
        let Some(null) = values.iter().copied().find(is_null) else { return };
        if self.members.contains_key(TYPE) && !self.members.contains_key(NULLABLE) {
            return;
        }
        let rest: Vec<Id> = values.iter().copied().filter(|it| !is_null(it)).collect();
        if rest.is_empty() {
            return;
        }
        self.nullable(null);
        self.replace(ENUM, id, Value::Array(rest));
    }

    fn example(&mut self) {
        let Some(&id) = self.members.get(EXAMPLE) else { return };
        if !self.members.contains_key(EXAMPLES) {
            self.members.remove(EXAMPLE);
            self.replace(EXAMPLES, id, Value::Array(vec![id]));
        }
    }

    /// A composition of one schema is that schema, unless the two speak of the same things. What only describes is
    /// left where it is, but for that of a schema beside null, which nobody can have meant as one of several.
    fn single(&mut self, name: &str, beside_null: bool) {
        let Some(&id) = self.members.get(name) else { return };
        let Some([only]) = self.arena.array(id) else { return };
        let Some(inner) = self.arena.members(*only).cloned() else { return };
        let checks = beside_null || inner.keys().any(|it| !SCHEMA.is_annotation(it));
        let outer = |it: &Arc<str>| &**it != name && self.members.contains_key(it);
        // `nullable` outside means all of it; inside it would be about the one alternative.
        if checks && !inner.keys().any(outer) && !self.members.contains_key(DISCRIMINATOR) {
            self.members.remove(name);
            self.members.extend(inner);
        }
    }

    /// Where every value is valid, null is one of them.
    fn any_value(&mut self) {
        if !self.members.keys().any(|it| &**it != NULLABLE && SCHEMA.decides_validity(it)) {
            self.members.remove(NULLABLE);
        }
    }

    /// Says null where it was said in another spelling.
    fn nullable(&mut self, said: Id) {
        if !self.members.contains_key(NULLABLE) {
            self.replace(NULLABLE, said, Value::Bool(true));
        }
    }

    fn put(&mut self, name: &str, id: Id) {
        let name = self.arena.text(name);
        self.members.insert(name, id);
    }

    fn replace(&mut self, name: &str, at: Id, value: Value) {
        let span = self.arena.item(at).span.clone();
        let origin = self.arena.origin(at);
        let id = self.arena.add(value, &span, origin);
        self.put(name, id);
    }
}
