//! The front for programs that are not asynchronous, and the thread behind it.

#![cfg(feature = "blocking")]

mod common;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use bindery_runtime::{Blocking, Client, Operation, Response, RetryPolicy};
use common::{CREATE, LIST};
use tokio::sync::oneshot;

/// A server that answers so many requests of each connection as if it stayed open, and then closes it. Gives its
/// url, and a word for each connection that is closed.
fn server(requests: usize) -> (String, Receiver<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = common::url(listener.local_addr().unwrap());
    let (closed, closes) = mpsc::channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let closed = closed.clone();
            thread::spawn(move || {
                for _ in 0..requests {
                    let _ = stream.read(&mut [0; 4096]);
                    let _ =
                        stream.write_all(b"HTTP/1.1 204 Done\r\nkeep-alive: timeout=60\r\n\r\n");
                }
                // After the call, when nobody waits for anything.
                thread::sleep(IDLE);
                drop(stream);
                let _ = closed.send(());
            });
        }
    });
    (url, closes)
}

fn send(blocking: &Blocking, client: &Client, operation: &'static Operation) -> Response {
    let mut request = client.request(operation);
    if operation.path.contains("{team_id}") {
        request.path("team_id", "t");
    }
    blocking.run(request.send()).unwrap().unwrap()
}

/// How long a connection is idle before it is closed.
const IDLE: Duration = Duration::from_millis(3);

/// Long enough for a thread to hear of a connection that was closed on this machine.
const NOTICED: Duration = Duration::from_millis(20);

#[test]
fn no_call_goes_out_on_a_connection_that_was_closed_between_calls() {
    let (url, closes) = server(1);
    let client = common::builder(url).retry(RetryPolicy::default()).build().unwrap();
    let blocking = Blocking::new().unwrap();
    // No POST may be sent again, so that each is to arrive with the first attempt; and a GET is not to pay for what
    // is no fault of the server's.
    for operation in [&CREATE; 30].into_iter().chain([&LIST; 5]) {
        assert_eq!(send(&blocking, &client, operation).attempts(), 1, "{}", operation.id);
        closes.recv().unwrap();
        thread::sleep(NOTICED);
    }
}

#[test]
fn threads_share_one_and_a_panic_of_one_is_its_own() {
    let (url, _) = server(100);
    let client = common::client(url);
    let blocking = Blocking::new().unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let panics =
                        AssertUnwindSafe(|| blocking.run(async { panic!("a call's own") }));
                    assert!(catch_unwind(panics).is_err());
                    assert_eq!(send(&blocking, &client, &LIST).status(), 204);
                }
            });
        }
    });
}

#[test]
fn a_future_may_borrow_and_stay_on_its_thread() {
    let blocking = Blocking::new().unwrap();
    let here = std::rc::Rc::new(std::cell::Cell::new(thread::current().id()));
    let waited = async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        here.get()
    };
    assert_eq!(blocking.run(waited).unwrap(), thread::current().id());
}

#[test]
fn the_thread_has_a_name_and_ends_with_it() {
    let blocking = Blocking::new().unwrap();
    let (alive, ended) = mpsc::channel::<()>();
    let name = blocking.run(async {
        tokio::spawn(async move {
            let _alive = alive;
            std::future::pending::<()>().await;
        });
        tokio::spawn(async { thread::current().name().map(str::to_owned) }).await.unwrap()
    });
    assert_eq!(name.unwrap().unwrap(), "bindery-io");
    assert_eq!(ended.try_recv(), Err(TryRecvError::Empty));
    drop(blocking);
    assert_eq!(ended.try_recv(), Err(TryRecvError::Disconnected), "what it ran is gone at once");
}

#[tokio::test]
async fn it_may_be_made_and_dropped_in_an_asynchronous_program() {
    let blocking = Blocking::new().unwrap();
    let error = blocking.run(async {}).unwrap_err().to_string();
    assert!(error.contains("asynchronous") && error.contains("use `.await`"), "{error}");
    drop(blocking);
}

/// Until now, the error told a thread that may wait to use `.await`, which it cannot.
#[test]
fn a_thread_that_may_wait_is_told_how() {
    let (url, _) = server(3);
    let client = common::client(url);
    let blocking = Arc::new(Blocking::new().unwrap());
    let runtimes = [
        tokio::runtime::Builder::new_current_thread(),
        tokio::runtime::Builder::new_multi_thread(),
    ];
    for mut runtime in runtimes {
        let runtime = runtime.enable_all().build().unwrap();
        let (client, blocking) = (client.clone(), Arc::clone(&blocking));
        let status = runtime.block_on(async move {
            let of_task = Arc::clone(&blocking);
            let refused = async move { of_task.run(async {}).unwrap_err() };
            assert!(tokio::spawn(refused).await.unwrap().to_string().contains("use `.await`"));
            let call = move || {
                let refused = blocking.run(async {}).unwrap_err().to_string();
                assert!(refused.ends_with("`tokio::runtime::Handle::current().block_on(…)` if this is a thread of `spawn_blocking`"), "{refused}");
                tokio::runtime::Handle::current().block_on(client.request(&LIST).send())
            };
            tokio::task::spawn_blocking(call).await.unwrap().unwrap().status()
        });
        assert_eq!(status, 204);
    }
}

#[test]
fn its_own_thread_may_be_the_last_that_has_it() {
    let blocking = Arc::new(Blocking::new().unwrap());
    let (last, (now, told), (gone, result)) =
        (Arc::clone(&blocking), oneshot::channel::<()>(), mpsc::channel());
    let spawned = blocking.run(async move {
        drop(tokio::spawn(async move {
            let _ = told.await;
            drop(last);
            let _ = gone.send(());
        }));
    });
    spawned.unwrap();
    drop(blocking);
    now.send(()).unwrap();
    assert_eq!(result.recv_timeout(Duration::from_secs(20)), Ok(()));
}

#[test]
fn calls_of_several_threads_wait_for_each_other_when_they_have_to() {
    let blocking = Blocking::new().unwrap();
    let turn = Mutex::new(0);
    let (ping, mut pinged) = tokio::sync::mpsc::channel::<u32>(1);
    let (pong, mut ponged) = tokio::sync::mpsc::channel::<u32>(1);
    thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..200 {
                blocking.run(ping.send(round)).unwrap().unwrap();
                *turn.lock().unwrap() = blocking.run(ponged.recv()).unwrap().unwrap();
            }
        });
        for _ in 0..200 {
            let round = blocking.run(pinged.recv()).unwrap().unwrap();
            blocking.run(pong.send(round)).unwrap().unwrap();
        }
    });
    assert_eq!(*turn.lock().unwrap(), 199);
}
