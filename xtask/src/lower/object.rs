//! Objects: structs where properties are named, maps where they are not.

use std::collections::BTreeMap;

use crate::config::Renamed;
use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::openapi::Schema;
use crate::plan::{self, Docs, Presence, Property, Shape, TypePlan};

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
    pub(super) fn object(&mut self, schema: Schema<'_>, site: &Site) -> Type {
        if !schema.has_property() {
            let values = schema.other_properties().flatten();
            let values = values.map(|it| self.schema(it, &site.inner("Value")));
            return Type::Map(Box::new(values.unwrap_or(Type::Any)));
        }
        if let Some(same) = self.same_type(schema, site) {
            return same;
        }
        let name = self.claim(schema, site);
        match &site.pointer {
            // Components wait for their turn, so that a long chain of them is no deep one.
            Some(_) => self.pending.push((schema.node().clone(), name.clone(), self.direction)),
            None => self.structure(schema, &name),
        }
        Type::Named(name)
    }

    /// Lowers the insides of the components that have been named, and of those that they name.
    pub(super) fn pending_structures(&mut self) {
        while let Some((node, name, direction)) = self.pending.pop() {
            self.direction = direction;
            self.structure(Schema::of(&node), &name);
        }
    }

    /// The struct that an object with properties becomes.
    pub(super) fn structure(&mut self, schema: Schema<'_>, name: &str) {
        self.open.push((schema.node().clone(), name.to_owned()));
        // Only the form itself has files; what stands inside of it is JSON.
        let form = std::mem::take(&mut self.uploads);
        let mut structure = Structure { name: name.to_owned(), form, ..Structure::default() };
        let choice = self.choice(schema, &mut structure);
        let mut all: Vec<(&str, Schema<'_>)> = schema.properties().collect();
        all.sort_unstable_by_key(|(wire, _)| *wire);
        for (wire, property) in &all {
            if !choice.iter().any(|it| it == wire) {
                let required = schema.requires(wire);
                self.property(wire, *property, required, &mut structure);
            }
        }
        for missing in schema.required_items() {
            let wire = missing.as_str().unwrap_or_default();
            if schema.property(wire).is_none() {
                self.undescribed(wire, missing, &mut structure);
            }
        }
        self.additional(schema, &mut structure);
        let shape = Shape::Struct(structure.properties);
        let (docs, span) = (docs::of_schema(schema), Some(schema.span().clone()));
        let plan = TypePlan { docs, span, shape };
        self.define(name, Product::Object(structure.members), plan);
        self.open.pop();
    }

    fn property(
        &mut self,
        wire: &str,
        schema: Schema<'_>,
        required: bool,
        structure: &mut Structure,
    ) {
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
            ty: plan::unknown(),
            presence,
            nullable: presence == Presence::Optional && matches!(ty, Type::Nullable(_)),
            constant: self.constant_of(wire, schema, &ty, structure),
            upload: structure.form && self.is_file(schema),
            flatten: false,
            docs: self.docs_at(schema),
        };
        // Present or not is the plan's to say; a bare array would lose the difference.
        self.add(property, ty.or_null(presence == Presence::Optional), structure);
    }

    /// The only value of a property: a constant, or the tag by which the object is known among others.
    fn constant_of(
        &self,
        wire: &str,
        schema: Schema<'_>,
        ty: &Type,
        structure: &Structure,
    ) -> Option<String> {
        let is_string = |it: &Product| *it == Product::String;
        match ty {
            Type::String => self.constant(schema).or_else(|| self.tag_of(structure, wire)),
            Type::Named(name) if self.products.get(name).is_some_and(is_string) => {
                self.tag_of(structure, wire)
            }
            _ => None,
        }
    }

    fn tag_of(&self, structure: &Structure, wire: &str) -> Option<String> {
        self.tags.get(&structure.name)?.get(wire).cloned()
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
    fn additional(&mut self, schema: Schema<'_>, structure: &mut Structure) {
        let site = Site::inline(naming::inner_name(&structure.name, "value"));
        let Some(values) = schema.other_properties() else { return };
        let ty = values.map_or(Type::Any, |it| self.schema(it, &site));
        let property = other_members(values.map(|it| self.docs_at(it)).unwrap_or_default());
        self.add(property, Type::Map(Box::new(ty)), structure);
    }

    /// A property that is required and not described. Often it is another one, misspelt, so nobody has to give it.
    fn undescribed(&mut self, wire: &str, node: &Node, structure: &mut Structure) {
        let name = &structure.name;
        let what =
            format!("`{name}` requires `{wire}` and does not describe it: it may be any JSON");
        self.findings.push(Finding::note(Kind::RequiredProperty, what).at(&node.span));
        let property = Property {
            wire: wire.to_owned(),
            name: naming::value_name(wire),
            ty: plan::unknown(),
            presence: Presence::Optional,
            nullable: false,
            constant: None,
            upload: false,
            flatten: false,
            docs: Docs {
                facts: vec!["Required, and not described.".to_owned()],
                ..Docs::default()
            },
        };
        self.add(property, Type::Any.or_null(true), structure);
    }
}

/// The property of a struct that has the members which are not declared.
pub(super) fn other_members(mut docs: Docs) -> Property {
    if docs.text.is_empty() {
        docs.text.push_str("The members beside those that are declared.");
    }
    flattened("additional_properties", docs)
}

/// A property of a struct whose members stand among those of the object.
pub(super) fn flattened(name: &str, docs: Docs) -> Property {
    Property {
        wire: name.to_owned(),
        name: name.to_owned(),
        ty: plan::unknown(),
        presence: Presence::Required,
        nullable: false,
        constant: None,
        upload: false,
        flatten: true,
        docs,
    }
}
