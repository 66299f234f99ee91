//! Choices: objects of which exactly one of several properties is given.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind};
use crate::openapi::Schema;
use crate::plan::{self, Alternative, Distinct, Docs, JsonType, Shape, TypePlan};
use crate::prose;

use super::Lowering;
use super::naming::{self, Scope};
use super::object::{self, Structure};
use super::product::{Member, Product, Type};
use super::schema::Site;

impl Lowering<'_> {
    /// Properties of which exactly one is given: `oneOf: [{required: [a]}, {required: [b]}]`. They become
    /// one member whose type has a variant for each, so that neither and both cannot be written down.
    pub(super) fn choice(&mut self, schema: Schema<'_>, structure: &mut Structure) -> Vec<String> {
        let chosen = chosen(schema);
        if chosen.is_empty() {
            self.report_requirements(schema);
            return chosen;
        }
        let names: Vec<String> = chosen.iter().map(|wire| naming::value_name(wire)).collect();
        // A name that would be a keyword ends in `_`, which this one need not have inside.
        let words: Vec<&str> = names.iter().map(|it| it.trim_end_matches('_')).collect();
        let field = words.join("_or_");
        let choice = self.claim_in_place(&naming::inner_name(&structure.name, &field));
        let (mut parts, mut alternatives) = (BTreeMap::new(), Vec::new());
        let (mut variants, mut properties) = (Scope::default(), Scope::default());
        for (wire, name) in chosen.iter().zip(names) {
            let Some(property) = schema.property(wire) else { continue };
            let variant = self.claim_variant(&mut variants, &choice, &naming::variant_name(wire));
            let site = Site::inline(naming::inner_name(&choice, wire));
            let ty = self.schema(property, &site).without_null();
            let docs = self.docs_at(property);
            let property = properties.claim(&name);
            parts.insert(property.clone(), Member { ty, required: true });
            alternatives.push(Alternative {
                name: variant,
                wire: Some(wire.clone()),
                json: JsonType::Any,
                distinct: Distinct::default(),
                property,
                ty: plan::unknown(),
                docs,
            });
        }
        let docs = Docs { text: format!("Exactly one of {}.", listed(&chosen)), ..Docs::default() };
        let plan = TypePlan {
            docs: docs.clone(),
            span: Some(schema.span().clone()),
            shape: Shape::Choice(alternatives),
        };
        self.define(&choice, Product::Object(parts), plan);
        self.add(object::flattened(&field, docs), Type::Named(choice), structure);
        chosen
    }

    /// Reports alternatives that say which properties go together, where that is more than one of each.
    fn report_requirements(&mut self, schema: Schema<'_>) {
        for (keyword, union) in schema.unions() {
            if schema.branches(keyword).all(|it| it.is_null() || it.only_requires()) {
                let what =
                    format!("`{keyword}`: which properties go together is left to the caller");
                self.findings.push(Finding::note(Kind::Unenforced, what).at(&union.span));
            }
        }
    }
}

/// The properties of which exactly one is given, in the order of their names.
fn chosen(schema: Schema<'_>) -> Vec<String> {
    let listed: Vec<Schema<'_>> = schema.one_of().collect();
    if listed.len() < 2 || !listed.iter().all(|it| it.only_requires()) {
        return Vec::new();
    }
    let mut chosen = Vec::new();
    for alternative in listed {
        let required: Vec<&str> = alternative.required().collect();
        let [one] = required.as_slice() else { return Vec::new() };
        let known = schema.property(one).is_some();
        if !known || schema.requires(one) || chosen.iter().any(|it| it == one) {
            return Vec::new();
        }
        chosen.push((*one).to_owned());
    }
    chosen.sort_unstable();
    chosen
}

fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| prose::code(name)).collect();
    prose::listed(&quoted)
}
