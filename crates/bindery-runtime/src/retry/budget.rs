//! What all retries of a client have to share, so that an outage does not multiply traffic.

use std::sync::atomic::{AtomicU32, Ordering};

/// A retry costs this; a call that went well gives back [`REFUND`].
const COST: u32 = 10;
const REFUND: u32 = 1;

/// A bucket of tokens: full at first, emptied by retries, filled again by calls that go well.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
    capacity: u32,
}

impl Budget {
    /// Allows for so many retries in a row.
    pub(crate) fn new(retries: u32) -> Self {
        let capacity = retries.saturating_mul(COST);
        Self { tokens: AtomicU32::new(capacity), capacity }
    }

    /// Whether a retry can be afforded. If so, it is paid for.
    pub(crate) fn take(&self) -> bool {
        self.change(|tokens| tokens.checked_sub(COST))
    }

    /// A call went well.
    pub(crate) fn refund(&self) {
        self.change(|tokens| {
            let more = tokens.saturating_add(REFUND).min(self.capacity);
            (more != tokens).then_some(more)
        });
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_empty_it_and_ten_good_calls_allow_for_one_more() {
        let budget = Budget::new(2);
        assert!(budget.take() && budget.take() && !budget.take());
        (0..9).for_each(|_| budget.refund());
        assert!(!budget.take());
        budget.refund();
        assert!(budget.take() && !budget.take());
    }

    #[test]
    fn it_is_never_more_than_full() {
        let budget = Budget::new(1);
        (0..100).for_each(|_| budget.refund());
        assert!(budget.take() && !budget.take());
        assert!(!Budget::new(0).take());
    }
}
