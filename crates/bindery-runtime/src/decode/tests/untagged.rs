//! Which alternative of a union a value becomes.

use proptest::prelude::*;

use super::*;

#[derive(Debug, PartialEq, Deserialize)]
struct Search {
    items: Option<Vec<i64>>,
    next: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Refusal {
    reason: Option<String>,
    count: Option<i64>,
}

#[derive(Debug, PartialEq)]
enum Answer {
    Search(Search),
    Refusal(Refusal),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Untagged::read(deserializer)?
            .alternative(JsonType::Object, Self::Search)
            .constant("/found", &[true])
            .declares(&["/items", "/next"])
            .alternative(JsonType::Object, Self::Refusal)
            .constant("/found", &[false])
            .declares(&["/reason", "/count"])
            .finish(Self::Unknown)
    }
}

fn decode<T: DeserializeOwned>(json: &Value) -> T {
    from_json(json.to_string().as_bytes()).unwrap()
}

fn search(next: &str) -> Answer {
    Answer::Search(Search { items: None, next: Some(next.to_owned()) })
}

fn refusal(count: i64) -> Answer {
    Answer::Refusal(Refusal { reason: None, count: Some(count) })
}

#[test]
fn the_alternative_that_declares_the_most_members_is_taken() {
    assert_eq!(decode::<Answer>(&json!({ "next": "a" })), search("a"));
    assert_eq!(decode::<Answer>(&json!({ "count": 1, "other": 2 })), refusal(1));
    assert_eq!(decode::<Answer>(&json!({ "count": 1, "reason": null, "next": "a" })), refusal(1));
    // Of equals the first.
    assert_eq!(decode::<Answer>(&json!({ "count": 1, "next": "a" })), search("a"));
}

#[test]
fn one_that_does_not_decode_makes_room_for_the_next() {
    assert_eq!(decode::<Answer>(&json!({ "count": "x", "reason": "y", "next": "a" })), search("a"));
    assert_eq!(path::<Answer>(json!({ "count": "x", "items": [1, "y"] })), "items[1]");
}

#[test]
fn a_constant_rules_an_alternative_out_before_it_is_decoded() {
    assert_eq!(decode::<Answer>(&json!({ "found": false, "next": "a", "count": 1 })), refusal(1));
    // None or no value says nothing.
    assert_eq!(decode::<Answer>(&json!({ "found": null, "next": "a" })), search("a"));
    // What all rule out is new.
    let new = json!({ "found": "perhaps", "next": "a" });
    assert_eq!(decode::<Answer>(&new), Answer::Unknown(new));
}

#[test]
fn an_object_with_members_too_many_is_a_closed_one_only_if_nothing_else_fits() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Tight {
        a: String,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    struct Wide {
        a: String,
        b: i64,
    }
    #[derive(Debug, PartialEq)]
    enum Either {
        Tight(Tight),
        Wide(Wide),
        Unknown(Value),
    }
    impl<'de> Deserialize<'de> for Either {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Untagged::read(deserializer)?
                .alternative(JsonType::Object, Self::Tight)
                .closed(&["a"])
                .alternative(JsonType::Object, Self::Wide)
                .declares(&["/b"])
                .finish(Self::Unknown)
        }
    }
    let tight = Either::Tight(Tight { a: "x".to_owned() });
    assert_eq!(decode::<Either>(&json!({ "a": "x" })), tight);
    assert_eq!(
        decode::<Either>(&json!({ "a": "x", "b": 1 })),
        Either::Wide(Wide { a: "x".to_owned(), b: 1 })
    );
    assert_eq!(decode::<Either>(&json!({ "a": "x", "new": 1 })), tight);
}

