//! What a generated crate tells the runtime about its API: constants, nothing else.

use reqwest::Method;

/// What holds for all operations of an API.
///
/// A generated crate keeps one of these in a `static`; the builder overrides it for one client.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The name of the client crate, the first half of the user agent.
    pub name: &'static str,
    /// The version of the client crate, the second half of the user agent.
    pub version: &'static str,
    /// Where the API is served, without a path that belongs to an operation. `None` if the vendor
    /// names no server: then a client cannot be built without
    /// [`base_url`](crate::ClientBuilder::base_url).
    pub base_url: Option<&'static str>,
    /// Headers (name, value) that go with every request. The builder's
    /// [`header`](crate::ClientBuilder::header) and a header parameter of the operation replace
    /// the one of the same name.
    pub headers: &'static [(&'static str, &'static str)],
}

/// One operation of an API, as [`Client::request`](crate::Client::request) takes it.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The name of the operation, which errors carry.
    pub id: &'static str,
    /// The method of the request.
    pub method: Method,
    /// The path after the base url. `{name}` stands for a path parameter. It may have a query,
    /// which is sent as it is, before the query parameters; a fragment is never sent.
    pub path: &'static str,
    /// Where the operation is, if that is not the base url: a path that stands in for the path of the base url, or
    /// a url that stands in for the base url itself, unless the caller has set one.
    pub server: Option<&'static str>,
    /// The value of the `accept` header; `None` if no response of the operation has content.
    pub accept: Option<&'static str>,
    /// Whether sending it twice does what sending it once does, so that it is sent again after a failure that leaves
    /// open whether the vendor has acted. Generated code says what RFC 9110 §9.2.2 says of the method, unless
    /// an `api.toml` decides otherwise. A call can be declared to be so by itself: see
    /// [`CallOptions::safe_to_retry`](crate::CallOptions::safe_to_retry).
    pub idempotent: bool,
}

impl Operation {
    /// An operation at the base url, which is not idempotent and whose responses have no content.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self { id, method, path, server: None, accept: None, idempotent: false }
    }

    /// With this [`accept`](Self::accept).
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = Some(accept);
        self
    }

    /// At this [`server`](Self::server).
    #[must_use]
    pub const fn server(mut self, server: &'static str) -> Self {
        self.server = Some(server);
        self
    }

    /// As one that is [`idempotent`](Self::idempotent).
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }
}
