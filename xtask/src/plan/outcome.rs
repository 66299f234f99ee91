//! What the responses of an operation give, by status.

use serde::Serialize;
use syn::Type;

use super::Encoding;

/// What the responses of one side, success or failure, give.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// The type in which they come together, if they are of several types.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<String>,
    /// The responses, most particular first.
    pub responses: Vec<Response>,
}

/// A documented response.
#[derive(Clone, Debug, Serialize)]
pub struct Response {
    /// The statuses that it is for.
    pub statuses: Vec<Status>,
    /// The variant of the sum.
    pub variant: String,
    /// The body, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Payload>,
    /// How the body is written.
    #[serde(skip_serializing_if = "Encoding::is_json")]
    pub encoding: Encoding,
    /// What the vendor enforces of a body that has no type of its own to say it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
}

/// The body of a response.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Payload {
    /// The property of the responses' schema.
    pub name: String,
    /// Its Rust type.
    #[serde(skip)]
    pub ty: Type,
}

/// A status of a response, and what the vendor says about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Which.
    pub on: StatusPattern,
    /// Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// StatusPattern that a response is documented for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusPattern {
    /// One status.
    Code(u16),
    /// A hundred of them, such as `4XX`, by their first digit.
    Range(u16),
    /// All that nothing else is said about.
    Default,
}

/// `404`, `4XX`, `default`
impl std::fmt::Display for StatusPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}
