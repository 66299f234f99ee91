//! One call: attempts, until one is good or no other may follow.

mod attempt;
mod wire;

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::{Instant, sleep};

use crate::credential::{Proof, Source};
use crate::error::{Context, ErrorKind, Failure};
use crate::retry::Repeatability;
use crate::span::Span;
use crate::transport::Elapsed;
use crate::{Client, CredentialError, Operation, Response, retry};
use attempt::{Ending, Limit, Read, attempt, by};
pub(crate) use wire::Wire;

pub(crate) async fn run(
    client: &Client,
    operation: &'static Operation,
    wire: Wire,
) -> Result<Response, Failure> {
    let span = Span::new(operation);
    let timeout = wire.limits.timeout_of(wire.body.len());
    let deadline = Limit::from_now(timeout, Elapsed::Call);
    let mut exchange = Exchange {
        client,
        operation,
        wire,
        deadline,
        tokens: Vec::new(),
        attempts: 0,
        paid: 0,
        span: span.clone(),
    };
    let result = span.around(exchange.run()).await;
    span.finish(&result, exchange.attempts);
    result
}

struct Exchange<'c> {
    client: &'c Client,
    operation: &'static Operation,
    wire: Wire,
    /// None if it is too far away to be told.
    deadline: Option<Limit>,
    /// What the sources of credentials gave for the last attempt.
    tokens: Vec<SecretString>,
    attempts: u32,
    /// How many of them the budget has paid for.
    paid: u32,
    span: Span,
}

