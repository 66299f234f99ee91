//! What `specs/<api>/api.toml` says: our decisions about an API, where its pages are silent or clumsy.
//!
//! Each deviation from the page carries the reason for it, which ends up in the bound document.

mod paging;
mod parse;
mod place;
pub mod release;
mod retry;
mod rules;
mod table;
mod types;
mod webhooks;

use std::sync::Arc;

use semver::Version;

use crate::finding::Accepted;
use crate::source::{Source, Span};

pub use paging::{NextDecision, PagingDecision, Said};
pub(crate) use parse::default_package;
pub use place::CredentialPlace;
pub use retry::RetryDecision;
pub(crate) use retry::is_idempotent;
pub(crate) use rules::module as module_name;
pub(crate) use rules::{CREDENTIAL_METHODS, base_url};
pub use types::TypeDecision;
pub use webhooks::{OwnScheme, SignatureScheme};

/// The decisions about one API.
#[derive(Clone, Debug)]
pub struct ApiConfig {
    /// The folder under `specs/`; also the facade's feature and module.
    pub name: String,
    /// The package to emit, `bindery-<name>` unless said otherwise.
    pub package: String,
    /// The API's name for people.
    pub title: String,
    /// The version of the package, from the `release.toml` beside.
    pub version: Version,
    /// The vendor's documentation, for links.
    pub docs: Option<String>,
    /// Whether the crate may be published.
    pub publish: bool,
    /// Whether the operations are filed under their tags: `client.files().get("1")`.
    pub groups: bool,
    /// The environment variable that `from_env` takes the base url from, for an API without a server.
    pub base_url_env: Option<String>,
    /// The credential that a client is made with.
    pub credential: Option<CredentialDecision>,
    /// Headers that every request carries.
    pub headers: Vec<HeaderDecision>,
    /// Names for the servers of the page, and servers that no page names.
    pub servers: Vec<ServerDecision>,
    /// Losses that are known and accepted.
    pub accepted: Vec<Accepted>,
    /// Names to use instead of those that the page or a naming rule gives.
    pub renames: Vec<Rename>,
    /// How lists go on from page to page.
    pub pagination: Vec<PagingDecision>,
    /// Which operations may be sent twice, or may not.
    pub retries: Vec<RetryDecision>,
    /// What types take beyond what the page says of them.
    pub types: Vec<TypeDecision>,
    /// How webhooks are signed.
    pub webhooks: Option<SignatureScheme>,
    /// The file, for findings about it as a whole.
    pub span: Span,
}

impl ApiConfig {
    /// The decisions about a document of which nothing is decided.
    pub fn bare(title: &str, package: &str, source: &Arc<Source>) -> Self {
        Self {
            name: package.replace('-', "_"),
            package: package.to_owned(),
            title: title.to_owned(),
            version: release::FIRST,
            docs: None,
            publish: true,
            groups: false,
            base_url_env: None,
            credential: None,
            headers: Vec::new(),
            servers: Vec::new(),
            accepted: Vec::new(),
            renames: Vec::new(),
            pagination: Vec::new(),
            retries: Vec::new(),
            types: Vec::new(),
            webhooks: None,
            span: source.start(),
        }
    }
}

/// How requests are authorised.
#[derive(Clone, Debug)]
pub struct CredentialDecision {
    /// Where the secret goes.
    pub place: CredentialPlace,
    /// The name of the builder's method, such as `api_key`, and of its argument if it has one.
    pub name: String,
    /// The environment variables that `from_env` reads, one for each argument.
    pub env: Vec<String>,
    /// Why the page alone does not do.
    pub reason: String,
    /// Where it is decided.
    pub span: Span,
}

/// A header with the same value in every request.
#[derive(Clone, Debug)]
pub struct HeaderDecision {
    /// The header's name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Why it is constant, and where the value is from.
    pub reason: String,
    /// Where it is decided.
    pub span: Span,
}

/// A server and its name.
#[derive(Clone, Debug)]
pub struct ServerDecision {
    /// The base url. One that the page has too is given its name; any other is added.
    pub url: String,
    /// The name, in snake case.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Where it is decided.
    pub span: Span,
}

/// A name to use instead of another.
#[derive(Clone, Debug)]
pub struct Rename {
    /// What is renamed.
    pub what: Renamed,
    /// The new name.
    pub to: String,
    /// Why.
    pub reason: String,
    /// Where it is decided.
    pub span: Span,
}

/// What a [`Rename`] can be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renamed {
    /// An operation, by method and path: `POST /team/{team_id}/invite`.
    Operation(String),
    /// A type, by the name that it would have had.
    Type(String),
    /// A property, as `Type.property`, by the names that they would have had.
    Property(String),
    /// A variant of an enum, as `Type.Variant`, by the names that they would have had.
    Variant(String),
}

#[cfg(test)]
mod tests;
