//! YAML, JSON and TOML, with places.

use serde_json::{Value as Json, json};

use super::*;

type Parse = fn(&Arc<Source>, Range<usize>) -> Result<Node, Finding>;

fn read(parse: Parse, text: &str) -> Result<Node, Finding> {
    // The text stands in the middle of a page, so that every place has to be moved.
    let page = format!("before é\n{text}\nafter");
    let source = Source::new("page", page);
    parse(&source, 10..10 + text.len())
}

fn value(parse: Parse, text: &str) -> Json {
    read(parse, text).map_or_else(|error| json!(error.to_string()), |node| node.to_json())
}

fn problem(parse: Parse, text: &str) -> String {
    read(parse, text).map_or_else(|error| error.to_string(), |node| node.to_json().to_string())
}

#[test]
fn yaml_follows_the_core_schema_of_1_2() {
    let text = "a: [yes, No, on, true, ~, 1_000, 0b11, 0x1F, 1.50, 2023-06-01, .nan, -3, 0660, -0.5]\n200: x\n\
                null: y\n1.0: z\n";
    let expected = json!({
        "a": ["yes", "No", "on", true, null, "1_000", "0b11", 31, 1.5, "2023-06-01", ".nan", -3, "0660", -0.5],
        "200": "x", "null": "y", "1.0": "z",
    });
    assert_eq!(value(yaml, text), expected);
}

#[test]
fn yaml_resolves_anchors_and_merge_keys() {
    let text = "base: &b {x: 1, y: 2}\nd:\n  <<: *b\n  y: 3\ne: *b\n";
    let node = read(yaml, text).unwrap();
    assert_eq!(node.get("d").unwrap().to_json(), json!({"y": 3, "x": 1}));
    assert_eq!(node.pointer("/e/x").unwrap().span.to_string(), "page:2");
}

#[test]
fn yaml_knows_where_names_and_values_stand() {
    let node = read(yaml, "a:\n  é: 'x y'\n  b: |-\n    one\n    two\n").unwrap();
    let (key, quoted) = node.get("a").unwrap().as_object().unwrap().get_index(0).unwrap();
    assert_eq!((key.span.text(), quoted.span.text()), ("é", "'x y'"));
    assert_eq!(format!("{:?}", quoted.span), "page:3:6");
    let block = node.pointer("/a/b").unwrap();
    assert_eq!((block.as_str(), block.span.line()), (Some("one\ntwo"), 5));
}

#[test]
fn json_is_strict_and_keeps_places() {
    let node = read(json, "{\"a\": [1, 2.5, \"é\\n\"]}").unwrap();
    assert_eq!(node.to_json(), json!({"a": [1, 2.5, "é\n"]}));
    assert_eq!(format!("{:?}", node.pointer("/a/1").unwrap().span), "page:2:11");
    for text in
        ["{a: 1}", "[1,]", "[1 2]", "// c\n1", "['a']", "[0x1]", "[+1]", "[NaN]", "[.5]", ""]
    {
        let problem = problem(json, text);
        assert!(problem.starts_with("error[syntax] page:"), "{text}: {problem}");
    }
}

#[test]
fn json_keeps_numbers_to_their_last_digit() {
    let text = "[37.769700101836364, 18446744073709551615, -9223372036854775808, 1.5e3]";
    let expected = "[37.769700101836364,18446744073709551615,-9223372036854775808,1500.0]";
    assert_eq!(value(json, text).to_string(), expected);
    assert!(problem(json, "[1e999]").contains("`1e999` is no number"));
}

#[test]
fn toml_keeps_the_order_of_the_page() {
    let text = "z = 1\nday = 2020-01-02\n[[row]]\nb = \"x\"\na = 1.5\n[[row]]\nc = true\n";
    let node = read(toml, text).unwrap();
    let expected = json!({"z": 1, "day": "2020-01-02", "row": [{"b": "x", "a": 1.5}, {"c": true}]});
    assert_eq!(node.to_json().to_string(), expected.to_string());
    assert_eq!(node.pointer("/row/1/c").unwrap().span.to_string(), "page:8");
    assert_eq!(node.pointer("/row/1").unwrap().span.to_string(), "page:7");
}

#[test]
fn a_syntax_error_names_its_place_in_the_page() {
    let cases: [(Parse, &str, &str); 8] = [
        (yaml, "a: 1\nb: c: d", "page:3: this is not valid YAML: mapping values are not allowed"),
        (yaml, "a: 1\nb:\n  x: 1\n  x: 2", "page:5: this is not valid YAML: `x` stands twice"),
        (yaml, "a: 1\n---\nb: 1", "page:4: this is not valid YAML: a second document"),
        (yaml, "? [a]\n: b", "page:2: this is not valid YAML: expected string scalar"),
        (json, "{\"a\": 1,\n \"a\": 2}", "page:3: this is not valid JSON: `a` stands twice"),
        (json, "{\"a\": 1,\n", "page:2: this is not valid JSON: Unterminated object"),
        (toml, "a = 1\na = 2", "page:3: this is not valid TOML: duplicate key"),
        (toml, "a = 1\nb = nan", "page:3: this is not valid TOML: `nan` is no finite number"),
    ];
    for (parse, text, expected) in cases {
        let problem = problem(parse, text);
        assert!(problem.starts_with(&format!("error[syntax] {expected}")), "{problem}");
    }
}

#[test]
fn what_would_exhaust_us_is_refused() {
    let bomb: String = (1..9)
        .map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")))
        .collect();
    assert!(problem(yaml, &format!("a0: &a0 x\n{bomb}")).contains("not valid YAML"));
    assert!(problem(yaml, "&a [*a]").contains("not valid YAML"));
    for (parse, deep) in [
        (yaml as Parse, format!("{}x{}", "[".repeat(150), "]".repeat(150))),
        (yaml as Parse, (0..150).map(|n| format!("{}a:\n", " ".repeat(n))).collect()),
        (json as Parse, format!("{}{}", "[".repeat(400), "]".repeat(400))),
        (json as Parse, "[".repeat(100_000)),
        (toml as Parse, format!("a = {}{}", "[".repeat(150), "]".repeat(150))),
    ] {
        assert!(problem(parse, &deep).contains("not valid"), "{}", &deep[..20]);
    }
    let deep: String = (0..90).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    assert!(read(yaml, &deep).is_ok());
}
