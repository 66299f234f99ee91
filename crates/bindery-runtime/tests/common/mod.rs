//! What the tests share: an API of three operations, written as a generated crate writes it, and
//! servers on the loopback interface.

#![allow(dead_code, reason = "each test binary uses a part")]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use bindery_runtime as runtime;
use serde::Deserialize;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

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
    accept: Some("application/json"),
};

pub(crate) static LIST: runtime::Operation = runtime::Operation {
    id: "list_invites",
    method: runtime::Method::GET,
    path: "/v1/invites",
    accept: Some("application/json"),
};

pub(crate) static REVOKE: runtime::Operation = runtime::Operation {
    id: "revoke_invites",
    method: runtime::Method::DELETE,
    path: "/v1/invites",
    accept: None,
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

/// A proxy of the environment must not come between.
pub(crate) fn builder(base_url: impl AsRef<str>) -> runtime::ClientBuilder {
    runtime::ClientBuilder::new(&SETTINGS).base_url(base_url).configure(|http| http.no_proxy())
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
