//! A request that is not sent but expected, as far as it is filled in.

use reqwest::header::COOKIE;

use super::Request;
use crate::Operation;
use crate::body::Body;
use crate::path::{self, Template};

/// What a request is compared with.
pub(crate) struct Expected {
    pub(crate) operation: &'static Operation,
    path: Vec<path::Value>,
    /// In the form of [`query`](Self::query), headers have lower-case names.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Body>,
}

impl Request {
    pub(crate) fn into_expected(self) -> Result<Expected, String> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let mut headers = self.headers;
        let cookies = self.cookies.header(headers.get(COOKIE));
        if let Some(cookies) = cookies.map_err(|reason| format!("the cookie header {reason}"))? {
            headers.insert(COOKIE, cookies);
        }
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        Ok(Expected {
            operation: self.operation,
            path: self.path,
            query: form_urlencoded::parse(self.query.as_str().as_bytes()).into_owned().collect(),
            headers: headers.iter().map(|(n, v)| (n.to_string(), text(v.as_bytes()))).collect(),
            body: self.body,
        })
    }
}

impl Expected {
    /// Whether a path is one of the operation, and whether it has the values that are expected.
    pub(crate) fn path(&self, actual: &str, with_values: bool) -> bool {
        let values = if with_values { &self.path[..] } else { &[] };
        Template(self.operation.path).split().0.fits(values, actual)
    }

    pub(crate) fn shown_path(&self) -> String {
        Template(self.operation.path).split().0.show(&self.path)
    }
}
