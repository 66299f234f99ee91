//! Credentials in the query of a url, which are put there when a request is sent and not before.

use http::Uri;
use http::uri::PathAndQuery;
use secrecy::{ExposeSecret as _, SecretString};

use crate::pairs::Pairs;

/// A credential that is a parameter of the query.
#[derive(Clone)]
pub(crate) struct QueryProof {
    pub(crate) name: String,
    /// Name and value, encoded.
    pair: SecretString,
}

impl QueryProof {
    pub(crate) fn new(name: &str, secret: &str) -> Self {
        let mut pair = Pairs::default();
        pair.push(name, secret);
        Self { name: name.to_owned(), pair: pair.into_string().into() }
    }
}

/// The url with these credentials, each once, in place of what it has under their names: vendors
/// repeat in a url of theirs what they were asked with. None if it would be too long.
pub(crate) fn signed(uri: &Uri, proofs: &[QueryProof]) -> Option<Uri> {
    if proofs.is_empty() {
        return Some(uri.clone());
    }
    let others = uri.query().unwrap_or_default().split('&').filter(|pair| {
        let ours = |name: &str| proofs.iter().any(|proof| proof.name == name);
        !pair.is_empty() && !names(pair).any(|name| ours(&name))
    });
    let all: Vec<&str> = others.chain(proofs.iter().map(|it| it.pair.expose_secret())).collect();
    let target = format!("{}?{}", uri.path(), all.join("&"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(target).ok()?);
    Uri::from_parts(parts).ok()
}

/// The names of the parameters of an encoded query.
pub(crate) fn names(query: &str) -> impl Iterator<Item = String> {
    form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(uri: &'static str, proofs: &[(&str, &str)]) -> String {
        let proofs: Vec<_> = proofs.iter().map(|(name, it)| QueryProof::new(name, it)).collect();
        signed(&Uri::from_static(uri), &proofs).unwrap().to_string()
    }

    #[test]
    fn a_credential_comes_last_and_is_encoded() {
        let key: &[_] = &[("key", "a b&c=d/é+")];
        let sent = "key=a+b%26c%3Dd%2F%C3%A9%2B";
        assert_eq!(put("https://h/a", key), format!("https://h/a?{sent}"));
        assert_eq!(put("https://h", key), format!("https://h/?{sent}"));
        assert_eq!(put("https://h/a?", key), format!("https://h/a?{sent}"));
        assert_eq!(put("https://h/a?x=%20&y", key), format!("https://h/a?x=%20&y&{sent}"));
        assert_eq!(put("https://h/a?x=1", &[]), "https://h/a?x=1");
        assert_eq!(put("https://h/", &[("a[b]", "1"), ("c", "2")]), "https://h/?a%5Bb%5D=1&c=2");
    }

    #[test]
    fn what_a_url_repeats_is_replaced() {
        let uri = "https://h/a?key=old&x=1&k%65y=older&key&Key=2";
        assert_eq!(put(uri, &[("key", "new")]), "https://h/a?x=1&Key=2&key=new");
    }

    #[test]
    fn a_url_that_is_too_long_is_none() {
        let proof = QueryProof::new("key", &"x".repeat(70_000));
        assert!(signed(&Uri::from_static("https://h/"), &[proof]).is_none());
    }
}
