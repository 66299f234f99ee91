//! What is said of the cause of an error: the innermost one, which knows most, fit to be shown.

use std::error::Error;

use crate::redact::Redactor;

/// How many characters of a cause are shown at most.
const LIMIT: usize = 200;

/// How many causes are looked at. A chain that is longer leads nowhere.
pub(super) const DEPTH: usize = 16;

/// What the innermost cause says that says something. Empty if none does.
pub(super) fn told(source: Option<&(dyn Error + 'static)>, redactor: &Redactor) -> String {
    let chain = std::iter::successors(source, |&error| error.source()).take(DEPTH);
    let texts = chain.map(|error| error.to_string()).filter(|text| !text.trim().is_empty());
    let text = texts.last().unwrap_or_default();
    redactor.show(&origins_only(text.trim()), LIMIT)
}

/// The text with its urls cut down to scheme, host and port: the rest may carry a password, a token
/// or a parameter.
fn origins_only(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        // Anything else may stand in a url as it is.
        let ends = |it: char| it.is_whitespace() || matches!(it, '"' | '<' | '>' | '`');
        let (url, behind) =
            after.split_at_checked(after.find(ends).unwrap_or(after.len())).unwrap_or((after, ""));
        let authority = url.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        let host = match authority.rsplit_once('@') {
            Some((_, host)) => host,
            // It may be a password with a slash in it that ends here.
            None if url.contains('@') => "…",
            None => authority,
        };
        shown.extend([before, "://", host]);
        rest = behind;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;

    /// An error with a cause, or one that is its own.
    #[derive(Debug)]
    struct Link(&'static str, Option<Box<Link>>);

    impl fmt::Display for Link {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Link {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            match &self.1 {
                Some(link) => Some(&**link),
                None if self.0 == "endless" => Some(self),
                None => None,
            }
        }
    }

    fn chain(texts: &[&'static str]) -> String {
        let mut link = None;
        for text in texts.iter().rev() {
            link = Some(Box::new(Link(text, link)));
        }
        told(Some(&*link.unwrap()), &Redactor::new(vec!["hunter2".into()]))
    }

    #[test]
    fn the_innermost_cause_that_says_something_is_told() {
        assert_eq!(chain(&["outer", "middle", "inner"]), "inner");
        assert_eq!(chain(&["outer", "middle", " ", ""]), "middle");
        assert_eq!(chain(&[""]), "");
        assert_eq!(told(None, &Redactor::default()), "");
        assert_eq!(chain(&["endless"]), "endless");
    }

    #[test]
    fn it_is_short_and_without_credentials_or_control_characters() {
        let long: &str = Box::leak("x".repeat(9000).into_boxed_str());
        assert_eq!(chain(&[long]).chars().count(), LIMIT + 1);
        assert_eq!(chain(&["key hunter2\r\n\u{1b}[2J"]), r"key [redacted]\r\n\u{1b}[2J");
    }

    #[test]
    fn urls_are_cut_down_to_their_origin() {
        for (text, shown) in [
            ("GET https://h:1/a?k=s#f failed", "GET https://h:1 failed"),
            ("proxy http://user:pa,s)s@[::1]:8080/x", "proxy http://[::1]:8080"),
            ("\"https://u@h/\" and ftp://u:p/w@h", "\"https://h\" and ftp://…"),
            ("a://", "a://"),
            ("no url: a@b//c", "no url: a@b//c"),
        ] {
            assert_eq!(origins_only(text), shown);
        }
    }
}
