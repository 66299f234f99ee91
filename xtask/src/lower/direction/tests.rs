//! What is only sent and what is only received.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::run;

fn reference(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A document that sends one schema and receives another.
fn exchanging(sent: Json, received: Json, schemas: Json) -> Json {
    let content = |schema: Json| json!({"application/json": {"schema": schema}});
    json!({"openapi": "3.0.3", "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://a.example.com"}],
        "paths": {"/bugs": {"post": {"operationId": "add",
            "requestBody": {"required": true, "content": content(sent)},
            "responses": {"200": {"description": "d", "content": content(received)}}}}},
        "components": {"schemas": schemas}})
}

fn bug() -> Json {
    json!({"type": "object", "required": ["id", "name", "secret"], "properties": {
        "id": {"type": "integer", "readOnly": true},
        "name": {"type": "string"},
        "secret": {"type": "string", "writeOnly": true},
        "owner": reference("Owner"),
    }})
}

fn owner() -> Json {
    json!({"type": "object", "required": ["email"], "properties": {"email": {"type": "string"}}})
}

#[test]
fn a_component_that_goes_both_ways_is_two_types_if_it_differs() {
    let list = json!({"type": "array", "items": reference("Bug")});
    let document = exchanging(reference("Bug"), list, json!({"Bug": bug(), "Owner": owner()}));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Bug {
        pub id: i64,
        pub name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub owner: Option<Owner>,
    }
    pub struct BugInput {
        pub name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub owner: Option<Owner>,
        pub secret: String,
    }
    pub struct Owner {
        pub email: String,
    }
    "#);
}

#[test]
fn what_holds_a_component_that_differs_differs() {
    let board = json!({"type": "object", "required": ["bugs"], "properties": {
        "bugs": {"type": "array", "items": reference("Bug")}}});
    let schemas = json!({"Board": board, "Bug": bug(), "Owner": owner()});
    let types = run(exchanging(reference("Board"), reference("Board"), schemas)).types();
    assert_snapshot!(types, @r#"
    pub struct Board {
        pub bugs: Vec<Bug>,
    }
    pub struct BoardInput {
        pub bugs: Vec<BugInput>,
    }
    pub struct Bug {
        pub id: i64,
        pub name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub owner: Option<Owner>,
    }
    pub struct BugInput {
        pub name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub owner: Option<Owner>,
        pub secret: String,
    }
    pub struct Owner {
        pub email: String,
    }
    "#);
}

#[test]
fn a_component_that_goes_one_way_keeps_its_name() {
    let document = exchanging(reference("Bug"), json!({}), json!({"Bug": bug(), "Owner": owner()}));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Bug {
        pub name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub owner: Option<Owner>,
        pub secret: String,
    }
    pub struct Owner {
        pub email: String,
    }
    note[one-way-property]: `id` is read-only, and is not sent
    "#);
}

#[test]
fn a_reference_and_a_part_say_which_way_they_go() {
    let sent = json!({"type": "object", "properties": {
        "a": reference("Id"),
        "b": {"allOf": [reference("Owner"), {"readOnly": true}]},
        "c": {"type": "string"},
    }});
    let id = json!({"type": "string", "readOnly": true});
    let document = exchanging(sent, json!({}), json!({"Id": id, "Owner": owner()}));
    assert_snapshot!(run(document).types(), @r#"
    pub struct AddBody {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub c: Option<String>,
    }
    note[one-way-property]: `a` is read-only, and is not sent
    "#);
}

#[test]
fn a_tag_is_sent_whoever_says_it() {
    let kind = |name: &str| {
        json!({"type": "object", "required": ["kind"], "properties": {
            "kind": {"type": "string", "readOnly": true}, name: {"type": "string"}}})
    };
    let union = json!({"oneOf": [reference("A"), reference("B")], "discriminator": {"propertyName": "kind"}});
    let document = exchanging(union, json!({}), json!({"A": kind("a"), "B": kind("b")}));
    assert_snapshot!(run(document).types(), @r#"
    pub struct A {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
        pub kind: String,
    }
    pub enum AddBody {
        A(A),
        B(B),
        Unknown(serde_json::Value),
    }
    pub struct B {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub b: Option<String>,
        pub kind: String,
    }
    "#);
}

#[test]
fn the_kinds_of_a_base_go_where_it_goes() {
    let base = json!({"type": "object", "required": ["kind"], "discriminator": {"propertyName": "kind"},
        "properties": {"kind": {"type": "string"}}});
    let card = json!({"allOf": [reference("Payment"), {"type": "object", "required": ["number"], "properties": {
        "number": {"type": "string", "writeOnly": true}, "last4": {"type": "string", "readOnly": true}}}]});
    let schemas = json!({"Payment": base, "Card": card});
    let types = run(exchanging(reference("Payment"), reference("Payment"), schemas)).types();
    assert_snapshot!(types, @r#"
    pub struct Card {
        pub kind: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub last4: Option<String>,
    }
    pub struct CardInput {
        pub kind: String,
        pub number: String,
    }
    pub enum Payment {
        Card(Card),
        Payment(PaymentBase),
        Unknown(serde_json::Value),
    }
    pub struct PaymentBase {
        pub kind: String,
    }
    pub enum PaymentInput {
        Card(CardInput),
        Payment(PaymentBase),
        Unknown(serde_json::Value),
    }
    "#);
}

#[test]
fn a_property_that_goes_the_other_way_than_all_around_it_is_told() {
    let told = |document: Json| -> Vec<String> {
        let findings = run(document).findings;
        findings.into_iter().filter(|it| it.contains("one-way-property")).collect()
    };
    let schemas = || json!({"Bug": bug(), "Owner": owner()});
    let sent = told(exchanging(reference("Bug"), reference("Owner"), schemas()));
    assert_eq!(sent.len(), 1);
    assert!(sent.iter().all(|it| it.contains("`id` is read-only, and is not sent")), "{sent:?}");
    let received = told(exchanging(reference("Owner"), reference("Bug"), schemas()));
    assert_eq!(received.len(), 1);
    assert!(received.iter().all(|it| it.contains("`secret` is write-only")), "{received:?}");
    assert_eq!(told(exchanging(bug(), reference("Owner"), schemas())).len(), 1, "in place");
    assert_eq!(told(exchanging(reference("Bug"), reference("Bug"), schemas())), [""; 0]);
}
