//! The body of a request, by media type.
//!
//! Each body brings the `content-type` header along, unless the operation has a header parameter of
//! that name. The last body that is set is the one that is sent.

use bytes::Bytes;
use serde::Serialize;

use super::Request;
use crate::body::Body;
use crate::tree::{Tree, Unfit};
use crate::{multipart, pairs};

impl Request {
    /// Sets the body, in JSON.
    pub fn json<T: Serialize + ?Sized>(&mut self, body: &T) {
        if let Some(body) = self.serialize(body) {
            self.body = Some(Body::json(body));
        }
    }

    /// Sets the body, in JSON under a media type of the vendor's, for instance
    /// `application/vnd.api+json`.
    pub fn json_as<T: Serialize + ?Sized>(&mut self, media_type: &str, body: &T) {
        if let Some(body) = self.serialize(body) {
            self.bytes(media_type, body);
        }
    }

    /// Sets the body to the members of an object, as `application/x-www-form-urlencoded`.
    ///
    /// A list of scalars repeats the name of its member. A member that is an object, or a list of
    /// anything else, is sent as JSON.
    pub fn form<T: Serialize + ?Sized>(&mut self, body: &T) {
        self.set_body(Tree::of(body).and_then(pairs::form));
    }

    /// Sets the body to the members of an object, as the parts of `multipart/form-data`.
    ///
    /// An [`Upload`](crate::Upload) is sent as a file, a scalar as text, an object as JSON. A list
    /// repeats the part of its member.
    pub fn multipart<T: Serialize + ?Sized>(&mut self, body: &T) {
        self.set_body(Tree::of(body).and_then(multipart::body));
    }

    /// Sets the body to a text, of a media type such as `text/plain`.
    pub fn text<T: AsRef<str> + ?Sized>(&mut self, media_type: &str, body: &T) {
        self.bytes(media_type, body.as_ref().to_owned());
    }

    /// Sets the body byte for byte, of a media type such as `application/octet-stream`.
    pub fn bytes(&mut self, media_type: &str, body: impl Into<Bytes>) {
        self.set_body(Body::new(media_type, body));
    }

    fn serialize<T: Serialize + ?Sized>(&mut self, body: &T) -> Option<Vec<u8>> {
        let json = super::json::to_vec(body);
        json.map_err(|error| self.fail(|| format!("the body cannot be serialized: {error}"))).ok()
    }

    fn set_body(&mut self, body: Result<Body, Unfit>) {
        match body {
            Ok(body) => self.body = Some(body),
            Err(unfit) => self.fail(|| format!("the body {unfit}")),
        }
    }
}
