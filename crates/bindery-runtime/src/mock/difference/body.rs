//! Bodies are compared by what they mean, where their type is known: JSON by value, forms by name,
//! parts one by one. All others are compared byte by byte, and the types of all.

use super::json::{self, Json};
use super::parts::{self, Part};
use super::{LIMIT, Pair, differ, pairs};

/// A body, and what its sender says of it.
#[derive(Clone, Copy)]
pub(in crate::mock) struct Typed<'b> {
    pub(in crate::mock) media_type: &'b str,
    pub(in crate::mock) content: &'b [u8],
}

impl<'b> Typed<'b> {
    /// Its pairs, if it is a form.
    fn form(self) -> Option<Vec<Pair>> {
        let essence = self.media_type.split(';').next().unwrap_or_default().trim();
        essence
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
            .then(|| form_urlencoded::parse(self.content).into_owned().collect())
    }

    /// Its value, if it is JSON.
    fn json(self) -> Option<Json<'b>> {
        let essence = self.media_type.split(';').next().unwrap_or_default().trim();
        let essence = essence.to_ascii_lowercase();
        // Whoever says nothing of it may send JSON.
        let is_json =
            matches!(essence.as_str(), "" | "application/json") || essence.ends_with("+json");
        is_json.then(|| Json::read(self.content)).flatten()
    }

    /// Its type as it is compared: whatever the case, and without the boundary, which each body has its own of.
    fn compared_type(self) -> String {
        let parameters = self.media_type.split(';').map(|it| it.trim().to_ascii_lowercase());
        let told: Vec<_> = parameters.filter(|it| !it.starts_with("boundary=")).collect();
        told.join("; ")
    }

    /// Its parts, if it has any.
    fn parts(self) -> Option<Vec<Part>> {
        parts::parts(self.media_type, self.content)
    }
}

pub(in crate::mock) fn bodies(expected: Typed<'_>, actual: Typed<'_>) -> Vec<String> {
    let mut all = Vec::new();
    types(expected, actual, &mut all);
    if let (Some(expected), Some(actual)) = (expected.form(), actual.form()) {
        forms(&expected, &actual, &mut all);
    } else if let (Some(expected), Some(actual)) = (expected.parts(), actual.parts()) {
        for index in 0..expected.len().max(actual.len()) {
            let (expected, actual) = (expected.get(index), actual.get(index));
            let Some(name) = expected.or(actual).map(|part| part.name()) else { continue };
            let place = format!("body, part {} `{name}`", index + 1);
            let head = |part: &Part| format!("{:?}", part.head);
            push(&place, expected.map(head), actual.map(head), &mut all);
            if let (Some(expected), Some(actual)) = (expected, actual) {
                bytes(&place, &expected.content, &actual.content, &mut all);
            }
        }
    } else {
        match (expected.json(), actual.json()) {
            (Some(expected), Some(actual)) => {
                json::values("body", Some(&expected), Some(&actual), &mut all);
            }
            _ => bytes("body", expected.content, actual.content, &mut all),
        }
    }
    let more = all.len().saturating_sub(LIMIT);
    all.truncate(LIMIT);
    if more > 0 {
        all.push(format!("and {more} more"));
    }
    all
}

/// A vendor does with a body what its type says. Of one that has no type nothing was said, and one that did not come has
/// none.
fn types(expected: Typed<'_>, actual: Typed<'_>, all: &mut Vec<String>) {
    let is_missing = actual.content.is_empty() && !expected.content.is_empty();
    let (expected, actual) = (expected.compared_type(), actual.compared_type());
    if !expected.is_empty() && expected != actual && !(is_missing && actual.is_empty()) {
        let actual = (!actual.is_empty()).then_some(actual);
        all.push(differ("media type of the body", Some(&expected), actual.as_deref()));
    }
}

