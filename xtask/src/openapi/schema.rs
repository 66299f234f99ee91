//! The keywords of JSON Schema 2020-12, and those of OpenAPI 3.0 and of older drafts (OpenAPI 3.2.0, section 4.24).

use super::gaps;
use super::keyword::Holds::{List, Map, Names, One};
use super::keyword::Role::{Annotation, Applicator, Assertion, Structure, Wire};
use super::keyword::Standard::{Extension, OlderDraft, Only3_0, Since3_1, Since3_2};
use super::keyword::Treatment::{
    Documented, DocumentedWhere, Followed, Gap, Types, TypesWhere, WithoutEffect,
};
use super::keyword::{Keyword, ObjectType, Treatment};
use super::parts::{EXTERNAL_DOCS, IN_CALLS, map};

const BY_PLACE: Treatment = WithoutEffect("references are followed by place");
/// Where what is said of a schema is told.
const ITEM: &str = "an item of the crate comes from the schema";
const AS_TEXT: Treatment = WithoutEffect("XML travels as text");

const fn check(name: &'static str, treatment: Treatment) -> Keyword {
    Keyword::data(name, Assertion, treatment)
}

/// A keyword that applies schemas to a value or to what is in it.
const fn applies(name: &'static str, holds: super::Holds, treatment: Treatment) -> Keyword {
    Keyword::new(name, holds, Applicator, treatment)
}

