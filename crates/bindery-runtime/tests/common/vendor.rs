//! A vendor in memory, who does with each request what stands in a list.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bindery_runtime::{Body, ClientBuilder, TransportError, http};
use tokio::time::Instant;

use super::json;

/// What a vendor does with one request.
#[derive(Clone, Copy)]
pub(crate) enum Reply {
    Status(u16),
    RetryAfter(u16, &'static str),
    Refused,
    Unread,
    Reset,
    Stalls,
}

use Reply::{Refused, Reset, RetryAfter, Stalls, Status, Unread};

/// When each request came, and the idempotency key that it had.
pub(crate) type Log = Arc<Mutex<Vec<(Duration, Option<String>)>>>;

/// A vendor who replies in turn, and with 200 when there is nothing more to say.
pub(crate) fn vendor(replies: &[Reply]) -> (ClientBuilder, Log) {
    let replies = Mutex::new(VecDeque::from(replies.to_vec()));
    let log = Log::default();
    let seen = Arc::clone(&log);
    let start = Instant::now();
    let builder = super::in_memory(move |request, _| {
        let key = request.headers().get("idempotency-key");
        let key = key.map(|key| key.to_str().unwrap().to_owned());
        seen.lock().unwrap().push((start.elapsed(), key));
        let reply = replies.lock().unwrap().pop_front().unwrap_or(Status(200));
        async move {
            match reply {
                Status(status) => Ok(json(status, "{}")),
                RetryAfter(status, after) => {
                    let answer = http::Response::builder().status(status);
                    Ok(answer.header("retry-after", after).body(Body::default()).unwrap())
                }
                Refused => Err(TransportError::connect("refused")),
                Unread => Err(TransportError::unprocessed("refused unread")),
                Reset => Err(TransportError::new("reset")),
                Stalls => std::future::pending().await,
            }
        }
    });
    (builder, log)
}
