//! Credentials: what they put into a request, and what must never be shown.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use crate::token::{CredentialError, TokenSource};
use crate::{BuildError, headers};

/// What a client proves its identity with, once for all requests.
///
/// `Debug` shows the header and the scheme, never the secret.
///
/// ```
/// let credential = bindery_runtime::Credential::bearer("t0ken");
/// assert_eq!(format!("{credential:?}"), "Credential { header: \"authorization\", scheme: Bearer, .. }");
/// ```
#[derive(Clone)]
pub struct Credential {
    header: String,
    scheme: Scheme,
}

#[derive(Clone)]
enum Scheme {
    Plain(TokenSource),
    Bearer(TokenSource),
    Basic { user: SecretString, password: SecretString },
}

/// A credential in the form in which it is sent.
pub(crate) struct Ready {
    pub(crate) name: HeaderName,
    /// Empty until there is a secret, if there is a source.
    pub(crate) value: HeaderValue,
    /// The texts to remove from everything that is shown.
    pub(crate) secrets: Vec<SecretString>,
    /// Where the secret comes from, if it is not the same for good.
    pub(crate) source: Option<Source>,
}

/// A credential whose secret is asked for before each attempt.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) name: HeaderName,
    bearer: bool,
    secret: TokenSource,
}

impl Source {
    /// The value of the header, and the secret in it.
    pub(crate) async fn value(
        &self,
        rejected: Option<&SecretString>,
    ) -> Result<(HeaderValue, SecretString), CredentialError> {
        let secret = self.secret.secret(rejected).await?;
        let scheme = if self.bearer { BEARER } else { "" };
        let value = value(scheme, &secret).map_err(CredentialError::new)?;
        Ok((value, secret))
    }
}

const BEARER: &str = "Bearer ";

fn value(scheme: &str, secret: &SecretString) -> Result<HeaderValue, &'static str> {
    let secret = secret.expose_secret();
    if secret.trim().is_empty() {
        return Err("is empty");
    }
    let text = SecretString::from(format!("{scheme}{secret}"));
    let mut value = HeaderValue::from_bytes(text.expose_secret().as_bytes())
        .map_err(|_| "has a line break or another control character")?;
    value.set_sensitive(true);
    Ok(value)
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
        Self { header: name.into(), scheme: Scheme::Plain(source.into()) }
    }

    fn authorization(scheme: Scheme) -> Self {
        Self { header: "authorization".to_owned(), scheme }
    }

    /// Whether both go into the same header.
    pub(crate) fn collides(&self, other: &Self) -> bool {
        self.header.eq_ignore_ascii_case(&other.header)
    }

    pub(crate) fn into_ready(self) -> Result<Ready, BuildError> {
        let name = headers::name(&self.header).ok_or(BuildError::HeaderName)?;
        headers::allowed(&name).map_err(|reason| BuildError::header(name.as_str(), reason))?;
        let (bearer, source) = match &self.scheme {
            Scheme::Plain(source) => (false, source),
            Scheme::Bearer(source) => (true, source),
            Scheme::Basic { user, password } => return basic(name, user, password),
        };
        let Some(secret) = source.fixed() else {
            let source = Source { name: name.clone(), bearer, secret: source.clone() };
            let value = HeaderValue::from_static("");
            return Ok(Ready { name, value, secrets: Vec::new(), source: Some(source) });
        };
        let value = value(if bearer { BEARER } else { "" }, secret).map_err(credential)?;
        Ok(Ready { name, value, secrets: vec![secret.clone()], source: None })
    }
}

fn credential(reason: &'static str) -> BuildError {
    BuildError::Credential { reason }
}

fn basic(
    name: HeaderName,
    user: &SecretString,
    password: &SecretString,
) -> Result<Ready, BuildError> {
    let pair = pair(user.expose_secret(), password.expose_secret()).map_err(credential)?;
    let token = SecretString::from(STANDARD.encode(pair));
    let secret = if password.expose_secret().is_empty() { user } else { password };
    if secret.expose_secret().trim().is_empty() {
        return Err(credential("is empty"));
    }
    let value = value("Basic ", &token).map_err(credential)?;
    Ok(Ready { name, value, secrets: vec![token, secret.clone()], source: None })
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
        f.debug_struct("Credential")
            .field("header", &self.header)
            .field("scheme", &scheme)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(credential: Credential) -> (String, String) {
        let ready = credential.into_ready().unwrap();
        assert!(ready.value.is_sensitive());
        let value = ready.value.to_str().unwrap().to_owned();
        (ready.name.to_string(), value)
    }

    fn refusal(credential: Credential) -> String {
        let Err(error) = credential.into_ready() else { panic!("expected a refusal") };
        format!("{error} {error:?}")
    }

    #[test]
    fn each_scheme_spells_its_header() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(sent(Credential::bearer("t0ken")), pair("authorization", "Bearer t0ken"));
        assert_eq!(sent(Credential::header("X-Api-Key", "sk-1")), pair("x-api-key", "sk-1"));
        // The example of RFC 7617.
        assert_eq!(
            sent(Credential::basic("Aladdin", "open sesame")),
            pair("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        );
        assert_eq!(sent(Credential::basic("key", "")), pair("authorization", "Basic a2V5Og=="));
    }

    #[test]
    fn a_secret_that_cannot_be_sent_is_refused_without_being_shown() {
        for secret in ["hunter2\n", "hunter2\r\nx: y", "hunter2\0", "hunter2\u{7f}"] {
            for credential in [
                Credential::bearer(secret),
                Credential::header("x-api-key", secret),
                Credential::basic("user", secret),
                Credential::basic(secret, "password"),
            ] {
                let error = refusal(credential);
                assert!(error.contains("control character"), "{error}");
                assert!(!error.contains("hunter2"), "{error}");
            }
        }
        assert!(refusal(Credential::basic("a:b", "hunter2")).contains("colon"));
    }

    #[test]
    fn an_empty_secret_is_refused() {
        for credential in [
            Credential::bearer(""),
            Credential::bearer("  "),
            Credential::header("x-api-key", ""),
            Credential::basic("", ""),
        ] {
            assert!(refusal(credential).contains("the credential is empty"));
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!(
            "{:?} {:?} {:?}",
            Credential::bearer("hunter2"),
            Credential::header("x-api-key", "hunter2"),
            Credential::basic("user", "hunter2")
        );
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("x-api-key"), "{shown}");
    }
}
