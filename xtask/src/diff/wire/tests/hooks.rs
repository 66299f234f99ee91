//! Callbacks that lead to one another: each is compared once, however many lead there.

use serde_json::{Map, Value as Json, json};

use super::{changes, lines};

fn reference(path: &str) -> Json {
    json!({"$ref": format!("#/paths/~1{path}")})
}

/// A path with one operation, which takes a body of that type and makes callbacks.
fn item(ty: &str, callbacks: Json) -> Json {
    let content = json!({"application/json": {"schema": {"type": ty}}});
    json!({"post": {"requestBody": {"content": content}, "responses": {}, "callbacks": callbacks}})
}

/// What is said if a type in the document changes.
fn said(document: impl Fn(&str) -> Json) -> Vec<String> {
    lines(&changes(document("integer"), document("number")))
}

const BOTH_WAYS: [&str; 2] =
    ["breaking response-body-type-generalized", "additive request-body-type-generalized"];

#[test]
fn a_callback_may_lead_back_to_its_own_path() {
    let own = |ty: &str| json!({"paths": {"/x": item(ty, json!({"c": {"u": reference("x")}}))}});
    assert_eq!(said(own), BOTH_WAYS);
    let shared = json!({"c": {"$ref": "#/components/callbacks/C"}});
    let component = |ty: &str| {
        let callbacks = json!({"C": {"u": reference("x")}});
        json!({"paths": {"/x": item(ty, shared.clone())}, "components": {"callbacks": callbacks}})
    };
    assert_eq!(said(component), BOTH_WAYS);
    let webhook = |ty: &str| {
        let back = json!({"c": {"u": {"$ref": "#/webhooks/w"}}});
        json!({"webhooks": {"w": item(ty, back)}})
    };
    assert_eq!(said(webhook), BOTH_WAYS);
    let two = |ty: &str| {
        let to = |path: &str| json!({"c": {"u": reference(path)}});
        json!({"paths": {"/x": item(ty, to("y")), "/y": item("string", to("x"))}})
    };
    assert_eq!(said(two), BOTH_WAYS);
}

/// A line of paths of which each calls the next one back.
fn chain(length: usize, names: &[&str]) -> impl Fn(&str) -> Json {
    move |ty: &str| {
        let callbacks = |next: usize| -> Map<String, Json> {
            let to = |name: &&str| ((*name).to_owned(), json!({"u": reference(&next.to_string())}));
            names.iter().map(to).collect()
        };
        let item = |at: usize| match at + 1 == length {
            true => item(ty, json!({})),
            false => item("string", json!(callbacks(at + 1))),
        };
        let paths: Map<String, Json> = (0..length).map(|at| (format!("/{at}"), item(at))).collect();
        json!({ "paths": paths })
    }
}

#[test]
fn a_long_chain_of_callbacks_takes_no_stack() {
    assert_eq!(said(chain(3_000, &["c"])), BOTH_WAYS);
}

#[test]
fn callbacks_that_multiply_are_compared_once() {
    assert_eq!(said(chain(60, &["c", "d"])), BOTH_WAYS);
}
