//! Implementations, generics, kinds of items, conditions and features.

use super::{check, effects};

#[test]
fn implementations() {
    check(
        "#[derive(Clone, Debug)] pub struct A; impl From<A> for u8 {} impl From<&str> for A {} struct P; impl From<P> for u8 {}
         impl FromStr for A { type Err = u8; }",
        "use std::fmt; #[derive(Default)] pub struct A; impl fmt::Debug for A {} impl From<&'static str> for A {}
         impl FromStr for A { type Err = i8; }",
        &[
            "! A: FromStr is implemented differently",
            "A: implements Default",
            "A: implements From<&'static str>",
            "! A: no longer implements Clone",
            "! A: no longer implements From<&str>",
            "! A: no longer implements From<A> for u8",
        ],
    );
}

#[test]
fn generics_and_kinds_of_types() {
    check(
        "pub struct A<'a> { a: &'a u8 } pub enum B { X(u8) } pub struct C; pub type D = u8; pub const E: u8 = 1; pub enum F {}",
        "pub struct A { a: u8 } pub struct B { x: u8 } pub struct C(u8); pub type D = i8; pub const E: i8 = 1; pub enum F<T> {}",
        &[
            "! A: the generics changed",
            "! B: an enum became a struct",
            "! C: is another kind of struct",
            "! D: the type changed",
            "! E: the type changed",
            "! F: the generics changed",
        ],
    );
}

#[test]
fn reexports_and_conditions() {
    check(
        "pub use x::A; pub use x as y; #[cfg(feature = \"a\")] pub fn f() {} pub fn g() {}",
        "pub use x::b::A; pub use x as y; pub fn f() {} #[cfg(feature = \"a\")] pub fn g() {}",
        &[
            "! A: stands for something else",
            "f: no longer depends on a condition",
            "! g: depends on another condition",
        ],
    );
}

#[test]
fn what_is_hidden_or_for_tests_is_no_part() {
    check("#[doc(hidden)] pub mod m { pub struct A; } #[cfg(test)] pub fn t() {}", "", &[]);
}

#[test]
fn macros_and_traits_are_compared_by_how_they_are_used() {
    check(
        "#[macro_export] macro_rules! m { ($a:expr) => { 1 } } pub trait T { fn a(&self) { 1 } }",
        "#[macro_export] macro_rules! m { ($a:expr) => { 2 } } pub trait T { fn a(&self) { 2 } }",
        &[],
    );
    check(
        "mod x { #[macro_export] macro_rules! m { ($a:expr) => { 1 } } } pub trait T { fn a(&self); }",
        "mod x { #[macro_export] macro_rules! m { ($a:ident) => { 1 } } } pub trait T { fn a(&self); fn b(&self); }",
        &[
            "! T: changed in a way that cannot be judged",
            "! m: changed in a way that cannot be judged",
        ],
    );
    check(
        "#[macro_export] macro_rules! m { ($a:expr $(,)?) => { 1 } }",
        "#[macro_export] macro_rules! m { ($a:expr $(;)?) => { 1 } }",
        &["! m: changed in a way that cannot be judged"],
    );
}

#[test]
fn features_are_part_of_the_surface() {
    let with = |manifest: &'static str| [("src/lib.rs", ""), ("Cargo.toml", manifest)];
    let old = with("[features]\ndefault = ['a', 'b']\na = []\nb = []\nc = []");
    let new = with("[features]\ndefault = ['a', 'd']\na = []\nb = []\nd = []");
    let expected =
        ["! feature:b: no longer on by default", "! feature:c: removed", "feature:d: new"];
    assert_eq!(effects(&old, &new), expected);
}

#[test]
fn implementations_of_generic_types_say_for_which() {
    check(
        "pub struct A<T> { a: T } impl<T: Clone> A<T> { pub fn f(&self) {} } impl A<u8> { pub fn g(&self) {} }",
        "pub struct A<T> { a: T } impl<T: Copy> A<T> { pub fn f(&self) {} } impl A<i8> { pub fn g(&self) {} }",
        &["! A::f: the generics changed", "! A::g: the generics changed"],
    );
}
