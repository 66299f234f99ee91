//! Finds out that a list goes in circles, without keeping all that it has passed.

use std::collections::VecDeque;

/// So many of the last steps are kept.
const RECENT: usize = 16;

/// A cycle of the last few steps is found at once, and any other in the end, by Brent's algorithm: one
/// earlier step is kept, and replaced after 1, 2, 4, 8 and so on others.
pub(super) struct Cycle<C> {
    kept: Option<C>,
    recent: VecDeque<C>,
    steps: u64,
    until: u64,
}

impl<C> Default for Cycle<C> {
    fn default() -> Self {
        Self { kept: None, recent: VecDeque::new(), steps: 0, until: 1 }
    }
}

impl<C: Clone + PartialEq> Cycle<C> {
    /// Whether this step was there before.
    pub(super) fn closes(&mut self, step: &C) -> bool {
        if self.kept.as_ref() == Some(step) || self.recent.contains(step) {
            return true;
        }
        self.steps = self.steps.saturating_add(1);
        if self.steps == self.until {
            self.kept = Some(step.clone());
            self.until = self.until.saturating_mul(2);
        }
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(step.clone());
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After how many steps a list is found out that has so many before the cycle and in it.
    fn found(before: u64, length: u64) -> Option<u64> {
        let mut cycle = Cycle::default();
        let step = |n| if n < before { n } else { before + (n - before) % length };
        (0..1000).find(|n| cycle.closes(&step(*n)))
    }

    #[test]
    fn each_cycle_is_found_soon() {
        for before in 0..20 {
            for length in 1..40 {
                let found = found(before, length).unwrap();
                assert!(found >= before + length, "{before} {length}: too soon");
                assert!(found <= 3 * (before + length) + 3, "{before} {length}: {found}");
                let short = usize::try_from(length).unwrap() <= RECENT;
                assert!(!short || found == before + length, "{before} {length}: {found}");
            }
        }
    }

    #[test]
    fn what_never_repeats_is_no_cycle() {
        assert_eq!(found(2000, 1), None);
    }
}
