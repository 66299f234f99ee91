//! Hundreds of calls at once, against a server on this machine that does to each request what chance has it do.
//!
//! `BINDERY_LOAD_SEED` repeats a run: the seed of one that fails stands in its output.

mod common;

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bindery_runtime::{Client, Error, ErrorKind, Operation, RetryPolicy};
use common::{CREATE, LIST};
use fastrand::Rng;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What the server does with a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reply {
    Good,
    /// A status without a word on when to come back.
    Fails(u16),
    /// A status with `Retry-After`, in seconds.
    Later(u16, u16),
    /// It hangs up without an answer.
    HangsUp,
    /// It announces more than it sends.
    BreaksOff,
    Stalls,
}

use Reply::{BreaksOff, Fails, Good, HangsUp, Later, Stalls};

impl Reply {
    /// Whether the request may be sent again although it is no idempotent one.
    fn has_not_acted(self) -> bool {
        matches!(self, Later(..))
    }

    /// Whether to send the request again takes from the budget.
    fn is_paid(self) -> bool {
        !matches!(self, Good | Later(_, 1..))
    }
}

/// By the number of a call, what was done to its requests.
type Log = Arc<Mutex<HashMap<usize, Vec<Reply>>>>;

struct Server {
    url: String,
    log: Log,
}

/// Replies by the choice of `choose`, and closes some of the connections after an answer.
async fn server(mut rng: Rng, choose: fn(&mut Rng, Duration) -> Reply) -> Server {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = common::url(listener.local_addr().unwrap());
    let log = Log::default();
    let (server, start) = (Server { url, log: Arc::clone(&log) }, Instant::now());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (rng, log) = (rng.fork(), Arc::clone(&log));
            tokio::spawn(serve(stream, rng, log, move |rng| choose(rng, start.elapsed())));
        }
    });
    server
}

async fn serve(
    mut stream: TcpStream,
    mut rng: Rng,
    log: Log,
    choose: impl Fn(&mut Rng) -> Reply,
) -> io::Result<()> {
    while let Some(call) = request(&mut stream).await? {
        let reply = choose(&mut rng);
        log.lock().unwrap().entry(call).or_default().push(reply);
        let answer = match reply {
            Good => "HTTP/1.1 204 Done\r\n\r\n".to_owned(),
            Fails(status) => format!("HTTP/1.1 {status} No\r\ncontent-length: 0\r\n\r\n"),
            Later(status, after) => {
                format!(
                    "HTTP/1.1 {status} Later\r\nretry-after: {after}\r\ncontent-length: 0\r\n\r\n"
                )
            }
            BreaksOff => "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_owned(),
            HangsUp => String::new(),
            // Until the client hangs up.
            Stalls => return stream.read(&mut [0; 1]).await.map(drop),
        };
        stream.write_all(answer.as_bytes()).await?;
        if matches!(reply, BreaksOff | HangsUp) || rng.u8(..) < 64 {
            break;
        }
    }
    Ok(())
}

/// The number of the call whose request comes next, none if the client has hung up.
async fn request(stream: &mut TcpStream) -> io::Result<Option<usize>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    let head = String::from_utf8(head).map_err(io::Error::other)?;
    let (_, call) = head.split_once("x-call: ").unwrap();
    Ok(call.split("\r\n").next().and_then(|call| call.parse().ok()))
}

