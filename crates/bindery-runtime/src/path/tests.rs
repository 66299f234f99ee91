//! Templates of paths, and what values make of them.

use super::*;
use crate::percent::encode;

fn value(style: Style, name: &'static str, texts: &[&str]) -> Value {
    let texts = texts.iter().map(|text| (*text).to_owned()).collect();
    Value { name, style, texts }
}

fn expand(template: &'static str, values: &[(&'static str, &str)]) -> Result<String, String> {
    let simple = |(name, text): &(&'static str, &str)| value(Style::Simple, name, &[text]);
    Template(template).expand(&values.iter().map(simple).collect::<Vec<_>>())
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
    assert_eq!(expand("/{a/{b}", &[("b", "1")]).unwrap(), "/{a/1");
    assert_eq!(expand("/a}", &[]).unwrap(), "/a}");
}

#[test]
fn a_parameter_without_a_value_is_named() {
    assert!(expand("/{a}/{b}", &[("a", "1")]).unwrap_err().contains("`b` has no value"));
    assert_eq!(Template("/{a}/{b}").parameter("b"), Some("b"));
    assert_eq!(Template("/{a}/b").parameter("b"), None);
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
    for (template, value) in [("/v{a}", "."), ("/{a}", "..."), ("/{a}", "..a"), ("/{a}", "%2e%2e")]
    {
        assert!(expand(template, &[("a", value)]).is_ok(), "{template} {value}");
    }
}

#[test]
fn a_style_says_what_stands_around_the_texts() {
    let path = |style, texts: &[&str]| Template("/x{a}").expand(&[value(style, "a", texts)]);
    assert_eq!(path(Style::Simple, &["1", "b,c"]).unwrap(), "/x1,b%2Cc");
    assert_eq!(path(Style::Label, &["1", "/"]).unwrap(), "/x.1.%2F");
    assert_eq!(path(Style::Matrix, &["1", ";b=2"]).unwrap(), "/x;a=1,%3Bb%3D2");
    // The dot of a label may become part of such a segment, too.
    let label = Template("/{a}").expand(&[value(Style::Label, "a", &["."])]);
    assert!(label.unwrap_err().contains("another path"));
}

#[test]
fn a_query_is_split_off_and_a_fragment_left_out() {
    let split = |template: &'static str| {
        let (path, query) = Template(template).split();
        (path.0, query.map(|query| query.0))
    };
    assert_eq!(split("/a"), ("/a", None));
    assert_eq!(split("/a?b=1?c#d?e#f"), ("/a", Some("b=1?c")));
    assert_eq!(split("/a#b?c"), ("/a", None));
    assert_eq!(split("/a?"), ("/a", Some("")));
    assert_eq!(split("/{a?b#c}/{d?e=é#f"), ("/{a?b#c}/{d", Some("e=é")));
}

#[test]
fn the_query_of_a_template_is_filled_in_the_way_of_forms() {
    let values = [value(Style::Simple, "a", &["x y&z=#", "é"]), value(Style::Matrix, "b", &["1"])];
    let expand = |template| Template(template).expand_query(&values);
    assert_eq!(expand("q={a}&{b}").unwrap(), "q=x+y%26z%3D%23,%C3%A9&;b=1");
    assert_eq!(expand("{q={a}}{").unwrap(), "%7Bq=x+y%26z%3D%23,%C3%A9%7D%7B");
    assert!(expand("{c}").unwrap_err().contains("`c` has no value"));
}

#[cfg(feature = "mock")]
#[test]
fn a_path_fits_its_template_with_any_value_that_is_not_given() {
    let fits = |template, values: &[(&'static str, &str)], actual| {
        let simple = |(name, text): &(&'static str, &str)| value(Style::Simple, name, &[text]);
        Template(template).fits(&values.iter().map(simple).collect::<Vec<_>>(), actual)
    };
    assert!(fits("/v1/{a}/x", &[], "/v1/1/x") && fits("/v1/{a}", &[("a", "b/c")], "/v1/b%2Fc"));
    assert!(fits("/{a}.{b}", &[], "/x.y.json") && fits("/{a}{b}", &[("b", "2")], "/12"));
    assert!(!fits("/v1/{a}/x", &[], "/v1//x") && !fits("/v1/{a}", &[], "/v1/1/x"));
    assert!(!fits("/v1/{a}", &[("a", "1")], "/v1/2") && !fits("/v1", &[], "/v1/"));
}
