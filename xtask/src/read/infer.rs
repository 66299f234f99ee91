//! Schemas from examples, for pages that show what comes back and never say what it is.
//!
//! What every example has is required. `null` says only that something can be absent. A string is an
//! instant or a day if it is one in every example. Nothing becomes a list of allowed values: an
//! example is one value of many.

use serde_json::{Value as Json, json};

use crate::node::{Node, Object, Value};
use crate::source::Span;

/// A schema that describes all of the examples. None of them: anything.
pub(super) fn schema(examples: &[&Node], span: &Span) -> Node {
    let place = examples.first().map_or(span, |example| &example.span);
    let mut kinds: Vec<Node> = Vec::new();
    let booleans = examples.iter().any(|it| matches!(it.value, Value::Bool(_)));
    if booleans {
        kinds.push(simple(json!({"type": "boolean"}), place));
    }
    kinds.extend(number(examples, place));
    kinds.extend(string(examples, place));
    kinds.extend(array(examples, place));
    kinds.extend(object(examples, place));
    let null = examples.iter().any(|example| example.value == Value::Null);
    match kinds.len() {
        0 => Node::object(place),
        1 => nullable(kinds.remove(0), null),
        _ => {
            if null {
                kinds.push(simple(json!({"type": "null"}), place));
            }
            let mut union = Node::object(place);
            union.set("anyOf", Node::array(kinds, place));
            union
        }
    }
}

fn simple(json: Json, span: &Span) -> Node {
    Node::from_json(json, span)
}

fn nullable(mut schema: Node, null: bool) -> Node {
    if let (true, Some(kind)) = (null, schema.get_mut("type")) {
        let span = kind.span.clone();
        let kinds = vec![kind.clone(), Node::string("null", &span)];
        *kind = Node::array(kinds, &span);
    }
    schema
}

fn number(examples: &[&Node], span: &Span) -> Option<Node> {
    let numbers = examples.iter().filter_map(|example| match &example.value {
        Value::Number(number) => Some(number.is_i64() || number.is_u64()),
        _ => None,
    });
    let whole = numbers.reduce(|a, b| a && b)?;
    Some(simple(json!({"type": if whole { "integer" } else { "number" }}), span))
}

fn string(examples: &[&Node], span: &Span) -> Option<Node> {
    let strings: Vec<&str> = examples.iter().filter_map(|example| example.as_str()).collect();
    if strings.is_empty() {
        return None;
    }
    let format = [("date-time", is_date_time as fn(&str) -> bool), ("date", is_date)];
    let format = format.iter().find(|(_, holds)| strings.iter().all(|text| holds(text)));
    Some(match format {
        Some((format, _)) => simple(json!({"type": "string", "format": format}), span),
        None => simple(json!({"type": "string"}), span),
    })
}

fn array(examples: &[&Node], span: &Span) -> Option<Node> {
    let arrays: Vec<&[Node]> = examples.iter().filter_map(|example| example.as_array()).collect();
    if arrays.is_empty() {
        return None;
    }
    let items: Vec<&Node> = arrays.into_iter().flatten().collect();
    let mut array = simple(json!({"type": "array"}), span);
    array.set("items", schema(&items, span));
    Some(array)
}

fn object(examples: &[&Node], span: &Span) -> Option<Node> {
    let objects: Vec<&Object> = examples.iter().filter_map(|example| example.as_object()).collect();
    if objects.is_empty() {
        return None;
    }
    let mut properties = Node::object(span);
    let mut required = Vec::new();
    for key in objects.iter().flat_map(|object| object.keys()) {
        if properties.get(&key.text).is_some() {
            continue;
        }
        let values = objects.iter().filter_map(|object| object.get(key.text.as_str()));
        let values: Vec<&Node> = values.collect();
        let always = values.len() == objects.len();
        if always && values.iter().all(|value| value.value != Value::Null) {
            required.push(Node::string(&key.text, &key.span));
        }
        properties.members_mut().insert(key.clone(), schema(&values, &key.span));
    }
    let mut object = simple(json!({"type": "object"}), span);
    if !required.is_empty() {
        object.set("required", Node::array(required, span));
    }
    if !properties.is_empty() {
        object.set("properties", properties);
    }
    Some(object)
}

