//! The third stage, and the one place that calls progenitor: Rust types for the lowered document.
//!
//! progenitor decides the type of every property: numbers, dates, lists, and where a type that holds
//! itself needs a box. Its methods and conversions are not used; operations are emitted from the plan.

mod isolate;
mod shorten;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaKind, Type};
use progenitor::{GenerationSettings, Generator};
use typify::{TypeDetails, TypeSpace};

use crate::finding::{Finding, Findings, Kind};
use crate::lower::{Lowered, product};
use crate::panics;
use crate::plan::{self, Paging, Plan, Shape, Union, Webhooks};
use crate::source::Span;

pub(crate) use shorten::argument;

/// The plan with the Rust types that progenitor has for a lowered document.
#[derive(Debug)]
pub struct Generated {
    /// What to restore.
    pub plan: Plan,
}

/// The Rust types of properties, by schema and name.
type Types = BTreeMap<String, BTreeMap<String, syn::Type>>;

/// A question to progenitor: the types for a document, or what is wrong with it.
type Ask<'a> = &'a dyn Fn(&OpenAPI) -> Result<Types, String>;

/// Asks progenitor for the types. `None` when a finding says why there are none.
pub fn generate(lowered: Lowered, about: &Span, findings: &mut Findings) -> Option<Generated> {
    generate_with(lowered, about, findings, &ask)
}

fn generate_with(
    lowered: Lowered,
    about: &Span,
    findings: &mut Findings,
    ask: Ask<'_>,
) -> Option<Generated> {
    let Lowered { document, mut plan } = lowered;
    let answer: Result<Types, String> = ask(&document).or_else(|error| {
        let culprits = isolate::culprits(&document, ask);
        let rest = ask(&isolate::without(&document, &culprits)).map_err(|_| error)?;
        culprits
            .iter()
            .for_each(|(name, error)| leave_out(name, error, &mut plan, about, findings));
        Ok(rest)
    });
    let types = match answer {
        Ok(types) => types,
        Err(error) => {
            let what = format!("progenitor rejects the lowered document: {error}");
            findings.push(gap(what, about));
            return None;
        }
    };
    for name in fill(&mut plan, &types) {
        let what = format!("progenitor gives no type for `{name}` of the lowered document");
        findings.push(gap(what, about));
    }
    (!findings.failed()).then_some(Generated { plan })
}

/// Asks progenitor, which answers some documents with a panic.
fn ask(document: &OpenAPI) -> Result<Types, String> {
    let mut settings = GenerationSettings::default();
    settings.with_map_type("::std::collections::BTreeMap".to_owned());
    for (name, ty) in product::OF_RUNTIME {
        settings.with_replacement(name, ty, std::iter::empty());
    }
    panics::catch_panic(|| {
        let mut generator = Generator::new(&settings);
        generator.generate_tokens(&with_numbers(document)).map_err(|error| error.to_string())?;
        properties(document, generator.get_type_space())
    })?
}

fn gap(what: String, about: &Span) -> Finding {
    Finding::error(Kind::Generator, what).at(about)
}

/// Takes a schema out of the plan: a type becomes any JSON, the parts of an operation take it with them.
fn leave_out(name: &str, error: &str, plan: &mut Plan, about: &Span, findings: &mut Findings) {
    let span = plan.types.get(name).and_then(|it| it.span.clone());
    let lost: Vec<String> = plan
        .operations
        .iter()
        .filter(|(_, it)| it.request == name || it.responses == name)
        .map(|(name, _)| name.clone())
        .collect();
    for operation in lost {
        if let Some(it) = plan.operations.remove(&operation) {
            let what = format!(
                "`{} {}` is left out: progenitor gives up on it: {error}",
                it.method, it.path
            );
            let mut finding =
                Finding::loss(Kind::Generator, what).at(about).why("The client cannot call it.");
            finding.operation = Some(format!("{} {}", it.method, it.path));
            findings.push(finding);
        }
    }
    if plan.webhooks.take_if(|it| it.of == name).is_some() {
        let what = format!("webhooks are left out: progenitor gives up on them: {error}");
        findings.push(
            Finding::loss(Kind::Generator, what)
                .at(about)
                .why("The crate has no types for what the vendor sends by itself."),
        );
    }
    if let Some(plan) = plan.types.get_mut(name)
        && !matches!(plan.shape, Shape::Parts)
    {
        plan.shape = Shape::Opaque;
        let what = format!("`{name}` is taken as any JSON: progenitor gives up on it: {error}");
        findings.push(
            Finding::loss(Kind::Generator, what)
                .at(span.as_ref().unwrap_or(about))
                .why("Its values arrive, but the caller has to take them apart."),
        );
    }
}

