//! JSON pointers (RFC 6901), which references are made of.

use super::{Key, Node, Value};

impl Node {
    /// Follows a JSON pointer (RFC 6901), with or without the `#` of a reference.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        // In a reference the pointer is part of a URI, and encoded like one.
        let decoded = pointer.strip_prefix('#').map(percent_decoded);
        let pointer = decoded.as_deref().unwrap_or(pointer);
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |node, token| {
            let token = pointer_name(token);
            match &node.value {
                Value::Object(members) => members.get(token.as_str()),
                Value::Array(items) => items.get(token.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }

    /// Shows every node in this one, itself first, with its JSON pointer and the name of the member that it is.
    pub fn each_with_pointer(&self, visit: &mut dyn FnMut(&Node, &str, Option<&Key>)) {
        fn each(
            node: &Node,
            pointer: &mut String,
            key: Option<&Key>,
            visit: &mut dyn FnMut(&Node, &str, Option<&Key>),
        ) {
            visit(node, pointer, key);
            let length = pointer.len();
            let members = node.as_object().into_iter().flatten();
            let members = members.map(|(key, it)| (pointer_token(&key.text), Some(key), it));
            let items = node.items().enumerate().map(|(at, it)| (at.to_string(), None, it));
            for (token, key, inside) in members.chain(items) {
                pointer.push('/');
                pointer.push_str(&token);
                each(inside, pointer, key, visit);
                pointer.truncate(length);
            }
        }
        each(self, &mut String::new(), None, visit);
    }
}

/// A token of a JSON pointer, escaped as RFC 6901 asks.
pub fn pointer_token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The name that a token of a JSON pointer stands for.
pub fn pointer_name(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// `%7B` is `{`. What is no such code stays as it is.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = |byte: &u8| char::from(*byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
        match (first, after) {
            (b'%', [high, low, after @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                bytes.extend(hex(high).zip(hex(low)).map(|(high, low)| high << 4 | low));
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Source;

    #[test]
    fn pointers_unescape_their_tokens() {
        let span = Source::new("page.md", "").start();
        let node = Node::from_json(json!({"paths": {"/a/{b}": {"x~y": [1, 2]}}}), &span);
        let found = node.pointer("#/paths/~1a~1{b}/x~0y/1").map(Node::to_json);
        assert_eq!(found, Some(json!(2)));
        assert_eq!(node.pointer("#/paths/~1a~1%7Bb%7D/x~0y/0").map(Node::to_json), Some(json!(1)));
        assert_eq!(node.pointer("#/paths/none"), None);
        assert_eq!(percent_decoded("50% %zz %C3%A9 %FF"), "50% %zz %C3%A9 %FF");
        assert_eq!(percent_decoded("%C3%A9%2"), "é%2");
        assert_eq!(pointer_token("/a/~b"), "~1a~1~0b");
    }
}
