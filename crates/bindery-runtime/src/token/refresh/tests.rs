//! Calls that need a token at the same time, and one after the other.

use std::io::ErrorKind::ConnectionRefused;
use std::sync::atomic::{AtomicU32, Ordering};

use secrecy::ExposeSecret as _;
use tokio::time::Instant;

use super::*;

mod runtimes;

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
    let secret = refresh.secret(rejected.as_ref(), Limits::default()).await;
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

/// Every call asks for the token in vain; the others wait, and get what comes.
#[tokio::test(start_paused = true)]
async fn a_token_that_comes_expired_is_used_once_by_those_that_waited() {
    let (refresh, asked) = counting(0, Some(Duration::ZERO));
    let start = Instant::now();
    let calls = [(); 5].map(|()| secret(&refresh, None));
    let [a, b, c, d, e] = calls;
    let (a, b, c, d, e) = tokio::join!(a, b, c, d, e);
    assert_eq!([a, b, c, d, e], ["t1"; 5].map(|token| Ok(token.to_owned())));
    assert_eq!(start.elapsed(), Duration::from_secs(1));
    assert_eq!(secret(&refresh, None).await.unwrap(), "t2");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

/// What it has sent may be good for one time only. Until now, the next call started anew.
#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_leaves_its_refresh_to_the_others() {
    let (refresh, asked) = counting(0, None);
    let half = Duration::from_millis(500);
    let start = Instant::now();
    let dropped = tokio::time::timeout(half, secret(&refresh, None));
    let (dropped, other) = tokio::join!(dropped, secret(&refresh, None));
    assert!(dropped.is_err());
    assert_eq!(other.unwrap(), "t1");
    assert_eq!(start.elapsed(), Duration::from_secs(1));
    // And if nobody waits beside it, to the next one, however late.
    let dropped = tokio::time::timeout(half, secret(&refresh, Some("t1"))).await;
    assert!(dropped.is_err());
    tokio::time::advance(Duration::from_secs(3600)).await;
    assert_eq!(secret(&refresh, Some("t1")).await.unwrap(), "t2");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_hangs_ends_however_many_calls_give_up_before() {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let refresh = Refresh::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::pending())
    });
    for _ in 0..3 {
        let call = tokio::time::timeout(Duration::from_secs(5), secret(&refresh, None));
        assert!(call.await.is_err());
        tokio::time::advance(Duration::from_secs(3600)).await;
    }
    let start = Instant::now();
    let (a, b) = tokio::join!(secret(&refresh, None), secret(&refresh, None));
    assert_eq!([a, b], ["a refresh may take 20s"; 2].map(|error| Err(error.to_owned())));
    assert_eq!(start.elapsed(), Duration::from_secs(5));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert!(secret(&refresh, None).await.is_err());
    assert_eq!(asked.load(Ordering::SeqCst), 2, "the next call starts anew");
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_panics_does_so_once() {
    let asked = AtomicU32::new(0);
    let refresh = Arc::new(Refresh::new(move || {
        let first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            assert!(!first, "the caller's own");
            Ok(Token::new("t"))
        })
    }));
    let call = Arc::clone(&refresh);
    assert!(tokio::spawn(async move { secret(&call, None).await }).await.is_err());
    assert_eq!(secret(&refresh, None).await.unwrap(), "t");
}

/// A call whose task does something else holds nobody up. Until now, it was waited for.
#[tokio::test(start_paused = true)]
async fn a_call_that_is_polled_no_more_holds_up_no_other() {
    let (refresh, asked) = counting(0, None);
    let mut first = Box::pin(secret(&refresh, None));
    let half = Duration::from_millis(500);
    assert!(tokio::time::timeout(half, &mut first).await.is_err());
    let start = Instant::now();
    assert_eq!(secret(&refresh, None).await.unwrap(), "t1");
    assert_eq!(start.elapsed(), half);
    // Nor does it make the others ask again for what they have.
    for _ in 0..5 {
        assert_eq!(secret(&refresh, None).await.unwrap(), "t1");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    // Nor does one that waited beside another, and whom the answer would have woken.
    let mut waiting: Vec<_> = (0..3).map(|_| Box::pin(secret(&refresh, Some("t1")))).collect();
    for call in &mut waiting {
        assert!(tokio::time::timeout(Duration::from_millis(10), call).await.is_err());
    }
    assert_eq!(secret(&refresh, Some("t1")).await.unwrap(), "t2");
    for call in waiting {
        assert_eq!(call.await.unwrap(), "t2");
    }
    assert_eq!(first.await.unwrap(), "t2");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

/// Calls of tasks on several threads, of which each gives up after another time.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_on_many_threads_all_end() {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let refresh = Arc::new(Refresh::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        Box::pin(async {
            for _ in 0..20 {
                tokio::time::sleep(Duration::from_millis(2)).await;
                tokio::task::yield_now().await;
            }
            Ok(Token::new("t"))
        })
    }));
    let calls = (0..200).map(|at| {
        let refresh = Arc::clone(&refresh);
        let patience =
            if at % 2 == 0 { Duration::from_millis(at) } else { Duration::from_secs(60) };
        tokio::spawn(async move { tokio::time::timeout(patience, secret(&refresh, None)).await })
    });
    for (at, call) in calls.collect::<Vec<_>>().into_iter().enumerate() {
        let result = call.await.unwrap();
        assert!(at % 2 == 0 || result == Ok(Ok("t".to_owned())), "{at}: {result:?}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

/// How often a refresh is made that fails, with the time that it takes.
async fn attempts(error: fn() -> BoxError, limits: Limits) -> (u32, Duration) {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let refresh = Refresh::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Err(error()) })
    });
    let start = Instant::now();
    assert!(refresh.secret(None, limits).await.is_err());
    (asked.load(Ordering::SeqCst), start.elapsed())
}

#[tokio::test(start_paused = true)]
async fn it_is_tried_again_if_nobody_has_acted_or_if_that_is_safe() {
    let refused: fn() -> BoxError = || std::io::Error::from(ConnectionRefused).into();
    let other: fn() -> BoxError = || "invalid_grant".into();
    let usual = Limits::default();
    let (count, time) = attempts(refused, usual).await;
    assert_eq!(count, 3);
    assert!(time >= Duration::from_millis(750) && time < Duration::from_secs(2), "{time:?}");
    assert_eq!(attempts(refused, Limits { retries: 0, ..usual }).await.0, 1);
    assert_eq!(attempts(other, usual).await.0, 1);
    assert_eq!(attempts(other, Limits { is_safe: true, retries: 4, ..usual }).await.0, 5);
}
