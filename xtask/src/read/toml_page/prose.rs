//! Constraints that a page states in prose: allowed values and defaults.
//!
//! Only what leaves no doubt is taken: a list that the grammar below reads from its first value to its
//! last. Whatever else prose says stays prose, in the description.

use serde_json::Value as Json;

use crate::node::Node;
use crate::source::Span;

/// Adds to a schema what its description says about values.
pub(super) fn constrain(schema: &mut Node, description: &Node) {
    let Some(text) = description.as_str() else { return };
    let target = match schema.str("type") {
        Some("array") => schema.get_mut("items"),
        _ => Some(&mut *schema),
    };
    let allowed = target.and_then(|target| {
        let kind = target.str("type")?.to_owned();
        let values = allowed_values(text)?;
        let values: Option<Vec<Node>> =
            values.iter().map(|text| value(text, &kind, &description.span)).collect();
        target.set("enum", Node::array(values?, &description.span));
        Some(())
    });
    let kind = schema.str("type").unwrap_or_default().to_owned();
    let default = default(text).and_then(|text| value(text, &kind, &description.span));
    let fits = |default: &Node| match schema.get("enum").filter(|_| allowed.is_some()) {
        Some(values) => values.items().any(|value| value == default),
        None => true,
    };
    if let (None, Some(default)) = (schema.get("default"), default.filter(fits)) {
        schema.set("default", default);
    }
}

/// A value of a type as prose writes it.
pub(super) fn value(text: &str, kind: &str, span: &Span) -> Option<Node> {
    let parsed = match kind {
        "string" => Json::String(text.to_owned()),
        "boolean" | "integer" | "number" => serde_json::from_str(text).ok()?,
        _ => return None,
    };
    let fits = match kind {
        "boolean" => parsed.is_boolean(),
        "integer" => parsed.is_i64() || parsed.is_u64(),
        "number" => parsed.is_number(),
        _ => true,
    };
    fits.then(|| Node::from_json(parsed, span))
}

/// ``Defaults to `responder`.``
fn default(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let marks =
        ["defaults to ", "default is ", "default value is ", "default: ", "default value: "];
    let at = marks.iter().filter_map(|mark| Some(lower.find(mark)? + mark.len())).min()?;
    let (value, _) = text.get(at..)?.strip_prefix('`')?.split_once('`')?;
    Some(value)
}

/// The values of ``Allowed values: `a`, `b`.`` and its variants, at least two.
fn allowed_values(text: &str) -> Option<Vec<&str>> {
    let list = after_announcement(text)?;
    let mut values = match quoted_list(list) {
        Some(values) => values,
        None => items(list)?,
    };
    let mut seen = Vec::new();
    values.retain(|value| {
        !seen.contains(value) && {
            seen.push(*value);
            true
        }
    });
    (values.len() > 1 && !values.contains(&"null")).then_some(values)
}

/// What follows on `Allowed values:`, `Valid options are` and the like.
fn after_announcement(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    ["allowed", "valid", "possible", "accepted", "supported"].iter().find_map(|adjective| {
        let at = lower.find(adjective)?;
        let before = lower.get(..at)?.trim_end();
        if before.ends_with("not") || lower.get(..at)?.ends_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        let rest = text.get(at + adjective.len()..)?.trim_start();
        let lower = rest.to_ascii_lowercase();
        let noun = ["values", "options"].into_iter().find(|noun| lower.starts_with(noun))?;
        let rest = rest.get(noun.len()..)?.trim_start();
        let verb = rest.strip_prefix("are").map(str::trim_start);
        let colon = verb.unwrap_or(rest).strip_prefix(':');
        colon.or(verb)
    })
}

/// `` `['us', 'eu']` ``: a list in one piece of code. What follows on it is prose.
fn quoted_list(text: &str) -> Option<Vec<&str>> {
    let (list, _) = text.trim_start().strip_prefix("`[")?.split_once("]`")?;
    list.split(',')
        .map(|item| {
            let item = item.trim();
            let bare = |mark| item.strip_prefix(mark)?.strip_suffix(mark);
            bare('\'').or_else(|| bare('"')).filter(|item| !item.is_empty())
        })
        .collect()
}

/// How the values of a list are set apart from what is said about them.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// `` `a`, `b` or `c`. ``
    Code,
    /// `GET, HEAD`
    Bare,
    /// `` `a` - explained, `b` - explained ``
    Explained,
}

fn items(text: &str) -> Option<Vec<&str>> {
    let mut rest = skip_breaks(text);
    let mut values = Vec::new();
    let mut style = None;
    loop {
        let (value, after, found) = item(rest)?;
        values.push(value);
        let style = *style.get_or_insert(found);
        if style != found {
            return None;
        }
        let next = match style {
            Style::Explained => explained(after),
            Style::Code | Style::Bare => separated(after)?,
        };
        match next {
            Some(next) => rest = next,
            None => return Some(values),
        }
    }
}

