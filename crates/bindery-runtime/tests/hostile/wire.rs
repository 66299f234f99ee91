//! What is no HTTP, or lies about its length: the bytes of a server on the loopback interface.

use std::time::Duration;

use super::common::{self, Script};
use super::{ending, keyed};

/// How calls end that are answered in turn with these bytes, after each of which the connection is closed. They are
/// of one client: making one reads the certificates of the platform.
async fn answered(answers: &[&'static [u8]]) -> Vec<&'static str> {
    let scripts = answers.iter().map(|it| Script::Bytes(it)).collect();
    endings(scripts, answers.len()).await
}

async fn endings(scripts: Vec<Script>, calls: usize) -> Vec<&'static str> {
    let (url, _) = common::scripted(scripts).await;
    let builder = common::builder(&url).timeout(Duration::from_secs(5));
    let client = keyed(builder.configure(|http| http.pool_max_idle_per_host(0)));
    let mut endings = Vec::new();
    for _ in 0..calls {
        endings.push(ending(&common::list(&client).await));
    }
    endings
}

/// Whether calls end as expected that are answered with these bytes.
async fn check(table: &[(&'static [u8], &str)]) {
    let answers: Vec<&[u8]> = table.iter().map(|(answer, _)| *answer).collect();
    for ((answer, expected), ending) in table.iter().zip(answered(&answers).await) {
        assert_eq!(ending, *expected, "{}", String::from_utf8_lossy(answer));
    }
}

#[tokio::test]
async fn a_length_that_is_wrong_is_no_way_in() {
    check(&[
        // What comes after the length is no part of the answer.
        (&b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"id\":\"i\"}s3cret"[..], "ok"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\ncontent-length: 10\r\n\r\n{\"id\":\"i\"}", "ok"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{\"id\":\"i\"}", "decode"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n{\"id\":\"i\"}", "decode"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{\"id\":\"i\"}", "transport"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\ncontent-length: 9\r\n\r\n{\"id\":\"i\"}", "transport"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{\"id\":\"i\"}", "transport"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: ten\r\n\r\n{\"id\":\"i\"}", "transport"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 18446744073709551616\r\n\r\n{}", "transport"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 18446744073709551610\r\n\r\n{}", "too large"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\na\r\n{\"id\":\"i\"}\r\n0\r\n\r\n", "ok"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\na\r\n{\"id\":\"i\"}", "transport"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n-1\r\n{\"id\":\"i\"}\r\n0\r\n\r\n", "transport"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}", "transport"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{\"id\":\"i\"}\r\n0\r\n\r\n", "transport"),
    ])
    .await;
}

#[tokio::test]
async fn what_is_no_answer_is_an_error() {
    check(&[
        (&b"hello\r\n"[..], "transport"),
        (b"<html>sk-t0p/s3cret+key==</html>", "transport"),
        (b"GET / HTTP/1.1\r\n\r\n", "transport"),
        (b"HTTP/0.9 200 OK\r\n\r\n", "transport"),
        (b"HTTP/2.0 200 OK\r\n\r\n", "transport"),
        (b"HTTP/9.9 200 OK\r\n\r\n", "transport"),
        (b"\x16\x03\x01\x02\x00\x01", "transport"),
        (b"\0\0\0\0\0\0\0\0", "transport"),
        (b"HTTP/1.1 000 sk-t0p/s3cret+key==\r\n\r\n", "transport"),
        (b"HTTP/1.1 099 No\r\n\r\n", "transport"),
        (b"HTTP/1.1 -200 No\r\n\r\n", "transport"),
        (b"HTTP/1.1 1000 No\r\n\r\n", "transport"),
        (b"HTTP/1.1 2x0 No\r\n\r\n", "transport"),
        (b"HTTP/1.1 999 sk-t0p/s3cret+key==\r\ncontent-length: 2\r\n\r\n{}", "undocumented"),
        (b"HTTP/1.1 600 No\r\ncontent-length: 2\r\n\r\n{}", "undocumented"),
        (
            b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
            "undocumented",
        ),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n", "transport"),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "transport"),
        (b"HTTP/1.1 200 OK\r\n: no name\r\n\r\n", "transport"),
        (b"HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n", "transport"),
    ])
    .await;
}

#[tokio::test]
async fn headers_without_end_are_given_up() {
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: y\r\n".repeat(10_000));
    let large = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(2_000_000));
    let scripts = vec![
        Script::Bytes(Box::leak(many.into_boxed_str()).as_bytes()),
        Script::Bytes(Box::leak(large.into_boxed_str()).as_bytes()),
        Script::Endless(b"HTTP/1.1 200 OK\r\nx: ", b""),
        Script::Endless(b"HTTP/1.1 200 OK\r\n", b"x: "),
        Script::Endless(b"", b""),
    ];
    assert_eq!(endings(scripts, 5).await, ["transport"; 5]);
}

#[tokio::test]
async fn a_server_may_hang_up_at_any_point() {
    const GOOD: &[u8] = b"HTTP/1.1 200 OK\r\nx-echo: sk-t0p/s3cret+key==\r\ncontent-length: 10\r\n\r\n{\"id\":\"i\"}";
    let parts: Vec<&[u8]> = (0..GOOD.len()).map(|end| &GOOD[..end]).collect();
    assert_eq!(answered(&parts).await, vec!["transport"; parts.len()]);
    assert_eq!(answered(&[GOOD]).await, ["ok"]);
}
