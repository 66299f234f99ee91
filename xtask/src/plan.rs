//! What lowering sets aside and refining puts back, as plain data. Of Rust it knows types alone.
//!
//! The lowered document holds only objects of plain properties. A sum is lowered as a product: the
//! alternatives of a union, the parts of a request and the responses of an operation each become the
//! properties of an object, so that progenitor supplies a Rust type for every one of them, boxed where
//! types recur. The plan says what each such object really is. Its types are [`unknown`] until progenitor has
//! been asked.

mod outcome;
pub mod paging;
mod types;
mod webhooks;

use std::collections::BTreeMap;

use serde::Serialize;
use syn::{Token, Type, TypeInfer};

use crate::config::{CredentialPlace, is_idempotent};
use crate::openapi::OperationKey;

pub use crate::openapi::ParameterLocation as Place;
pub use outcome::{Outcome, Payload, Response, Status, StatusPattern};
pub use paging::Paging;
pub use types::{
    Alternative, Constants, Distinct, EnumVariant, JsonType, Presence, Property, Shape, TypePlan,
    Union,
};
pub use webhooks::Webhooks;

/// Everything about an API that its lowered document does not say.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// The package to emit.
    pub package: String,
    /// The API's name for people.
    pub title: String,
    /// What the vendor says about the API as a whole, in Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The servers, the default one first.
    pub servers: Vec<Server>,
    /// The environment variable that names the server where no page does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url_env: Option<String>,
    /// The credentials that a client is made with: one, unless the vendor wants several together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<Credential>,
    /// Headers that every request carries, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// The operations, by name.
    pub operations: BTreeMap<String, Operation>,
    /// What each schema of the lowered document becomes, by its name there, which is its name in Rust.
    pub types: BTreeMap<String, TypePlan>,
    /// What the vendor sends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhooks: Option<Webhooks>,
    /// The types of schemas that lowering was asked about.
    #[serde(skip)]
    pub probes: Probes,
    /// How much of the document has a type.
    #[serde(skip)]
    pub positions: Positions,
}

/// How many of the schemas that say what a value is have a type that says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Positions {
    /// Those that have one.
    pub typed: usize,
    /// Those that are raw JSON, or have raw JSON in them that the document describes.
    pub untyped: usize,
}

/// What schemas became that lowering was asked about, by the number of each.
#[derive(Clone, Debug, Default)]
pub struct Probes {
    /// The schema of the lowered document whose properties are these types.
    pub of: String,
    /// The types by the names of the properties.
    pub types: BTreeMap<String, Type>,
}

impl Probes {
    /// Returns the name of the property that has the type of the schema of that number.
    pub fn name(number: usize) -> String {
        format!("probe{number:08}")
    }

    /// Returns the type of the schema of that number, if it has one.
    pub fn ty(&self, number: usize) -> Option<&Type> {
        self.types.get(&Self::name(number)).filter(|it| !matches!(it, Type::Infer(_)))
    }
}

/// Returns the type of what progenitor has not been asked about, `_`.
pub fn unknown() -> Type {
    Type::Infer(TypeInfer { attrs: Vec::new(), underscore_token: <Token![_]>::default() })
}

/// A server that the vendor documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Server {
    /// Its name in Rust, in upper camel case.
    pub name: String,
    /// Its base url.
    pub url: String,
    /// What the vendor says about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// A credential of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// Where it goes in a request.
    #[serde(serialize_with = "place")]
    pub place: CredentialPlace,
    /// The name of the builder's method, and of its argument if it has one.
    pub name: String,
    /// The environment variables that `from_env` reads, one for each argument.
    #[serde(serialize_with = "listed")]
    pub env: Vec<String>,
}

impl Credential {
    /// The arguments, each with the environment variable that it is read from.
    pub fn arguments(&self) -> impl Iterator<Item = (&str, &str)> {
        self.place.arguments(&self.name).into_iter().zip(self.env.iter().map(String::as_str))
    }
}

fn place<S: serde::Serializer>(place: &CredentialPlace, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(place)
}

fn listed<S: serde::Serializer>(names: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&names.join(", "))
}

/// An operation: one method on one path.
#[derive(Clone, Debug, Serialize)]
pub struct Operation {
    /// The name in Rust of the request that it makes.
    pub builder: String,
    /// The method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Where it is, if not at the base url of the client: a path in place of the path of that, or a url in place
    /// of all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// The tag that it is filed under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// How it is called within the group of its tag, if operations are grouped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// What the vendor says about it.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
    /// The schema of the lowered document whose properties are the parameters and the body.
    pub request: String,
    /// The parameters, in the order in which they become arguments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// The body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// The schema of the lowered document whose properties are the bodies of the responses.
    pub responses: String,
    /// What a success gives.
    pub success: Outcome,
    /// What a documented failure gives.
    pub failure: Outcome,
    /// The media types that the responses come in, for `accept`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<String>,
    /// How its list goes on from page to page, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paging: Option<Paging>,
    /// Whether it may be sent twice, if that is otherwise than its method says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<Retry>,
}

