//! Form-encoded pairs of names and values: the query of a url, and the body of a form.

use crate::body::Body;
use crate::percent;
use crate::tree::{Tree, Unfit};

/// The members of an object as a body. A list of scalars repeats the name of its member; what is
/// neither that nor a scalar is sent as JSON.
pub(crate) fn form(value: Tree) -> Result<Body, Unfit> {
    let mut pairs = Pairs::default();
    for (name, member) in value.members()? {
        let pushed = match member.is_flat() {
            true => pairs.repeated(&name, member),
            false => member.json().map(|json| pairs.push(&name, &json)),
        };
        pushed.map_err(|unfit| unfit.within(&name))?;
    }
    Body::new("application/x-www-form-urlencoded", pairs.into_string())
}

/// Pairs in the order in which they were added.
#[derive(Default)]
pub(crate) struct Pairs(String);

impl Pairs {
    /// Adds text that is encoded already.
    pub(crate) fn push_encoded(&mut self, encoded: &str) {
        if !self.0.is_empty() && !encoded.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(encoded);
    }

    pub(crate) fn push(&mut self, name: &str, value: &str) {
        self.push_name(name, value.len());
        percent::push_form(&mut self.0, value);
    }

    /// Starts a pair, with room for its value.
    fn push_name(&mut self, name: &str, value: usize) {
        self.0.reserve(name.len() + value + 32);
        if !self.0.is_empty() {
            self.0.push('&');
        }
        percent::push_form(&mut self.0, name);
        self.0.push('=');
    }

    /// A scalar, or a list of them, which repeats the name.
    pub(crate) fn repeated(&mut self, name: &str, value: Tree) -> Result<(), Unfit> {
        if let Tree::Text(text) | Tree::Literal(text) = &value {
            self.push(name, text);
            return Ok(());
        }
        for text in value.texts()? {
            self.push(name, &text);
        }
        Ok(())
    }

    /// All texts in one value. A separator that cannot stand in a url as it is must not be in an
    /// item either, since it would separate once more.
    pub(crate) fn joined(&mut self, name: &str, separator: char, value: Tree) -> Result<(), Unfit> {
        let several = value.is_nested();
        let texts = value.flat()?;
        if texts.is_empty() {
            return Ok(());
        }
        let literal = matches!(separator, ',' | '|');
        if several && !literal && texts.iter().any(|text| text.contains(separator)) {
            return Err(Unfit::new(format!("has the separator `{separator}` in an item")));
        }
        let separator = separator.to_string();
        let separator = if literal { separator } else { percent::encode(&separator) };
        let items: Vec<_> = texts.iter().map(|text| percent::encode(text)).collect();
        let items = items.join(&separator);
        self.push_name(name, items.len());
        self.0.push_str(&items);
        Ok(())
    }

    /// Each member of an object under its own name.
    pub(crate) fn members(&mut self, value: Tree) -> Result<(), Unfit> {
        for (name, member) in value.members()? {
            self.repeated(&name, member).map_err(|unfit| unfit.within(&name))?;
        }
        Ok(())
    }

    /// Each member of an object, at any depth, under the names that lead to it: `a[b][c]`.
    pub(crate) fn deep(&mut self, name: &str, value: Tree) -> Result<(), Unfit> {
        let Tree::Object(members) = value else {
            return self.repeated(name, value);
        };
        for (member, value) in members {
            let path = format!("{name}[{member}]");
            self.deep(&path, value).map_err(|unfit| unfit.within(&member))?;
        }
        Ok(())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests;