/// One value: its text, what follows, and the style that both show.
fn item(text: &str) -> Option<(&str, &str, Style)> {
    if let Some(code) = text.strip_prefix('`') {
        let (value, after) = code.split_once('`')?;
        let explained = [" - ", " — ", " – ", ": "].iter().any(|dash| after.starts_with(dash));
        let style = if explained { Style::Explained } else { Style::Code };
        return (!value.is_empty()).then_some((value, after, style));
    }
    let len = text.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-'));
    let (value, after) = text.split_at_checked(len.unwrap_or(text.len()))?;
    (!value.is_empty()).then_some((value, after, Style::Bare))
}

/// What follows on a value that is not explained: the next value, or the end of the list.
fn separated(after: &str) -> Option<Option<&str>> {
    let after = after.trim_start_matches(' ');
    for word in [", or ", ", and ", ",", "or ", "and "] {
        if let Some(next) = after.strip_prefix(word) {
            return Some(Some(skip_breaks(next)));
        }
    }
    let over = after.is_empty() || after.starts_with(['\n', '.']) || after.starts_with("<br");
    over.then_some(None)
}

/// The value after an explanation. It stands on a line of its own or after a comma; a sentence that
/// ends before one ends the list.
fn explained(after: &str) -> Option<&str> {
    let by_lines = ["<br/>`", "<br>`", "<br />`", "\n`", "\n- `", "\n* `"];
    let by_commas = [", `", ", or `", ", and `"];
    let find = |marks: &[&str]| {
        let found = marks.iter().filter_map(|mark| Some((after.find(mark)?, mark.len())));
        found.min().and_then(|(at, len)| Some((at, after.get(at + len - 1..)?)))
    };
    if let Some((_, next)) = find(&by_lines) {
        return Some(next);
    }
    let (at, next) = find(&by_commas)?;
    let sentence = after.find(". ").unwrap_or(after.len());
    (at < sentence).then_some(next)
}

/// Skips what stands before a value: blanks, line breaks, list marks.
fn skip_breaks(mut text: &str) -> &str {
    loop {
        let trimmed = text.trim_start();
        let marks = ["<br>", "<br/>", "<br />", "- ", "* "];
        match marks.iter().find_map(|mark| trimmed.strip_prefix(mark)) {
            Some(rest) => text = rest,
            None => return trimmed,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Source;

    fn constrained(schema: Json, description: &str) -> Json {
        let span = Source::new("page", "").start();
        let mut schema = Node::from_json(schema, &span);
        constrain(&mut schema, &Node::string(description, &span));
        schema.to_json()
    }

    #[test]
    fn lists_in_prose_become_enums() {
        for (prose, values) in [
            ("The role. Allowed values: `a`, `b`, or `c`. Defaults to `x`.", vec!["a", "b", "c"]),
            ("Valid values:<br/>`a` — see `x`, `y`.<br/>`b` — or `z`.\n", vec!["a", "b"]),
            (
                "Valid options are: `a` - use a only, `b` - use b only. When `null`, `c`.",
                vec!["a", "b"],
            ),
            ("HTTP method. Valid options: GET, HEAD, POST\n", vec!["GET", "HEAD", "POST"]),
            ("Possible values:\n- `a`\n", vec![]),
            ("Supported values are `['us', 'eu']` or any subset.", vec!["us", "eu"]),
            ("Accepted values: `a` or `b`", vec!["a", "b"]),
        ] {
            let values = if values.is_empty() { json!(null) } else { json!(values) };
            let schema = constrained(json!({"type": "string"}), prose);
            assert_eq!(schema.get("enum").cloned().unwrap_or_default(), values, "{prose}");
        }
    }

    #[test]
    fn doubtful_lists_stay_prose() {
        for prose in [
            "Allowed values: `a`, `b` or any other string.",
            "Valid values: e.g. `a`, `b`",
            "Not allowed values: `a`, `b`",
            "Invalid values: `a`, `b`",
            "Allowed values: `a`, `null`",
            "Valid options: see below, or ask",
            "Allowed values: `a` - one, `b`, `c`",
            "Valid values: `a`, `b` and so on",
        ] {
            assert_eq!(
                constrained(json!({"type": "string"}), prose),
                json!({"type": "string"}),
                "{prose}"
            );
        }
        let prose = "Allowed values: `a`, `b`.";
        assert_eq!(constrained(json!({"type": "integer"}), prose), json!({"type": "integer"}));
    }

    #[test]
    fn values_have_the_type_of_the_schema() {
        let prose = "Allowed values: `1`, `2`. Defaults to `2`.";
        let expected = json!({"type": "integer", "enum": [1, 2], "default": 2});
        assert_eq!(constrained(json!({"type": "integer"}), prose), expected);
        let array = json!({"type": "array", "items": {"type": "string"}});
        let expected = json!({"type": "array", "items": {"type": "string", "enum": ["1", "2"]}});
        assert_eq!(constrained(array, prose), expected);
        let outside = "Allowed values: `1`, `2`. Defaults to `3`.";
        let expected = json!({"type": "integer", "enum": [1, 2]});
        assert_eq!(constrained(json!({"type": "integer"}), outside), expected);
    }
}
