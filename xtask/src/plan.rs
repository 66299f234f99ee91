//! What lowering sets aside and refining puts back, as plain data. Of Rust it knows types alone.
//!
//! The lowered document holds only objects of plain properties. A sum is lowered as a product: the
//! alternatives of a union, the parts of a request and the responses of an operation each become the
//! properties of an object, so that progenitor supplies a Rust type for every one of them, boxed where
//! types recur. The plan says what each such object really is. Its types are [`unknown`] until progenitor has
//! been asked.

mod operation;
mod outcome;
pub mod paging;
mod types;
mod webhooks;

use std::collections::BTreeMap;

use serde::Serialize;
use syn::{Token, Type, TypeInfer};

use crate::config::CredentialPlace;

pub use crate::openapi::ParameterLocation as Place;
pub use operation::{Body, Encoding, Group, Operation, Parameter, Retry, Style, Tag};
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
