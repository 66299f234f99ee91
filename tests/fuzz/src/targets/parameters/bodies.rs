//! Bodies of requests, told to a request and read back.

use std::collections::BTreeMap;

use bindery_runtime as runtime;
use runtime::{Bytes, Upload, http};
use serde::Serialize;
use serde_json::Value;

use crate::input::Input;

use super::readers::{form, parts};
use super::values::{is_json_of, repeated, value};

/// A body that a request was given.
pub(super) enum Given {
    Nothing,
    Json(Value),
    Form(Value),
    Parts(BTreeMap<String, Member>),
    Bytes(Vec<u8>),
}

/// A member of a body of parts.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Member {
    Value(Value),
    File(File),
}

/// A file, whose content an [`Upload`] does not give back.
pub(super) struct File {
    upload: Upload,
    content: Vec<u8>,
    name: String,
    media_type: String,
}

impl Serialize for File {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.upload.serialize(serializer)
    }
}

/// Gives a request a body of some kind.
pub(super) fn give(request: &mut runtime::Request, input: &mut Input<'_>) -> Given {
    match input.below(6) {
        0 => Given::Nothing,
        1 => {
            let body = value(input, 3);
            request.json(&body);
            Given::Json(body)
        }
        2 => {
            let body = value(input, 3);
            request.form(&body);
            Given::Form(body)
        }
        3 => {
            let (media_type, body) = (input.text(), input.bytes().to_vec());
            request.bytes(&media_type, body.clone());
            Given::Bytes(body)
        }
        _ => {
            let members = (0..input.below(4)).map(|_| (input.text(), member(input)));
            let members = members.collect();
            request.multipart(&members);
            Given::Parts(members)
        }
    }
}

fn member(input: &mut Input<'_>) -> Member {
    if input.below(2) == 0 {
        return Member::Value(value(input, 2));
    }
    let (content, name, media_type) = (input.bytes().to_vec(), input.text(), input.text());
    let upload = Upload::new(content.clone()).file_name(&*name).content_type(&*media_type);
    Member::File(File { upload, content, name, media_type })
}

impl Given {
    /// Checks that a request that was sent has this body.
    pub(super) fn check(&self, sent: &http::Request<Bytes>) {
        let body = sent.body();
        let media_type = sent.headers().get("content-type");
        let media_type = media_type.map(|it| it.as_bytes()).unwrap_or_default();
        match self {
            Self::Nothing => assert!(body.is_empty() && media_type.is_empty()),
            Self::Json(value) => assert!(is_json_of(body, value), "{body:?} is no {value}"),
            Self::Bytes(bytes) => assert_eq!(body, bytes),
            Self::Form(value) => check_form(body, value),
            Self::Parts(members) => check_parts(body, media_type, members),
        }
    }
}

fn check_form(body: &[u8], value: &Value) {
    let text = std::str::from_utf8(body).expect("a form is text");
    let mut pairs = form(text).into_iter();
    for (name, member) in value.as_object().into_iter().flatten() {
        match repeated(member) {
            Some(texts) => {
                for text in texts {
                    assert_eq!(
                        pairs.next(),
                        Some((name.clone(), text)),
                        "in {text_of}",
                        text_of = value
                    );
                }
            }
            None => {
                let (actual, json) = pairs.next().expect("a pair");
                assert!(
                    actual == *name && is_json_of(json.as_bytes(), member),
                    "{json} in {value}"
                );
            }
        }
    }
    assert_eq!(pairs.next(), None, "a pair comes from nowhere");
}

fn check_parts(body: &[u8], media_type: &[u8], members: &BTreeMap<String, Member>) {
    let media_type = std::str::from_utf8(media_type).expect("a media type");
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    let mut parts = parts(body, boundary).into_iter();
    for (name, member) in members {
        let disposition = format!("content-disposition: form-data; name=\"{}\"", quoted(name));
        let values = match member {
            Member::File(file) => {
                let (head, content) = parts.next().expect("a part");
                let file_name = quoted(&file.name);
                let expected = format!(
                    "{disposition}; filename=\"{file_name}\"\r\ncontent-type: {}",
                    file.media_type
                );
                assert_eq!((head, content), (expected, file.content.clone()));
                continue;
            }
            Member::Value(Value::Array(items)) => items.as_slice(),
            Member::Value(value) => std::slice::from_ref(value),
        };
        for value in values.iter().filter(|it| !it.is_null()) {
            let (head, content) = parts.next().expect("a part");
            if value.is_array() || value.is_object() {
                assert_eq!(head, format!("{disposition}\r\ncontent-type: application/json"));
                assert!(is_json_of(&content, value), "{content:?} is no {value}");
            } else {
                let text = repeated(value).into_iter().flatten().next().unwrap_or_default();
                assert_eq!((head, content), (disposition.clone(), text.into_bytes()));
            }
        }
    }
    assert_eq!(parts.next(), None, "a part comes from nowhere");
}

/// A name between quotes, as the form data of WHATWG has it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
