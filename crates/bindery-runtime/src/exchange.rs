//! One call: attempts, until one is good or no other may follow.

mod attempt;

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use secrecy::SecretString;
use tokio::time::{Instant, sleep};

use crate::credential::Proof;
use crate::error::{Context, ErrorKind, Failure};
use crate::request::Wire;
use crate::span::Span;
use crate::transport::Elapsed;
use crate::{Client, Operation, Response, retry};
use attempt::{Ending, Limit, Read, attempt, by};

pub(crate) async fn run(
    client: &Client,
    operation: &'static Operation,
    wire: Wire,
) -> Result<Response, Failure> {
    let span = Span::new(operation);
    let deadline = Limit::from_now(wire.limits.timeout, Elapsed::Call);
    let tokens = Vec::new();
    let mut exchange =
        Exchange { client, operation, wire, deadline, tokens, attempts: 0, span: span.clone() };
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
    span: Span,
}

impl Exchange<'_> {
    async fn run(&mut self) -> Result<Response, Failure> {
        let mut delays = self.wire.limits.retry.delays();
        let mut renewed = false;
        loop {
            let mut ending = self.once(false).await;
            if !renewed && self.rejected(&ending) {
                renewed = true;
                ending = self.once(true).await;
            }
            match self.pause(&ending, &mut delays) {
                Some(pause) => sleep(pause).await,
                None => return self.finish(ending),
            }
        }
    }

    /// One attempt, with the credentials of the moment, within its time.
    async fn once(&mut self, rejected: bool) -> Ending {
        let attempt_timeout = self.wire.limits.attempt_timeout;
        let limit = attempt_timeout.and_then(|time| Limit::from_now(time, Elapsed::Attempt));
        let limit = [self.deadline, limit].into_iter().flatten().min_by_key(|limit| limit.at);
        let credentials = match by(limit, self.credentials(rejected)).await {
            Ok(Ok(credentials)) => credentials,
            Ok(Err(error)) => return Ending::error(ErrorKind::Credential(error)),
            Err(timeout) => return Ending::error(ErrorKind::Transport(timeout)),
        };
        self.attempts = self.attempts.saturating_add(1);
        attempt(self.client, self.operation, &self.wire, credentials, self.attempts, limit).await
    }

    /// Asks the sources of credentials, and tells them if the vendor has rejected the last ones.
    async fn credentials(&mut self, rejected: bool) -> Result<Vec<Proof>, crate::CredentialError> {
        let sources = &self.client.shared().sources;
        let mut proofs = Vec::with_capacity(sources.len());
        let last = std::mem::take(&mut self.tokens);
        for (index, source) in sources.iter().enumerate() {
            let rejected = if rejected { last.get(index) } else { None };
            let (proof, secret) = source.proof(rejected).await?;
            proofs.push(proof);
            self.wire.secrets.push(secret.clone());
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
        &self,
        ending: &Ending,
        delays: &mut impl Iterator<Item = Duration>,
    ) -> Option<Duration> {
        let shared = self.client.shared();
        let verdict = self.wire.verdict;
        let again = match (&ending.body, &ending.head) {
            (Ok(_), Some((status, headers))) => verdict.after_answer(*status, headers),
            (Err(ErrorKind::Transport(error)), _) => verdict.after_error(error),
            _ => false,
        };
        if !again {
            // A failure that may not be tried again must not pay for those that may.
            if ending.body.is_ok() && !ending.status().is_some_and(retry::is_failure) {
                shared.budget.refund();
            }
            return None;
        }
        let after = ending.headers().and_then(|all| retry::retry_after(all, SystemTime::now()));
        let pause = self.wire.limits.retry.wait(delays.next()?, after)?;
        // Rather the answer now than no time for another attempt later.
        let left = self.deadline.map(|limit| limit.at.duration_since(Instant::now()));
        (left.is_none_or(|left| left > pause) && shared.budget.take()).then_some(pause)
    }

    fn finish(&mut self, ending: Ending) -> Result<Response, Failure> {
        let secrets = std::mem::take(&mut self.wire.secrets);
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
                let span = self.span.clone();
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

type Head = (StatusCode, HeaderMap);
