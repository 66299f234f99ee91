//! That what is said of plain values arrives, wherever it is said.

use serde_json::{Value as Json, json};

use crate::testing::run;

/// The documentation that a property of this schema has.
fn documented(property: Json) -> String {
    let answer = json!({"type": "object", "properties": {"of_interest": property}});
    let content = json!({"application/json": {"schema": answer}});
    let responses = json!({"200": {"description": "", "content": content}});
    let run = run(json!({
        "paths": {"/a": {"get": {"operationId": "call", "responses": responses}}},
        "components": {"schemas": {
            "Name": {"type": "string", "maxLength": 9, "description": "What it is called."},
            "Alias": {"$ref": "#/components/schemas/Name", "minLength": 2},
            "Names": {"type": "array", "maxItems": 3, "items": {"$ref": "#/components/schemas/Name"}},
            "Again": {"type": "array", "items": {"$ref": "#/components/schemas/Again"}},
            "Long": {"type": "string", "description": format!("One.\n\nTwo.\n\n{}", "three ".repeat(1000)),
                "pattern": "a".repeat(5000), "minLength": 4},
            "Wide": {"type": "array", "items": {"type": "string", "maxLength": 5, "description": "é".repeat(5000)}},
            "Kind": {"enum": ["a", "b"], "default": "a", "description": "What it is."},
        }},
    }));
    let code = run.code_of("CallResponse");
    let lines: Vec<&str> = code.lines().map(str::trim).collect();
    let at = lines.iter().position(|it| it.starts_with("pub of_interest:")).unwrap_or_default();
    let above = lines.iter().take(at).rev();
    let docs = above.take_while(|it| it.starts_with("///") || it.starts_with('#'));
    let mut docs: Vec<&str> = docs.filter_map(|it| it.strip_prefix("///")).map(str::trim).collect();
    docs.reverse();
    docs.join(" ")
}

fn reference(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[test]
fn what_is_said_behind_references_is_told_where_they_are() {
    let expected = "What it is called.  At most 9 characters.";
    assert_eq!(documented(reference("Name")), expected);
    assert_eq!(documented(reference("Alias")), "What it is called.  From 2 to 9 characters.");
    let expected = "At most 3 items.  Each item: at most 9 characters.";
    assert!(documented(reference("Names")).ends_with(expected));
    let nearer = json!({"allOf": [reference("Name"), {"description": "Mine."}], "maxLength": 5});
    assert_eq!(documented(nearer), "Mine.  At most 5 characters.");
}

#[test]
fn the_only_alternative_beside_null_is_what_is_told_of() {
    let optional = json!({"anyOf": [{"type": "string", "maxLength": 5}, {"type": "null"}]});
    assert!(documented(optional).ends_with("At most 5 characters."));
}

#[test]
fn of_two_limits_the_narrower_one_is_told() {
    let wider = json!({"allOf": [reference("Name")], "maxLength": 20});
    assert_eq!(documented(wider), "What it is called.  At most 9 characters.");
}

#[test]
fn strings_that_no_value_can_be_are_listed() {
    let odd = json!({"type": "integer", "enum": ["0 (no)", "1 (yes)"]});
    assert_eq!(documented(odd), "`of_interest`  One of `0 (no)`, `1 (yes)`.");
}

#[test]
fn a_type_has_its_documentation_itself() {
    assert!(!documented(reference("Kind")).contains("What it is."));
    let described = json!({"allOf": [reference("Kind"), {"description": "Which one."}]});
    assert_eq!(documented(described), "Which one.");
}

#[test]
fn what_refers_to_itself_is_told_once() {
    assert!(!documented(reference("Again")).contains("Each item"));
}

#[test]
fn what_is_enforced_of_an_answer_is_told_by_the_operation() {
    let schema = json!({"type": "array", "maxItems": 7, "items": {"type": "integer"}});
    let response =
        json!({"description": "The numbers.", "content": {"application/json": {"schema": schema}}});
    let get = json!({"get": {"operationId": "call", "responses": {"200": response}}});
    let code = run(json!({"paths": {"/a": get}})).operations_code();
    assert!(code.contains("/// - `200`: The numbers. At most 7 items."), "{code}");
}

#[test]
fn all_patterns_of_parts_are_told() {
    let parts = json!({"allOf": [
        {"type": "string", "pattern": "^a"}, {"pattern": "z$"}, {"pattern": "^a"},
    ]});
    assert_eq!(documented(parts), "`of_interest`  Pattern: `^a`.  Pattern: `z$`.");
}

#[test]
fn what_is_long_is_told_in_brief_wherever_a_reference_leads_to_it() {
    assert_eq!(documented(reference("Long")), "One.  Two.  At least 4 characters.");
    assert_eq!(documented(reference("Wide")), "`of_interest`  Each item: at most 5 characters.");
    let described = json!({"description": "é".repeat(5000), "type": "string"});
    assert!(documented(described).len() > 5000, "in place all of it is told");
}

#[test]
fn what_is_said_of_alternatives_of_one_plain_type_is_told_of_each() {
    let short = json!({"type": "string", "maxLength": 3});
    let empty = json!({"type": "string", "enum": [""]});
    let either = json!({"oneOf": [reference("Name"), short.clone(), empty, {"type": "null"}]});
    let expected = "One alternative: at most 9 characters.  One alternative: at most 3 characters.  \
                    One alternative: always `\"\"`.";
    assert!(documented(either.clone()).ends_with(expected), "{}", documented(either));
    assert!(documented(json!({"anyOf": [short]})).ends_with("At most 3 characters."));
    let numbers = json!({"oneOf": [{"type": "integer", "minimum": 1}, {"type": "number"}]});
    assert!(documented(numbers).ends_with("One alternative: at least 1."));
    // What is told everywhere is told in brief.
    let long = json!({"oneOf": [reference("Long"), {"type": "string", "maxLength": 3}]});
    let expected =
        "One alternative: at least 4 characters.  One alternative: at most 3 characters.";
    assert!(documented(long.clone()).ends_with(expected), "{}", documented(long));
    // What becomes a type says it there.
    let listed = json!({"oneOf": [reference("Kind"), {"type": "string", "enum": ["c"]}]});
    assert!(!documented(listed).contains("alternative"));
}

#[test]
fn what_is_too_long_to_tell_everywhere_is_a_finding() {
    let values: Vec<Json> = (0..500).map(Json::from).collect();
    let described = json!({"type": "integer", "enum": values, "description": "long ".repeat(1000)});
    let run = run(crate::testing::component("Level", described));
    let untold: Vec<_> = run.findings.iter().filter(|it| it.contains("long-keyword")).collect();
    assert_eq!(untold.len(), 1, "{:?}", run.findings);
    assert!(untold.iter().all(|it| it.contains("`enum` is not told")), "{untold:?}");
}
