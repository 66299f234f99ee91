//! Operations: what is sent, and what comes back.

use serde::Serialize;
use syn::Type;

use super::{Docs, Outcome, Paging, Place};
use crate::config::is_idempotent;
use crate::openapi::OperationKey;

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
    pub(super) fn is_json(&self) -> bool {
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
