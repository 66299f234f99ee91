//! What a type has read and what it writes, for small types.

use serde_json::json;

use super::super::form::Member;
use super::*;

fn leaf() -> Form {
    Form::Leaf
}

fn object(members: &[(&str, Form, bool)]) -> Object {
    let member = |(name, form, is_optional): &(&str, Form, bool)| {
        ((*name).to_owned(), Member { form: form.clone(), is_optional: *is_optional })
    };
    Object { members: members.iter().map(member).collect(), ..Object::default() }
}

/// The difference as `pointer: what`, or nothing.
fn difference(named: Named, sent: Json, came: Json) -> String {
    let cat = Named::Object(object(&[("name", leaf(), false), ("claws", leaf(), true)]));
    let dog = Named::Object(object(&[("name", leaf(), false), ("tail", leaf(), true)]));
    let forms = Forms::from([("T".into(), named), ("Cat".into(), cat), ("Dog".into(), dog)]);
    match compare(&Form::Named("T".into()), &forms, &sent, &came) {
        Ok(()) => String::new(),
        Err(it) => format!("{}: {}", it.pointer, it.what),
    }
}

fn of_object(sent: Json, came: Json) -> String {
    let list = Form::List(Box::new(Form::Option(Box::new(leaf()))));
    let members = [("id", leaf(), false), ("note", leaf(), true), ("list", list, true)];
    difference(Named::Object(object(&members)), sent, came)
}

#[test]
fn what_is_spelled_otherwise_is_the_same() {
    assert_eq!(of_object(json!({"id": 1}), json!({"id": 1.0})), "");
    let instants =
        [json!({"id": "2024-01-01T01:00:00+01:00"}), json!({"id": "2024-01-01T00:00:00Z"})];
    assert_eq!(of_object(instants[0].clone(), instants[1].clone()), "");
    assert_eq!(of_object(json!({"id": "a"}), json!({"id": "A"})), "/id: a value is another");
    let [upper, lower] =
        ["6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"];
    assert_eq!(of_object(json!({"id": upper}), json!({"id": lower})), "");
    assert_eq!(
        of_object(
            json!({"id": 9_007_199_254_740_993_i64}),
            json!({"id": 9_007_199_254_740_992_i64})
        ),
        "/id: a value is another"
    );
}

#[test]
fn members_come_back_unless_nobody_declares_them() {
    assert_eq!(of_object(json!({"id": 1, "x": 2}), json!({"id": 1})), "");
    assert_eq!(of_object(json!({"id": 1, "note": null}), json!({"id": 1})), "");
    assert_eq!(of_object(json!({"id": null}), json!({})), "/id: a null is lost");
    assert_eq!(
        of_object(json!({"id": 1, "note": "a"}), json!({"id": 1})),
        "/note: a declared member is lost"
    );
    assert_eq!(of_object(json!({"id": 1}), json!({"id": 1, "x": 2})), "/x: a member is made up");
    assert_eq!(
        of_object(json!({"id": 1, "list": [null, 1]}), json!({"id": 1, "list": [null, 2]})),
        "/list/1: a value is another"
    );
}

#[test]
fn an_open_object_keeps_all() {
    let open =
        || Named::Object(Object { rest: Some(Form::Raw), ..object(&[("id", leaf(), false)]) });
    assert_eq!(difference(open(), json!({"id": 1, "x": [1]}), json!({"id": 1, "x": [1.0]})), "");
    assert_eq!(
        difference(open(), json!({"id": 1, "x": 1}), json!({"id": 1})),
        "/x: a declared member is lost"
    );
}

#[test]
fn an_alternative_may_not_lose_what_another_declares() {
    let alternative = |name: &str| Alternative {
        tag: Some(name.to_owned()),
        json: JsonType::Object,
        form: Form::Named(name.to_owned()),
    };
    let union = |tag: Option<&str>| Named::Union {
        tag: tag.map(str::to_owned),
        alternatives: vec![alternative("Cat"), alternative("Dog")],
    };
    let dog = || json!({"name": "Dog", "tail": 1});
    assert_eq!(difference(union(None), dog(), dog()), "");
    assert_eq!(
        difference(union(None), dog(), json!({"name": "Dog"})),
        "/tail: a member that another alternative declares is lost"
    );
    assert_eq!(difference(union(Some("name")), dog(), dog()), "");
    let fish = || json!({"name": "Fish", "fins": 2});
    assert_eq!(difference(union(Some("name")), fish(), fish()), "");
}
