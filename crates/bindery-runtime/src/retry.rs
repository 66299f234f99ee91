//! When and how often a call is tried again.

mod after;
mod budget;
mod repeatability;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

pub(crate) use after::retry_after;
pub(crate) use budget::Budget;
pub(crate) use repeatability::{Repeatability, is_failure};

/// No delay is longer, whatever a caller asks for.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The share of a wait that the vendor asked for over which clients spread, so that those who were told the
/// same do not come back together: a quarter.
const SPREAD: u32 = 4;

/// When a call that failed is tried again.
///
/// By default there are two retries:
///
/// - of an idempotent operation after an error of the connection, after the time of an attempt ran out, and
///   after the statuses 408, 429 and 5xx. That is one with the method `GET`, `HEAD`, `PUT`, `DELETE`, `OPTIONS` or
///   `TRACE` (RFC 9110 §9.2.2), unless its [`Operation`](crate::Operation) says otherwise; a call
///   with an idempotency key; and one that
///   [`CallOptions::safe_to_retry`](crate::CallOptions::safe_to_retry) calls so;
/// - of any other only if the vendor has not acted: after a connection that did not come about, after the
///   statuses 429 and 503 if they come with a `Retry-After` that can be read, and, in HTTP/2, after a stream
///   that was refused or that is past the last of a connection that ends (RFC 9113 §8.7, §6.8).
///
/// The delay before the first retry is chosen at random between half of [`base_delay`](Self::base_delay) and
/// all of it, and the bound doubles from retry to retry up to [`max_delay`](Self::max_delay).
///
/// A `Retry-After` in the answer, in seconds or as a date (RFC 9110 §10.2.3), is the least that is
/// waited, and up to a quarter of it is added at random, since others were told the same. If it is longer
/// than [`max_retry_after`](Self::max_retry_after), or than what is left of the time of the call,
/// the answer is returned at once, and [`Error::retry_after`](crate::Error::retry_after) has the
/// delay. What is added goes neither beyond the one nor over more than half of what the wait leaves of the other.
///
/// Each attempt sends the same bytes, since all of a body is in memory before the first one.
///
/// All retries of a client share a budget, see
/// [`ClientBuilder::retry_budget`](crate::ClientBuilder::retry_budget).
///
/// ```
/// use std::time::Duration;
/// use bindery_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::default().retries(5).max_delay(Duration::from_secs(30));
/// assert_ne!(patient, RetryPolicy::none());
/// ```
#[derive(Clone)]
#[must_use]
pub struct RetryPolicy {
    also: Option<Also>,
    retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
}

/// Whether an answer is a failure that may pass.
type Also = Arc<dyn Fn(StatusCode, &HeaderMap) -> bool + Send + Sync>;

/// Two functions are the same if one is a clone of the other.
impl PartialEq for RetryPolicy {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.also, &other.also) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() == other.is_none(),
        };
        same && self.numbers() == other.numbers()
    }
}

impl Eq for RetryPolicy {}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("retries", &self.retries)
            .field("base_delay", &self.base_delay)
            .field("max_delay", &self.max_delay)
            .field("max_retry_after", &self.max_retry_after)
            .field("also_when", &self.also.is_some())
            .finish()
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            also: None,
            retries: 2,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// One attempt and no more.
    pub fn none() -> Self {
        Self::default().retries(0)
    }

    /// How many attempts may follow the first one. 2 unless set.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// The bound of the delay before the first retry, which is at least half of it. 500 milliseconds unless
    /// set, a day at most.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay.min(DAY);
        self
    }

    /// The bound of all delays that the client chooses itself. 8 seconds unless set, a day at most.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay.min(DAY);
        self
    }

    /// The longest `Retry-After` that is waited for. 60 seconds unless set.
    pub fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Which other answers are tried again, of calls that may be sent twice: some vendors answer with a 409 or a 423
    /// while they are busy.
    ///
    /// ```
    /// use bindery_runtime::RetryPolicy;
    ///
    /// let policy = RetryPolicy::default().also_when(|status, _| status.as_u16() == 423);
    /// ```
    pub fn also_when(
        mut self,
        is_failure: impl Fn(StatusCode, &HeaderMap) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.also = Some(Arc::new(is_failure));
        self
    }

    pub(crate) fn takes(&self, status: StatusCode, headers: &HeaderMap) -> bool {
        self.also.as_ref().is_some_and(|is_failure| is_failure(status, headers))
    }

    fn numbers(&self) -> (u32, [Duration; 3]) {
        (self.retries, [self.base_delay, self.max_delay, self.max_retry_after])
    }

    /// The delays before the retries, of which there are as many as retries.
    pub(crate) fn delays(&self) -> impl Iterator<Item = Duration> + use<> {
        ExponentialBuilder::default()
            .with_factor(2.0)
            .with_min_delay(self.base_delay.min(self.max_delay))
            .with_max_delay(self.max_delay)
            .with_max_times(usize::try_from(self.retries).unwrap_or(usize::MAX))
            .build()
            // Never at once, and anywhere in half of the bound: clients that failed together come back apart.
            .map(|bound| bound / 2 + random(bound / 2))
    }

    /// How long to wait, given the client's own delay, what the vendor asks for, and what is left of the time of the
    /// call. None if that is too long.
    pub(crate) fn wait(
        &self,
        delay: Duration,
        after: Option<Duration>,
        left: Option<Duration>,
    ) -> Option<Duration> {
        let after = after.unwrap_or_default();
        let least = delay.max(after);
        let left = left.unwrap_or(Duration::MAX).checked_sub(least).filter(|left| !left.is_zero());
        let spread = (after / SPREAD).min(self.max_retry_after.checked_sub(after)?);
        // Rather the answer now than no time for another attempt later.
        Some(delay.max(after + random(spread.min(left? / 2))))
    }
}

