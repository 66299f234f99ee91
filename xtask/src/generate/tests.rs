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
fn names_that_fall_together_elsewhere_keep_their_types() {
    let thing = json!({"type": "object", "properties": {
        "1a_b_c": {"type": "integer"}, "1a_bc": {"type": "string"}, "1ab_c": {"type": "boolean"},
        "1abc": {"type": "number"}, "x1abc": {"type": "string", "format": "uuid"},
        "default": {"type": "array", "items": {"type": "string"}},
    }});
    let outcome = crate::testing::run(components(json!({"Thing": thing})));
    assert_eq!(outcome.findings, [""; 0]);
    insta::assert_snapshot!(outcome.types(), @r#"
    pub struct Thing {
        #[serde(rename = "1a_b_c", skip_serializing_if = "Option::is_none")]
        pub _1a_b_c: Option<i64>,
        #[serde(rename = "1a_bc", skip_serializing_if = "Option::is_none")]
        pub _1a_bc: Option<String>,
        #[serde(rename = "1ab_c", skip_serializing_if = "Option::is_none")]
        pub _1ab_c: Option<bool>,
        #[serde(rename = "1abc", skip_serializing_if = "Option::is_none")]
        pub _1abc: Option<runtime::Number>,
        #[serde(rename = "default", skip_serializing_if = "Option::is_none")]
        pub default_: Option<Vec<String>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub x1abc: Option<uuid::Uuid>,
    }
    "#);
}