fn rng(what: &str) -> Rng {
    let seed = std::env::var("BINDERY_LOAD_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    println!("{what}: BINDERY_LOAD_SEED={seed}");
    Rng::with_seed(seed)
}

/// Makes so many calls at once. Gives for each the status in the end, or the error, and the number of its attempts.
async fn calls(
    client: &Client,
    operations: impl IntoIterator<Item = &'static Operation>,
) -> Vec<(usize, Result<u16, Error<()>>, u32)> {
    let mut calls = JoinSet::new();
    for (call, operation) in operations.into_iter().enumerate() {
        let mut request = client.request(operation);
        if operation.path.contains("{team_id}") {
            request.path("team_id", "t");
        }
        request.header("x-call", &call);
        calls.spawn(async move {
            match request.send().await {
                Ok(response) => (call, Ok(response.status().as_u16()), response.attempts()),
                Err(failure) => {
                    let error = Error::from(failure);
                    let attempts = error.attempts();
                    (call, Err(error), attempts)
                }
            }
        });
    }
    let all = tokio::time::timeout(Duration::from_secs(30), calls.join_all());
    all.await.expect("nothing hangs")
}

fn client(url: &str, retry_budget: u32) -> Client {
    let retry = RetryPolicy::default().base_delay(Duration::from_millis(5));
    let builder = common::builder(url).retry(retry).retry_budget(retry_budget);
    builder.attempt_timeout(Duration::from_millis(600)).build().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_ends_as_its_requests_say() {
    let server = server(rng("chance"), |rng, time| match rng.u8(..100) {
        0..50 => Good,
        50..60 => Fails(rng.choice([408, 429, 500, 503]).unwrap()),
        60..70 => Later(rng.choice([429, 503]).unwrap(), 0),
        // Only at first, so that the test is short.
        70..76 if time < Duration::from_millis(100) => Later(rng.choice([429, 503]).unwrap(), 1),
        70..85 => HangsUp,
        85..97 => BreaksOff,
        97.. => Stalls,
    })
    .await;
    let operations = (0..200).map(|call| if call % 2 == 0 { &LIST } else { &CREATE });
    let ended = calls(&client(&server.url, 60), operations).await;
    assert_eq!(ended.len(), 200);
    let log = server.log.lock().unwrap();
    for (call, result, attempts) in ended {
        let replies = log.get(&call).map(Vec::as_slice).unwrap_or_default();
        let shown = format!("call {call}: {result:?} after {attempts} attempts: {replies:?}");
        // A request that finds its connection closed is an attempt that the server sees nothing of.
        assert!((1..=3).contains(&attempts) && replies.len() <= attempts as usize, "{shown}");
        if let Err(error) = &result {
            assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{shown}");
        }
        let Some((last, before)) = replies.split_last() else { continue };
        if call % 2 == 1 {
            assert!(before.iter().all(|reply| reply.has_not_acted()), "{shown}");
        }
        match (result, last) {
            (Ok(status), Good) => assert_eq!(status, 204, "{shown}"),
            (Ok(status), Fails(said) | Later(said, _)) => assert_eq!(status, *said, "{shown}"),
            (Err(_), HangsUp | BreaksOff | Stalls) => {}
            // An answer that comes too late on a machine that is busy, or an attempt that the server saw nothing of.
            (Err(error), _) if error.is_timeout() || replies.len() < attempts as usize => {}
            _ => panic!("{shown}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_gets_no_more_requests_than_the_budget_allows() {
    let server = server(rng("outage"), |rng, _| match rng.u8(..4) {
        0 => Fails(503),
        1 => Later(503, 0),
        2 => HangsUp,
        _ => BreaksOff,
    })
    .await;
    let (client, start) = (client(&server.url, 10), Instant::now());
    let ended = calls(&client, [&LIST; 300]).await;
    assert!(ended.iter().all(|(_, result, _)| !matches!(result, Ok(204))));
    // What time gives back in it: the whole budget in a minute.
    let filled = start.elapsed().as_secs_f64() / 6.0;
    let log = server.log.lock().unwrap();
    assert!(log.values().flatten().all(|reply| reply.is_paid()));
    // All that follows a first attempt: the server sees nothing of those that find their connection closed.
    let paid: u32 = ended.iter().map(|(_, _, attempts)| attempts - 1).sum();
    assert!(log.values().map(Vec::len).sum::<usize>() <= ended.len() + paid as usize);
    assert!(paid >= 10 && f64::from(paid) <= 10.0 + filled, "{paid} retries");
}