fn random(bound: Duration) -> Duration {
    bound.mul_f64(fastrand::f64()).min(bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_are_random_in_the_upper_half_of_a_bound_that_doubles() {
        let ms = Duration::from_millis;
        let policy = RetryPolicy::default().retries(4).base_delay(ms(100)).max_delay(ms(250));
        let (mut shortest, mut longest) = ([Duration::MAX; 4], [Duration::ZERO; 4]);
        for _ in 0..400 {
            let delays: Vec<_> = policy.delays().collect();
            assert_eq!(delays.len(), 4);
            for ((shortest, longest), delay) in shortest.iter_mut().zip(&mut longest).zip(delays) {
                (*shortest, *longest) = (delay.min(*shortest), delay.max(*longest));
            }
        }
        for ((shortest, longest), bound) in
            shortest.into_iter().zip(longest).zip([ms(100), ms(200), ms(250), ms(250)])
        {
            assert!(longest <= bound && longest > bound * 7 / 8, "{longest:?} of {bound:?}");
            assert!(shortest >= bound / 2 && shortest < bound * 5 / 8, "{shortest:?} of {bound:?}");
        }
        assert_eq!(RetryPolicy::none().delays().count(), 0);
    }

    #[test]
    fn no_delay_overflows() {
        let policy = RetryPolicy::default().base_delay(Duration::MAX).max_delay(Duration::MAX);
        assert!(policy.delays().all(|delay| delay <= DAY));
        assert_eq!(policy.max_delay, Duration::from_secs(86_400));
    }

    /// The shortest and the longest of many waits, none if there are none.
    fn waits(
        policy: &RetryPolicy,
        delay: Duration,
        after: Duration,
        left: Option<Duration>,
    ) -> Option<(Duration, Duration)> {
        let all: Option<Vec<_>> = (0..400).map(|_| policy.wait(delay, Some(after), left)).collect();
        let all = all?;
        all.iter().min().copied().zip(all.iter().max().copied())
    }

    #[test]
    fn what_the_vendor_asks_for_is_never_cut_short_and_spread_over_a_quarter() {
        let s = Duration::from_secs;
        let policy = RetryPolicy::default().max_retry_after(s(10));
        assert_eq!(policy.wait(s(1), None, None), Some(s(1)));
        assert_eq!(policy.wait(s(2), Some(s(1)), None), Some(s(2)));
        let (shortest, longest) = waits(&policy, s(0), s(8), None).unwrap();
        assert!(shortest >= s(8) && shortest < s(8) + s(1) / 2, "{shortest:?}");
        assert!(longest <= s(10) && longest > s(9) + s(1) / 2, "{longest:?}");
    }

    #[test]
    fn a_wait_fits_into_the_limit_and_into_the_time_of_the_call() {
        let s = Duration::from_secs;
        let policy = RetryPolicy::default().max_retry_after(s(10));
        let (_, longest) = waits(&policy, s(0), s(9), None).unwrap();
        assert!(longest <= s(10), "{longest:?}");
        assert_eq!(waits(&policy, s(0), s(10), None), Some((s(10), s(10))));
        assert_eq!(waits(&policy, s(0), s(11), None), None);
        assert_eq!(waits(&policy, s(0), Duration::MAX, None), None);
        // Half of the second that is left after the wait is for the attempt.
        let (_, longest) = waits(&policy, s(0), s(8), Some(s(9))).unwrap();
        assert!(longest <= s(8) + s(1) / 2, "{longest:?}");
        assert_eq!(waits(&policy, s(0), s(8), Some(s(8))), None);
        assert_eq!(waits(&policy, s(3), s(1), Some(s(3))), None);
        let endless = RetryPolicy::default().max_retry_after(Duration::MAX);
        assert_eq!(endless.wait(s(0), Some(Duration::MAX), None), None);
    }
}
