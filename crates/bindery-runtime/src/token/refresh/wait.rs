//! A call that waits for a refresh, and drives it when it is polled.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use secrecy::SecretString;
use tokio::time::{Instant, Sleep, sleep_until};

use super::super::unprocessed::is_cancelled;
use super::step::{Attempt, State, Step};
use super::{Limits, Refresh, Shared};
use crate::transport::Elapsed;

/// How long to wait at least for a call that polls the attempt just now.
const SHORTEST: Duration = Duration::from_millis(1);

/// An attempt on its way through a poll.
struct Taken {
    attempt: Attempt,
    begun_by: u64,
    timeout: Duration,
}

/// What a call does next.
enum Next {
    Done(Result<SecretString, Shared>),
    Poll(Taken),
    /// None if nothing but the attempt ends it.
    Sleep(Option<Duration>),
}

pub(super) struct Wait<'r> {
    refresh: &'r Refresh,
    limits: Limits,
    number: u64,
    since: Instant,
    /// How many rounds there had been. What comes or fails while this call waits is for it, too, even a token that has
    /// expired already or that is the rejected one again: to ask once for each call that waits would keep all of
    /// them waiting, and add to the trouble of who is asked.
    rounds: u64,
    /// It belongs to this call: the runtime of the one that has begun the refresh may be gone.
    timer: Option<Pin<Box<Sleep>>>,
    /// Whether it has begun anew what another call had begun.
    has_begun_anew: bool,
}

impl<'r> Wait<'r> {
    pub(super) fn new(refresh: &'r Refresh, state: &mut State, limits: Limits) -> Self {
        state.waiting += 1;
        state.calls += 1;
        let (number, rounds, since) = (state.calls, state.rounds, Instant::now());
        Self { refresh, limits, number, since, rounds, timer: None, has_begun_anew: false }
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<SecretString, Shared>> {
        // Before anything else, so that nothing that happens from now on is missed.
        self.refresh.wakers.register(self.number, cx.waker());
        loop {
            let time = match self.next() {
                Next::Done(result) => return Poll::Ready(result),
                Next::Poll(attempt) => match self.drive(attempt) {
                    Some(time) => Some(time),
                    None => continue,
                },
                Next::Sleep(time) => time,
            };
            if self.sleep(time, cx).is_pending() {
                return Poll::Pending;
            }
        }
    }

    fn next(&self) -> Next {
        let mut state = self.refresh.state();
        if let Some(result) = state.result().filter(|_| state.rounds != self.rounds) {
            return Next::Done(result);
        }
        if matches!(state.step, Step::Pausing(Some(until)) if until <= Instant::now()) {
            state.step = Step::Nothing;
        }
        if matches!(state.step, Step::Nothing) {
            state.step = self.begin();
        }
        let left = state.count(self.since);
        match &mut state.step {
            Step::Fetching { attempt, begun_by, timeout, .. } => match attempt.take() {
                Some(attempt) => {
                    Next::Poll(Taken { attempt, begun_by: *begun_by, timeout: *timeout })
                }
                // Another call is at it, and may be polled no more after that.
                None => Next::Sleep(Some(left.max(SHORTEST))),
            },
            Step::Pausing(until) => {
                Next::Sleep(until.map(|it| it.saturating_duration_since(Instant::now())))
            }
            Step::Nothing => Next::Sleep(None),
        }
    }

    fn begin(&self) -> Step {
        let ask = Arc::clone(&self.refresh.ask);
        Step::Fetching {
            attempt: Some(Box::pin(async move { ask().await })),
            begun_by: self.number,
            timeout: self.limits.timeout,
            left: self.limits.timeout,
            counted: Instant::now(),
        }
    }

    /// Polls an attempt. Returns how long it may still take if it is not done.
    fn drive(&mut self, Taken { mut attempt, begun_by, timeout }: Taken) -> Option<Duration> {
        let waker = Waker::from(Arc::clone(&self.refresh.wakers));
        let polled = catch_unwind(AssertUnwindSafe(|| {
            attempt.as_mut().poll(&mut Context::from_waker(&waker))
        }));
        // What another call has begun may be bound to a runtime that is gone by now. The panic of its timers, or the
        // error of its tasks, is all that says so.
        let may_be_gone = match &polled {
            Ok(Poll::Ready(Err(error))) => is_cancelled(&**error),
            Ok(_) => false,
            Err(_) => true,
        };
        let begins_anew = may_be_gone && begun_by != self.number && !self.has_begun_anew;
        let mut state = self.refresh.state();
        let result = match polled {
            Ok(Poll::Ready(result)) if !begins_anew => result,
            Ok(Poll::Pending) => match state.count(self.since) {
                Duration::ZERO => Err(Elapsed::Refresh(timeout).into()),
                left => {
                    state.keep(attempt);
                    return Some(left);
                }
            },
            ended => {
                // Whoever takes the next step begins anew.
                self.has_begun_anew |= begins_anew;
                state.step = Step::Nothing;
                drop(state);
                self.refresh.wakers.wake_all();
                if let Some(panic) = ended.err().filter(|_| !begins_anew) {
                    resume_unwind(panic);
                }
                return None;
            }
        };
        state.settle(result, self.limits);
        drop(state);
        self.refresh.wakers.wake_all();
        None
    }

    fn sleep(&mut self, time: Option<Duration>, cx: &mut Context<'_>) -> Poll<()> {
        // Too far away to be told is never.
        let Some(until) = time.and_then(|time| Instant::now().checked_add(time)) else {
            return Poll::Pending;
        };
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(until)));
        timer.as_mut().reset(until);
        timer.as_mut().poll(cx)
    }
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        self.refresh.wakers.forget(self.number);
        self.refresh.state().leave(self.since);
    }
}
