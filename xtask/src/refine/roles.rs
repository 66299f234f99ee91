//! What a type is for, where the vendor says nothing about it.

use std::collections::BTreeMap;

use syn::Type;

use crate::plan::{Operation, Plan};
use crate::prose;

use super::paths;

/// The operations that one sentence names; of more, the rest is counted.
const NAMED: usize = 3;

/// What a type is for in operations.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Body,
    Success,
    Failure,
}

/// What the types are for that are the body of operations, or what operations give. A type of several roles has no entry:
/// its name has to say what it is.
pub(super) fn all(plan: &Plan) -> BTreeMap<String, String> {
    let mut roles: BTreeMap<String, (Option<Role>, Vec<&str>)> = BTreeMap::new();
    for (name, operation) in &plan.operations {
        for (ty, role) in parts(operation) {
            let Some(type_name) = paths::name(paths::argument(ty, "Option").unwrap_or(ty)) else {
                continue;
            };
            let (known, of) = roles.entry(type_name).or_insert((Some(role), Vec::new()));
            *known = known.filter(|it| *it == role);
            // Two statuses of an operation may give the same type.
            if of.last() != Some(&name.as_str()) {
                of.push(name);
            }
        }
    }
    let told =
        roles.into_iter().filter_map(|(ty, (role, of))| Some((ty, sentence(plan, role?, &of))));
    told.collect()
}

fn sentence(plan: &Plan, role: Role, operations: &[&str]) -> String {
    let link = |name: &&str| match plan.operations.get(*name) {
        Some(operation) => operation.link(name),
        None => prose::code(name),
    };
    let mut named: Vec<String> = operations.iter().take(NAMED).map(link).collect();
    match operations.len().saturating_sub(NAMED) {
        0 => {}
        1 => named.push("one other".to_owned()),
        more => named.push(format!("{more} others")),
    }
    let (give, fail) =
        if operations.len() == 1 { ("gives", "it fails") } else { ("give", "they fail") };
    let of = prose::listed(&named);
    match role {
        Role::Body => format!("The body of {of}."),
        Role::Success => format!("What {of} {give}."),
        Role::Failure => format!("What {of} {give} when {fail}."),
    }
}

/// The types that have a role in an operation, and the role.
fn parts(operation: &Operation) -> Vec<(&Type, Role)> {
    let mut parts: Vec<_> = operation.body.iter().map(|it| (&it.ty, Role::Body)).collect();
    let outcomes = [(&operation.success, Role::Success), (&operation.failure, Role::Failure)];
    for (outcome, role) in outcomes {
        let bodies = outcome.responses.iter().filter_map(|it| it.body.as_ref());
        parts.extend(bodies.map(|body| (&body.ty, role)));
    }
    parts
}
