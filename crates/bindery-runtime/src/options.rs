//! What one call does otherwise than its client.

use std::fmt;
use std::time::Duration;

use secrecy::SecretString;

use crate::{Credential, RetryPolicy};

/// What one call does otherwise than its client. By default that is nothing.
///
/// No setter fails; what cannot be sent is an error of the call. `Debug` shows the names of headers
/// and query parameters, and no value of any.
///
/// ```
/// use std::time::Duration;
/// use bindery_runtime::{CallOptions, RetryPolicy};
///
/// let options = CallOptions::default()
///     .header("x-trace", "7")
///     .timeout(Duration::from_secs(120))
///     .retry(RetryPolicy::default().retries(5));
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct CallOptions(Option<Box<Set>>);

/// On the heap, since most calls have none.
#[derive(Clone, Default)]
pub(crate) struct Set {
    pub(crate) headers: Vec<(String, SecretString)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) members: Vec<(String, serde_json::Value)>,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) size_limit: Option<usize>,
    pub(crate) idempotency_key: Option<SecretString>,
    pub(crate) safe_to_retry: bool,
}

impl CallOptions {
    /// One more header. It replaces what would be sent under that name otherwise; that of the
    /// credential cannot be replaced.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.set(|set| set.headers.push((name.into(), value.into())))
    }

    /// One more query parameter, after those of the operation.
    pub fn query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.set(|set| set.query.push((name.into(), value.into())))
    }

    /// One more member of the body, which has to be an object in JSON. It replaces one of its name.
    pub fn member(self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
        self.set(|set| set.members.push((name.into(), value.into())))
    }

    /// A credential for this call, in place of all those that the client has. Several that are given are sent
    /// together.
    pub fn credential(self, credential: impl Into<Credential>) -> Self {
        self.set(|set| set.credentials.push(credential.into()))
    }

    /// How long the call may take, retries and all of the body included.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.set(|set| set.timeout = Some(timeout))
    }

    /// How long each attempt may take, its redirects and all of the body included.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        self.set(|set| set.attempt_timeout = Some(timeout))
    }

    /// When the call is tried again.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.set(|set| set.retry = Some(policy))
    }

    /// How many bytes the body of the answer may have.
    pub fn size_limit(self, bytes: usize) -> Self {
        self.set(|set| set.size_limit = Some(bytes))
    }

    /// By which the vendor recognises the call if it arrives a second time, so that it may be tried
    /// again. It goes into the header that the operation declares for it, and into
    /// `idempotency-key` if it declares none: then it is for the caller to know that the vendor
    /// heeds it.
    ///
    /// Where an operation declares such a header, a call without a key gets one that is made up.
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        let key: String = key.into();
        self.set(|set| set.idempotency_key = Some(key.into()))
    }

    /// Says that the call may be sent twice although its operation is not idempotent. It stands above what
    /// [`Operation::idempotent`](crate::Operation) says, as an idempotency key does.
    pub fn safe_to_retry(self) -> Self {
        self.set(|set| set.safe_to_retry = true)
    }

    fn set(mut self, change: impl FnOnce(&mut Set)) -> Self {
        change(self.0.get_or_insert_default());
        self
    }

    pub(crate) fn peek(&self) -> Option<&Set> {
        self.0.as_deref()
    }

    pub(crate) fn into_set(self) -> Option<Box<Set>> {
        self.0
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("CallOptions");
        if let Some(set) = &self.0 {
            let headers: Vec<_> = set.headers.iter().map(|(name, _)| name).collect();
            let query: Vec<_> = set.query.iter().map(|(name, _)| name).collect();
            let members: Vec<_> = set.members.iter().map(|(name, _)| name).collect();
            shown
                .field("headers", &headers)
                .field("query", &query)
                .field("members", &members)
                .field("credentials", &set.credentials)
                .field("timeout", &set.timeout)
                .field("attempt_timeout", &set.attempt_timeout)
                .field("retry", &set.retry)
                .field("size_limit", &set.size_limit)
                .field("idempotency_key", &set.idempotency_key.is_some())
                .field("safe_to_retry", &set.safe_to_retry);
        }
        shown.finish()
    }
}
