//! When and how often a call is tried again.

mod after;
mod budget;
mod verdict;

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};

pub(crate) use after::retry_after;
pub(crate) use budget::Budget;
pub(crate) use verdict::{Verdict, is_failure};

/// No delay is longer, whatever a caller asks for.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// When a call that failed is tried again.
///
/// By default there are two retries, of what is certain to be safe:
///
/// - `GET`, `HEAD`, `PUT`, `DELETE`, `OPTIONS` and `TRACE`, which RFC 9110 §9.2.2 calls idempotent, a
///   call with an idempotency key, and one that
///   [`CallOptions::safe_to_retry`](crate::CallOptions::safe_to_retry) calls so: after an error of
///   the connection, after the time of an attempt ran out, and after the statuses 408, 429 and 5xx;
/// - any other call only if the vendor has not acted: after a connection that did not come about,
///   and after the statuses 429 and 503 if they come with `Retry-After`.
///
/// The delay before the first retry is chosen at random up to [`base_delay`](Self::base_delay), and
/// the bound doubles from retry to retry up to [`max_delay`](Self::max_delay). A `Retry-After` in
/// the answer, in seconds or as a date (RFC 9110 §10.2.3), is the least that is waited. If it is longer
/// than [`max_retry_after`](Self::max_retry_after), or than what is left of the time of the call,
/// the answer is returned at once, and [`Error::retry_after`](crate::Error::retry_after) has the
/// delay.
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
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
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

    /// The bound of the delay before the first retry. 500 milliseconds unless set, a day at most.
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

    /// The delays before the retries, of which there are as many as retries.
    pub(crate) fn delays(&self) -> impl Iterator<Item = Duration> + use<> {
        ExponentialBuilder::default()
            .with_factor(2.0)
            .with_min_delay(self.base_delay.min(self.max_delay))
            .with_max_delay(self.max_delay)
            .with_max_times(usize::try_from(self.retries).unwrap_or(usize::MAX))
            .build()
            // Anywhere from nothing to the bound: clients that failed together come back apart.
            .map(|bound| bound.mul_f32(fastrand::f32()))
    }

    /// How long to wait, given what the vendor asks for. None if that is too long.
    pub(crate) fn wait(&self, delay: Duration, after: Option<Duration>) -> Option<Duration> {
        let after = after.unwrap_or_default();
        (after <= self.max_retry_after).then(|| delay.max(after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_are_random_up_to_a_bound_that_doubles() {
        let ms = Duration::from_millis;
        let policy = RetryPolicy::default().retries(4).base_delay(ms(100)).max_delay(ms(250));
        let mut longest = [Duration::ZERO; 4];
        for _ in 0..400 {
            let delays: Vec<_> = policy.delays().collect();
            assert_eq!(delays.len(), 4);
            for (longest, delay) in longest.iter_mut().zip(delays) {
                *longest = delay.max(*longest);
            }
        }
        for (longest, bound) in longest.into_iter().zip([ms(100), ms(200), ms(250), ms(250)]) {
            assert!(longest <= bound && longest > bound / 2, "{longest:?} of {bound:?}");
        }
        assert_eq!(RetryPolicy::none().delays().count(), 0);
    }

    #[test]
    fn no_delay_overflows() {
        let policy = RetryPolicy::default().base_delay(Duration::MAX).max_delay(Duration::MAX);
        assert!(policy.delays().all(|delay| delay <= DAY));
        assert_eq!(policy.max_delay, Duration::from_secs(86_400));
    }

    #[test]
    fn the_vendor_may_ask_for_more_up_to_a_limit() {
        let s = Duration::from_secs;
        let policy = RetryPolicy::default().max_retry_after(s(10));
        assert_eq!(policy.wait(s(1), None), Some(s(1)));
        assert_eq!(policy.wait(s(1), Some(s(10))), Some(s(10)));
        assert_eq!(policy.wait(s(2), Some(s(1))), Some(s(2)));
        assert_eq!(policy.wait(s(1), Some(s(11))), None);
    }
}
