//! Schemas: which are plain types, and which become Rust types of their own.

use serde_json::Value as Json;

use crate::config::Renamed;
use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::plan::{EnumVariant, Shape, TypePlan};

use super::naming::{self, Scope};
use super::product::{Product, Type};
use super::{Lowering, docs, merge};

/// How deep schemas stand inside one another before the rest is taken as any JSON.
const DEPTH: usize = 48;

/// Where a schema stands, for the name of the type that it may become.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// The name that a type of its own would have.
    pub(super) name: String,
    /// The reference that leads to it, if it is a component.
    pub(super) pointer: Option<String>,
}

impl Site {
    /// A schema written where it is used.
    pub(super) fn inline(name: impl Into<String>) -> Self {
        Self { name: name.into(), pointer: None }
    }

    /// A schema inside this one.
    pub(super) fn inner(&self, part: &str) -> Self {
        Self::inline(naming::inner_name(&self.name, part))
    }
}

/// How many schemas of a document are lowered at most. Parts of `allOf` are lowered wherever they are used, so
/// a small page could otherwise be made to stand for a crate without end.
pub(super) fn budget(document: &Node) -> usize {
    fn size(node: &Node) -> usize {
        let inside = node.members().map(|(_, it)| it).chain(node.items());
        1 + inside.map(size).sum::<usize>()
    }
    100_000 + 50 * size(document)
}

impl Lowering<'_> {
    /// Lowers a schema at a place where it is used.
    pub(super) fn schema(&mut self, node: &Node, site: &Site) -> Type {
        if self.depth >= DEPTH || self.budget < 2 {
            return self.too_much(node, site);
        }
        self.budget -= 1;
        self.depth += 1;
        let ty = self.at_its_depth(node, site);
        self.depth -= 1;
        ty
    }

    fn at_its_depth(&mut self, node: &Node, site: &Site) -> Type {
        match self.reference_alone(node) {
            Some((pointer, nullable)) => self.reference(&pointer, node).or_null(nullable),
            None => match merge::merged(self.document, node) {
                Ok(merged) => self.merged(&merged, site),
                Err(contradiction) => {
                    let what =
                        format!("`{}` is taken as any JSON: {}", site.name, contradiction.what);
                    self.untyped(Kind::Contradiction, what, &contradiction.span)
                }
            },
        }
    }

    /// A schema past the limits. Of size there is one finding; it keeps the crate from being made.
    fn too_much(&mut self, node: &Node, site: &Site) -> Type {
        let what =
            format!("`{}` stands too deep in other schemas, and is taken as any JSON", site.name);
        let finding = match self.budget {
            0 => return Type::Any,
            1 => Finding::error(Kind::SchemaSize, "the schemas stand for too many types"),
            _ => Finding::loss(Kind::SchemaDepth, what),
        };
        self.budget = self.budget.saturating_sub(1);
        self.findings.push(finding.at(&node.span));
        Type::Any
    }

    /// Lowers a schema that has neither `$ref` nor `allOf`.
    fn merged(&mut self, node: &Node, site: &Site) -> Type {
        let types = types(node);
        let nullable = node.flag("nullable") || types.contains(&"null") || has_null(node);
        let named: Vec<&str> = types.into_iter().filter(|it| *it != "null").collect();
        let ty = if node.get("oneOf").is_some() || node.get("anyOf").is_some() {
            self.alternatives(node, site)
        } else if let Some(values) =
            strings(node).filter(|_| named.is_empty() || named.contains(&"string"))
        {
            self.strings(&values, node, site)
        } else {
            match named.as_slice() {
                [] if node.get("type").is_some_and(|it| it.as_str() == Some("null")) => Type::Any,
                [] => self.implied(node, site),
                [one] => self.of_type(one, node, site),
                several => self.of_types(several, node, site),
            }
        };
        ty.or_null(nullable)
    }

    /// A schema that does not say its type, but has keywords of one.
    fn implied(&mut self, node: &Node, site: &Site) -> Type {
        if let Some(listed) = listed_type(node) {
            self.of_type(listed, node, site)
        } else if node.get("properties").is_some()
            || node.get("additionalProperties").is_some_and(|it| it.as_object().is_some())
        {
            self.of_type("object", node, site)
        } else if node.get("items").is_some() {
            self.of_type("array", node, site)
        } else if node.get("format").is_some() {
            match node.str("format") {
                Some("int32" | "int64") => self.of_type("integer", node, site),
                Some("float" | "double") => self.of_type("number", node, site),
                _ => self.of_type("string", node, site),
            }
        } else if node.get("minLength").or(node.get("maxLength")).or(node.get("pattern")).is_some()
        {
            Type::String
        } else {
            Type::Any
        }
    }

    /// A schema of one type.
    pub(super) fn of_type(&mut self, ty: &str, node: &Node, site: &Site) -> Type {
        match ty {
            "boolean" => Type::Boolean,
            "integer" => match node.str("format") {
                Some("int32") => Type::Int32,
                _ => Type::Int64,
            },
            "number" => Type::Number,
            "string" => match node.str("format") {
                Some("date-time") => Type::DateTime,
                Some("date") => Type::Date,
                Some("uuid") => Type::Uuid,
                _ => Type::String,
            },
            "array" => Type::Array(Box::new(match (node.get("prefixItems"), node.get("items")) {
                (Some(tuple), _) => {
                    let what = format!(
                        "the items of `{}` differ by place, and are taken as any JSON",
                        site.name
                    );
                    self.untyped(Kind::Tuple, what, &tuple.span)
                }
                (None, Some(items)) => self.schema(items, &site.inner("Item")),
                (None, None) => Type::Any,
            })),
            "object" => self.object(node, site),
            "any" => Type::Any,
            other => {
                let what = format!(
                    "`{}` is of the unknown type `{other}`, and taken as any JSON",
                    site.name
                );
                self.untyped(Kind::UnknownType, what, &node.span)
            }
        }
    }

    /// Strings of a closed list. One alone is a constant, and needs no type.
    pub(super) fn strings(&mut self, values: &[String], node: &Node, site: &Site) -> Type {
        if values.len() < 2 {
            return Type::String;
        }
        if let Some(same) = self.same_type(node, site) {
            return same;
        }
        let name = self.claim(node, site);
        let mut scope = Scope::with(&["Unknown"]);
        let variants = values
            .iter()
            .map(|value| EnumVariant {
                name: self.claim_variant(&mut scope, &name, &naming::variant_name(value)),
                value: value.clone(),
            })
            .collect();
        let (docs, span) = (docs::of_schema(node), Some(node.span.clone()));
        let plan = TypePlan { docs, span, shape: Shape::Enum(variants) };
        self.define(&name, Product::String, plan);
        Type::Named(name)
    }

    /// Takes a name for a variant of a type.
    pub(super) fn claim_variant(&mut self, scope: &mut Scope, ty: &str, wanted: &str) -> String {
        self.claim_in(scope, wanted, |name| Renamed::Variant(format!("{ty}.{name}")))
    }

    /// The only string that a property may be.
    pub(super) fn constant(&self, node: &Node) -> Option<String> {
        let merged = merge::merged(self.document, node).ok()?;
        match docs::constant(&merged)? {
            Json::String(text) => Some(text),
            _ => None,
        }
    }

    /// The type that an equal schema has already become: one that this one stands in, which only a
    /// reference can bring about, or one of the same title.
    pub(super) fn same_type(&self, node: &Node, site: &Site) -> Option<Type> {
        if site.pointer.is_some() {
            return None;
        }
        if let Some((_, name)) = self.open.iter().find(|(open, _)| open == node) {
            return Some(Type::Named(name.clone()));
        }
        let (same, ty) = self.titled.get(node.str("title")?)?;
        (same == node).then(|| ty.clone())
    }

    /// Names a type, so that references to it are known before its insides are lowered.
    pub(super) fn claim(&mut self, node: &Node, site: &Site) -> String {
        if let Some(pointer) = &site.pointer {
            let name = match self.components.get(pointer) {
                Some(name) => name.clone(),
                None => self.claim_type(&site.name),
            };
            self.references.insert(pointer.clone(), Type::Named(name.clone()));
            // What comes back here meets the name, so it is no alias of itself.
            self.following.clear();
            return name;
        }
        match node.str("title").and_then(naming::title_as_name) {
            Some(title) if !self.titled.contains_key(title) => {
                let name = self.claim_type(&naming::type_name(title));
                self.titled.insert(title.to_owned(), (node.clone(), Type::Named(name.clone())));
                name
            }
            _ => self.claim_type(&site.name),
        }
    }

    /// What the page says more about than the crate does.
    pub(super) fn untyped(&mut self, kind: Kind, what: String, span: &crate::source::Span) -> Type {
        let finding = Finding::untyped(kind, what).at(span);
        self.findings.push(finding);
        Type::Any
    }
}

