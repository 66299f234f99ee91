//! What the crates do not do, keyword by keyword: where, and what that means for a caller.

use super::keyword::{Gap, Occurrence, Treatment};
use super::media_type;
use super::model::{Parameter, ParameterLocation, ParameterStyle, Schema};
use crate::finding::Severity;
use crate::node::Node;

/// The dialects that schemas are read by. Drafts since 6 do not differ from it in what Bindery uses.
const KNOWN_DIALECTS: [&str; 3] = [
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "https://spec.openapis.org/oas/",
];

/// What is sent or read is not what the document says.
const fn deviation(applies: fn(&Occurrence<'_>) -> bool, why: &'static str) -> Gap {
    Gap { otherwise: Some(Treatment::Wire), severity: Severity::Deviation, applies, why }
}

/// What is sent or read is what the document says, but something is left to the caller or to the vendor.
const fn note(applies: fn(&Occurrence<'_>) -> bool, why: &'static str) -> Gap {
    Gap { otherwise: Some(Treatment::Documented), severity: Severity::Note, applies, why }
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

pub(super) static DIALECT: Gap = note(
    |it| {
        it.value
            .as_str()
            .is_none_or(|uri| !KNOWN_DIALECTS.iter().any(|known| uri.starts_with(known)))
    },
    "Schemas are read by the rules of JSON Schema 2020-12, whatever dialect they name.",
)
.nowhere();

pub(super) static SECURITY: Gap = deviation(
    reported_elsewhere,
    "The client sends the credential that most operations ask for, also to those that ask for another or for none.",
);

pub(super) static TUPLE: Gap = Gap {
    otherwise: None,
    severity: Severity::Untyped,
    applies: reported_elsewhere,
    why: "Items that differ by place arrive as JSON.",
};

pub(super) static WEBHOOKS: Gap =
    deviation(has_members, "The crate has no types for what the vendor sends by itself.").nowhere();

pub(super) static CALLBACKS: Gap =
    deviation(has_members, "The crate has no types for what the vendor sends back.").nowhere();

pub(super) static OTHER_METHODS: Gap = Gap {
    otherwise: None,
    severity: Severity::Loss,
    applies: has_members,
    why: "The crate has no method for the operation: clients know the methods of OpenAPI 3.1.",
};

pub(super) static SERVER_VALUES: Gap = note(
    |it| it.value.items().count() > 1,
    "The client goes to the default; for another value, set the whole base url.",
)
.nowhere();

pub(super) static RESPONSE_HEADERS: Gap = note(
    has_members,
    "The headers of an answer come with `send_with_meta`, as text and not in their documented types.",
).nowhere();

pub(super) static ITEM_SCHEMA: Gap =
    deviation(everywhere, "The items of the stream are not decoded one by one.").nowhere();

pub(super) static PARTS_BY_PLACE: Gap =
    deviation(everywhere, "Parts of a body are told apart by name alone.").nowhere();

pub(super) static STYLE: Gap = deviation(
    |it| {
        let location = location(it).unwrap_or(ParameterLocation::Query);
        it.value.as_str().is_none_or(|name| ParameterStyle::named(name, location).is_none())
    },
    "The parameter is written in the ordinary style of its place.",
);

/// Outside of queries a list or an object is written as if `explode` were false; to a text it makes no difference.
pub(super) static EXPLODE: Gap = deviation(
    |it| {
        let parameter = Parameter::of(it.holder);
        let is_query = matches!(it.context.location, Some("query") | None);
        let styled = matches!(parameter.style(), ParameterStyle::Label | ParameterStyle::Matrix);
        let of_type = |name| parameter.own_schema().is_some_and(|it| may_be(it, name));
        let matters = of_type("object") || (styled && of_type("array"));
        !is_query && is_true(it) && matters
    },
    "The parameter is written as if `explode` were false.",
);

pub(super) static ALLOW_RESERVED: Gap =
    deviation(is_true, "Reserved characters are percent-encoded all the same.").nowhere();

pub(super) static PARAMETER_CONTENT: Gap = deviation(
    |it| {
        let is_json = it.value.members().all(|(name, _)| media_type::is_json(name));
        it.context.location != Some("query") || !is_json
    },
    "The parameter is not written in this media type: in a query it is JSON, elsewhere the ordinary style of its place.",
);

pub(super) static PART_TYPE: Gap = deviation(
    |it| {
        let form = it
            .context
            .media_type
            .is_some_and(|it| media_type::essence(it).ends_with("x-www-form-urlencoded"));
        let is_json = it.value.as_str().is_some_and(media_type::is_json);
        it.context.sent && !(form && is_json)
    },
    "The content type of a part is chosen by its type in Rust.",
);

pub(super) static PART_HEADERS: Gap = deviation(
    |it| it.context.sent && has_members(it),
    "Parts of a body have no headers of their own.",
)
.nowhere();

pub(super) static FORM_STYLE: Gap = deviation(
    |it| it.context.sent,
    "Members of a form are written in one way: lists repeat the name, objects are JSON.",
)
.nowhere();

pub(super) static DYNAMIC: Gap =
    deviation(everywhere, "The reference is not followed: the value arrives as any JSON.")
        .nowhere();

pub(super) static READ_ONLY: Gap = deviation(
    |it| it.context.sent && is_true(it),
    "A request takes the property like any other, though the vendor alone sets it.",
)
.otherwise(Treatment::WithoutEffect("an answer has the property like any other"));

pub(super) static WRITE_ONLY: Gap = deviation(
    |it| !it.context.sent && is_true(it),
    "An answer has the property like any other, though the vendor never sends it: if it is required, no answer decodes.",
)
.otherwise(Treatment::WithoutEffect("a request has the property like any other"));

pub(super) static OTHER_MEMBERS: Gap = deviation(
    |it| is_true(it) && Schema::of(it.holder).has_property(),
    "Members beside the declared ones are dropped when they are read, and cannot be sent.",
)
.otherwise(Treatment::Types);

pub(super) static CONSTRAINT: Gap =
    note(everywhere, "The vendor enforces it; neither the types nor the documentation say it.")
        .nowhere();

/// Schemas that hold under a condition. What they declare is in no type.
pub(super) static CONDITION: Gap = deviation(
    |it| declares(it.value),
    "Properties that are declared under a condition are in no type.",
)
.otherwise(Treatment::WithoutEffect("the vendor enforces it"));

/// A base whose children refer to it by `allOf`.
pub(super) static BASE_DISCRIMINATOR: Gap = deviation(
    |it| Schema::of(it.holder).union_keyword().is_none(),
    "A value arrives as the base, without what its subtype adds.",
)
.otherwise(Treatment::Types);

pub(super) static DEFAULT_MAPPING: Gap =
    deviation(everywhere, "A value without a known tag arrives as JSON.").nowhere();

pub(super) static CONTENT: Gap = note(
    |it| !it.context.media_type.is_some_and(|it| media_type::essence(it).starts_with("multipart/")),
    "The text is handed out as it comes, and decoded by the caller.",
)
.otherwise(Treatment::Types);

/// Of what is sent, a property that is left out and one that is null are one.
pub(super) static NULL: Gap = deviation(
    |it| it.context.sent && it.context.optional && admits_null(it.value),
    "Null cannot be sent: the property is left out instead.",
)
.otherwise(Treatment::Types);

pub(super) static X_EXTENSIBLE_ENUM: Gap =
    note(everywhere, "The values are not listed in the type.").nowhere();

pub(super) static X_ENUM: Gap =
    note(everywhere, "Variants are named and documented by their values.").nowhere();

fn location(it: &Occurrence<'_>) -> Option<ParameterLocation> {
    it.context.location.and_then(ParameterLocation::named)
}

/// Whether `nullable`, `type`, or a list of alternatives says that null is a value.
fn admits_null(value: &Node) -> bool {
    let is_null = |it: &Node| it.as_str() == Some("null") || Schema::of(it).is_null();
    value.as_bool() == Some(true) || value.items().any(is_null)
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
