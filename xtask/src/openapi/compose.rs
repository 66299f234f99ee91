//! Schemas that no page has: made of others while they are lowered.

use serde_json::json;

use super::model::{Schema, Tree};
use super::schema::SCHEMA;
use super::walk::walk_mut;
use crate::node::{Node, Value};
use crate::source::Span;

impl<'n> Schema<'n> {
    /// Returns a schema for what is valid for all parts.
    pub(crate) fn made_of(parts: Vec<Node>, span: &Span) -> Node {
        let mut node = Node::object(span);
        node.set("allOf", Node::array(parts, span));
        node
    }

    /// Returns a schema for what is valid for both. A part that is there already is not repeated, so that a schema
    /// that meets itself again does not grow.
    pub(crate) fn both(first: Node, second: Node) -> Node {
        let span = first.span.clone();
        let parts = Schema::of(&first).all_of_node().filter(|_| first.members().count() == 1);
        let parts = parts.map(|it| it.items().cloned().collect());
        let mut parts: Vec<Node> = parts.unwrap_or_else(|| vec![first]);
        if !parts.contains(&second) {
            parts.push(second);
        }
        Self::made_of(parts, &span)
    }

    /// Returns a schema for objects that have one of these values as their tag.
    pub(crate) fn tagged(property: &str, values: &[String], span: &Span) -> Node {
        let tag = json!({
            "type": "object",
            "properties": {property: {"type": "string", "enum": values}},
            "required": [property],
        });
        Node::from_json(tag, span)
    }

    /// Returns an object without some of its properties, if it has any of those.
    pub(crate) fn without_properties(
        self,
        is_left_out: impl Fn(&str, Schema<'n>) -> bool,
    ) -> Option<Node> {
        let left_out = self.properties().filter(|(name, it)| is_left_out(name, *it));
        let left_out: Vec<&str> = left_out.map(|(name, _)| name).collect();
        if left_out.is_empty() {
            return None;
        }
        let mut rest = self.node().clone();
        if let Some(Value::Object(members)) = rest.get_mut("properties").map(|it| &mut it.value) {
            members.retain(|key, _| !left_out.contains(&key.text.as_str()));
        }
        if let Some(Value::Array(names)) = rest.get_mut("required").map(|it| &mut it.value) {
            names.retain(|it| it.as_str().is_none_or(|it| !left_out.contains(&it)));
        }
        Some(rest)
    }

    /// Returns a schema that is no more than a reference.
    pub(crate) fn referring(reference: &str, span: &Span) -> Node {
        let mut node = Node::object(span);
        node.set("$ref", Node::string(reference, span));
        node
    }

    /// Returns the schema without what chooses one that has it as a part.
    pub(crate) fn without_discriminator(self) -> Node {
        self.only(|it| it != "discriminator")
    }

    /// Returns the schema as it is without those that have it as a part, by a name of its own.
    pub(crate) fn as_base(self, title: &str) -> Node {
        let mut base = self.without_discriminator();
        base.set("title", Node::string(title, self.span()));
        base
    }

    /// Returns the schema without references and parts, which are merged into it.
    pub(crate) fn without_parts(self) -> Node {
        self.only(|keyword| !matches!(keyword, "$ref" | "allOf"))
    }

    /// Returns the schema without what only describes it as a whole.
    pub(crate) fn without_annotations(self) -> Node {
        self.only(|keyword| SCHEMA.decides_validity(keyword) && keyword != "nullable")
    }

    /// Adds to a schema what another says of the same value; what it says itself stays. Of two limits, the narrower one
    /// holds.
    pub(crate) fn supplement(node: &mut Node, by: Node) {
        let (Value::Object(ours), Value::Object(theirs)) = (&mut node.value, by.value) else {
            return;
        };
        for (key, theirs) in theirs {
            match ours.get_mut(key.text.as_str()) {
                Some(ours) if key.text == "pattern" => Self::add_pattern(ours, theirs),
                Some(ours) if is_narrower(&key.text, &theirs, ours) => *ours = theirs,
                Some(_) => {}
                None => drop(ours.insert(key, theirs)),
            }
        }
    }

    /// Adds to the pattern of a schema that of another which holds for the same value. Both have to match.
    pub(crate) fn add_pattern(ours: &mut Node, theirs: Node) {
        if ours.as_array().is_none() {
            *ours = Node::array(vec![ours.clone()], &ours.span.clone());
        }
        let patterns = if theirs.as_array().is_some() {
            theirs.items().cloned().collect()
        } else {
            vec![theirs]
        };
        for pattern in patterns {
            if !ours.items().any(|it| *it == pattern) {
                ours.push(pattern);
            }
        }
    }

    /// Returns the patterns that a string has to match, of which only a schema made of others has several.
    pub(crate) fn patterns(self) -> impl Iterator<Item = &'n str> {
        let listed = self.pattern_node().into_iter().flat_map(Node::items);
        self.pattern().into_iter().chain(listed.filter_map(Node::as_str))
    }

    /// Adds to an object the properties of others that it does not have. None of them has to be there.
    pub(crate) fn take_properties(node: &mut Node, others: Vec<Node>) {
        let Some(own) = node.get_mut("properties") else { return };
        for mut other in others {
            let Some(Value::Object(properties)) = other.take("properties").map(|it| it.value)
            else {
                continue;
            };
            for (name, property) in properties {
                own.members_mut().entry(name).or_insert(property);
            }
        }
    }

