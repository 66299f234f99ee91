//! The bound document of an API, as a JSON Schema validator reads it.
//!
//! OpenAPI 3.1 is JSON Schema 2020-12. OpenAPI 3.0 is draft 4 with words of its own, of which
//! `nullable` changes what a value may be, so that it is rewritten on reading.

use std::fs;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use crate::crate_folder;

/// An `openapi.json`.
#[derive(Debug)]
pub struct Document {
    json: Value,
    draft: Draft,
}

impl Document {
    /// That of an emitted crate, such as `bindery-anthropic`.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[must_use]
    pub fn of(package: &str) -> Self {
        let path = crate_folder(package).join("openapi.json");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        Self::new(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}")))
    }

    /// One that is written in a test.
    ///
    /// # Panics
    ///
    /// When its version is neither 3.0 nor 3.1.
    #[must_use]
    pub fn new(mut json: Value) -> Self {
        let version = json["openapi"].as_str().unwrap_or_default().to_owned();
        let draft = if version.starts_with("3.1.") {
            Draft::Draft202012
        } else if version.starts_with("3.0.") {
            spell_out_nullable(&mut json);
            Draft::Draft4
        } else {
            panic!("no version that the tests can read: `{version}`")
        };
        Self { json, draft }
    }

    /// An operation by its method, in small letters, and its path.
    ///
    /// # Panics
    ///
    /// When there is no such operation.
    #[must_use]
    pub fn operation(&self, method: &str, path: &str) -> Operation<'_> {
        let json = self.json["paths"][path].get(method);
        Operation { document: self, json: json.expect("the document has the operation") }
    }

    /// A named schema.
    ///
    /// # Panics
    ///
    /// When there is none of that name.
    #[must_use]
    pub fn component(&self, name: &str) -> Schema<'_> {
        self.schema(&self.json["components"]["schemas"][name])
    }

    fn schema<'a>(&'a self, json: &'a Value) -> Schema<'a> {
        assert!(!json.is_null(), "the document has the schema");
        Schema { document: self, json }
    }
}

/// An operation of a document.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    document: &'a Document,
    json: &'a Value,
}

impl<'a> Operation<'a> {
    /// The statuses that are documented, as they are written.
    #[must_use]
    pub fn statuses(&self) -> Vec<&'a str> {
        let responses = self.json["responses"].as_object();
        let mut statuses: Vec<_> =
            responses.into_iter().flatten().map(|it| it.0.as_str()).collect();
        statuses.sort_unstable();
        statuses
    }

    /// The schema of the body that is sent.
    #[must_use]
    pub fn request(&self) -> Schema<'a> {
        self.document.schema(media(&self.json["requestBody"], "schema"))
    }

    /// The schema of the body that comes with a status, such as `200` or `4XX`.
    #[must_use]
    pub fn response(&self, status: &str) -> Schema<'a> {
        self.document.schema(media(&self.json["responses"][status], "schema"))
    }

    /// The vendor's own body of the request, of which there are none or several.
    #[must_use]
    pub fn request_examples(&self) -> Vec<&'a Value> {
        examples(&self.json["requestBody"])
    }

    /// The vendor's own bodies for a status.
    #[must_use]
    pub fn response_examples(&self, status: &str) -> Vec<&'a Value> {
        examples(&self.json["responses"][status])
    }
}

fn media<'a>(content: &'a Value, key: &str) -> &'a Value {
    &content["content"]["application/json"][key]
}

fn examples(content: &Value) -> Vec<&Value> {
    let examples = media(content, "examples").as_object();
    examples.into_iter().flatten().map(|(_, example)| &example["value"]).collect()
}

/// A schema of a document.
#[derive(Clone, Copy, Debug)]
pub struct Schema<'a> {
    document: &'a Document,
    json: &'a Value,
}

