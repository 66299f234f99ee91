//! Bodies of the type `multipart/form-data`, as RFC 7578 and the form data of WHATWG have them.

use std::collections::BTreeSet;

use bytes::Bytes;

use crate::body::Body;
use crate::headers;
use crate::tree::{Tree, Unfit};

/// A boundary is this and [`DIGITS`] digits.
const BOUNDARY: &str = "bindery-part-";

const DIGITS: usize = 12;

struct Part {
    head: String,
    content: Bytes,
}

/// The members of an object as parts. A list repeats the part; what is nested is sent as JSON.
pub(crate) fn body(value: Tree) -> Result<Body, Unfit> {
    let mut parts = Vec::new();
    for (name, member) in value.members()? {
        let items = match member {
            Tree::List(items) => items,
            item => vec![item],
        };
        for item in items {
            parts.extend(part(&name, item).map_err(|unfit| unfit.within(&name))?);
        }
    }
    let boundary = boundary(&parts);
    let content = join(&boundary, &parts);
    Body::parts(boundary, content)
}

fn part(name: &str, item: Tree) -> Result<Option<Part>, Unfit> {
    let name = escape(name);
    let head = format!("content-disposition: form-data; name=\"{name}\"");
    Ok(match item {
        Tree::Null => None,
        Tree::Text(text) | Tree::Literal(text) => Some(Part { head, content: text.into() }),
        Tree::List(_) | Tree::Object(_) => Some(Part {
            head: format!("{head}\r\ncontent-type: application/json"),
            content: item.json()?.into(),
        }),
        Tree::File(file) => {
            let media_type = file.media_type();
            headers::value(media_type)
                .map_err(|reason| Unfit::new(format!("is a file whose content type {reason}")))?;
            let file_name = escape(file.name());
            Some(Part {
                head: format!("{head}; filename=\"{file_name}\"\r\ncontent-type: {media_type}"),
                content: file.content().clone(),
            })
        }
    })
}

/// A name as it stands between quotes.
fn escape(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The first boundary of which no part has a trace. One look at the parts is enough, however many
/// of its kind they have.
fn boundary(parts: &[Part]) -> String {
    let texts = parts.iter().flat_map(|part| [part.head.as_bytes(), &part.content]);
    let taken: BTreeSet<u64> = texts.flat_map(boundaries).collect();
    let free = (0..).find(|number| !taken.contains(number)).unwrap_or_default();
    format!("{BOUNDARY}{free:0DIGITS$}")
}

/// The numbers of all boundaries that a text has in it.
fn boundaries(text: &[u8]) -> impl Iterator<Item = u64> {
    text.windows(BOUNDARY.len() + DIGITS).filter_map(|window| {
        let digits = window.strip_prefix(BOUNDARY.as_bytes())?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    })
}

fn join(boundary: &str, parts: &[Part]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        body.extend_from_slice(format!("--{boundary}\r\n{}\r\n\r\n", part.head).as_bytes());
        body.extend_from_slice(&part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

#[cfg(test)]
mod tests;