/// The type that all the values have that a schema lists.
fn listed_type(node: &Node) -> Option<&'static str> {
    let listed = node.get("enum").and_then(Node::as_array).unwrap_or_default();
    let listed = node.get("const").into_iter().chain(listed);
    let mut types = listed.filter(|it| it.kind() != "null").map(|it| match it.to_json() {
        Json::Bool(_) => "boolean",
        Json::Number(number) if number.is_f64() => "number",
        Json::Number(_) => "integer",
        _ => "any",
    });
    let first = types.next()?;
    types.all(|it| it == first).then_some(first).filter(|it| *it != "any")
}

/// The types that a schema lists.
pub(super) fn types(node: &Node) -> Vec<&str> {
    match node.get("type") {
        Some(types) => types
            .as_array()
            .unwrap_or(std::slice::from_ref(types))
            .iter()
            .filter_map(Node::as_str)
            .collect(),
        None => Vec::new(),
    }
}

/// Whether null is among the values that a schema lists.
fn has_null(node: &Node) -> bool {
    let listed = node.get("enum").iter().flat_map(|it| it.items()).any(|it| it.kind() == "null");
    listed || node.get("const").is_some_and(|it| it.kind() == "null")
}

/// The strings that a schema lists, if it lists nothing else but null.
pub(super) fn strings(node: &Node) -> Option<Vec<String>> {
    let listed: Vec<&Node> = match (node.get("const"), node.get("enum")) {
        (Some(constant), _) => vec![constant],
        (None, Some(values)) => values.items().collect(),
        (None, None) => return None,
    };
    let mut strings = Vec::new();
    for value in listed.into_iter().filter(|it| it.kind() != "null") {
        let text = value.as_str()?.to_owned();
        if !strings.contains(&text) {
            strings.push(text);
        }
    }
    (!strings.is_empty()).then_some(strings)
}

#[cfg(test)]
mod tests;