/// `2023-10-29T14:00:00.000Z`, as RFC 3339 has it.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let zone = time.find(['Z', '+', '-']);
    let Some((clock, zone)) = zone.and_then(|at| time.split_at_checked(at)) else { return false };
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(a, b)| (a, Some(b)));
    let zone = match zone.strip_prefix(['+', '-']) {
        Some(offset) => fits(offset, "##:##"),
        None => zone.len() == 1,
    };
    is_date(date)
        && fits(clock, "##:##:##")
        && zone
        && fraction.is_none_or(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `2020-01-01`
fn is_date(text: &str) -> bool {
    let part = |range| text.get(range).and_then(|it: &str| it.parse::<u8>().ok());
    fits(text, "####-##-##")
        && part(5..7).is_some_and(|month| (1..=12).contains(&month))
        && part(8..10).is_some_and(|day| (1..=31).contains(&day))
}

/// Whether a text has a digit wherever the form has `#`, and is the form elsewhere.
fn fits(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(byte, form)| match form {
            b'#' => byte.is_ascii_digit(),
            _ => byte == form,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn inferred(examples: Json) -> Json {
        let span = Source::new("page", "").start();
        let examples = Node::from_json(examples, &span);
        schema(&examples.items().collect::<Vec<_>>(), &span).to_json()
    }

    #[test]
    fn what_every_example_has_is_required() {
        let expected = json!({"type": "object", "required": ["a"], "properties": {
            "a": {"type": "integer"}, "b": {"type": "string"}, "c": {"type": "boolean"}}});
        assert_eq!(inferred(json!([{"a": 1, "b": "x"}, {"a": 2, "c": true}])), expected);
    }

    #[test]
    fn null_says_nothing_about_a_type() {
        let expected = json!({"type": "object", "properties": {
            "a": {}, "b": {"type": ["string", "null"]}}});
        assert_eq!(inferred(json!([{"a": null, "b": null}, {"a": null, "b": "x"}])), expected);
    }

    #[test]
    fn examples_that_differ_make_a_union() {
        assert_eq!(inferred(json!([1, 2.5])), json!({"type": "number"}));
        let expected = json!({"anyOf": [{"type": "string"},
            {"type": "object", "required": ["base"], "properties": {
                "base": {"type": "array", "items": {"type": "string"}}}}]});
        assert_eq!(inferred(json!(["no", {"base": ["x"]}])), expected);
    }

    #[test]
    fn arrays_merge_their_items() {
        let expected = json!({"type": "array", "items": {"type": "object", "required": ["a"],
            "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}}});
        assert_eq!(inferred(json!([[{"a": 1}, {"a": 2, "b": 3}]])), expected);
        assert_eq!(inferred(json!([[]])), json!({"type": "array", "items": {}}));
        assert_eq!(inferred(json!([{}])), json!({"type": "object"}));
    }

    #[test]
    fn a_string_is_an_instant_only_if_it_always_is() {
        let instant = json!({"type": "string", "format": "date-time"});
        let instants = ["2023-10-29T14:00:00.000Z", "2023-10-29T14:00:00+02:00"];
        assert_eq!(inferred(json!(instants)), instant);
        assert_eq!(inferred(json!(["2020-01-31"])), json!({"type": "string", "format": "date"}));
        for text in [
            "2023-10-29T14:00:00",
            "2023-13-29T14:00:00Z",
            "01:02:00",
            "2023-10-29 14:00:00Z",
            "2023-10-29T14:00:00.Z",
            "é",
        ] {
            assert_eq!(inferred(json!([text])), json!({"type": "string"}), "{text}");
        }
        assert_eq!(inferred(json!(["2020-01-31", "soon"])), json!({"type": "string"}));
    }
}
