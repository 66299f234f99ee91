//! A token that is had once and shared, until it is no good any more.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use secrecy::SecretString;
use tokio::sync::Mutex;

use super::{BoxError, Token};
use crate::BoxFuture;

type Shared = Arc<dyn Error + Send + Sync>;
type Ask = dyn Fn() -> BoxFuture<'static, Result<Token, BoxError>> + Send + Sync;

pub(super) struct Refresh {
    ask: Box<Ask>,
    /// Locked while the token is had, so that there is no task but the caller's.
    last: Mutex<Option<Result<Token, Shared>>>,
    /// How often it was had, or failed to be.
    rounds: AtomicU64,
}

impl Refresh {
    pub(super) fn new(
        ask: impl Fn() -> BoxFuture<'static, Result<Token, BoxError>> + Send + Sync + 'static,
    ) -> Self {
        Self { ask: Box::new(ask), last: Mutex::default(), rounds: AtomicU64::new(0) }
    }

    pub(super) async fn secret(
        &self,
        rejected: Option<&SecretString>,
    ) -> Result<SecretString, Shared> {
        let before = self.rounds.load(Ordering::SeqCst);
        let mut last = self.last.lock().await;
        // What came or failed while this call waited is for it, too, even a token that is the rejected one
        // again: to ask once for each call that waits would keep all of them waiting, and add to the
        // trouble of who is asked.
        let waited = self.rounds.load(Ordering::SeqCst) != before;
        let rejected = rejected.filter(|_| !waited);
        match &*last {
            Some(Ok(token)) if token.is_good(rejected) => return Ok(token.secret.clone()),
            Some(Err(error)) if waited => return Err(Arc::clone(error)),
            _ => {}
        }
        let asked = (self.ask)().await.map_err(Shared::from);
        self.rounds.fetch_add(1, Ordering::SeqCst);
        last.insert(asked).as_ref().map(|token| token.secret.clone()).map_err(Arc::clone)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;
    use std::time::Duration;

    use secrecy::ExposeSecret as _;

    use super::*;

    /// Gives `t1`, `t2` and so on, each after a second; the first `failures` times nothing.
    fn counting(failures: u32, life: Option<Duration>) -> (Refresh, Arc<AtomicU32>) {
        let asked = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&asked);
        let refresh = Refresh::new(move || {
            let round = counter.fetch_add(1, Ordering::SeqCst) + 1;
            Box::pin(async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                if round <= failures {
                    return Err(format!("no {round}").into());
                }
                let token = Token::new(format!("t{round}"));
                Ok(match life {
                    Some(life) => token.expires_in(life),
                    None => token,
                })
            })
        });
        (refresh, asked)
    }

    async fn secret(refresh: &Refresh, rejected: Option<&str>) -> Result<String, String> {
        let rejected = rejected.map(SecretString::from);
        let secret = refresh.secret(rejected.as_ref()).await;
        secret.map(|s| s.expose_secret().to_owned()).map_err(|error| error.to_string())
    }

    #[tokio::test(start_paused = true)]
    async fn calls_at_the_same_time_share_one_token() {
        let (refresh, asked) = counting(0, None);
        let (a, b, c) =
            tokio::join!(secret(&refresh, None), secret(&refresh, None), secret(&refresh, None));
        assert_eq!([a, b, c], ["t1", "t1", "t1"].map(|token| Ok(token.to_owned())));
        // Both had the token that was rejected. Another one has replaced it already.
        let (a, b) = tokio::join!(secret(&refresh, Some("t1")), secret(&refresh, Some("t1")));
        assert_eq!([a, b], ["t2", "t2"].map(|token| Ok(token.to_owned())));
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn calls_at_the_same_time_share_one_failure_and_the_next_asks_again() {
        let (refresh, asked) = counting(1, None);
        let (a, b) = tokio::join!(secret(&refresh, None), secret(&refresh, None));
        assert_eq!([a, b], ["no 1", "no 1"].map(|error| Err(error.to_owned())));
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        assert_eq!(secret(&refresh, None).await.unwrap(), "t2");
    }

    #[tokio::test(start_paused = true)]
    async fn calls_at_the_same_time_share_a_token_that_is_rejected_again() {
        let asked = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&asked);
        let refresh = Refresh::new(move || {
            counter.fetch_add(1, Ordering::SeqCst);
            Box::pin(async {
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok(Token::new("same"))
            })
        });
        let again = || secret(&refresh, Some("same"));
        let (a, b, c) = tokio::join!(again(), again(), again());
        assert_eq!([a, b, c], ["same"; 3].map(|token| Ok(token.to_owned())));
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        assert_eq!(again().await.unwrap(), "same");
        assert_eq!(asked.load(Ordering::SeqCst), 2, "the next call asks anew");
    }

    #[tokio::test(start_paused = true)]
    async fn a_token_that_has_expired_is_not_used() {
        let (refresh, _) = counting(0, Some(Duration::from_secs(60)));
        assert_eq!(secret(&refresh, None).await.unwrap(), "t1");
        tokio::time::advance(Duration::from_secs(59)).await;
        assert_eq!(secret(&refresh, None).await.unwrap(), "t1");
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(secret(&refresh, None).await.unwrap(), "t2");
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_is_dropped_leaves_the_others_a_start() {
        let (refresh, asked) = counting(0, None);
        let half = Duration::from_millis(500);
        let dropped = tokio::time::timeout(half, secret(&refresh, None));
        let (dropped, other) = tokio::join!(dropped, secret(&refresh, None));
        assert!(dropped.is_err());
        assert_eq!(other.unwrap(), "t2");
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }
}
