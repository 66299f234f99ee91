//! What a call is held to: of its client, unless the call says otherwise.

use std::time::Duration;

use crate::RetryPolicy;
use crate::options::Set;

/// 8 MiB. What vendors answer with is far smaller, and what is larger is no use in memory.
const SIZE: usize = 8 * 1024 * 1024;

/// How long a call may take if nobody says otherwise.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How many bytes of a body are sent in a second at least, so that a large one has the time that it takes: 128 KiB.
const PACE: u64 = 128 * 1024;

#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// All of a call, if anybody has said it.
    pub(crate) timeout: Option<Duration>,
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
        Self { timeout: None, attempt_timeout: None, size: SIZE, retry, safe_to_retry: false }
    }
}

impl Limits {
    /// How long a call with a body of so many bytes may take.
    pub(crate) fn timeout_of(&self, body: usize) -> Duration {
        let sending = Duration::from_secs(u64::try_from(body).unwrap_or(u64::MAX) / PACE);
        self.timeout.unwrap_or_else(|| TIMEOUT.saturating_add(sending))
    }

    pub(crate) fn with(&self, set: Option<&Set>) -> Self {
        let Some(set) = set else { return self.clone() };
        Self {
            timeout: set.timeout.or(self.timeout),
            attempt_timeout: set.attempt_timeout.or(self.attempt_timeout),
            size: set.size_limit.unwrap_or(self.size),
            retry: set.retry.clone().unwrap_or_else(|| self.retry.clone()),
            safe_to_retry: self.safe_to_retry || set.safe_to_retry,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_body_has_the_time_that_it_takes_unless_somebody_says_otherwise() {
        let seconds = Duration::from_secs;
        let limits = Limits::default();
        assert_eq!(limits.timeout_of(0), seconds(30));
        assert_eq!(limits.timeout_of(100_000), seconds(30));
        assert_eq!(limits.timeout_of(128 * 1024 * 1024), seconds(30 + 1024));
        let limits = Limits { timeout: Some(seconds(1)), ..limits };
        assert_eq!(limits.timeout_of(128 * 1024 * 1024), seconds(1));
    }
}
