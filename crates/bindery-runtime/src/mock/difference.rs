//! What makes a request different from the one that was expected, in words.

use serde_json::Value;

/// How many differences of a body are told, and how much of a value.
const LIMIT: usize = 8;
const WIDTH: usize = 200;

type Pair = (String, String);

/// For each name that something is expected of, all its values in their order.
pub(super) fn pairs(place: &str, expected: &[Pair], actual: &[Pair]) -> Vec<String> {
    let of = |pairs: &[Pair], name: &str| -> Vec<String> {
        pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
    };
    let mut names: Vec<&str> = expected.iter().map(|(name, _)| &**name).collect();
    names.dedup();
    let differing = names.into_iter().filter_map(|name| {
        let (expected, actual) = (of(expected, name), of(actual, name));
        (expected != actual).then(|| {
            let came = if actual.is_empty() { "none".to_owned() } else { quote(&actual) };
            format!("{place} `{name}`: {} expected, {came} came", quote(&expected))
        })
    });
    differing.collect()
}

fn quote(values: &[String]) -> String {
    let quoted: Vec<_> = values.iter().map(|value| short(&format!("{value:?}"))).collect();
    quoted.join(" and ")
}

/// Bodies in JSON are compared by value, all others byte by byte.
pub(super) fn bodies(expected: &[u8], actual: &[u8]) -> Vec<String> {
    let json = |body| serde_json::from_slice::<Value>(body);
    let mut all = Vec::new();
    match (json(expected), json(actual)) {
        (Ok(expected), Ok(actual)) => values("body", Some(&expected), Some(&actual), &mut all),
        _ if expected == actual => {}
        _ => {
            let text = |body| short(&format!("{:?}", String::from_utf8_lossy(body)));
            all.push(format!("body: {} expected, {} came", text(expected), text(actual)));
        }
    }
    let more = all.len().saturating_sub(LIMIT);
    all.truncate(LIMIT);
    if more > 0 {
        all.push(format!("and {more} more"));
    }
    all
}

/// serde_json bounds the depth of what it reads, and so this.
fn values(path: &str, expected: Option<&Value>, actual: Option<&Value>, all: &mut Vec<String>) {
    match (expected, actual) {
        (Some(Value::Object(expected)), Some(Value::Object(actual))) => {
            let others = actual.keys().filter(|key| !expected.contains_key(*key));
            for key in expected.keys().chain(others) {
                values(&format!("{path}.{key}"), expected.get(key), actual.get(key), all);
            }
        }
        (Some(Value::Array(expected)), Some(Value::Array(actual))) => {
            for index in 0..expected.len().max(actual.len()) {
                let path = format!("{path}[{index}]");
                values(&path, expected.get(index), actual.get(index), all);
            }
        }
        (expected, actual) if expected == actual => {}
        (expected, actual) => {
            let show = |value: Option<&Value>| {
                value.map_or("none".to_owned(), |value| short(&value.to_string()))
            };
            all.push(format!("{path}: {} expected, {} came", show(expected), show(actual)));
        }
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(expected: Value, actual: Value) -> Vec<String> {
        bodies(expected.to_string().as_bytes(), actual.to_string().as_bytes())
    }

    #[test]
    fn each_place_that_differs_is_named() {
        use serde_json::json as j;

        assert_eq!(
            json(j!({ "a": 1, "b": [1, 2], "c": null }), j!({ "a": "1", "b": [1], "d": {} })),
            [
                r#"body.a: 1 expected, "1" came"#,
                "body.b[1]: 2 expected, none came",
                "body.c: null expected, none came",
                "body.d: none expected, {} came"
            ]
        );
        assert!(bodies(br#"{"a":1,"b":2}"#, br#"{ "b": 2, "a": 1 }"#).is_empty());
        assert_eq!(bodies(b"a", b"\n"), [r#"body: "a" expected, "\n" came"#]);
        assert!(bodies(b"\xff", b"\xff").is_empty());
    }

    #[test]
    fn a_long_story_is_cut_short() {
        let many = json(vec![1; 20].into(), vec![2; 20].into());
        assert_eq!((many.len(), many[LIMIT].as_str()), (LIMIT + 1, "and 12 more"));
        let long = json("é".repeat(1000).into(), 1.into());
        assert!(long[0].chars().count() < WIDTH + 50, "{long:?}");
    }

    #[test]
    fn the_values_of_a_name_are_compared_in_their_order() {
        let list = |pairs: &[(&str, &str)]| -> Vec<Pair> {
            pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
        };
        let expected = list(&[("a", "1"), ("a", "2"), ("b", "x")]);
        let actual = list(&[("b", "x"), ("a", "2"), ("c", "3"), ("a", "1")]);
        assert_eq!(
            pairs("query", &expected, &actual),
            [r#"query `a`: "1" and "2" expected, "2" and "1" came"#]
        );
        assert_eq!(pairs("query", &expected[2..], &[]), [r#"query `b`: "x" expected, none came"#]);
    }
}