    /// Returns a schema for objects that may be several of these at once, with what this one says of them as a whole.
    /// What not all require need not be there, and what does not hold for each does not hold for them.
    pub(crate) fn several_objects(self, first: Schema<'_>, others: &[Schema<'_>]) -> Node {
        let mut several = self.only(|it| !SCHEMA.decides_validity(it));
        let differs =
            |it: &str| others.iter().any(|other| other.node().get(it) != first.node().get(it));
        let first = &first.only(|it| !(COUNTS.contains(&it) && differs(it)));
        let first = Schema::of(first);
        let in_all =
            |name: &&Node| others.iter().all(|it| it.required_items().any(|its| its == *name));
        let required = first.required_items().filter(in_all).cloned().collect();
        Self::supplement(&mut several, first.without_annotations());
        Self::take_properties(&mut several, others.iter().map(|it| it.node().clone()).collect());
        several.set("required", Node::array(required, self.span()));
        several
    }

    /// Returns the schema with the beginning of its description, and without what else is longer than so many bytes.
    pub(crate) fn in_brief(self, longest: usize) -> Node {
        let mut brief = self.node().clone();
        Self::each_inner(&mut brief, |inner| inner.in_brief(longest));
        let Value::Object(members) = &mut brief.value else { return brief };
        members.retain(|key, value| match &mut value.value {
            Value::String(text) if key.text == "description" => {
                *text = beginning(text, longest);
                true
            }
            Value::Object(_) if matches!(key.text.as_str(), "items" | "additionalProperties") => {
                true
            }
            _ => room(value, longest).is_some(),
        });
        brief
    }

    /// Replaces the schemas of the items and of the members that are not named.
    pub(crate) fn each_inner(node: &mut Node, mut replace: impl FnMut(Schema<'_>) -> Node) {
        let is_inner = |name: &str| matches!(name, "items" | "additionalProperties");
        for (_, inner) in node.each_mut().filter(|(name, _)| is_inner(name)) {
            if inner.as_object().is_some() {
                *inner = replace(Schema::of(inner));
            }
        }
    }

    /// Returns the schema and all in it without what only describes.
    pub(crate) fn without_any_annotations(self) -> Node {
        let mut node = self.node().clone();
        walk_mut(&mut node, &SCHEMA, &mut |node, of| {
            if let Value::Object(members) = &mut node.value
                && of.is(&SCHEMA)
            {
                members.retain(|key, _| SCHEMA.decides_validity(&key.text));
            }
        });
        node
    }

    /// Returns the part of the schema that is of one type. What is said of several types together names and
    /// describes none of them.
    pub(crate) fn of_one_type(self, ty: &str) -> Node {
        let mut node = self.without_annotations();
        node.set("type", Node::string(ty, self.span()));
        node
    }

    /// Returns what stands beside alternatives and holds for each of them.
    pub(crate) fn beside_alternatives(self) -> Option<Node> {
        let about_all = ["oneOf", "anyOf", "discriminator", "nullable"];
        let base = self.only(|it| !about_all.contains(&it) && SCHEMA.decides_validity(it));
        let tells = |it: &str| !matches!(it, "type" | "additionalProperties");
        Some(base).filter(|it| it.members().any(|(keyword, _)| tells(keyword)))
    }

    /// Returns the schema without its alternatives, which have been chosen from.
    pub(crate) fn without_alternatives(self, keyword: &str) -> Node {
        self.only(|it| it != keyword && it != "discriminator")
    }

    fn only(self, keep: impl Fn(&str) -> bool) -> Node {
        let Some(members) = self.node().as_object() else { return self.node().clone() };
        let kept = members.iter().filter(|(key, _)| keep(&key.text));
        let kept = kept.map(|(key, value)| (key.clone(), value.clone())).collect();
        Node::new(Value::Object(kept), self.span().clone())
    }
}

/// How many members an object may have.
pub(crate) const COUNTS: [&str; 2] = ["minProperties", "maxProperties"];

/// Whether a limit lets less pass than another of the same name.
fn is_narrower(keyword: &str, one: &Node, other: &Node) -> bool {
    let Some((one, other)) = one.as_f64().zip(other.as_f64()) else { return false };
    match keyword {
        "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => one > other,
        "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => one < other,
        _ => false,
    }
}

/// Returns as many paragraphs of a text as there is room for, and at least a part of the first.
fn beginning(text: &str, room: usize) -> String {
    if text.len() <= room {
        return text.to_owned();
    }
    let end = (0..=room).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let kept = text.get(..end).unwrap_or_default();
    match kept.rsplit_once("\n\n") {
        Some((paragraphs, _)) => paragraphs.to_owned(),
        None => format!("{kept}…"),
    }
}

/// Returns the room that a value leaves. None if it needs more.
fn room(value: &Node, room: usize) -> Option<usize> {
    match &value.value {
        Value::String(text) => room.checked_sub(text.len()),
        Value::Array(items) => items.iter().try_fold(room, |room, it| self::room(it, room)),
        Value::Object(members) => members
            .iter()
            .try_fold(room, |room, (key, it)| self::room(it, room.checked_sub(key.text.len())?)),
        Value::Number(number) => room.checked_sub(number.to_string().len()),
        Value::Null | Value::Bool(_) => room.checked_sub(1),
    }
}
