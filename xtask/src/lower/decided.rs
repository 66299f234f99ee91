//! Decisions of `api.toml` about single operations and types.

use std::collections::BTreeMap;

use crate::config::{Said, TypeDecision};
use crate::finding::{Finding, Kind};
use crate::near::{LOOKED_FOR, nearest};
use crate::plan::{Docs, Operation, Presence, Property, Retry, Shape, TypePlan};

use super::naming::Scope;
use super::product::{Member, Product, Type};
use super::{Lowering, object};

impl Lowering<'_> {
    /// Says of operations whether they may be sent twice, if that is decided.
    pub(super) fn retries(&mut self, operations: &mut BTreeMap<String, Operation>) {
        let mut unknown_so_far = 0;
        for decision in &self.config.retries {
            let text = &decision.operation.text;
            let call = |it: &&mut Operation| it.key().to_string() == *text;
            match operations.values_mut().find(call) {
                Some(operation) => {
                    let (idempotent, reason) = (decision.idempotent, decision.reason.clone());
                    operation.retry = Some(Retry { idempotent, reason });
                }
                None => {
                    let offer = unknown_so_far < LOOKED_FOR;
                    unknown_so_far += 1;
                    let finding =
                        unknown(Kind::UnusedRetry, &decision.operation, operations, offer);
                    self.findings.push(finding);
                }
            }
        }
    }
}

impl Lowering<'_> {
    /// Has types take what is decided about them.
    pub(super) fn type_decisions(&mut self) {
        for (number, decision) in self.config.types.iter().enumerate() {
            let name = &decision.name.text;
            let product = self.products.get_mut(name);
            let shape = self.types.get_mut(name).map(|it| (&mut it.docs, &mut it.shape));
            let (Some(Product::Object(members)), Some((docs, Shape::Struct(properties)))) =
                (product, shape)
            else {
                let finding = self.no_such_type(decision, number < LOOKED_FOR);
                self.findings.push(finding);
                continue;
            };
            say(docs, decision);
            if decision.partial {
                for (name, property) in properties.iter_mut().filter(|(_, it)| !it.flatten) {
                    members.get_mut(name).into_iter().for_each(|it| may_be_left_out(property, it));
                }
            }
            if decision.undeclared && properties.values().any(|it| it.flatten) {
                let what = format!("`{name}` keeps members that are not declared already");
                self.findings.push(
                    Finding::error(Kind::ConfigNoEffect, what)
                        .at(&decision.name.span)
                        .help("Take `undeclared` out."),
                );
            } else if decision.undeclared {
                let mut scope = Scope::default();
                properties.keys().for_each(|it| drop(scope.claim(it)));
                let property = object::other_members(Docs::default());
                let name = scope.claim(&property.name);
                let ty = Type::Map(Box::new(Type::Any));
                members.insert(name.clone(), Member { ty, required: true });
                properties.insert(name.clone(), Property { name, ..property });
            }
        }
    }

    fn no_such_type(&self, decision: &TypeDecision, offer: bool) -> Finding {
        let Said { text, span } = &decision.name;
        let is_struct = |it: &&TypePlan| matches!(it.shape, Shape::Struct(_));
        let structs = self.types.iter().filter(|(_, it)| offer && is_struct(it));
        let near = nearest(text, structs.map(|(name, _)| name.as_str()));
        let near = near.map(|it| format!(", such as `{it}`")).unwrap_or_default();
        Finding::error(Kind::UnusedType, format!("there is no type `{text}` with properties"))
            .at(span)
            .help(format!("Name a type as the crate calls it{near}, or take the decision out."))
    }
}

/// Adds what is decided to what the vendor says.
fn say(docs: &mut Docs, decision: &TypeDecision) {
    let what = match (decision.partial, decision.undeclared) {
        (true, false) => "Any property may be left out",
        (false, _) => "Members that the page does not declare are kept",
        (true, true) => {
            "Any property may be left out, and members that the page does not declare are kept"
        }
    };
    let before = if docs.text.is_empty() { "" } else { "\n\n" };
    docs.text.push_str(&format!("{before}{what}: {}", decision.reason));
}

/// Makes a property one that need not be there.
fn may_be_left_out(property: &mut Property, member: &mut Member) {
    property.nullable |= property.presence == Presence::Nullable;
    property.presence = Presence::Optional;
    member.required = false;
    member.ty = member.ty.clone().or_null(true);
}

/// That a decision is about an operation that there is not. The nearest is offered if it is asked for.
pub(super) fn unknown(
    kind: Kind,
    operation: &Said,
    operations: &BTreeMap<String, Operation>,
    offer: bool,
) -> Finding {
    let calls: Vec<String> = operations.values().map(|it| it.key().to_string()).collect();
    let calls = calls.iter().filter(|_| offer).map(String::as_str);
    let near = nearest(&operation.text, calls);
    let near = near.map(|it| format!(", such as `{it}`")).unwrap_or_default();
    Finding::error(kind, format!("there is no operation `{}`", operation.text))
        .at(&operation.span)
        .help(format!("Name an operation of the page{near}, or take the decision out."))
}

#[cfg(test)]
mod tests;
