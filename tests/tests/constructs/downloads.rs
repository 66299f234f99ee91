//! A file that is too large for memory.

use client::runtime::{self, http};
use client::{ApiError, Client, ErrorKind, Streamed as _};

const SIZE: usize = 9 * 1024 * 1024;

/// A client whose vendor has one file, of 9 MiB.
fn client() -> Client {
    let transport = runtime::transport_fn(|request: http::Request<_>, _| async move {
        let (status, body) = match request.uri().path() {
            "/files/large" => (200, vec![b'x'; SIZE]),
            "/files/odd" => (202, Vec::new()),
            _ => (404, br#"{"message":"no such file"}"#.to_vec()),
        };
        Ok(http::Response::builder().status(status).body(body.into()).unwrap())
    });
    Client::builder().transport(transport).build().unwrap()
}

#[tokio::test]
async fn a_file_is_read_as_it_arrives_and_not_beyond_the_limit_otherwise() {
    let client = client();
    let whole = client.download("large").await.unwrap_err();
    assert!(matches!(whole.kind(), ErrorKind::TooLarge(_)), "{whole:?}");

    let mut download = client.download("large").send_streaming().await.unwrap();
    let mut size = 0;
    while let Some(piece) = download.chunk().await.unwrap() {
        size += piece.len();
    }
    assert_eq!(size, SIZE);
}

#[tokio::test]
async fn an_error_is_the_documented_one() {
    let client = client();
    let error = client.download("small").send_streaming().await.unwrap_err();
    let Some(ApiError::Problem(problem)) = error.api() else { panic!("{error:?}") };
    assert_eq!(problem.message.as_deref(), Some("no such file"));
    let error = client.download("odd").send_streaming().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Undocumented), "{error:?}");
}