pub(crate) static SCHEMA: ObjectType = ObjectType {
    name: "Schema",
    patterned: None,
    keywords: &[
        Keyword::data("$id", Structure, BY_PLACE).of(Since3_1),
        Keyword::data("$schema", Structure, Gap(&gaps::DIALECT)).of(Since3_1),
        Keyword::data("$vocabulary", Structure, WithoutEffect("it is for dialects")).of(Since3_1),
        Keyword::data("$anchor", Structure, BY_PLACE).of(Since3_1),
        Keyword::data("$dynamicAnchor", Structure, BY_PLACE).of(Since3_1),
        Keyword::data("$ref", Structure, Followed),
        Keyword::data("$dynamicRef", Structure, Gap(&gaps::DYNAMIC)).of(Since3_1),
        Keyword::data("$recursiveRef", Structure, Gap(&gaps::DYNAMIC)).of(OlderDraft),
        Keyword::prose_where("title", "an inline schema becomes a type, which is named by it"),
        Keyword::prose_where("description", ITEM),
        Keyword::data(
            "$comment",
            Annotation,
            WithoutEffect("it is for who maintains the document"),
        )
        .of(Since3_1),
        Keyword::prose_where("deprecated", ITEM),
        Keyword::data("readOnly", Wire, TypesWhere("a property has it")),
        Keyword::data("writeOnly", Wire, TypesWhere("a property has it")),
        check("type", Gap(&gaps::NULL)),
        check("nullable", Gap(&gaps::NULLABLE)).of(Only3_0),
        check("format", Types),
        check("const", Types).of(Since3_1),
        check("enum", Types),
        Keyword::prose("default"),
        check("multipleOf", Documented),
        check("minimum", Documented),
        check("exclusiveMinimum", Documented),
        check("maximum", Documented),
        check("exclusiveMaximum", Documented),
        check("minLength", Documented),
        check("maxLength", Documented),
        check("pattern", Documented),
        applies("items", One(&SCHEMA), Types),
        applies("prefixItems", List(&SCHEMA), Gap(&gaps::TUPLE)).of(Since3_1),
        applies("additionalItems", One(&SCHEMA), Gap(&gaps::CONSTRAINT)).of(OlderDraft),
        applies("unevaluatedItems", One(&SCHEMA), Gap(&gaps::CONSTRAINT)).of(Since3_1),
        applies("contains", One(&SCHEMA), Gap(&gaps::CONSTRAINT)).of(Since3_1),
        check("minContains", Gap(&gaps::CONSTRAINT)).of(Since3_1),
        check("maxContains", Gap(&gaps::CONSTRAINT)).of(Since3_1),
        check("minItems", Documented),
        check("maxItems", Documented),
        check("uniqueItems", Documented),
        Keyword::new("required", Names, Assertion, Types),
        applies("properties", Map(&SCHEMA), Types),
        applies("patternProperties", Map(&SCHEMA), Types).of(Since3_1),
        applies("additionalProperties", One(&SCHEMA), Types),
        applies("unevaluatedProperties", One(&SCHEMA), Types).of(Since3_1),
        applies("propertyNames", One(&SCHEMA), Gap(&gaps::CONSTRAINT)).of(Since3_1),
        check("minProperties", Documented),
        check("maxProperties", Documented),
        check("dependentRequired", Gap(&gaps::CONSTRAINT)).of(Since3_1),
        applies("dependentSchemas", Map(&SCHEMA), Gap(&gaps::CONDITION)).of(Since3_1),
        check("dependencies", Gap(&gaps::CONDITION)).of(OlderDraft),
        applies("allOf", List(&SCHEMA), Types),
        applies("anyOf", List(&SCHEMA), Gap(&gaps::NULL)),
        applies("oneOf", List(&SCHEMA), Gap(&gaps::NULL)),
        applies("not", One(&SCHEMA), Gap(&gaps::CONSTRAINT)),
        applies("if", One(&SCHEMA), Gap(&gaps::CONSTRAINT)).of(Since3_1),
        applies("then", One(&SCHEMA), Gap(&gaps::CONDITION)).of(Since3_1),
        applies("else", One(&SCHEMA), Gap(&gaps::CONDITION)).of(Since3_1),
        Keyword::new(
            "discriminator",
            One(&DISCRIMINATOR),
            Assertion,
            TypesWhere("components have the schema as a part, or alternatives stand beside it"),
        ),
        Keyword::data("contentEncoding", Wire, Gap(&gaps::CONTENT)).of(Since3_1),
        Keyword::data("contentMediaType", Wire, Gap(&gaps::CONTENT)).of(Since3_1),
        Keyword::new("contentSchema", One(&SCHEMA), Wire, Gap(&gaps::CONTENT)).of(Since3_1),
        Keyword::structure("$defs", Map(&SCHEMA)).of(Since3_1),
        Keyword::structure("definitions", Map(&SCHEMA)).of(OlderDraft),
        Keyword::prose_where("example", IN_CALLS),
        Keyword::prose_where("examples", IN_CALLS).of(Since3_1),
        Keyword::new("xml", One(&XML), Annotation, AS_TEXT),
        Keyword::new("externalDocs", One(&EXTERNAL_DOCS), Annotation, DocumentedWhere(ITEM)),
        check("x-nullable", Types).of(Extension),
        check("x-extensible-enum", Gap(&gaps::X_EXTENSIBLE_ENUM)).of(Extension),
        Keyword::data("x-enum-varnames", Annotation, Gap(&gaps::X_ENUM)).of(Extension),
        Keyword::data("x-enumNames", Annotation, Gap(&gaps::X_ENUM)).of(Extension),
        Keyword::data("x-enum-descriptions", Annotation, Gap(&gaps::X_ENUM)).of(Extension),
        Keyword::data("x-enumDescriptions", Annotation, Gap(&gaps::X_ENUM)).of(Extension),
    ],
};

pub(super) static DISCRIMINATOR: ObjectType = ObjectType {
    name: "Discriminator",
    patterned: None,
    keywords: &[
        check("propertyName", Types),
        Keyword::new("mapping", One(&MAPPING), Assertion, Types),
        check("defaultMapping", Gap(&gaps::DEFAULT_MAPPING)).of(Since3_2),
    ],
};

static XML: ObjectType = ObjectType {
    name: "XML",
    patterned: None,
    keywords: &[
        Keyword::data("nodeType", Annotation, AS_TEXT).of(Since3_2),
        Keyword::data("name", Annotation, AS_TEXT),
        Keyword::data("namespace", Annotation, AS_TEXT),
        Keyword::data("prefix", Annotation, AS_TEXT),
        Keyword::data("attribute", Annotation, AS_TEXT),
        Keyword::data("wrapped", Annotation, AS_TEXT),
    ],
};

static MAPPING: ObjectType = map("Mapping");
