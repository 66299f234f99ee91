//! What the vendor says about a schema, a parameter or an operation, gathered for the documentation.
//!
//! Lengths, bounds, patterns and defaults become facts to read: the vendor enforces them, the client
//! does not.

use serde_json::Value as Json;

use crate::node::Node;
use crate::plan::Docs;
use crate::prose;

/// The documentation of a schema at the place where it is used.
pub fn of_schema(node: &Node) -> Docs {
    Docs { text: text(node), facts: facts(node), example: example(node), url: url(node) }
}

/// The documentation of a parameter: what it says itself, else what its schema says.
pub fn of_parameter(node: &Node) -> Docs {
    let mut docs = node.get("schema").map(of_schema).unwrap_or_default();
    if let Some(description) = node.str("description") {
        docs.text = description.trim().to_owned();
    }
    if node.flag("deprecated") {
        docs.facts.push("Deprecated.".to_owned());
    }
    docs.example = example(node).or(docs.example);
    docs
}

/// The documentation of an operation: its summary, and its description where that says more.
pub fn of_operation(node: &Node) -> Docs {
    let summary = node.str("summary").unwrap_or_default().trim();
    let description = node.str("description").unwrap_or_default().trim();
    let text = match (summary, description) {
        (summary, "") => summary.to_owned(),
        ("", description) => description.to_owned(),
        (summary, description) if description.starts_with(summary) => description.to_owned(),
        (summary, description) => format!("{summary}\n\n{description}"),
    };
    let facts = if node.flag("deprecated") { vec!["Deprecated.".to_owned()] } else { Vec::new() };
    Docs { text, facts, example: None, url: url(node) }
}

/// Whether it is said of something that it has this format.
pub fn has_format(docs: &Docs, format: &str) -> bool {
    docs.facts.contains(&format_fact(format))
}

fn format_fact(format: &str) -> String {
    format!("Format: {}.", code(&Json::from(format)))
}

fn text(node: &Node) -> String {
    let description = node.str("description").unwrap_or_default().trim();
    match description {
        "" => node.str("title").filter(|title| title.contains(' ')).unwrap_or_default().to_owned(),
        description => description.to_owned(),
    }
}

fn url(node: &Node) -> Option<String> {
    let url = node.get("externalDocs").and_then(|docs| docs.str("url"));
    url.or_else(|| node.str("x-bindery-url")).map(str::to_owned)
}

/// The first example of a schema or of a parameter.
pub fn example(node: &Node) -> Option<Json> {
    let listed = || match node.get("examples") {
        Some(examples) if examples.as_array().is_some() => examples.items().next(),
        Some(examples) => examples.members().next().and_then(|(_, example)| example.get("value")),
        None => None,
    };
    node.get("example").or_else(listed).map(Node::to_json)
}

fn facts(node: &Node) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(constant) = constant(node) {
        facts.push(format!("Always {}.", code(&constant)));
    } else if let Some(default) = node.get("default").map(Node::to_json).filter(|it| !it.is_null())
    {
        facts.push(format!("Default: {}.", code(&default)));
    }
    facts.extend(listed(node));
    facts.extend(range(node, ["minLength", "maxLength"], "characters"));
    facts.extend(range(node, ["minItems", "maxItems"], "items"));
    facts.extend(range(node, ["minProperties", "maxProperties"], "properties"));
    facts.extend(range(node, ["minimum", "maximum"], ""));
    facts.extend(range(node, ["exclusiveMinimum", "exclusiveMaximum"], "(bounds excluded)"));
    if let Some(step) = node.get("multipleOf").map(Node::to_json).filter(Json::is_number) {
        facts.push(format!("A multiple of {step}."));
    }
    if let Some(pattern) = node.str("pattern") {
        facts.push(format!("Pattern: {}.", code(&Json::from(pattern))));
    }
    if let Some(format) =
        node.str("format").filter(|it| !matches!(*it, "date-time" | "date" | "uuid" | "binary"))
    {
        facts.push(format_fact(format));
    }
    if node.flag("uniqueItems") {
        facts.push("No item twice.".to_owned());
    }
    if node.flag("deprecated") {
        facts.push("Deprecated.".to_owned());
    }
    facts
}

/// The only value that a schema allows.
pub fn constant(node: &Node) -> Option<Json> {
    if let Some(constant) = node.get("const") {
        return Some(constant.to_json());
    }
    match node.get("enum")?.as_array()? {
        [only] => Some(only.to_json()),
        _ => None,
    }
}

/// The values of a list that becomes no type: anything but strings.
fn listed(node: &Node) -> Option<String> {
    let values: Vec<Json> =
        node.get("enum")?.items().map(Node::to_json).filter(|it| !it.is_null()).collect();
    let told = values.len() > 1 && !values.iter().all(Json::is_string);
    let codes: Vec<String> = values.iter().map(code).collect();
    told.then(|| format!("One of {}.", codes.join(", ")))
}

fn range(node: &Node, [low, high]: [&str; 2], unit: &str) -> Option<String> {
    let bound = |name| {
        let number = node.get(name).map(Node::to_json).filter(Json::is_number)?;
        Some(number.to_string())
    };
    let words = match (bound(low), bound(high)) {
        (None, None) => return None,
        (Some(low), None) => format!("At least {low}"),
        (None, Some(high)) => format!("At most {high}"),
        (Some(low), Some(high)) if low == high => format!("Exactly {low}"),
        (Some(low), Some(high)) => format!("From {low} to {high}"),
    };
    let unit = match words.ends_with(" 1") {
        true => unit
            .strip_suffix("ies")
            .map(|it| format!("{it}y"))
            .or(unit.strip_suffix('s').map(str::to_owned)),
        false => None,
    }
    .unwrap_or_else(|| unit.to_owned());
    Some(format!("{words} {unit}").trim_end().to_owned() + ".")
}

/// A value as inline code.
fn code(value: &Json) -> String {
    match value {
        Json::String(text) => prose::code(text),
        other => prose::code(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Source;

    fn facts_of(schema: Json) -> Vec<String> {
        facts(&Node::from_json(schema, &Source::new("page.md", "").start()))
    }

    #[test]
    fn what_the_vendor_enforces_becomes_facts() {
        let schema = json!({"minLength": 1, "maxLength": 9, "default": "a`b", "pattern": "^a"});
        let expected = ["Default: `` a`b ``.", "From 1 to 9 characters.", "Pattern: `^a`."];
        assert_eq!(facts_of(schema), expected);
        assert_eq!(
            facts_of(json!({"enum": ["invite"], "default": "invite"})),
            ["Always `invite`."]
        );
        assert_eq!(facts_of(json!({"minimum": 0.5})), ["At least 0.5."]);
        assert_eq!(facts_of(json!({"multipleOf": 0.5})), ["A multiple of 0.5."]);
    }
}
