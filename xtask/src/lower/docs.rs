//! What the vendor says about a schema, a parameter or an operation, gathered for the documentation.
//!
//! Lengths, bounds, patterns and defaults become facts to read: the vendor enforces them, the client
//! does not.

use serde_json::Value as Json;

use crate::node::Node;
use crate::openapi::Schema;
use crate::openapi::model::{self, MediaType, RequestBody, Tree};
use crate::plan::Docs;
use crate::prose;

/// The documentation of a schema at the place where it is used.
pub(super) fn of_schema(schema: Schema<'_>) -> Docs {
    let example = schema.example().map(Node::to_json);
    let url = schema.url().map(str::to_owned);
    let format = schema.format().map(str::to_owned);
    Docs { text: text(schema), facts: facts(schema), format, example, url }
}

/// The documentation of a parameter: what it says itself, else what is said of its values.
pub(super) fn of_parameter(parameter: model::Parameter<'_>, of_values: Docs) -> Docs {
    let mut docs = of_values;
    if let Some(description) = parameter.description() {
        docs.text = description.trim().to_owned();
    }
    docs.facts.extend(deprecation(parameter.is_deprecated()));
    docs.example = parameter.example().map(Node::to_json).or(docs.example);
    docs
}

/// The documentation of a body: what it says itself, and the example of the media type in which it is sent.
pub(super) fn of_body(body: RequestBody<'_>, media: MediaType<'_>, facts: Vec<String>) -> Docs {
    let text = body.description().unwrap_or_default().trim().to_owned();
    Docs { text, facts, example: media.example().map(Node::to_json), ..Docs::default() }
}

/// The documentation of an operation: its summary, and its description where that says more.
pub(super) fn of_operation(operation: model::Operation<'_>) -> Docs {
    let summary = operation.summary().unwrap_or_default().trim();
    let description = operation.description().unwrap_or_default().trim();
    let text = match (summary, description) {
        (summary, "") => summary.to_owned(),
        ("", description) => description.to_owned(),
        (summary, description) if description.starts_with(summary) => description.to_owned(),
        (summary, description) => format!("{summary}\n\n{description}"),
    };
    let facts = deprecation(operation.is_deprecated()).into_iter().collect();
    Docs { text, facts, url: operation.url().map(str::to_owned), ..Docs::default() }
}

fn deprecation(is_deprecated: bool) -> Option<String> {
    is_deprecated.then(|| "Deprecated.".to_owned())
}

fn format_fact(format: &str) -> String {
    format!("Format: {}.", code(&Json::from(format)))
}

fn text(schema: Schema<'_>) -> String {
    let description = schema.description().unwrap_or_default().trim();
    match description {
        "" => schema.title().filter(|title| title.contains(' ')).unwrap_or_default().to_owned(),
        description => description.to_owned(),
    }
}

/// The facts about a string, of which no type says the format.
pub(super) fn with_any_format(schema: Schema<'_>) -> Vec<String> {
    let typed = schema.format().filter(|it| is_typed(it) && *it != "binary");
    facts(schema).into_iter().chain(typed.map(format_fact)).collect()
}

/// Whether the type of a value says its format.
fn is_typed(format: &str) -> bool {
    matches!(format, "date-time" | "date" | "uuid" | "binary")
}

fn facts(schema: Schema<'_>) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(constant) = schema.constant() {
        facts.push(format!("Always {}.", code(&constant.to_json())));
    } else if let Some(default) = schema.default().filter(|it| !it.is_null()) {
        facts.push(format!("Default: {}.", code(&default.to_json())));
    }
    facts.extend(listed(schema));
    facts.extend(range(schema.min_length(), schema.max_length(), "characters"));
    facts.extend(range(schema.min_items(), schema.max_items(), "items"));
    facts.extend(range(schema.min_properties(), schema.max_properties(), "properties"));
    facts.extend(closed(schema));
    facts.extend(bounds(schema));
    if let Some(step) = number(schema.multiple_of()) {
        facts.push(format!("A multiple of {step}."));
    }
    for pattern in schema.patterns() {
        facts.push(format!("Pattern: {}.", code(&Json::from(pattern))));
    }
    facts.extend(schema.format().filter(|it| !is_typed(it)).map(format_fact));
    if schema.has_unique_items() {
        facts.push("No item twice.".to_owned());
    }
    facts.extend(deprecation(schema.is_deprecated()));
    let items = schema.items().map(|it| ("item", it));
    let values = schema.additional_properties().map(|it| ("value", it));
    for (each, inside) in items.into_iter().chain(values).filter(|(_, it)| !it.has_properties()) {
        facts.extend(
            self::facts(inside)
                .iter()
                .map(|fact| format!("Each {each}: {}", prose::decapitalized(fact))),
        );
    }
    facts
}

