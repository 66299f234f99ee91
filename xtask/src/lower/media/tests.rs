//! Bodies of every kind, from the page to the line that sends or reads them.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::{is_json, is_text};
use crate::testing::{operation, run};

/// The lines of `send` that write the body, and the type of the body.
fn sent(content: Json) -> String {
    let document = operation(json!({
        "operationId": "put_it",
        "requestBody": {"required": true, "content": content},
        "responses": {"204": {"description": ""}},
    }));
    let outcome = run(document);
    let code = outcome.operations_code();
    let lines = code
        .lines()
        .map(str::trim)
        .filter(|it| it.starts_with("request.") || it.starts_with("body: ") && it.ends_with(","));
    let mut lines: Vec<&str> = lines.collect();
    lines.dedup();
    lines.join("\n") + "\n" + &outcome.findings.join("\n")
}

/// The arm of `send` that reads a response, and its type.
fn read(content: Json) -> String {
    let document = operation(json!({
        "operationId": "get_it",
        "responses": {"200": {"description": "", "content": content}},
    }));
    let code = run(document).operations_code();
    let arm = code.lines().map(str::trim).find(|it| it.starts_with("200 =>")).unwrap_or_default();
    let signature = code.lines().map(str::trim).find(|it| it.starts_with("type Output ="));
    let signature = signature.unwrap_or_default();
    format!("{signature}\n{arm}")
}

fn form() -> Json {
    json!({"type": "object", "properties": {
        "name": {"type": "string"},
        "file": {"type": "string", "format": "binary"},
        "more": {"type": "array", "items": {"type": "string", "format": "binary"}},
    }, "required": ["file"]})
}

#[test]
fn a_dialect_of_json_keeps_its_name() {
    let schema = json!({"schema": {"type": "object"}});
    assert_snapshot!(sent(json!({"application/vnd.api+json": schema})), @r#"
    body: serde_json::Map<String, serde_json::Value>,
    request.json_as("application/vnd.api+json", &self.body);
    "#);
    assert_snapshot!(sent(json!({"*/*": schema})), @"
    body: serde_json::Map<String, serde_json::Value>,
    request.json(&self.body);
    ");
}

#[test]
fn forms_are_written_as_forms() {
    assert_snapshot!(sent(json!({"application/x-www-form-urlencoded": {"schema": form()}})), @"
    body: types::PutItBody,
    request.form(&self.body);
    ");
    assert_snapshot!(sent(json!({"multipart/form-data": {"schema": form()}})), @"
    body: types::PutItBody,
    request.multipart(&self.body);
    ");
}

#[test]
fn files_of_a_form_are_files() {
    let document = operation(json!({
        "operationId": "upload",
        "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": form()}}},
        "responses": {"204": {"description": ""}},
    }));
    assert_snapshot!(run(document).code_of("UploadBody"), @r#"
    /// The body of [`upload`](crate::Client::upload).
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub struct UploadBody {
        /// `file`
        pub file: runtime::Upload,
        /// `more`
        #[serde(skip_serializing_if = "Option::is_none")]
        pub more: Option<Vec<runtime::Upload>>,
        /// `name`
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
    }
    impl UploadBody {
        /// Makes one from the required fields; setters add the others.
        pub fn new(file: impl Into<runtime::Upload>) -> Self {
            Self {
                file: file.into(),
                more: None,
                name: None,
            }
        }
        /// Sets `more`.
        #[must_use]
        pub fn more(
            mut self,
            more: impl IntoIterator<Item = impl Into<runtime::Upload>>,
        ) -> Self {
            self.more = Some(more.into_iter().map(Into::into).collect());
            self
        }
        /// Sets `name`.
        #[must_use]
        pub fn name(mut self, name: impl Into<String>) -> Self {
            self.name = Some(name.into());
            self
        }
    }
    "#);
}

#[test]
fn text_and_bytes_pass_as_they_are() {
    assert_snapshot!(sent(json!({"text/csv": {"schema": {"type": "string"}}})), @r#"
    body: body.into(),
    body: String,
    request.text("text/csv", &self.body);
    "#);
    assert_snapshot!(sent(json!({"image/png": {"schema": {"type": "string", "format": "binary"}}})), @r#"
    body: body.into(),
    body: runtime::Bytes,
    request.bytes("image/png", self.body.clone());
    "#);
    assert_snapshot!(read(json!({"text/html": {"schema": {"type": "string"}}})), @"
    type Output = String;
    200 => response.text(),
    ");
    assert_snapshot!(read(json!({"application/pdf": {}})), @"
    type Output = runtime::Bytes;
    200 => response.bytes(),
    ");
    assert_snapshot!(read(json!({"*/*": {"schema": {"type": "string"}}})), @"
    type Output = runtime::Bytes;
    200 => response.bytes(),
    ");
}

#[test]
fn what_is_typed_best_is_taken_and_the_rest_is_told() {
    let schema = json!({"schema": {"type": "object", "properties": {"a": {"type": "string"}}}});
    assert_snapshot!(sent(json!({"application/xml": schema, "application/json": schema})), @"
    body: types::PutItBody,
    request.json(&self.body);
    note[other-media-type]: a body is exchanged as application/json, not as application/xml
    ");
    assert_snapshot!(sent(json!({"application/xml": schema})), @r#"
    body: body.into(),
    body: String,
    request.text("application/xml", &self.body);
    untyped[unparsed-media-type]: a body in application/xml arrives as it is, not as its schema
    "#);
}

#[test]
fn json_is_known_by_its_suffix() {
    assert!(is_json("application/problem+json; charset=utf-8"));
    assert!(is_json("Text/JSON"));
    assert!(!is_json("application/jsonlines"));
}

#[test]
fn text_is_known_by_family_or_suffix() {
    assert!(is_text("text/html") && is_text("application/atom+xml") && is_text("application/yaml"));
    assert!(!is_text("application/pdf") && !is_text("image/svg"));
}

#[test]
fn the_properties_of_alternatives_are_those_of_the_form() {
    let alternative =
        |name: &str| json!({"required": [name], "properties": {name: {"type": "string"}}});
    let mut form = form();
    form["properties"]["pattern"] = json!({"type": "integer"});
    form["oneOf"] = json!([alternative("url"), alternative("path"), alternative("pattern")]);
    let document =
        operation(json!({"operationId": "put_it", "responses": {"204": {"description": ""}},
        "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": form}}}}));
    let outcome = run(document);
    let code = outcome.code_of("PutItBody");
    assert!(code.contains("pub url: Option<String>") && code.contains("pub path: Option<String>"));
    // What the form says itself stays, whatever it is called.
    assert!(code.contains("pub pattern: Option<i64>"), "{code}");
    assert_eq!(outcome.findings.len(), 3, "{:?}", outcome.findings);
}

#[test]
fn properties_of_what_is_no_object_make_no_form() {
    let mut form = form();
    form["type"] = json!("string");
    let text = sent(json!({"multipart/form-data": {"schema": form}}));
    assert!(!text.contains("types::PutItBody"), "{text}");
}
