//! Cookies of a request: parameters, and what else the one `cookie` header has.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use reqwest::header::HeaderValue;

use crate::headers::{self, Refusal};
use crate::percent;
use crate::tree::{Tree, Unfit};

/// What RFC 6265 keeps out of a value, and the sign of the encoding itself.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%').add(b',').add(b';').add(b'\\');

/// The cookie parameters of a request, encoded.
#[derive(Default)]
pub(crate) struct Cookies(Vec<(String, String)>);

impl Cookies {
    pub(crate) fn set(&mut self, name: &str, value: String) -> Result<(), Refusal> {
        // Cookies and headers are named alike, but for the case, which matters here.
        headers::name(name).ok_or("has a name that no cookie can have")?;
        self.0.retain(|(other, _)| other != name);
        self.0.push((name.to_owned(), value));
        Ok(())
    }

    /// The header that has these cookies, and those of another header that are not replaced by
    /// them. None if there is no cookie.
    pub(crate) fn header(
        &self,
        other: Option<&HeaderValue>,
    ) -> Result<Option<HeaderValue>, Refusal> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let own: Vec<_> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        joined(other, &headers::value(own.join("; "))?).map(Some)
    }
}

/// The header that has the cookies of both, and of one name that of the second alone.
pub(crate) fn joined(
    first: Option<&HeaderValue>,
    second: &HeaderValue,
) -> Result<HeaderValue, Refusal> {
    let replaced = |pair: &&[u8]| pairs(second).any(|other| key(other) == key(pair));
    let kept = first.into_iter().flat_map(pairs).filter(|pair| !replaced(pair));
    let all: Vec<&[u8]> = kept.chain(pairs(second)).collect();
    let mut header = headers::value(all.join(&b"; "[..]))?;
    header.set_sensitive(true);
    Ok(header)
}

/// Whether a `cookie` header has a cookie of this name.
pub(crate) fn has(header: &HeaderValue, name: &str) -> bool {
    pairs(header).any(|pair| key(pair) == name.as_bytes())
}

/// A scalar is encoded where it has to be. The items of a list, and the names and values of an
/// object, are joined with commas, so that nothing but letters, digits and a few marks may stay in
/// them: old servers take a comma for the end of a cookie.
pub(crate) fn value(tree: Tree) -> Result<Option<String>, Unfit> {
    if !tree.is_nested() {
        let texts = tree.texts()?;
        return Ok(texts.first().map(|text| encode(text)));
    }
    let items: Vec<_> = tree.flat()?.iter().map(|text| percent::encode(text)).collect();
    Ok((!items.is_empty()).then(|| items.join(",")))
}

/// One text, encoded where it has to be.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, UNSAFE).to_string()
}

/// The cookies of a header, by name and as they are.
#[cfg(feature = "mock")]
pub(crate) fn split(header: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = header.split(';').map(str::trim).filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name.trim().to_owned(), value.trim().to_owned())
    })
}

fn pairs(header: &HeaderValue) -> impl Iterator<Item = &[u8]> {
    let pairs = header.as_bytes().split(|byte| *byte == b';');
    pairs.map(<[u8]>::trim_ascii).filter(|pair| !pair.is_empty())
}

fn key(pair: &[u8]) -> &[u8] {
    let name = pair.split(|byte| *byte == b'=').next();
    name.unwrap_or(pair).trim_ascii()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn encoded(value: serde_json::Value) -> Option<String> {
        super::value(Tree::of(&value).unwrap()).unwrap()
    }

    fn header(cookies: &[(&str, &str)], other: Option<&'static str>) -> Option<String> {
        let mut all = Cookies::default();
        for (name, value) in cookies {
            all.set(name, (*value).to_owned()).unwrap();
        }
        let header = all.header(other.map(HeaderValue::from_static).as_ref()).unwrap()?;
        assert!(header.is_sensitive());
        Some(header.to_str().unwrap().to_owned())
    }

    #[test]
    fn what_cannot_stand_in_a_cookie_is_encoded() {
        assert_eq!(encoded(json!("a=b+/=:é")).unwrap(), "a=b+/=:%C3%A9");
        assert_eq!(
            encoded(json!("a b;c=1,\"d\\\r\n%3B")).unwrap(),
            "a%20b%3Bc=1%2C%22d%5C%0D%0A%253B"
        );
        assert_eq!(encoded(json!("")).unwrap(), "");
        assert_eq!(encoded(json!(7)).unwrap(), "7");
        assert_eq!(encoded(json!(null)), None);
    }

    #[test]
    fn lists_and_objects_are_joined_with_commas() {
        assert_eq!(encoded(json!(["a", "b=c,d"])).unwrap(), "a,b%3Dc%2Cd");
        assert_eq!(encoded(json!({ "a": 1, "b": null, "c": "x" })).unwrap(), "a,1,c,x");
        assert_eq!(encoded(json!([])), None);
        let nested = Tree::of(&json!({ "a": [1] })).unwrap();
        assert!(super::value(nested).unwrap_err().to_string().contains("`a`, which is a list"));
    }

    #[test]
    fn there_is_one_header_and_each_name_once() {
        assert_eq!(header(&[], Some("a=1")), None);
        assert_eq!(header(&[("a", "1"), ("b", "2")], None).unwrap(), "a=1; b=2");
        assert_eq!(header(&[("a", "1"), ("a", "2")], None).unwrap(), "a=2");
        let joined = header(&[("a", "1")], Some("A=2;a = 3 ;; b=4; c")).unwrap();
        assert_eq!(joined, "A=2; b=4; c; a=1");
        let (one, other) = (HeaderValue::from_static("a=1; b=2"), HeaderValue::from_static("b=3"));
        assert_eq!(super::joined(Some(&one), &other).unwrap(), "a=1; b=3");
        assert_eq!(super::joined(None, &other).unwrap(), "b=3");
        assert!(has(&HeaderValue::from_static("x=1; y=2"), "y"));
        assert!(!has(&HeaderValue::from_static("x=y; z"), "y"));
    }

    #[test]
    fn a_name_that_would_be_more_than_a_name_is_refused() {
        for name in ["", "a=b", "a;b", "a b", "a,b", "a\r\nb", "é"] {
            let refusal = Cookies::default().set(name, String::new()).unwrap_err();
            assert!(refusal.contains("no cookie can have"), "{name}");
        }
    }
}
