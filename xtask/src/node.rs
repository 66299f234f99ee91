//! The ordered JSON tree in which documents are held, every node with its place in a page.
//!
//! openapiv3 cannot hold what vendors publish: it drops `const`, `prefixItems` and the siblings of
//! `$ref`, and refuses 3.1. So documents stay in this tree until `lower` has simplified them.

mod key;
mod pointer;

use std::fmt;

use indexmap::IndexMap;
use serde_json::Number;

use crate::source::Span;

pub use key::Key;
pub use pointer::{percent_decoded, pointer_name, pointer_token};

/// A JSON value and where it stands. Equality looks at values alone.
#[derive(Clone)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

/// What a [`Node`] can be.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, as written.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object, in the order of the page.
    Object(Object),
}

/// The members of an object.
pub type Object = IndexMap<Key, Node>;

impl Node {
    /// A node of the given value at the given place.
    pub fn new(value: Value, span: Span) -> Self {
        Self { value, span }
    }

    /// A string at the given place.
    pub fn string(text: impl Into<String>, span: &Span) -> Self {
        Self::new(Value::String(text.into()), span.clone())
    }

    /// A truth value at the given place.
    pub fn bool(value: bool, span: &Span) -> Self {
        Self::new(Value::Bool(value), span.clone())
    }

    /// An array at the given place.
    pub fn array(items: Vec<Node>, span: &Span) -> Self {
        Self::new(Value::Array(items), span.clone())
    }

    /// An empty object at the given place.
    pub fn object(span: &Span) -> Self {
        Self::new(Value::Object(Object::new()), span.clone())
    }

    /// A JSON value of ours, all of it at one place.
    pub fn from_json(json: serde_json::Value, span: &Span) -> Self {
        let value = match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(it) => Value::Bool(it),
            serde_json::Value::Number(it) => Value::Number(it),
            serde_json::Value::String(it) => Value::String(it),
            serde_json::Value::Array(items) => {
                Value::Array(items.into_iter().map(|item| Self::from_json(item, span)).collect())
            }
            serde_json::Value::Object(members) => Value::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (Key::new(name, span), Self::from_json(value, span)))
                    .collect(),
            ),
        };
        Self::new(value, span.clone())
    }

    /// The value without places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(it) => serde_json::Value::Bool(*it),
            Value::Number(it) => serde_json::Value::Number(it.clone()),
            Value::String(it) => serde_json::Value::String(it.clone()),
            Value::Array(items) => items.iter().map(Self::to_json).collect(),
            Value::Object(members) => serde_json::Value::Object(
                members.iter().map(|(key, value)| (key.text.clone(), value.to_json())).collect(),
            ),
        }
    }

    /// The member of that name, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.as_object()?.get(name)
    }

    /// The member of that name, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Object(members) => members.get_mut(name),
            _ => None,
        }
    }

    /// Takes the member of that name out of an object; the others keep their order.
    pub fn take(&mut self, name: &str) -> Option<Node> {
        match &mut self.value {
            Value::Object(members) => members.shift_remove(name),
            _ => None,
        }
    }

    /// Adds an item to an array; anything else becomes an array.
    pub fn push(&mut self, item: Node) {
        if !matches!(self.value, Value::Array(_)) {
            self.value = Value::Array(Vec::new());
        }
        if let Value::Array(items) = &mut self.value {
            items.push(item);
        }
    }

    /// Puts a member into an object, replacing one of the same name; anything else becomes an object.
    pub fn set(&mut self, name: &str, value: Node) {
        let span = value.span.clone();
        self.members_mut().insert(Key::new(name, &span), value);
    }

    /// The member of that name, made an empty object first if it is missing.
    pub fn entry(&mut self, name: &str, span: &Span) -> &mut Node {
        self.members_mut().entry(Key::new(name, span)).or_insert_with(|| Node::object(span))
    }

    /// The members, if this is an object.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The members; what is no object becomes an empty one.
    #[expect(clippy::unreachable, reason = "what is no object is made one first")]
    pub fn members_mut(&mut self) -> &mut Object {
        if !matches!(self.value, Value::Object(_)) {
            self.value = Value::Object(Object::new());
        }
        match &mut self.value {
            Value::Object(members) => members,
            _ => unreachable!("made an object above"),
        }
    }

    /// Iterates over members as name and value, to change the values.
    pub fn each_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        let members = match &mut self.value {
            Value::Object(members) => Some(members),
            _ => None,
        };
        members.into_iter().flatten().map(|(key, value)| (key.text.as_str(), value))
    }

    /// Iterates over items, to change them.
    pub fn items_mut(&mut self) -> impl Iterator<Item = &mut Node> {
        let items = match &mut self.value {
            Value::Array(items) => Some(items),
            _ => None,
        };
        items.into_iter().flatten()
    }

    /// Iterates over members as name and value; over nothing if this is no object.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.as_object().into_iter().flatten().map(|(key, value)| (key.text.as_str(), value))
    }

    /// The items, if this is an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Iterates over items; over nothing if this is no array.
    pub fn items(&self) -> impl Iterator<Item = &Node> {
        self.as_array().into_iter().flatten()
    }

    /// Whether this is an object without members or an array without items.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            _ => false,
        }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(it) => Some(it),
            _ => None,
        }
    }

    /// The string member of that name.
    pub fn str(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// Whether the member of that name is `true`.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Node::as_bool).unwrap_or(false)
    }

    /// What the value is, in the words of JSON Schema, for messages.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_json())
    }
}
