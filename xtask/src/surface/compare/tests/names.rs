//! What is the same under another name or in another place, and what is another under the same.

use super::{check, effects, surface};

#[test]
fn a_renamed_type_is_one_effect() {
    check(
        "#[derive(Clone)] pub struct A { pub a: u8 } pub struct H { pub a: A } pub fn f(a: A, b: Vec<A>) -> A { a }
         impl From<A> for u8 {}",
        "#[derive(Clone)] pub struct B { pub a: u8 } pub struct H { pub a: B } pub fn f(a: B, b: Vec<B>) -> B { a }
         impl From<B> for u8 {}",
        &["! A: renamed to B"],
    );
    // One renamed type in another, and a change of something that mentions it.
    check(
        "pub struct A { pub a: u8 } pub struct H { pub a: A } pub fn f(a: A) {}",
        "pub struct B { pub a: u8 } pub struct I { pub a: B } pub fn f(a: Option<B>) {}",
        &["! A: renamed to B", "! H: renamed to I", "! f: `a`: the type became optional"],
    );
}

#[test]
fn of_many_types_with_one_content_the_nearest_name_is_it() {
    check(
        "pub struct ApiError { pub a: u8 } pub struct RateError { pub a: u8 }",
        "pub struct RateFault { pub a: u8 } pub struct ApiFault { pub a: u8 }",
        &["! ApiError: renamed to ApiFault", "! RateError: renamed to RateFault"],
    );
}

#[test]
fn another_name_with_another_content_is_another_type() {
    check("pub struct A { pub a: u8 }", "pub struct B { pub a: i8 }", &["! A: removed", "B: new"]);
}

#[test]
fn a_renamed_operation_is_its_method_and_its_request() {
    check(
        "pub struct Client; pub struct Make { x: u8 } impl Client { pub fn make(&self) -> Make {} pub fn a() {} }",
        "pub struct Client; pub struct Create { x: u8 } impl Client { pub fn create(&self) -> Create {} pub fn b() {} }",
        &[
            "! Client::a: removed",
            "Client::b: new",
            "! Client::make: renamed to Client::create",
            "! Make: renamed to Create",
        ],
    );
}

#[test]
fn a_moved_type_is_one_effect() {
    check(
        "pub mod a { pub struct A { pub a: u8 } } pub mod b {} pub fn f(a: a::A) {}",
        "pub mod a {} pub mod b { pub struct A { pub a: u8 } } pub fn f(a: b::A) {}",
        &["! a::A: moved to b::A"],
    );
}

#[test]
fn where_something_stands_in_private_is_nobodys_business() {
    let old = [
        ("src/lib.rs", "mod a; mod b; pub use a::A; pub use b::*;"),
        ("src/a.rs", "pub struct A; impl A { pub fn f(&self) -> crate::b::B {} }"),
        ("src/b.rs", "pub struct B;"),
    ];
    let new = [
        ("src/lib.rs", "mod c; pub use c::{A, d::B};"),
        (
            "src/c.rs",
            "pub mod d; use self::d::B; pub struct A;\nimpl A { pub fn f(&self) -> B {} }",
        ),
        ("src/c/d.rs", "pub struct B;"),
    ];
    assert_eq!(effects(&old, &new), [""; 0]);
    let text = surface(&old).to_string();
    assert_eq!(text, "# c 0.1.0\nA struct\nA::f fn(&self) -> B\nB struct\n");
}

#[test]
fn another_way_to_write_the_same_path_is_no_difference() {
    let old = "use serde::de::{Deserialize, Deserializer}; use std::fmt; use std::string::String as S;
        pub struct A; impl<'de> Deserialize<'de> for A {} impl fmt::Debug for A {}
        pub fn f<D>(d: D, s: S) -> core::result::Result<u8, D::Error> where D: Deserializer<'static>, {}
        pub fn g(a: <S as std::borrow::ToOwned>::Owned) -> self::A {}";
    let new = "#[derive(Debug, serde::Deserialize)] pub struct A;
        pub fn f<D>(d: D, s: String) -> Result<u8, D::Error> where D: ::serde::Deserializer<'static> {}
        pub fn g(a: <String as ToOwned>::Owned) -> crate::A {}";
    check(old, new, &[]);
}
