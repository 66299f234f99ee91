//! What a type is for, where the vendor says nothing about it.

use std::collections::BTreeMap;

use syn::Type;

use crate::plan::{Operation, Plan};

use super::paths;

/// What the types are for that are the body of one operation, or what one gives. A type of several has no entry,
/// or none in it: its name has to say what it is.
pub(super) fn all(
    types: &BTreeMap<String, BTreeMap<String, Type>>,
    plan: &Plan,
) -> BTreeMap<String, Option<String>> {
    let mut roles = BTreeMap::new();
    for (name, operation) in &plan.operations {
        let link = format!("[`{name}`](crate::Client::{name})");
        for (schema, property, what) in parts(operation) {
            let ty = types.get(schema).and_then(|it| it.get(property));
            let ty = ty.map(|ty| paths::argument(ty, "Option").unwrap_or(ty));
            let Some(type_name) = ty.and_then(paths::name) else { continue };
            let role = Some(what.replace("{}", &link));
            // Two statuses of an operation may give the same type.
            let known = roles.entry(type_name).or_insert_with(|| role.clone());
            if *known != role {
                *known = None;
            }
        }
    }
    roles
}

/// The schemas and properties of which the types have a role, and the role.
fn parts(operation: &Operation) -> Vec<(&str, &str, &'static str)> {
    let body = operation.body.iter();
    let mut parts: Vec<_> =
        body.map(|it| (operation.request.as_str(), it.name.as_str(), "The body of {}.")).collect();
    let outcomes = [
        (&operation.success, "What {} gives."),
        (&operation.failure, "What {} gives when it fails."),
    ];
    for (outcome, what) in outcomes {
        let bodies = outcome.responses.iter().filter_map(|it| it.body.as_deref());
        parts.extend(bodies.map(|body| (operation.responses.as_str(), body, what)));
    }
    parts
}
