//! A request that is not sent but expected, as far as it is filled in.

use reqwest::header::COOKIE;

use super::Request;
use crate::Operation;
use crate::body::Body;
use crate::cookie;
use crate::path::{self, Template};

/// What a request is compared with.
pub(crate) struct Expected {
    pub(crate) operation: &'static Operation,
    path: Vec<path::Value>,
    /// In the form of [`query`](Self::query), headers have lower-case names.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    /// Apart from the header that they come in, which a credential may share.
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) body: Option<Body>,
}

impl Request {
    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    pub(crate) fn into_expected(mut self) -> Result<Expected, String> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let options = std::mem::take(&mut self.options).into_set();
        if let Some(set) = options.as_deref() {
            self.own_headers(set)?;
            self.add_members(Some(set))?;
            set.query.iter().for_each(|(name, value)| self.query.push(name, value));
        }
        let mut headers = self.headers;
        let own = headers.remove(COOKIE);
        let cookies = self.cookies.header(own.as_ref());
        let cookies = cookies.map_err(|reason| format!("the cookie header {reason}"))?.or(own);
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let cookies = cookies.map(|header| text(header.as_bytes())).unwrap_or_default();
        Ok(Expected {
            operation: self.operation,
            path: self.path,
            query: form_urlencoded::parse(self.query.as_str().as_bytes()).into_owned().collect(),
            headers: headers.iter().map(|(n, v)| (n.to_string(), text(v.as_bytes()))).collect(),
            cookies: cookie::split(&cookies).collect(),
            body: self.body,
        })
    }
}

impl Expected {
    /// Whether a path is one of the operation, and whether it has the values that are expected.
    pub(crate) fn path(&self, actual: &str, with_values: bool) -> bool {
        let values = if with_values { &self.path[..] } else { &[] };
        let actual = actual.strip_prefix(self.before()).unwrap_or_default();
        Template(self.operation.path).split().0.fits(values, actual)
    }

    pub(crate) fn shown_path(&self) -> String {
        self.before().to_owned() + &Template(self.operation.path).split().0.show(&self.path)
    }

    /// What the operation has in place of the path of the base url, which a mock has none of.
    fn before(&self) -> &'static str {
        let server = self.operation.server.filter(|server| server.starts_with('/'));
        server.unwrap_or_default().trim_end_matches('/')
    }
}