/// That an object has no other members than those that are declared.
fn closed(schema: Schema<'_>) -> Option<String> {
    let others = schema.additional_properties()?.node().as_bool()?;
    let is_object = schema.types().is_empty() || schema.is_of_type("object");
    let members = if schema.has_property() {
        "No other members are allowed."
    } else {
        "No members are allowed."
    };
    (is_object && !others).then(|| members.to_owned())
}

/// How large a number may be. In 3.0 a flag says that a limit is itself excluded, since 3.1 that is another limit.
fn bounds(schema: Schema<'_>) -> Option<String> {
    let flag = |node: Option<&Node>| node.and_then(Node::as_bool) == Some(true);
    let (exclusive_low, exclusive_high) = (schema.exclusive_minimum(), schema.exclusive_maximum());
    let (low, high) = (number(schema.minimum()), number(schema.maximum()));
    let (no_low, no_high) = (flag(exclusive_low), flag(exclusive_high));
    let (below, above) = (number(exclusive_low), number(exclusive_high));
    if below.is_none() && above.is_none() && !no_low && !no_high {
        return range(schema.minimum(), schema.maximum(), "");
    }
    let limit = |value: Option<Json>, excluded: bool, [included, beyond]: [&str; 2]| {
        value.map(|it| format!("{} {it}", if excluded { beyond } else { included }))
    };
    let limits = [
        limit(low, no_low, ["at least", "more than"]),
        limit(below, true, ["", "more than"]),
        limit(high, no_high, ["at most", "less than"]),
        limit(above, true, ["", "less than"]),
    ];
    let limits: Vec<String> = limits.into_iter().flatten().collect();
    (!limits.is_empty()).then(|| prose::capitalized(&limits.join(" and ")) + ".")
}

/// The values of a list that becomes no type: anything but strings.
fn listed(schema: Schema<'_>) -> Option<String> {
    let values: Vec<Json> =
        schema.enumeration().filter(|it| !it.is_null()).map(Node::to_json).collect();
    // Strings become an enum, unless the type says that no value can be one.
    let types = schema.types();
    let becomes_enum = types.is_empty() || types.contains(&"string");
    let told = values.len() > 1 && !(becomes_enum && values.iter().all(Json::is_string));
    let codes: Vec<String> = values.iter().map(code).collect();
    told.then(|| format!("One of {}.", codes.join(", ")))
}

fn number(node: Option<&Node>) -> Option<Json> {
    node.map(Node::to_json).filter(Json::is_number)
}

fn range(low: Option<&Node>, high: Option<&Node>, unit: &str) -> Option<String> {
    let words = match (number(low), number(high)) {
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
        facts(Schema::of(&Node::from_json(schema, &Source::new("page.md", "").start())))
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
        let names =
            json!({"type": "array", "maxItems": 3, "items": {"type": "string", "maxLength": 9}});
        assert_eq!(facts_of(names), ["At most 3 items.", "Each item: at most 9 characters."]);
    }

    #[test]
    fn a_limit_that_is_excluded_is_said_to_be() {
        let old = json!({"minimum": 0, "exclusiveMinimum": true, "maximum": 9, "exclusiveMaximum": false});
        assert_eq!(facts_of(old), ["More than 0 and at most 9."]);
        let new = json!({"exclusiveMinimum": 0, "exclusiveMaximum": 1});
        assert_eq!(facts_of(new), ["More than 0 and less than 1."]);
        assert_eq!(facts_of(json!({"minimum": 1, "exclusiveMinimum": false})), ["At least 1."]);
    }
}
