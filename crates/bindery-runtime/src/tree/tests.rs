//! Values as trees, and trees as texts and as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::*;

fn texts<T: Serialize + ?Sized>(value: &T) -> Result<Vec<String>, Unfit> {
    Tree::of(value)?.texts()
}

#[derive(Serialize)]
struct Id(u64);

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Sort {
    NewestFirst,
    By(String),
}

fn sent<T: Serialize + ?Sized>(value: &T) -> Vec<String> {
    texts(value).unwrap()
}

#[test]
fn scalars_are_one_text() {
    assert_eq!(sent("a b"), ["a b"]);
    assert_eq!(sent(&'é'), ["é"]);
    assert_eq!(sent(&true), ["true"]);
    assert_eq!(sent(&-3i8), ["-3"]);
    assert_eq!(sent(&u128::MAX), ["340282366920938463463374607431768211455"]);
    assert_eq!(sent(&0.1f32), ["0.1"]);
    assert_eq!(sent(&2.5), ["2.5"]);
    assert_eq!(sent(&Id(7)), ["7"]);
    assert_eq!(sent(&Sort::NewestFirst), ["newest_first"]);
    assert_eq!(sent(&json!("x")), ["x"]);
}

#[test]
fn what_is_absent_is_no_text_and_a_list_is_several() {
    assert_eq!(sent(&None::<u8>), [""; 0]);
    assert_eq!(sent(&json!(null)), [""; 0]);
    assert_eq!(sent(&Some(1)), ["1"]);
    assert_eq!(sent(&["a", "b"][..]), ["a", "b"]);
    assert_eq!(sent(&Some(vec![Id(1), Id(2)])), ["1", "2"]);
    assert_eq!(sent(&vec![Some(1), None]), ["1"]);
    assert_eq!(sent(&("a", 1)), ["a", "1"]);
    assert_eq!(sent(&Vec::<u8>::new()), [""; 0]);
}

#[test]
fn everything_else_is_refused_with_what_it_is() {
    let refusal = |result: Result<Vec<String>, Unfit>| result.unwrap_err().to_string();
    assert!(refusal(texts(&json!({ "a": 1 }))).starts_with("is an object, and only"));
    assert!(refusal(texts(&BTreeMap::from([("a", 1)]))).starts_with("is an object"));
    assert!(refusal(texts(&Sort::By("x".into()))).starts_with("is an object"));
    assert!(refusal(texts(&vec![vec![1]])).starts_with("is a list in a list"));
    assert!(refusal(texts(&f64::NAN)).starts_with("is not a finite number"));
    assert!(refusal(texts(&f32::INFINITY)).starts_with("is not a finite number"));
}

#[derive(Serialize)]
enum Shape {
    Point(u8, u8),
    Circle { radius: u8 },
}

#[derive(Serialize)]
struct Pair(u8, char);

fn json<T: Serialize + ?Sized>(value: &T) -> String {
    Tree::of(value).unwrap().json().unwrap()
}

fn flat<T: Serialize + ?Sized>(value: &T) -> Vec<String> {
    Tree::of(value).unwrap().flat().unwrap()
}

#[test]
fn an_object_is_flat_as_names_and_values_by_turns() {
    assert_eq!(flat(&json!({ "a": 1, "b": null, "c": "x" })), ["a", "1", "c", "x"]);
    assert_eq!(flat(&BTreeMap::from([(7, true)])), ["7", "true"]);
    assert_eq!(flat(&["a", "b"]), ["a", "b"]);
    assert_eq!(flat("a"), ["a"]);
    let refusal = Tree::of(&json!({ "a": { "b": 1 } })).unwrap().flat().unwrap_err().to_string();
    assert_eq!(
        refusal,
        "has the member `a`, which is an object, and only scalars can be sent here"
    );
}

/// Values that serde_json spells as it should be done.
#[test]
fn json_is_that_of_serde_json() {
    let value = json!({
        "a\"b\u{1}": [1, -2.5, "x\n", null, true, [], {}, [[]], { "é": { "k": [{ "l": null }] } }],
        "z": "",
    });
    assert_eq!(json(&value), value.to_string());
    assert_eq!(json(&0.1f32), "0.1");
    assert_eq!(json(&u128::MAX), u128::MAX.to_string());
    assert_eq!(json(&(Pair(1, '"'), None::<u8>)), r#"[[1,"\""],null]"#);
    assert_eq!(json(&Shape::Point(1, 2)), r#"{"Point":[1,2]}"#);
    assert_eq!(json(&Shape::Circle { radius: 3 }), r#"{"Circle":{"radius":3}}"#);
    assert_eq!(json(&Sort::By("x".into())), r#"{"by":"x"}"#);
}

#[test]
fn a_number_that_serde_json_keeps_as_text_is_a_number() {
    #[derive(Serialize)]
    struct Number {
        #[serde(rename = "$serde_json::private::Number")]
        digits: &'static str,
    }
    let number = Number { digits: "1.50" };
    assert_eq!(sent(&number), ["1.50"]);
    assert_eq!(json(&[number]), "[1.50]");
}

#[test]
fn a_reason_names_the_members_that_lead_to_it() {
    let refusal = |tree: Result<Tree, Unfit>| tree.unwrap_err().to_string();
    let nested = BTreeMap::from([("a", BTreeMap::from([("b", f64::NAN)]))]);
    assert_eq!(
        refusal(Tree::of(&nested)),
        "has the member `a`, which has the member `b`, which is not a finite number, which cannot \
         be sent"
    );
    let keys = BTreeMap::from([(vec![1], 1)]);
    assert_eq!(refusal(Tree::of(&keys)), "has a member whose name is no scalar");
    let file = Tree::of(&BTreeMap::from([("a", Upload::default())])).unwrap();
    let refused = file.json().unwrap_err().to_string();
    assert_eq!(refused, "has the member `a`, which is a file, which JSON cannot carry");
}

#[test]
fn depth_is_bounded() {
    let nested = |depth| (0..depth).fold(json!(1), |value, _| json!([value]));
    assert!(Tree::of(&nested(128)).is_ok());
    let refusal = Tree::of(&nested(129)).unwrap_err().to_string();
    assert_eq!(refusal, "is nested more than 128 levels deep");
}
