//! Credentials: what they put into a request, and what must never be shown.

mod proof;
pub(crate) mod query;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};

use crate::token::TokenSource;
use crate::{BuildError, headers};
use proof::Slot;
pub(crate) use proof::{Proof, Ready, Source};

/// What a client proves its identity with, once for all requests.
///
/// `Debug` shows the place and the scheme, never the secret.
///
/// ```
/// let credential = bindery_runtime::Credential::bearer("t0ken");
/// assert_eq!(format!("{credential:?}"), "Credential { header: \"authorization\", scheme: Bearer, .. }");
/// ```
#[derive(Clone)]
pub struct Credential {
    place: Place,
    scheme: Scheme,
}

#[derive(Clone, PartialEq)]
enum Place {
    Header(String),
    Query(String),
    Cookie(String),
}

#[derive(Clone)]
enum Scheme {
    Plain(TokenSource),
    Bearer(TokenSource),
    Basic { user: SecretString, password: SecretString },
}

impl Credential {
    /// `authorization: Bearer <secret>`.
    pub fn bearer(secret: impl Into<SecretString>) -> Self {
        Self::bearer_from(secret.into())
    }

    /// `authorization: Bearer <secret>`, with a secret that may change.
    pub fn bearer_from(source: impl Into<TokenSource>) -> Self {
        Self::authorization(Scheme::Bearer(source.into()))
    }

    /// `authorization: Basic <user:password in base64>`.
    ///
    /// Vendors that take a key as user and no password are served with an empty password; the user
    /// then counts as the secret.
    pub fn basic(user: impl Into<SecretString>, password: impl Into<SecretString>) -> Self {
        Self::authorization(Scheme::Basic { user: user.into(), password: password.into() })
    }

    /// The secret, alone, in a header of the vendor's own, for instance `x-api-key`.
    pub fn header(name: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self::header_from(name, secret.into())
    }

    /// The same, with a secret that may change.
    pub fn header_from(name: impl Into<String>, source: impl Into<TokenSource>) -> Self {
        Self { place: Place::Header(name.into()), scheme: Scheme::Plain(source.into()) }
    }

    /// The secret, percent-encoded, in this parameter of the query. It is put there when a request is
    /// sent, and takes the place of what a url of the vendor's has under that name.
    ///
    /// Unlike a header it cannot be marked as sensitive: a transport or layer that shows the url of a
    /// request shows it.
    pub fn query(name: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self::query_from(name, secret.into())
    }

    /// The same, with a secret that may change.
    pub fn query_from(name: impl Into<String>, source: impl Into<TokenSource>) -> Self {
        Self { place: Place::Query(name.into()), scheme: Scheme::Plain(source.into()) }
    }

    /// The secret in a cookie, beside the other cookies of a request. What cannot stand in a cookie is
    /// percent-encoded.
    pub fn cookie(name: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self::cookie_from(name, secret.into())
    }

    /// The same, with a secret that may change.
    pub fn cookie_from(name: impl Into<String>, source: impl Into<TokenSource>) -> Self {
        Self { place: Place::Cookie(name.into()), scheme: Scheme::Plain(source.into()) }
    }

    fn authorization(scheme: Scheme) -> Self {
        Self { place: Place::Header("authorization".to_owned()), scheme }
    }

    /// The parameter of the query that it goes into, if it goes there.
    #[cfg(feature = "mock")]
    pub(crate) fn query_parameter(&self) -> Option<String> {
        match &self.place {
            Place::Query(name) => Some(name.clone()),
            Place::Header(_) | Place::Cookie(_) => None,
        }
    }

    /// Whether both go into the same place.
    pub(crate) fn collides(&self, other: &Self) -> bool {
        match (&self.place, &other.place) {
            (Place::Header(one), Place::Header(other)) => one.eq_ignore_ascii_case(other),
            (one, other) => one == other,
        }
    }

    pub(crate) fn into_ready(self) -> Result<Ready, BuildError> {
        let slot = self.slot()?;
        let source = match self.scheme {
            Scheme::Plain(source) | Scheme::Bearer(source) => source,
            Scheme::Basic { user, password } => return basic(&slot, &user, password),
        };
        let Some(secret) = source.fixed() else {
            let proof = slot.empty().map_err(credential)?;
            let source = Some(Source { slot, secret: source });
            return Ok(Ready { proof, secrets: Vec::new(), source });
        };
        let proof = slot.fill(secret).map_err(credential)?;
        Ok(Ready { proof, secrets: vec![secret.clone()], source: None })
    }

    fn slot(&self) -> Result<Slot, BuildError> {
        let scheme = match self.scheme {
            Scheme::Plain(_) => "",
            Scheme::Bearer(_) => "Bearer ",
            Scheme::Basic { .. } => "Basic ",
        };
        match &self.place {
            Place::Header(name) => {
                let name = headers::name(name).ok_or(BuildError::HeaderName)?;
                let refuse = |reason| BuildError::header(name.as_str(), reason);
                headers::allowed(&name).map_err(refuse)?;
                Ok(Slot::Header(name, scheme))
            }
            Place::Query(name) if name.is_empty() => {
                Err(credential("goes into a query parameter without a name"))
            }
            Place::Query(name) => Ok(Slot::Query(name.clone())),
            Place::Cookie(name) => {
                headers::name(name).ok_or(credential("has a name that no cookie can have"))?;
                Ok(Slot::Cookie(name.clone()))
            }
        }
    }
}

fn credential(reason: &'static str) -> BuildError {
    BuildError::Credential { reason }
}

fn basic(slot: &Slot, user: &SecretString, password: SecretString) -> Result<Ready, BuildError> {
    let pair = pair(user.expose_secret(), password.expose_secret()).map_err(credential)?;
    let token = SecretString::from(STANDARD.encode(pair));
    let is_empty = |text: &SecretString| text.expose_secret().trim().is_empty();
    if is_empty(user) && is_empty(&password) {
        return Err(credential("is empty"));
    }
    let proof = slot.fill(&token).map_err(credential)?;
    // Either may be the key.
    Ok(Ready { proof, secrets: vec![token, user.clone(), password], source: None })
}

/// What RFC 7617 encodes, within the bounds that it sets.
fn pair(user: &str, password: &str) -> Result<String, &'static str> {
    if user.chars().chain(password.chars()).any(char::is_control) {
        return Err("has a line break or another control character");
    }
    if user.contains(':') {
        return Err("has a user name with a colon, which basic authentication cannot carry");
    }
    Ok(format!("{user}:{password}"))
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.scheme {
            Scheme::Plain(_) => format_args!("Plain"),
            Scheme::Bearer(_) => format_args!("Bearer"),
            Scheme::Basic { .. } => format_args!("Basic"),
        };
        let (place, name) = match &self.place {
            Place::Header(name) => ("header", name),
            Place::Query(name) => ("query", name),
            Place::Cookie(name) => ("cookie", name),
        };
        f.debug_struct("Credential")
            .field(place, name)
            .field("scheme", &scheme)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
