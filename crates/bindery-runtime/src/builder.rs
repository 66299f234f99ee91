//! The builder of clients: collects settings, and checks them all in `build`.

use std::fmt;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use secrecy::SecretString;

use crate::base_url::BaseUrl;
use crate::client::{Client, Shared};
use crate::redact::Redactor;
use crate::{BuildError, Credential, Settings, headers};

/// How long a call may take if the builder does not say otherwise.
const TIMEOUT: Duration = Duration::from_secs(30);

type Hook = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

/// Builds a [`Client`]. The builder of a generated crate wraps one of these.
///
/// No setter fails: [`build`](Self::build) checks everything. `Debug` shows no value of a header
/// and no credential.
#[must_use]
pub struct ClientBuilder {
    settings: &'static Settings,
    base_url: Option<SecretString>,
    timeout: Duration,
    user_agent: Option<String>,
    headers: Vec<(String, SecretString)>,
    credentials: Vec<Credential>,
    hooks: Vec<Hook>,
}

impl ClientBuilder {
    /// Starts from the constants of an API.
    pub fn new(settings: &'static Settings) -> Self {
        Self {
            settings,
            base_url: None,
            timeout: TIMEOUT,
            user_agent: None,
            headers: Vec::new(),
            credentials: Vec::new(),
            hooks: Vec::new(),
        }
    }

    /// Where the API is served: an absolute `http` or `https` url without user, query and
    /// fragment. A path in it stays in front of the path of each operation, whether it ends in a
    /// slash or not.
    pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
        self.base_url = Some(url.as_ref().into());
        self
    }

    /// How long a call may take, from sending to the last byte of the body, redirects included.
    /// 30 seconds if it is not set.
    ///
    /// If [`configure`](Self::configure) is used, which may set a time of its own, the time holds
    /// for each redirect anew.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The `user-agent` header. Name and version of the client crate if it is not set.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// A header for every request. It replaces what the client would send under that name by
    /// itself, and what an earlier call has set; a header parameter of an operation replaces it, and
    /// so does the `content-type` of a body.
    ///
    /// The header of the credential is not for this method: [`build`](Self::build) refuses two
    /// values for one header rather than choose. A client without a credential may set it here.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let header = (name.as_ref().to_owned(), value.as_ref().into());
        self.headers.push(header);
        self
    }

    /// What the client proves its identity with. A second credential for the same header replaces
    /// the first; one for another header joins it.
    pub fn credential(mut self, credential: Credential) -> Self {
        self.credentials.retain(|other| !other.collides(&credential));
        self.credentials.push(credential);
        self
    }

    /// Changes the HTTP client underneath, for instance its proxy or its certificates.
    ///
    /// It is called in [`build`](Self::build), after timeout and user agent are set. The policy for
    /// redirects is set after it, and cannot be changed: redirects are followed for GET and HEAD,
    /// within one origin, ten times at most.
    pub fn configure(
        mut self,
        hook: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.hooks.push(Box::new(hook));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`BuildError`] says what cannot be used. It shows no secret.
    pub fn build(self) -> Result<Client, BuildError> {
        use secrecy::ExposeSecret as _;

        let base_url = self.base_url.as_ref().map(|url| url.expose_secret());
        let base_url = base_url.or(self.settings.base_url);
        let base_url = BaseUrl::parse(
            base_url.ok_or(BuildError::BaseUrlMissing { client: self.settings.name })?,
        )?;

        let mut fixed = Fixed::default();
        for (name, value) in self.settings.headers {
            fixed.header(name, value)?;
        }
        for (name, value) in &self.headers {
            fixed.header(name, value.expose_secret())?;
        }
        for credential in self.credentials {
            fixed.credential(credential, &self.headers)?;
        }

        let agent = match self.user_agent {
            Some(agent) => agent,
            None => format!("{}/{}", self.settings.name, self.settings.version),
        };
        // A hook may have set a time of its own, which a deadline for each request would undo.
        let deadline = self.hooks.is_empty().then_some(self.timeout);
        let http = http(&agent, self.timeout, self.hooks)?;
        Ok(Client::new(Shared {
            http,
            base_url,
            headers: fixed.headers,
            credentials: fixed.credentials,
            redactor: Redactor::new(fixed.secrets),
            deadline,
        }))
    }
}

fn http(agent: &str, timeout: Duration, hooks: Vec<Hook>) -> Result<reqwest::Client, BuildError> {
    let agent = headers::value(agent).map_err(|reason| BuildError::header("user-agent", reason))?;
    let builder = reqwest::Client::builder().user_agent(agent).timeout(timeout);
    hooks
        .into_iter()
        .fold(builder, |builder, hook| hook(builder))
        .redirect(Policy::none())
        .build()
        .map_err(|error| BuildError::Http(error.without_url()))
}

/// The headers that are the same for every request.
#[derive(Default)]
struct Fixed {
    headers: HeaderMap,
    credentials: HeaderMap,
    secrets: Vec<SecretString>,
}

impl Fixed {
    fn header(&mut self, name: &str, value: &str) -> Result<(), BuildError> {
        let name = headers::name(name).ok_or(BuildError::HeaderName)?;
        let refuse = |reason| BuildError::header(name.as_str(), reason);
        headers::allowed(&name).map_err(refuse)?;
        let mut parsed: HeaderValue = headers::value(value).map_err(refuse)?;
        if headers::carries_secret(&name) {
            parsed.set_sensitive(true);
            // What follows the scheme is a secret by itself.
            let token = value.split_once(' ').map_or(value, |(_, token)| token);
            self.secrets.extend([value.into(), token.trim().into()]);
        }
        self.headers.insert(name, parsed);
        Ok(())
    }

    fn credential(
        &mut self,
        credential: Credential,
        headers: &[(String, SecretString)],
    ) -> Result<(), BuildError> {
        let ready = credential.into_ready()?;
        let name = ready.name;
        if headers.iter().any(|(other, _)| name.as_str().eq_ignore_ascii_case(other)) {
            return Err(BuildError::header(
                name.as_str(),
                "is the credential's: give one of the two",
            ));
        }
        self.credentials.insert(name, ready.value);
        self.secrets.extend(ready.secrets);
        Ok(())
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("ClientBuilder")
            .field("settings", &self.settings)
            // Not checked yet: it may still carry a password.
            .field("base_url", &self.base_url)
            .field("timeout", &self.timeout)
            .field("user_agent", &self.user_agent)
            .field("headers", &headers)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
