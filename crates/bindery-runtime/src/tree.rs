//! What a caller gives for a parameter or a body, as a tree. The styles of parameters and the media
//! types of bodies differ only in how they write one.

mod grow;
mod unfit;

use serde::Serialize;

use crate::Upload;
pub(crate) use unfit::Unfit;

/// A value of a caller, in the shape that serde gives it.
#[derive(Debug, PartialEq)]
pub(crate) enum Tree {
    /// Absent, or the null of JSON, which is as good as absent.
    Null,
    Text(String),
    /// A number or a boolean, whose text is JSON as it stands.
    Literal(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
    File(Upload),
}

impl Tree {
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, Unfit> {
        value.serialize(grow::Grower::default())
    }

    /// The texts of a scalar or of a list of scalars. None if it is absent.
    pub(crate) fn texts(self) -> Result<Vec<String>, Unfit> {
        self.texts_where("scalars and lists of scalars")
    }

    /// The same, and an object of scalars becomes the list of its names and values by turns.
    pub(crate) fn flat(self) -> Result<Vec<String>, Unfit> {
        let Self::Object(members) = self else {
            return self.texts_where("scalars, lists of scalars and objects of scalars");
        };
        let mut texts = Vec::new();
        for (name, member) in members {
            match member.text_where("scalars") {
                Ok(text) => texts.extend(text.map(|text| [name, text]).into_iter().flatten()),
                Err(unfit) => return Err(unfit.within(&name)),
            }
        }
        Ok(texts)
    }

    /// The members of an object. None if it is absent.
    pub(crate) fn members(self) -> Result<Vec<(String, Self)>, Unfit> {
        match self {
            Self::Object(members) => Ok(members),
            Self::Null => Ok(Vec::new()),
            other => Err(Unfit::shape(other.kind(), "objects")),
        }
    }

    /// Whether [`texts`](Self::texts) has something to give.
    pub(crate) fn is_flat(&self) -> bool {
        match self {
            Self::List(items) => items.iter().all(|item| !item.is_nested()),
            scalar => !scalar.is_nested(),
        }
    }

    /// Whether it consists of more than one text.
    pub(crate) fn is_nested(&self) -> bool {
        matches!(self, Self::List(_) | Self::Object(_))
    }

    /// The value in JSON.
    pub(crate) fn json(&self) -> Result<String, Unfit> {
        let mut json = String::new();
        self.write_json(&mut json)?;
        Ok(json)
    }

    fn write_json(&self, json: &mut String) -> Result<(), Unfit> {
        match self {
            Self::Null => json.push_str("null"),
            Self::Text(text) => json.push_str(&quoted(text)),
            Self::Literal(literal) => json.push_str(literal),
            Self::List(items) => {
                let mut before = '[';
                for item in items {
                    json.push(std::mem::replace(&mut before, ','));
                    item.write_json(json)?;
                }
                json.push_str(if items.is_empty() { "[]" } else { "]" });
            }
            Self::Object(members) => {
                let mut before = '{';
                for (name, member) in members {
                    json.push(std::mem::replace(&mut before, ','));
                    json.push_str(&quoted(name));
                    json.push(':');
                    member.write_json(json).map_err(|unfit| unfit.within(name))?;
                }
                json.push_str(if members.is_empty() { "{}" } else { "}" });
            }
            Self::File(_) => return Err(Unfit::new("is a file, which JSON cannot carry")),
        }
        Ok(())
    }

    fn texts_where(self, fit: &str) -> Result<Vec<String>, Unfit> {
        let Self::List(items) = self else {
            return Ok(self.text_where(fit)?.into_iter().collect());
        };
        let text = |item| match item {
            Self::List(_) => Some(Err(Unfit::shape("a list in a list", fit))),
            item => item.text_where(fit).transpose(),
        };
        items.into_iter().filter_map(text).collect()
    }

    fn text_where(self, fit: &str) -> Result<Option<String>, Unfit> {
        match self {
            Self::Null => Ok(None),
            Self::Text(text) | Self::Literal(text) => Ok(Some(text)),
            other => Err(Unfit::shape(other.kind(), fit)),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "absent",
            Self::Text(_) | Self::Literal(_) => "a scalar",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
            Self::File(_) => "a file",
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests;
