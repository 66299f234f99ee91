//! The base url of a client: checked once, then joined with the path of each operation.

use std::borrow::Cow;
use std::net::IpAddr;

use reqwest::Url;

use crate::BuildError;

/// An absolute http or https url without userinfo, query and fragment.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    url: Url,
    /// Whether the caller has set it, rather than the vendor.
    chosen: bool,
}

impl BaseUrl {
    /// No error shows the text, which may carry a password.
    pub(crate) fn parse(text: &str) -> Result<Self, BuildError> {
        let url = check(text).map_err(|reason| BuildError::BaseUrl { reason })?;
        Ok(Self { url, chosen: false })
    }

    /// The same as the caller sets it: if it is another one than the default, nothing stands in for it.
    pub(crate) fn instead_of(self, default: Option<&str>) -> Self {
        let same = |default: Url| {
            default.as_str().trim_end_matches('/') == self.url.as_str().trim_end_matches('/')
        };
        let chosen = !default.and_then(|it| check(it).ok()).is_some_and(same);
        Self { chosen, ..self }
    }

    /// The base url of an operation that may name a server of its own.
    pub(crate) fn of(&self, server: Option<&str>) -> Result<Cow<'_, Self>, String> {
        let url = match server {
            Some(path) if path.starts_with('/') => {
                if has_control(path) {
                    return Err(format!("the server of the operation {CONTROL}"));
                }
                let mut url = self.url.clone();
                url.set_path(path);
                url
            }
            Some(server) if !self.chosen => {
                check(server).map_err(|reason| format!("the server of the operation {reason}"))?
            }
            _ => return Ok(Cow::Borrowed(self)),
        };
        Ok(Cow::Owned(Self { url, chosen: self.chosen }))
    }

    /// The url of an expanded path: `https://host/api/` and `/v1/x` make `https://host/api/v1/x`.
    pub(crate) fn join(&self, path: &str) -> Url {
        let prefix = self.url.path().trim_end_matches('/');
        let path = path.trim_start_matches('/');
        let mut url = self.url.clone();
        url.set_path(&format!("{prefix}/{path}"));
        url
    }

    /// Whether credentials that go there can be read on their way.
    pub(crate) fn is_exposed(&self) -> bool {
        is_exposed(Some(self.url.scheme()), self.url.host_str())
    }

    /// Whether what goes there is not encrypted.
    pub(crate) fn is_unencrypted(&self) -> bool {
        self.url.scheme() == "http"
    }

    pub(crate) fn as_str(&self) -> &str {
        self.url.as_str()
    }
}

/// What is wrong with a url that has one.
pub(crate) const CONTROL: &str = "has a line break, a tab or another control character";

/// Whether a url has a character that the parser would drop, so that it would lead elsewhere than it looks:
/// `https://a\tb` to the host `ab`.
pub(crate) fn has_control(url: &str) -> bool {
    url.chars().any(char::is_control)
}

/// Whether what goes to a url can be read on its way: over http, and not to this machine.
///
/// `localhost` is this machine, as is what RFC 6890 sets aside for it. A name below `localhost` is not: it
/// should be (RFC 6761, section 6.3), but many resolvers ask the network for it.
pub(crate) fn is_exposed(scheme: Option<&str>, host: Option<&str>) -> bool {
    let is_local = |host: &str| {
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|it| it.is_loopback())
    };
    scheme == Some("http") && !host.is_some_and(is_local)
}

