//! Trees of JSON: an edit takes a subtree out, puts it somewhere else, wraps it, renames it, makes it a reference.
//!
//! So nearly all that comes out is JSON, and much of it a document, which no mutation of bytes would keep.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{boundary, pick, small, words};
use crate::tree::{any, get, parent, pointer, put, size};

/// How many nodes a tree grows to at most, so that no run of mutations makes a giant.
const LIMIT: usize = 600;

/// How deep an edit nests at most. Readers of JSON end at 128.
const DEPTH: usize = 140;

/// Mutates the text of a JSON document. What is none becomes a small one.
pub fn mutate(input: &[u8], other: &[u8], random: &mut Rng) -> Vec<u8> {
    let parse = |text: &[u8]| serde_json::from_slice::<Value>(text).unwrap_or_else(|_| json!({}));
    let (mut tree, other) = (parse(input), parse(other));
    edits(&mut tree, &other, random);
    tree.to_string().into_bytes()
}

/// Makes a few edits in a tree, with pieces of another one. An edit that makes it too large is taken back.
pub fn edits(tree: &mut Value, other: &Value, random: &mut Rng) {
    for _ in 0..=small(6, random) {
        let before = tree.clone();
        edit(tree, other, random);
        if size(tree) > LIMIT {
            *tree = before;
        }
    }
}

fn edit(tree: &mut Value, other: &Value, random: &mut Rng) {
    let (at, elsewhere) = (any(tree, random), any(tree, random));
    match random.u8(..16) {
        0 => put(tree, at, value(random)),
        1 => remove(tree, at),
        2 => repeat(tree, at, random),
        3 => rename(tree, at, random),
        4 => {
            let taken = get(tree, at);
            remove(tree, at);
            let to = any(tree, random);
            insert(tree, to, taken, random);
        }
        5 => put(tree, at, get(tree, elsewhere)),
        6 => {
            let (one, two) = (get(tree, at), get(tree, elsewhere));
            // The later one first, which is in the earlier one or behind it.
            put(tree, at.max(elsewhere), if at < elsewhere { one.clone() } else { two.clone() });
            put(tree, at.min(elsewhere), if at < elsewhere { two } else { one });
        }
        7 => put(tree, at, wrap(get(tree, at), random)),
        8 => refer(tree, at, elsewhere, random),
        9 => {
            let nested = (0..small(DEPTH, random)).fold(get(tree, at), |it, _| wrap(it, random));
            put(tree, at, nested);
        }
        10 => insert(tree, at, value(random), random),
        11 => put(tree, at, get(other, any(other, random))),
        12 => insert(tree, at, get(other, any(other, random)), random),
        13 => insert(tree, at, get(tree, elsewhere), random),
        _ => {
            let tried = (0..20).map(|_| any(tree, random)).find(|it| get(tree, *it).is_string());
            if let Some(at) = tried {
                put(tree, at, reworded(&get(tree, at), random));
            }
        }
    }
}

fn remove(tree: &mut Value, at: usize) {
    match parent(tree, at) {
        Some((Value::Array(items), index)) => drop(items.remove(index)),
        Some((Value::Object(members), index)) => {
            let name = members.keys().nth(index).cloned().unwrap_or_default();
            members.shift_remove(&name);
        }
        _ => *tree = json!({}),
    }
}

fn repeat(tree: &mut Value, at: usize, random: &mut Rng) {
    match parent(tree, at) {
        Some((Value::Array(items), index)) => items.insert(index, items[index].clone()),
        Some((Value::Object(members), index)) => {
            let Some((name, value)) = members.iter().nth(index) else { return };
            let name = match random.bool() {
                true => format!("{name}{}", pick(words::TEXTS, random)),
                false => name.to_uppercase(),
            };
            members.insert(name, value.clone());
        }
        _ => {}
    }
}

fn rename(tree: &mut Value, at: usize, random: &mut Rng) {
    if let Some((Value::Object(members), index)) = parent(tree, at) {
        let new = name(random);
        let renamed = std::mem::take(members).into_iter().enumerate();
        members.extend(
            renamed
                .map(|(it, (name, value))| (if it == index { new.clone() } else { name }, value)),
        );
    }
}

