//! The client: what all requests of an API share.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderMap;

use crate::base_url::BaseUrl;
use crate::credential::Source;
use crate::credential::query::QueryProof;
use crate::limits::Limits;
use crate::redact::Redactor;
use crate::retry::Budget;
use crate::{Operation, Request, Transport};

/// A client of one API. The client of a generated crate wraps one of these.
///
/// Clones share their connections, and cost no more than a reference count. `Debug` shows the base
/// url and the names of the headers and of the credentials, and no value of any.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) base_url: BaseUrl,
    /// The constants of the API and what the caller has set.
    pub(crate) headers: HeaderMap,
    /// Those of [`sources`](Self::sources) have no value here.
    pub(crate) credentials: HeaderMap,
    /// Credentials of the query, those of [`sources`](Self::sources) without their value.
    pub(crate) queries: Vec<QueryProof>,
    pub(crate) sources: Vec<Source>,
    pub(crate) redactor: Redactor,
    pub(crate) limits: Limits,
    pub(crate) budget: Budget,
    /// Whether credentials may go unencrypted to other machines.
    pub(crate) allows_plain_http: bool,
    /// Whether no proxy that the caller does not know of comes between the client and this machine.
    pub(crate) is_direct: bool,
}

impl Client {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }

    /// Starts a request for an operation.
    #[must_use]
    pub fn request(&self, operation: &'static Operation) -> Request {
        Request::new(self.clone(), operation)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |headers: &HeaderMap| headers.keys().cloned().collect::<Vec<_>>();
        let queries = self.0.queries.iter().map(|it| it.name.as_str());
        let credentials = self.0.credentials.keys().map(|it| it.as_str()).chain(queries);
        f.debug_struct("Client")
            .field("base_url", &self.0.base_url.as_str())
            .field("headers", &names(&self.0.headers))
            .field("credentials", &credentials.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
