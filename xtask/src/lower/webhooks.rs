//! Webhooks and callbacks: what the vendor sends by itself, and how its payloads are told apart.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::openapi::model::Hook;
use crate::openapi::{ParameterLocation, Schema};
use crate::plan::{self, Alternative, Distinct, Docs, Encoding, JsonType, Operation, Webhooks};
use crate::prose;
use crate::source::Span;

use super::candidate::Candidate;
use super::direction::Direction;
use super::naming::{self, Scope};
use super::product::Member;
use super::schema::Site;
use super::tag::{Tag, tag};
use super::{Lowering, Parts, docs, merge};

/// The enum of all payloads, as `api.toml` calls it.
const ENUM: &str = "Webhook";

/// Where the payloads are kept among the parts of operations, of which none has an empty name.
const PARTS: &str = "";

/// A schema that webhooks deliver.
struct Payload<'a> {
    /// What the caller calls it if nothing in it says which it is.
    name: String,
    schema: Schema<'a>,
    docs: Docs,
    /// Links to the operations that it is a callback of.
    callers: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// Lowers what the vendor sends by itself, if the page has any of it.
    pub(super) fn webhooks(
        &mut self,
        operations: &BTreeMap<String, Operation>,
    ) -> Option<Webhooks> {
        let payloads = self.payloads(operations);
        let scheme = self.config.webhooks.clone();
        let Some(first) = payloads.first() else {
            self.report_unused_scheme();
            return None;
        };
        let nothing = Node::object(first.schema.span());
        let distinct = distinct(&payloads);
        let candidates: Vec<Candidate> = distinct.iter().map(|it| self.candidate(it)).collect();
        // What may lack its tag is told by nothing else here, and a list of values tells one payload from no other.
        let tag = tag(Schema::of(&nothing), &candidates)
            .filter(|it| !it.is_optional && (candidates.len() > 1 || it.has_one_value()));
        let payloads = if tag.is_some() { distinct } else { payloads };
        let payloads = self.lowered_payloads(payloads, tag.as_ref());
        Some(Webhooks { of: String::new(), tag: tag.map(|it| it.property), payloads, scheme })
    }

    /// Puts the payloads into the lowered document.
    pub(super) fn define_webhooks(&mut self, webhooks: &mut Option<Webhooks>) {
        if let Some(webhooks) = webhooks {
            let members = self.parts.remove(PARTS).unwrap_or_default().responses;
            webhooks.of = self.define_part(ENUM, "Payloads", members);
        }
    }

    /// Returns the schemas that are delivered, each once, unless webhooks of different names deliver the same.
    fn payloads(&mut self, operations: &BTreeMap<String, Operation>) -> Vec<Payload<'a>> {
        let mut found: Vec<(Hook<'a>, Schema<'a>)> = Vec::new();
        for hook in self.document.hooks() {
            self.findings.about(hook.callback_of.map(|it| it.to_string()));
            if let Some(schema) = self.payload(&hook) {
                found.push((hook, schema));
            }
            self.findings.about(None);
        }
        let mut schemas: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
        for (hook, schema) in &found {
            let known = schemas.entry(hook.name).or_default();
            if !known.contains(&schema.node()) {
                known.push(schema.node());
            }
        }
        let is_alone = |name: &str| schemas.get(name).is_none_or(|it| it.len() < 2);
        let mut payloads: Vec<Payload<'a>> = Vec::new();
        for (hook, schema) in &found {
            let name = if is_alone(hook.name) { hook.name.to_owned() } else { whole_name(hook) };
            let caller =
                caller(hook, operations).and_then(|name| Some(operations.get(name)?.link(name)));
            if let Some(known) = payloads.iter_mut().find(|it| it.name == name) {
                known.callers.extend(caller);
                continue;
            }
            let callers = caller.into_iter().collect();
            payloads.push(Payload { name, schema: *schema, docs: docs_of(hook), callers });
        }
        payloads
    }

    /// Returns the schema of what is delivered, or reports that there is none in JSON.
    fn payload(&mut self, hook: &Hook<'a>) -> Option<Schema<'a>> {
        let kind = if hook.callback_of.is_some() { Kind::Callbacks } else { Kind::Webhooks };
        let (name, operation) = (hook.name, hook.operation);
        let at = |span: &'a Span| hook.reference.map_or(span, |it| &it.span);
        let Some(declared) = operation.request_body() else {
            let what = format!("`{name}` has no body");
            self.findings.push(Finding::note(kind, what).at(at(operation.span())));
            return None;
        };
        let Some(body) = self.document.resolve(declared) else {
            self.unresolved_part("the body", declared.reference(), declared.span());
            return None;
        };
        let content = body.content().filter(|it| !it.node().is_empty());
        let chosen = content.and_then(|it| self.choose(it, Direction::Response));
        match chosen {
            Some(chosen) if chosen.encoding == Encoding::Json && chosen.schema().is_some() => {
                chosen.schema()
            }
            Some(chosen) if chosen.encoding != Encoding::Json => {
                let what = format!("the body of `{name}` is {}, not JSON", chosen.name);
                self.findings.push(Finding::deviation(kind, what).at(at(chosen.media.span())));
                None
            }
            _ => {
                let what = format!("nothing is said of the body of `{name}`");
                self.findings.push(Finding::note(kind, what).at(at(body.span())));
                None
            }
        }
    }

    fn candidate(&self, payload: &Payload<'_>) -> Candidate {
        let node = payload.schema.node().clone();
        // What contradicts itself is any JSON, and has no tag.
        let merged = merge::merged(self.document, payload.schema).ok();
        let merged = merged.unwrap_or_else(|| Node::object(payload.schema.span()));
        Candidate::new(node, merged)
    }

    fn lowered_payloads(
        &mut self,
        payloads: Vec<Payload<'_>>,
        tag: Option<&Tag>,
    ) -> Vec<Alternative> {
        let mut scope = Scope::with(&["Unknown"]);
        let mut properties = Scope::default();
        let (mut members, mut alternatives) = (BTreeMap::new(), Vec::new());
        for (index, payload) in payloads.into_iter().enumerate() {
            let candidate = self.candidate(&payload);
            let docs = payload.docs();
            let (candidate, wires) = match tag {
                Some(tag) => tag.of(index, candidate),
                None => (candidate, vec![Some(payload.name.clone())]),
            };
            let called = naming::variant_name(&payload.name);
            let property = properties.claim(&naming::value_name(&called));
            let site = Site::inline(naming::inner_name(&called, "payload"));
            let ty = self.schema(Schema::of(&candidate.node), &site).without_null();
            members.insert(property.clone(), Member { ty, required: true });
            for wire in wires {
                let wanted = wire.as_deref().map_or_else(|| called.clone(), naming::variant_name);
                alternatives.push(Alternative {
                    name: self.claim_variant(&mut scope, ENUM, &wanted),
                    wire,
                    json: JsonType::Any,
                    distinct: Distinct::default(),
                    property: property.clone(),
                    ty: plan::unknown(),
                    docs: docs.clone(),
                });
            }
        }
        let parts = Parts { responses: members, ..Parts::default() };
        self.parts.insert(PARTS.to_owned(), parts);
        alternatives
    }

    fn report_unused_scheme(&mut self) {
        if let Some(scheme) = &self.config.webhooks {
            let what = "the page has neither webhooks nor callbacks with a body in JSON";
            self.findings.push(Finding::error(Kind::UnusedWebhooks, what).at(&scheme.span));
        }
    }
}

