//! Calls of several runtimes that need one token, of which some are gone.

use super::*;

/// What a refresh waits for ends with the runtime in which it began. Until now, the next call panicked.
#[test]
fn a_refresh_whose_runtime_is_gone_is_begun_anew() {
    let (refresh, asked) = counting(0, None);
    let run = |patience| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let call = async { tokio::time::timeout(patience, secret(&refresh, None)).await };
        runtime.block_on(call)
    };
    assert!(run(Duration::from_millis(50)).is_err());
    assert_eq!(run(Duration::from_secs(60)), Ok(Ok("t2".to_owned())));
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

/// Until now, the next call got the error of a task that nobody runs any more.
#[test]
fn a_refresh_that_waits_for_a_task_of_a_runtime_that_is_gone_is_begun_anew() {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let refresh = Refresh::new(move || {
        let round = counter.fetch_add(1, Ordering::SeqCst) + 1;
        Box::pin(async move {
            let sleep = tokio::time::sleep(Duration::from_secs(1));
            let token = tokio::spawn(async move {
                sleep.await;
                Token::new(format!("t{round}"))
            });
            token.await.map_err(|error| std::io::Error::other(error).into())
        })
    });
    let run = |patience| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let call = async { tokio::time::timeout(patience, secret(&refresh, None)).await };
        runtime.block_on(call)
    };
    assert!(run(Duration::from_millis(50)).is_err());
    assert_eq!(run(Duration::from_secs(60)), Ok(Ok("t2".to_owned())));
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

/// A task that its own call ends is no sign of a runtime that is gone, and asked for once.
#[tokio::test(start_paused = true)]
async fn a_refresh_that_ends_its_own_task_is_an_error() {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let refresh = Refresh::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            let task = tokio::spawn(std::future::pending::<Token>());
            task.abort();
            Ok(task.await?)
        })
    });
    assert!(secret(&refresh, None).await.unwrap_err().ends_with("was cancelled"));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

/// What it has sent may be good for one time only.
#[test]
fn a_refresh_whose_runtime_is_there_goes_on_in_another() {
    let (refresh, asked) = counting(0, None);
    let runtime = || {
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
    };
    let (one, other) = (runtime(), runtime());
    let short =
        async { tokio::time::timeout(Duration::from_millis(50), secret(&refresh, None)).await };
    assert!(one.block_on(short).is_err());
    assert_eq!(other.block_on(secret(&refresh, None)).unwrap(), "t1");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}
