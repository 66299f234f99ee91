//! The seam between a client and the network, through which callers see and change what passes.

mod cause;
mod error;
mod http;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use reqwest::Body;

use crate::Operation;
pub(crate) use error::Elapsed;
pub use error::TransportError;
pub(crate) use http::{Http, is_unprocessed};

/// A future on the heap, as [`Transport::send`] returns it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a transport gives back: the head of an answer and a body that may still be on its way.
pub type TransportResult = Result<::http::Response<Body>, TransportError>;

/// What carries requests to the vendor. By default that is [`reqwest`].
///
/// [`ClientBuilder::transport`](crate::ClientBuilder::transport) replaces it, for instance by one in
/// memory. [`ClientBuilder::layer`](crate::ClientBuilder::layer) puts another one around it, which
/// adds headers, measures, logs or keeps answers. Both are this trait, and [`transport_fn`] makes
/// one of a function.
///
/// A transport sees each exchange by itself: redirects and retries, time limits and the limit on
/// the size of an answer are the client's and stand above it. It sees the request as it is sent,
/// **credentials included**, because what signs requests or keeps answers apart by account needs
/// them. They are marked as sensitive, so that `Debug` of a header does not show them; a credential
/// of the query stands in the url, which shows it. So a transport has to be as trustworthy as the code
/// that makes the client.
///
/// Dropping the future gives up the exchange.
///
/// ```
/// use std::sync::Arc;
/// use bindery_runtime::{ClientBuilder, transport_fn};
/// # static SETTINGS: bindery_runtime::Settings = bindery_runtime::Settings {
/// #     name: "example", version: "0.1.0", base_url: Some("https://api.example.com"), headers: &[],
/// # };
/// let client = ClientBuilder::new(&SETTINGS).layer(|inner| {
///     transport_fn(move |mut request, call| {
///         request.headers_mut().insert("x-trace", "7".parse().unwrap());
///         let inner = Arc::clone(&inner);
///         async move {
///             let answer = inner.send(request, call).await?;
///             println!("{} attempt {}: {}", call.operation().id, call.attempt(), answer.status());
///             Ok(answer)
///         }
///     })
/// });
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends one request and waits for the head of its answer.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if there is no answer. An answer of any status is no error.
    fn send(
        &self,
        request: ::http::Request<Bytes>,
        call: CallContext,
    ) -> BoxFuture<'_, TransportResult>;
}

/// The call that an exchange belongs to.
#[derive(Clone, Copy)]
pub struct CallContext {
    operation: &'static Operation,
    attempt: u32,
}

impl CallContext {
    pub(crate) fn new(operation: &'static Operation, attempt: u32) -> Self {
        Self { operation, attempt }
    }

    /// The operation: its name, and its path without the values of parameters.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Which attempt this is, counted from 1. A redirect belongs to the attempt that led to it.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }
}

impl fmt::Debug for CallContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallContext")
            .field("operation", &self.operation.id)
            .field("attempt", &self.attempt)
            .finish()
    }
}

/// Makes a transport of a function.
pub fn transport_fn<F, T>(send: F) -> impl Transport
where
    F: Fn(::http::Request<Bytes>, CallContext) -> T + Send + Sync + 'static,
    T: Future<Output = TransportResult> + Send + 'static,
{
    Function(send)
}

struct Function<F>(F);

impl<F, T> Transport for Function<F>
where
    F: Fn(::http::Request<Bytes>, CallContext) -> T + Send + Sync + 'static,
    T: Future<Output = TransportResult> + Send + 'static,
{
    fn send(
        &self,
        request: ::http::Request<Bytes>,
        call: CallContext,
    ) -> BoxFuture<'_, TransportResult> {
        Box::pin((self.0)(request, call))
    }
}
