//! The path of a request: a template and the values of its parameters.

/// A value as it stands in a path: everything but unreserved characters is percent-encoded, so no
/// value reaches beyond its place.
pub(crate) fn encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The path of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Template(pub(crate) &'static str);

/// A template is text and parameters by turns.
enum Piece {
    Text(&'static str),
    Parameter(&'static str),
}

impl Template {
    pub(crate) fn has(self, name: &str) -> bool {
        let is_it = |piece| matches!(piece, Piece::Parameter(found) if found == name);
        self.pieces().any(is_it)
    }

    /// Puts encoded values into the template.
    pub(crate) fn expand(self, values: &[(String, String)]) -> Result<String, String> {
        let mut path = String::new();
        for piece in self.pieces() {
            match piece {
                Piece::Text(text) => path.push_str(text),
                Piece::Parameter(name) => {
                    let value = values.iter().find(|(found, _)| found == name);
                    let (_, value) =
                        value.ok_or_else(|| format!("the path parameter `{name}` has no value"))?;
                    path.push_str(value);
                }
            }
        }
        // Only here, because parameters and text that stand together may form such a segment.
        if path.split('/').any(is_dots) {
            return Err(format!(
                "the values for `{}` make a segment `.` or `..`, which would lead to another path",
                self.0
            ));
        }
        Ok(path)
    }

    fn pieces(self) -> impl Iterator<Item = Piece> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            if let Some((name, after)) = rest.strip_prefix('{').and_then(|r| r.split_once('}')) {
                rest = after;
                return Some(Piece::Parameter(name));
            }
            // A brace that is not closed is text.
            let mut later = rest.char_indices().skip(1);
            let end = later.find(|(_, c)| *c == '{').map_or(rest.len(), |(at, _)| at);
            let (text, after) = rest.split_at(end);
            rest = after;
            Some(Piece::Text(text))
        })
    }
}

/// Whether a url parser resolves the segment instead of sending it. It does so with encoded dots
/// as well.
fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    matches!(plain.as_str(), "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(template: &'static str, values: &[(&str, &str)]) -> Result<String, String> {
        let encoded = |(name, value): &(&str, &str)| ((*name).to_owned(), encode(value));
        Template(template).expand(&values.iter().map(encoded).collect::<Vec<_>>())
    }

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(encode("aZ09-._~"), "aZ09-._~");
        assert_eq!(encode("a/b?c#d%e&f=g+h i"), "a%2Fb%3Fc%23d%25e%26f%3Dg%2Bh%20i");
        assert_eq!(encode("é{}:@\\\n"), "%C3%A9%7B%7D%3A%40%5C%0A");
    }

    #[test]
    fn parameters_stand_alone_adjacent_or_twice() {
        let values = [("a", "1"), ("b", "x/y")];
        assert_eq!(expand("/v1/{a}/t/{b}", &values).unwrap(), "/v1/1/t/x%2Fy");
        assert_eq!(expand("/{a}{b}-{a}.json", &values).unwrap(), "/1x%2Fy-1.json");
        assert_eq!(expand("/v1", &[]).unwrap(), "/v1");
        assert_eq!(expand("é/{a}é", &values).unwrap(), "é/1é");
    }

    #[test]
    fn a_value_is_not_a_template_and_a_lone_brace_is_text() {
        assert_eq!(expand("/{a}", &[("a", "{b}")]).unwrap(), "/%7Bb%7D");
        assert_eq!(expand("/{a/{", &[]).unwrap(), "/{a/{");
        assert_eq!(expand("/a}", &[]).unwrap(), "/a}");
    }

    #[test]
    fn a_parameter_without_a_value_is_named() {
        assert!(expand("/{a}/{b}", &[("a", "1")]).unwrap_err().contains("`b` has no value"));
        assert!(Template("/{a}/{b}").has("b"));
        assert!(!Template("/{a}/b").has("b"));
    }

    #[test]
    fn no_mixture_makes_a_dot_segment() {
        for (template, a, b) in [
            ("/{a}/x/{b}", ".", "x"),
            ("/{a}/x/{b}", "x", ".."),
            ("/x/{a}{b}", ".", "."),
            ("/x/.{a}/{b}", ".", "x"),
            ("/x/%2e{a}/{b}", ".", "x"),
            ("/x/{a}%2E/{b}", ".", "x"),
        ] {
            let refusal = expand(template, &[("a", a), ("b", b)]).unwrap_err();
            assert!(refusal.contains("another path"), "{template}: {refusal}");
        }
        for (template, value) in
            [("/v{a}", "."), ("/{a}", "..."), ("/{a}", "..a"), ("/{a}", "%2e%2e")]
        {
            assert!(expand(template, &[("a", value)]).is_ok(), "{template} {value}");
        }
    }
}
