//! Unions: `oneOf`, `anyOf` and lists of types.
//!
//! A union is dispatched on a property's value where one tells the schemas apart, and by trying the
//! schemas in turn, the most particular first, where none does.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind};
use crate::node::{Node, Value};
use crate::openapi::SCHEMA;
use crate::plan::{Alternative, JsonType, Shape, TypePlan, Union};

use super::naming::{self, Scope};
use super::product::{Member, Product, Type};
use super::schema::{Site, strings, types};
use super::tag::{Tag, reference, tag};
use super::{Lowering, docs, merge};

/// A schema of a union on its way.
pub(super) struct Candidate {
    /// The schema as it is written.
    pub(super) node: Node,
    /// The schema with its references followed.
    pub(super) merged: Node,
}

impl Lowering<'_> {
    /// Lowers `oneOf` or `anyOf`, with what stands beside it.
    pub(super) fn alternatives(&mut self, node: &Node, site: &Site) -> Type {
        let keyword = if node.get("oneOf").is_some() { "oneOf" } else { "anyOf" };
        let listed: Vec<&Node> = node.get(keyword).iter().flat_map(|it| it.items()).collect();
        let (nulls, listed): (Vec<&Node>, Vec<&Node>) =
            listed.into_iter().partition(|it| is_null(it));
        if node.get("properties").is_some() && listed.iter().all(|it| only_requires(it)) {
            return self.of_type("object", node, site);
        }
        if keyword == "oneOf" && node.get("anyOf").is_some() {
            self.beside(node, site);
        }
        let base = base(node);
        // Where a tag tells them apart, even equal schemas are different alternatives.
        let tagged = node.get("discriminator").is_some();
        let mut candidates: Vec<Candidate> = Vec::new();
        for alternative in listed {
            let alternative = match &base {
                Some(base) => within(alternative, base),
                None => alternative.clone(),
            };
            match merge::merged(self.document, &alternative) {
                Ok(merged) if !tagged && candidates.iter().any(|it| it.merged == merged) => {}
                Ok(merged) => candidates.push(Candidate { node: alternative, merged }),
                Err(contradiction) => {
                    let what = format!(
                        "a schema of `{}` is taken as any JSON: {}",
                        site.name, contradiction.what
                    );
                    return self.untyped(Kind::Contradiction, what, &contradiction.span);
                }
            }
        }
        self.union(node, candidates, site).or_null(!nulls.is_empty())
    }

    fn beside(&mut self, node: &Node, site: &Site) {
        let what =
            format!("of `oneOf` and `anyOf` side by side, `{}` is made of the first", site.name);
        let finding = Finding::deviation(Kind::AnyOf, what).at(&node.span);
        self.findings.push(finding);
    }

    /// Lowers a schema with several types.
    pub(super) fn of_types(&mut self, several: &[&str], node: &Node, site: &Site) -> Type {
        let candidates = several
            .iter()
            .map(|ty| {
                // What is said of all of them together names and describes none of them.
                let mut merged = merge::without_annotations(node.clone());
                merged.set("type", Node::string(*ty, &node.span));
                Candidate { node: merged.clone(), merged }
            })
            .collect();
        self.union(node, candidates, site)
    }

    fn union(&mut self, node: &Node, mut candidates: Vec<Candidate>, site: &Site) -> Type {
        if let [only] = candidates.as_slice() {
            return self.schema(&only.node, site);
        }
        if candidates.is_empty() || candidates.iter().any(|it| merge::says_nothing(&it.merged)) {
            return Type::Any;
        }
        if let Some(scalar) = self.scalars(node, &candidates, site) {
            return scalar;
        }
        let tag = tag(node, &candidates);
        if tag.is_none() {
            candidates.sort_by_key(|it| std::cmp::Reverse(particularity(&it.merged)));
        }
        if tag.is_none() {
            self.tried_in_turn(node, &candidates, site);
        }
        self.define_union(node, candidates, tag, site)
    }

    /// Reports a union of several objects of which no property tells which one a value is.
    fn tried_in_turn(&mut self, node: &Node, candidates: &[Candidate], site: &Site) {
        let alike = |ty| candidates.iter().filter(|it| json_type(&it.merged) == ty).count() > 1;
        if ![JsonType::Object, JsonType::Array].into_iter().any(alike) {
            return;
        }
        let what = format!("nothing tells the alternatives of `{}` apart", site.name);
        self.findings.push(Finding::deviation(Kind::UntaggedUnion, what).at(&node.span));
    }

    /// Alternatives that are all strings, or all numbers, need no union.
    fn scalars(&mut self, node: &Node, candidates: &[Candidate], site: &Site) -> Option<Type> {
        let json: Vec<JsonType> = candidates.iter().map(|it| json_type(&it.merged)).collect();
        if json.iter().all(|it| matches!(it, JsonType::Integer | JsonType::Number)) {
            let whole = json.iter().all(|it| *it == JsonType::Integer);
            return Some(if whole { Type::Int64 } else { Type::Number });
        }
        if !json.iter().all(|it| *it == JsonType::String) {
            return None;
        }
        let mut values = Vec::new();
        for value in candidates.iter().flat_map(|it| strings(&it.merged).unwrap_or_default()) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Some(self.strings(&values, node, site))
    }

    fn define_union(
        &mut self,
        node: &Node,
        candidates: Vec<Candidate>,
        tag: Option<Tag>,
        site: &Site,
    ) -> Type {
        if let Some(same) = self.same_type(node, site) {
            return same;
        }
        let name = self.claim(node, site);
        self.open.push((node.clone(), name.clone()));
        let mut scope = Scope::with(&["Unknown"]);
        let mut properties = Scope::default();
        let (mut members, mut alternatives) = (BTreeMap::new(), Vec::new());
        for (index, candidate) in candidates.into_iter().enumerate() {
            let (candidate, tags) = match &tag {
                Some(tag) => tag.of(index, candidate),
                None => (candidate, vec![None]),
            };
            let called = self.called(&candidate, tags.first().cloned().flatten().as_deref());
            let property = properties.claim(&naming::value_name(&called));
            let ty = self
                .schema(&candidate.node, &Site::inline(naming::inner_name(&name, &called)))
                .without_null();
            members.insert(property.clone(), Member { ty, required: true });
            for wire in tags {
                let wanted = wire.as_deref().map_or_else(|| called.clone(), naming::variant_name);
                alternatives.push(Alternative {
                    name: self.claim_variant(&mut scope, &name, &wanted),
                    wire,
                    json: json_type(&candidate.merged),
                    property: property.clone(),
                    docs: docs::of_schema(&candidate.merged),
                });
            }
        }
        self.open.pop();
        let shape = Shape::Union(Union { tag: tag.map(|it| it.property), alternatives });
        self.define(
            &name,
            Product::Object(members),
            TypePlan { docs: docs::of_schema(node), span: Some(node.span.clone()), shape },
        );
        Type::Named(name)
    }

    /// What an alternative is called: by its tag, its component, its title, or its type.
    fn called(&self, candidate: &Candidate, tag: Option<&str>) -> String {
        if let Some(tag) = tag {
            return naming::variant_name(tag);
        }
        let pointer = reference(&candidate.node);
        if let Some(component) = pointer.and_then(|pointer| self.components.get(pointer)) {
            return component.clone();
        }
        if let Some(title) = candidate.merged.str("title").and_then(naming::title_as_name) {
            return naming::variant_name(title);
        }
        let name = match (json_type(&candidate.merged), candidate.merged.str("format")) {
            (JsonType::String, Some("date-time")) => "DateTime",
            (JsonType::String, Some("date")) => "Date",
            (JsonType::String, Some("uuid")) => "Uuid",
            (JsonType::String, _) => "String",
            (JsonType::Boolean, _) => "Boolean",
            (JsonType::Integer, _) => "Integer",
            (JsonType::Number, _) => "Number",
            (JsonType::Array, _) => "Array",
            (JsonType::Object, _) => "Object",
            (JsonType::Any, _) => "Value",
        };
        name.to_owned()
    }
}

