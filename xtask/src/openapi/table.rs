//! The table: each kind of object and its members.

use super::Kind;
use super::Shape::{Extensible, Leaf, List, Map, Names, One};

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
static ANY: Kind = Kind { fields: &[] };

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

pub(super) static CALLBACK: Kind = Kind { fields: &[("$ref", Leaf)] };

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
