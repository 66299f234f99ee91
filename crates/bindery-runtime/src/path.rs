//! The path of a request: a template and the values of its parameters.

use crate::percent;

/// Adds a text to another one, in the form that its place demands.
type Encode = fn(&mut String, &str);

/// How a path parameter is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a,b`
    Matrix,
}

/// A path parameter and its texts, of which there is one at least.
#[derive(Debug)]
pub(crate) struct Value {
    pub(crate) name: &'static str,
    pub(crate) style: Style,
    pub(crate) texts: Vec<String>,
}

impl Value {
    fn write(&self, out: &mut String, encode: Encode) {
        let separator = match self.style {
            Style::Simple => ',',
            Style::Label => {
                out.push('.');
                '.'
            }
            Style::Matrix => {
                out.push(';');
                encode(out, self.name);
                out.push('=');
                ','
            }
        };
        for (index, text) in self.texts.iter().enumerate() {
            if index > 0 {
                out.push(separator);
            }
            encode(out, text);
        }
    }
}

/// The path of an operation, which may have a query and a fragment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Template(pub(crate) &'static str);

/// A template is text and parameters by turns.
enum Piece {
    Text(&'static str),
    Parameter(&'static str),
}

impl Piece {
    /// How long it is in the template.
    fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Parameter(name) => name.len() + "{}".len(),
        }
    }
}

impl Template {
    /// The path alone, and the query if there is one. No fragment is ever sent.
    pub(crate) fn split(self) -> (Self, Option<Self>) {
        let (sent, _) = self.split_at('#').unwrap_or((self, self));
        match sent.split_at('?') {
            Some((path, query)) => (path, Some(query)),
            None => (sent, None),
        }
    }

    /// The name of a parameter, if there is one of that name.
    pub(crate) fn parameter(self, name: &str) -> Option<&'static str> {
        self.pieces().find_map(|piece| match piece {
            Piece::Parameter(found) if found == name => Some(found),
            _ => None,
        })
    }

    /// Puts values into the template of a path.
    pub(crate) fn expand(self, values: &[Value]) -> Result<String, String> {
        let path = self.fill(values, percent::push, String::push_str)?;
        // Only here, because parameters and text that stand together may form such a segment.
        if path.split('/').any(is_dots) {
            return Err(format!(
                "the values for `{}` make a segment `.` or `..`, which would lead to another path",
                self.0
            ));
        }
        Ok(path)
    }

    /// Puts values into the template of a query.
    pub(crate) fn expand_query(self, values: &[Value]) -> Result<String, String> {
        // A url keeps the braces of its query, although no query may have them.
        let text = |out: &mut String, text: &str| {
            out.push_str(&text.replace('{', "%7B").replace('}', "%7D"));
        };
        self.fill(values, percent::push_form, text)
    }

    /// Whether a path is made of this template, with these values and any others.
    #[cfg(feature = "mock")]
    pub(crate) fn fits(self, values: &[Value], actual: &str) -> bool {
        fits(&self.pieces().collect::<Vec<_>>(), values, actual)
    }

    /// The template, with those values that there are.
    #[cfg(feature = "mock")]
    pub(crate) fn show(self, values: &[Value]) -> String {
        let mut shown = String::new();
        for piece in self.pieces() {
            match piece {
                Piece::Text(text) => shown.push_str(text),
                Piece::Parameter(name) => match values.iter().find(|value| value.name == name) {
                    Some(value) => value.write(&mut shown, percent::push),
                    None => shown.push_str(&format!("{{{name}}}")),
                },
            }
        }
        shown
    }

    fn fill(self, values: &[Value], encode: Encode, text: Encode) -> Result<String, String> {
        let mut filled = String::with_capacity(2 * self.0.len());
        for piece in self.pieces() {
            match piece {
                Piece::Text(piece) => text(&mut filled, piece),
                Piece::Parameter(name) => match values.iter().find(|value| value.name == name) {
                    Some(value) => value.write(&mut filled, encode),
                    None => return Err(format!("the path parameter `{name}` has no value")),
                },
            }
        }
        Ok(filled)
    }

    /// Splits at a character that is not in the name of a parameter.
    fn split_at(self, character: char) -> Option<(Self, Self)> {
        let mut start = 0;
        for piece in self.pieces() {
            if let Piece::Text(text) = piece
                && let Some(at) = text.find(character)
            {
                let (before, after) = self.0.split_at(start + at);
                return Some((Self(before), Self(after.strip_prefix(character)?)));
            }
            start += piece.len();
        }
        None
    }

    fn pieces(self) -> impl Iterator<Item = Piece> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let braced = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
            // A brace that is not closed before the next one opens is text.
            if let Some((name, after)) = braced.filter(|(name, _)| !name.contains('{')) {
                rest = after;
                return Some(Piece::Parameter(name));
            }
            let mut later = rest.char_indices().skip(1);
            let end = later.find(|(_, c)| *c == '{').map_or(rest.len(), |(at, _)| at);
            let (text, after) = rest.split_at(end);
            rest = after;
            Some(Piece::Text(text))
        })
    }
}

/// A parameter without a value is any text within a segment.
#[cfg(feature = "mock")]
fn fits(pieces: &[Piece], values: &[Value], actual: &str) -> bool {
    let Some((first, rest)) = pieces.split_first() else { return actual.is_empty() };
    let known = match first {
        Piece::Text(text) => Some((*text).to_owned()),
        Piece::Parameter(name) => values.iter().find(|value| value.name == *name).map(|value| {
            let mut text = String::new();
            value.write(&mut text, percent::push);
            text
        }),
    };
    if let Some(known) = known {
        return actual.strip_prefix(&*known).is_some_and(|after| fits(rest, values, after));
    }
    let segment = actual.find('/').unwrap_or(actual.len());
    let ends = (1..=segment).rev().filter_map(|end| actual.get(end..));
    ends.into_iter().any(|after| fits(rest, values, after))
}

/// Whether a url parser resolves the segment instead of sending it. It does so with encoded dots
/// as well.
fn is_dots(segment: &str) -> bool {
    let mut rest = segment;
    let mut dots = 0;
    while let Some(after) = strip_dot(rest) {
        rest = after;
        dots += 1;
    }
    rest.is_empty() && matches!(dots, 1 | 2)
}

fn strip_dot(text: &str) -> Option<&str> {
    let (start, after) = text.split_at_checked(3).unwrap_or(("", text));
    if start.eq_ignore_ascii_case("%2e") { Some(after) } else { text.strip_prefix('.') }
}

#[cfg(test)]
mod tests;
