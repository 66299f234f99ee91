//! Alternatives that a value may be all at once.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::{component, run};

fn object(required: &[&str], properties: Json) -> Json {
    json!({"type": "object", "required": required, "properties": properties})
}

#[test]
fn a_value_that_may_be_several_objects_is_one_that_has_the_members_of_all() {
    let text = json!({"type": "string"});
    let document = component(
        "Thing",
        json!({
            "description": "A thing.",
            "anyOf": [
                object(&["id"], json!({"id": {"type": "string", "description": "One."}, "a": text})),
                object(&["id", "b"], json!({"id": {"type": "string"}, "b": text})),
            ],
        }),
    );
    let outcome = run(document);
    assert_snapshot!(outcome.types(), @r#"
    pub struct Thing {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub b: Option<String>,
        pub id: String,
    }
    "#);
}

#[test]
fn objects_that_exclude_or_contain_each_other_or_disagree_stay_apart() {
    let text = json!({"type": "string"});
    for alternatives in [
        // A constant tells.
        json!([
            object(&[], json!({"ok": {"const": true}, "a": text})),
            object(&[], json!({"ok": {"const": false}, "b": text})),
        ]),
        // The larger one keeps all.
        json!([object(&[], json!({"a": text})), object(&[], json!({"a": text, "b": text}))]),
        // One member, two types.
        json!([
            object(&[], json!({"id": {"type": "integer"}, "a": text})),
            object(&[], json!({"id": text, "b": text})),
        ]),
    ] {
        let types = run(component("Thing", json!({"anyOf": alternatives}))).types();
        assert!(types.contains("pub enum Thing"), "{types}");
    }
    // By the standard, a value is only one of these.
    let exclusive = json!([object(&[], json!({"a": text})), object(&[], json!({"b": text}))]);
    let types = run(component("Thing", json!({"oneOf": exclusive}))).types();
    assert!(types.contains("pub enum Thing"), "{types}");
}

#[test]
fn how_many_members_one_alternative_has_holds_for_that_one_alone() {
    let mut few = object(&[], json!({"a": {"type": "string"}}));
    few["maxProperties"] = json!(7);
    let other = object(&[], json!({"b": {"type": "string"}}));
    for alternatives in [[few.clone(), other.clone()], [other.clone(), few.clone()]] {
        let outcome = run(component("Thing", json!({"anyOf": alternatives})));
        assert!(!outcome.code_of("Thing").contains("At most"), "{}", outcome.code_of("Thing"));
        assert_eq!(outcome.findings.len(), 1, "{:?}", outcome.findings);
        assert!(outcome.findings.iter().all(|it| it.contains("unenforced")));
    }
    let mut other = other;
    other["maxProperties"] = json!(7);
    let outcome = run(component("Thing", json!({"anyOf": [few, other]})));
    assert!(outcome.code_of("Thing").contains("At most 7 properties."));
    assert_eq!(outcome.findings, [""; 0]);
}
