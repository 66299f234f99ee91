//! What the tests share: an API of three operations, written as a generated crate writes it, and
//! servers on the loopback interface.

#![allow(dead_code, reason = "each test binary uses a part")]

pub(crate) mod vendor;

use std::collections::BTreeMap;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bindery_runtime as runtime;
use bindery_runtime::{Bytes, http};
use serde::Deserialize;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const SECRET: &str = "sk-t0p/s3cret+key==";

static SETTINGS: runtime::Settings = runtime::Settings {
    name: "bindery-example",
    version: "1.2.3",
    base_url: None,
    headers: &[("example-version", "2023-06-01")],
};

pub(crate) static CREATE: runtime::Operation = runtime::Operation {
    id: "create_invite",
    method: runtime::Method::POST,
    path: "/v1/teams/{team_id}/invites",
    server: None,
    accept: Some("application/json"),
    idempotent: false,
};

pub(crate) static LIST: runtime::Operation = runtime::Operation {
    id: "list_invites",
    method: runtime::Method::GET,
    path: "/v1/invites",
    server: None,
    accept: Some("application/json"),
    idempotent: true,
};

pub(crate) static REVOKE: runtime::Operation = runtime::Operation {
    id: "revoke_invites",
    method: runtime::Method::DELETE,
    path: "/v1/invites",
    server: None,
    accept: None,
    idempotent: true,
};

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Invite {
    pub(crate) id: String,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Problem {
    pub(crate) message: String,
}

/// The errors of an operation, by status.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ListError {
    BadRequest(Problem),
    Conflict(BTreeMap<String, Invite>),
    Gone(Vec<Invite>),
}

pub(crate) type ListResult = Result<Option<Invite>, runtime::Error<ListError>>;

/// A proxy of the environment must not come between, and what is not about retries has none.
pub(crate) fn builder(base_url: impl AsRef<str>) -> runtime::ClientBuilder {
    runtime::ClientBuilder::new(&SETTINGS)
        .base_url(base_url)
        .retry(runtime::RetryPolicy::none())
        .configure(|http| http.no_proxy())
}

/// A builder that is told nothing of the HTTP client.
pub(crate) fn unconfigured(base_url: impl AsRef<str>) -> runtime::ClientBuilder {
    runtime::ClientBuilder::new(&SETTINGS).base_url(base_url).retry(runtime::RetryPolicy::none())
}

/// A client without a network: requests go to a function.
pub(crate) fn in_memory<T>(
    answer: impl Fn(http::Request<Bytes>, runtime::CallContext) -> T + Send + Sync + 'static,
) -> runtime::ClientBuilder
where
    T: Future<Output = runtime::TransportResult> + Send + 'static,
{
    runtime::ClientBuilder::new(&SETTINGS)
        .base_url("https://api.example.com")
        .transport(runtime::transport_fn(answer))
}

/// An answer with a body in JSON.
pub(crate) fn json(status: u16, body: &'static str) -> http::Response<runtime::Body> {
    http::Response::builder().status(status).body(body.into()).unwrap()
}

pub(crate) fn client(base_url: impl AsRef<str>) -> runtime::Client {
    builder(base_url).credential(runtime::Credential::header("x-api-key", SECRET)).build().unwrap()
}

/// An operation as a generated crate ends it.
pub(crate) async fn list(client: &runtime::Client) -> ListResult {
    let response = client.request(&LIST).send().await?;
    match response.status().as_u16() {
        200 => response.json().map(Some),
        204 => response.empty().map(|()| None),
        400 => Err(response.error_with(ListError::BadRequest)),
        409 => Err(response.error_with(ListError::Conflict)),
        410 => Err(response.error_with(ListError::Gone)),
        _ => Err(response.undocumented()),
    }
}

/// Everything that an error shows of itself and of its causes.
pub(crate) fn shown<E>(error: &runtime::Error<E>) -> String {
    let mut shown = format!("{error} {error:?} {error:#?} {:?}", error.kind());
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        shown.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    shown
}

/// A server that reads one request, answers with these bytes and, after a while, hangs up.
pub(crate) async fn raw(answer: &'static [u8], hold: Duration) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = [0; 4096];
        let _ = stream.read(&mut head).await;
        let _ = stream.write_all(answer).await;
        tokio::time::sleep(hold).await;
    });
    url(address)
}

pub(crate) fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}

/// What a server does with one connection.
#[derive(Clone, Copy)]
pub(crate) enum Script {
    /// It reads a request, answers with these bytes and hangs up.
    Bytes(&'static [u8]),
    /// It reads a request and says nothing.
    Stall,
    /// It answers with a head, and then with chunks of 1 KiB until nobody listens, each after these
    /// bytes.
    Endless(&'static [u8], &'static [u8]),
}

/// A server that does with each connection what stands in its script, and counts them.
pub(crate) async fn scripted(scripts: Vec<Script>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = url(listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    tokio::spawn(async move {
        for script in scripts {
            let Ok((stream, _)) = listener.accept().await else { return };
            counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(play(stream, script));
        }
    });
    (url, count)
}

async fn play(mut stream: TcpStream, script: Script) {
    let mut head = [0; 4096];
    let _ = stream.read(&mut head).await;
    match script {
        Script::Bytes(answer) => {
            let _ = stream.write_all(answer).await;
        }
        // The client hangs up first.
        Script::Stall => {
            let _ = stream.read(&mut head).await;
        }
        Script::Endless(start, before) => {
            let chunk = [before, &[b'x'; 1024], if before.is_empty() { b"" } else { b"\r\n" }];
            let chunk = chunk.concat();
            let mut alive = stream.write_all(start).await.is_ok();
            while alive {
                alive = stream.write_all(&chunk).await.is_ok();
            }
        }
    }
}
