use camino::Utf8Path;
use semver::Version;

use super::*;
use crate::surface::Surface;

fn surface(sources: &[(&str, &str)]) -> Surface {
    let files = sources.iter().map(|(path, text)| (format!("c/{path}").into(), (*text).to_owned()));
    let files = files.collect();
    Surface::of("c", Version::new(0, 1, 0), Utf8Path::new("c"), &files).unwrap()
}

/// The effects as lines, a breaking one with a mark before it.
fn effects(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
    let line = |it: Effect| {
        let mark = if it.breaking { "! " } else { "" };
        format!("{mark}{}: {}", it.item, it.what)
    };
    compare(&surface(old), &surface(new)).into_iter().map(line).collect()
}

/// The effects between two roots, and that there are none between each and itself.
#[track_caller]
fn check(old: &str, new: &str, expected: &[&str]) {
    for same in [old, new] {
        assert_eq!(effects(&[("src/lib.rs", same)], &[("src/lib.rs", same)]), [""; 0]);
    }
    assert_eq!(effects(&[("src/lib.rs", old)], &[("src/lib.rs", new)]), expected);
}

#[test]
fn what_is_gone_breaks_and_takes_along_what_is_in_it() {
    check(
        "pub struct A { pub a: u8 } impl A { pub fn f(&self) {} } impl Clone for A {} pub fn g() {}",
        "fn g() {}",
        &["! A: removed", "! g: removed"],
    );
    check(
        "pub mod m { pub struct A; pub fn f() {} }",
        "mod m { pub struct A; }",
        &["! m: removed"],
    );
    check(
        "pub struct A { pub a: u8 }",
        "pub struct A { a: u8 }",
        &[
            "! A: has private fields, and can no longer be written or matched in full",
            "! A::a: removed",
        ],
    );
}

#[test]
fn what_is_new_adds_and_takes_along_what_is_in_it() {
    check(
        "pub struct A;",
        "pub struct A; #[derive(Clone)] pub struct B { pub b: u8 } impl A { pub fn f(&self) {} pub const C: u8 = 1; }",
        &["A::C: new", "A::f: new", "B: new"],
    );
}

#[test]
fn a_part_more_depends_on_whether_more_were_expected() {
    check(
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: u8, pub b: u8 }",
        &["! A::b: a field is new, and the struct is written without its constructor"],
    );
    check(
        "pub struct A { pub a: u8, c: u8 }",
        "pub struct A { pub a: u8, pub b: u8, c: u8 }",
        &["A::b: a field is new"],
    );
    check(
        "#[non_exhaustive] pub struct A { pub a: u8 } #[non_exhaustive] pub enum E { A(u8) } pub enum F { A(u8) }",
        "#[non_exhaustive] pub struct A { pub a: u8, pub b: u8 } #[non_exhaustive] pub enum E { A(u8), B }
         pub enum F { A(u8), B }",
        &[
            "A::b: a field is new",
            "E::B: a variant is new",
            "! F::B: a variant is new, and the enum is matched without a wildcard",
        ],
    );
}

#[test]
fn non_exhaustive_matters_where_all_could_be_written() {
    check(
        "pub struct A { pub a: u8 } pub struct B { b: u8 } #[non_exhaustive] pub enum E { A(u8) }",
        "#[non_exhaustive] pub struct A { pub a: u8 } #[non_exhaustive] pub struct B { b: u8 } pub enum E { A(u8) }",
        &[
            "! A: can no longer be written or matched in full",
            "B: may get more parts",
            "E: can be written or matched in full",
        ],
    );
}

#[test]
fn types_of_fields() {
    check(
        "pub struct R; pub struct A { pub a: R, pub b: Option<R>, pub c: u8, pub d: ::std::string::String }",
        "pub struct R; pub struct A { pub a: Option<R>, pub b: R, pub c: i8, pub d: String }",
        &[
            "! A::a: the type became optional",
            "! A::b: the type is no longer optional",
            "! A::c: the type changed",
        ],
    );
}

#[test]
fn variants() {
    check(
        "#[non_exhaustive] pub enum E { A, B(u8), C { c: u8 }, #[non_exhaustive] D { d: u8 }, F }",
        "#[non_exhaustive] pub enum E { A(u8), B(i8), C { c: u8, x: u8 }, #[non_exhaustive] D { d: u8, x: u8 } }",
        &[
            "! E::A: the variant holds something else",
            "! E::B: the variant holds something else",
            "! E::C: the variant holds something else",
            "E::D: the variant holds more",
            "! E::F: removed",
        ],
    );
}

#[test]
fn open_enums_know_their_texts_and_what_the_macro_gives_them() {
    let source = |value: &str, call: &str| {
        format!(
            "use bindery_runtime as runtime; #[non_exhaustive] pub enum E {{ A, Unknown(String) }}
                 runtime::{call}!(E {{ A = \"{value}\" }});"
        )
    };
    let text = surface(&[("src/lib.rs", &source("a", "open_enum"))]).to_string();
    for line in [
        "E impl From<&str>",
        "E impl From<E> for String",
        "E impl serde::Serialize",
        "E impl<'de> serde::Deserialize<'de>",
        "E impl std::str::FromStr { type Err = std::convert::Infallible; }",
        "E::A variant = \"a\"",
        "E::Unknown variant(String)",
        "E::as_str #[must_use] fn(&self) -> &str",
    ] {
        assert!(text.lines().any(|it| it == line), "{line} is not in\n{text}");
    }
    check(
        &source("a", "open_enum"),
        &source("b", "open_enum"),
        &["! E::A: stands for another text on the wire"],
    );
    let other = effects(
        &[("src/lib.rs", &source("a", "open_enum"))],
        &[("src/lib.rs", &source("a", "other"))],
    );
    assert!(
        other.contains(
            &"! E: a macro is called for it; what that means cannot be judged".to_owned()
        ),
        "{other:?}"
    );
}

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
fn numbers_and_orders_that_programs_can_see() {
    check(
        "#[non_exhaustive] pub enum A { X, Z }",
        "#[non_exhaustive] pub enum A { X, Y, Z }",
        &[
            "! A: the parts have another order, which comparing or casting shows",
            "A::Y: a variant is new",
        ],
    );
    check(
        "#[non_exhaustive] pub enum A { X, Y }",
        "#[non_exhaustive] pub enum A { X, Y, Z }",
        &["A::Z: a variant is new"],
    );
    check("pub enum A { X, Y(u8), Z }", "pub enum A { Y(u8), X, Z }", &[]);
    check(
        "#[derive(PartialOrd)] pub struct A { pub x: u8, pub y: u8 }",
        "#[derive(PartialOrd)] pub struct A { pub y: u8, pub x: u8 }",
        &["! A: the parts have another order, which comparing or casting shows"],
    );
}

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
