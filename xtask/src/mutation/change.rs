//! Another value for a keyword.

use std::fmt;

use fastrand::Rng;
use serde_json::Value as Json;

use super::Place;
use crate::node::pointer_name;
use crate::openapi::{Holds, METHODS};

/// What becomes of a keyword.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    /// It has this value.
    Replace(Json),
    /// It is gone.
    Remove,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replace(value) => write!(f, "{value}"),
            Self::Remove => f.write_str("gone"),
        }
    }
}

/// Returns a change of a keyword that means something else, if there is one.
pub(super) fn of(place: &Place, document: &Json, random: &mut Rng) -> Option<Change> {
    let name = place.keyword.name;
    let value = document.pointer(&place.pointer)?;
    if says_nothing(name, value, document, &place.pointer)? {
        return None;
    }
    Some(match value {
        Json::Null => Change::Remove,
        Json::Bool(it) => Change::Replace((!it).into()),
        Json::Number(it) => Change::Replace(match it.as_i64() {
            Some(it) => it.checked_add(1)?.into(),
            None => (it.as_f64()? + 1.0).into(),
        }),
        Json::String(text) => Change::Replace(another_text(name, text, random)?.into()),
        Json::Array(items) => {
            let (_, rest) = items.split_last()?;
            match rest {
                [] if name != "security" => Change::Remove,
                rest => Change::Replace(rest.to_vec().into()),
            }
        }
        Json::Object(members) => match place.keyword.holds {
            // Which alternative a tag stands for.
            _ if name == "mapping" => {
                let mut rest = members.clone();
                let last = rest.keys().next_back()?.clone();
                let to = rest.shift_remove(&last)?;
                rest.insert(format!("{last}x"), to);
                Change::Replace(rest.into())
            }
            Holds::Map(_) | Holds::Extensible(_) => {
                let mut rest = members.clone();
                let last = rest.keys().rfind(|it| !it.starts_with("x-"))?.clone();
                rest.shift_remove(&last);
                Change::Replace(rest.into())
            }
            _ => Change::Remove,
        },
    })
}

/// Whether a keyword has no meaning where it stands, or no other value that means something else.
fn says_nothing(name: &str, value: &Json, document: &Json, pointer: &str) -> Option<bool> {
    let (of, _) = pointer.rsplit_once('/')?;
    let holder = document.pointer(of)?;
    let items = || document.get("paths").and_then(Json::as_object).into_iter().flatten();
    let operations = || items().flat_map(|(_, item)| METHODS.iter().filter_map(|it| item.get(*it)));
    Some(match name {
        // What is in a path is required.
        "required" => holder.get("in").and_then(Json::as_str) == Some("path"),
        // A flag of 3.0 excludes nothing if there is no limit.
        "exclusiveMinimum" => value.is_boolean() && holder.get("minimum").is_none(),
        "exclusiveMaximum" => value.is_boolean() && holder.get("maximum").is_none(),
        // A parameter without a schema is a text, and a text is written in one way.
        "schema" => value.get("type").and_then(Json::as_str) == Some("string"),
        // What holds for all operations does not for those that have their own.
        "security" => of.is_empty() && operations().all(|it| it.get("security").is_some()),
        "servers" => {
            let is_same = |of: &Json| of.get("servers") == Some(value);
            let around = of.rsplit_once('/').and_then(|(item, _)| document.pointer(item));
            let overridden = || {
                operations().all(|it| it.get("servers").is_some())
                    || items().all(|(_, it)| it.get("servers").is_some())
            };
            match of {
                "" => overridden(),
                _ if holder.get("responses").is_some() => around.is_some_and(is_same),
                _ => is_same(document) || operations().all(|it| it.get("servers").is_some()),
            }
        }
        _ => false,
    })
}

fn another_text(name: &str, text: &str, random: &mut Rng) -> Option<String> {
    let other = |all: &[&str], random: &mut Rng| {
        let others: Vec<&str> = all.iter().copied().filter(|it| *it != text).collect();
        random.choice(others).map(str::to_owned)
    };
    match name {
        // Which version a document has, and what a reference leads to, is how it is put together.
        "openapi" | "$ref" => None,
        "type" => match text {
            "string" => Some("integer".to_owned()),
            "apiKey" | "oauth2" | "openIdConnect" | "mutualTLS" => Some("http".to_owned()),
            "http" => Some("apiKey".to_owned()),
            _ => Some("string".to_owned()),
        },
        // A parameter of a path is in the path.
        "in" => match text {
            "path" => None,
            _ => other(&["query", "header", "cookie"], random),
        },
        "style" => other(
            &["form", "spaceDelimited", "pipeDelimited", "deepObject", "simple", "label", "matrix"],
            random,
        ),
        "format" => match text {
            "int32" => Some("int64".to_owned()),
            "int64" => Some("int32".to_owned()),
            "float" => Some("double".to_owned()),
            "double" => Some("float".to_owned()),
            _ => other(&["uuid", "date-time", "byte"], random),
        },
        "scheme" => other(&["basic", "bearer"], random),
        "url" => Some(format!("{}/x", text.trim_end_matches('/'))),
        "description" | "summary" => Some(format!("{text} And more.")),
        _ => Some(format!("{text}x")),
    }
}

/// Makes a change at a pointer of a document.
pub(super) fn apply(document: &mut Json, pointer: &str, change: &Change) -> Option<()> {
    let (holder, name) = pointer.rsplit_once('/')?;
    let (holder, name) = (document.pointer_mut(holder)?.as_object_mut()?, pointer_name(name));
    match change {
        Change::Replace(value) => *holder.get_mut(&name)? = value.clone(),
        Change::Remove => drop(holder.shift_remove(&name)?),
    }
    Some(())
}
