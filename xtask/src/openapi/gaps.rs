//! What the crates do not do, keyword by keyword: where, and what that means for a caller.

use super::keyword::{Gap, Occurrence, Treatment};
use super::media_type;
use super::model::{Parameter, ParameterLocation, ParameterStyle, Schema};
use crate::finding::Kind;
use crate::node::Node;

/// The dialects that schemas are read by. Drafts since 6 do not differ from it in what Bindery uses.
const KNOWN_DIALECTS: [&str; 3] = [
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "https://spec.openapis.org/oas/",
];

/// A gap of what elsewhere decides what is sent or read.
const fn sent_elsewhere(kind: Kind, applies: fn(&Occurrence<'_>) -> bool) -> Gap {
    Gap { kind, otherwise: Some(Treatment::Wire), applies }
}

/// A gap of what elsewhere is told in the documentation.
const fn documented_elsewhere(kind: Kind, applies: fn(&Occurrence<'_>) -> bool) -> Gap {
    Gap { kind, otherwise: Some(Treatment::Documented), applies }
}

impl Gap {
    const fn otherwise(self, otherwise: Treatment) -> Self {
        Self { otherwise: Some(otherwise), ..self }
    }

    /// It is done nowhere.
    const fn nowhere(self) -> Self {
        Self { otherwise: None, ..self }
    }
}

const fn everywhere(_: &Occurrence<'_>) -> bool {
    true
}

/// Of what a stage reports itself, in words of its own.
const fn reported_elsewhere(_: &Occurrence<'_>) -> bool {
    false
}

fn is_true(it: &Occurrence<'_>) -> bool {
    it.value.as_bool() == Some(true)
}

fn has_members(it: &Occurrence<'_>) -> bool {
    !it.value.is_empty()
}

pub(super) static DIALECT: Gap = documented_elsewhere(Kind::Dialect, |it| {
    it.value.as_str().is_none_or(|uri| !KNOWN_DIALECTS.iter().any(|known| uri.starts_with(known)))
})
.nowhere();

pub(super) static SECURITY: Gap = sent_elsewhere(Kind::OtherCredential, reported_elsewhere)
    .otherwise(Treatment::TypesWhere("it is the alternative that the client is made for"));

pub(super) static TUPLE: Gap =
    Gap { kind: Kind::Tuple, otherwise: None, applies: reported_elsewhere };

pub(super) static WEBHOOKS: Gap =
    sent_elsewhere(Kind::Webhooks, reported_elsewhere).otherwise(Treatment::Types);

pub(super) static CALLBACKS: Gap =
    sent_elsewhere(Kind::Callbacks, reported_elsewhere).otherwise(Treatment::Types);

pub(super) static OTHER_METHODS: Gap =
    Gap { kind: Kind::OtherMethod, otherwise: None, applies: has_members };

pub(super) static SERVER_VALUES: Gap =
    documented_elsewhere(Kind::ServerVariable, |it| it.value.items().count() > 1)
        .otherwise(Treatment::WithoutEffect("there is no other value"));

pub(super) static RESPONSE_HEADERS: Gap =
    documented_elsewhere(Kind::ResponseHeaders, has_members).nowhere();

pub(super) static ITEM_SCHEMA: Gap = sent_elsewhere(Kind::ItemSchema, everywhere).nowhere();

pub(super) static PARTS_BY_PLACE: Gap = sent_elsewhere(Kind::PartsByPlace, everywhere).nowhere();

pub(super) static STYLE: Gap = sent_elsewhere(Kind::ParameterStyle, |it| {
    let location = location(it).unwrap_or(ParameterLocation::Query);
    it.value.as_str().is_none_or(|name| ParameterStyle::named(name, location).is_none())
});

/// Outside of queries a list or an object is written as if `explode` were false; to a text it makes no difference.
pub(super) static EXPLODE: Gap = sent_elsewhere(Kind::Explode, |it| {
    let parameter = Parameter::of(it.holder);
    let is_query = matches!(it.context.location, Some("query") | None);
    let styled = matches!(parameter.style(), ParameterStyle::Label | ParameterStyle::Matrix);
    let of_type = |name| parameter.own_schema().is_some_and(|it| may_be(it, name));
    let matters = of_type("object") || (styled && of_type("array"));
    !is_query && is_true(it) && matters
});

pub(super) static ALLOW_RESERVED: Gap = sent_elsewhere(Kind::AllowReserved, is_true).nowhere();

pub(super) static PARAMETER_CONTENT: Gap = sent_elsewhere(Kind::ParameterContent, |it| {
    let is_json = it.value.members().all(|(name, _)| media_type::is_json(name));
    it.context.location != Some("query") || !is_json
});

pub(super) static PART_TYPE: Gap = sent_elsewhere(Kind::PartType, |it| {
    let form = it
        .context
        .media_type
        .is_some_and(|it| media_type::essence(it).ends_with("x-www-form-urlencoded"));
    let is_json = it.value.as_str().is_some_and(media_type::is_json);
    it.context.sent && !(form && is_json)
});

pub(super) static PART_HEADERS: Gap =
    sent_elsewhere(Kind::PartHeaders, |it| it.context.sent && has_members(it)).nowhere();

pub(super) static FORM_STYLE: Gap = sent_elsewhere(Kind::FormStyle, |it| it.context.sent).nowhere();

pub(super) static DYNAMIC: Gap = sent_elsewhere(Kind::DynamicReference, everywhere).nowhere();

pub(super) static CONSTRAINT: Gap = documented_elsewhere(Kind::Unenforced, everywhere).nowhere();

/// Schemas that hold under a condition. What they declare is in no type.
pub(super) static CONDITION: Gap = sent_elsewhere(Kind::Condition, |it| declares(it.value))
    .otherwise(Treatment::WithoutEffect("the vendor enforces it"));

/// A base whose children refer to it by `allOf`.
pub(super) static DEFAULT_MAPPING: Gap = sent_elsewhere(Kind::DefaultMapping, everywhere).nowhere();

pub(super) static CONTENT: Gap = documented_elsewhere(Kind::EncodedText, |it| {
    !it.context.media_type.is_some_and(|it| media_type::essence(it).starts_with("multipart/"))
})
.otherwise(Treatment::Types);

/// A form has no null, so that a property which is left out and one that is null are one.
pub(super) static NULL: Gap = sent_elsewhere(Kind::NullLeftOut, |it| {
    let is_form = it.context.media_type.is_some_and(media_type::has_encoding);
    it.context.sent && is_form && it.context.optional && admits_null(it.value)
})
.otherwise(Treatment::Types);

pub(super) static NULLABLE: Gap = Gap {
    otherwise: Some(Treatment::TypesWhere(
        "the value has to be there, or is sent; of what is only received, null and absence are read alike",
    )),
    ..NULL
};

pub(super) static X_EXTENSIBLE_ENUM: Gap =
    documented_elsewhere(Kind::ExtensibleEnum, everywhere).nowhere();

pub(super) static X_ENUM: Gap = documented_elsewhere(Kind::EnumNames, everywhere).nowhere();

fn location(it: &Occurrence<'_>) -> Option<ParameterLocation> {
    it.context.location.and_then(ParameterLocation::named)
}

/// Whether `nullable`, `type`, or a list of alternatives says that null is a value.
fn admits_null(value: &Node) -> bool {
    let is_null = |it: &Node| it.as_str() == Some("null") || Schema::of(it).is_null();
    value.as_bool() == Some(true) || value.items().any(is_null)
}

/// Whether a keyword of a schema is for values of another type than all that it has.
pub(crate) fn is_misplaced(schema: Schema<'_>, keyword: &str) -> bool {
    let types = schema.types_without_null();
    let of_type = match keyword {
        "items" | "prefixItems" => "array",
        "properties" | "patternProperties" | "additionalProperties" => "object",
        _ => return false,
    };
    !types.is_empty() && !types.contains(&of_type)
}

/// Whether a schema has a value of this type, as far as it says so itself.
fn may_be(schema: Schema<'_>, name: &str) -> bool {
    let implied = match name {
        "object" => schema.has_properties(),
        _ => schema.items().is_some(),
    };
    // What a reference or a composition leads to may be anything.
    let composed = schema.all_of_node().is_some() || schema.union_keyword().is_some();
    let open = schema.types_node().is_none() && (composed || schema.reference_node().is_some());
    schema.is_of_type(name) || implied || open
}

/// Whether a schema, or one by name in it, has a keyword that declares members or types.
fn declares(value: &Node) -> bool {
    let schema = Schema::of(value);
    let inside = || value.members().map(|(_, it)| it).chain(value.items()).any(declares);
    schema.has_properties() || schema.reference_node().is_some() || inside()
}
