//! The body of a request, and the `content-type` that goes with it.

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

use crate::headers;
use crate::tree::Unfit;

pub(crate) struct Body {
    pub(crate) content: Bytes,
    media_type: HeaderValue,
    /// What stands between the parts, if there are parts.
    boundary: Option<String>,
}

impl Body {
    pub(crate) fn json(content: Vec<u8>) -> Self {
        let media_type = HeaderValue::from_static("application/json");
        Self { content: content.into(), media_type, boundary: None }
    }

    pub(crate) fn new(media_type: &str, content: impl Into<Bytes>) -> Result<Self, Unfit> {
        let media_type = headers::value(media_type)
            .map_err(|reason| Unfit::new(format!("has a content type that {reason}")))?;
        Ok(Self { content: content.into(), media_type, boundary: None })
    }

    /// The boundary must be a token.
    pub(crate) fn parts(boundary: String, content: impl Into<Bytes>) -> Result<Self, Unfit> {
        let body = Self::new(&format!("multipart/form-data; boundary={boundary}"), content)?;
        Ok(Self { boundary: Some(boundary), ..body })
    }

    /// Whether it is JSON, of whatever media type.
    pub(crate) fn is_json(&self) -> bool {
        let media_type = self.media_type.to_str().unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let essence = essence.to_ascii_lowercase();
        essence == "application/json" || essence.ends_with("+json")
    }

    /// Empty if it is no text.
    #[cfg(feature = "mock")]
    pub(crate) fn media_type(&self) -> &str {
        self.media_type.to_str().unwrap_or_default()
    }

    /// Puts the media type into the headers, unless the operation has a parameter of that name.
    ///
    /// Without its boundary, a body of parts cannot be read. So it is added to what the parameter
    /// says, which cannot know it.
    pub(crate) fn describe(
        &self,
        parameters: &HeaderMap,
        headers: &mut HeaderMap,
    ) -> Result<(), String> {
        let value = match (parameters.get(CONTENT_TYPE), &self.boundary) {
            (None, _) => self.media_type.clone(),
            (Some(_), None) => return Ok(()),
            (Some(own), Some(boundary)) => with_boundary(own, boundary).ok_or_else(|| {
                "the header parameter `content-type` is no multipart type without a boundary, \
                 and the body consists of parts"
                    .to_owned()
            })?,
        };
        headers.insert(CONTENT_TYPE, value);
        Ok(())
    }
}

fn with_boundary(own: &HeaderValue, boundary: &str) -> Option<HeaderValue> {
    let own = own.to_str().ok()?;
    let lower = own.to_ascii_lowercase();
    if !lower.starts_with("multipart/") || lower.contains("boundary") {
        return None;
    }
    headers::value(format!("{own}; boundary={boundary}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(own: Option<&'static str>, body: &Body) -> Result<String, String> {
        let mut parameters = HeaderMap::new();
        if let Some(own) = own {
            parameters.insert(CONTENT_TYPE, HeaderValue::from_static(own));
        }
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.extend(parameters.clone());
        body.describe(&parameters, &mut headers)?;
        Ok(headers[CONTENT_TYPE].to_str().unwrap().to_owned())
    }

    #[test]
    fn a_parameter_of_the_operation_stands_above_the_type_of_the_body() {
        let body = Body::new("text/plain", "x").unwrap();
        assert_eq!(described(None, &body).unwrap(), "text/plain");
        assert_eq!(described(Some("text/csv"), &body).unwrap(), "text/csv");
    }

    #[test]
    fn no_body_of_parts_goes_without_its_boundary() {
        let body = Body::parts("b-1".to_owned(), "x").unwrap();
        assert_eq!(described(None, &body).unwrap(), "multipart/form-data; boundary=b-1");
        let own = described(Some("Multipart/Mixed"), &body).unwrap();
        assert_eq!(own, "Multipart/Mixed; boundary=b-1");
        for own in ["multipart/form-data; Boundary=x", "application/json"] {
            let refusal = described(Some(own), &body).unwrap_err();
            assert!(refusal.contains("consists of parts"), "{own}: {refusal}");
        }
    }

    #[test]
    fn a_content_type_is_one_header_and_no_more() {
        let refusal = Body::new("text/plain\r\nx: y", "x").err().unwrap().to_string();
        assert!(refusal.starts_with("has a content type that has a value with a line break"));
    }
}
