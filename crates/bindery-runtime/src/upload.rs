//! A file of a multipart body, and how its bytes get past serde.
//!
//! A body is a struct that derives `Serialize`, and serde has no notion of a file. So an upload
//! serializes as a newtype that fails, which is what every other serializer meets. The one for
//! multipart bodies knows the newtype by its name, and receives the upload over a counter that is
//! open only while it asks.

use std::cell::Cell;
use std::fmt;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};

/// A file to send as a member of a `multipart/form-data` body.
///
/// A file is named `blob` and has the content type `application/octet-stream` unless it says
/// otherwise. It serializes into such a body only; any other serializer gets an error. It
/// deserializes from a string, whose bytes become the content. `Debug` does not show the content.
///
/// ```
/// use bindery_runtime::Upload;
///
/// let photo = Upload::new(b"\x89PNG".to_vec()).file_name("a.png").content_type("image/png");
/// assert!(serde_json::to_string(&photo).is_err());
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Upload {
    content: Bytes,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Upload {
    /// A file with this content.
    #[must_use]
    pub fn new(content: impl Into<Bytes>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// The name that the server is told. Many take the type of the file from its end.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type that the server is told.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    pub(crate) fn name(&self) -> &str {
        self.file_name.as_deref().unwrap_or("blob")
    }

    pub(crate) fn media_type(&self) -> &str {
        self.content_type.as_deref().unwrap_or("application/octet-stream")
    }

    pub(crate) fn content(&self) -> &Bytes {
        &self.content
    }
}

impl From<Vec<u8>> for Upload {
    fn from(content: Vec<u8>) -> Self {
        Self::new(content)
    }
}

impl From<&str> for Upload {
    fn from(content: &str) -> Self {
        Self::new(content.to_owned())
    }
}

impl From<Bytes> for Upload {
    fn from(content: Bytes) -> Self {
        Self::new(content)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("bytes", &self.content.len())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish()
    }
}

impl<'de> Deserialize<'de> for Upload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// The name of the newtype.
const NAME: &str = "$bindery_runtime::Upload";

#[derive(Default)]
enum Counter {
    #[default]
    Closed,
    Open,
    Handed(Upload),
}

thread_local! {
    static COUNTER: Cell<Counter> = const { Cell::new(Counter::Closed) };
}

impl Serialize for Upload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME, &Sealed(self))
    }
}

struct Sealed<'a>(&'a Upload);

impl Serialize for Sealed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match COUNTER.take() {
            Counter::Open => {
                COUNTER.set(Counter::Handed(self.0.clone()));
                serializer.serialize_unit()
            }
            Counter::Closed | Counter::Handed(_) => {
                Err(S::Error::custom("a file can only be sent as a member of a multipart body"))
            }
        }
    }
}

/// The upload that a newtype of this name holds, if it is one.
pub(crate) fn take<T: Serialize + ?Sized>(name: &str, value: &T) -> Option<Upload> {
    if name != NAME {
        return None;
    }
    COUNTER.set(Counter::Open);
    // Whether this succeeds does not matter: the upload is over the counter or it is not.
    let _ = value.serialize(serde_json::value::Serializer);
    match COUNTER.take() {
        Counter::Handed(upload) => Some(upload),
        Counter::Open | Counter::Closed => None,
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::json;

    use super::*;
    use crate::tree::Tree;

    #[derive(Debug, PartialEq, Serialize, serde::Deserialize)]
    struct Form {
        photo: Upload,
    }

    #[test]
    fn its_bytes_arrive_in_a_tree_and_nowhere_else() {
        let photo = Upload::new("\u{1}hunter2").file_name("a.png");
        let form = Form { photo: photo.clone() };
        let expected = |photo| Tree::Object(vec![("photo".to_owned(), Tree::File(photo))]);
        assert_eq!(Tree::of(&form).unwrap(), expected(photo.clone()));
        assert_eq!(Tree::of(&Some(&photo)).unwrap(), Tree::File(photo.clone()));
        for refusal in [
            serde_json::to_string(&form).unwrap_err().to_string(),
            serde_json::to_value(&photo).unwrap_err().to_string(),
        ] {
            assert_eq!(refusal, "a file can only be sent as a member of a multipart body");
        }
        // The counter is closed again.
        assert!(serde_json::to_string(&photo).is_err());
    }

    #[test]
    fn a_newtype_that_takes_its_name_is_what_it_is() {
        #[derive(Serialize)]
        #[serde(rename = "$bindery_runtime::Upload")]
        struct Pretender(u8);

        assert_eq!(Tree::of(&Pretender(7)).unwrap(), Tree::Literal("7".to_owned()));
        assert!(serde_json::to_string(&Upload::default()).is_err());
    }

    #[test]
    fn it_deserializes_from_a_string() {
        let form: Form = serde_json::from_value(json!({ "photo": "é" })).unwrap();
        assert_eq!(form, Form { photo: Upload::from("é") });
        assert_eq!(Upload::from("é"), Upload::from("é".as_bytes().to_vec()));
        assert_eq!(Upload::from("a"), Upload::from(Bytes::from_static(b"a")));
    }

    #[test]
    fn debug_does_not_show_the_content() {
        let shown = format!("{:?}", Upload::from("hunter2").content_type("text/plain"));
        assert_eq!(
            shown,
            r#"Upload { bytes: 7, file_name: None, content_type: Some("text/plain") }"#
        );
    }
}
