//! What all retries of a client have to share, so that an outage does not multiply traffic.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// A retry costs this; a call that went well at once gives back [`REFUND`].
const COST: u32 = 10;
const REFUND: u32 = 1;

/// How long it takes to fill an empty budget.
///
/// By calls that go well alone, a client with few calls would be without retries long after an outage. In a
/// minute the client adds at most as many requests to an outage as its caller allows in a row, and by the
/// time that a vendor has recovered, it has all of them again.
const FILLS_IN: Duration = Duration::from_secs(60);

/// A bucket of tokens: full at first, emptied by retries, filled again by time and by calls that go well.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
    capacity: u32,
    /// Up to when time has been counted; nothing as long as nothing was taken. Only who takes has to know.
    counted: Mutex<Option<Instant>>,
}

impl Budget {
    /// Allows for so many retries in a row.
    pub(crate) fn new(retries: u32) -> Self {
        let capacity = retries.saturating_mul(COST);
        Self { tokens: AtomicU32::new(capacity), capacity, counted: Mutex::default() }
    }

    /// Whether a retry can be afforded. If so, it is paid for.
    pub(crate) fn take(&self) -> bool {
        self.fill(Instant::now());
        self.change(|tokens| tokens.checked_sub(COST))
    }

    /// A call went well, for which so many retries were paid: the vendor is there again, so they are given back.
    pub(crate) fn refund(&self, retries: u32) {
        self.add(retries.saturating_mul(COST).max(REFUND));
    }

    /// Adds what has been earned by time. Filled late, it is as full as if it had been filled all along.
    fn fill(&self, now: Instant) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        // At least 13 nanoseconds, since a capacity is at most `u32::MAX`.
        let Some(interval) = FILLS_IN.checked_div(self.capacity) else { return };
        let since = counted.get_or_insert(now);
        let earned = now.duration_since(*since).as_nanos() / interval.as_nanos();
        match u32::try_from(earned) {
            // What is left of an interval counts the next time.
            Ok(earned) if earned < self.capacity => {
                *since += interval * earned;
                self.add(earned);
            }
            _ => {
                *since = now;
                self.add(self.capacity);
            }
        }
    }

    fn add(&self, tokens: u32) {
        self.change(|before| {
            let after = before.saturating_add(tokens).min(self.capacity);
            (after != before).then_some(after)
        });
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    /// How many retries in a row it allows for.
    fn affords(budget: &Budget) -> usize {
        std::iter::repeat_with(|| budget.take()).take_while(|taken| *taken).take(1000).count()
    }

    #[tokio::test(start_paused = true)]
    async fn retries_empty_it_and_ten_good_calls_allow_for_one_more() {
        let budget = Budget::new(2);
        assert_eq!(affords(&budget), 2);
        (0..9).for_each(|_| budget.refund(0));
        assert_eq!(affords(&budget), 0);
        budget.refund(0);
        assert_eq!(affords(&budget), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_went_well_after_retries_gives_them_back() {
        let budget = Budget::new(5);
        assert_eq!(affords(&budget), 5);
        budget.refund(2);
        assert_eq!(affords(&budget), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn time_fills_it_in_a_minute() {
        let budget = Budget::new(10);
        assert_eq!(affords(&budget), 10);
        advance(Duration::from_millis(5_999)).await;
        assert_eq!(affords(&budget), 0);
        advance(Duration::from_millis(1)).await;
        assert_eq!(affords(&budget), 1, "what was earned before is not lost");
        for _ in 0..100 {
            advance(Duration::from_millis(60)).await;
            budget.fill(Instant::now());
        }
        assert_eq!(affords(&budget), 1, "however often it is looked at");
        advance(Duration::from_secs(30)).await;
        assert_eq!(affords(&budget), 5);
        advance(Duration::from_secs(1 << 40)).await;
        assert_eq!(affords(&budget), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn it_is_never_more_than_full() {
        let budget = Budget::new(1);
        (0..100).for_each(|_| budget.refund(3));
        advance(FILLS_IN * 9).await;
        assert_eq!(affords(&budget), 1);
        advance(FILLS_IN * 9).await;
        assert_eq!(affords(&budget), 1);
        let none = Budget::new(0);
        none.refund(1);
        advance(FILLS_IN * 9).await;
        assert_eq!(affords(&none), 0);
        let all = Budget::new(u32::MAX);
        assert_eq!(affords(&all), 1000);
        advance(Duration::from_nanos(100)).await;
        assert_eq!(affords(&all), 1000);
    }
}