/// The types of the properties of every schema that became a struct, from the types of the document with numbers.
fn properties(document: &OpenAPI, space: &TypeSpace) -> Result<Types, String> {
    let mut types = Types::new();
    let schemas = document.components.iter().flat_map(|it| &it.schemas);
    let names: BTreeMap<&str, Vec<&str>> =
        schemas.filter_map(|(name, schema)| Some((name.as_str(), names(schema)?))).collect();
    for ty in space.iter_types() {
        let TypeDetails::Struct(details) = ty.details() else { continue };
        let name = ty.name();
        let Some(names) = names.get(name.as_str()) else { continue };
        let numbers: BTreeMap<String, &str> = numbers().zip(names.iter().copied()).collect();
        let mut of_struct = BTreeMap::new();
        for (number, id) in details.properties() {
            let Some(name) = numbers.get(number) else { continue };
            let ty = space.get_type(&id).map_err(|error| error.to_string())?;
            let mut ty = syn::parse2(ty.ident()).map_err(|error| error.to_string())?;
            shorten::shorten(&mut ty);
            of_struct.insert((*name).to_owned(), ty);
        }
        types.insert(name, of_struct);
    }
    Ok(types)
}

/// The document with numbers for the names of properties. progenitor spells names as it sees fit, and two may become
/// one; of numbers it changes none.
fn with_numbers(document: &OpenAPI) -> OpenAPI {
    let mut document = document.clone();
    let schemas = document.components.iter_mut().flat_map(|it| it.schemas.values_mut());
    let items = schemas.filter_map(|it| match it {
        ReferenceOr::Item(Schema { schema_kind: SchemaKind::Type(Type::Object(it)), .. }) => {
            Some(it)
        }
        _ => None,
    });
    for object in items {
        let (names, properties): (Vec<String>, Vec<_>) =
            std::mem::take(&mut object.properties).into_iter().unzip();
        let required: BTreeSet<String> = std::mem::take(&mut object.required).into_iter().collect();
        let required = numbers().zip(&names).filter(|(_, name)| required.contains(*name));
        object.required = required.map(|(number, _)| number).collect();
        object.properties = numbers().zip(properties).collect();
    }
    document
}

/// Numbers in the order of the names: which type of a circle is boxed goes by it.
fn numbers() -> impl Iterator<Item = String> {
    (0..).map(|number: usize| format!("p{number:08}"))
}

/// The names of the properties of a schema, in order.
fn names(schema: &ReferenceOr<Schema>) -> Option<Vec<&str>> {
    let SchemaKind::Type(Type::Object(object)) = &schema.as_item()?.schema_kind else {
        return None;
    };
    Some(object.properties.keys().map(String::as_str).collect())
}

/// Gives everything in the plan its type, and returns the names of what progenitor gave none for.
fn fill(plan: &mut Plan, types: &Types) -> Vec<String> {
    let mut missing = Vec::new();
    let known = |schema: &str, name: &str| types.get(schema).and_then(|it| it.get(name));
    let mut set = |ty: &mut syn::Type, schema: &str, name: &str| match known(schema, name) {
        Some(known) => *ty = known.clone(),
        None => missing.push(format!("{schema}.{name}")),
    };
    for (schema, plan) in &mut plan.types {
        match &mut plan.shape {
            Shape::Struct(properties) => {
                properties.iter_mut().for_each(|(name, it)| set(&mut it.ty, schema, name));
            }
            Shape::Union(Union { alternatives, .. }) | Shape::Choice(alternatives) => {
                alternatives.iter_mut().for_each(|it| set(&mut it.ty, schema, &it.property));
            }
            Shape::Enum(_) | Shape::Parts | Shape::Opaque => {}
        }
    }
    for operation in plan.operations.values_mut() {
        let request = &operation.request;
        operation.parameters.iter_mut().for_each(|it| set(&mut it.ty, request, &it.name));
        operation.body.iter_mut().for_each(|it| set(&mut it.ty, request, &it.name));
        let responses =
            operation.success.responses.iter_mut().chain(&mut operation.failure.responses);
        let payloads = responses.filter_map(|it| it.body.as_mut());
        payloads.for_each(|it| set(&mut it.ty, &operation.responses, &it.name));
        // What became any JSON has no more properties, and no list in it is followed.
        let steps = operation.paging.iter_mut().flat_map(Paging::steps_mut);
        steps.for_each(|it| it.ty = known(&it.of, &it.name).cloned().unwrap_or_else(plan::unknown));
    }
    if let Some(Webhooks { of, payloads, .. }) = &mut plan.webhooks {
        payloads.iter_mut().for_each(|it| set(&mut it.ty, of, &it.property));
    }
    let plan::Probes { of, types: probes } = &mut plan.probes;
    for (name, ty) in probes {
        *ty = known(of, name).cloned().unwrap_or_else(plan::unknown);
    }
    missing
}

#[cfg(test)]
mod tests;
