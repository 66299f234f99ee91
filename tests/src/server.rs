//! Servers on the loopback interface, and what a client has sent to them.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Longer than any client of a test waits.
const LONG: Duration = Duration::from_secs(60);

/// A server with one answer to everything.
#[derive(Debug)]
pub struct Server(MockServer);

impl Server {
    /// Answers with a status and a body in JSON.
    pub async fn json(status: u16, body: &impl Serialize) -> Self {
        Self::answering(ResponseTemplate::new(status).set_body_json(body)).await
    }

    /// Answers with a status and a body that need not be JSON, whatever its type says.
    pub async fn raw(status: u16, body: &str) -> Self {
        Self::answering(ResponseTemplate::new(status).set_body_raw(body, "application/json")).await
    }

    /// Answers with a redirect.
    pub async fn redirect(status: u16, location: &str) -> Self {
        let answer = ResponseTemplate::new(status).insert_header("location", location);
        Self::answering(answer.set_body_string("moved")).await
    }

    /// Answers with that.
    pub async fn answering(answer: ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        Self(server)
    }

    /// The base url.
    #[must_use]
    pub fn url(&self) -> String {
        self.0.uri()
    }

    /// What has been sent, in order.
    pub async fn all_received(&self) -> Vec<Received> {
        let requests = self.0.received_requests().await.unwrap_or_default();
        requests.iter().map(|it| Received::new(it, *self.0.address())).collect()
    }

    /// What has been sent.
    ///
    /// # Panics
    ///
    /// When there is not exactly one request.
    pub async fn received(&self) -> Received {
        let [one] = <[Received; 1]>::try_from(self.all_received().await)
            .unwrap_or_else(|all| panic!("one request is expected, not {}", all.len()));
        one
    }
}

/// A request as it went over the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// Method, path and query: `POST /v1/invites?limit=1`, encoded as they came.
    pub line: String,
    /// All headers but those that HTTP itself needs, ordered by name.
    pub headers: Vec<(String, String)>,
    /// The body; null if there is none.
    pub body: Value,
}

impl Received {
    fn new(request: &wiremock::Request, server: SocketAddr) -> Self {
        let mut line = format!("{} {}", request.method, request.url.path());
        if let Some(query) = request.url.query() {
            line.extend(["?", query]);
        }
        let mut headers: Vec<_> = request
            .headers
            .iter()
            .map(|(name, value)| {
                (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        headers.sort();
        let needed =
            [("host", server.to_string()), ("content-length", request.body.len().to_string())];
        for (name, value) in needed {
            let values: Vec<_> = headers.extract_if(.., |header| header.0 == name).collect();
            assert_eq!(values, [(name.to_owned(), value)], "HTTP needs this header once");
        }
        let body = serde_json::from_slice(&request.body);
        Self { line, headers, body: body.unwrap_or_default() }
    }

    /// The headers as a test writes them.
    #[must_use]
    pub fn headers(&self) -> Vec<(&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// The value of a header, if it was sent.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().into_iter().find(|header| header.0 == name).map(|header| header.1)
    }
}

/// The base url of a server that reads a request and hangs up without an answer.
///
/// # Panics
///
/// When the loopback interface cannot be used.
pub async fn hanging_up() -> String {
    connecting(|stream| async move { drop(stream) }).await
}

/// The base url of a server that hangs up in the middle of its answer.
///
/// # Panics
///
/// When the loopback interface cannot be used.
pub async fn breaking_off(status: u16) -> String {
    connecting(move |mut stream| async move {
        let head = format!("HTTP/1.1 {status} Odd\r\ncontent-length: 99\r\n\r\n{{\"id\":");
        let _ = stream.write_all(head.as_bytes()).await;
    })
    .await
}

/// The base url of a server that reads a request and never answers.
///
/// # Panics
///
/// When the loopback interface cannot be used.
pub async fn silent() -> String {
    connecting(|stream| async move {
        tokio::time::sleep(LONG).await;
        drop(stream);
    })
    .await
}

/// The base url of a port at which nobody listens.
///
/// # Panics
///
/// When the loopback interface cannot be used.
pub async fn absent() -> String {
    let (_, url) = listen().await;
    url
}

/// Serves one connection, after its first bytes have come.
async fn connecting<F: Future<Output = ()> + Send>(
    serve: impl FnOnce(TcpStream) -> F + Send + 'static,
) -> String {
    let (listener, url) = listen().await;
    tokio::spawn(async move {
        if let Ok((mut stream, _)) = listener.accept().await {
            let mut head = [0; 4096];
            let _ = stream.read(&mut head).await;
            serve(stream).await;
        }
    });
    url
}

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
    let address = listener.local_addr().expect("a listener has an address");
    (listener, format!("http://{address}"))
}
