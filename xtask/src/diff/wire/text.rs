//! Values and places in words.

use super::tree::{Id, SchemaArena, Value};

/// How many characters of a value are shown.
const LONGEST: usize = 100;

/// How deep a value is shown.
const DEEPEST: usize = 8;

/// A value in one line, cut where it gets long.
pub(super) fn short(arena: &SchemaArena, id: Id) -> String {
    let mut text = String::new();
    write(arena, id, DEEPEST, &mut text);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

fn write(arena: &SchemaArena, id: Id, depth: usize, text: &mut String) {
    // Of what is too long to be shown, a little more is enough to know that.
    if text.len() > LONGEST * 4 {
        return;
    }
    match &arena.item(id).value {
        Value::Array(_) | Value::Object(_) if depth == 0 => text.push('…'),
        Value::Null => text.push_str("null"),
        Value::Bool(it) => text.push_str(if *it { "true" } else { "false" }),
        Value::Number(it) => text.push_str(&it.to_string()),
        Value::String(it) => {
            // Only the beginning is ever seen, and the rest may be a whole manual.
            let cut = it.char_indices().nth(LONGEST + 1).map_or(it.len(), |(at, _)| at);
            text.push_str(&serde_json::Value::from(it.get(..cut).unwrap_or_default()).to_string());
        }
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                write(arena, *item, depth - 1, text);
                if text.len() > LONGEST * 4 {
                    break;
                }
            }
            text.push(']');
        }
        Value::Object(members) => {
            if let Some(reference) = arena.reference(id) {
                text.push_str(reference.rsplit('/').next().unwrap_or(reference));
                return;
            }
            text.push('{');
            for (at, (name, member)) in members.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                text.push_str(name);
                text.push_str(": ");
                write(arena, *member, depth - 1, text);
                if text.len() > LONGEST * 4 {
                    break;
                }
            }
            text.push('}');
        }
    }
}

/// What became of something that a thing has, in a sentence.
pub(super) fn sentence(
    noun: &str,
    thing: &str,
    before: Option<&str>,
    after: Option<&str>,
) -> String {
    // What is no scalar is shown beside the sentence, and would make it unreadable.
    let long = |it: Option<&str>| it.is_some_and(|it| it.starts_with(['{', '[']));
    match (before, after) {
        (Some(_), Some(_)) if long(before) || long(after) => {
            format!("{noun} of {thing} changed")
        }
        (Some(before), Some(after)) => {
            format!("{noun} of {thing} changed from {before} to {after}")
        }
        (None, Some(_)) if long(after) => format!("{thing} now has {noun}"),
        (None, Some(after)) => format!("{thing} now has {noun} {after}"),
        (Some(_), None) if long(before) => format!("{thing} no longer has {noun}"),
        (Some(before), None) => format!("{thing} no longer has {noun} {before}"),
        (None, None) => format!("{noun} of {thing} changed"),
    }
}
