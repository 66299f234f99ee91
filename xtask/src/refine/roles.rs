//! What a type is for, where the vendor says nothing about it.

use std::collections::BTreeMap;

use syn::Type;

use crate::plan::{Operation, Plan};

use super::paths;

/// What the types are for that are the body of one operation, or what one gives. A type of several has no entry,
/// or none in it: its name has to say what it is.
pub(super) fn all(plan: &Plan) -> BTreeMap<String, Option<String>> {
    let mut roles = BTreeMap::new();
    for (name, operation) in &plan.operations {
        let link = format!("[`{name}`](crate::Client::{name})");
        for (ty, what) in parts(operation) {
            let Some(type_name) = paths::name(paths::argument(ty, "Option").unwrap_or(ty)) else {
                continue;
            };
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

/// The types that have a role in an operation, and the role.
fn parts(operation: &Operation) -> Vec<(&Type, &'static str)> {
    let mut parts: Vec<_> = operation.body.iter().map(|it| (&it.ty, "The body of {}.")).collect();
    let outcomes = [
        (&operation.success, "What {} gives."),
        (&operation.failure, "What {} gives when it fails."),
    ];
    for (outcome, what) in outcomes {
        let bodies = outcome.responses.iter().filter_map(|it| it.body.as_ref());
        parts.extend(bodies.map(|body| (&body.ty, what)));
    }
    parts
}
