//! Equal types: schemas written in place that are the same become one type, named by what their names have in common.
//!
//! Equal is what reads, says and sends the same; what is nearly so is not. Components keep the types that the vendor gave
//! them, unless two differ in prose alone and would have the same name in Rust.

mod partition;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Renamed;
use crate::plan::{Docs, Property, Shape, TypePlan, Union};

use super::Lowering;
use super::direction::Direction;
use super::naming::{self, Scope};
use super::product::{Product, Type};

/// What is known of a type when it gets its name.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// What a component would be called if no other were called so. `None` for what is written in place.
    pub(super) component: Option<String>,
    /// Whether the vendor's title named it.
    pub(super) titled: bool,
    /// Whether it is the body of a failure.
    pub(super) failure: bool,
    /// Which way what it stands in goes.
    direction: Direction,
    /// Whether something else had the name that it wanted.
    numbered: bool,
}

/// The names that took the place of others, by these.
type Renaming = BTreeMap<String, String>;

/// What types have in common that may be equal.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Outline {
    /// What sets it apart from all others, whatever they look like.
    alone: Option<String>,
    /// Where the vendor says more about it.
    url: Option<String>,
    /// The plan, as text.
    shape: String,
    /// The lowered schema, without the names in it.
    product: Product,
    direction: Direction,
}

