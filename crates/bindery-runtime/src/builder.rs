//! The builder of clients: collects settings, and checks them all in `build`.

mod fixed;
mod origin;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use secrecy::SecretString;

use crate::base_url::BaseUrl;
use crate::client::{ApiClient, Client};
use crate::limits::Limits;
use crate::retry::Budget;
use crate::transport::Http;
use crate::{BuildError, Credential, RetryPolicy, Settings, Transport, headers};
pub(crate) use origin::Origin;

/// How long it may take to connect if the builder does not say otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How many retries all calls of a client may make in a row if the builder does not say otherwise.
const RETRY_BUDGET: u32 = 10;

type Layer = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send>;
type Hook = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

/// Builds a client, that of a generated crate or, for those who write one by hand, the [`Client`] of this crate.
///
/// No setter fails: [`build`](Self::build) checks everything. `Debug` shows no value of a header
/// and no credential.
#[must_use]
pub struct ClientBuilder<C = Client> {
    settings: &'static Settings,
    base_url: Option<SecretString>,
    allows_plain_http: bool,
    limits: Limits,
    retry_budget: u32,
    connect_timeout: Duration,
    user_agent: Option<String>,
    headers: Vec<(String, SecretString)>,
    credentials: Vec<Credential>,
    hooks: Vec<Hook>,
    http_client: Option<reqwest::Client>,
    transport: Option<Arc<dyn Transport>>,
    layers: Vec<Layer>,
    client: PhantomData<fn() -> C>,
}

impl ClientBuilder {
    /// Starts from the constants of an API.
    pub fn new(settings: &'static Settings) -> Self {
        Self::of(settings)
    }
}

impl<C: ApiClient> ClientBuilder<C> {
    /// Starts from the constants of the API that the client is of.
    pub fn of(settings: &'static Settings) -> Self {
        Self {
            settings,
            base_url: None,
            allows_plain_http: false,
            limits: Limits::default(),
            retry_budget: RETRY_BUDGET,
            connect_timeout: CONNECT_TIMEOUT,
            user_agent: None,
            headers: Vec::new(),
            credentials: Vec::new(),
            hooks: Vec::new(),
            http_client: None,
            transport: None,
            layers: Vec::new(),
            client: PhantomData,
        }
    }

