//! The base url of a client: checked once, then joined with the path of each operation.

use reqwest::Url;

use crate::BuildError;

/// An absolute http or https url without userinfo, query and fragment.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// No error shows the text, which may carry a password.
    pub(crate) fn parse(text: &str) -> Result<Self, BuildError> {
        Self::check(text).map_err(|reason| BuildError::BaseUrl { reason })
    }

    fn check(text: &str) -> Result<Self, &'static str> {
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
        Ok(Self(url))
    }

    /// The url of an expanded path: `https://host/api/` and `/v1/x` make `https://host/api/v1/x`.
    pub(crate) fn join(&self, path: &str) -> Url {
        let prefix = self.0.path().trim_end_matches('/');
        let path = path.trim_start_matches('/');
        let mut url = self.0.clone();
        url.set_path(&format!("{prefix}/{path}"));
        url
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }
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
}
