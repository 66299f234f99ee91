//! The third stage, and the one place that calls progenitor: Rust types for the lowered document.
//!
//! progenitor decides the type of every property: numbers, dates, lists, and where a type that holds
//! itself needs a box. Its methods and conversions are not used; operations are emitted from the plan.

mod isolate;

use std::collections::BTreeMap;

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator};
use syn::{Attribute, Fields, File, Item, LitStr, Type};

use crate::finding::{Finding, Findings};
use crate::lower::Lowered;
use crate::plan::{Plan, Shape};
use crate::quiet;
use crate::source::Span;

/// What progenitor makes of a lowered document, and the plan to finish it by.
#[derive(Debug)]
pub struct Generated {
    /// The Rust types of the properties of each schema of the lowered document.
    pub types: BTreeMap<String, BTreeMap<String, Type>>,
    /// What to restore.
    pub plan: Plan,
}

/// A question to progenitor: the code for a document, or what is wrong with it.
type Ask<'a> = &'a dyn Fn(&OpenAPI) -> Result<File, String>;

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
    let answer: Result<File, String> = ask(&document).or_else(|error| {
        let culprits = isolate::culprits(&document, ask);
        let rest = ask(&isolate::without(&document, &culprits)).map_err(|_| error)?;
        culprits
            .iter()
            .for_each(|(name, error)| leave_out(name, error, &mut plan, about, findings));
        Ok(rest)
    });
    let file = match answer {
        Ok(file) => file,
        Err(error) => {
            let what = format!("progenitor rejects the lowered document: {error}");
            findings.push(gap(what, about));
            return None;
        }
    };
    let types = properties(file);
    for name in missing(&plan, &types) {
        let what = format!("progenitor gives no type for `{name}` of the lowered document");
        findings.push(gap(what, about));
    }
    (!findings.failed()).then_some(Generated { types, plan })
}

/// Asks progenitor, which answers some documents with a panic.
fn ask(document: &OpenAPI) -> Result<File, String> {
    let mut settings = GenerationSettings::default();
    settings.with_map_type("::std::collections::BTreeMap".to_owned());
    let tokens = quiet::catch(|| Generator::new(&settings).generate_tokens(document))?;
    syn::parse2(tokens.map_err(|error| error.to_string())?).map_err(|error| error.to_string())
}

fn gap(what: String, about: &Span) -> Finding {
    Finding::error("generator", what)
        .at(about)
        .why("no crate can be made of this API")
        .help("this is a gap in Bindery: its lowering let something through that progenitor does not take")
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
                Finding::loss("generator", what).at(about).why("the client cannot call it");
            finding.operation = Some(it.key().to_string());
            findings.push(finding);
        }
    }
    if let Some(plan) = plan.types.get_mut(name)
        && !matches!(plan.shape, Shape::Parts)
    {
        plan.shape = Shape::Opaque;
        let what = format!("`{name}` is taken as any JSON: progenitor gives up on it: {error}");
        findings.push(
            Finding::loss("generator", what)
                .at(span.as_ref().unwrap_or(about))
                .why("its values arrive, but the caller has to take them apart"),
        );
    }
}

/// The properties of every struct in the module of types, by their names in the lowered document.
fn properties(file: syn::File) -> BTreeMap<String, BTreeMap<String, Type>> {
    let modules = file.items.into_iter().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content,
        _ => None,
    });
    let structs = modules.flat_map(|(_, items)| items).filter_map(|item| match item {
        Item::Struct(item) => Some(item),
        _ => None,
    });
    structs
        .map(|item| {
            let fields = match item.fields {
                Fields::Named(fields) => fields
                    .named
                    .into_iter()
                    .filter_map(|field| {
                        let name = renamed(&field.attrs)
                            .or_else(|| field.ident.map(|it| it.to_string()))?;
                        Some((name, field.ty))
                    })
                    .collect(),
                _ => BTreeMap::new(),
            };
            (item.ident.to_string(), fields)
        })
        .collect()
}

/// The name that serde gives a field, where it is not the field's own.
fn renamed(attributes: &[Attribute]) -> Option<String> {
    let mut renamed = None;
    for attribute in attributes.iter().filter(|it| it.path().is_ident("serde")) {
        // What cannot be parsed here is no rename; the check for missing names catches the rest.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                renamed = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            }
            Ok(())
        });
    }
    renamed
}

/// Properties that the plan counts on and progenitor did not give.
fn missing(plan: &Plan, types: &BTreeMap<String, BTreeMap<String, Type>>) -> Vec<String> {
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
