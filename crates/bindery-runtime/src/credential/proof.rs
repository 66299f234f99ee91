//! A credential in the form in which it is sent.

use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::query::QueryProof;
use crate::cookie;
use crate::headers;
use crate::token::{CredentialError, TokenSource};

/// A secret in its place.
#[derive(Clone)]
pub(crate) enum Proof {
    Header(HeaderName, HeaderValue),
    Query(QueryProof),
}

impl Proof {
    /// Puts it where it goes, in place of what is there. Cookies are told apart by name.
    pub(crate) fn put(
        self,
        headers: &mut HeaderMap,
        query: &mut Vec<QueryProof>,
    ) -> Result<(), headers::Refusal> {
        match self {
            Self::Header(COOKIE, value) => {
                let joined = cookie::joined(headers.get(COOKIE), &value)?;
                headers.insert(COOKIE, joined);
            }
            Self::Header(name, value) => {
                headers.insert(name, value);
            }
            Self::Query(proof) => {
                query.retain(|other| other.name != proof.name);
                query.push(proof);
            }
        }
        Ok(())
    }
}

/// A place that is fit to be sent, and waits for its secret.
#[derive(Clone)]
pub(crate) enum Slot {
    /// What stands before the secret is the scheme.
    Header(HeaderName, &'static str),
    Query(String),
    Cookie(String),
}

impl Slot {
    pub(crate) fn fill(&self, secret: &SecretString) -> Result<Proof, headers::Refusal> {
        let text = secret.expose_secret();
        if text.trim().is_empty() {
            return Err("is empty");
        }
        // Most often it is the end of the line of a file, which vendors would take for a part of it.
        if text.chars().any(char::is_control) {
            return Err("has a line break or another control character");
        }
        self.filled(text)
    }

    /// The place without a secret, for the time until there is one.
    pub(crate) fn empty(&self) -> Result<Proof, headers::Refusal> {
        match self {
            Self::Header(name, _) => Ok(Proof::Header(name.clone(), HeaderValue::from_static(""))),
            slot => slot.filled(""),
        }
    }

    fn filled(&self, text: &str) -> Result<Proof, headers::Refusal> {
        let header = |name: &HeaderName, text: String| {
            let text = SecretString::from(text);
            let mut value = headers::value(text.expose_secret())?;
            value.set_sensitive(true);
            Ok(Proof::Header(name.clone(), value))
        };
        match self {
            Self::Header(name, scheme) => header(name, format!("{scheme}{text}")),
            Self::Query(name) => Ok(Proof::Query(QueryProof::new(name, text))),
            Self::Cookie(name) => header(&COOKIE, format!("{name}={}", cookie::encode(text))),
        }
    }
}

/// A credential whose secret is asked for before each attempt.
#[derive(Clone)]
pub(crate) struct Source {
    pub(super) slot: Slot,
    pub(super) secret: TokenSource,
}

impl Source {
    /// The credential, and the secret in it.
    pub(crate) async fn proof(
        &self,
        rejected: Option<&SecretString>,
    ) -> Result<(Proof, SecretString), CredentialError> {
        let secret = self.secret.secret(rejected).await?;
        let proof = self.slot.fill(&secret).map_err(CredentialError::new)?;
        Ok((proof, secret))
    }

    /// The secrets that it has given lately, for all calls.
    pub(crate) fn past(&self) -> Vec<SecretString> {
        self.secret.past()
    }
}

/// A credential that a client is made with.
pub(crate) struct Ready {
    /// Without the secret as long as there is none, if there is a source.
    pub(crate) proof: Proof,
    /// The texts to remove from everything that is shown.
    pub(crate) secrets: Vec<SecretString>,
    /// Where the secret comes from, if it is not the same for good.
    pub(crate) source: Option<Source>,
}
