//! A token that is fetched once and shared, until it is no good any more.

use std::error::Error;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout_at};

use super::{BoxError, Token, unprocessed};
use crate::transport::Elapsed;
use crate::{BoxFuture, RetryPolicy};

type Shared = Arc<dyn Error + Send + Sync>;
type Ask = dyn Fn() -> BoxFuture<'static, Result<Token, BoxError>> + Send + Sync;

/// How long a refresh may take if nobody says otherwise: less than a call may, so that a call learns of a refresh
/// that hangs.
const TIMEOUT: Duration = Duration::from_secs(20);

/// What a refresh is held to.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// For each attempt.
    pub(super) timeout: Duration,
    pub(super) retries: u32,
    /// Whether to try again whatever the error is.
    pub(super) is_safe: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: TIMEOUT, retries: 2, is_safe: false }
    }
}

pub(super) struct Refresh {
    ask: Box<Ask>,
    /// Locked while the token is fetched, so that there is no task but the caller's.
    state: Mutex<State>,
    /// How often it was fetched, or failed to be.
    rounds: AtomicU64,
}

#[derive(Default)]
struct State {
    last: Option<Result<Token, Shared>>,
    /// A refresh that a call has started and not ended, since it was dropped or has run out of time. The next one
    /// goes on with it: what it has sent may be good for one time only.
    started: Option<Started>,
}

struct Started {
    refresh: BoxFuture<'static, Result<Token, BoxError>>,
    /// How long it may still be waited for. The time in which nobody does is not counted: it cannot go on then.
    left: Duration,
}

impl Refresh {
    pub(super) fn new(
        ask: impl Fn() -> BoxFuture<'static, Result<Token, BoxError>> + Send + Sync + 'static,
    ) -> Self {
        Self { ask: Box::new(ask), state: Mutex::default(), rounds: AtomicU64::new(0) }
    }

    pub(super) async fn secret(
        &self,
        rejected: Option<&SecretString>,
        limits: Limits,
    ) -> Result<SecretString, Shared> {
        let before = self.rounds.load(Ordering::SeqCst);
        let mut state = self.state.lock().await;
        // What came or failed while this call waited is for it, too, even a token that has expired already or that
        // is the rejected one again: to ask once for each call that waits would keep all of them waiting, and add
        // to the trouble of who is asked.
        let waited = self.rounds.load(Ordering::SeqCst) != before;
        match &state.last {
            Some(Ok(token)) if waited || token.is_good(rejected) => {
                return Ok(token.secret.clone());
            }
            Some(Err(error)) if waited => return Err(Arc::clone(error)),
            _ => {}
        }
        let asked = self.asked(&mut state.started, limits).await.map_err(Shared::from);
        self.rounds.fetch_add(1, Ordering::SeqCst);
        state.last.insert(asked).as_ref().map(|token| token.secret.clone()).map_err(Arc::clone)
    }

    /// Returns a token, or the error of the last attempt to fetch one.
    async fn asked(
        &self,
        started: &mut Option<Started>,
        limits: Limits,
    ) -> Result<Token, BoxError> {
        let mut delays = RetryPolicy::default().retries(limits.retries).delays();
        loop {
            let error = match self.attempt(started, limits.timeout).await {
                Ok(token) => return Ok(token),
                Err(error) => error,
            };
            if !limits.is_safe && !unprocessed::is_unprocessed(&*error) {
                return Err(error);
            }
            let Some(delay) = delays.next() else { return Err(error) };
            sleep(delay).await;
        }
    }

    /// Goes on with what has been started, or starts it.
    async fn attempt(
        &self,
        started: &mut Option<Started>,
        timeout: Duration,
    ) -> Result<Token, BoxError> {
        let left =
            started.get_or_insert_with(|| Started { refresh: (self.ask)(), left: timeout }).left;
        let mut wait = Wait { started, since: Instant::now() };
        // The timer belongs to this call: the runtime of the one that has started the refresh may be gone.
        let result = match wait.since.checked_add(left) {
            Some(deadline) => timeout_at(deadline, poll_fn(|cx| wait.poll(cx))).await,
            None => Ok(poll_fn(|cx| wait.poll(cx)).await),
        };
        result.unwrap_or_else(|_| {
            *wait.started = None;
            Err(Elapsed::Refresh(timeout).into())
        })
    }
}

/// A call that waits for a refresh.
struct Wait<'a> {
    started: &'a mut Option<Started>,
    since: Instant,
}

impl Wait<'_> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Token, BoxError>> {
        // Taken out for the time, so that one that panics is not polled again.
        let Some(mut started) = self.started.take() else { return Poll::Pending };
        let result = started.refresh.as_mut().poll(cx);
        if result.is_pending() {
            *self.started = Some(started);
        }
        result
    }
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        if let Some(started) = self.started {
            started.left = started.left.saturating_sub(self.since.elapsed());
        }
    }
}

#[cfg(test)]
mod tests;
