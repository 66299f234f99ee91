//! What views ask of a value, in whatever tree it is.

use std::collections::BTreeSet;

use super::REFERENCE;
use crate::node::{Node, Value};
use crate::source::Span;

/// A value of a document.
pub(crate) trait Tree<'n>: Copy {
    /// Returns the member of that name, if this is an object that has it.
    fn get(self, name: &str) -> Option<Self>;

    /// Iterates over the members of an object.
    fn members(self) -> impl Iterator<Item = (&'n str, Self)>;

    /// Iterates over the items of an array.
    fn items(self) -> impl Iterator<Item = Self>;

    fn as_str(self) -> Option<&'n str>;

    fn as_bool(self) -> Option<bool>;

    fn as_f64(self) -> Option<f64>;

    fn is_null(self) -> bool;

    fn is_array(self) -> bool;

    fn is_object(self) -> bool;

    /// Whether this is an object without members or an array without items.
    fn is_empty(self) -> bool;

    fn span(self) -> &'n Span;

    /// Returns what the references of a value lead to; a value that is no reference is itself.
    fn resolve(self, document: Self) -> Option<Self>;
}

impl<'n> Tree<'n> for &'n Node {
    fn get(self, name: &str) -> Option<Self> {
        Node::get(self, name)
    }

    fn members(self) -> impl Iterator<Item = (&'n str, Self)> {
        Node::members(self)
    }

    fn items(self) -> impl Iterator<Item = Self> {
        Node::items(self)
    }

    fn as_str(self) -> Option<&'n str> {
        Node::as_str(self)
    }

    fn as_bool(self) -> Option<bool> {
        Node::as_bool(self)
    }

    fn as_f64(self) -> Option<f64> {
        match &self.value {
            Value::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    fn is_null(self) -> bool {
        matches!(self.value, Value::Null)
    }

    fn is_array(self) -> bool {
        self.as_array().is_some()
    }

    fn is_object(self) -> bool {
        self.as_object().is_some()
    }

    fn is_empty(self) -> bool {
        Node::is_empty(self)
    }

    fn span(self) -> &'n Span {
        &self.span
    }

    fn resolve(self, document: Self) -> Option<Self> {
        let (mut node, mut passed) = (self, BTreeSet::new());
        // What leads back to itself leads nowhere else.
        while let Some(pointer) = node.str(REFERENCE).filter(|it| passed.insert(*it)) {
            node = document.pointer(pointer)?;
        }
        Some(node)
    }
}
