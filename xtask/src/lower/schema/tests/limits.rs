//! Schemas that are too much: what is given up is told.

use std::time::{Duration, Instant};

use insta::assert_snapshot;
use serde_json::json;

use crate::testing::{component, run};

#[test]
fn schemas_that_multiply_or_never_end_are_given_up() {
    let both = |name: &str| {
        let name = format!("#/components/schemas/{name}");
        json!({"allOf": [{"$ref": name}, {"$ref": name}]})
    };
    let mut doubling: serde_json::Map<_, _> =
        (0..20).map(|at| (format!("S{at}"), both(&format!("S{}", at + 1)))).collect();
    doubling.insert("S20".to_owned(), json!({"maxLength": 3}));
    let outcome = run(component_of(doubling, "S0"));
    assert_snapshot!(outcome.findings.join("\n"), @"untyped[contradiction]: `S0` is taken as any JSON: the schema has too many parts");

    let mut growing: serde_json::Map<_, _> = (0..40)
        .map(|at| {
            let inner = format!("#/components/schemas/S{}", at + 1);
            let own = |name: &str| json!({"allOf": [{"$ref": inner}, {"properties": {name: {"type": "string"}}}]});
            (format!("S{at}"), json!({"properties": {"x": own("a"), "y": own("b")}}))
        })
        .collect();
    growing.insert("S40".to_owned(), json!({"properties": {"x": {"type": "string"}}}));
    let outcome = run(component_of(growing, "S0"));
    assert_snapshot!(outcome.findings.join("\n"), @"error[schema-size]: the schemas stand for too many types");
}

/// Until now, each of the 2,048 ways was gone wherever a kind was needed, which took minutes.
#[test]
fn many_ways_to_one_base_are_gone_once() {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let twice = |name: &str| json!({"allOf": [reference(name), reference(name)]});
    let base = json!({
        "type": "object",
        "required": ["kind"],
        "discriminator": {"propertyName": "kind"},
        "properties": {"kind": {"type": "string"}},
    });
    let mut schemas: serde_json::Map<_, _> =
        (1..12).map(|at| (format!("B{at}"), twice(&format!("B{}", at - 1)))).collect();
    schemas.insert("B0".to_owned(), base);
    schemas.extend((0..60).map(|at| {
        let own = json!({"properties": {format!("own_{at}"): {"type": "string"}}});
        (format!("K{at}"), json!({"allOf": [reference("B11"), own]}))
    }));
    let start = Instant::now();
    let outcome = run(component_of(schemas, "B0"));
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    assert_eq!(outcome.findings, [""; 0]);
    for at in 0..60 {
        let whole = format!("pub struct K{at} {{");
        assert!(outcome.types().contains(&whole), "{whole}");
    }
}

#[test]
fn deep_schemas_are_told_and_many_components_are_not_deep() {
    let deep =
        (0..200).fold(json!({"type": "string"}), |inner, _| json!({"properties": {"a": inner}}));
    let outcome = run(component("Deep", deep));
    assert!(outcome.refined.is_some());
    assert_eq!(outcome.findings.len(), 1, "{:?}", outcome.findings);
    assert!(outcome.findings.iter().all(|it| it.starts_with("loss[schema-depth]")));

    let chain = (0..500).map(|at| {
        let next = json!({"$ref": format!("#/components/schemas/S{}", at + 1)});
        (format!("S{at}"), json!({"properties": {"next": next}}))
    });
    let mut chain: serde_json::Map<_, _> = chain.collect();
    chain.insert("S500".to_owned(), json!({"type": "string"}));
    assert_eq!(run(component_of(chain, "S0")).findings, [""; 0]);
}

#[test]
fn a_chain_of_references_is_not_deep() {
    let to = |at: u32| json!({"$ref": format!("#/components/schemas/S{at}")});
    let mut chain: serde_json::Map<_, _> =
        (0..200).map(|at| (format!("S{at}"), to(at + 1))).collect();
    chain.insert("S200".to_owned(), json!({"type": "string"}));
    let outcome = run(component_of(chain.clone(), "S0"));
    assert_eq!(outcome.findings, [""; 0]);
    chain.insert("S200".to_owned(), to(190));
    let outcome = run(component_of(chain, "S0"));
    assert_snapshot!(outcome.findings.join("\n"), @"untyped[recursive-alias]: `#/components/schemas/S190` is an alias of itself, and taken as any JSON");
}

/// A document with these components, of which one is in use.
fn component_of(
    schemas: serde_json::Map<String, serde_json::Value>,
    used: &str,
) -> serde_json::Value {
    let reference = json!({"$ref": format!("#/components/schemas/{used}")});
    let mut document = component("Used", reference);
    for (name, schema) in schemas {
        document["components"]["schemas"][name] = schema;
    }
    document
}