impl Operation {
    /// Returns the name of its request, in the module that it stands in.
    pub fn request_name(&self) -> &str {
        self.group.as_ref().map_or(&self.builder, |it| &it.request)
    }

    /// Returns a link to its method, from anywhere in the crate. Without a group, it is the client's of this name.
    pub(crate) fn link(&self, name: &str) -> String {
        match (&self.group, &self.tag) {
            (Some(Group { name, method, .. }), Some(tag)) => {
                let module = &tag.module;
                format!("[`{name}::{method}`](crate::operations::{module}::{name}::{method})")
            }
            _ => format!("[`{name}`](crate::Client::{name})"),
        }
    }

    /// Returns what tells it from all others.
    pub(crate) fn key(&self) -> OperationKey<'_> {
        OperationKey { path: &self.path, method: &self.method }
    }

    /// Whether sending it twice does what sending it once does, so that it is sent again after a failure that leaves
    /// open whether the vendor has acted.
    pub fn is_idempotent(&self) -> bool {
        self.retry.as_ref().map_or_else(|| is_idempotent(&self.method), |retry| retry.idempotent)
    }
}

/// That an operation may be sent twice although its method does not say so, or may not although it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Retry {
    /// Whether it may.
    pub idempotent: bool,
    /// Why, in Markdown.
    pub reason: String,
}

/// The group that an operation stands in, and what it is called there: `client.files().get("1")`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The method of the client that gives the group.
    pub accessor: String,
    /// The type of the group.
    pub name: String,
    /// The method of the group.
    pub method: String,
    /// The request, in the module of the group.
    pub request: String,
}

/// A tag of operations.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Tag {
    /// The module in which they stand.
    pub module: String,
    /// What the vendor calls it.
    pub title: String,
}

/// A parameter of an operation.
#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: String,
    /// Its name in Rust, also that of the property of the request's schema.
    pub name: String,
    /// Its Rust type.
    #[serde(skip)]
    pub ty: Type,
    /// Where it goes.
    pub place: Place,
    /// How it is written there.
    #[serde(skip_serializing_if = "Style::is_plain")]
    pub style: Style,
    /// Whether it has to be given.
    pub required: bool,
    /// Whether it is the key by which the vendor recognises a call that arrives twice.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub idempotency: bool,
    /// What the vendor says about it.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
}

/// The body of a request.
#[derive(Clone, Debug, Serialize)]
pub struct Body {
    /// The media type.
    pub media_type: String,
    /// How it is written.
    pub encoding: Encoding,
    /// Whether it has to be given.
    pub required: bool,
    /// The property of the request's schema.
    pub name: String,
    /// Its Rust type.
    #[serde(skip)]
    pub ty: Type,
    /// What the vendor says about it.
    #[serde(skip_serializing_if = "Docs::is_empty")]
    pub docs: Docs,
}

/// How a body is written, from what is typed best to what is passed through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// JSON.
    Json,
    /// An object as pairs (`application/x-www-form-urlencoded`).
    Form,
    /// An object as parts (`multipart/form-data`).
    Multipart,
    /// Text, as it is.
    Text,
    /// Bytes, as they are.
    Bytes,
}

impl Encoding {
    /// Whether it is the ordinary one.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
    fn is_json(&self) -> bool {
        *self == Self::Json
    }
}

/// How a parameter is written (OpenAPI 3.1, section 4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// As the place has it: a scalar, or a list that repeats the name in a query and is joined elsewhere.
    Plain,
    /// A list or an object as one value of a query, with a sign between its items.
    Joined(char),
    /// The properties of an object as parameters of a query.
    Object,
    /// `name[property]=value` in a query.
    Deep,
    /// JSON.
    Json,
    /// `.a.b` in a path.
    Label,
    /// `;name=a,b` in a path.
    Matrix,
}

impl Style {
    /// Whether it is the ordinary one.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
    fn is_plain(&self) -> bool {
        *self == Self::Plain
    }
}

/// What the vendor says about something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Docs {
    /// Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Facts that the client does not enforce: a default, bounds, a pattern.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    /// The format of its values, if it has one.
    #[serde(skip)]
    pub format: Option<String>,
    /// The vendor's own example, if it gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<serde_json::Value>,
    /// The vendor's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Docs {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        *self == Self { format: self.format.clone(), ..Self::default() }
    }
}
