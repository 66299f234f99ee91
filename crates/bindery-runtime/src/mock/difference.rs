//! What makes a request different from the one that was expected, in words.

mod body;
mod json;
mod parts;

pub(super) use body::{Typed, bodies};

/// How many differences of a body are told, and how much of a value.
const LIMIT: usize = 8;
const WIDTH: usize = 200;

/// How much of a long value is shown before the first difference.
const BEFORE: usize = 60;

pub(super) type Pair = (String, String);

/// For each name that something is expected of, all its values in their order, if they may be told.
pub(super) fn pairs(
    place: &str,
    expected: &[Pair],
    actual: &[Pair],
    is_secret: impl Fn(&str) -> bool,
) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in expected {
        if !names.contains(&&**name) {
            names.push(name);
        }
    }
    let differing = names.into_iter().filter_map(|name| {
        let (expected, actual) = (values_of(expected, name), values_of(actual, name));
        let differs = expected != actual;
        let told = |values: Option<String>| match is_secret(name) {
            true => values.map(|_| "[redacted]".to_owned()),
            false => values,
        };
        let (expected, actual) = (told(expected), told(actual));
        let place = format!("{place} `{name}`");
        differs.then(|| differ(&place, expected.as_deref(), actual.as_deref()))
    });
    differing.collect()
}

/// The values of a name, in words. None if it does not come.
fn values_of(pairs: &[Pair], name: &str) -> Option<String> {
    let values = pairs.iter().filter(|(other, _)| other == name);
    let quoted: Vec<_> = values.map(|(_, value)| format!("{value:?}")).collect();
    (!quoted.is_empty()).then(|| quoted.join(" and "))
}

/// Both values, or as much of them as shows where they part.
fn differ(place: &str, expected: Option<&str>, actual: Option<&str>) -> String {
    let start = match (expected, actual) {
        (Some(expected), Some(actual)) if is_long(expected) || is_long(actual) => {
            let same = expected.chars().zip(actual.chars()).take_while(|(one, other)| one == other);
            same.count().saturating_sub(BEFORE)
        }
        _ => 0,
    };
    let show = |value: Option<&str>| value.map_or("none".to_owned(), |value| cut(value, start));
    format!("{place}: expected {}, got {}", show(expected), show(actual))
}

fn is_long(value: &str) -> bool {
    value.chars().nth(WIDTH).is_some()
}

/// What a text has from there on, if that is not too long.
fn cut(text: &str, start: usize) -> String {
    let mut rest = text.chars().skip(start);
    let before = if start > 0 { "…" } else { "" };
    let shown: String = rest.by_ref().take(WIDTH).collect();
    let behind = if rest.next().is_some() { "…" } else { "" };
    format!("{before}{shown}{behind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(pairs: &[(&str, &str)]) -> Vec<Pair> {
        pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
    }

    #[test]
    fn the_values_of_a_name_are_compared_in_their_order() {
        let expected = list(&[("a", "1"), ("b", "x"), ("a", "2")]);
        let actual = list(&[("b", "x"), ("a", "2"), ("c", "3"), ("a", "1")]);
        assert_eq!(
            pairs("query", &expected, &actual, |_| false),
            [r#"query `a`: expected "1" and "2", got "2" and "1""#]
        );
        let missing = pairs("query", &expected[1..2], &[], |_| false);
        assert_eq!(missing, [r#"query `b`: expected "x", got none"#]);
        let hidden = pairs("query", &expected, &actual, |name| name == "a");
        assert_eq!(hidden, ["query `a`: expected [redacted], got [redacted]"]);
    }

    #[test]
    fn long_values_are_shown_where_they_part() {
        let (same, tail) = ("é".repeat(1000), "z".repeat(1000));
        let shown = differ("x", Some(&format!("{same}a{tail}")), Some(&format!("{same}b")));
        let before = "é".repeat(BEFORE);
        let behind = "z".repeat(WIDTH - BEFORE - 1);
        assert_eq!(shown, format!("x: expected …{before}a{behind}…, got …{before}b"));
        // One that goes on where the other ends.
        let shown = differ("x", Some(&same), Some(&format!("{same}b")));
        assert_eq!(shown, format!("x: expected …{before}, got …{before}b"));
        let shown = differ("x", Some(&same), None);
        assert_eq!(shown, format!("x: expected {}…, got none", "é".repeat(WIDTH)));
    }
}
