//! What schemas say in whatever spelling they say it, and what says nothing.
//!
//! `lower` and `diff` go by the same knowledge and do different things with it. `lower` asks a schema what it says and
//! leaves it as it is, since a change of the spelling would change types and their names. `diff` writes both documents
//! in one spelling (`diff/wire/normal`), so that what is equal has one number; only the difference of a constant and a
//! list of one value stays, because the rules for what becomes of them have different names.

use super::model::{Parameter, ParameterLocation, ParameterStyle, Schema, Tree};
use super::schema::SCHEMA;
use super::{HEADER, OPERATION, ObjectType, PARAMETER, REQUEST_BODY};
use crate::node::Node;

pub(crate) const ALL_OF: &str = "allOf";
pub(crate) const DISCRIMINATOR: &str = "discriminator";
pub(crate) const ENUM: &str = "enum";
pub(crate) const EXAMPLE: &str = "example";
pub(crate) const EXAMPLES: &str = "examples";
pub(crate) const NULLABLE: &str = "nullable";
pub(crate) const TAGS: &str = "tags";
pub(crate) const TYPE: &str = "type";

/// Keywords for alternatives, the one whose alternatives exclude each other first.
pub(crate) const UNIONS: [&str; 2] = ["oneOf", "anyOf"];

/// Keywords that hold sets, in which order says nothing.
pub(crate) const SETS: [&str; 3] = ["required", TYPE, ENUM];

/// Bounds, and what says in 3.0 that they are excluded, and is the bound itself since 3.1.
pub(crate) const BOUNDS: [[&str; 2]; 2] =
    [["minimum", "exclusiveMinimum"], ["maximum", "exclusiveMaximum"]];

/// The types that, with null, are those of all values.
pub(crate) const ALL_TYPES: [&str; 5] = ["array", "boolean", "number", "object", "string"];

/// Whether a member says nothing that would not hold without it. An anchor does so if no reference names it.
pub(crate) fn is_silent<'n, T: Tree<'n>>(
    of: &'static ObjectType,
    holder: &Node,
    name: &str,
    value: T,
    is_named: impl Fn(&str) -> bool,
) -> bool {
    let is_false = value.as_bool() == Some(false);
    if of.is(&SCHEMA) {
        return match name {
            "$comment" => true,
            "$anchor" => value.as_str().is_some_and(|it| !is_named(it)),
            "nullable" | "deprecated" | "readOnly" | "writeOnly" | "uniqueItems" => is_false,
            "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
            "pattern" => value.as_str() == Some(""),
            "required" | "dependentRequired" | "dependentSchemas" | "patternProperties" => {
                value.is_empty()
            }
            "additionalProperties"
            | "items"
            | "additionalItems"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "propertyNames"
            | "properties" => {
                value.as_bool() == Some(true) || value.is_object() && value.is_empty()
            }
            _ => false,
        };
    }
    let is_parameter = of.is(&PARAMETER) || of.is(&HEADER);
    let parameter = Parameter::of(holder);
    let location = parameter.location().unwrap_or(ParameterLocation::Header);
    let style = |it: &str| ParameterStyle::named(it, location);
    let usual = ParameterStyle::default_of(location);
    match name {
        "required" => is_false && (is_parameter || of.is(&REQUEST_BODY)),
        "deprecated" => is_false && (is_parameter || of.is(&OPERATION)),
        "allowEmptyValue" | "allowReserved" => is_false && is_parameter,
        "style" => is_parameter && value.as_str().and_then(style) == Some(usual),
        "explode" => {
            let style = parameter.style_name().map_or(Some(usual), style);
            let says_nothing = style == Some(ParameterStyle::DeepObject);
            is_parameter
                && (says_nothing
                    || value.as_bool() == Some(style.is_some_and(ParameterStyle::explodes)))
        }
        "tags" | "parameters" | "callbacks" => of.is(&OPERATION) && value.is_empty(),
        _ => false,
    }
}

/// A schema that is no more than a reference.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OnlyReference<'n> {
    /// Where it leads.
    pub(crate) reference: &'n str,
    /// Whether null is valid, too.
    pub(crate) nullable: bool,
    /// Whether something beside it says which values are valid.
    pub(crate) constrained: bool,
}

