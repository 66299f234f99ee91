//! When progenitor gives up: which schemas it gives up on, so that the rest can be made without them.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, ReferenceOr, Schema};
use serde_json::Value as Json;

use super::Ask;

/// The schemas that progenitor does not take even by themselves, with what it says about each.
///
/// A schema is asked about together with all that it refers to. Where one of those fails, the fault is its, not
/// that of the schema that refers to it.
pub(super) fn culprits(document: &OpenAPI, ask: Ask<'_>) -> BTreeMap<String, String> {
    let references = references(document);
    let failing: BTreeMap<&str, String> = references
        .keys()
        .filter_map(|name| {
            let part = with_only(document, &reached(name, &references));
            ask(&part).err().map(|error| (name.as_str(), error))
        })
        .collect();
    let to_blame = |name: &str| {
        let others = reached(name, &references);
        // Of schemas that refer to each other all are to blame: none can be made without the others.
        others.iter().all(|it| {
            *it == name || !failing.contains_key(it) || reached(it, &references).contains(name)
        })
    };
    failing
        .iter()
        .filter(|(name, _)| to_blame(name))
        .map(|(name, error)| ((*name).to_owned(), error.clone()))
        .collect()
}

/// The document with schemas that say nothing in the places of some.
pub(super) fn without(document: &OpenAPI, names: &BTreeMap<String, String>) -> OpenAPI {
    let mut document = document.clone();
    let schemas = document.components.iter_mut().flat_map(|it| it.schemas.iter_mut());
    for (name, schema) in schemas {
        if names.contains_key(name) {
            *schema = ReferenceOr::Item(Schema {
                schema_data: Default::default(),
                schema_kind: openapiv3::SchemaKind::Type(openapiv3::Type::Object(
                    Default::default(),
                )),
            });
        }
    }
    document
}

fn with_only(document: &OpenAPI, names: &BTreeSet<&str>) -> OpenAPI {
    let mut document = document.clone();
    if let Some(components) = &mut document.components {
        components.schemas.retain(|name, _| names.contains(name.as_str()));
    }
    document
}

/// The names that each schema refers to.
fn references(document: &OpenAPI) -> BTreeMap<String, BTreeSet<String>> {
    let schemas = document.components.iter().flat_map(|it| &it.schemas);
    schemas
        .map(|(name, schema)| {
            let mut found = BTreeSet::new();
            collect(&serde_json::to_value(schema).unwrap_or_default(), &mut found);
            (name.clone(), found)
        })
        .collect()
}

fn collect(json: &Json, found: &mut BTreeSet<String>) {
    match json {
        Json::Object(members) => {
            let reference = members.get("$ref").and_then(Json::as_str);
            let name = reference.and_then(|it| it.strip_prefix("#/components/schemas/"));
            found.extend(name.map(str::to_owned));
            members.values().for_each(|it| collect(it, found));
        }
        Json::Array(items) => items.iter().for_each(|it| collect(it, found)),
        _ => {}
    }
}

/// A schema and all that it refers to, directly or not.
fn reached<'r>(
    name: &'r str,
    references: &'r BTreeMap<String, BTreeSet<String>>,
) -> BTreeSet<&'r str> {
    let mut reached = BTreeSet::from([name]);
    let mut open = vec![name];
    while let Some(name) = open.pop() {
        for next in references.get(name).into_iter().flatten() {
            if reached.insert(next) {
                open.push(next);
            }
        }
    }
    reached
}
