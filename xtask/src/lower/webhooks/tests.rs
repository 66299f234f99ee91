//! Webhooks and callbacks, from the document to the plan and its findings.

use serde_json::{Value as Json, json};

use crate::config::SignatureScheme;
use crate::plan::Webhooks;
use crate::testing::{Outcomes, config, run, run_with};

fn hook(schema: Json) -> Json {
    json!({"post": {"requestBody": {"content": {"application/json": {"schema": schema}}},
        "responses": {"204": {"description": ""}}}})
}

fn event(kind: Json) -> Json {
    json!({"type": "object", "required": ["type"], "properties": {"type": kind, "id": {"type": "string"}}})
}

fn reference(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn document(webhooks: Json) -> Json {
    json!({"paths": {"/": {"get": {"responses": {"204": {"description": ""}}}}}, "webhooks": webhooks,
    "components": {"schemas": {
        "Created": event(json!({"const": "created"})), "Deleted": event(json!({"enum": ["deleted", "purged"]})),
        "Plain": {"type": "object", "properties": {"at": {"type": "string", "format": "date-time", "readOnly": true}}},
    }}})
}

fn webhooks(outcome: &Outcomes) -> &Webhooks {
    let plan = outcome.refined.as_ref().map(|it| &it.plan);
    plan.and_then(|it| it.webhooks.as_ref()).unwrap_or_else(|| panic!("{:?}", outcome.findings))
}

/// The payloads, as `wire → Variant(Type)`.
fn payloads(outcome: &Outcomes) -> Vec<String> {
    let line = |it: &crate::plan::Alternative| {
        let ty = quote::ToTokens::to_token_stream(&it.ty).to_string().replace(' ', "");
        format!("{} → {}({ty})", it.wire.as_deref().unwrap_or("-"), it.name)
    };
    webhooks(outcome).payloads.iter().map(line).collect()
}

#[test]
fn payloads_with_a_constant_each_are_told_apart_by_it() {
    let outcome = run(document(json!({
        "onCreated": hook(reference("Created")), "onDeleted": hook(reference("Deleted"))})));
    assert_eq!(webhooks(&outcome).tag.as_deref(), Some("type"));
    let expected =
        ["created → Created(Created)", "deleted → Deleted(Deleted)", "purged → Purged(Deleted)"];
    assert_eq!(payloads(&outcome), expected);
    assert_eq!(outcome.findings, [""; 0]);
    assert!(outcome.types().contains("pub struct Created"), "{}", outcome.types());
}

#[test]
fn webhooks_that_deliver_one_schema_are_one_payload_if_it_has_a_constant() {
    let outcome = run(document(json!({
        "a": hook(reference("Created")), "b": hook(reference("Created")), "c": hook(reference("Deleted"))})));
    assert_eq!(payloads(&outcome).len(), 3);
    let outcome =
        run(document(json!({"a": hook(reference("Plain")), "b": hook(reference("Plain"))})));
    assert_eq!(payloads(&outcome), ["a → A(Plain)", "b → B(Plain)"]);
}

#[test]
fn without_a_constant_in_each_the_caller_names_them() {
    let optional = json!({"type": "object", "properties": {"type": {"const": "changed"}}});
    let outcome = run(document(json!({
        "on_created": hook(reference("Created")), "unknown": hook(reference("Plain")), "changed": hook(optional)})));
    assert_eq!(webhooks(&outcome).tag, None);
    let expected = [
        "on_created → OnCreated(Created)",
        "unknown → UnknownValue(Plain)",
        "changed → Changed(ChangedPayload)",
    ];
    assert_eq!(payloads(&outcome), expected);
}

#[test]
fn a_list_of_values_tells_the_only_payload_from_no_other() {
    let outcome = run(document(json!({"changed": hook(reference("Deleted"))})));
    assert_eq!(payloads(&outcome), ["changed → Changed(Deleted)"]);
    let outcome = run(document(json!({"changed": hook(reference("Created"))})));
    assert_eq!(payloads(&outcome), ["created → Created(Created)"]);
}

#[test]
fn what_is_delivered_is_received() {
    let outcome = run(document(json!({"a": hook(reference("Plain"))})));
    assert!(outcome.code_of("Plain").contains("pub at:"), "{}", outcome.code_of("Plain"));
}

#[test]
fn callbacks_are_payloads_as_webhooks_are() {
    let calls = |name: &str, schema: Json| {
        json!({"post": {"operationId": name, "responses": {"204": {"description": ""}},
            "callbacks": {"done": {"{$request.body#/url}": hook(schema)}}}})
    };
    let same = json!({"paths": {"/a": calls("start", reference("Plain")), "/b": calls("stop", reference("Plain"))},
        "components": document(json!({}))["components"]});
    let outcome = run(same);
    assert_eq!(payloads(&outcome), ["done → Done(Plain)"]);
    let docs = &webhooks(&outcome).payloads[0].docs;
    let expected = [
        "A callback of [`start`](crate::Client::start) and [`stop`](crate::Client::stop).",
        "To be answered with `204`.",
    ];
    assert_eq!(docs.facts, expected);

    let text = json!({"type": "object", "properties": {"text": {"type": "string"}}});
    let differing = json!({"paths": {"/a": calls("start", text), "/b": calls("stop", reference("Plain"))},
        "components": document(json!({}))["components"]});
    let expected =
        ["POST /a done → PostADone(PostADonePayload)", "POST /b done → PostBDone(Plain)"];
    assert_eq!(payloads(&run(differing)), expected);
}

#[test]
fn references_lead_to_callbacks_and_path_items() {
    let document = json!({
        "paths": {"/a": {"post": {"responses": {}, "callbacks": {"done": {"$ref": "#/components/callbacks/Done"}}}}},
        "webhooks": {"w": {"$ref": "#/components/pathItems/Hook"}, "lost": {"$ref": "#/components/pathItems/No"}},
        "components": {
            "callbacks": {"Done": {"{$url}": {"$ref": "#/components/pathItems/Hook"}}},
            "pathItems": {"Hook": hook(event(json!({"type": "string"})))}}});
    let outcome = run(document);
    assert_eq!(payloads(&outcome), ["w → W(Payload)", "done → Done(Payload)"]);
}

#[test]
fn what_has_no_body_in_json_is_told() {
    let content = |content: Json| json!({"post": {"requestBody": {"content": content}}});
    let outcome = run(document(json!({
        "csv": content(json!({"text/csv": {"schema": {"type": "string"}}})),
        "ping": {"post": {"responses": {}}},
        "silent": content(json!({"application/json": {}})),
        "lost": {"post": {"requestBody": {"$ref": "#/components/requestBodies/No"}}}})));
    let mut findings = outcome.findings.clone();
    findings.sort();
    let expected = [
        "deviation[webhooks]: the body of `csv` is text/csv, not JSON",
        "loss[unresolved-part]: the body, `#/components/requestBodies/No`, is not there",
        "note[webhooks]: `ping` has no body",
        "note[webhooks]: nothing is said of the body of `silent`",
    ];
    assert_eq!(findings, expected);
    assert!(outcome.refined.is_some_and(|it| it.plan.webhooks.is_none()));
}

#[test]
fn what_is_referred_to_is_told_where_the_reference_is() {
    let done = json!({"{$url}": {"post": {"responses": {}}}});
    let calls =
        json!({"responses": {}, "callbacks": {"done": {"$ref": "#/components/callbacks/Done"}}});
    let document = json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://a.example.com"}],
        "paths": {"/a": {"post": calls.clone()}, "/b": {"post": calls}}, "components": {"callbacks": {"Done": done}}});
    let source = crate::source::Source::new("page.json", format!("{document:#}"));
    let api = crate::catalog::Api { config: config(), pages: vec![source.clone()] };
    let mut findings = crate::finding::Findings::default();
    crate::pipeline::bind_api(&api, &mut findings);
    let told = findings.iter().filter(|it| it.kind == crate::finding::Kind::Callbacks);
    let lines: Vec<usize> = told.filter_map(|it| Some(it.span.as_ref()?.line())).collect();
    let references = source.text().lines().enumerate();
    let references = references.filter(|(_, it)| it.contains("callbacks/Done"));
    // The reference opens on the line before.
    let references: Vec<usize> = references.map(|(at, _)| at).collect();
    assert_eq!(lines, references);
}

#[test]
fn a_scheme_without_webhooks_is_an_error() {
    let decided = |document: Json| {
        let base = config();
        let scheme = SignatureScheme { own: None, reason: "r".to_owned(), span: base.span.clone() };
        run_with(document, &crate::config::ApiConfig { webhooks: Some(scheme), ..base }).findings
    };
    let findings = decided(document(json!({})));
    assert_eq!(findings.len(), 1);
    assert!(findings.iter().all(|it| it.starts_with("error[unused-webhooks]")), "{findings:?}");
    assert_eq!(decided(document(json!({"a": hook(reference("Plain"))}))), [""; 0]);
}

#[test]
fn a_variant_can_be_renamed() {
    use crate::config::Renamed::Variant;
    let renames = crate::testing::renames([(Variant("Webhook.OnCreated".to_owned()), "Created")]);
    let outcome = run_with(document(json!({"on_created": hook(reference("Plain"))})), &renames);
    assert_eq!(payloads(&outcome), ["on_created → Created(Plain)"]);
}
