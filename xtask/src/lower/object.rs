//! Objects: structs where properties are named, maps where they are not.

use std::collections::BTreeMap;

use crate::config::Renamed;
use crate::finding::{Finding, Kind};
use crate::node::{Node, Object, Value};
use crate::plan::{Presence, Property, Shape, TypePlan};

use super::naming::{self, Scope};
use super::product::{Member, Product, Type};
use super::schema::Site;
use super::{Lowering, docs};

/// A struct in the making.
#[derive(Default)]
pub(super) struct Structure {
    /// Its name.
    pub(super) name: String,
    /// Whether it is a form, whose files are files.
    form: bool,
    scope: Scope,
    members: BTreeMap<String, Member>,
    properties: BTreeMap<String, Property>,
}

impl Lowering<'_> {
    /// Lowers a schema of an object.
    pub(super) fn object(&mut self, node: &Node, site: &Site) -> Type {
        if node.get("properties").and_then(Node::as_object).is_none_or(|it| it.is_empty()) {
            let values = rest(node).map(|values| self.schema(&values, &site.inner("Value")));
            return Type::Map(Box::new(values.unwrap_or(Type::Any)));
        }
        if let Some(same) = self.same_type(node, site) {
            return same;
        }
        let name = self.claim(node, site);
        match &site.pointer {
            // Components wait for their turn, so that a long chain of them is no deep one.
            Some(_) => self.pending.push((node.clone(), name.clone())),
            None => self.structure(node, &name),
        }
        Type::Named(name)
    }

    /// Lowers the insides of the components that have been named, and of those that they name.
    pub(super) fn pending_structures(&mut self) {
        while let Some((node, name)) = self.pending.pop() {
            self.structure(&node, &name);
        }
    }

    /// The struct that an object with properties becomes.
    pub(super) fn structure(&mut self, node: &Node, name: &str) {
        self.open.push((node.clone(), name.to_owned()));
        // Only the form itself has files; what stands inside of it is JSON.
        let form = std::mem::take(&mut self.uploads);
        let mut structure = Structure { name: name.to_owned(), form, ..Structure::default() };
        let choice = self.choice(node, &mut structure);
        let required: Vec<&Node> = node.get("required").iter().flat_map(|it| it.items()).collect();
        let mut all: Vec<(&str, &Node)> =
            node.get("properties").iter().flat_map(|it| it.members()).collect();
        all.sort_unstable_by_key(|(wire, _)| *wire);
        for (wire, schema) in &all {
            if !choice.iter().any(|it| it == wire) {
                let required = required.iter().any(|it| it.as_str() == Some(wire));
                self.property(wire, schema, required, &mut structure);
            }
        }
        for missing in required {
            let wire = missing.as_str().unwrap_or_default();
            if !all.iter().any(|(name, _)| *name == wire) {
                self.undescribed(wire, name, missing);
            }
        }
        if let Some(values) = rest(node) {
            self.additional(&values, &mut structure);
        }
        let shape = Shape::Struct(structure.properties);
        let plan = TypePlan { docs: docs::of_schema(node), span: Some(node.span.clone()), shape };
        self.define(name, Product::Object(structure.members), plan);
        self.open.pop();
    }

    fn property(&mut self, wire: &str, schema: &Node, required: bool, structure: &mut Structure) {
        let site = Site::inline(naming::inner_name(&structure.name, wire));
        let ty = self.schema(schema, &site);
        let presence = match (required, &ty) {
            (true, Type::Nullable(_)) => Presence::Nullable,
            (true, _) => Presence::Required,
            (false, _) => Presence::Optional,
        };
        let property = Property {
            wire: wire.to_owned(),
            name: naming::value_name(wire),
            presence,
            constant: self.constant(schema).filter(|_| ty == Type::String),
            upload: structure.form && self.is_file(schema),
            flatten: false,
            docs: docs::of_schema(schema),
        };
        // Present or not is the plan's to say; a bare array would lose the difference.
        self.add(property, ty.or_null(presence == Presence::Optional), structure);
    }

    /// Adds a property under a name that no other has.
    pub(super) fn add(&mut self, mut property: Property, ty: Type, structure: &mut Structure) {
        let outer = &structure.name;
        let name = self.claim_in(&mut structure.scope, &property.name, |name| {
            Renamed::Property(format!("{outer}.{name}"))
        });
        property.name.clone_from(&name);
        let required = property.presence != Presence::Optional;
        structure.members.insert(name.clone(), Member { ty, required });
        structure.properties.insert(name, property);
    }

    /// Properties that the page does not name but describes.
    fn additional(&mut self, values: &Node, structure: &mut Structure) {
        let site = Site::inline(naming::inner_name(&structure.name, "value"));
        let ty = Type::Map(Box::new(self.schema(values, &site)));
        let property = Property {
            wire: "additional_properties".to_owned(),
            name: "additional_properties".to_owned(),
            presence: Presence::Required,
            constant: None,
            upload: false,
            flatten: true,
            docs: docs::of_schema(values),
        };
        self.add(property, ty, structure);
    }

    fn undescribed(&mut self, wire: &str, name: &str, node: &Node) {
        let what = format!("`{name}` requires `{wire}`, but does not describe it");
        let finding = Finding::deviation(Kind::RequiredProperty, what).at(&node.span);
        self.findings.push(finding);
    }
}

/// The schema of the properties that an object does not name, if there is one.
pub(super) fn rest(node: &Node) -> Option<Node> {
    if let Some(values) = node.get("additionalProperties").filter(|it| it.as_object().is_some()) {
        return Some(values.clone());
    }
    let mut patterns = node.get("patternProperties")?.members();
    let (_, first) = patterns.next()?;
    Some(match patterns.next() {
        None => first.clone(),
        // Which of them a value is of depends on its name, which a map does not tell its values.
        Some(_) => Node::new(Value::Object(Object::new()), first.span.clone()),
    })
}
