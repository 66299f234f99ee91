//! Where the secret of a credential comes from, if it does not stay the same for good.

mod refresh;

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::Instant;

use crate::BoxFuture;
use refresh::Refresh;

type BoxError = Box<dyn Error + Send + Sync>;

/// Where the secret of a credential comes from: fixed, asked for each time, or refreshed.
///
/// A string becomes a fixed one by `into`. `Debug` never shows a secret.
///
/// After an answer with the status 401, a source that is not fixed is asked again, and the call is
/// sent once more with what it gives: a vendor that rejects the credential has not acted.
///
/// ```
/// use std::time::Duration;
/// use bindery_runtime::{Credential, SecretString, Token, TokenSource};
///
/// // A file that something else keeps up to date.
/// let file = TokenSource::each_time(|| std::fs::read_to_string("/run/token").map(SecretString::from));
///
/// // A token that is good for an hour, had from the vendor.
/// async fn log_in() -> Result<String, std::io::Error> { Ok("t0ken".to_owned()) }
/// let hourly = TokenSource::refreshed(|| async {
///     Ok::<_, std::io::Error>(Token::new(log_in().await?).expires_in(Duration::from_secs(3600)))
/// });
/// let credential = Credential::bearer_from(hourly);
/// ```
#[derive(Clone)]
pub struct TokenSource(Source);

#[derive(Clone)]
enum Source {
    Fixed(SecretString),
    Each(Arc<dyn Fn() -> Result<SecretString, BoxError> + Send + Sync>),
    Refreshed(Arc<Refresh>),
}

impl TokenSource {
    /// Calls the function before each attempt to send a request. It should not take long.
    pub fn each_time<S, E>(ask: impl Fn() -> Result<S, E> + Send + Sync + 'static) -> Self
    where
        S: Into<SecretString>,
        E: Into<BoxError>,
    {
        let ask = move || ask().map(Into::into).map_err(Into::into);
        Self(Source::Each(Arc::new(ask)))
    }

    /// Calls the function when there is no token yet, when the one there is has expired, and when
    /// the vendor has answered to it with the status 401.
    ///
    /// It is called once at a time: calls that need a token meanwhile wait for the same one, or for
    /// the same error. It runs as a part of the call that needs it first, within the time of that
    /// call; if that call is dropped, the next one starts anew. Clones share the token.
    pub fn refreshed<F, T, E>(ask: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Into<Token>,
        E: Into<BoxError>,
    {
        let ask = move || -> BoxFuture<'static, Result<Token, BoxError>> {
            let asked = ask();
            Box::pin(async move { asked.await.map(Into::into).map_err(Into::into) })
        };
        Self(Source::Refreshed(Arc::new(Refresh::new(ask))))
    }

    /// The secret, if it is always the same.
    pub(crate) fn fixed(&self) -> Option<&SecretString> {
        match &self.0 {
            Source::Fixed(secret) => Some(secret),
            Source::Each(_) | Source::Refreshed(_) => None,
        }
    }

    /// The secret for the next attempt, which is not the one that the vendor has rejected, if the
    /// source has another.
    pub(crate) async fn secret(
        &self,
        rejected: Option<&SecretString>,
    ) -> Result<SecretString, CredentialError> {
        match &self.0 {
            Source::Fixed(secret) => Ok(secret.clone()),
            Source::Each(ask) => ask().map_err(|error| CredentialError::source(error.into())),
            Source::Refreshed(refresh) => {
                refresh.secret(rejected).await.map_err(CredentialError::source)
            }
        }
    }
}

impl<S: Into<SecretString>> From<S> for TokenSource {
    fn from(secret: S) -> Self {
        Self(Source::Fixed(secret.into()))
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Source::Fixed(_) => "TokenSource::Fixed(..)",
            Source::Each(_) => "TokenSource::EachTime(..)",
            Source::Refreshed(_) => "TokenSource::Refreshed(..)",
        })
    }
}

/// A secret that may expire.
#[derive(Clone)]
pub struct Token {
    secret: SecretString,
    expires: Option<Instant>,
}

impl Token {
    /// A token that is good until the vendor rejects it.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self { secret: secret.into(), expires: None }
    }

    /// How long it is good for, counted from now. It is not used after that, so that a margin is
    /// for the caller to subtract.
    #[must_use]
    pub fn expires_in(self, time: Duration) -> Self {
        Self { expires: Instant::now().checked_add(time), ..self }
    }

    fn is_good(&self, rejected: Option<&SecretString>) -> bool {
        let same = |other: &SecretString| other.expose_secret() == self.secret.expose_secret();
        let expired = self.expires.is_some_and(|expires| expires <= Instant::now());
        !expired && !rejected.is_some_and(same)
    }
}

impl<S: Into<SecretString>> From<S> for Token {
    fn from(secret: S) -> Self {
        Self::new(secret)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// Why there was no credential to send. Nothing was sent.
///
/// What the source said is the [`source`](Error::source) of the error.
#[derive(Clone, Debug)]
pub struct CredentialError {
    reason: &'static str,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl CredentialError {
    pub(crate) fn new(reason: &'static str) -> Self {
        Self { reason, source: None }
    }

    fn source(error: Arc<dyn Error + Send + Sync>) -> Self {
        Self { reason: "could not be had from its source", source: Some(error) }
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the credential {}", self.reason)
    }
}

impl Error for CredentialError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
