//! A token that is fetched once and shared, until it is no good any more.
//!
//! Each call that waits drives what is under way, so that it goes on as long as any of them is polled, and so that one
//! which is not holds up no other. No lock is held while the caller's future is polled.

mod step;
mod wait;
mod wakers;

use std::error::Error;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::SecretString;

use super::{BoxError, Token};
use crate::BoxFuture;
use step::{State, Step};
use wait::Wait;
use wakers::Wakers;

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
    ask: Arc<Ask>,
    state: Mutex<State>,
    wakers: Arc<Wakers>,
}

impl Refresh {
    pub(super) fn new(
        ask: impl Fn() -> BoxFuture<'static, Result<Token, BoxError>> + Send + Sync + 'static,
    ) -> Self {
        Self { ask: Arc::new(ask), state: Mutex::default(), wakers: Arc::default() }
    }

    pub(super) async fn secret(
        &self,
        rejected: Option<&SecretString>,
        limits: Limits,
    ) -> Result<SecretString, Shared> {
        match self.known(rejected, limits) {
            Ok(secret) => Ok(secret),
            Err(mut wait) => poll_fn(move |cx| wait.poll(cx)).await,
        }
    }

    /// Returns the secret there is, or what waits for another one.
    fn known(
        &self,
        rejected: Option<&SecretString>,
        limits: Limits,
    ) -> Result<SecretString, Wait<'_>> {
        let mut state = self.state();
        match &state.last {
            // While another one is fetched, this one is no good. Who waits and is not polled says nothing of it.
            Some(Ok(token)) if matches!(state.step, Step::Nothing) && token.is_good(rejected) => {
                Ok(token.secret.clone())
            }
            _ => Err(Wait::new(self, &mut state, limits)),
        }
    }

    /// A call that panics leaves nothing half done.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
