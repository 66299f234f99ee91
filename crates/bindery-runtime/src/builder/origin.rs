//! What a client is made of apart from its credentials, so that another one can be made with others.

use std::sync::Arc;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use super::fixed::Fixed;
use crate::base_url::BaseUrl;
use crate::client::Shared;
use crate::limits::Limits;
use crate::redact::Redactor;
use crate::retry::Budget;
use crate::{BuildError, Credential, Settings, Transport};

/// All that the builder was told, but the credentials.
pub(crate) struct Origin {
    pub(super) settings: &'static Settings,
    pub(super) base_url: BaseUrl,
    pub(super) headers: Vec<(String, SecretString)>,
    /// What the client calls itself, if its transport does not say so by itself.
    pub(super) agent: Option<HeaderValue>,
    pub(super) limits: Limits,
    pub(super) allows_plain_http: bool,
    pub(super) transport: Arc<dyn Transport>,
    /// Whether no proxy that the caller does not know of comes between the client and this machine.
    pub(super) is_direct: bool,
}

impl Origin {
    /// What the requests of a client with these credentials share. Retries come out of this budget.
    pub(crate) fn shared(
        self: Arc<Self>,
        credentials: Vec<Credential>,
        budget: Arc<Budget>,
    ) -> Result<Shared, BuildError> {
        let mut fixed = Fixed::default();
        for (name, value) in self.settings.headers {
            fixed.constant(name, value)?;
        }
        for (name, value) in &self.headers {
            fixed.header(name, value.expose_secret())?;
        }
        for credential in credentials {
            fixed.credential(credential, &self.headers)?;
        }
        let has_secret = !fixed.secrets.is_empty() || !fixed.sources.is_empty();
        if has_secret && self.base_url.is_exposed() && !self.allows_plain_http {
            return Err(BuildError::PlainHttp);
        }
        if let Some(agent) = &self.agent {
            fixed.agent(agent.clone());
        }
        Ok(Shared {
            transport: Arc::clone(&self.transport),
            base_url: self.base_url.clone(),
            headers: fixed.headers,
            credentials: fixed.credentials,
            queries: fixed.queries,
            sources: fixed.sources,
            redactor: Redactor::new(fixed.secrets),
            limits: self.limits.clone(),
            budget,
            allows_plain_http: self.allows_plain_http,
            is_direct: self.is_direct,
            origin: self,
            #[cfg(feature = "blocking")]
            blocking: std::sync::OnceLock::new(),
        })
    }
}
