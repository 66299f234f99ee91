//! Unions: `oneOf`, `anyOf` and lists of types.
//!
//! A union is dispatched on a property's value where one tells the schemas apart, and by trying the
//! schemas in turn, the most particular first, where none does.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::finding::{Finding, Kind};
use crate::openapi::Schema;
use crate::plan::{self, Alternative, JsonType, Shape, TypePlan, Union};

use super::candidate::{Candidate, within};
use super::naming::{self, Scope};
use super::product::{Member, Product, Type};
use super::schema::{Site, listed_type};
use super::tag::{Tag, tag};
use super::{Lowering, distinct, docs, merge, number, together};

impl Lowering<'_> {
    /// Lowers `oneOf` or `anyOf`, with what stands beside it.
    pub(super) fn alternatives(&mut self, schema: Schema<'_>, site: &Site) -> Type {
        let keyword = schema.union_keyword().unwrap_or_default();
        let (nulls, listed): (Vec<_>, Vec<_>) =
            schema.branches(keyword).partition(|it| self.is_null(*it));
        if schema.has_properties() && listed.iter().all(|it| it.only_requires()) {
            return self.of_type("object", schema, site);
        }
        if keyword == "oneOf" && schema.any_of_node().is_some() {
            self.beside(schema, site);
        }
        let base = schema.beside_alternatives();
        // Where a tag tells them apart, even equal schemas are different alternatives.
        let tagged = schema.discriminator().is_some();
        let mut candidates: Vec<Candidate> = Vec::new();
        for alternative in listed {
            let node = match &base {
                Some(base) => within(alternative.node(), base),
                None => alternative.node().clone(),
            };
            match merge::merged(self.document, Schema::of(&node)) {
                Ok(merged) if !tagged && candidates.iter().any(|it| it.merged == merged) => {}
                Ok(merged) => candidates.push(Candidate::new(node, merged)),
                Err(contradiction) => {
                    self.note_contradictory(schema);
                    let what = format!(
                        "a schema of `{}` is taken as any JSON: {}",
                        site.name, contradiction.what
                    );
                    return self.untyped(Kind::Contradiction, what, schema.span());
                }
            }
        }
        let takes_null =
            !nulls.is_empty() || candidates.iter().any(|it| self.takes_null(it.schema()));
        self.union(schema, candidates, site).or_null(takes_null)
    }

    /// Whether null is the only value of a schema, which may be a reference.
    fn is_null(&self, schema: Schema<'_>) -> bool {
        let target = || merge::merged(self.document, schema).ok();
        schema.is_null()
            || schema
                .only_reference()
                .and_then(|_| target())
                .is_some_and(|it| Schema::of(&it).is_null())
    }

    fn beside(&mut self, schema: Schema<'_>, site: &Site) {
        let what =
            format!("of `oneOf` and `anyOf` side by side, `{}` is made of the first", site.name);
        let finding = Finding::deviation(Kind::AnyOf, what).at(schema.span());
        self.findings.push(finding);
    }

    /// Lowers a schema with several types.
    pub(super) fn of_types(&mut self, several: &[&str], schema: Schema<'_>, site: &Site) -> Type {
        let each = several.iter().map(|ty| schema.of_one_type(ty));
        let candidates = each.map(|it| Candidate::new(it.clone(), it)).collect();
        self.union(schema, candidates, site)
    }

    fn union(&mut self, schema: Schema<'_>, mut candidates: Vec<Candidate>, site: &Site) -> Type {
        self.report_tag_values(schema, &candidates);
        if let [only] = candidates.as_slice() {
            let tagged = tag(schema, &candidates).filter(|_| schema.discriminator().is_some());
            return match tagged {
                Some(tag) => self.schema(Schema::of(&tag.of(0, only.clone()).0.node), site),
                None => self.schema(Schema::of(&only.node), site),
            };
        }
        if candidates.is_empty() {
            return Type::Any;
        }
        if candidates.iter().any(|it| it.schema().says_nothing()) {
            return self.open_union(schema, site);
        }
        if let Some(scalar) = self.scalars(schema, &candidates, site) {
            return scalar;
        }
        let tag = tag(schema, &candidates);
        if tag.is_none() {
            candidates.sort_by_key(|it| Reverse(it.particularity()));
        }
        if tag.as_ref().is_none_or(|it| it.is_optional) {
            for candidate in &mut candidates {
                if let Some(directed) = self.going_one_way(candidate.schema()) {
                    candidate.merged = directed;
                }
            }
            distinct::find(self.document, &mut candidates, |it| self.takes_null(it));
        }
        if tag.is_none() {
            if let Some(object) = together::object(schema, &candidates) {
                self.report_counts(&candidates);
                return self.object(Schema::of(&object), site);
            }
            self.tried_in_turn(schema, &candidates, site);
        }
        self.define_union(schema, candidates, tag, site)
    }

    /// A union with an alternative that allows any value, beside which the others say nothing.
    fn open_union(&mut self, schema: Schema<'_>, site: &Site) -> Type {
        let what = format!("an alternative of `{}` is any JSON, and so are all", site.name);
        self.untyped(Kind::OpenUnion, what, schema.span())
    }

    /// Reports a union of several objects or lists that nothing tells apart, or of which a value may be several.
    fn tried_in_turn(&mut self, schema: Schema<'_>, candidates: &[Candidate], site: &Site) {
        let is_alike = |one: &Candidate, other: &Candidate| {
            let ty = json_type(one.schema());
            ty == json_type(other.schema()) && matches!(ty, JsonType::Object | JsonType::Array)
        };
        let mut pairs = candidates.iter().enumerate().flat_map(|(at, one)| {
            candidates
                .iter()
                .skip(at + 1)
                .filter(move |it| is_alike(one, it))
                .map(move |it| (one, it))
        });
        let exclusive = schema.union_keyword() != Some("anyOf");
        if pairs.all(|(one, other)| one.distinct.differs(&other.distinct, exclusive)) {
            return;
        }
        let what = format!("nothing tells the alternatives of `{}` apart", site.name);
        self.findings.push(Finding::deviation(Kind::UntaggedUnion, what).at(schema.span()));
    }

    /// Alternatives that are all strings, or all numbers, need no union.
    fn scalars(
        &mut self,
        schema: Schema<'_>,
        candidates: &[Candidate],
        site: &Site,
    ) -> Option<Type> {
        let json: Vec<JsonType> = candidates.iter().map(|it| json_type(it.schema())).collect();
        if json.iter().all(|it| matches!(it, JsonType::Integer | JsonType::Number)) {
            return Some(number::of_several(candidates.iter().map(|it| it.schema())));
        }
        if !json.iter().all(|it| *it == JsonType::String) {
            return None;
        }
        let mut values = Vec::new();
        for value in candidates.iter().flat_map(|it| it.schema().strings().unwrap_or_default()) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Some(self.strings(&values, schema, site))
    }

    pub(super) fn define_union(
        &mut self,
        schema: Schema<'_>,
        candidates: Vec<Candidate>,
        tag: Option<Tag>,
        site: &Site,
    ) -> Type {
        if let Some(same) = self.same_type(schema, site) {
            return same;
        }
        let name = self.claim(schema, site);
        self.open.push((schema.node().clone(), name.clone()));
        let mut scope = Scope::with(&["Unknown"]);
        let mut properties = Scope::default();
        let (mut members, mut alternatives) = (BTreeMap::new(), Vec::new());
        let own = own_members(&candidates);
        for ((index, candidate), own) in candidates.into_iter().enumerate().zip(own) {
            let (candidate, tags) = match &tag {
                Some(tag) => tag.of(index, candidate),
                None => (candidate, vec![None]),
            };
            let called = self.called(&candidate, tags.first().cloned().flatten().as_deref(), &own);
            let property = properties.claim(&naming::value_name(&called));
            let inner = Site::inline(naming::inner_name(&name, &called));
            let ty = self.schema(Schema::of(&candidate.node), &inner).without_null();
            members.insert(property.clone(), Member { ty, required: true });
            for wire in tags {
                let mut distinct = candidate.distinct.clone();
                if let (Some(tag), Some(wire)) = (tag.as_ref().filter(|it| it.is_optional), &wire) {
                    distinct.is_constant(&tag.property, wire);
                }
                let wanted = wire.as_deref().map_or_else(|| called.clone(), naming::variant_name);
                alternatives.push(Alternative {
                    name: self.claim_variant(&mut scope, &name, &wanted),
                    wire,
                    json: json_type(candidate.schema()),
                    distinct,
                    property: property.clone(),
                    ty: plan::unknown(),
                    docs: self.docs_at(candidate.schema()),
                });
            }
        }
        self.open.pop();
        // What may lack its tag is told by more than that.
        let tag = tag.filter(|it| !it.is_optional).map(|it| it.property);
        let shape = Shape::Union(Union { tag, alternatives });
        let (docs, span) = (docs::of_schema(schema), Some(schema.span().clone()));
        self.define(&name, Product::Object(members), TypePlan { docs, span, shape });
        Type::Named(name)
    }

    /// What an alternative is called: by its tag, its component, its title, what it alone has, or its type.
    fn called(&self, candidate: &Candidate, tag: Option<&str>, own: &[String]) -> String {
        if let Some(tag) = tag {
            return naming::variant_name(tag);
        }
        let pointer = Schema::of(&candidate.node).first_reference();
        if let Some(component) = pointer.and_then(|pointer| self.components.get(pointer)) {
            return component.clone();
        }
        if let Some(title) = candidate.schema().title().and_then(naming::title_as_name) {
            return naming::variant_name(title);
        }
        if !own.is_empty() {
            return naming::variant_name(&own.join(" and "));
        }
        let name = match (json_type(candidate.schema()), candidate.schema().format()) {
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

/// The members that say best which of several objects each is: those that it alone has, the required ones before others.
/// Nothing for the only object.
fn own_members(candidates: &[Candidate]) -> Vec<Vec<String>> {
    let objects = candidates.iter().filter(|it| json_type(it.schema()) == JsonType::Object);
    let several = objects.count() > 1;
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in candidates.iter().flat_map(|it| it.schema().properties()) {
        *times.entry(name.to_owned()).or_default() += 1;
    }
    let own = candidates.iter().map(|candidate| {
        let schema = candidate.schema();
        let names = schema.properties().map(|(name, _)| name);
        let own: Vec<&str> = names.filter(|it| several && times.get(*it) == Some(&1)).collect();
        let required: Vec<&str> = own.iter().copied().filter(|it| schema.requires(it)).collect();
        let telling = if required.is_empty() { own } else { required };
        let most = if telling.len() == 2 { 2 } else { 1 };
        telling.into_iter().take(most).map(str::to_owned).collect()
    });
    own.collect()
}

/// The JSON type that the values of a schema have.
pub(super) fn json_type(schema: Schema<'_>) -> JsonType {
    match schema.types_without_null().as_slice() {
        ["string"] => JsonType::String,
        ["integer"] => JsonType::Integer,
        ["number"] => JsonType::Number,
        ["boolean"] => JsonType::Boolean,
        ["array"] => JsonType::Array,
        ["object"] => JsonType::Object,
        [] if schema.strings().is_some() => JsonType::String,
        [] if listed_type(schema).is_some() => match listed_type(schema) {
            Some("boolean") => JsonType::Boolean,
            Some("integer") => JsonType::Integer,
            _ => JsonType::Number,
        },
        [] if schema.has_properties() => JsonType::Object,
        [] if schema.items().is_some() => JsonType::Array,
        _ => JsonType::Any,
    }
}

#[cfg(test)]
mod tests;
