//! Bodies that are read as they arrive, from servers that do as they like.

mod common;

use std::time::Duration;

use bindery_runtime::{Bytes, Download, Error, ErrorKind, Failure, Response};
use common::{LIST, Script};

async fn open(url: &str) -> Result<Response, Failure> {
    let builder = common::builder(url).size_limit(10).timeout(Duration::from_secs(5));
    let client = builder.attempt_timeout(Duration::from_millis(300)).build().unwrap();
    client.request(&LIST).open(|status| status == 200).await
}

async fn download(url: &str) -> Download {
    unread(open(url).await.unwrap())
}

/// The body, which nobody has read yet.
fn unread(response: Response) -> Download {
    response.download::<(), ()>(|response| panic!("{response:?}")).unwrap()
}

/// All bytes up to the end or an error.
async fn read(mut download: Download) -> (Vec<u8>, Option<Failure>) {
    let mut all = Vec::new();
    loop {
        match download.chunk().await {
            Ok(Some(piece)) => all.extend_from_slice(&piece),
            Ok(None) => return (all, None),
            Err(failure) => {
                assert_eq!(download.chunk().await.unwrap(), None::<Bytes>, "an error is the end");
                return (all, Some(failure));
            }
        }
    }
}

#[tokio::test]
async fn a_body_may_be_larger_than_the_limit() {
    let answer: &[u8] =
        b"HTTP/1.1 200 OK\r\nx-name: a\r\ncontent-length: 16\r\n\r\n0123456789abcdef";
    let (url, _) = common::scripted(vec![Script::Bytes(answer)]).await;
    let download = download(&url).await;
    assert_eq!((download.status().as_u16(), download.attempts()), (200, 1));
    assert_eq!(
        (&download.headers()["x-name"], download.remaining()),
        (&"a".parse().unwrap(), Some(16))
    );
    let shown = format!("{download:?}");
    assert!(shown.contains("status: 200") && !shown.contains("0123"), "{shown}");
    let (all, failure) = read(download).await;
    assert!(failure.is_none());
    assert_eq!(all, b"0123456789abcdef");
}

#[tokio::test]
async fn an_endless_body_is_read_as_long_as_one_likes() {
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let (url, _) = common::scripted(vec![Script::Endless(head, b"400\r\n")]).await;
    let mut download = download(&url).await;
    let mut all = 0;
    while all < 100_000 {
        all += download.chunk().await.unwrap().unwrap().len();
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_or_stalls_is_an_error_after_what_arrived() {
    let broken: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nabc";
    let (url, _) = common::scripted(vec![Script::Bytes(broken)]).await;
    let (all, failure) = read(download(&url).await).await;
    let error: bindery_runtime::Error<()> = failure.unwrap().into();
    assert_eq!((all.as_slice(), error.status().unwrap().as_u16()), (&b"abc"[..], 200));
    assert!(matches!(error.kind(), ErrorKind::Transport(_)) && !error.is_timeout(), "{error:?}");

    let url = common::raw(broken, Duration::from_secs(30)).await;
    let (all, failure) = read(download(&url).await).await;
    let error: bindery_runtime::Error<()> = failure.unwrap().into();
    assert_eq!(all, b"abc");
    assert!(error.is_timeout(), "{error:?}");
    assert!(error.to_string().contains("timed out: a piece of the body may take "), "{error}");
}

#[tokio::test]
async fn another_status_is_read_as_a_whole_within_the_limit() {
    let small: &[u8] = b"HTTP/1.1 404 No\r\ncontent-length: 2\r\n\r\n{}";
    let large: &[u8] = b"HTTP/1.1 404 No\r\ncontent-length: 11\r\n\r\n12345678901";
    let (url, _) = common::scripted(vec![Script::Bytes(small), Script::Bytes(large)]).await;
    let response = open(&url).await.unwrap();
    assert_eq!(response.body(), &b"{}"[..]);
    let error = response.download(|response| Err::<(), _>(response.error_of("no"))).unwrap_err();
    assert_eq!(error.api(), Some(&"no"));
    let error: Error<()> = open(&url).await.unwrap_err().into();
    assert!(matches!(error.kind(), ErrorKind::TooLarge(10)), "{error:?}");
}

/// A body whose pieces come after so many seconds each, and no faster than they are asked for.
struct Slow(Vec<u64>, Option<std::pin::Pin<Box<tokio::time::Sleep>>>);

impl http_body::Body for Slow {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        let Some(seconds) = self.0.first().copied() else { return std::task::Poll::Ready(None) };
        let pause = || Box::pin(tokio::time::sleep(Duration::from_secs(seconds)));
        std::task::ready!(self.1.get_or_insert_with(pause).as_mut().poll(cx));
        self.1 = None;
        self.0.remove(0);
        std::task::Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(b"x")))))
    }
}

/// A download whose pieces may take 10 seconds each.
async fn slow(seconds: &'static [u64]) -> Download {
    let client = common::in_memory(move |_, _| async move {
        let body = bindery_runtime::Body::wrap(Slow(seconds.to_vec(), None));
        Ok(bindery_runtime::http::Response::new(body))
    });
    let client = client.attempt_timeout(Duration::from_secs(10)).build().unwrap();
    unread(client.request(&LIST).open(|status| status == 200).await.unwrap())
}

#[tokio::test(start_paused = true)]
async fn only_time_that_is_spent_waiting_for_a_piece_counts() {
    let mut download = slow(&[1, 9, 9, 1]).await;
    for _ in 0..4 {
        // What the caller does with a piece may take as long as it likes.
        tokio::time::sleep(Duration::from_secs(3600)).await;
        assert_eq!(download.chunk().await.unwrap().unwrap(), "x");
    }
    assert_eq!(download.chunk().await.unwrap(), None);

    let mut download = slow(&[9, 11]).await;
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert!(download.chunk().await.is_ok());
    tokio::time::sleep(Duration::from_secs(3600)).await;
    let start = tokio::time::Instant::now();
    let error: bindery_runtime::Error<()> = download.chunk().await.unwrap_err().into();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(start.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn whoever_gives_a_piece_up_and_asks_later_has_not_waited_meanwhile() {
    let mut download = slow(&[9]).await;
    let second = Duration::from_secs(1);
    assert!(tokio::time::timeout(second, download.chunk()).await.is_err());
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(download.chunk().await.unwrap().unwrap(), "x");
}
