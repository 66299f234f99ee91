//! The `Link` header, as far as it leads to the next page (RFC 8288 §3).

use reqwest::header::{HeaderMap, LINK};

/// The target of the first link with the relation `next`. Other parameters may be in any encoding.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).into_iter();
    values.map(|value| String::from_utf8_lossy(value.as_bytes())).find_map(|value| {
        let next = links(&value).find(|link| link.is_next)?;
        Some(next.target.to_owned())
    })
}

struct Link<'t> {
    target: &'t str,
    is_next: bool,
}

fn links(text: &str) -> impl Iterator<Item = Link<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once('<')?;
        let (target, after) = after.split_once('>')?;
        let (parameters, after) = split(after, ',');
        rest = after;
        Some(Link { target: target.trim(), is_next: is_next(parameters) })
    })
}

/// Only the first `rel` counts. It may name several relations.
fn is_next(mut parameters: &str) -> bool {
    while !parameters.is_empty() {
        let (parameter, after) = split(parameters, ';');
        parameters = after;
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        if name.trim().eq_ignore_ascii_case("rel") {
            let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
            return relations.any(|relation| relation.eq_ignore_ascii_case("next"));
        }
    }
    false
}

/// What stands before and after a character, where it is not in quotes.
fn split(text: &str, character: char) -> (&str, &str) {
    let (mut quoted, mut escaped) = (false, false);
    let separates = |c: char| {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => return c == character && !quoted,
        }
        false
    };
    match text.find(separates).and_then(|at| text.split_at_checked(at)) {
        Some((before, rest)) => (before, rest.strip_prefix(character).unwrap_or_default()),
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn next_of(values: &[&'static str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(LINK, HeaderValue::from_static(value));
        }
        next(&headers)
    }

    #[test]
    fn the_next_page_is_found_among_others() {
        let all = r#"<https://h/a?page=1>; rel="prev", <https://h/a?page=3>; rel="next""#;
        assert_eq!(next_of(&[all]).unwrap(), "https://h/a?page=3");
        assert_eq!(next_of(&["</a>; rel=prev", "</b>;REL=Next"]).unwrap(), "/b");
        assert_eq!(next_of(&[r#"<?p=2>; title="x"; rel="last next""#]).unwrap(), "?p=2");
        assert_eq!(next_of(&["<a,b;c>; rel=next"]).unwrap(), "a,b;c");
    }

    #[test]
    fn what_is_no_ascii_hides_nothing() {
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_bytes(b"</b>; title=\"\xe9\"; rel=next").unwrap();
        headers.append(LINK, value);
        assert_eq!(next(&headers).unwrap(), "/b");
    }

    #[test]
    fn quotes_hide_what_separates() {
        let tricky = r#"</a>; title="x, <\"/no>; rel=next"; rel=prev, </b>; rel=next"#;
        assert_eq!(next_of(&[tricky]).unwrap(), "/b");
        assert_eq!(next_of(&[r#"</a>; title="; rel=next""#]), None);
    }

    #[test]
    fn without_the_relation_there_is_no_next_page() {
        for value in [
            "",
            "<",
            "</a",
            "</a>",
            "</a>; rel",
            "</a>; rel=",
            "</a>; rel=nextpage",
            "rel=next",
            "</a>; rel=prev; rel=next",
            "</a>; rev=next",
        ] {
            assert_eq!(next_of(&[value]), None, "{value}");
        }
        assert_eq!(next_of(&[]), None);
    }
}