impl Lowering<'_> {
    /// Takes a name for a type that is written in place.
    pub(super) fn claim_in_place(&mut self, wanted: &str) -> String {
        self.claim_from(wanted, Origin::default())
    }

    /// Takes a name for a type that is written in place, and that a title names.
    pub(super) fn claim_titled(&mut self, title: &str) -> String {
        self.claim_from(title, Origin { titled: true, ..Origin::default() })
    }

    fn claim_from(&mut self, wanted: &str, origin: Origin) -> String {
        let name = self.claim_type(wanted);
        let numbered = name != wanted && !self.scope.is_renamed(&name);
        let origin = Origin { direction: self.direction, numbered, ..origin };
        self.origins.insert(name.clone(), origin);
        name
    }

    /// Takes a name for a component. Only those are made one that want the same name.
    pub(super) fn claim_for_component(&mut self, name: &str) -> String {
        self.claim_from(name, Origin { component: Some(name.to_owned()), ..Origin::default() })
    }

    /// Notes that a type is the body of a failure.
    pub(super) fn note_failure(&mut self, ty: &Type) {
        if let Type::Named(name) = ty
            && let Some(origin) = self.origins.get_mut(name)
        {
            origin.failure = true;
        }
    }

    /// Makes one type of those that are equal, in place of all of them.
    pub(super) fn join_equal_types(&mut self) {
        let mut groups = self.groups(&BTreeSet::new());
        // Whoever gives two types two names wants two types.
        let apart = self.renamed_twice(&groups);
        if !apart.is_empty() {
            groups = self.groups(&apart);
        }
        groups.sort_by_key(|it| std::cmp::Reverse(it.len()));
        let mut renaming = Renaming::new();
        for group in groups {
            let name = self.name_of(&group);
            self.join(&group, &name);
            renaming.extend(group.into_iter().map(|it| (it, name.clone())));
        }
        self.put_in_place(&renaming);
    }

    /// The types that are equal to others, but for some that stand apart.
    fn groups(&self, apart: &BTreeSet<String>) -> Vec<Vec<String>> {
        let known = || {
            self.types.iter().filter_map(|(name, it)| Some((name, it, self.products.get(name)?)))
        };
        let numbers: BTreeMap<&str, usize> =
            known().enumerate().map(|(number, (name, ..))| (name.as_str(), number)).collect();
        let (mut looks, mut inside) = (Vec::new(), Vec::new());
        for (name, plan, product) in known() {
            looks.push((apart.get(name), self.outline(name, plan, product)));
            let mut within = Vec::new();
            let mut note = |it: &str| within.extend(numbers.get(it));
            product.types().for_each(|it| it.each_name(&mut note));
            inside.push(within);
        }
        let names: Vec<&str> = numbers.into_keys().collect();
        let named = |it: BTreeSet<usize>| -> Vec<String> {
            it.into_iter().filter_map(|it| names.get(it)).map(|it| (*it).to_owned()).collect()
        };
        let classes = partition::classes(looks, &inside);
        let mut groups: Vec<Vec<String>> =
            classes.into_iter().filter(|it| it.len() > 1).map(named).collect();
        groups.sort_unstable();
        groups
    }

    /// The types that `api.toml` names, where it names several that are equal.
    fn renamed_twice(&self, groups: &[Vec<String>]) -> BTreeSet<String> {
        let renamed = |group: &Vec<String>| -> Vec<String> {
            group.iter().filter(|it| self.scope.is_renamed(it)).cloned().collect()
        };
        groups.iter().map(renamed).filter(|it| it.len() > 1).flatten().collect()
    }

    fn outline(&self, name: &str, plan: &TypePlan, product: &Product) -> Outline {
        let origin = self.origins.get(name).cloned().unwrap_or_default();
        let mut shape = plan.shape.clone();
        for docs in docs_in(&mut shape) {
            *docs = facts(docs);
            // Of components, prose is no difference.
            if origin.component.is_some() {
                docs.text.clear();
            }
        }
        // Only what is sent tells null from what is left out.
        let tells_null =
            matches!(&plan.shape, Shape::Struct(all) if all.values().any(|it| it.nullable));
        let mut product = product.clone();
        product.types_mut().for_each(|it| it.rename(&mut String::clear));
        Outline {
            alone: origin.component,
            url: plan.docs.url.clone(),
            shape: serde_json::to_string(&shape).unwrap_or_default(),
            product,
            direction: if tells_null { origin.direction } else { Direction::default() },
        }
    }

    /// Returns a name for types that are one: that which `api.toml` or a title gave one of them, else what their names
    /// have in common, else the shortest of them.
    fn name_of(&mut self, group: &[String]) -> String {
        let origin = |name: &str| self.origins.get(name).cloned().unwrap_or_default();
        let is_given = |name: &&String| {
            let origin = origin(name);
            self.scope.is_renamed(name) || origin.titled || origin.component.is_some()
        };
        let shortest = |name: &&String| (origin(name).numbered, name.len(), (*name).clone());
        if let Some(given) = group.iter().filter(is_given).min_by_key(shortest) {
            return given.clone();
        }
        // What is also given where nothing failed is not called an error.
        let failures = group.iter().all(|it| origin(it).failure);
        let fitting = group.iter().filter(|it| failures || !origin(it).failure);
        let shortest = fitting.min_by_key(shortest).cloned().unwrap_or_default();
        let members = group.first().and_then(|it| self.types.get(it)).map(|it| members(&it.shape));
        let shared = naming::shared_names(group, &members.unwrap_or_default(), failures);
        match shared.into_iter().find(|it| self.scope.is_free(it)) {
            Some(shared) => self.claim_type(&shared),
            None => shortest,
        }
    }

    /// Keeps one of a group, that of the name if there is one, and what is said of all of them.
    fn join(&mut self, group: &[String], name: &str) {
        let is_own = group.iter().any(|it| it == name);
        let first = if is_own { Some(name) } else { group.first().map(String::as_str) };
        let Some(first) = first else { return };
        let Some((mut product, mut kept)) = self.take(first) else { return };
        for member in group.iter().filter(|it| *it != first) {
            let Some((_, mut other)) = self.take(member) else { continue };
            agree(&mut kept.docs, &other.docs);
            let others = docs_in(&mut other.shape);
            docs_in(&mut kept.shape).into_iter().zip(others).for_each(|(one, it)| agree(one, it));
        }
        // What has a name of its own has its members' names already.
        if !is_own {
            self.rename_members(name, &mut product, &mut kept.shape);
        }
        self.define(name, product, kept);
    }

    fn take(&mut self, name: &str) -> Option<(Product, TypePlan)> {
        self.products.remove(name).zip(self.types.remove(name))
    }

    /// Gives the members of a type the names that `api.toml` has for those of a type of this name.
    fn rename_members(&mut self, ty: &str, product: &mut Product, shape: &mut Shape) {
        let variants: Vec<&mut String> = match shape {
            Shape::Struct(properties) => return self.rename_properties(ty, product, properties),
            Shape::Enum(all) => all.iter_mut().map(|it| &mut it.name).collect(),
            Shape::Union(union) => union.alternatives.iter_mut().map(|it| &mut it.name).collect(),
            Shape::Choice(all) => all.iter_mut().map(|it| &mut it.name).collect(),
            Shape::Parts | Shape::Opaque => return,
        };
        let mut scope = Scope::with(&["Unknown"]);
        for name in variants {
            *name = self.claim_variant(&mut scope, ty, name);
        }
    }

    fn rename_properties(
        &mut self,
        ty: &str,
        product: &mut Product,
        properties: &mut BTreeMap<String, Property>,
    ) {
        let Product::Object(members) = product else { return };
        let (mut old, mut scope) = (std::mem::take(members), Scope::default());
        for (name, mut property) in std::mem::take(properties) {
            let what = |name: &str| Renamed::Property(format!("{ty}.{name}"));
            property.name = self.claim_in(&mut scope, &name, what);
            members.extend(old.remove(&name).map(|it| (property.name.clone(), it)));
            properties.insert(property.name.clone(), property);
        }
    }

    /// Puts the names of what is kept in place of those of what is gone.
    fn put_in_place(&mut self, renaming: &Renaming) {
        let mut rename = |name: &mut String| {
            if let Some(kept) = renaming.get(name.as_str()) {
                name.clone_from(kept);
            }
        };
        let products = self.products.values_mut().flat_map(Product::types_mut);
        products.for_each(|it| it.rename(&mut rename));
        let parts = self.parts.values_mut();
        let members = parts.flat_map(|it| it.request.values_mut().chain(it.responses.values_mut()));
        members.for_each(|it| it.ty.rename(&mut rename));
        self.probes.types_mut().for_each(|it| it.rename(&mut rename));
    }
}

/// What is said of each part of a type.
fn docs_in(shape: &mut Shape) -> Vec<&mut Docs> {
    match shape {
        Shape::Struct(properties) => properties.values_mut().map(|it| &mut it.docs).collect(),
        Shape::Union(Union { alternatives, .. }) | Shape::Choice(alternatives) => {
            alternatives.iter_mut().map(|it| &mut it.docs).collect()
        }
        Shape::Enum(_) | Shape::Parts | Shape::Opaque => Vec::new(),
    }
}

/// The properties of a struct.
fn members(shape: &Shape) -> Vec<&str> {
    match shape {
        Shape::Struct(properties) => properties.values().map(|it| it.wire.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// What is said of a value, without what only shows one.
fn facts(docs: &Docs) -> Docs {
    let facts = docs.facts.iter().chain(&docs.format).cloned().collect();
    Docs { text: docs.text.clone(), facts, url: docs.url.clone(), ..Docs::default() }
}

/// Leaves what is said of both of two that are one.
fn agree(docs: &mut Docs, other: &Docs) {
    if docs.text != other.text {
        docs.text.clear();
    }
    docs.facts.retain(|it| other.facts.contains(it));
}

#[cfg(test)]
mod tests;
