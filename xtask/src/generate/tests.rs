//! What happens when progenitor gives up: it is made to, since lowering gives it nothing that it does not take.

use serde_json::json;

use super::*;
use crate::testing::{components, config, lower};

/// Progenitor, but for documents that hold a schema of that name.
fn refuses(name: &str) -> impl Fn(&OpenAPI) -> Result<Types, String> {
    move |document| {
        let schemas = document.components.iter().flat_map(|it| &it.schemas);
        let holds = |schema: &openapiv3::ReferenceOr<openapiv3::Schema>| {
            serde_json::to_string(schema).is_ok_and(|it| it.contains("\"bad\""))
        };
        for (found, schema) in schemas {
            if found == name && holds(schema) {
                return panics::catch_panic(|| panic!("no {name}"));
            }
        }
        ask(document)
    }
}

fn run(name: &str) -> (Option<Generated>, Vec<String>) {
    let document = components(json!({
        "Good": {"type": "object", "properties": {"poor": {"$ref": "#/components/schemas/Poor"}}},
        "Poor": {"type": "object", "properties": {"bad": {"type": "string"}}},
    }));
    let config = config();
    let (lowered, mut findings) = lower(document, &config);
    let lowered = lowered.expect("it lowers");
    let generated = generate_with(lowered, &config.span, &mut findings, &refuses(name));
    (generated, findings.iter().map(ToString::to_string).collect())
}

#[test]
fn a_schema_that_progenitor_panics_on_is_left_out_alone() {
    let (generated, findings) = run("Poor");
    let plan = generated.expect("the rest is made").plan;
    assert!(matches!(plan.types["Poor"].shape, Shape::Opaque));
    assert!(matches!(plan.types["Good"].shape, Shape::Struct(_)));
    assert_eq!(plan.operations.len(), 2);
    let expected = "loss[generator] page.md:1: `Poor` is taken as any JSON: progenitor gives up on it: no Poor";
    assert_eq!(findings, [expected]);
}

#[test]
fn what_cannot_be_traced_to_a_schema_is_an_error() {
    let config = config();
    let (lowered, mut findings) = lower(components(json!({})), &config);
    let never = |_: &OpenAPI| Err::<Types, _>("never".to_owned());
    let generated = generate_with(lowered.expect("it lowers"), &config.span, &mut findings, &never);
    assert!(generated.is_none());
    let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        findings,
        ["error[generator] api.toml:1: progenitor rejects the lowered document: never"]
    );
}

#[test]
fn names_that_are_respelt_are_found_again() {
    let given = vec![("default", 1), ("kind", 2), ("x2fa", 3), ("x3d", 4)];
    let found = by_name(&["_2fa", "_3d", "default_", "kind"], given);
    assert_eq!(found, [("kind", 2), ("_2fa", 3), ("_3d", 4), ("default_", 1)]);
    // One that is another name altogether is not taken for it.
    assert!(by_name(&["_2fa"], vec![("x3d", 1)]).is_empty());
}
