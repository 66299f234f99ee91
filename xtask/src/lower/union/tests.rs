//! Unions on minimal fragments.

mod beside;
mod tagged;
mod untagged;

use serde_json::{Value as Json, json};

fn reference(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// An object that says its kind, if it has one, and has one required property.
fn object(kind: Option<&str>, property: &str) -> Json {
    let mut properties = json!({property: {"type": "string"}});
    if let Some(kind) = kind {
        properties["kind"] = json!({"const": kind});
    }
    json!({"type": "object", "required": [property], "properties": properties})
}
