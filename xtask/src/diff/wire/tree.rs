//! Two documents in one arena, so that equality is a comparison of numbers.
//!
//! A [`Node`](crate::node::Node) knows its span but not its pointer, and comparing two of them walks both.
//! Here every value knows where in the bound document it is from, and has a class that it shares with all
//! values equal to it, in either document.

mod view;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde_json::Number;

use crate::node::pointer_token;
use crate::openapi::model::REFERENCE;
use crate::source::Span;

pub(super) use view::{Side, View, Views, target};

/// The number of a value in its [`SchemaArena`].
pub(super) type Id = usize;

/// What corresponds in the old document and in the new one, as far as it is there.
pub(super) type Pair = (Option<Id>, Option<Id>);

/// The members of an object, by name.
pub(super) type Members = BTreeMap<Arc<str>, Id>;

/// A value, where it is from, and what it is equal to.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) value: Value,
    pub(super) span: Span,
    /// Values are equal if their classes are, references taken as the text that they are.
    pub(super) class: usize,
    /// Whether there is a reference in it.
    pub(super) refers: bool,
    origin: usize,
}

/// What an [`Item`] can be.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(Number),
    String(Arc<str>),
    Array(Vec<Id>),
    Object(Members),
}

#[derive(PartialEq, Eq, Hash)]
enum Shape {
    Null,
    Bool(bool),
    Number(String),
    String(usize),
    Array(Vec<usize>),
    Object(Vec<(usize, usize)>),
}

/// Texts are kept once, so where one is tells it from all others.
fn address(text: &Arc<str>) -> usize {
    text.as_ptr().addr()
}

/// The values of both documents.
#[derive(Default)]
pub(super) struct SchemaArena {
    items: Vec<Item>,
    /// The member or index in what is around it; the root is its own parent.
    origins: Vec<(usize, Arc<str>)>,
    classes: HashMap<Shape, usize>,
    texts: HashSet<Arc<str>>,
    /// Objects with a reference that nobody has followed yet.
    referring: Vec<Id>,
    /// What is seen of objects with a reference: themselves, if they say more, and what they lead to.
    layers: HashMap<Id, Vec<Id>>,
}

/// One of the two documents.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) root: Id,
    /// What references lead to.
    pub(super) targets: HashMap<String, Id>,
}

impl SchemaArena {
    /// A text, kept once.
    pub(super) fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&new));
        new
    }

    /// The place of a document's root.
    pub(super) fn root_origin(&mut self) -> usize {
        let root = self.text("");
        self.origins.push((self.origins.len(), root));
        self.origins.len() - 1
    }

    /// The place of a member or an item.
    pub(super) fn origin_below(&mut self, parent: usize, name: &str) -> usize {
        let name = self.text(name);
        self.origins.push((parent, name));
        self.origins.len() - 1
    }

    /// Plants a value.
    pub(super) fn add(&mut self, value: Value, span: &Span, origin: usize) -> Id {
        let class_of = |id: &Id| self.items.get(*id).map_or(0, |it| it.class);
        let (shape, refers) = match &value {
            Value::Null => (Shape::Null, false),
            Value::Bool(it) => (Shape::Bool(*it), false),
            Value::Number(it) => (Shape::Number(number_text(it)), false),
            Value::String(it) => (Shape::String(address(it)), false),
            Value::Array(ids) => (
                Shape::Array(ids.iter().map(class_of).collect()),
                ids.iter().any(|it| self.refers(*it)),
            ),
            Value::Object(members) => {
                let shape = members.iter().map(|(name, id)| (address(name), class_of(id)));
                let shape = Shape::Object(shape.collect());
                let refers = members.contains_key(REFERENCE);
                self.referring.extend(refers.then_some(self.items.len()));
                (shape, refers || members.values().any(|it| self.refers(*it)))
            }
        };
        let next = self.classes.len();
        let class = *self.classes.entry(shape).or_insert(next);
        self.items.push(Item { value, span: span.clone(), class, refers, origin });
        self.items.len() - 1
    }

    /// A value by its number.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by `add` alone, so there is a first item"
    )]
    pub(super) fn item(&self, id: Id) -> &Item {
        self.items.get(id).unwrap_or(&self.items[0])
    }

    fn refers(&self, id: Id) -> bool {
        self.items.get(id).is_some_and(|it| it.refers)
    }

    /// Where a value is in its bound document.
    pub(super) fn pointer(&self, id: Id) -> String {
        let mut tokens = Vec::new();
        let mut at = self.item(id).origin;
        while let Some((parent, name)) = self.origins.get(at).filter(|(parent, _)| *parent != at) {
            tokens.push(pointer_token(name));
            at = *parent;
        }
        tokens.iter().rev().flat_map(|token| ["/", token]).collect()
    }

    /// The place of a value.
    pub(super) fn origin(&self, id: Id) -> usize {
        self.item(id).origin
    }

    pub(super) fn members(&self, id: Id) -> Option<&Members> {
        match &self.item(id).value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    pub(super) fn array(&self, id: Id) -> Option<&[Id]> {
        match &self.item(id).value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn str(&self, id: Id) -> Option<&str> {
        match &self.item(id).value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn number(&self, id: Id) -> Option<f64> {
        match &self.item(id).value {
            Value::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// The reference that an object has.
    pub(super) fn reference_in(&self, id: Id) -> Option<Id> {
        self.members(id)?.get(REFERENCE).copied()
    }

    /// Where an object refers to.
    pub(super) fn reference(&self, id: Id) -> Option<&str> {
        self.reference_in(id).and_then(|it| self.str(it))
    }

    /// Whether two values are equal, wherever references in them lead.
    pub(super) fn equal(&self, a: Id, b: Id) -> bool {
        self.item(a).class == self.item(b).class
    }
}

/// `1`, `1.0` and `1e0` are one number.
fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(it) if it.fract() == 0.0 && it.abs() < 9e15 => format!("{it:.0}"),
        _ => number.to_string(),
    }
}
