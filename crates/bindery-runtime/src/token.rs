//! Where the secret of a credential comes from, if it does not stay the same for good.

mod past;
mod refresh;
mod unprocessed;

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::Instant;

use crate::BoxFuture;
use past::Past;
use refresh::{Limits, Refresh};

type BoxError = Box<dyn Error + Send + Sync>;

/// Where the secret of a credential comes from: fixed, asked for each time, or refreshed.
///
/// A string becomes a fixed one by `into`. `Debug` never shows a secret.
///
/// After an answer with the status 401, a source that is not fixed is asked again, and the call is
/// sent once more if it gives another secret: a vendor that rejects the credential has not acted. With the
/// same secret it is not sent again, and the answer is the result of the call.
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
pub struct TokenSource {
    source: Source,
    past: Arc<Past>,
}

#[derive(Clone)]
enum Source {
    Fixed(SecretString),
    Each(Arc<dyn Fn() -> Result<SecretString, BoxError> + Send + Sync>),
    Refreshed(Arc<Refresh>, Limits),
}

impl TokenSource {
    /// Calls the function before each attempt to send a request. It should not take long.
    pub fn each_time<S, E>(ask: impl Fn() -> Result<S, E> + Send + Sync + 'static) -> Self
    where
        S: Into<SecretString>,
        E: Into<BoxError>,
    {
        let ask = move || ask().map(Into::into).map_err(Into::into);
        Self::new(Source::Each(Arc::new(ask)))
    }

    /// Calls the function when there is no token yet, when the one there is has expired, and when
    /// the vendor has answered to it with the status 401.
    ///
    /// It is called once at a time: calls that need a token meanwhile wait for the same one, or for
    /// the same error; a token that has expired by the time it comes is used once by those that waited.
    /// Clones share the token.
    ///
    /// The future that it gives is polled by the calls that wait for the token, and no task is started for
    /// it. But it belongs to the source: a call that is dropped, runs out of time or is polled no more holds up no
    /// other, and the next one that needs the token goes on with it. So a refresh token that is good for one time
    /// only is not lost with the call that has spent it, unless the runtime is gone in which that call was made: then
    /// the function is called again, at the latest for the next call. It has a limit of its own, [`timeout`](Self::timeout), and
    /// [`retries`](Self::retries) of its own.
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
        Self::new(Source::Refreshed(Arc::new(Refresh::new(ask)), Limits::default()))
    }

    /// How long a refresh may take, each of its attempts by itself. 20 seconds unless set. When it is over, the
    /// calls that wait for the token end in an error. Only for [`refreshed`](Self::refreshed).
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        self.limited(|limits| limits.timeout = timeout)
    }

    /// How often a refresh that failed is tried again, with the delays of
    /// [`RetryPolicy::default`](crate::RetryPolicy). 2 unless set. Only for [`refreshed`](Self::refreshed).
    ///
    /// It is tried again only if nobody has acted on it, since what it sends may be good for one time only, and since a
    /// password that is wrong stays wrong: after an error that is, or is caused by, a [`TransportError`], a
    /// [`reqwest::Error`] or an [`io::Error`](std::io::Error) which says that no connection came about.
    /// [`safe_to_retry`](Self::safe_to_retry) extends that to all errors.
    ///
    /// [`TransportError`]: crate::TransportError
    #[must_use]
    pub fn retries(self, retries: u32) -> Self {
        self.limited(|limits| limits.retries = retries)
    }

    /// Says that a refresh may be made twice: then it is tried again after any error, and when its time ran
    /// out. Only for [`refreshed`](Self::refreshed).
    #[must_use]
    pub fn safe_to_retry(self) -> Self {
        self.limited(|limits| limits.is_safe = true)
    }

    fn new(source: Source) -> Self {
        Self { source, past: Arc::default() }
    }

    fn limited(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        if let Source::Refreshed(_, limits) = &mut self.source {
            change(limits);
        }
        self
    }

    /// The secret, if it is always the same.
    pub(crate) fn fixed(&self) -> Option<&SecretString> {
        match &self.source {
            Source::Fixed(secret) => Some(secret),
            Source::Each(_) | Source::Refreshed(..) => None,
        }
    }

    /// The secret for the next attempt. It may be the one that the vendor has rejected, if the source has no
    /// other.
    pub(crate) async fn secret(
        &self,
        rejected: Option<&SecretString>,
    ) -> Result<SecretString, CredentialError> {
        let secret = match &self.source {
            Source::Fixed(secret) => Ok(secret.clone()),
            Source::Each(ask) => ask().map_err(|error| CredentialError::source(error.into())),
            Source::Refreshed(refresh, limits) => {
                refresh.secret(rejected, *limits).await.map_err(CredentialError::source)
            }
        };
        secret.inspect(|secret| self.past.keep(secret))
    }

    /// The secrets that it has given lately, for all calls.
    pub(crate) fn past(&self) -> Vec<SecretString> {
        self.past.all()
    }
}

impl<S: Into<SecretString>> From<S> for TokenSource {
    fn from(secret: S) -> Self {
        Self::new(Source::Fixed(secret.into()))
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.source {
            Source::Fixed(_) => "TokenSource::Fixed(..)",
            Source::Each(_) => "TokenSource::EachTime(..)",
            Source::Refreshed(..) => "TokenSource::Refreshed(..)",
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
/// What the source of the credential said is the [`source`](Error::source) of the error, as it is: it may name urls and
/// secrets, which only who wrote it can know. So `Display` and `Debug` leave it out.
#[derive(Clone)]
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

impl fmt::Debug for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialError")
            .field("reason", &self.reason)
            .field("has_source", &self.source.is_some())
            .finish_non_exhaustive()
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
