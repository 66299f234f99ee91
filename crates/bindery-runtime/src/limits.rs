//! What a call is held to: of its client, unless the call says otherwise.

use std::time::Duration;

use crate::RetryPolicy;
use crate::options::Set;

/// 8 MiB. What vendors answer with is far smaller, and what is larger is no use in memory.
const SIZE: usize = 8 * 1024 * 1024;

/// How long a call may take if nobody says otherwise.
const TIMEOUT: Duration = Duration::from_secs(30);

#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// All of a call.
    pub(crate) timeout: Duration,
    /// Each attempt of it.
    pub(crate) attempt_timeout: Option<Duration>,
    /// The body of the answer, in bytes.
    pub(crate) size: usize,
    pub(crate) retry: RetryPolicy,
    /// Whether each call may be sent twice.
    pub(crate) safe_to_retry: bool,
}

impl Default for Limits {
    fn default() -> Self {
        let retry = RetryPolicy::default();
        Self { timeout: TIMEOUT, attempt_timeout: None, size: SIZE, retry, safe_to_retry: false }
    }
}

impl Limits {
    pub(crate) fn with(&self, set: Option<&Set>) -> Self {
        let Some(set) = set else { return self.clone() };
        Self {
            timeout: set.timeout.unwrap_or(self.timeout),
            attempt_timeout: set.attempt_timeout.or(self.attempt_timeout),
            size: set.size_limit.unwrap_or(self.size),
            retry: set.retry.clone().unwrap_or_else(|| self.retry.clone()),
            safe_to_retry: self.safe_to_retry || set.safe_to_retry,
        }
    }
}
