//! What calls give and what they fail with, and what clients are made from.

use serde_json::{Value, json};

use super::{lines, of};

/// A document with an operation that has these responses, beside `200`, and members of its own.
fn books(responses: Value, more: Value) -> Value {
    let schema = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let mut document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Books", "version": "1"},
        "servers": [{"url": "https://books.example.com"}],
        "paths": {"/book": {"get": {"operationId": "get_book", "responses": {
            "200": answer("Book", "A book"),
        }}}},
        "components": {"schemas": {
            "Book": {"type": "object", "properties": {"id": {"type": "string"}}},
            "Problem": {"type": "object", "properties": {"cause": schema("Cause")}},
            "Cause": {"type": "object", "properties": {"code": {"type": "string"}}},
        }},
    });
    merge(&mut document, &json!({"paths": {"/book": {"get": {"responses": responses}}}}));
    merge(&mut document, &more);
    document
}

fn answer(schema: &str, description: &str) -> Value {
    let schema = json!({"$ref": format!("#/components/schemas/{schema}")});
    json!({"description": description, "content": {"application/json": {"schema": schema}}})
}

fn merge(into: &mut Value, more: &Value) {
    match (into.as_object_mut(), more.as_object()) {
        (Some(object), Some(more)) => {
            for (key, value) in more {
                merge(object.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        _ => *into = more.clone(),
    }
}

#[track_caller]
fn check(old: &Value, new: &Value, expected: &[&str]) {
    assert_eq!(lines(of(old, ""), of(new, "")), expected);
}

/// The types have been in the document all along.
#[test]
fn a_response_brings_its_error_and_the_types_that_this_one_holds() {
    let old = books(json!({}), json!({}));
    let new = books(json!({"404": answer("Problem", "None")}), json!({}));
    check(
        &old,
        &new,
        &[
            "response-non-success-status-added Additive Page ApiError::Problem types::Cause types::Problem",
        ],
    );
    check(
        &new,
        &old,
        &[
            "response-non-success-status-removed Breaking Page ApiError::Problem types::Cause types::Problem",
        ],
    );
}

#[test]
fn each_error_belongs_to_its_own_response() {
    let old = json!({"409": {"description": "Taken"}});
    let new = json!({"404": answer("Problem", "None"), "409": answer("Book", "Taken")});
    check(
        &books(old, json!({})),
        &books(new, json!({})),
        &[
            "response-media-type-added Breaking Page ApiError::Book ApiError::Empty",
            "response-non-success-status-added Additive Page ApiError::Problem types::Cause types::Problem",
        ],
    );
}

#[test]
fn another_success_belongs_to_the_response_that_is_new() {
    let description =
        json!({"paths": {"/book": {"get": {"responses": {"200": {"description": "One"}}}}}});
    check(
        &books(json!({}), json!({})),
        &books(json!({"202": answer("Problem", "Wait")}), description),
        &[
            "response-success-status-added Breaking Page operations::GetBook types::Cause types::GetBookResponse \
             types::Problem",
            "description-changed None Page ",
        ],
    );
}

#[test]
fn clients_are_made_from_credentials_and_servers() {
    let token = json!({
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    });
    check(
        &books(json!({}), json!({})),
        &books(json!({}), token),
        &[
            "api-global-security-added Breaking Page Client Client::from_env Client::new Client::with_credential \
             Credential",
            "api-security-component-added None Page ",
        ],
    );
    let servers = |urls: &[&str]| {
        let servers: Vec<Value> = urls
            .iter()
            .map(|it| json!({"url": format!("https://{it}.com"), "description": it}))
            .collect();
        books(json!({}), json!({"servers": servers}))
    };
    check(
        &servers(&["one", "two", "three"]),
        &servers(&["one", "two"]),
        &["server-removed Breaking Page Server::Three"],
    );
}
