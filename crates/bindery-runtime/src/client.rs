//! The client: what all requests of an API share.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderMap;

use crate::base_url::BaseUrl;
use crate::builder::Origin;
use crate::credential::Source;
use crate::credential::query::QueryProof;
use crate::limits::Limits;
use crate::redact::Redactor;
use crate::retry::Budget;
use crate::{BuildError, Caller, Credential, Method, Operation, RawCall, Request, Transport};

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
    pub(crate) budget: Arc<Budget>,
    /// Whether credentials may go unencrypted to other machines.
    pub(crate) allows_plain_http: bool,
    /// Whether no proxy that the caller does not know of comes between the client and this machine.
    pub(crate) is_direct: bool,
    /// What it was made from.
    pub(crate) origin: Arc<Origin>,
    /// The thread that looks after connections for calls that wait.
    #[cfg(feature = "blocking")]
    pub(crate) blocking: std::sync::OnceLock<crate::Blocking>,
}

/// The client of a generated crate, as the runtime makes it.
pub trait ApiClient: Sized {
    /// The credentials that the vendor documents.
    type Credential: Into<Credential>;

    /// Returns the client that wraps this one.
    fn from_runtime(client: Client) -> Self;
}

impl ApiClient for Client {
    type Credential = Credential;

    fn from_runtime(client: Client) -> Self {
        client
    }
}

impl Client {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    /// The client as one who makes calls.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller::new(self.clone())
    }

    /// A client with these credentials in place of those that this one has. Both share their connections, their budget
    /// of retries, and what else they were made with.
    ///
    /// # Errors
    ///
    /// When no request could be made with them.
    pub fn with_credentials(
        &self,
        credentials: impl IntoIterator<Item = Credential>,
    ) -> Result<Self, BuildError> {
        let Shared { origin, budget, .. } = self.shared();
        let credentials = credentials.into_iter().collect();
        Arc::clone(origin).shared(credentials, Arc::clone(budget)).map(Self::new)
    }

    /// A call of something that the vendor offers and no operation describes, at a path below the base url. A method
    /// that HTTP does not define is an error of the call.
    pub fn raw(&self, method: Method, path: impl AsRef<str>) -> RawCall {
        RawCall::new(self, &method, path.as_ref())
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
