//! `allOf` made one schema: an object that has every part's properties, an enum that has the values
//! common to all.
//!
//! Where the parts contradict each other no value would be valid, so the merge gives up and says so.

use std::collections::HashMap;

use crate::node::{Node, Value};
use crate::openapi::{Document, Schema};

/// How deep parts may stand in one another; those of documents of people do not come near it.
const DEPTH: usize = 64;

/// Parts that contradict each other, or a reference that leads nowhere or to itself.
#[derive(Debug)]
pub(super) struct Contradiction {
    /// What cannot be merged.
    pub(super) what: String,
}

/// How many parts a schema is put together from; the same, of a schema that has a part twice at each level.
const PARTS: usize = 10_000;

/// The schema with its `$ref` followed and its `allOf` merged, down to the first level: properties and
/// items keep their own references.
pub(super) fn merged(document: Document<'_>, schema: Schema<'_>) -> Result<Node, Contradiction> {
    let mut merge = Merge { document, parts: 0, around: Vec::new(), known: HashMap::new() };
    merge.flatten(schema, 0).map(|it| it.node)
}

struct Merge<'n> {
    document: Document<'n>,
    /// How many parts there have been so far, those counted again that were put together once.
    parts: usize,
    /// The schemas that what is put together is a part of.
    around: Vec<Schema<'n>>,
    /// What references led to and has parts, by where that is: a page of a few lines can have thousands of ways to one
    /// schema. None if one way has led there so far, since most schemas have no other, and a copy takes its time. It is the
    /// same whatever is around it: what leads back to that never gets here.
    known: HashMap<*const Node, Option<Whole>>,
}

/// A schema put together.
#[derive(Clone)]
struct Whole {
    node: Node,
    /// How many parts it has, at all levels.
    parts: usize,
    /// How deep they stand in one another.
    depth: usize,
}

impl<'n> Merge<'n> {
    fn flatten(&mut self, schema: Schema<'n>, depth: usize) -> Result<Whole, Contradiction> {
        self.count(1, depth)?;
        let outside = self.around.len();
        let before = self.parts;
        self.enter(schema)?;
        let mut result: Option<Node> = None;
        let mut deepest = 0;
        while let Some(target) = self.target()? {
            if let Some(Some(known)) = self.known.get(&std::ptr::from_ref(target.node())).cloned() {
                self.count(known.parts, depth + known.depth)?;
                (result, deepest) = (Some(known.node), known.depth);
                break;
            }
            self.enter(target)?;
        }
        while self.around.len() > outside
            && let Some(layer) = self.around.last().copied()
        {
            let own = layer.without_parts();
            let mut whole = match result {
                Some(behind) => both(own, behind)?,
                None => own,
            };
            for part in layer.all_of() {
                let part = self.flatten(part, depth + 1)?;
                deepest = deepest.max(1 + part.depth);
                let mut part = part.node;
                forget_siblings(self.document, layer, &mut part);
                whole = both(whole, part)?;
            }
            self.around.pop();
            if self.around.len() > outside && layer.all_of().next().is_some() {
                let whole =
                    || Whole { node: whole.clone(), parts: self.parts - before, depth: deepest };
                let led_here = self.known.entry(std::ptr::from_ref(layer.node()));
                led_here.and_modify(|known| *known = Some(whole())).or_insert(None);
            }
            result = Some(whole);
        }
        let node = result.unwrap_or_else(|| schema.without_parts());
        Ok(Whole { node, parts: self.parts - before, depth: deepest })
    }

    /// Counts parts, of which the deepest stands so deep.
    fn count(&mut self, parts: usize, deepest: usize) -> Result<(), Contradiction> {
        self.parts += parts;
        let what = match (deepest > DEPTH, self.parts > PARTS) {
            (true, _) => format!("its parts have parts more than {DEPTH} levels deep"),
            (false, true) => "the schema has too many parts".to_owned(),
            (false, false) => return Ok(()),
        };
        Err(Contradiction { what })
    }

    /// Goes on to a schema, unless it is the one that led there.
    fn enter(&mut self, schema: Schema<'n>) -> Result<(), Contradiction> {
        if self.around.iter().any(|it| std::ptr::eq(it.node(), schema.node())) {
            return Err(Contradiction { what: "the schema is defined through itself".to_owned() });
        }
        self.around.push(schema);
        Ok(())
    }

    /// What the innermost schema refers to, if it does.
    fn target(&self) -> Result<Option<Schema<'n>>, Contradiction> {
        let Some(schema) = self.around.last() else { return Ok(None) };
        let Some(reference) = schema.reference_node() else { return Ok(None) };
        let target = schema.reference().and_then(|pointer| self.document.schema(pointer));
        let what = || format!("`{}` is not in the document", reference.as_str().unwrap_or("$ref"));
        target.map(Some).ok_or_else(|| Contradiction { what: what() })
    }
}

