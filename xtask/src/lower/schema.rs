//! Schemas: which are plain types, and which become Rust types of their own.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::config::Renamed;
use crate::finding::Finding;
use crate::node::Node;
use crate::plan::{EnumVariant, Presence, Property, Shape, TypePlan};

use super::naming::{self, Scope};
use super::product::{Member, Product, Type};
use super::{Lowering, docs, merge};

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

impl Lowering<'_> {
    /// Lowers a schema at a place where it is used.
    pub(super) fn schema(&mut self, node: &Node, site: &Site) -> Type {
        match self.reference_alone(node) {
            Some((pointer, nullable)) => self.reference(&pointer, node).or_null(nullable),
            None => match merge::merged(self.document, node) {
                Ok(merged) => self.merged(&merged, site),
                Err(contradiction) => {
                    let what =
                        format!("`{}` is taken as any JSON: {}", site.name, contradiction.what);
                    self.untyped("contradiction", what, &contradiction.span)
                }
            },
        }
    }

    /// The reference that a schema is, if nothing beside it changes which values are valid.
    fn reference_alone(&self, node: &Node) -> Option<(String, bool)> {
        let mut nullable = false;
        let mut target = None;
        for (keyword, value) in node.members() {
            match keyword {
                "$ref" => target = value.as_str().map(|it| (it.to_owned(), false)),
                "allOf" => match value.as_array()? {
                    [only] => target = self.reference_alone(only),
                    _ => return None,
                },
                "nullable" => nullable = value.as_bool().unwrap_or(false),
                keyword if merge::is_annotation(keyword) => {}
                _ => return None,
            }
        }
        target.map(|(pointer, inner)| (pointer, inner || nullable))
    }

    fn reference(&mut self, pointer: &str, node: &Node) -> Type {
        if let Some(done) = self.references.get(pointer) {
            return done.clone();
        }
        if self.following.iter().any(|it| it == pointer) {
            let what = format!("`{pointer}` is an alias of itself, and taken as any JSON");
            return self.untyped("recursive-alias", what, &node.span);
        }
        let Some(target) = self.document.pointer(pointer) else {
            let what = format!("`{pointer}` is not in the document, and taken as any JSON");
            return self.untyped("unresolved-reference", what, &node.span);
        };
        let last = pointer.rsplit('/').next().unwrap_or(pointer);
        let site = Site { name: naming::type_name(last), pointer: Some(pointer.to_owned()) };
        self.following.push(pointer.to_owned());
        let ty = self.schema(target, &site);
        self.following.pop();
        self.references.insert(pointer.to_owned(), ty.clone());
        ty
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
        if node.get("properties").is_some()
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
            "array" => match node.get("items") {
                Some(items) => Type::Array(Box::new(self.schema(items, &site.inner("Item")))),
                None => Type::Array(Box::new(Type::Any)),
            },
            "object" => self.object(node, site),
            "any" => Type::Any,
            other => {
                let what = format!(
                    "`{}` is of the unknown type `{other}`, and taken as any JSON",
                    site.name
                );
                self.untyped("unknown-type", what, &node.span)
            }
        }
    }

    fn object(&mut self, node: &Node, site: &Site) -> Type {
        let additional = node.get("additionalProperties");
        if node.get("properties").and_then(Node::as_object).is_none_or(|it| it.is_empty()) {
            let values = match additional {
                Some(values) if values.as_object().is_some() => {
                    self.schema(values, &site.inner("Value"))
                }
                _ => Type::Any,
            };
            return Type::Map(Box::new(values));
        }
        if let Some(same) = self.same_title(node, site) {
            return same;
        }
        let name = self.claim(node, site);
        self.structure(node, &name);
        Type::Named(name)
    }

    /// The struct that an object with properties becomes.
    fn structure(&mut self, node: &Node, name: &str) {
        let required: Vec<&str> = node
            .get("required")
            .iter()
            .flat_map(|it| it.items())
            .filter_map(Node::as_str)
            .collect();
        let mut scope = Scope::default();
        let (mut members, mut properties) = (BTreeMap::new(), BTreeMap::new());
        let choice = self.choice(node, name, &mut scope, &mut members, &mut properties);
        let mut all: Vec<(&str, &Node)> =
            node.get("properties").iter().flat_map(|it| it.members()).collect();
        all.sort_unstable_by_key(|(wire, _)| *wire);
        for (wire, schema) in
            all.into_iter().filter(|(wire, _)| !choice.iter().any(|it| it == wire))
        {
            let lowered = scope.claim(&naming::value_name(wire));
            let ty = self.schema(schema, &Site::inline(naming::inner_name(name, wire)));
            let presence = match (required.contains(&wire), &ty) {
                (true, Type::Nullable(_)) => Presence::Nullable,
                (true, _) => Presence::Required,
                (false, _) => Presence::Optional,
            };
            let constant = self.constant(schema).filter(|_| ty == Type::String);
            let property = Property {
                wire: wire.to_owned(),
                name: self.renamed(&Renamed::Property(format!("{name}.{lowered}")), &lowered),
                presence,
                constant,
                flatten: false,
                docs: docs::of_schema(schema),
            };
            // Present or not is the plan's to say; a bare array would lose the difference.
            let ty = ty.or_null(presence == Presence::Optional);
            members
                .insert(lowered.clone(), Member { ty, required: presence != Presence::Optional });
            properties.insert(lowered, property);
        }
        if let Some(values) = node.get("additionalProperties").filter(|it| it.as_object().is_some())
        {
            self.additional(values, name, &mut scope, &mut members, &mut properties);
        }
        let plan = TypePlan { docs: docs::of_schema(node), shape: Shape::Struct(properties) };
        self.define(name, Product::Object(members), plan);
    }

    /// Properties that the page does not name but describes.
    fn additional(
        &mut self,
        values: &Node,
        name: &str,
        scope: &mut Scope,
        members: &mut BTreeMap<String, Member>,
        properties: &mut BTreeMap<String, Property>,
    ) {
        let lowered = scope.claim("additional_properties");
        let ty = Type::Map(Box::new(
            self.schema(values, &Site::inline(naming::inner_name(name, "value"))),
        ));
        let property = Property {
            wire: lowered.clone(),
            name: lowered.clone(),
            presence: Presence::Required,
            constant: None,
            flatten: true,
            docs: docs::of_schema(values),
        };
        members.insert(lowered.clone(), Member { ty, required: true });
        properties.insert(lowered, property);
    }

    /// Strings of a closed list. One alone is a constant, and needs no type.
    pub(super) fn strings(&mut self, values: &[String], node: &Node, site: &Site) -> Type {
        if values.len() < 2 {
            return Type::String;
        }
        if let Some(same) = self.same_title(node, site) {
            return same;
        }
        let name = self.claim(node, site);
        let mut scope = Scope::with(&["Unknown"]);
        let variants = values
            .iter()
            .map(|value| {
                let wanted = naming::variant_name(value);
                let wanted = self.renamed(&Renamed::Variant(format!("{name}.{wanted}")), &wanted);
                EnumVariant { name: scope.claim(&wanted), value: value.clone() }
            })
            .collect();
        let plan = TypePlan { docs: docs::of_schema(node), shape: Shape::Enum(variants) };
        self.define(&name, Product::String, plan);
        Type::Named(name)
    }

    /// The only string that a property may be.
    pub(super) fn constant(&self, node: &Node) -> Option<String> {
        let merged = merge::merged(self.document, node).ok()?;
        match docs::constant(&merged)? {
            Json::String(text) => Some(text),
            _ => None,
        }
    }

    /// The type that an equal schema of the same title has already become.
    fn same_title(&self, node: &Node, site: &Site) -> Option<Type> {
        let title = site.pointer.is_none().then(|| node.str("title")).flatten()?;
        self.titled.get(title).filter(|(same, _)| same == node).map(|(_, ty)| ty.clone())
    }

    /// Names a type, so that references to it are known before its insides are lowered.
    pub(super) fn claim(&mut self, node: &Node, site: &Site) -> String {
        if let Some(pointer) = &site.pointer {
            let name = match self.components.get(pointer) {
                Some(name) => name.clone(),
                None => self.claim_type(&site.name),
            };
            self.references.insert(pointer.clone(), Type::Named(name.clone()));
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
    pub(super) fn untyped(
        &mut self,
        kind: &'static str,
        what: String,
        span: &crate::source::Span,
    ) -> Type {
        let finding = Finding::untyped(kind, what)
            .at(span)
            .why("the value arrives, but as JSON that the caller has to take apart")
            .help("correct the schema if the page is yours");
        self.findings.push(finding);
        Type::Any
    }
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
