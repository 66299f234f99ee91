//! The third stage, and the one place that calls progenitor: Rust types for the lowered document.
//!
//! progenitor decides the type of every property: numbers, dates, lists, and where a type that holds
//! itself needs a box. Its methods and conversions are not used; operations are emitted from the plan.

mod isolate;

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaKind};
use progenitor::{GenerationSettings, Generator};
use syn::Type;
use typify::{TypeDetails, TypeSpace};

use crate::finding::{Finding, Findings, Kind};
use crate::lower::Lowered;
use crate::plan::{Plan, Shape};
use crate::quiet;
use crate::source::Span;

/// What progenitor makes of a lowered document, and the plan to finish it by.
#[derive(Debug)]
pub struct Generated {
    /// The Rust types of the properties of each schema of the lowered document.
    pub types: Types,
    /// What to restore.
    pub plan: Plan,
}

/// The Rust types of properties, by schema and name.
type Types = BTreeMap<String, BTreeMap<String, Type>>;

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
    for name in missing(&plan, &types) {
        let what = format!("progenitor gives no type for `{name}` of the lowered document");
        findings.push(gap(what, about));
    }
    (!findings.failed()).then_some(Generated { types, plan })
}

/// Asks progenitor, which answers some documents with a panic.
fn ask(document: &OpenAPI) -> Result<Types, String> {
    let mut settings = GenerationSettings::default();
    settings.with_map_type("::std::collections::BTreeMap".to_owned());
    quiet::catch(|| {
        let mut generator = Generator::new(&settings);
        generator.generate_tokens(document).map_err(|error| error.to_string())?;
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

/// The types of the properties of every schema that became a struct. The type space has their names in Rust, in the
/// order of their names in the document.
fn properties(document: &OpenAPI, space: &TypeSpace) -> Result<Types, String> {
    let mut types = Types::new();
    let schemas = document.components.iter().flat_map(|it| &it.schemas);
    let schemas: BTreeMap<&str, Vec<&str>> =
        schemas.map(|(name, schema)| (name.as_str(), names(schema))).collect();
    for ty in space.iter_types() {
        let TypeDetails::Struct(details) = ty.details() else { continue };
        let name = ty.name();
        let Some(wanted) = schemas.get(name.as_str()) else { continue };
        let mut of_struct = BTreeMap::new();
        for (wanted, (given, id)) in wanted.iter().zip(details.properties()) {
            let ty = space.get_type(&id).map_err(|error| error.to_string())?;
            let ty = syn::parse2(ty.ident()).map_err(|error| error.to_string())?;
            if is_spelt_alike(wanted, given) {
                of_struct.insert((*wanted).to_owned(), ty);
            }
        }
        types.insert(name, of_struct);
    }
    Ok(types)
}

/// The names of the properties of a schema, in order.
fn names(schema: &ReferenceOr<Schema>) -> Vec<&str> {
    let ReferenceOr::Item(schema) = schema else { return Vec::new() };
    let SchemaKind::Type(openapiv3::Type::Object(object)) = &schema.schema_kind else {
        return Vec::new();
    };
    let mut names: Vec<&str> = object.properties.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// Whether a name can have become the other one in Rust.
fn is_spelt_alike(wanted: &str, given: &str) -> bool {
    let letters = |name: &str| -> String { name.chars().filter(char::is_ascii_alphanumeric).collect() };
    letters(wanted).eq_ignore_ascii_case(&letters(given))
}

/// Properties that the plan counts on and progenitor did not give.
fn missing(plan: &Plan, types: &Types) -> Vec<String> {
    let mut wanted: Vec<(&str, &str)> = Vec::new();
    for (name, ty) in &plan.types {
        match &ty.shape {
            Shape::Struct(properties) => {
                wanted.extend(properties.keys().map(|property| (name.as_str(), property.as_str())));
            }
            Shape::Union(union) => {
                wanted.extend(
                    union.alternatives.iter().map(|it| (name.as_str(), it.property.as_str())),
                );
            }
            Shape::Choice(alternatives) => {
                wanted.extend(alternatives.iter().map(|it| (name.as_str(), it.property.as_str())));
            }
            Shape::Enum(_) | Shape::Parts | Shape::Opaque => {}
        }
    }
    for operation in plan.operations.values() {
        let names = operation.parameters.iter().map(|it| &it.name);
        let names = names.chain(operation.body.as_ref().map(|it| &it.name));
        wanted.extend(names.map(|name| (operation.request.as_str(), name.as_str())));
        let outcomes = [&operation.success, &operation.failure];
        let bodies =
            outcomes.into_iter().flat_map(|it| &it.responses).filter_map(|it| it.body.as_ref());
        wanted.extend(bodies.map(|body| (operation.responses.as_str(), body.as_str())));
    }
    wanted
        .into_iter()
        .filter(|(schema, property)| {
            types.get(*schema).is_none_or(|properties| !properties.contains_key(*property))
        })
        .map(|(schema, property)| format!("{schema}.{property}"))
        .collect()
}

#[cfg(test)]
mod tests;