/// A parent that lists its children in `oneOf` has been chosen from when it is a part of one of them.
fn forget_siblings(document: Document<'_>, child: Schema<'_>, parent: &mut Node) {
    for keyword in ["oneOf", "anyOf"] {
        let schema = Schema::of(&*parent);
        let targets = schema.branches(keyword).filter_map(|it| document.schema(it.reference()?));
        if targets.collect::<Vec<_>>().contains(&child) {
            *parent = schema.without_alternatives(keyword);
        }
    }
}

/// One schema for the values that are valid for both. What the first says of itself wins.
fn both(first: Node, second: Node) -> Result<Node, Contradiction> {
    let (Value::Object(mut first), Value::Object(second), span) =
        (first.value, second.value, first.span)
    else {
        return Err(Contradiction { what: "a part of `allOf` is no object".into() });
    };
    for (key, theirs) in second {
        let Some(ours) = first.get_mut(key.text.as_str()) else {
            first.insert(key, theirs);
            continue;
        };
        keyword(&key.text, ours, theirs)?;
    }
    Ok(Node::new(Value::Object(first), span))
}

fn keyword(name: &str, ours: &mut Node, theirs: Node) -> Result<(), Contradiction> {
    if *ours == theirs {
        return Ok(());
    }
    match name {
        "properties" | "patternProperties" => properties(ours, theirs),
        "required" => union(ours, theirs),
        "pattern" => Schema::add_pattern(ours, theirs),
        "enum" => common(ours, &theirs)?,
        "type" => types(ours, &theirs)?,
        "items" => *ours = Schema::both(ours.clone(), theirs),
        "additionalProperties" => other_members(ours, theirs),
        "oneOf" | "anyOf" | "not" => {
            let what = format!("two parts of `allOf` each have their own `{name}`");
            return Err(Contradiction { what });
        }
        "const" => {
            let what =
                format!("two parts of `allOf` want different constants: {ours:?}, {theirs:?}");
            return Err(Contradiction { what });
        }
        // Annotations and bounds are documented, not enforced; what stands nearer says more.
        _ => {}
    }
    Ok(())
}

/// A property that both have is valid for both, which is decided when it is lowered.
fn properties(ours: &mut Node, theirs: Node) {
    let (Value::Object(ours), Value::Object(theirs)) = (&mut ours.value, theirs.value) else {
        return;
    };
    for (key, theirs) in theirs {
        match ours.get_mut(key.text.as_str()) {
            Some(ours) if *ours == theirs => {}
            Some(ours) => *ours = Schema::both(ours.clone(), theirs),
            None => {
                ours.insert(key, theirs);
            }
        }
    }
}

/// What members that are not declared may be has to hold for both, so that a part which allows none decides.
fn other_members(ours: &mut Node, theirs: Node) {
    match (ours.as_bool(), theirs.as_bool()) {
        (Some(false), _) | (_, Some(true)) => {}
        (Some(true), _) | (_, Some(false)) => *ours = theirs,
        (None, None) => *ours = Schema::both(ours.clone(), theirs),
    }
}

fn union(ours: &mut Node, theirs: Node) {
    let (Value::Array(ours), Value::Array(theirs)) = (&mut ours.value, theirs.value) else {
        return;
    };
    for item in theirs {
        if !ours.contains(&item) {
            ours.push(item);
        }
    }
}

fn common(ours: &mut Node, theirs: &Node) -> Result<(), Contradiction> {
    let Value::Array(values) = &mut ours.value else { return Ok(()) };
    values.retain(|value| theirs.items().any(|their| their == value));
    match values.is_empty() {
        true => Err(Contradiction { what: "no value is in both enums of `allOf`".into() }),
        false => Ok(()),
    }
}

fn types(ours: &mut Node, theirs: &Node) -> Result<(), Contradiction> {
    let list = |node: &Node| -> Vec<String> {
        let names = node.as_array().unwrap_or(std::slice::from_ref(node));
        names.iter().filter_map(Node::as_str).map(str::to_owned).collect()
    };
    let (mine, their) = (list(ours), list(theirs));
    let in_both = |name: &String| {
        their.contains(name) || (name == "integer" && their.iter().any(|it| it == "number"))
    };
    let mut shared: Vec<String> = mine.iter().filter(|name| in_both(name)).cloned().collect();
    if mine.iter().any(|it| it == "number") && their.iter().any(|it| it == "integer") {
        shared.push("integer".to_owned());
    }
    if shared.is_empty() {
        let what = format!("a value cannot be {} and {} at once", mine.join("|"), their.join("|"));
        return Err(Contradiction { what });
    }
    *ours = match shared.as_slice() {
        [one] => Node::string(one, &ours.span),
        _ => {
            let names = shared.iter().map(|name| Node::string(name, &ours.span)).collect();
            Node::new(Value::Array(names), ours.span.clone())
        }
    };
    Ok(())
}

#[cfg(test)]
mod tests;
