//! What is the same for every request of a client.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use secrecy::SecretString;

use crate::credential::query::QueryProof;
use crate::credential::{Proof, Source};
use crate::{BuildError, Credential, headers};

/// The headers that are the same for every request.
#[derive(Default)]
pub(super) struct Fixed {
    pub(super) headers: HeaderMap,
    pub(super) credentials: HeaderMap,
    pub(super) queries: Vec<QueryProof>,
    pub(super) sources: Vec<Source>,
    pub(super) secrets: Vec<SecretString>,
}

impl Fixed {
    /// A header of the API, which stands in the sources of its crate and is no secret.
    pub(super) fn constant(&mut self, name: &str, value: &str) -> Result<(), BuildError> {
        let (name, value) = parsed(name, value)?;
        self.headers.insert(name, value);
        Ok(())
    }

    /// A header of the caller.
    pub(super) fn header(&mut self, name: &str, value: &str) -> Result<(), BuildError> {
        let (name, mut parsed) = parsed(name, value)?;
        if headers::carries_secret(&name) {
            parsed.set_sensitive(true);
            self.secrets.extend(headers::secrets(value));
        }
        self.headers.insert(name, parsed);
        Ok(())
    }

    pub(super) fn credential(
        &mut self,
        credential: Credential,
        headers: &[(String, SecretString)],
    ) -> Result<(), BuildError> {
        let ready = credential.into_ready()?;
        if let Proof::Header(name, _) = &ready.proof
            && headers.iter().any(|(other, _)| name.as_str().eq_ignore_ascii_case(other))
        {
            return Err(BuildError::header(
                name.as_str(),
                "is the credential's: give one of the two",
            ));
        }
        ready
            .proof
            .put(&mut self.credentials, &mut self.queries)
            .map_err(|reason| BuildError::Credential { reason })?;
        self.sources.extend(ready.source);
        self.secrets.extend(ready.secrets);
        Ok(())
    }

    /// Unless the caller has set the header.
    pub(super) fn agent(&mut self, agent: HeaderValue) {
        self.headers.entry(USER_AGENT).or_insert(agent);
    }
}

fn parsed(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), BuildError> {
    let name = headers::name(name).ok_or(BuildError::HeaderName)?;
    let refuse = |reason| BuildError::header(name.as_str(), reason);
    headers::allowed(&name).map_err(refuse)?;
    let value = headers::value(value).map_err(refuse)?;
    Ok((name, value))
}
