//! A call of what no operation describes.

use std::convert::Infallible;

use serde::Serialize;

use super::Sending;
use crate::{Bytes, CallOptions, Client, Method, Operation, Request, Response};

/// What errors and layers know such calls by, a name for each method.
static OPERATIONS: [Operation; 8] = [
    Operation::new("GET", Method::GET, "").idempotent(),
    Operation::new("HEAD", Method::HEAD, "").idempotent(),
    Operation::new("PUT", Method::PUT, "").idempotent(),
    Operation::new("DELETE", Method::DELETE, "").idempotent(),
    Operation::new("OPTIONS", Method::OPTIONS, "").idempotent(),
    Operation::new("TRACE", Method::TRACE, "").idempotent(),
    Operation::new("POST", Method::POST, ""),
    Operation::new("PATCH", Method::PATCH, ""),
];

/// A method that HTTP does not define, of which nothing is sent.
static UNKNOWN: Operation = Operation::new("unknown method", Method::GET, "");

/// A call of something that the vendor offers and this crate does not describe: with the credentials, retries and
/// limits of the client, and to its base url alone.
///
/// ```
/// use bindery_runtime::{Client, Error, Method};
/// use serde_json::{Value, json};
///
/// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// let response = client
///     .raw(Method::POST, "/beta/things")
///     .query("dry_run", &true)
///     .json(&json!({ "name": "A" }))
///     .send()
///     .await?;
/// if response.status().is_success() {
///     let thing: Value = response.json::<_, ()>()?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "nothing is sent until `send` is awaited"]
pub struct RawCall(Request);

impl RawCall {
    pub(crate) fn new(client: &Client, method: &Method, path: &str) -> Self {
        let known = OPERATIONS.iter().find(|it| it.method == *method);
        let mut request = client.request(known.unwrap_or(&UNKNOWN));
        request.raw(known.is_some(), path);
        Self(request)
    }

    /// One more query parameter: a scalar, or a list, which repeats the name.
    pub fn query<T: Serialize + ?Sized>(mut self, name: &str, value: &T) -> Self {
        self.0.query(name, value);
        self
    }

    /// One more header. That of the credential cannot be replaced.
    pub fn header<T: Serialize + ?Sized>(mut self, name: &str, value: &T) -> Self {
        self.0.header(name, value);
        self
    }

    /// The body, in JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        self.0.json(body);
        self
    }

    /// The body, byte for byte.
    pub fn body(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.0.bytes(media_type, body);
        self
    }

    /// Changes how this call is made, see [`Call::with_options`](super::Call::with_options).
    pub fn with_options(mut self, change: impl FnOnce(CallOptions) -> CallOptions) -> Self {
        self.0.change_options(change);
        self
    }

    /// Sends the request. An answer of any status is one.
    ///
    /// # Errors
    ///
    /// When the request cannot be sent, or when no complete answer comes.
    pub fn send(self) -> Sending<Response, Infallible> {
        Sending::whole(self.0, Ok)
    }
}
