//! Errors of fragments.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::run;

fn json_of(schema: Json) -> Json {
    json!({"content": {"application/json": {"schema": schema}}})
}

fn component(name: &str) -> Json {
    json_of(json!({"$ref": format!("#/components/schemas/{name}")}))
}

fn document(first: Json, second: Json) -> Json {
    json!({
        "paths": {
            "/a": {"get": {"operationId": "getA", "responses": first}},
            "/b": {"get": {"operationId": "getB", "responses": second}},
        },
        "components": {"schemas": {
            "Empty": {"type": "object", "properties": {"a": {"type": "string"}}},
            "Problem": {"type": "object", "properties": {"b": {"type": "string"}}},
        }},
    })
}

#[test]
fn all_operations_have_one_error_with_a_variant_for_each_body() {
    let first = json!({
        "400": component("Problem"), "404": component("Empty"), "409": {}, "410": json_of(json!({"type": "string"})),
        "411": {"content": {"text/plain": {"schema": {"type": "string"}}}},
        "412": json_of(json!({"type": "array", "items": {"$ref": "#/components/schemas/Problem"}})),
        "413": json_of(json!({"type": "object", "additionalProperties": {"type": "integer"}})), "414": json_of(json!({})),
    });
    let second = json!({"404": component("Problem"), "5XX": {}, "default": component("Problem")});
    let outcome = run(document(first, second));
    assert_snapshot!(outcome.errors_code(), @"
    /// What the vendor documents as an error, by the type of its body. Which operation has which is in the documentation of its method; [`Error::status`](runtime::Error::status) tells statuses of one body apart.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum ApiError {
        /// Documented for `409`, `5XX`.
        Empty,
        /// Documented for `404`.
        Empty2(types::Empty),
        /// Documented for `414`.
        Json(serde_json::Value),
        /// Documented for `413`.
        NumberMap(std::collections::BTreeMap<String, i64>),
        /// Documented for `400`, `404`, any other status.
        Problem(types::Problem),
        /// Documented for `412`.
        ProblemList(Vec<types::Problem>),
        /// Documented for `410`, `411`.
        Text(String),
    }
    /// Why a call did not give what the vendor documents: one type for all operations.
    pub type Error = runtime::Error<ApiError>;
    ");
    assert_snapshot!(arms(&outcome.operations_code()), @"
    400 => Err(response.error_with(ApiError::Problem)),
    404 => Err(response.error_with(ApiError::Empty2)),
    409 => Err(response.error_of(ApiError::Empty)),
    410 => Err(response.error_with(ApiError::Text)),
    411 => Err(response.error_text(ApiError::Text)),
    412 => Err(response.error_with(ApiError::ProblemList)),
    413 => Err(response.error_with(ApiError::NumberMap)),
    414 => Err(response.error_with(ApiError::Json)),
    _ => response.unlisted_empty(),
    404 => Err(response.error_with(ApiError::Problem)),
    _ if response.status().is_server_error() => {
    Err(response.error_of(ApiError::Empty))
    _ if response.status().is_success() => response.json(),
    _ => Err(response.error_with(ApiError::Problem)),
    ");
}

#[test]
fn where_none_is_documented_one_may_come() {
    let outcome = run(document(json!({"200": {}}), json!({})));
    assert_snapshot!(outcome.errors_code(), @"
    /// The vendor documents no error of any operation so far.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum ApiError {}
    /// Why a call did not give what the vendor documents: one type for all operations.
    pub type Error = runtime::Error<ApiError>;
    ");
}

/// What the operations read, by status.
fn arms(code: &str) -> String {
    let arms = code.lines().map(str::trim);
    arms.filter(|it| it.contains("=>") || it.starts_with("Err(")).collect::<Vec<_>>().join("\n")
}
