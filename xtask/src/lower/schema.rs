//! Schemas: which are plain types, and which become Rust types of their own.

use crate::config::Renamed;
use crate::finding::{Finding, Kind};
use crate::node::Value;
use crate::openapi::{Document, Schema, Tree};
use crate::plan::{EnumVariant, Shape, TypePlan};

use super::direction::Direction;
use super::naming::{self, Scope};
use super::product::{Product, Type};
use super::{Lowering, docs, merge, number};

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
pub(super) fn budget(document: Document<'_>) -> usize {
    100_000 + 50 * document.count_values()
}

impl Lowering<'_> {
    /// Lowers a schema at a place where it is used.
    pub(super) fn schema(&mut self, schema: Schema<'_>, site: &Site) -> Type {
        if self.depth >= DEPTH || self.budget < 2 {
            return self.too_much(schema, site);
        }
        self.budget -= 1;
        self.depth += 1;
        let ty = self.at_its_depth(schema, site);
        self.depth -= 1;
        self.probes.note(schema, &ty, self.direction);
        self.note_position(schema, &ty);
        ty
    }

    fn at_its_depth(&mut self, schema: Schema<'_>, site: &Site) -> Type {
        match self.reference_alone(schema) {
            Some(only) => self.reference(only.reference, schema).or_null(only.nullable),
            None => match merge::merged(self.document, schema) {
                Ok(merged) => self.merged(Schema::of(&merged), site, declares_kinds(schema)),
                Err(contradiction) => {
                    self.note_contradictory(schema);
                    let what =
                        format!("`{}` is taken as any JSON: {}", site.name, contradiction.what);
                    self.untyped(Kind::Contradiction, what, schema.span())
                }
            },
        }
    }

    /// A schema past the limits. Of size there is one finding; it keeps the crate from being made.
    fn too_much(&mut self, schema: Schema<'_>, site: &Site) -> Type {
        let what =
            format!("`{}` stands too deep in other schemas, and is taken as any JSON", site.name);
        let finding = match self.budget {
            0 => return Type::Any,
            1 => Finding::error(Kind::SchemaSize, "the schemas stand for too many types"),
            _ => Finding::loss(Kind::SchemaDepth, what),
        };
        self.budget = self.budget.saturating_sub(1);
        self.findings.push(finding.at(schema.span()));
        Type::Any
    }

    /// Lowers a schema that has neither `$ref` nor `allOf`.
    fn merged(&mut self, schema: Schema<'_>, site: &Site, declares_kinds: bool) -> Type {
        let directed = self.going_one_way(schema);
        let schema = directed.as_ref().map_or(schema, Schema::of);
        let named = schema.types_without_null();
        let kinds = self.kinds(site.pointer.as_deref(), schema, declares_kinds);
        if declares_kinds && kinds.is_none() {
            self.report_lone_discriminator(schema);
        }
        let ty = if let Some((candidates, tag)) = kinds {
            self.define_union(schema, candidates, Some(tag), site)
        } else if schema.union_keyword().is_some() {
            self.alternatives(schema, site)
        } else if let Some(values) =
            schema.strings().filter(|_| named.is_empty() || named.contains(&"string"))
        {
            self.strings(&values, schema, site)
        } else {
            match named.as_slice() {
                [] if schema.is_of_type("null") && schema.types().len() == 1 => Type::Any,
                [] => self.implied(schema, site),
                [one] => self.of_type(one, schema, site),
                several => self.of_types(several, schema, site),
            }
        };
        ty.or_null(schema.is_nullable())
    }

    /// A schema that does not say its type, but has keywords of one.
    fn implied(&mut self, schema: Schema<'_>, site: &Site) -> Type {
        let is_map = schema.additional_properties().is_some_and(|it| it.node().is_object());
        if let Some(listed) = listed_type(schema) {
            self.of_type(listed, schema, site)
        } else if schema.has_properties() || is_map {
            self.of_type("object", schema, site)
        } else if schema.items().is_some() {
            self.of_type("array", schema, site)
        } else if schema.format_node().is_some() {
            match schema.format() {
                Some("int32" | "int64") => self.of_type("integer", schema, site),
                Some("float" | "double") => self.of_type("number", schema, site),
                _ => self.of_type("string", schema, site),
            }
        } else if schema.min_length().or(schema.max_length()).or(schema.pattern_node()).is_some() {
            Type::String
        } else {
            Type::Any
        }
    }

    /// A schema of one type.
    pub(super) fn of_type(&mut self, ty: &str, schema: Schema<'_>, site: &Site) -> Type {
        match ty {
            "boolean" => Type::Boolean,
            "integer" => number::integer(schema),
            "number" => number::number(schema),
            "string" => match schema.format() {
                Some("date-time") => Type::DateTime,
                Some("date") => Type::Date,
                Some("uuid") => Type::Uuid,
                _ => Type::String,
            },
            "array" => Type::Array(Box::new(match (schema.prefix_items(), schema.items()) {
                (Some(tuple), _) => {
                    self.note_untyped(schema);
                    let what = format!(
                        "the items of `{}` differ by place, and are taken as any JSON",
                        site.name
                    );
                    self.untyped(Kind::Tuple, what, &tuple.span)
                }
                (None, Some(items)) => self.schema(items, &site.inner("Item")),
                (None, None) => Type::Any,
            })),
            "object" => self.object(schema, site),
            "any" => Type::Any,
            other => {
                let what = format!(
                    "`{}` is of the unknown type `{other}`, and taken as any JSON",
                    site.name
                );
                self.untyped(Kind::UnknownType, what, schema.span())
            }
        }
    }

    /// Strings of a closed list. One alone is a constant, and needs no type.
    pub(super) fn strings(&mut self, values: &[String], schema: Schema<'_>, site: &Site) -> Type {
        if values.len() < 2 {
            return Type::String;
        }
        if let Some(same) = self.same_type(schema, site) {
            return same;
        }
        let name = self.claim(schema, site);
        let mut scope = Scope::with(&["Unknown"]);
        let variants = values
            .iter()
            .zip(naming::variant_names(values))
            .map(|(value, wanted)| EnumVariant {
                name: self.claim_variant(&mut scope, &name, &wanted),
                value: value.clone(),
            })
            .collect();
        let (docs, span) = (docs::of_schema(schema), Some(schema.span().clone()));
        let plan = TypePlan { docs, span, shape: Shape::Enum(variants) };
        self.define(&name, Product::String, plan);
        Type::Named(name)
    }

    /// Takes a name for a variant of a type.
    pub(super) fn claim_variant(&mut self, scope: &mut Scope, ty: &str, wanted: &str) -> String {
        self.claim_in(scope, wanted, |name| Renamed::Variant(format!("{ty}.{name}")))
    }

    /// The only string that a property may be.
    pub(super) fn constant(&self, schema: Schema<'_>) -> Option<String> {
        let merged = merge::merged(self.document, schema).ok()?;
        Schema::of(&merged).constant()?.as_str().map(str::to_owned)
    }

    /// The type that an equal schema has already become: one that this one stands in, which only a
    /// reference can bring about, or one of the same title.
    pub(super) fn same_type(&self, schema: Schema<'_>, site: &Site) -> Option<Type> {
        if site.pointer.is_some() {
            return None;
        }
        if let Some((_, name)) = self.open.iter().find(|(open, _)| open == schema.node()) {
            return Some(Type::Named(name.clone()));
        }
        let title = (schema.title()?.to_owned(), self.direction_of(schema.node()));
        let (same, ty) = self.titled.get(&title)?;
        (same == schema.node()).then(|| ty.clone())
    }

    /// Names a type, so that references to it are known before its insides are lowered.
    pub(super) fn claim(&mut self, schema: Schema<'_>, site: &Site) -> String {
        if let Some(pointer) = &site.pointer {
            let reached = self.reached(pointer);
            let name = match (reached.1, self.component_name(pointer)) {
                (Direction::Response, Some(name)) => name,
                (Direction::Request, Some(name)) => self.claim_for_component(&name),
                (_, None) if pointer.starts_with(&Document::reference_to_schema("")) => {
                    self.claim_for_component(&site.name)
                }
                (_, None) => self.claim_in_place(&site.name),
            };
            let ty = Type::Named(name.clone()).or_null(self.takes_null(schema));
            self.references.insert(reached, ty);
            self.tags.insert(name.clone(), self.hierarchy.tags(pointer));
            self.owners.insert(pointer.clone());
            // What comes back here meets the name, so it is no alias of itself.
            self.following.clear();
            return name;
        }
        match schema.title().and_then(naming::title_as_name) {
            Some(title) => {
                let key = (title.to_owned(), self.direction_of(schema.node()));
                if self.titled.contains_key(&key) {
                    return self.claim_in_place(&site.name);
                }
                let name = self.claim_titled(&naming::type_name(title));
                self.titled.insert(key, (schema.node().clone(), Type::Named(name.clone())));
                name
            }
            None => self.claim_in_place(&site.name),
        }
    }

    /// What the page says more about than the crate does.
    pub(super) fn untyped(&mut self, kind: Kind, what: String, span: &crate::source::Span) -> Type {
        let finding = Finding::untyped(kind, what).at(span);
        self.findings.push(finding);
        Type::Any
    }
}

/// Whether a schema has a discriminator of its own: not that of a component which it has as a part.
fn declares_kinds(schema: Schema<'_>) -> bool {
    let mut parts = schema.all_of().filter(|it| it.reference().is_none());
    schema.discriminator().is_some() || parts.any(declares_kinds)
}

/// The type that all the values have that a schema lists.
pub(super) fn listed_type(schema: Schema<'_>) -> Option<&'static str> {
    let listed = schema.const_node().into_iter().chain(schema.enumeration());
    let mut types = listed.filter(|it| !it.is_null()).map(|it| match &it.value {
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        _ => "any",
    });
    let first = types.next()?;
    types.all(|it| it == first).then_some(first).filter(|it| *it != "any")
}

#[cfg(test)]
mod tests;