/// What tells a webhook from others of its name: its method, or the operation that it is a callback of.
fn whole_name(hook: &Hook<'_>) -> String {
    match hook.callback_of {
        Some(operation) => format!("{operation} {}", hook.name),
        None => format!("{} {}", hook.operation.key.method.to_ascii_uppercase(), hook.name),
    }
}

/// The operations that one sentence names; of more, the rest is counted.
const NAMED: usize = 3;

impl Payload<'_> {
    /// What the vendor says of it, and the operations that it comes back from.
    fn docs(&self) -> Docs {
        let mut docs = self.docs.clone();
        let mut named: Vec<String> = self.callers.iter().take(NAMED).cloned().collect();
        match self.callers.len().saturating_sub(NAMED) {
            0 => {}
            1 => named.push("one other".to_owned()),
            more => named.push(format!("{more} others")),
        }
        if !named.is_empty() {
            docs.facts.insert(0, format!("A callback of {}.", prose::listed(&named)));
        }
        docs
    }
}

/// Returns the payloads with each schema once. What the vendor says of one of several webhooks is not said of all.
fn distinct<'a>(payloads: &[Payload<'a>]) -> Vec<Payload<'a>> {
    let mut distinct: Vec<Payload<'a>> = Vec::new();
    for payload in payloads {
        let Payload { name, schema, docs, callers } = payload;
        match distinct.iter_mut().find(|it| it.schema.node() == schema.node()) {
            Some(known) => {
                known.docs = Docs::default();
                known.callers.extend(callers.iter().cloned());
            }
            None => distinct.push(Payload {
                name: name.clone(),
                schema: *schema,
                docs: docs.clone(),
                callers: callers.clone(),
            }),
        }
    }
    distinct
}

/// The method of the client for the operation that a webhook is a callback of.
fn caller<'o>(hook: &Hook<'_>, operations: &'o BTreeMap<String, Operation>) -> Option<&'o str> {
    let key = hook.callback_of?.to_string();
    let mut all = operations.iter();
    all.find(|(_, it)| it.key().to_string() == key).map(|(name, _)| name.as_str())
}

/// What the vendor says of a webhook, and what comes with it beside the payload.
fn docs_of(hook: &Hook<'_>) -> Docs {
    let operation = hook.operation;
    let mut docs = docs::of_operation(operation);
    let parameters = operation.parameters();
    let headers = parameters.filter(|it| it.location() == Some(ParameterLocation::Header));
    let headers: Vec<String> = headers.filter_map(|it| it.name()).map(prose::code).collect();
    if !headers.is_empty() {
        docs.facts.push(format!("Comes with {}.", prose::listed(&headers)));
    }
    let statuses = operation.responses().map(|(status, _)| status);
    let statuses = statuses.filter(|it| it.starts_with('2'));
    let statuses: Vec<String> = statuses.map(prose::code).collect();
    if !statuses.is_empty() {
        docs.facts.push(format!("To be answered with {}.", statuses.join(" or ")));
    }
    docs
}

#[cfg(test)]
mod tests;