impl<'a> Schema<'a> {
    /// Asserts that the value is what the vendor documents, formats included.
    ///
    /// # Panics
    ///
    /// When it is not; the message has all that is wrong with it.
    pub fn assert_valid(&self, value: &Value) {
        let validator = self.validator();
        let errors = validator.iter_errors(value);
        let errors: Vec<_> =
            errors.map(|it| format!("{} at `{}`", it, it.instance_path())).collect();
        assert!(errors.is_empty(), "{value:#}\ndoes not fit its schema: {errors:#?}");
    }

    /// Whether the value is what the vendor documents.
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        self.validator().is_valid(value)
    }

    /// What the schema says under a keyword; null if nothing.
    #[must_use]
    pub fn keyword(&self, keyword: &str) -> &'a Value {
        &self.json[keyword]
    }

    /// The schema under a keyword, if there is one.
    #[must_use]
    pub fn sub(&self, keyword: &str) -> Option<Self> {
        self.json.get(keyword).map(|json| Self { json, ..*self })
    }

    /// The schema of a property, if it has one of its own.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<Self> {
        self.sub("properties")?.sub(name)
    }

    /// Whether the schema is `false`.
    #[must_use]
    pub fn refuses_all(&self) -> bool {
        *self.json == Value::Bool(false)
    }

    /// The schemas that say something about the value: this one, what it refers to, the parts of an
    /// `allOf`, and of a union the alternatives that accept the value.
    #[must_use]
    pub fn applicable(&self, value: &Value) -> Vec<Self> {
        let mut all = vec![*self];
        let mut next = 0;
        while let Some(schema) = all.get(next).copied() {
            next += 1;
            let referred = schema.referred();
            let of = |keyword| schema.list(keyword);
            let chosen = of("oneOf").chain(of("anyOf")).filter(|it| it.accepts(value));
            for schema in referred.into_iter().chain(of("allOf")).chain(chosen) {
                // A reference may lead back to where it started.
                if !all.iter().any(|other| std::ptr::eq(other.json, schema.json)) {
                    all.push(schema);
                }
            }
        }
        all
    }

    fn list(&self, keyword: &str) -> impl Iterator<Item = Self> + use<'a> {
        let document = self.document;
        let schemas = self.json[keyword].as_array();
        schemas.into_iter().flatten().map(move |json| Self { document, json })
    }

    fn referred(&self) -> Option<Self> {
        let pointer = self.json.get("$ref")?.as_str()?.strip_prefix('#')?;
        Some(self.document.schema(self.document.json.pointer(pointer)?))
    }

    /// The document itself is the root, so that its references lead where they should. OpenAPI's
    /// own keys say nothing to a validator.
    fn validator(&self) -> Validator {
        let mut root = self.document.json.clone();
        root["allOf"] = json!([self.json]);
        let options = jsonschema::options().with_draft(self.document.draft);
        options
            .should_validate_formats(true)
            .with_format("uuid", |text: &str| uuid::Uuid::try_parse(text).is_ok())
            .build(&root)
            .unwrap_or_else(|error| panic!("a schema is none: {error}"))
    }
}

/// `type: string, nullable: true` → `type: [string, "null"]`
fn spell_out_nullable(json: &mut Value) {
    match json {
        Value::Array(items) => items.iter_mut().for_each(spell_out_nullable),
        Value::Object(object) => {
            if object.get("nullable") == Some(&Value::Bool(true)) {
                admit_null(object);
            }
            // What stands under the others is data, however much it looks like a schema.
            let data = ["default", "enum", "example", "examples"];
            let schemas = object.iter_mut().filter(|(key, _)| !data.contains(&key.as_str()));
            schemas.for_each(|(_, value)| spell_out_nullable(value));
        }
        _ => {}
    }
}

fn admit_null(schema: &mut Map<String, Value>) {
    // Without a type, `nullable` says nothing: OpenAPI 3.0.3 has it so.
    if let Some(one @ Value::String(_)) = schema.get("type") {
        let both = json!([one, "null"]);
        schema.insert("type".to_owned(), both);
    }
}

#[cfg(test)]
mod tests;