fn check(text: &str) -> Result<Url, &'static str> {
    if has_control(text) {
        return Err(CONTROL);
    }
    let absolute = |scheme: &str| {
        let start = text.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if !absolute("https://") && !absolute("http://") {
        return Err("must be absolute and start with `https://` or `http://`");
    }
    let url = Url::parse(text).map_err(|_| "is not a valid url")?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not carry a user or a password: give credentials to the builder");
    }
    if url.query().is_some() {
        return Err("must not have a query");
    }
    if url.fragment().is_some() {
        return Err("must not have a fragment");
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(base: &str, path: &str) -> String {
        BaseUrl::parse(base).unwrap().join(path).to_string()
    }

    fn refusal(base: &str) -> String {
        BaseUrl::parse(base).unwrap_err().to_string()
    }

    #[test]
    fn a_path_prefix_is_kept_with_and_without_a_trailing_slash() {
        assert_eq!(join("https://h/api/", "/v1/x"), "https://h/api/v1/x");
        assert_eq!(join("https://h/api", "/v1/x"), "https://h/api/v1/x");
        assert_eq!(join("https://h", "/v1/x"), "https://h/v1/x");
        assert_eq!(join("https://h/", "v1/x/"), "https://h/v1/x/");
        assert_eq!(join("http://h:8080/a%20b/", "/c%2Fd"), "http://h:8080/a%20b/c%2Fd");
    }

    #[test]
    fn a_url_that_is_not_absolute_http_is_refused() {
        for base in ["", "/v1", "example.com", "localhost:8080", "ftp://h", "mailto:a@b"] {
            assert!(refusal(base).contains("must be absolute"), "{base}");
        }
        assert!(refusal("https://").contains("not a valid url"));
    }

    #[test]
    fn a_url_with_a_control_character_is_refused() {
        for base in [
            "https://a\tb.example.com",
            "https://a\nb",
            "https://a\r\nb/v1",
            "https://h/v\t1",
            "https://h/v1\n",
            "\thttps://h",
            "ht\ntps://h",
            "https://h\0",
            "https://h\u{85}",
            "https:/\t/h",
        ] {
            assert_eq!(refusal(base), format!("the base url {CONTROL}"), "{base:?}");
        }
        let base = BaseUrl::parse("https://h").unwrap();
        for server in ["https://a\tb", "/v\n1"] {
            assert_eq!(
                base.of(Some(server)).unwrap_err(),
                format!("the server of the operation {CONTROL}")
            );
        }
    }

    #[test]
    fn only_http_to_another_machine_is_exposed() {
        let is_exposed = |url: &str| BaseUrl::parse(url).unwrap().is_exposed();
        for url in [
            "https://h",
            "http://127.0.0.1:1",
            "http://127.9.9.9",
            "http://127.1",
            "http://[::1]:8",
        ] {
            assert!(!is_exposed(url), "{url}");
        }
        assert!(!is_exposed("HTTP://LocalHost:8080/v1"));
        for url in [
            "http://h",
            "http://128.0.0.1",
            "http://localhost.example.com",
            "http://a.localhost",
            "http://127.0.0.1.example.com",
            "http://[::2]",
            "http://0.0.0.0",
            "http://10.0.0.1",
        ] {
            assert!(is_exposed(url), "{url}");
        }
    }

    #[test]
    fn userinfo_query_and_fragment_are_refused_and_no_password_is_shown() {
        for base in ["https://user:hunter2@h", "https://:hunter2@h", "https://hunter2@h"] {
            assert!(refusal(base).contains("user or a password"), "{base}");
        }
        assert!(refusal("https://h/?key=hunter2").contains("query"));
        assert!(refusal("https://h/?").contains("query"));
        assert!(refusal("https://h/#hunter2").contains("fragment"));
        for base in
            ["https://u:hunter2@h", "u:hunter2@h", "https://u:hunter2@", "https://h?hunter2"]
        {
            let error = BaseUrl::parse(base).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{base}");
        }
    }

    #[test]
    fn an_operation_may_be_elsewhere() {
        let of = |base: &BaseUrl, server| base.of(server).map(|it| it.join("/x").to_string());
        let base = BaseUrl::parse("https://a.example.com/v1").unwrap();
        assert_eq!(of(&base, None).unwrap(), "https://a.example.com/v1/x");
        assert_eq!(of(&base, Some("/")).unwrap(), "https://a.example.com/x");
        assert_eq!(
            of(&base, Some("//b.example.com")).unwrap(),
            "https://a.example.com//b.example.com/x"
        );
        assert_eq!(of(&base, Some("https://b.example.com/")).unwrap(), "https://b.example.com/x");
        assert!(of(&base, Some("https://u:p@b.example.com")).unwrap_err().contains("password"));
    }

    #[test]
    fn a_base_url_that_is_set_holds_for_all_operations() {
        let base = BaseUrl::parse("http://127.0.0.1:1/mock").unwrap().instead_of(None);
        let of = |server| base.of(Some(server)).unwrap().join("/x").to_string();
        assert_eq!(of("https://b.example.com/"), "http://127.0.0.1:1/mock/x");
        assert_eq!(of("/v2"), "http://127.0.0.1:1/v2/x");
        let base = BaseUrl::parse("https://A.example.com/v1/").unwrap();
        let base = base.instead_of(Some("https://a.example.com/v1"));
        let url = base.of(Some("https://b.example.com/")).unwrap().join("/x").to_string();
        assert_eq!(url, "https://b.example.com/x", "the default is no choice");
    }
}