impl Exchange<'_> {
    async fn run(&mut self) -> Result<Response, Failure> {
        let mut delays = self.wire.limits.retry.delays();
        let mut renewed = false;
        loop {
            let mut ending = match self.credentials(&[]).await {
                Ok(proofs) => self.attempt(proofs).await,
                Err(ending) => ending,
            };
            if !renewed && self.rejected(&ending) {
                renewed = true;
                ending = self.again(ending).await;
            }
            match self.pause(&ending, &mut delays) {
                Some(pause) => sleep(pause).await,
                None => return self.finish(ending),
            }
        }
    }

    /// Another attempt after the credentials were rejected, if a source has another secret. To the same, the
    /// vendor would say the same.
    async fn again(&mut self, rejected: Ending) -> Ending {
        let last = std::mem::take(&mut self.tokens);
        match self.credentials(&last).await {
            Ok(proofs) if !last.iter().zip(&self.tokens).all(|(a, b)| is_same(a, b)) => {
                self.attempt(proofs).await
            }
            Ok(_) => rejected,
            Err(ending) => ending,
        }
    }

    /// One attempt, within its time.
    async fn attempt(&mut self, credentials: Vec<Proof>) -> Ending {
        let attempt_timeout = self.wire.limits.attempt_timeout;
        let limit = attempt_timeout.and_then(|time| Limit::from_now(time, Elapsed::Attempt));
        let limit = [self.deadline, limit].into_iter().flatten().min_by_key(|limit| limit.at);
        self.attempts = self.attempts.saturating_add(1);
        attempt(self.client, self.operation, &self.wire, credentials, self.attempts, limit).await
    }

    /// Asks the sources of credentials, within the time of the call, and tells them what the vendor has rejected.
    async fn credentials(&mut self, rejected: &[SecretString]) -> Result<Vec<Proof>, Ending> {
        let asked = by(self.deadline, self.ask(rejected)).await;
        let asked = asked.map_err(|timeout| Ending::error(ErrorKind::Transport(timeout)))?;
        asked.map_err(|error| Ending::error(ErrorKind::Credential(error)))
    }

    async fn ask(&mut self, rejected: &[SecretString]) -> Result<Vec<Proof>, CredentialError> {
        let sources = &self.client.shared().sources;
        let mut proofs = Vec::with_capacity(sources.len());
        self.tokens.clear();
        for (index, source) in sources.iter().enumerate() {
            let (proof, secret) = source.proof(rejected.get(index)).await?;
            proofs.push(proof);
            hide(&mut self.wire.secrets, secret.clone());
            self.tokens.push(secret);
        }
        Ok(proofs)
    }

    /// Whether the vendor wants another credential, and there may be one.
    fn rejected(&self, ending: &Ending) -> bool {
        ending.status() == Some(StatusCode::UNAUTHORIZED)
            && !self.client.shared().sources.is_empty()
    }

    /// How long to wait for the next attempt, if there is to be one.
    fn pause(
        &mut self,
        ending: &Ending,
        delays: &mut impl Iterator<Item = Duration>,
    ) -> Option<Duration> {
        let shared = self.client.shared();
        let repeatability = self.wire.repeatability;
        let after = ending.headers().and_then(|all| retry::retry_after(all, SystemTime::now()));
        let again = match (&ending.body, ending.status()) {
            (Ok(_), Some(status)) => {
                let policy = &self.wire.limits.retry;
                let also = ending.headers().is_some_and(|all| policy.takes(status, all));
                repeatability.after_answer(status, after)
                    || (also && repeatability == Repeatability::Idempotent)
            }
            (Err(ErrorKind::Transport(error)), _) => repeatability.after_error(error),
            _ => false,
        };
        if !again {
            // A failure that may not be tried again must not pay for those that may.
            if ending.body.is_ok() && !ending.status().is_some_and(retry::is_failure) {
                shared.budget.refund(self.paid);
            }
            return None;
        }
        let left = self.deadline.map(|limit| limit.at.duration_since(Instant::now()));
        let pause = self.wire.limits.retry.wait(delays.next()?, after, left)?;
        if is_free(ending, after) {
            return Some(pause);
        }
        let affords = shared.budget.take();
        self.paid += u32::from(affords);
        affords.then_some(pause)
    }

    fn finish(&mut self, ending: Ending) -> Result<Response, Failure> {
        let mut secrets = std::mem::take(&mut self.wire.secrets);
        // The server may know those that earlier calls have sent, and those that others send meanwhile.
        let past = self.client.shared().sources.iter().flat_map(Source::past);
        past.for_each(|secret| hide(&mut secrets, secret));
        let redactor = self.client.shared().redactor.with(secrets);
        let (operation, attempts) = (self.operation.id, self.attempts);
        let context = Context::unsent(operation).after(attempts);
        let body = ending.body.map_err(|kind| match kind {
            ErrorKind::Transport(error) => ErrorKind::Transport(error.without_secrets(&redactor)),
            kind => kind,
        });
        match (ending.head, body) {
            (Some((status, headers)), Ok(body)) => {
                let (body, rest) = match body {
                    Read::Whole(body) => (body, None),
                    Read::Open(rest) => (Bytes::new(), Some(rest)),
                };
                let limits = &self.wire.limits;
                let patience = limits.attempt_timeout.unwrap_or_else(|| limits.timeout_of(0));
                let (rest, span) = (rest.map(|rest| (rest, patience)), self.span.clone());
                Ok(Response { redactor, operation, attempts, status, headers, body, rest, span })
            }
            (Some((status, headers)), Err(kind)) => {
                Err(Failure::new(context.with_head(status, headers), kind))
            }
            (None, Err(kind)) => Err(Failure::new(context, kind)),
            // No body comes without a head.
            (None, Ok(_)) => Err(Failure::new(context, ErrorKind::Undocumented)),
        }
    }
}

/// Whether the budget need not pay for another attempt: the vendor has asked to wait, or has refused the request
/// unread. Both are bounded by the retries of the call, and neither says that the vendor is down.
fn is_free(ending: &Ending, after: Option<Duration>) -> bool {
    match &ending.body {
        Err(ErrorKind::Transport(error)) => error.is_unprocessed() && !error.is_connect(),
        _ => after.is_some_and(|after| !after.is_zero()),
    }
}

/// Adds a secret to those that nothing may show, unless it is one of them.
fn hide(secrets: &mut Vec<SecretString>, secret: SecretString) {
    if !secrets.iter().any(|it| is_same(it, &secret)) {
        secrets.push(secret);
    }
}

fn is_same(a: &SecretString, b: &SecretString) -> bool {
    a.expose_secret() == b.expose_secret()
}

type Head = (StatusCode, HeaderMap);
