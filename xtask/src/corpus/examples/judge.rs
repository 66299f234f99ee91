//! Whether an example is one: the opinion of a validator of JSON Schema, which nobody of us wrote.
//!
//! Schemas are judged in the spelling of 2020-12, within the document that they stand in, and without the network.

use jsonschema::{Draft, PatternOptions, Registry, Resource, Validator};
use serde_json::{Value as Json, json};

use crate::node::Node;
use crate::openapi::{SCHEMA, Schema, walk_mut};
use crate::panics;
use crate::read::to_3_1::{schema_to_3_1, to_3_1};

/// What references to the document are made absolute with.
const BASE: &str = "bindery://document/";

/// How often a vendor's regular expression may go back in a text, and how much room one may take, so that none holds
/// up a run.
const BACKTRACKS: usize = 100_000;
const PATTERN_BYTES: usize = 1 << 20;

/// A document in which schemas are judged.
pub(crate) struct Judge {
    registry: Option<Registry<'static>>,
}

/// The opinion of one schema.
pub(crate) struct Opinion(Option<Validator>);

impl Judge {
    pub(crate) fn of(document: &Node) -> Self {
        let mut document = document.clone();
        to_3_1(&mut document);
        let resource = Resource::from_contents(document.to_json());
        let registry = panics::catch_panic(|| {
            let registry = Registry::new().draft(Draft::Draft202012);
            registry.add(BASE, resource).ok()?.prepare().ok()
        });
        Self { registry: registry.ok().flatten() }
    }

    /// Returns the opinion of a schema of the document.
    pub(crate) fn opinion(&self, schema: Schema<'_>) -> Opinion {
        let schema = absolute(schema.node());
        let validator = panics::catch_panic(|| {
            let patterns = PatternOptions::fancy_regex();
            let patterns = patterns.backtrack_limit(BACKTRACKS).size_limit(PATTERN_BYTES);
            let options = jsonschema::options().with_draft(Draft::Draft202012).offline();
            let options = options.should_validate_formats(true).with_pattern_options(patterns);
            options.with_registry(self.registry.as_ref()?).build(&schema).ok()
        });
        Opinion(validator.ok().flatten())
    }
}

impl Opinion {
    /// Whether a value is valid; `None` if the schema is none that can be judged, as with a reference that leads
    /// nowhere or a pattern that is no regular expression.
    pub(crate) fn accepts(&self, value: &Json) -> Option<bool> {
        let validator = self.0.as_ref()?;
        panics::catch_panic(|| validator.is_valid(value)).ok()
    }
}

/// A schema in the spelling of 2020-12, with references that do not depend on where it stands.
fn absolute(schema: &Node) -> Json {
    let mut schema = schema.clone();
    walk_mut(&mut schema, &SCHEMA, &mut |node, object| {
        if object.is(&SCHEMA) && node.as_object().is_some() {
            schema_to_3_1(node);
            let reference = Schema::of(&*node).reference_node();
            let inside = reference.filter(|it| it.as_str().is_some_and(|it| it.starts_with('#')));
            if let Some(inside) = inside {
                let there = format!("{BASE}{}", inside.as_str().unwrap_or_default());
                let there = Node::string(there, &inside.span);
                node.set(crate::openapi::REFERENCE, there);
            }
        }
    });
    match schema.to_json() {
        // What is no schema, such as a list of them, is judged by nobody.
        schema @ (Json::Object(_) | Json::Bool(_)) => schema,
        _ => json!({"type": "none"}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn judged(schema: Json, value: Json) -> Option<bool> {
        let other = json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true});
        let itself = json!({"allOf": [{"$ref": "#/components/schemas/Itself"}]});
        let document = json!({"openapi": "3.0.0", "components": {"schemas": {"A": schema, "Other": other, "Itself": itself}}});
        let document = Node::from_json(document, &Source::new("page", "").start());
        let schema = Schema::of(document.pointer("/components/schemas/A").unwrap());
        Judge::of(&document).opinion(schema).accepts(&value)
    }

    #[test]
    fn schemas_of_3_0_are_judged_as_what_they_mean() {
        let text = || json!({"type": "string", "nullable": true});
        assert_eq!(judged(text(), json!(null)), Some(true));
        assert_eq!(judged(text(), json!(1)), Some(false));
        let other = || json!({"properties": {"a": {"$ref": "#/components/schemas/Other"}}});
        assert_eq!(judged(other(), json!({"a": 1})), Some(true));
        assert_eq!(judged(other(), json!({"a": 0})), Some(false));
        let null = json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Other"}]});
        assert_eq!(judged(null, json!(null)), Some(true));
    }

    #[test]
    fn formats_are_asserted() {
        let date = || json!({"type": "string", "format": "date"});
        assert_eq!(judged(date(), json!("2024-02-30")), Some(false));
        assert_eq!(judged(date(), json!("2024-02-28")), Some(true));
        assert_eq!(judged(json!({"format": "int32"}), json!(1_u64 << 40)), Some(true));
    }

    #[test]
    fn what_cannot_be_judged_is_not() {
        let nowhere = json!({"$ref": "#/components/schemas/Nowhere"});
        assert_eq!(judged(nowhere, json!(1)), None);
        assert_eq!(judged(json!({"pattern": "("}), json!("a")), None);
        assert_eq!(judged(json!({"type": "any"}), json!("a")), None);
    }

    #[test]
    fn no_pattern_takes_for_ever_and_no_schema_leads_to_itself_for_ever() {
        let slow = json!({"pattern": "^(a|a)*(?=c)$"});
        assert_eq!(judged(slow, json!("a".repeat(60))), Some(false));
        let itself = json!({"$ref": "#/components/schemas/Itself"});
        assert!(judged(itself, json!(1)).is_some());
    }
}
