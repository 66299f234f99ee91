//! The shape of an OpenAPI document: which members its objects have, in which order, and what they hold.
//!
//! Ordering, respelling and the search for references all walk a document by this one table. It alone
//! knows that a property may be called `$ref`, and that an example is data which nobody rewrites.

use crate::node::Node;

/// A kind of object in an OpenAPI document.
pub(crate) struct Kind {
    /// Its members in customary order.
    pub(crate) fields: &'static [(&'static str, Shape)],
}

/// What a member holds.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// Data, kept as the page has it.
    Leaf,
    /// A set of names.
    Names,
    /// An object of a kind; where the page has an array instead, each of its items.
    One(&'static Kind),
    /// An array of objects.
    List(&'static Kind),
    /// Objects by name.
    Map(&'static Kind),
    /// Objects by name, among which extensions stand.
    Extensible(&'static Kind),
}

use Shape::{Extensible, Leaf, List, Map, Names, One};

/// The methods that an operation can have, in the order of the specification.
pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

pub(crate) static DOCUMENT: Kind = Kind {
    fields: &[
        ("openapi", Leaf),
        ("info", One(&INFO)),
        ("jsonSchemaDialect", Leaf),
        ("servers", List(&SERVER)),
        ("security", List(&ANY)),
        ("tags", List(&TAG)),
        ("externalDocs", One(&ANY)),
        ("paths", Extensible(&PATH_ITEM)),
        ("webhooks", Map(&PATH_ITEM)),
        ("components", One(&COMPONENTS)),
    ],
};

/// An object whose members are data.
pub(crate) static ANY: Kind = Kind { fields: &[] };

static INFO: Kind = Kind {
    fields: &[
        ("title", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("termsOfService", Leaf),
        ("contact", One(&ANY)),
        ("license", One(&ANY)),
        ("version", Leaf),
    ],
};

static SERVER: Kind =
    Kind { fields: &[("url", Leaf), ("description", Leaf), ("variables", Map(&ANY))] };

static TAG: Kind =
    Kind { fields: &[("name", Leaf), ("description", Leaf), ("externalDocs", One(&ANY))] };

pub(crate) static PATH_ITEM: Kind = Kind {
    fields: &[
        ("$ref", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("servers", List(&SERVER)),
        ("parameters", List(&PARAMETER)),
        ("get", One(&OPERATION)),
        ("put", One(&OPERATION)),
        ("post", One(&OPERATION)),
        ("delete", One(&OPERATION)),
        ("options", One(&OPERATION)),
        ("head", One(&OPERATION)),
        ("patch", One(&OPERATION)),
        ("trace", One(&OPERATION)),
    ],
};

pub(crate) static OPERATION: Kind = Kind {
    fields: &[
        ("tags", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("externalDocs", One(&ANY)),
        ("operationId", Leaf),
        ("deprecated", Leaf),
        ("servers", List(&SERVER)),
        ("security", List(&ANY)),
        ("parameters", List(&PARAMETER)),
        ("requestBody", One(&REQUEST_BODY)),
        ("responses", Extensible(&RESPONSE)),
        ("callbacks", Map(&CALLBACK)),
    ],
};

static CALLBACK: Kind = Kind { fields: &[("$ref", Leaf)] };

pub(crate) static PARAMETER: Kind = Kind {
    fields: &[
        ("$ref", Leaf),
        ("name", Leaf),
        ("in", Leaf),
        ("description", Leaf),
        ("required", Leaf),
        ("deprecated", Leaf),
        ("allowEmptyValue", Leaf),
        ("style", Leaf),
        ("explode", Leaf),
        ("allowReserved", Leaf),
        ("schema", One(&SCHEMA)),
        ("content", Map(&MEDIA_TYPE)),
        ("example", Leaf),
        ("examples", Map(&EXAMPLE)),
    ],
};

pub(crate) static REQUEST_BODY: Kind = Kind {
    fields: &[
        ("$ref", Leaf),
        ("description", Leaf),
        ("required", Leaf),
        ("content", Map(&MEDIA_TYPE)),
    ],
};

pub(crate) static RESPONSE: Kind = Kind {
    fields: &[
        ("$ref", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("headers", Map(&PARAMETER)),
        ("content", Map(&MEDIA_TYPE)),
        ("links", Map(&LINK)),
    ],
};

static LINK: Kind = Kind { fields: &[("$ref", Leaf)] };

static MEDIA_TYPE: Kind = Kind {
    fields: &[
        ("schema", One(&SCHEMA)),
        ("itemSchema", One(&SCHEMA)),
        ("example", Leaf),
        ("examples", Map(&EXAMPLE)),
        ("encoding", Map(&ENCODING)),
    ],
};

static ENCODING: Kind = Kind { fields: &[("contentType", Leaf), ("headers", Map(&PARAMETER))] };

static EXAMPLE: Kind =
    Kind { fields: &[("$ref", Leaf), ("summary", Leaf), ("description", Leaf), ("value", Leaf)] };

pub(crate) static COMPONENTS: Kind = Kind {
    fields: &[
        ("schemas", Map(&SCHEMA)),
        ("responses", Map(&RESPONSE)),
        ("parameters", Map(&PARAMETER)),
        ("examples", Map(&EXAMPLE)),
        ("requestBodies", Map(&REQUEST_BODY)),
        ("headers", Map(&PARAMETER)),
        ("securitySchemes", Map(&SECURITY_SCHEME)),
        ("links", Map(&LINK)),
        ("callbacks", Map(&CALLBACK)),
        ("pathItems", Map(&PATH_ITEM)),
    ],
};

static SECURITY_SCHEME: Kind = Kind {
    fields: &[
        ("$ref", Leaf),
        ("type", Leaf),
        ("description", Leaf),
        ("in", Leaf),
        ("name", Leaf),
        ("scheme", Leaf),
        ("bearerFormat", Leaf),
        ("flows", Map(&FLOW)),
        ("openIdConnectUrl", Leaf),
    ],
};

static FLOW: Kind = Kind {
    fields: &[
        ("authorizationUrl", Leaf),
        ("tokenUrl", Leaf),
        ("refreshUrl", Leaf),
        ("scopes", One(&ANY)),
    ],
};

static DISCRIMINATOR: Kind = Kind { fields: &[("propertyName", Leaf), ("mapping", One(&ANY))] };

pub(crate) static SCHEMA: Kind = Kind {
    fields: &[
        ("$ref", Leaf),
        ("title", Leaf),
        ("description", Leaf),
        ("deprecated", Leaf),
        ("readOnly", Leaf),
        ("writeOnly", Leaf),
        ("type", Leaf),
        ("nullable", Leaf),
        ("format", Leaf),
        ("const", Leaf),
        ("enum", Leaf),
        ("default", Leaf),
        ("multipleOf", Leaf),
        ("minimum", Leaf),
        ("exclusiveMinimum", Leaf),
        ("maximum", Leaf),
        ("exclusiveMaximum", Leaf),
        ("minLength", Leaf),
        ("maxLength", Leaf),
        ("pattern", Leaf),
        ("items", One(&SCHEMA)),
        ("prefixItems", List(&SCHEMA)),
        ("additionalItems", One(&SCHEMA)),
        ("unevaluatedItems", One(&SCHEMA)),
        ("contains", One(&SCHEMA)),
        ("minItems", Leaf),
        ("maxItems", Leaf),
        ("uniqueItems", Leaf),
        ("required", Names),
        ("properties", Map(&SCHEMA)),
        ("patternProperties", Map(&SCHEMA)),
        ("additionalProperties", One(&SCHEMA)),
        ("unevaluatedProperties", One(&SCHEMA)),
        ("propertyNames", One(&SCHEMA)),
        ("minProperties", Leaf),
        ("maxProperties", Leaf),
        ("dependentRequired", Leaf),
        ("dependentSchemas", Map(&SCHEMA)),
        ("allOf", List(&SCHEMA)),
        ("anyOf", List(&SCHEMA)),
        ("oneOf", List(&SCHEMA)),
        ("not", One(&SCHEMA)),
        ("if", One(&SCHEMA)),
        ("then", One(&SCHEMA)),
        ("else", One(&SCHEMA)),
        ("discriminator", One(&DISCRIMINATOR)),
        ("contentEncoding", Leaf),
        ("contentMediaType", Leaf),
        ("contentSchema", One(&SCHEMA)),
        ("$defs", Map(&SCHEMA)),
        ("definitions", Map(&SCHEMA)),
        ("example", Leaf),
        ("examples", Leaf),
        ("xml", One(&ANY)),
        ("externalDocs", One(&ANY)),
    ],
};

impl Kind {
    /// What the member of that name holds.
    pub(crate) fn shape(&self, name: &str) -> Shape {
        let field = self.fields.iter().find(|(field, _)| *field == name);
        match field {
            Some((_, shape)) => *shape,
            // A callback has a path item by each of its expressions.
            None if std::ptr::eq(self, &CALLBACK) && !name.starts_with("x-") => One(&PATH_ITEM),
            None => Leaf,
        }
    }

    /// Whether this is that kind.
    pub(crate) fn is(&self, other: &'static Kind) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Shows every object below a node of a kind, the node first.
pub(crate) fn walk<'a>(
    node: &'a Node,
    kind: &'static Kind,
    visit: &mut dyn FnMut(&'a Node, &'static Kind),
) {
    visit(node, kind);
    for (name, member) in node.members() {
        match kind.shape(name) {
            Leaf | Names => {}
            One(kind) if member.as_array().is_some() => {
                member.items().for_each(|item| walk(item, kind, visit));
            }
            One(kind) => walk(member, kind, visit),
            List(kind) => member.items().for_each(|item| walk(item, kind, visit)),
            Map(kind) => member.members().for_each(|(_, value)| walk(value, kind, visit)),
            Extensible(kind) => member
                .members()
                .filter(|(name, _)| !name.starts_with("x-"))
                .for_each(|(_, value)| walk(value, kind, visit)),
        }
    }
}

/// Shows every object below a node of a kind to change it, the node last.
pub(crate) fn walk_mut(
    node: &mut Node,
    kind: &'static Kind,
    visit: &mut dyn FnMut(&mut Node, &'static Kind),
) {
    for (name, member) in node.each_mut() {
        match kind.shape(name) {
            Leaf | Names => {}
            One(kind) if member.as_array().is_some() => {
                member.items_mut().for_each(|item| walk_mut(item, kind, visit));
            }
            One(kind) => walk_mut(member, kind, visit),
            List(kind) => member.items_mut().for_each(|item| walk_mut(item, kind, visit)),
            Map(kind) => member.each_mut().for_each(|(_, value)| walk_mut(value, kind, visit)),
            Extensible(kind) => member
                .each_mut()
                .filter(|(name, _)| !name.starts_with("x-"))
                .for_each(|(_, value)| walk_mut(value, kind, visit)),
        }
    }
    visit(node, kind);
}
