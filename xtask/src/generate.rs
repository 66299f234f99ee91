//! The third stage, and the one place that calls progenitor: Rust types for the lowered document.
//!
//! progenitor decides the type of every property: numbers, dates, lists, and where a type that holds
//! itself needs a box. Its methods and conversions are not used; operations are emitted from the plan.

use std::collections::BTreeMap;

use progenitor::{GenerationSettings, Generator};
use syn::{Attribute, Fields, Item, LitStr, Type};

use crate::finding::{Finding, Findings};
use crate::lower::Lowered;
use crate::plan::{Plan, Shape};
use crate::source::Span;

/// What progenitor makes of a lowered document, and the plan to finish it by.
#[derive(Debug)]
pub struct Generated {
    /// The Rust types of the properties of each schema of the lowered document.
    pub types: BTreeMap<String, BTreeMap<String, Type>>,
    /// What to restore.
    pub plan: Plan,
}

/// Asks progenitor for the types. `None` when a finding says why there are none.
pub fn generate(lowered: Lowered, about: &Span, findings: &mut Findings) -> Option<Generated> {
    let fail = |what: String| {
        Finding::error("generator", what)
            .at(about)
            .why("no crate can be made of this API")
            .help("this is a gap in Bindery: its lowering let something through that progenitor does not take")
    };
    let mut settings = GenerationSettings::default();
    settings.with_map_type("::std::collections::BTreeMap".to_owned());
    let tokens = Generator::new(&settings).generate_tokens(&lowered.document);
    let file = match tokens
        .map_err(|error| error.to_string())
        .and_then(|tokens| syn::parse2::<syn::File>(tokens).map_err(|error| error.to_string()))
    {
        Ok(file) => file,
        Err(error) => {
            findings.push(fail(format!("progenitor rejects the lowered document: {error}")));
            return None;
        }
    };
    let types = properties(file);
    for name in missing(&lowered.plan, &types) {
        findings
            .push(fail(format!("progenitor gives no type for `{name}` of the lowered document")));
    }
    (!findings.failed()).then_some(Generated { types, plan: lowered.plan })
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
            Shape::Enum(_) | Shape::Parts => {}
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
