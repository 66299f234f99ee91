//! What a server of HTTP/2 says of requests that it did not act on.

#![cfg(feature = "http2")]

mod common;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bindery_runtime::{ClientBuilder, Failure, Operation, Response, RetryPolicy};
use common::{CREATE, LIST};
use tokio::io::{self, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What the server does with one request.
#[derive(Clone, Copy)]
enum Reply {
    /// It resets the stream, with this code.
    Reset(u32),
    /// It says that it looks at streams up to this one and at no more, with this code, and hangs up.
    GoAway(u32, u32),
    /// Nothing, until there are others.
    Wait,
}

use Reply::{GoAway, Reset, Wait};

// Codes of errors (RFC 9113 §7).
const NO_ERROR: u32 = 0;
const REFUSED_STREAM: u32 = 7;
const CANCEL: u32 = 8;
const ENHANCE_YOUR_CALM: u32 = 11;

type Replies = Arc<Mutex<VecDeque<Reply>>>;

/// A server that replies in turn, and with 204 when there is nothing more to say. Gives a client of it.
async fn server(replies: &[Reply]) -> ClientBuilder {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = common::url(listener.local_addr().unwrap());
    let replies: Replies = Arc::new(Mutex::new(replies.iter().copied().collect()));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&replies)));
        }
    });
    common::builder(url)
        .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
        .configure(|http| http.http2_prior_knowledge())
}

/// The frames of a connection, by hand, since what the server does here no library for servers does.
async fn serve(mut stream: TcpStream, replies: Replies) -> io::Result<()> {
    const HEADERS: u8 = 1;
    const SETTINGS: u8 = 4;
    stream.read_exact(&mut [0; 24]).await?;
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        io::copy(&mut (&mut stream).take(length.into()), &mut io::sink()).await?;
        if (head[3], head[4]) == (SETTINGS, 0) {
            stream.write_all(&frame(SETTINGS, 1, 0, &[])).await?;
        }
        if head[3] != HEADERS {
            continue;
        }
        let reply = replies.lock().unwrap().pop_front();
        match reply {
            Some(Reset(code)) => stream.write_all(&frame(3, 0, id, &code.to_be_bytes())).await?,
            Some(GoAway(last, code)) => {
                let payload = [last.to_be_bytes(), code.to_be_bytes()].concat();
                stream.write_all(&frame(7, 0, 0, &payload)).await?;
                stream.shutdown().await?;
                // To close with something unread would take back what was written.
                return io::copy(&mut stream, &mut io::sink()).await.map(drop);
            }
            Some(Wait) => {}
            // `:status: 204` of the static table, the end of the headers and of the stream.
            None => stream.write_all(&frame(HEADERS, 5, id, &[0x89])).await?,
        }
    }
}

fn frame(kind: u8, flags: u8, id: u32, payload: &[u8]) -> Vec<u8> {
    let [_, length @ ..] = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[..], &[kind, flags], &id.to_be_bytes(), payload].concat()
}

async fn send(builder: ClientBuilder, operation: &'static Operation) -> Result<Response, Failure> {
    let client = builder.build().unwrap();
    let mut request = client.request(operation);
    if operation.path.contains("{team_id}") {
        request.path("team_id", "t");
    }
    request.send().await
}

#[tokio::test]
async fn a_request_that_was_refused_unread_is_sent_again_whatever_it_is() {
    for reply in [Reset(REFUSED_STREAM), GoAway(0, NO_ERROR), GoAway(0, ENHANCE_YOUR_CALM)] {
        for operation in [&CREATE, &LIST] {
            // It costs nothing of the budget either.
            let builder = server(&[reply; 2]).await.retry_budget(0);
            assert_eq!(send(builder, operation).await.unwrap().attempts(), 3);
        }
        let error = send(server(&[reply; 3]).await, &CREATE).await.unwrap_err();
        let error = bindery_runtime::Error::<()>::from(error);
        assert_eq!(error.attempts(), 3, "no more often than any other");
        assert!(error.to_string().contains("the server refused the request unread"), "{error}");
    }
}

#[tokio::test]
async fn a_request_that_may_have_been_acted_upon_is_not() {
    // The first stream is the last that the server looks at.
    for reply in [Reset(CANCEL), Reset(NO_ERROR), GoAway(1, NO_ERROR), GoAway(1, CANCEL)] {
        let error = send(server(&[reply]).await, &CREATE).await.unwrap_err();
        let error = bindery_runtime::Error::<()>::from(error);
        assert_eq!(error.attempts(), 1, "{error}");
        assert_eq!(send(server(&[reply]).await, &LIST).await.unwrap().attempts(), 2);
    }
}

/// A server that shuts down in order tells all streams of a connection at once.
#[tokio::test]
async fn a_connection_that_ends_takes_no_call_with_it() {
    let mut replies = [Wait; 30];
    replies[29] = GoAway(0, NO_ERROR);
    let client = server(&replies).await.build().unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..30 {
        let mut request = client.request(&CREATE);
        request.path("team_id", "t");
        calls.spawn(request.send());
    }
    for result in calls.join_all().await {
        assert_eq!(result.unwrap().attempts(), 2);
    }
}