/// Unlike a query, a form is expected as a whole.
fn forms(expected: &[Pair], actual: &[Pair], all: &mut Vec<String>) {
    all.extend(pairs("body", expected, actual, |_| false));
    let is_new = |(name, _): &&Pair| !expected.iter().any(|(other, _)| other == name);
    let others: Vec<Pair> = actual.iter().filter(is_new).cloned().collect();
    for (name, value) in others {
        all.push(differ(&format!("body `{name}`"), None, Some(&format!("{value:?}"))));
    }
}

fn bytes(place: &str, expected: &[u8], actual: &[u8], all: &mut Vec<String>) {
    let show = |body: &[u8]| match std::str::from_utf8(body) {
        Ok(text) => Some(format!("{text:?}")),
        Err(_) => Some(format!("\"{}\"", body.escape_ascii())),
    };
    if expected != actual {
        push(place, show(expected), show(actual), all);
    }
}

fn push(place: &str, expected: Option<String>, actual: Option<String>, all: &mut Vec<String>) {
    if expected != actual {
        all.push(differ(place, expected.as_deref(), actual.as_deref()));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json as j};

    use super::super::WIDTH;
    use super::*;

    fn of(media_type: &str, expected: &[u8], actual: &[u8]) -> Vec<String> {
        let typed = |content| Typed { media_type, content };
        bodies(typed(expected), typed(actual))
    }

    fn json(expected: Value, actual: Value) -> Vec<String> {
        of("application/json", expected.to_string().as_bytes(), actual.to_string().as_bytes())
    }

    #[test]
    fn each_place_that_differs_is_named() {
        assert_eq!(
            json(j!({ "a": 1, "b": [1, 2], "c": null }), j!({ "a": "1", "b": [1], "d": {} })),
            [
                r#"body.a: expected 1, got "1""#,
                "body.b[1]: expected 2, got none",
                "body.c: expected null, got none",
                "body.d: expected none, got {}"
            ]
        );
        assert!(of("", br#"{"a":1,"b":2}"#, br#"{ "b": 2, "a": 1 }"#).is_empty());
        assert!(of("a/b+JSON; charset=utf-8", b"[1]", b"[ 1 ]").is_empty());
        assert!(!of("text/plain", b"[1]", b"[ 1 ]").is_empty());
        assert_eq!(of("", b"a", b"\n"), [r#"body: expected "a", got "\n""#]);
    }

    #[test]
    fn bytes_that_are_no_text_are_told_apart() {
        assert!(of("", b"\xff", b"\xff").is_empty());
        assert_eq!(of("", b"\xff", b"\xfe"), [r#"body: expected "\xff", got "\xfe""#]);
    }

    #[test]
    fn a_long_story_is_cut_short() {
        let many = json(vec![1; 20].into(), vec![2; 20].into());
        assert_eq!((many.len(), many[LIMIT].as_str()), (LIMIT + 1, "and 12 more"));
        let long = json("é".repeat(1000).into(), 1.into());
        assert!(long[0].chars().count() < WIDTH + 50, "{long:?}");
        let same = "x".repeat(1000);
        let text = of("text/csv", format!("{same}a").as_bytes(), format!("{same}b").as_bytes());
        assert!(text[0].contains("xa\", got …x") && text[0].ends_with("xb\""), "{text:?}");
    }

    #[test]
    fn a_form_is_compared_name_by_name_and_as_a_whole() {
        let form = |expected: &str, actual: &str| {
            let media_type = "Application/x-www-form-urlencoded; charset=utf-8";
            of(media_type, expected.as_bytes(), actual.as_bytes())
        };
        assert!(form("a=1&b=x+y&a=2", "b=x%20y&a=1&a=2").is_empty());
        let expected = [
            r#"body `a`: expected "1" and "2", got "2""#,
            r#"body `b`: expected "x", got none"#,
            r#"body `c`: expected none, got "3""#,
        ];
        assert_eq!(form("a=1&a=2&b=x", "a=2&c=3"), expected);
        let typed = |media_type, content| Typed { media_type, content };
        let other = bodies(
            typed("application/x-www-form-urlencoded", b"a=1"),
            typed("application/json", b"{}"),
        );
        let types = "media type of the body: expected application/x-www-form-urlencoded, \
                     got application/json";
        assert_eq!(other, [types, r#"body: expected "a=1", got "{}""#]);
    }

    /// Until now, what a vendor is to do with a body could be another thing.
    #[test]
    fn bodies_of_different_types_differ() {
        let of = |expected, actual| {
            let typed = |media_type| Typed { media_type, content: b"{}" };
            bodies(typed(expected), typed(actual))
        };
        assert_eq!(
            of("application/json", "application/merge-patch+json"),
            ["media type of the body: expected application/json, got application/merge-patch+json"]
        );
        assert_eq!(of("a/b", ""), ["media type of the body: expected a/b, got none"]);
        assert_eq!(of("a/b", "a/c").len(), 1);
        assert_eq!(of("a/b;charset=x", "a/b").len(), 1);
        for (one, other) in [("a/b; c=d", "A/B;C=D"), ("", "a/b"), ("a/b", "a/b ; boundary=1")] {
            assert!(of(one, other).is_empty(), "{one} {other}");
        }
        // What did not come is told once.
        let typed = |media_type, content| Typed { media_type, content };
        assert_eq!(bodies(typed("a/b", b"x"), typed("", b"")), [r#"body: expected "x", got """#]);
    }

    /// Until now, digits beyond those of an `f64` were dropped, and all but the last of members of one name.
    #[test]
    fn json_is_compared_as_it_is_written() {
        let of = |expected: &str, actual: &str| {
            of("application/json", expected.as_bytes(), actual.as_bytes())
        };
        for (one, other) in [
            ("18446744073709551616", "18446744073709551617"),
            ("0.1", "0.10000000000000000001"),
            ("1e400", "1e401"),
            ("1", "1.0"),
        ] {
            assert_eq!(of(one, other), [format!("body: expected {one}, got {other}")]);
            assert!(of(other, &format!(" {other}\n")).is_empty());
        }
        assert_eq!(
            of(r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
            ["body.a: expected 1, got 2", "body.a (time 2): expected 2, got none"]
        );
        assert_eq!(
            of(r#"[{"a":1}]"#, r#"[{"a":1,"a":{"b":"\u00e9"}}]"#),
            [r#"body[0].a (time 2): expected none, got {"b":"é"}"#]
        );
        assert!(of(r#"{"b":"\u0041","a":1,"a":2}"#, r#"{"a":1,"a":2,"b":"A"}"#).is_empty());
        assert!(of("[]", "[,]")[0].starts_with("body: expected \"[]\""));
        let deep = |inner: &str| "[".repeat(100) + inner + &"]".repeat(100);
        assert_eq!(of(&deep("1"), &deep("2"))[0].matches("[0]").count(), 100);
        let deeper = |inner: &str| deep(&deep(&deep(inner)));
        assert!(of(&deeper("1"), &deeper("2"))[0].starts_with("body: expected …["));
    }

    #[test]
    fn parts_are_compared_one_by_one_whatever_is_between_them() {
        let part = |boundary: &str, name: &str, content: &str| {
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n"
            )
        };
        let one = part("x", "a", "1") + &part("x", "b", "same") + "--x--\r\n";
        let other = part("y z", "a", "2\r\n--x") + &part("y z", "b", "same");
        let other = other + &part("y z", "c", "") + "--y z--";
        let typed = |media_type, content| Typed { media_type, content };
        let one = typed("multipart/form-data; boundary=x", one.as_bytes());
        let other = typed("Multipart/Form-Data; Boundary=\"y z\"", other.as_bytes());
        assert!(bodies(one, one).is_empty() && bodies(other, other).is_empty());
        let told = bodies(one, other);
        let expected = r#"body, part 1 `a`: expected "1", got "2\r\n--x""#;
        assert!(told[0] == expected && told.len() == 2, "{told:?}");
        assert!(told[1].starts_with("body, part 3 `c`: expected none, got "), "{told:?}");
        // What is no such body, whatever is said of it.
        let broken = typed(other.media_type, b"--y z\r\nno head");
        assert!(bodies(one, broken)[0].starts_with("body: expected \"--x"));
    }
}