    /// Where the API is served: an absolute `http` or `https` url without user, query and
    /// fragment, and without control characters. A path in it stays in front of the path of each
    /// operation, whether it ends in a slash or not. Unless it is the default, it stands for the servers
    /// of single operations as well.
    ///
    /// With a credential, `http` is for this machine only (`localhost`, `127.0.0.0/8`, `[::1]`), unless
    /// [`allow_plain_http`](Self::allow_plain_http) is called. A proxy that the environment or the system names is
    /// not used for a client of such a base url; one that [`configure`](Self::configure) sets is.
    pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
        self.base_url = Some(url.as_ref().into());
        self
    }

    /// Allows credentials to be sent over `http` to other machines: whoever is on the way can read them, and
    /// change what is sent and answered. It is for networks that protect what passes, such as one between
    /// containers, and for vendors that have no `https`. It holds for servers of single operations, too.
    ///
    /// No environment variable does this: who can set a base url must not be able to have credentials sent
    /// there unencrypted.
    pub fn allow_plain_http(mut self) -> Self {
        self.allows_plain_http = true;
        self
    }

    /// How long a call may take, from sending to the last byte of the body, with all redirects,
    /// retries and the delays between them. If it is not set: 30 seconds, and one more for each 128 KiB of the body that is
    /// sent.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = Some(timeout);
        self
    }

    /// How long each attempt of a call may take, with its redirects and all of the body. The time of
    /// the call if it is not set.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = Some(timeout);
        self
    }

    /// How long it may take to connect, TLS included. 10 seconds if it is not set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How many bytes the body of an answer may have. 8 MiB if it is not set. Past that, the answer
    /// is given up, and the call ends in [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge).
    pub fn size_limit(mut self, bytes: usize) -> Self {
        self.limits.size = bytes;
        self
    }

    /// When calls are tried again. If it is not set, two times: idempotent ones after a failure, others only
    /// if the vendor has not acted.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.limits.retry = policy;
        self
    }

    /// Says that each call of the client may be sent twice, as [`CallOptions::safe_to_retry`](crate::CallOptions) says
    /// it of one: for vendors that take no harm from it.
    pub fn safe_to_retry(mut self) -> Self {
        self.limits.safe_to_retry = true;
        self
    }

    /// How many retries all calls of the client and of its clones may make in a row. 10 if it is
    /// not set. So a vendor who is down gets one attempt per call, and not three.
    ///
    /// An empty budget is full again after a minute. A call that goes well after retries gives back what they
    /// took, and ten that go well at once allow for one more. A wait that the vendor asked for by
    /// `Retry-After` takes nothing, nor does a request that a server of HTTP/2 refused unread: how
    /// often a call may follow either, its [`RetryPolicy`] says.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// The `user-agent` header. Name and version of the client crate if it is not set.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// A header for every request. It replaces what the client would send under that name by
    /// itself, and what an earlier call has set; a header parameter of an operation replaces it, and
    /// so does the `content-type` of a body.
    ///
    /// The header of the credential is not for this method: [`build`](Self::build) refuses two
    /// values for one header rather than choose. A client without a credential may set it here.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let header = (name.as_ref().to_owned(), value.as_ref().into());
        self.headers.push(header);
        self
    }

    /// What the client proves its identity with. A second credential for the same place, such as a
    /// header, replaces the first; one for another place joins it.
    pub fn credential(mut self, credential: impl Into<C::Credential>) -> Self {
        let credential: Credential = credential.into().into();
        self.credentials.retain(|other| !other.collides(&credential));
        self.credentials.push(credential);
        self
    }

    /// The parameters of the query that credentials go into.
    #[cfg(feature = "mock")]
    pub(crate) fn query_credentials(&self) -> Vec<String> {
        self.credentials.iter().filter_map(Credential::query_parameter).collect()
    }

    /// Changes the HTTP client underneath, for instance its proxy or its certificates.
    ///
    /// It is called in [`build`](Self::build), after the user agent and the time to connect are set.
    /// A time limit that it sets holds besides those of the client. What it sets for redirects and
    /// retries does not hold: redirects are followed for GET and HEAD, within one origin, ten times
    /// at most, and [`retry`](Self::retry) is what decides of retries.
    pub fn configure(
        mut self,
        hook: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.hooks.push(Box::new(hook));
        self
    }

    /// Sends requests by this HTTP client, whose connections other clients may share, in place of one that is made.
    ///
    /// It has to be built with [`redirect::Policy::none`](reqwest::redirect::Policy::none): one that follows redirects by
    /// itself would take a credential that is no `authorization` to another host. That it has followed one is an error
    /// of the call, which comes too late. How long it may take to connect, and what proxies it uses, is its own affair.
    /// [`build`](Self::build) refuses [`configure`](Self::configure) and
    /// [`transport`](Self::transport) beside it.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Sends requests over this transport instead of the network, see [`Transport`].
    ///
    /// It takes the place of what [`configure`](Self::configure) would change, so that
    /// [`build`](Self::build) refuses both.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Puts a layer around the transport, see [`Transport`]. The last one that is added is the first
    /// that sees a request.
    pub fn layer<T: Transport>(
        mut self,
        wrap: impl FnOnce(Arc<dyn Transport>) -> T + Send + 'static,
    ) -> Self {
        self.layers.push(Box::new(|inner| Arc::new(wrap(inner))));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`BuildError`] says what cannot be used. It shows no secret.
    pub fn build(self) -> Result<C, BuildError> {
        use secrecy::ExposeSecret as _;

        let base_url = match (&self.base_url, self.settings.base_url) {
            (Some(url), default) => BaseUrl::parse(url.expose_secret())?.instead_of(default),
            (None, Some(url)) => BaseUrl::parse(url)?,
            (None, None) => return Err(BuildError::BaseUrlMissing { client: self.settings.name }),
        };
        let is_local = base_url.is_unencrypted() && !base_url.is_exposed();
        let agent = match self.user_agent {
            Some(agent) => agent,
            None => format!("{}/{}", self.settings.name, self.settings.version),
        };
        let agent =
            headers::value(agent).map_err(|reason| BuildError::header("user-agent", reason))?;
        let is_direct = self.transport.is_some() || (is_local && self.http_client.is_none());
        let given = usize::from(self.transport.is_some()) + usize::from(self.http_client.is_some());
        let (transport, agent) = match (self.transport, self.http_client) {
            _ if given + usize::from(!self.hooks.is_empty()) > 1 => {
                return Err(BuildError::TransportConfigured);
            }
            (Some(transport), _) => (transport, Some(agent)),
            (None, Some(client)) => {
                let http: Arc<dyn Transport> = Arc::new(Http { client, is_given: true });
                (http, Some(agent))
            }
            (None, None) => {
                let client = http(agent, self.connect_timeout, is_local, self.hooks)?;
                let http: Arc<dyn Transport> = Arc::new(Http { client, is_given: false });
                (http, None)
            }
        };
        let origin = Arc::new(Origin {
            settings: self.settings,
            base_url,
            headers: self.headers,
            agent,
            limits: self.limits,
            allows_plain_http: self.allows_plain_http,
            transport: self.layers.into_iter().fold(transport, |inner, layer| layer(inner)),
            is_direct,
        });
        let budget = Arc::new(Budget::new(self.retry_budget));
        Ok(C::from_runtime(Client::new(origin.shared(self.credentials, budget)?)))
    }
}

fn http(
    agent: HeaderValue,
    connect_timeout: Duration,
    is_local: bool,
    hooks: Vec<Hook>,
) -> Result<reqwest::Client, BuildError> {
    let builder = reqwest::Client::builder().user_agent(agent).connect_timeout(connect_timeout);
    // What is meant for this machine would go to the machine of the proxy, which could read it.
    let builder = if is_local { builder.no_proxy() } else { builder };
    hooks
        .into_iter()
        .fold(builder, |builder, hook| hook(builder))
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .build()
        .map_err(|error| BuildError::Http(error.without_url()))
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("ClientBuilder")
            .field("settings", &self.settings)
            // Not checked yet: it may still carry a password.
            .field("base_url", &self.base_url)
            .field("limits", &self.limits)
            .field("user_agent", &self.user_agent)
            .field("headers", &headers)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
