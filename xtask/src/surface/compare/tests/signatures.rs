//! Functions: arguments, what they give, and the rest of a signature.

use super::check;

#[test]
fn arguments_that_come_and_go() {
    check(
        "pub fn f(a: u8) {} pub fn g(a: u8, b: i8) {}",
        "pub fn f(a: u8, b: &str) {} pub fn g(b: i8) {}",
        &["! f: requires `b` as well", "! g: no longer takes `a`"],
    );
}

#[test]
fn arguments_that_still_compile_and_mean_something_else() {
    check(
        "pub fn f(a: u8, b: u8, c: i8) {} pub fn g(a: u8, b: i8) {} pub fn h(a: u8, b: u8) {}",
        "pub fn f(b: u8, a: u8, c: i8) {} pub fn g(b: i8, a: u8) {} pub fn h(a: u8, c: u8) {}",
        &[
            "! f: the arguments `a` and `b` traded places, and calls still compile",
            "! g: the arguments `a` and `b` traded places",
            "! h: takes `c` in place of `b`, and calls still compile",
        ],
    );
    check(
        "pub fn f(user_id: u8) {}",
        "pub fn f(userid: u8) {}",
        &["f: an argument's name is written differently"],
    );
}

#[test]
fn types_of_arguments() {
    check(
        "pub fn f(a: impl Into<String>) {} pub fn g(a: String) {} pub fn h(a: u8) {}",
        "pub fn f(a: String) {} pub fn g(a: impl Into<String>) {} pub fn h(a: Option<u8>) {}",
        &[
            "! f: `a`: takes String itself, and no longer what becomes one",
            "! g: `a`: the type changed",
            "! h: `a`: the type became optional",
        ],
    );
}

#[test]
fn the_rest_of_a_signature() {
    check(
        "pub struct A; impl A { pub fn a(self) {} pub fn b(&self) -> u8 { 1 } pub fn c() {} pub const fn d() {}
         pub fn e<T>() {} pub fn f(mut self) {} pub fn g() {} #[must_use] pub fn h() {} }",
        "pub struct A; impl A { pub fn a(&self) {} pub fn b(&self) -> Option<u8> { None } pub async fn c() {} pub fn d() {}
         pub fn e<T: Clone>() {} pub fn f(self) {} #[must_use] pub fn g() {} #[deprecated] #[must_use] pub fn h() {} }",
        &[
            "! A::a: takes self differently",
            "! A::b: what it gives changed: the type became optional",
            "! A::c: is async",
            "! A::d: is no longer const",
            "! A::e: the generics changed",
            "A::g: has to be used, or the compiler warns",
            "A::h: deprecated",
        ],
    );
}
