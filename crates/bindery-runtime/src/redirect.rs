//! Which redirects are followed: those of GET and HEAD, within one origin.
//!
//! The HTTP client underneath is told to follow none, so that no hook of a caller and no change of
//! its defaults can carry a credential to another host.

use http::Uri;
use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Method, StatusCode, Url};

use crate::base_url::has_control;

/// How many redirects one call follows at most.
pub(crate) const LIMIT: usize = 10;

/// Whether requests of this method follow redirects.
pub(crate) fn follows(method: &Method) -> bool {
    *method == Method::GET || *method == Method::HEAD
}

/// Where a response redirects to, if that is to be followed.
pub(crate) fn target(
    method: &Method,
    from: &Uri,
    status: StatusCode,
    headers: &HeaderMap,
) -> Option<Uri> {
    if !follows(method) || !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = headers.get(LOCATION)?.to_str().ok().filter(|it| !has_control(it))?;
    let from = Url::parse(&from.to_string()).ok()?;
    let mut to = from.join(location).ok()?;
    // A user in the url would become a second credential.
    let anonymous = to.username().is_empty() && to.password().is_none();
    to.set_fragment(None);
    // The origin of some schemes is that of the url inside.
    let within = anonymous && to.scheme() == from.scheme() && to.origin() == from.origin();
    within.then(|| Uri::try_from(String::from(to)).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn follow(method: Method, status: u16, location: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(LOCATION, HeaderValue::from_bytes(location.as_bytes()).unwrap());
        let from = Uri::from_static("https://h/v1/a?x=1");
        let status = StatusCode::from_u16(status).unwrap();
        target(&method, &from, status, &headers).map(|to| to.to_string())
    }

    #[test]
    fn redirects_within_the_origin_are_followed() {
        for status in [301, 302, 303, 307, 308] {
            assert_eq!(follow(Method::GET, status, "/b").unwrap(), "https://h/b");
            assert_eq!(follow(Method::HEAD, status, "b?y").unwrap(), "https://h/v1/b?y");
        }
        assert_eq!(follow(Method::GET, 302, "https://H:443/b#f").unwrap(), "https://h/b");
    }

    #[test]
    fn other_methods_and_statuses_are_not() {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
            for status in [301, 302, 303, 307, 308] {
                assert_eq!(follow(method.clone(), status, "/b"), None);
            }
        }
        for status in [200, 201, 300, 304, 305, 306, 404] {
            assert_eq!(follow(Method::GET, status, "/b"), None);
        }
    }

    #[test]
    fn another_origin_and_a_broken_location_are_not() {
        for location in [
            "http://h/b",
            "https://h:8443/b",
            "https://other/b",
            "https://h.other/b",
            "//other/b",
            r"\\other/b",
            "https://user:pw@h/b",
            "https://user@h/b",
            "ftp://h/b",
            "data:,b",
            "blob:https://h/b",
            "https://",
            "é",
            "/\tb",
            "https://\th/b",
        ] {
            assert_eq!(follow(Method::GET, 302, location), None, "{location}");
        }
        let from = Uri::from_static("https://h/");
        assert_eq!(target(&Method::GET, &from, StatusCode::FOUND, &HeaderMap::new()), None);
    }
}