impl<'n, T: Tree<'n>> Schema<'n, T> {
    /// Whether null is the only value.
    pub(crate) fn is_null(self) -> bool {
        let mut values = self.enumeration();
        self.types_node().is_some_and(|it| it.as_str() == Some("null"))
            || self.const_node().is_some_and(T::is_null)
            || values.next().is_some_and(T::is_null) && values.next().is_none()
    }

    /// Whether the schema itself says that null is a value: by `nullable`, as a type, or among the values.
    pub(crate) fn is_nullable(self) -> bool {
        self.has_nullable()
            || self.is_of_type("null")
            || self.const_node().into_iter().chain(self.enumeration()).any(T::is_null)
    }

    /// Returns the types that it lists beside null.
    pub(crate) fn types_without_null(self) -> Vec<&'n str> {
        self.types().into_iter().filter(|it| *it != "null").collect()
    }

    /// Returns the values that it lists, of which a constant is one.
    pub(crate) fn listed(self) -> Option<Vec<T>> {
        let constant = self.const_node().map(|it| vec![it]);
        constant.or_else(|| self.enum_node().map(|it| it.items().collect()))
    }

    /// Returns the only value that it allows: a constant, or a list of one.
    pub(crate) fn constant(self) -> Option<T> {
        match self.listed()?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Returns the strings that it lists, each once, if it lists nothing else but null.
    pub(crate) fn strings(self) -> Option<Vec<String>> {
        let mut strings = Vec::new();
        for value in self.listed()?.into_iter().filter(|it| !it.is_null()) {
            let text = value.as_str()?.to_owned();
            if !strings.contains(&text) {
                strings.push(text);
            }
        }
        (!strings.is_empty()).then_some(strings)
    }

    /// Whether every value is valid.
    pub(crate) fn says_nothing(self) -> bool {
        self.node().members().all(|(keyword, _)| !SCHEMA.decides_validity(keyword))
    }

    /// Whether it asks for properties and says nothing else.
    pub(crate) fn only_requires(self) -> bool {
        let asks = |keyword| matches!(keyword, "required" | "not" | "type");
        self.required_node().is_some()
            && self.node().members().all(|(it, _)| asks(it) || !SCHEMA.decides_validity(it))
    }

    pub(crate) fn requires(self, property: &str) -> bool {
        self.required().any(|it| it == property)
    }

    /// Returns the schema of the properties that it does not name, if it says that there are some. Of those that may be
    /// anything there is none. Which of several patterns a property is of depends on its name, so that there is no
    /// schema of all of them.
    pub(crate) fn other_properties(self) -> Option<Option<Self>> {
        let said =
            || [self.additional_properties(), self.unevaluated_properties()].into_iter().flatten();
        if let Some(values) = said().find(|it| it.node().is_object()) {
            return Some(Some(values));
        }
        if said().any(|it| it.node().as_bool() == Some(true)) {
            return Some(None);
        }
        let mut patterns = self.pattern_properties().map(|(_, schema)| schema);
        let first = patterns.next()?;
        Some(Some(first).filter(|_| patterns.next().is_none()))
    }

    /// Returns the keyword for alternatives that it has, the one that excludes others before the one that does not.
    pub(crate) fn union_keyword(self) -> Option<&'static str> {
        UNIONS.into_iter().find(|it| self.node().get(it).is_some())
    }

    /// Iterates over the lists of alternatives that it has, by their keywords.
    pub(crate) fn unions(self) -> impl Iterator<Item = (&'static str, T)> {
        UNIONS.into_iter().filter_map(move |it| Some((it, self.node().get(it)?)))
    }

    /// Returns the one alternative that it has beside null.
    pub(crate) fn only_alternative(self) -> Option<Self> {
        let mut others = self.branches(self.union_keyword()?).filter(|it| !it.is_null());
        others.next().filter(|_| others.next().is_none())
    }

    /// Iterates over the schemas of `oneOf`, `anyOf` or `allOf`.
    pub(crate) fn branches(self, keyword: &str) -> impl Iterator<Item = Self> {
        self.node().get(keyword).into_iter().flat_map(T::items).map(Self::of)
    }

    /// Returns the only reference of the schema, in itself or in `allOf`.
    pub(crate) fn only_reference(self) -> Option<OnlyReference<'n>> {
        let (mut found, mut constrained): (Option<OnlyReference<'n>>, _) = (None, false);
        for (keyword, value) in self.node().members() {
            match keyword {
                "$ref" if found.is_some() => return None,
                "$ref" => {
                    let reference = value.as_str()?;
                    found = Some(OnlyReference { reference, nullable: false, constrained: false });
                }
                "allOf" => {
                    for part in value.items().map(Self::of) {
                        match part.only_reference() {
                            Some(_) if found.is_some() => return None,
                            Some(inner) => found = Some(inner),
                            None => constrained |= !part.says_nothing(),
                        }
                    }
                }
                // A name of the place, and what stands there for others to refer to, say nothing of values.
                "nullable" | "$anchor" | "$defs" => {}
                keyword => constrained |= SCHEMA.decides_validity(keyword),
            }
        }
        found.map(|it| OnlyReference {
            nullable: it.nullable || self.has_nullable(),
            constrained: it.constrained || constrained,
            ..it
        })
    }

    /// Returns the reference that it is, through the first part of an `allOf`.
    pub(crate) fn first_reference(self) -> Option<&'n str> {
        self.reference().or_else(|| self.all_of().next()?.first_reference())
    }
}