/// What stands beside `oneOf` and holds for every schema of it.
fn base(node: &Node) -> Option<Node> {
    let mut base = node.clone();
    base.members_mut().retain(|key, _| {
        let keyword = key.text.as_str();
        !matches!(keyword, "oneOf" | "anyOf" | "discriminator" | "nullable")
            && SCHEMA.decides_validity(keyword)
    });
    let tells =
        base.members().any(|(keyword, _)| !matches!(keyword, "type" | "additionalProperties"));
    tells.then_some(base)
}

/// An alternative and what holds for all of them.
pub(super) fn within(alternative: &Node, base: &Node) -> Node {
    let mut node = Node::object(&alternative.span);
    let parts = vec![alternative.clone(), base.clone()];
    node.set("allOf", Node::new(Value::Array(parts), alternative.span.clone()));
    node
}

fn is_null(node: &Node) -> bool {
    let only_null = |it: &Node| it.items().count() == 1 && it.items().all(|it| it.kind() == "null");
    node.str("type") == Some("null")
        || node.get("const").is_some_and(|it| it.kind() == "null")
        || node.get("enum").is_some_and(only_null)
}

/// A schema that asks for properties and says nothing else.
pub(super) fn only_requires(node: &Node) -> bool {
    node.get("required").is_some()
        && node.members().all(|(keyword, _)| {
            matches!(keyword, "required" | "not" | "type") || !SCHEMA.decides_validity(keyword)
        })
}

/// The JSON type that the values of a schema have.
fn json_type(node: &Node) -> JsonType {
    let types: Vec<&str> = types(node).into_iter().filter(|it| *it != "null").collect();
    match types.as_slice() {
        ["string"] => JsonType::String,
        ["integer"] => JsonType::Integer,
        ["number"] => JsonType::Number,
        ["boolean"] => JsonType::Boolean,
        ["array"] => JsonType::Array,
        ["object"] => JsonType::Object,
        [] if strings(node).is_some() => JsonType::String,
        [] if node.get("properties").is_some() => JsonType::Object,
        [] if node.get("items").is_some() => JsonType::Array,
        _ => JsonType::Any,
    }
}

/// How little a schema lets pass: formats before plain strings, many required properties before few.
fn particularity(node: &Node) -> usize {
    let required = node.get("required").map_or(0, |it| it.items().count());
    match json_type(node) {
        JsonType::Any => 0,
        JsonType::String => {
            1 + usize::from(node.get("format").is_some() || strings(node).is_some())
        }
        JsonType::Number => 1,
        JsonType::Integer => 2,
        _ => 3 + required,
    }
}

#[cfg(test)]
mod tests;
