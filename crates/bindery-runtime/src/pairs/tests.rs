//! Values as pairs, style by style.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::*;
use crate::Upload;

type Write = fn(&mut Pairs, Tree) -> Result<(), Unfit>;

const JOINED: Write = |pairs, value| pairs.joined("n", ',', value);
const DEEP: Write = |pairs, value| pairs.deep("f", value);
const MEMBERS: Write = |pairs, value| pairs.members(value);
const REPEATED: Write = |pairs, value| pairs.repeated("n", value);

fn pairs<T: Serialize>(write: Write, value: T) -> String {
    let mut pairs = Pairs::default();
    write(&mut pairs, Tree::of(&value).unwrap()).unwrap();
    pairs.into_string()
}

fn refusal<T: Serialize>(write: Write, value: T) -> String {
    write(&mut Pairs::default(), Tree::of(&value).unwrap()).unwrap_err().to_string()
}

fn form<T: Serialize>(value: T) -> String {
    let body = super::form(Tree::of(&value).unwrap()).unwrap();
    String::from_utf8(body.content.to_vec()).unwrap()
}

#[test]
fn joined_items_are_encoded_and_the_separator_is_not() {
    assert_eq!(pairs(JOINED, json!(["a,b", "c d", "e&f=g", 1])), "n=a%2Cb,c%20d,e%26f%3Dg,1");
    assert_eq!(pairs(JOINED, json!({ "B": ",", "G": null, "R": 100 })), "n=B,%2C,R,100");
    assert_eq!(pairs(|p, v| p.joined("a b", '|', v), json!(["x|y", "z"])), "a+b=x%7Cy|z");
    assert_eq!(pairs(JOINED, "a b"), "n=a%20b");
    for absent in [json!(null), json!([]), json!({}), json!([null])] {
        assert_eq!(pairs(JOINED, absent), "");
    }
    assert!(refusal(JOINED, json!({ "a": [1] })).contains("`a`, which is a list, and only"));
    assert!(refusal(JOINED, json!([[1]])).starts_with("is a list in a list"));
}

#[test]
fn a_space_separates_only_what_has_none() {
    let spaced: Write = |pairs, value| pairs.joined("n", ' ', value);
    assert_eq!(pairs(spaced, json!(["a,b", "c"])), "n=a%2Cb%20c");
    assert_eq!(pairs(spaced, json!("a b")), "n=a%20b");
    for list in [json!(["a b", "c"]), json!(["a b"]), json!({ "a b": 1 })] {
        assert_eq!(refusal(spaced, list), "has the separator ` ` in an item");
    }
}

#[test]
fn members_are_parameters_of_their_own() {
    let value = json!({ "a": 1, "b c": ["x", "y&z"], "d": null, "e": [], "f": "" });
    assert_eq!(pairs(MEMBERS, value), "a=1&b+c=x&b+c=y%26z&f=");
    assert_eq!(pairs(MEMBERS, BTreeMap::from([("k", Some("v")), ("l", None)])), "k=v");
    assert_eq!(pairs(MEMBERS, json!(null)), "");
    assert!(refusal(MEMBERS, json!({ "a": {} })).starts_with("has the member `a`, which is an"));
    assert_eq!(refusal(MEMBERS, 1), "is a scalar, and only objects can be sent here");
}

#[test]
fn deep_members_are_named_after_their_way() {
    let value =
        json!({ "a": 1, "b": { "c": { "d": true }, "e": null }, "l": [1, "2"], "x&]": "=" });
    let sent = "f[a]=1&f[b][c][d]=true&f[l]=1&f[l]=2&f[x%26]]=%3D";
    let sent = sent.replace('[', "%5B").replace(']', "%5D");
    assert_eq!(pairs(DEEP, value), sent);
    assert_eq!(pairs(DEEP, json!(["a", "b"])), "f=a&f=b");
    assert_eq!(pairs(DEEP, json!({})), "");
    let refused = refusal(DEEP, json!({ "a": { "b": [{ "c": 1 }] } }));
    assert!(
        refused.starts_with("has the member `a`, which has the member `b`, which is an object")
    );
}

#[test]
fn a_form_has_scalars_and_lists_of_them_and_the_rest_in_json() {
    let value = json!({
        "a": "x y+é",
        "b": [1, null, true],
        "c": { "d": null },
        "e": [{ "f": 1 }, 2],
        "g": null,
        "h": [[1]],
    });
    let json = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let sent = format!(
        "a=x+y%2B%C3%A9&b=1&b=true&c={}&e={}&h={}",
        json(r#"{"d":null}"#),
        json(r#"[{"f":1},2]"#),
        json("[[1]]")
    );
    assert_eq!(form(value), sent);
    assert_eq!(form(json!({})), "");
    let refusal =
        |value: Result<Tree, Unfit>| value.and_then(super::form).err().unwrap().to_string();
    assert!(refusal(Tree::of("a=b")).starts_with("is a scalar, and only objects"));
    let file = BTreeMap::from([("a", Upload::from("x"))]);
    assert!(refusal(Tree::of(&file)).starts_with("has the member `a`, which is a file"));
    let deep = BTreeMap::from([("a", [[Upload::from("x")]])]);
    assert!(refusal(Tree::of(&deep)).starts_with("has the member `a`, which is a file"));
}

#[test]
fn an_object_cannot_be_repeated() {
    assert!(refusal(REPEATED, json!({ "a": 1 })).starts_with("is an object, and only scalars and"));
    assert!(refusal(REPEATED, Upload::default()).starts_with("is a file"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is in them, names and values are what a server reads, and no others.
    #[test]
    fn a_form_arrives_as_it_is(members in prop::collection::btree_map("\\PC{0,6}", "(\\PC|[&=+%;\n]){0,8}", 0..4)) {
        let sent = pairs(MEMBERS, &members);
        prop_assert_eq!(&form(&members), &sent);
        let arrived: BTreeMap<String, String> =
            form_urlencoded::parse(sent.as_bytes()).into_owned().collect();
        prop_assert_eq!(arrived, members);
    }

    #[test]
    fn joined_items_arrive_as_they_are(items in prop::collection::vec("(\\PC|[,|&=+%\n]){0,8}", 1..4)) {
        for separator in [',', '|'] {
            let mut pairs = Pairs::default();
            pairs.joined("n", separator, Tree::of(&items).unwrap()).unwrap();
            let sent = pairs.into_string();
            let texts = sent.strip_prefix("n=").unwrap().split(separator);
            let decode = |text| percent_encoding::percent_decode_str(text).decode_utf8().unwrap();
            let arrived: Vec<_> = texts.map(|text| decode(text).into_owned()).collect();
            prop_assert_eq!(&arrived, &items);
        }
    }
}
