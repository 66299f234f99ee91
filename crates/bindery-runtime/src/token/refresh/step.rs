//! How far a refresh is: what all calls that wait for it share.

use std::time::Duration;

use secrecy::SecretString;
use tokio::time::Instant;

use super::super::unprocessed::is_unprocessed;
use super::{BoxError, BoxFuture, Limits, Shared, Token};
use crate::RetryPolicy;

pub(super) type Attempt = BoxFuture<'static, Result<Token, BoxError>>;

#[derive(Default)]
pub(super) struct State {
    pub(super) last: Option<Result<Token, Shared>>,
    /// How often it was fetched, or failed to be.
    pub(super) rounds: u64,
    /// How many calls wait.
    pub(super) waiting: usize,
    /// How many calls have waited, each of which has one for its number.
    pub(super) calls: u64,
    pub(super) step: Step,
    /// The delays before the attempts that are left.
    delays: Option<Box<dyn Iterator<Item = Duration> + Send>>,
}

/// What a refresh does.
#[derive(Default)]
pub(super) enum Step {
    #[default]
    Nothing,
    /// An attempt that a call has begun. It stays if that call is dropped or runs out of time, and the next one goes on
    /// with it: what it has sent may be good for one time only.
    Fetching {
        /// Taken out while it is polled.
        attempt: Option<Attempt>,
        /// The call that has begun it.
        begun_by: u64,
        timeout: Duration,
        /// How long it may still be waited for, from `counted` on. The time in which nobody does is not counted: it
        /// cannot go on then.
        left: Duration,
        counted: Instant,
    },
    /// Nothing is done before the next attempt. None if that is too far away to be told.
    Pausing(Option<Instant>),
}

impl State {
    /// What came or failed last.
    pub(super) fn result(&self) -> Option<Result<SecretString, Shared>> {
        let result = self.last.as_ref()?.as_ref();
        Some(result.map(|token| token.secret.clone()).map_err(Shared::clone))
    }

    /// Counts the time until now in which a call has waited for the attempt, and returns what is left.
    pub(super) fn count(&mut self, since: Instant) -> Duration {
        let Step::Fetching { left, counted, .. } = &mut self.step else { return Duration::ZERO };
        let now = Instant::now();
        *left = left.saturating_sub(now.duration_since(since.max(*counted)));
        *counted = now;
        *left
    }

    /// Puts back an attempt that is not done.
    pub(super) fn keep(&mut self, unfinished: Attempt) {
        if let Step::Fetching { attempt, .. } = &mut self.step {
            *attempt = Some(unfinished);
        }
    }

    /// Keeps what an attempt gave, or goes on to the next one.
    pub(super) fn settle(&mut self, result: Result<Token, BoxError>, limits: Limits) {
        if let Err(error) = &result
            && (limits.is_safe || is_unprocessed(&**error))
            && let Some(delay) = self.delays(limits).next()
        {
            self.step = Step::Pausing(Instant::now().checked_add(delay));
            return;
        }
        self.last = Some(result.map_err(Shared::from));
        self.rounds += 1;
        self.stop();
    }

    fn delays(&mut self, limits: Limits) -> &mut (dyn Iterator<Item = Duration> + Send) {
        let delays = || RetryPolicy::default().retries(limits.retries).delays();
        &mut **self.delays.get_or_insert_with(|| Box::new(delays()))
    }

    /// Ends a pause for which nobody waits any more: who asks next asks anew.
    pub(super) fn leave(&mut self, since: Instant) {
        self.waiting -= 1;
        self.count(since);
        if self.waiting == 0 && matches!(self.step, Step::Pausing(_)) {
            self.stop();
        }
    }

    fn stop(&mut self) {
        self.step = Step::Nothing;
        self.delays = None;
    }
}