#[test]
fn numbers_are_constants_by_value_and_items_stand_for_their_list() {
    #[derive(Debug, PartialEq)]
    enum List {
        One(Vec<Search>),
        Two(Vec<Refusal>),
        Unknown(Value),
    }
    impl<'de> Deserialize<'de> for List {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Untagged::read(deserializer)?
                .alternative(JsonType::Array, Self::One)
                .constant("/0/kind", &[1])
                .alternative(JsonType::Array, Self::Two)
                .constant("/0/kind", &[2])
                .finish(Self::Unknown)
        }
    }
    let two = List::Two(vec![Refusal { reason: None, count: Some(3) }]);
    assert_eq!(from_json::<List>(br#"[{ "kind": 2.0, "count": 3 }]"#).unwrap(), two);
    assert_eq!(decode::<List>(&json!([{ "kind": 3 }])), List::Unknown(json!([{ "kind": 3 }])));
    assert_eq!(decode::<List>(&json!([])), List::One(vec![]));
    // Each item says it, and not the first alone.
    let items = json!([{}, { "kind": 2, "count": 3 }]);
    assert!(matches!(decode::<List>(&items), List::Two(items) if items.len() == 2));
    let both = json!([{ "kind": 1 }, { "kind": 2 }]);
    assert_eq!(decode::<List>(&both), List::Unknown(both));
}

#[test]
fn a_constant_may_be_any_json() {
    #[derive(Debug, PartialEq)]
    enum Either {
        Half(Value),
        List(Value),
        Unknown(Value),
    }
    impl<'de> Deserialize<'de> for Either {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Untagged::read(deserializer)?
                .alternative(JsonType::Object, Self::Half)
                .constant("/a~1b", Constants::json(&["0.5", "1"]))
                .alternative(JsonType::Any, Self::List)
                .constant("", Constants::json(&[r#"["a", {"b": null}]"#]))
                .finish(Self::Unknown)
        }
    }
    for value in [json!({ "a/b": 0.5 }), json!({ "a/b": 1.0 }), json!({})] {
        assert_eq!(decode::<Either>(&value), Either::Half(value));
    }
    let list = json!(["a", { "b": null }]);
    assert_eq!(decode::<Either>(&list), Either::List(list));
    for value in [json!({ "a/b": [] }), json!(["a"]), json!("a")] {
        assert_eq!(decode::<Either>(&value), Either::Unknown(value));
    }
}

#[test]
fn an_object_without_a_member_that_may_be_null_is_one_only_if_nothing_else_fits() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Dated {
        due: Option<String>,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    struct Plain {}
    #[derive(Debug, PartialEq)]
    enum Task {
        Dated(Dated),
        Plain(Plain),
        Unknown(Value),
    }
    impl<'de> Deserialize<'de> for Task {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Untagged::read(deserializer)?
                .alternative(JsonType::Object, Self::Dated)
                .declares(&["/due"])
                .requires(&["due"])
                .alternative(JsonType::Object, Self::Plain)
                .finish(Self::Unknown)
        }
    }
    assert_eq!(decode::<Task>(&json!({ "due": null })), Task::Dated(Dated { due: None }));
    assert_eq!(decode::<Task>(&json!({})), Task::Plain(Plain {}));
}

/// Three objects that share a member, as a schema says it: what each declares, and the constant of one.
const DECLARED: [&[&str]; 3] = [&["a", "shared"], &["b", "c", "shared"], &["kind", "c", "shared"]];

#[derive(Debug, PartialEq, Deserialize)]
struct First {
    a: Option<i64>,
    shared: Option<i64>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Second {
    b: Option<i64>,
    c: Option<i64>,
    shared: Option<i64>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Third {
    kind: Option<String>,
    c: Option<i64>,
    shared: Option<i64>,
}

#[derive(Debug, PartialEq)]
enum OneOf {
    First(First),
    Second(Second),
    Third(Third),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for OneOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Untagged::read(deserializer)?
            .alternative(JsonType::Object, Self::First)
            .declares(&["/a"])
            .alternative(JsonType::Object, Self::Second)
            .declares(&["/b", "/c"])
            .alternative(JsonType::Object, Self::Third)
            .constant("/kind", &["third"])
            .declares(&["/c", "/kind"])
            .finish(Self::Unknown)
    }
}

proptest! {
    #[test]
    fn no_alternative_declares_more_of_a_value_than_the_one_that_is_taken(
        numbers in prop::collection::btree_map(prop::sample::select(vec!["a", "b", "c", "shared", "other"]), any::<i64>(), 0..5),
        kind in prop::option::of(prop::sample::select(vec!["third", "fourth"])),
    ) {
        let mut value = json!(numbers);
        if let Some(kind) = kind {
            value["kind"] = json!(kind);
        }
        let members = value.as_object().unwrap();
        let count = |declared: &[&str]| members.keys().filter(|it| declared.contains(&it.as_str())).count();
        let taken = match decode::<OneOf>(&value) {
            OneOf::First(it) => {
                prop_assert_eq!(it.a, numbers.get("a").copied());
                0
            }
            OneOf::Second(it) => {
                prop_assert_eq!((it.b, it.c), (numbers.get("b").copied(), numbers.get("c").copied()));
                1
            }
            OneOf::Third(it) => {
                prop_assert_ne!(it.kind.as_deref(), Some("fourth"));
                2
            }
            OneOf::Unknown(_) => return Err(TestCaseError::fail("an object is one of them")),
        };
        let possible = DECLARED.iter().enumerate().filter(|(at, _)| *at != 2 || kind != Some("fourth"));
        let most = possible.map(|(_, declared)| count(declared)).max();
        prop_assert_eq!(Some(count(DECLARED[taken])), most);
    }
}