/// Puts a value into an object or an array; anything else becomes an array.
fn insert(tree: &mut Value, at: usize, value: Value, random: &mut Rng) {
    let inserted = match get(tree, at) {
        Value::Object(mut members) => {
            members.insert(name(random), value);
            Value::Object(members)
        }
        Value::Array(mut items) => {
            items.insert(random.usize(..=items.len()), value);
            Value::Array(items)
        }
        other => Value::Array(vec![other, value]),
    };
    put(tree, at, inserted);
}

/// Puts a reference in the place of a node, or beside what it has.
fn refer(tree: &mut Value, at: usize, to: usize, random: &mut Rng) {
    let to = pointer(tree, to);
    let schemas = tree.pointer("/components/schemas").and_then(Value::as_object);
    let names: Vec<&String> = schemas.into_iter().flat_map(Map::keys).collect();
    let schema = random.choice(&names).map(|name| format!("/components/schemas/{name}"));
    let reference = match random.u8(..8) {
        0 => pick(words::TEXTS, random).to_owned(),
        1 => format!("other.json#{to}"),
        2 => format!("#{to}/{}", pick(words::TEXTS, random)),
        3 => format!("#{}", pointer(tree, at)),
        4 => format!("#{to}"),
        _ => format!("#{}", schema.unwrap_or(to)),
    };
    let mut members = match get(tree, at) {
        Value::Object(members) if random.bool() => members,
        _ => Map::new(),
    };
    members.insert("$ref".to_owned(), Value::String(reference));
    put(tree, at, Value::Object(members));
}

/// Puts a node into a construct.
fn wrap(value: Value, random: &mut Rng) -> Value {
    let list = |value, more: &[Value]| Value::Array([&[value], more].concat());
    let (name, value) = match random.u8(..12) {
        0 => return Value::Array(vec![value]),
        1 => ("items", value),
        2 => ("properties", Value::Object(Map::from_iter([("a".to_owned(), value)]))),
        3 => ("oneOf", list(value, &[json!({ "type": "null" })])),
        4 => ("anyOf", list(value, &[json!({ "type": "string" })])),
        5 => ("allOf", list(value, &[])),
        6 => ("not", value),
        7 => ("additionalProperties", value),
        8 => ("schema", value),
        9 => ("enum", list(value, &[])),
        10 => ("const", value),
        _ => (pick(&words::KEYWORDS, random), value),
    };
    Value::Object(Map::from_iter([(name.to_owned(), value)]))
}

fn name(random: &mut Rng) -> String {
    match random.u8(..6) {
        0 => pick(words::TEXTS, random).to_owned(),
        1 => pick(words::VALUES, random).to_owned(),
        2 => format!("{}{}", pick(words::TEXTS, random), pick(words::TEXTS, random)),
        _ => pick(&words::KEYWORDS, random).to_owned(),
    }
}

fn value(random: &mut Rng) -> Value {
    match random.u8(..16) {
        0 => Value::Null,
        1 => json!(random.bool()),
        2 => json!(random.i64(-3..300)),
        3 => json!([i64::MIN, i64::MAX][random.usize(..2)]),
        4 => json!([0.5, -0.0, 1e300, 5e-324][random.usize(..4)]),
        5 => json!({}),
        6 => json!([]),
        7 | 8 => json!(pick(words::VALUES, random)),
        9 => json!(pick(&words::KEYWORDS, random)),
        10 => json!([pick(words::VALUES, random), pick(words::VALUES, random)]),
        11 => json!(pick(words::TEXTS, random).repeat(1 + small(300, random))),
        12 => json!(u64::MAX),
        _ => json!(pick(words::TEXTS, random)),
    }
}

/// A text with another one at its start, in it, at its end or in its place.
fn reworded(value: &Value, random: &mut Rng) -> Value {
    let mut text = value.as_str().unwrap_or_default().to_owned();
    let at = boundary(&text, random.usize(..=text.len()));
    let word = match random.u8(..4) {
        0 => pick(words::VALUES, random),
        _ => pick(words::TEXTS, random),
    };
    match random.u8(..4) {
        0 => text.insert_str(0, word),
        1 => text.insert_str(at, word),
        2 => text.push_str(word),
        _ => word.clone_into(&mut text),
    }
    Value::String(text)
}
