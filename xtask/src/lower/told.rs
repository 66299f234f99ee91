//! What is said of a value where it is used, be it there or behind references: a plain type has no other place for it.

use std::collections::BTreeSet;

use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::openapi::model::{MediaType, Parameter, RequestBody};
use crate::openapi::{SCHEMA, Schema};
use crate::plan::{Docs, JsonType};
use crate::prose;

use super::product::Type;
use super::union::json_type;
use super::{Lowering, docs, merge};

/// How many references, parts and items are gone into for one text.
const MOST: usize = 100;

/// How many bytes of what is said behind a reference are told, by keyword. It is told in each place that leads there, and
/// a page that says much once would say it everywhere.
const LONGEST: usize = 1 << 10;

impl Lowering<'_> {
    /// Returns the documentation of a schema where it is used. A type of its own has its documentation itself.
    pub(super) fn docs_at(&self, schema: Schema<'_>) -> Docs {
        let mut docs = docs::of_schema(Schema::of(&self.told(schema)));
        docs.facts.extend(self.facts_of_alternatives(schema));
        docs
    }

    /// Returns what is said of each of several alternatives that become a plain type together.
    fn facts_of_alternatives(&self, schema: Schema<'_>) -> Vec<String> {
        let is_made_of_others = schema.reference_node().or(schema.all_of_node()).is_some();
        let is_type = |it: &str| self.owners.contains(it);
        if !is_made_of_others && schema.union_keyword().is_none()
            || schema.only_reference().is_some_and(|it| is_type(it.reference))
        {
            return Vec::new();
        }
        let Ok(merged) = merge::merged(self.document, schema) else { return Vec::new() };
        let merged = Schema::of(&merged);
        let branches = merged.union_keyword().into_iter().flat_map(|it| merged.branches(it));
        let branches = branches.map(|it| merge::merged(self.document, it).ok());
        let Some(branches) = branches.collect::<Option<Vec<Node>>>() else { return Vec::new() };
        let branches: Vec<_> = branches.iter().map(Schema::of).filter(|it| !it.is_null()).collect();
        if branches.len() < 2 || !become_plain(&branches) {
            return Vec::new();
        }
        let brief = branches.iter().map(|it| it.in_brief(LONGEST));
        let told = brief.map(|it| docs::of_schema(Schema::of(&it)).facts.join(" "));
        let told = told.filter(|it| !it.is_empty());
        told.map(|it| format!("One alternative: {}", prose::decapitalized(&it))).collect()
    }

    /// Reports what schemas without a type of their own say at such length that no place which uses them tells it.
    pub(super) fn report_untold(&mut self) {
        let document = self.document;
        let plain = self.references.keys().map(|(pointer, _)| pointer.as_str());
        let plain: BTreeSet<&str> = plain.filter(|it| !self.owners.contains(*it)).collect();
        let findings = plain.into_iter().filter_map(|it| document.schema(it)).flat_map(|schema| {
            let brief = schema.in_brief(LONGEST);
            let untold = schema.node().members().filter(move |(name, _)| {
                let is_told = *name == "default" || SCHEMA.decides_validity(name);
                is_told && brief.get(name).is_none()
            });
            untold.map(|(name, value)| {
                Finding::note(Kind::LongKeyword, format!("`{name}` is not told")).at(&value.span)
            })
        });
        let findings: Vec<Finding> = findings.collect();
        findings.into_iter().for_each(|it| self.findings.push(it));
    }

    fn told(&self, schema: Schema<'_>) -> Node {
        Telling { lowering: self, following: Vec::new(), left: MOST }.told(schema)
    }

    /// Returns the documentation of a parameter: what it says itself, else what its schema says.
    pub(super) fn docs_of_parameter(&self, parameter: Parameter<'_>) -> Docs {
        let of_schema = parameter.schema().map(|it| self.docs_at(it));
        docs::of_parameter(parameter, of_schema.unwrap_or_default())
    }

    /// Returns the documentation of a body of this type: what it says itself, and the example of the media type in
    /// which it is sent.
    pub(super) fn docs_of_body(
        &self,
        body: RequestBody<'_>,
        media: MediaType<'_>,
        ty: &Type,
    ) -> Docs {
        docs::of_body(body, media, self.facts_of_body(media.schema(), ty))
    }

    /// Returns what the vendor enforces of a body. What a type of its own has to fulfil is said there.
    pub(super) fn facts_of_body(&self, schema: Option<Schema<'_>>, ty: &Type) -> Vec<String> {
        let Some(schema) = schema else { return Vec::new() };
        match ty.clone().without_null() {
            Type::Named(_) => Vec::new(),
            // What is no JSON arrives as it is, whatever its format.
            Type::String => docs::with_any_format(Schema::of(&self.told(schema))),
            _ => self.docs_at(schema).facts,
        }
    }
}

/// The gathering of what is said of a value.
struct Telling<'l, 'a> {
    lowering: &'l Lowering<'a>,
    /// The references that are being followed.
    following: Vec<String>,
    /// How many schemas are still gone into.
    left: usize,
}

impl Telling<'_, '_> {
    /// Returns a schema with what its parts, its only alternative and its references say, up to those that have become
    /// types. What stands nearer wins.
    fn told(&mut self, schema: Schema<'_>) -> Node {
        let mut told = schema.without_parts();
        if self.left == 0 {
            return told;
        }
        self.left -= 1;
        if let Some(pointer) = schema.reference().filter(|it| self.is_followed(it))
            && let Some(target) = self.lowering.document.schema(pointer)
        {
            self.following.push(pointer.to_owned());
            let target = self.told(target);
            Schema::supplement(&mut told, Schema::of(&target).in_brief(LONGEST));
            self.following.pop();
        }
        // What is said in place stands nearer than what is said behind a reference.
        let parts = schema.all_of().chain(schema.only_alternative());
        let (behind, here): (Vec<_>, Vec<_>) = parts.partition(|it| it.reference().is_some());
        for part in here.into_iter().chain(behind) {
            Schema::supplement(&mut told, self.told(part));
        }
        Schema::each_inner(&mut told, |inner| self.told(inner));
        told
    }

    fn is_followed(&self, pointer: &str) -> bool {
        let is_type = self.lowering.owners.contains(pointer);
        !is_type && !self.following.iter().any(|it| it == pointer)
    }
}

/// Whether the values of all alternatives have one type that needs no name: all numbers, or strings that are not listed.
fn become_plain(branches: &[Schema<'_>]) -> bool {
    let types: Vec<JsonType> = branches.iter().map(|it| json_type(*it)).collect();
    let listed: BTreeSet<String> =
        branches.iter().filter_map(|it| it.strings()).flatten().collect();
    types.iter().all(|it| matches!(it, JsonType::Integer | JsonType::Number))
        || (types.iter().all(|it| *it == JsonType::String) && listed.len() < 2)
}

#[cfg(test)]
mod tests;
