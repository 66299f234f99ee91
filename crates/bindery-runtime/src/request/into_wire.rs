//! From a request to what goes over the wire.

use std::collections::BTreeMap;

use http::Uri;
use reqwest::Url;
use reqwest::header::{ACCEPT, COOKIE, Entry, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::value::{RawValue, to_raw_value};

use super::{Request, key};
use crate::base_url::{CONTROL, has_control, is_exposed};
use crate::build_error::PLAIN_HTTP;
use crate::credential::query;
use crate::exchange::Wire;
use crate::headers;
use crate::options::Set;
use crate::pairs::Pairs;
use crate::path::Template;
use crate::retry::Repeatability;

/// Why a request cannot be sent, before it is fit to be shown.
#[derive(Debug)]
pub(crate) enum Unsent {
    /// What it is made from does not make a request.
    Request(String),
    /// The vendor names a next page to which no request may go.
    Page(String),
}

impl From<String> for Unsent {
    fn from(fault: String) -> Self {
        Self::Request(fault)
    }
}

impl Request {
    pub(crate) fn into_wire(mut self) -> Result<Wire, Unsent> {
        if let Some(fault) = self.fault.take() {
            return Err(fault.into());
        }
        let options = std::mem::take(&mut self.options).into_set();
        let options = options.as_deref();
        let secrets = options.map(|set| self.own_headers(set)).transpose()?.unwrap_or_default();
        self.add_members(options)?;
        let keyed = self.put_key(options)?;
        let limits = self.client.shared().limits.with(options);
        let repeatability = Repeatability::new(self.operation, keyed || limits.safe_to_retry);
        let (headers, uri) = (self.all_headers()?, self.uri(options)?);
        self.check_encryption(&headers, &uri)?;
        Ok(Wire {
            headers,
            uri,
            body: self.body.map(|body| body.content).unwrap_or_default(),
            limits,
            repeatability,
            streams: |_| false,
            secrets,
        })
    }

    /// Adds the members of the options to the body, of which all others stay as they are.
    pub(super) fn add_members(&mut self, options: Option<&Set>) -> Result<(), String> {
        let members = options.map_or(&[][..], |set| &set.members);
        if members.is_empty() {
            return Ok(());
        }
        let fault = |reason: &str| format!("the body {reason}, and the options add a member");
        let body = self.body.as_mut().filter(|it| it.is_json());
        let body = body.ok_or_else(|| fault("is no JSON"))?;
        let object: Result<BTreeMap<String, Box<RawValue>>, _> =
            serde_json::from_slice(&body.content);
        let mut object = object.map_err(|_| fault("is no object"))?;
        for (name, value) in members {
            let value = to_raw_value(value).map_err(|error| error.to_string())?;
            object.insert(name.clone(), value);
        }
        body.content = serde_json::to_vec(&object).map_err(|error| error.to_string())?.into();
        Ok(())
    }

    /// Adds the headers of the options, and gives back the secrets in them.
    pub(super) fn own_headers(&mut self, options: &Set) -> Result<Vec<SecretString>, String> {
        let mut secrets = Vec::new();
        for (name, value) in &options.headers {
            let text = value.expose_secret();
            self.insert_header(name, text)
                .map_err(|reason| format!("the header `{name}` of the options {reason}"))?;
            if let Some(name) = headers::name(name)
                && headers::carries_secret(&name)
                && let Some(header) = self.headers.get_mut(name)
            {
                header.set_sensitive(true);
                secrets.extend(headers::secrets(text));
            }
        }
        Ok(secrets)
    }

    /// Whether the request carries an idempotency key in the end.
    fn put_key(&mut self, options: Option<&Set>) -> Result<bool, String> {
        let given = options.and_then(|set| set.idempotency_key.as_ref());
        let Some(name) = self.key_header.or(given.map(|_| key::HEADER)) else {
            return Ok(false);
        };
        let known = headers::name(name).is_some_and(|name| self.headers.contains_key(name));
        let made;
        let key = match given {
            Some(given) => given.expose_secret(),
            None if known => return Ok(true),
            None => {
                made = key::make()?;
                &made
            }
        };
        self.insert_header(name, key)
            .map_err(|reason| format!("the idempotency key in `{name}` {reason}"))?;
        Ok(true)
    }

    fn uri(&self, options: Option<&Set>) -> Result<Uri, Unsent> {
        let (path, query) = Template(self.operation.path).split();
        let base_url = self.client.shared().base_url.of(self.operation.server)?;
        let mut url = match &self.raw_path {
            Some(path) => base_url.join(raw(path)?),
            None => base_url.join(&path.expand(&self.path)?),
        };
        let mut pairs = Pairs::default();
        if let Some(target) = &self.target {
            url = within(&url, target).map_err(Unsent::Page)?;
            pairs.push_encoded(url.query().unwrap_or_default());
        } else {
            if let Some(query) = query {
                pairs.push_encoded(&query.expand_query(&self.path)?);
            }
            self.check_query(query::names(self.query.as_str()), "")?;
            pairs.push_encoded(self.query.as_str());
        }
        let own = options.map_or(&[][..], |set| &set.query);
        self.check_query(own.iter().map(|(name, _)| name.clone()), " of the options")?;
        for (name, value) in own {
            // What the first page was asked with, vendors repeat in the url of the next one.
            let repeated = self.target.is_some() && url.query_pairs().any(|(own, _)| own == **name);
            if !repeated {
                pairs.push(name, value);
            }
        }
        if !pairs.as_str().is_empty() {
            url.set_query(Some(pairs.as_str()));
        }
        // The one url that gets this far and is none for HTTP has more bytes than it can have.
        Uri::try_from(String::from(url))
            .map_err(|error| Unsent::Request(format!("the url cannot be sent: {error}")))
    }

    /// Nobody on the way is to read a credential, unless the caller has said that it may be sent like that.
    fn check_encryption(&self, headers: &HeaderMap, uri: &Uri) -> Result<(), String> {
        let shared = self.client.shared();
        // What is for this machine may go to a proxy of the environment, unless the base url is on this machine, too.
        let is_exposed = match shared.is_direct {
            true => is_exposed(uri.scheme_str(), uri.host()),
            false => uri.scheme_str() == Some("http"),
        };
        if shared.allows_plain_http || !is_exposed {
            return Ok(());
        }
        // Those of a client and of a call, and those that the caller gave as ordinary headers.
        let has_secret = headers.values().any(HeaderValue::is_sensitive);
        match has_secret || !shared.credentials.is_empty() || !shared.queries.is_empty() {
            true => Err(format!("the url of the operation {PLAIN_HTTP}")),
            false => Ok(()),
        }
    }

    /// The credential's name is not for parameters, as the credential's header is not.
    fn check_query(&self, mut names: impl Iterator<Item = String>, of: &str) -> Result<(), String> {
        let credentials = &self.client.shared().queries;
        if credentials.is_empty() {
            return Ok(());
        }
        match names.find(|name| credentials.iter().any(|it| it.name == *name)) {
            Some(name) => Err(format!(
                "the query parameter `{name}`{of} is the credential's: give one of the two"
            )),
            None => Ok(()),
        }
    }

    fn all_headers(&self) -> Result<HeaderMap, String> {
        let shared = self.client.shared();
        let sets = [&shared.headers, &self.headers, &shared.credentials];
        // Room for accept, content-type and cookie, too: to grow costs more than to begin large.
        let room = sets.iter().map(|set| set.len()).sum::<usize>() + 3;
        let mut headers = HeaderMap::with_capacity(room);
        replace(&mut headers, &shared.headers);
        if let (Some(accept), Entry::Vacant(entry)) = (self.operation.accept, headers.entry(ACCEPT))
        {
            entry.insert(HeaderValue::from_static(accept));
        }
        replace(&mut headers, &self.headers);
        if let Some(body) = &self.body {
            body.describe(&self.headers, &mut headers)?;
        }
        replace(&mut headers, &shared.credentials);
        let cookies = self.cookies.header(headers.get(COOKIE));
        if let Some(cookies) = cookies.map_err(|reason| format!("the cookie header {reason}"))? {
            headers.insert(COOKIE, cookies);
        }
        Ok(headers)
    }
}

/// No name comes twice in either, and `extend` would make it do so.
fn replace(headers: &mut HeaderMap, by: &HeaderMap) {
    for (name, value) in by {
        headers.insert(name, value.clone());
    }
}

/// A path that a caller gives as it is. Nothing in it may lead elsewhere.
fn raw(path: &str) -> Result<&str, String> {
    let climbs = path.split('/').any(|part| {
        let part = part.to_ascii_lowercase().replace("%2e", ".");
        part == "." || part == ".."
    });
    let reason = if has_control(path) {
        CONTROL
    } else if path.contains(['?', '#', '\\']) {
        "has a `?`, `#` or `\\`: give the query by `query`"
    } else if climbs {
        "has a segment `.` or `..`"
    } else {
        return Ok(path);
    };
    Err(format!("the path {reason}"))
}

/// The url of the next page.
fn within(url: &Url, target: &str) -> Result<Url, String> {
    if has_control(target) {
        return Err(format!("the url of the next page {CONTROL}"));
    }
    let mut to =
        url.join(target).map_err(|error| format!("the url of the next page is no url: {error}"))?;
    // The origin of some schemes is that of the url inside.
    if to.scheme() != url.scheme() || to.origin() != url.origin() {
        // Not the rest of it: a cursor in it may be as good as a credential.
        let host = to.host_str().map(|host| format!("//{host}")).unwrap_or_default();
        let port = to.port().map(|port| format!(":{port}")).unwrap_or_default();
        return Err(format!(
            "the url of the next page leads to another origin, to which no credential may go: \
             {}:{host}{port}",
            to.scheme()
        ));
    }
    if !to.username().is_empty() || to.password().is_some() {
        return Err("the url of the next page brings a credential of its own".to_owned());
    }
    to.set_fragment(None);
    Ok(to)
}
